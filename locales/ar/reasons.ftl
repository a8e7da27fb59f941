reason-start = حال التعليقات عمومًا، قبل النظر في هذا
reason-words = «{ $words }»
reason-others = { $n ->
    [one] سبب أخف واحد من هذا النوع
    [two] سببان أخف من هذا النوع
    [few] { $n } أسباب أخف من هذا النوع
   *[other] { $n } سببًا أخف من هذا النوع
}
reason-link = رابط إلى { $host }
reason-no-links = لا روابط في النص
reason-name = اسم الكاتب
reason-no-name = لا اسم
reason-url = موقع الكاتب { $host }
reason-no-url = لا موقع للكاتب
reason-form = طول الكلمات وشكلها
reason-rule-seen = { $rule }: { $seen }

reason-author-name = اسم هذا الكاتب: { $tally }
reason-email = هذا العنوان البريدي: { $tally }
reason-ip-prefix = هذه الشبكة: { $tally }
reason-author-domain = موقع الكاتب { $site }: { $tally }
reason-link-domain = أحد النطاقات المربوطة: { $tally }
reason-links-to = روابط إلى { $site }: { $tally }
reason-near-duplicate = النص نفسه تقريبًا كتعليقات سابقة: { $tally }
reason-pasted = تعليق مقبول هنا لشخص آخر، برابط لم يكن فيه
tally-spam-here = { $n } عُدّ مزعجًا هنا
tally-ham-here = { $n } عُدّ نزيهًا هنا
tally-spam-elsewhere = { $n } عُدّ مزعجًا في مواقع أخرى
tally-ham-elsewhere = { $n } عُدّ نزيهًا في مواقع أخرى

reason-trust = مدى صواب النموذج هنا، بحسب { $n } من أحكام هذا الموقع
reason-own-words = معروف من أحكام هذا الموقع: { $words }
reason-neighbours-spam = أقرب إلى ما عُدّ مزعجًا هنا منه إلى النزيه
reason-neighbours-ham = أقرب إلى ما عُدّ نزيهًا هنا منه إلى المزعج
reason-same-post = ما عُدّ مزعجًا ونزيهًا تحت هذا المقال، من { $n } من الأحكام هنا

reason-unread = لم يُنظر في آخر { $n } بايت من النص
reason-history-missing = تعذر الاطلاع على ما قيل عن تعليقات سابقة
reason-few-examples = لا يعرف النموذج من النصوص النزيهة بهذه الكتابة أو اللغة ما يكفي لرفضه
reason-site-caution = كي تَرفض أحكام هذا الموقع وحدها يجب أن تكون أوثق من ذلك
reason-administrator = كتبه أهل المدونة
reason-nothing-said = لا نص ولا كاتب للحكم عليه
