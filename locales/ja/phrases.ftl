ago-now = たった今
ago-minutes = { $n } 分前
ago-hours = { $n } 時間前
ago-days = { $n } 日前
ago-weeks = { $n } 週間前
ago-months = { $n } か月前
ago-years = { $n } 年前

date-exact = { $year }年{ $month }{ $day }日 { $time } UTC
date-month-year = { $year }年{ $month }
month-1 = 1月
month-2 = 2月
month-3 = 3月
month-4 = 4月
month-5 = 5月
month-6 = 6月
month-7 = 7月
month-8 = 8月
month-9 = 9月
month-10 = 10月
month-11 = 11月
month-12 = 12月

likelihood-1 = ほぼ確実に正当
likelihood-2 = おそらく正当
likelihood-3 = どちらかといえば正当
likelihood-4 = どちらとも言えない
likelihood-5 = どちらかといえばスパム
likelihood-6 = おそらくスパム
likelihood-7 = ほぼ確実にスパム

percent = { $number } %
percent-under = 1 % 未満
percent-over = 99 % 超
percent-spam = スパム { $percent }

history-no-email = メールアドレスがないため履歴なし
history-first = このメールアドレスからの最初のコメント
history-record = このメールアドレスから { $since } 以降、承認 { $accepted } 件、拒否 { $rejected } 件
history-record-waiting = このメールアドレスから { $since } 以降、承認 { $accepted } 件、拒否 { $rejected } 件、保留 { $waiting } 件

verdict-accept = フィルターが承認
verdict-hold = フィルターが保留
verdict-reject = フィルターが拒否

did-accept = { $who } が { $when } に承認しました。
did-reject = { $who } が { $when } にスパムとして拒否しました。
did-reject-only = { $who } が { $when } に、学習させずに拒否しました。
by-blog = ブログ

source-model = 出発点
source-words = 語
source-pairs = 語の並び
source-links = リンク
source-author = 投稿者
source-shape = 形
source-rules = 規則
source-history = 履歴
source-campaign = 複製
source-site = このサイト
source-policy = 制限
mark-reason = { $source }: { $weight }

browser-on-system = { $system } の { $browser }
browser-unnamed = 名前を名乗らないブラウザ

author-nameless = 名前のない人
