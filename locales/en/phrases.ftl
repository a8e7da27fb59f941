### Times, numbers and reasons in plain words, on every page.

ago-now = just now
ago-minutes = { $n ->
    [one] { $n } minute ago
   *[other] { $n } minutes ago
}
ago-hours = { $n ->
    [one] { $n } hour ago
   *[other] { $n } hours ago
}
ago-days = { $n ->
    [one] { $n } day ago
   *[other] { $n } days ago
}
ago-weeks = { $n ->
    [one] { $n } week ago
   *[other] { $n } weeks ago
}
ago-months = { $n ->
    [one] { $n } month ago
   *[other] { $n } months ago
}
ago-years = { $n ->
    [one] { $n } year ago
   *[other] { $n } years ago
}

# $time is like 07:08.
date-exact = { $day } { $month } { $year }, { $time } UTC
date-month-year = { $month } { $year }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

# How likely a comment is spam, beside the number.
likelihood-1 = almost surely honest
likelihood-2 = probably honest
likelihood-3 = rather honest
likelihood-4 = could be either
likelihood-5 = rather spam
likelihood-6 = probably spam
likelihood-7 = almost surely spam

# $number is in per cent.
percent = { $number } %
percent-under = under 1 %
percent-over = over 99 %
# $percent is one of the three above.
percent-spam = { $percent } spam

history-no-email = No e-mail address, so no history
history-first = First comment with this e-mail address
# $since is a month. Fluent's own plurals of $accepted and $rejected may be used.
history-record = { $accepted } accepted, { $rejected } rejected with this e-mail address since { $since }
history-record-waiting = { $accepted } accepted, { $rejected } rejected, { $waiting } waiting with this e-mail address since { $since }

verdict-accept = accepted by the filter
verdict-hold = held by the filter
verdict-reject = rejected by the filter

# What a moderator did, in a sentence: "anna accepted this 3 hours ago."
did-accept = { $who } accepted this { $when }.
did-reject = { $who } rejected this as spam { $when }.
did-reject-only = { $who } rejected this without learning { $when }.
# Who decided, where it was the blog itself and not a person.
by-blog = The blog

# Where a reason comes from, in a word or two.
source-model = Start
source-words = Word
source-pairs = Words
source-links = Link
source-author = Author
source-shape = Form
source-rules = Rule
source-history = History
source-campaign = Copies
source-site = This site
source-policy = Limit
# A mark in the text, when it is pointed at: "Word: +0.31".
mark-reason = { $source }: { $weight }

browser-on-system = { $browser } on { $system }
browser-unnamed = A browser that does not say its name

author-nameless = Somebody without a name
