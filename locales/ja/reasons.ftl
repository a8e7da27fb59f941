reason-start = このコメントを見る前の、コメント一般の傾向
reason-words = 「{ $words }」
reason-others = この種の軽い理由がほかに { $n } 件
reason-link = { $host } へのリンク
reason-no-links = 本文にリンクなし
reason-name = 投稿者の名前
reason-no-name = 名前なし
reason-url = 投稿者のURL（{ $host }）
reason-no-url = 投稿者のURLなし
reason-form = 語の長さと形
reason-rule-seen = { $rule }: { $seen }

reason-author-name = この投稿者の名前: { $tally }
reason-email = このメールアドレス: { $tally }
reason-ip-prefix = このネットワーク: { $tally }
reason-author-domain = 投稿者のサイト { $site }: { $tally }
reason-link-domain = リンク先ドメインの一つ: { $tally }
reason-links-to = { $site } へのリンク: { $tally }
reason-near-duplicate = 以前のコメントとほぼ同じ文章: { $tally }
reason-pasted = ここで承認された別の人のコメントに、元にはないリンクが加わったもの
tally-spam-here = ここでスパムとされた { $n } 件
tally-ham-here = ここで正当とされた { $n } 件
tally-spam-elsewhere = 他のサイトでスパムとされた { $n } 件
tally-ham-elsewhere = 他のサイトで正当とされた { $n } 件

reason-trust = このサイトの判定 { $n } 件による、ここでのモデルの確かさ
reason-own-words = このサイトの判定から知られるもの: { $words }
reason-neighbours-spam = ここで正当とされたものより、スパムとされたものに近い
reason-neighbours-ham = ここでスパムとされたものより、正当とされたものに近い
reason-same-post = この記事の下でスパムや正当とされたもの（ここでの判定 { $n } 件中）

reason-unread = 文章の最後の { $n } バイトは見ていません
reason-history-missing = 以前のコメントについての判定を調べられませんでした
reason-few-examples = この文字または言語の正当な文章をモデルが十分に知らないため、拒否しません
reason-site-caution = このサイトの判定だけで拒否するには、もっと確かでなければなりません
reason-administrator = ブログ側の人が書きました
reason-nothing-said = 判定すべき文章も投稿者もありません
