ago-now = gerade eben
ago-minutes = { $n ->
    [one] vor { $n } Minute
   *[other] vor { $n } Minuten
}
ago-hours = { $n ->
    [one] vor { $n } Stunde
   *[other] vor { $n } Stunden
}
ago-days = { $n ->
    [one] vor { $n } Tag
   *[other] vor { $n } Tagen
}
ago-weeks = { $n ->
    [one] vor { $n } Woche
   *[other] vor { $n } Wochen
}
ago-months = { $n ->
    [one] vor { $n } Monat
   *[other] vor { $n } Monaten
}
ago-years = { $n ->
    [one] vor { $n } Jahr
   *[other] vor { $n } Jahren
}

date-exact = { $day }. { $month } { $year }, { $time } UTC
date-month-year = { $month } { $year }
month-1 = Januar
month-2 = Februar
month-3 = März
month-4 = April
month-5 = Mai
month-6 = Juni
month-7 = Juli
month-8 = August
month-9 = September
month-10 = Oktober
month-11 = November
month-12 = Dezember

likelihood-1 = fast sicher ehrlich
likelihood-2 = wahrscheinlich ehrlich
likelihood-3 = eher ehrlich
likelihood-4 = könnte beides sein
likelihood-5 = eher Spam
likelihood-6 = wahrscheinlich Spam
likelihood-7 = fast sicher Spam

percent = { $number } %
percent-under = unter 1 %
percent-over = über 99 %
percent-spam = { $percent } Spam

history-no-email = Keine E-Mail-Adresse, also keine Vorgeschichte
history-first = Erster Kommentar mit dieser E-Mail-Adresse
history-record = { $accepted } angenommen, { $rejected } abgelehnt mit dieser E-Mail-Adresse seit { $since }
history-record-waiting = { $accepted } angenommen, { $rejected } abgelehnt, { $waiting } wartend mit dieser E-Mail-Adresse seit { $since }

verdict-accept = vom Filter angenommen
verdict-hold = vom Filter zurückgehalten
verdict-reject = vom Filter abgelehnt

did-accept = { $who } hat dies { $when } angenommen.
did-reject = { $who } hat dies { $when } als Spam abgelehnt.
did-reject-only = { $who } hat dies { $when } abgelehnt, ohne dass der Filter lernt.
by-blog = Das Blog

source-model = Anfang
source-words = Wort
source-pairs = Wörter
source-links = Link
source-author = Autor
source-shape = Form
source-rules = Regel
source-history = Verlauf
source-campaign = Kopien
source-site = Diese Seite
source-policy = Grenze
mark-reason = { $source }: { $weight }

browser-on-system = { $browser } unter { $system }
browser-unnamed = Ein Browser, der seinen Namen nicht nennt

author-nameless = Jemand ohne Namen
