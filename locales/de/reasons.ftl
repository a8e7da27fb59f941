reason-start = Was Kommentare im Allgemeinen sind, bevor dieser angesehen wird
reason-words = „{ $words }“
reason-others = { $n ->
    [one] { $n } leichterer Grund dieser Art
   *[other] { $n } leichtere Gründe dieser Art
}
reason-link = Link zu { $host }
reason-no-links = Keine Links im Text
reason-name = Der Name des Autors
reason-no-name = Kein Name
reason-url = Die URL des Autors, { $host }
reason-no-url = Keine URL des Autors
reason-form = Länge und Form der Wörter
reason-rule-seen = { $rule }: { $seen }

reason-author-name = Der Name dieses Autors: { $tally }
reason-email = Diese E-Mail-Adresse: { $tally }
reason-ip-prefix = Dieses Netz: { $tally }
reason-author-domain = Die Seite des Autors { $site }: { $tally }
reason-link-domain = Eine der verlinkten Domains: { $tally }
reason-links-to = Links zu { $site }: { $tally }
reason-near-duplicate = Fast derselbe Text wie frühere Kommentare: { $tally }
reason-pasted = Ein hier angenommener Kommentar von jemand anderem, mit einem Link, den er nicht hatte
tally-spam-here = { $n } hier Spam genannt
tally-ham-here = { $n } hier ehrlich genannt
tally-spam-elsewhere = { $n } auf anderen Seiten Spam genannt
tally-ham-elsewhere = { $n } auf anderen Seiten ehrlich genannt

reason-trust = Wie weit das Modell hier recht hat, nach { $n } Urteilen dieser Seite
reason-own-words = Aus den Urteilen dieser Seite bekannt: { $words }
reason-neighbours-spam = Näher an dem, was hier Spam genannt wurde, als an Ehrlichem
reason-neighbours-ham = Näher an dem, was hier ehrlich genannt wurde, als an Spam
reason-same-post = Was unter diesem Beitrag Spam und ehrlich genannt wurde, von { $n } Urteilen hier

reason-unread = Die letzten { $n } Bytes des Textes wurden nicht angesehen
reason-history-missing = Was Menschen über frühere Kommentare sagten, war nicht nachzusehen
reason-few-examples = Das Modell kennt zu wenig ehrlichen Text in dieser Schrift oder Sprache, um ihn abzulehnen
reason-site-caution = Um allein abzulehnen, müssten die Urteile dieser Seite sicherer sein
reason-administrator = Von den eigenen Leuten des Blogs geschrieben
reason-nothing-said = Weder ein Text noch ein Autor, der zu beurteilen wäre
