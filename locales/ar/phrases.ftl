ago-now = الآن
ago-minutes = { $n ->
    [one] قبل دقيقة
    [two] قبل دقيقتين
    [few] قبل { $n } دقائق
   *[other] قبل { $n } دقيقة
}
ago-hours = { $n ->
    [one] قبل ساعة
    [two] قبل ساعتين
    [few] قبل { $n } ساعات
   *[other] قبل { $n } ساعة
}
ago-days = { $n ->
    [one] قبل يوم
    [two] قبل يومين
    [few] قبل { $n } أيام
   *[other] قبل { $n } يومًا
}
ago-weeks = { $n ->
    [one] قبل أسبوع
    [two] قبل أسبوعين
    [few] قبل { $n } أسابيع
   *[other] قبل { $n } أسبوعًا
}
ago-months = { $n ->
    [one] قبل شهر
    [two] قبل شهرين
    [few] قبل { $n } أشهر
   *[other] قبل { $n } شهرًا
}
ago-years = { $n ->
    [one] قبل سنة
    [two] قبل سنتين
    [few] قبل { $n } سنوات
   *[other] قبل { $n } سنة
}

date-exact = { $day } { $month } { $year }، { $time } UTC
date-month-year = { $month } { $year }
month-1 = يناير
month-2 = فبراير
month-3 = مارس
month-4 = أبريل
month-5 = مايو
month-6 = يونيو
month-7 = يوليو
month-8 = أغسطس
month-9 = سبتمبر
month-10 = أكتوبر
month-11 = نوفمبر
month-12 = ديسمبر

likelihood-1 = شبه مؤكد أنه نزيه
likelihood-2 = نزيه على الأرجح
likelihood-3 = أقرب إلى النزيه
likelihood-4 = قد يكون هذا أو ذاك
likelihood-5 = أقرب إلى المزعج
likelihood-6 = مزعج على الأرجح
likelihood-7 = شبه مؤكد أنه مزعج

percent = { $number } %
percent-under = أقل من 1 %
percent-over = أكثر من 99 %
percent-spam = مزعج بنسبة { $percent }

history-no-email = لا عنوان بريد، فلا سجل
history-first = أول تعليق بهذا العنوان البريدي
history-record = قُبل { $accepted } ورُفض { $rejected } بهذا العنوان البريدي منذ { $since }
history-record-waiting = قُبل { $accepted } ورُفض { $rejected } وينتظر { $waiting } بهذا العنوان البريدي منذ { $since }

verdict-accept = قبله المرشّح
verdict-hold = احتجزه المرشّح
verdict-reject = رفضه المرشّح

did-accept = قبل { $who } هذا { $when }.
did-reject = رفض { $who } هذا كرسالة مزعجة { $when }.
did-reject-only = رفض { $who } هذا دون أن يتعلم المرشّح { $when }.
by-blog = المدونة

source-model = البداية
source-words = كلمة
source-pairs = كلمات
source-links = رابط
source-author = الكاتب
source-shape = الشكل
source-rules = قاعدة
source-history = السجل
source-campaign = نسخ
source-site = هذا الموقع
source-policy = حدّ
mark-reason = { $source }: { $weight }

browser-on-system = { $browser } على { $system }
browser-unnamed = متصفح لا يذكر اسمه

author-nameless = شخص بلا اسم
