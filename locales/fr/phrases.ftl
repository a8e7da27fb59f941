ago-now = à l’instant
ago-minutes = { $n ->
    [one] il y a { $n } minute
   *[other] il y a { $n } minutes
}
ago-hours = { $n ->
    [one] il y a { $n } heure
   *[other] il y a { $n } heures
}
ago-days = { $n ->
    [one] il y a { $n } jour
   *[other] il y a { $n } jours
}
ago-weeks = { $n ->
    [one] il y a { $n } semaine
   *[other] il y a { $n } semaines
}
ago-months = il y a { $n } mois
ago-years = { $n ->
    [one] il y a { $n } an
   *[other] il y a { $n } ans
}

date-exact = { $day } { $month } { $year }, { $time } UTC
date-month-year = { $month } { $year }
month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre

likelihood-1 = presque sûrement honnête
likelihood-2 = probablement honnête
likelihood-3 = plutôt honnête
likelihood-4 = l’un ou l’autre
likelihood-5 = plutôt du spam
likelihood-6 = probablement du spam
likelihood-7 = presque sûrement du spam

percent = { $number } %
percent-under = moins de 1 %
percent-over = plus de 99 %
percent-spam = spam à { $percent }

history-no-email = Pas d’adresse e-mail, donc pas d’historique
history-first = Premier commentaire avec cette adresse e-mail
history-record = { $accepted } acceptés, { $rejected } refusés avec cette adresse e-mail depuis { $since }
history-record-waiting = { $accepted } acceptés, { $rejected } refusés, { $waiting } en attente avec cette adresse e-mail depuis { $since }

verdict-accept = accepté par le filtre
verdict-hold = retenu par le filtre
verdict-reject = refusé par le filtre

did-accept = { $who } a accepté ce commentaire { $when }.
did-reject = { $who } a refusé ce commentaire comme spam { $when }.
did-reject-only = { $who } a refusé ce commentaire sans que le filtre apprenne, { $when }.
by-blog = Le blog

source-model = Départ
source-words = Mot
source-pairs = Mots
source-links = Lien
source-author = Auteur
source-shape = Forme
source-rules = Règle
source-history = Historique
source-campaign = Copies
source-site = Ce site
source-policy = Limite
mark-reason = { $source } : { $weight }

browser-on-system = { $browser } sur { $system }
browser-unnamed = Un navigateur qui ne dit pas son nom

author-nameless = Quelqu’un sans nom
