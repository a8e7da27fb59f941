reason-start = Ce que sont les commentaires en général, avant de regarder celui-ci
reason-words = « { $words } »
reason-others = { $n ->
    [one] { $n } raison plus légère de cette sorte
   *[other] { $n } raisons plus légères de cette sorte
}
reason-link = Lien vers { $host }
reason-no-links = Aucun lien dans le texte
reason-name = Le nom de l’auteur
reason-no-name = Pas de nom
reason-url = L’URL de l’auteur, { $host }
reason-no-url = Pas d’URL de l’auteur
reason-form = Longueur et forme des mots
reason-rule-seen = { $rule } : { $seen }

reason-author-name = Le nom de cet auteur : { $tally }
reason-email = Cette adresse e-mail : { $tally }
reason-ip-prefix = Ce réseau : { $tally }
reason-author-domain = Le site de l’auteur { $site } : { $tally }
reason-link-domain = L’un des domaines liés : { $tally }
reason-links-to = Liens vers { $site } : { $tally }
reason-near-duplicate = Presque le même texte que des commentaires antérieurs : { $tally }
reason-pasted = Un commentaire accepté ici d’une autre personne, avec un lien qu’il n’avait pas
tally-spam-here = { $n } jugés spam ici
tally-ham-here = { $n } jugés honnêtes ici
tally-spam-elsewhere = { $n } jugés spam sur d’autres sites
tally-ham-elsewhere = { $n } jugés honnêtes sur d’autres sites

reason-trust = À quel point le modèle a raison ici, d’après { $n } jugements de ce site
reason-own-words = Connu par les jugements de ce site : { $words }
reason-neighbours-spam = Plus proche de ce qui a été jugé spam ici que de l’honnête
reason-neighbours-ham = Plus proche de ce qui a été jugé honnête ici que du spam
reason-same-post = Ce qui a été jugé spam et honnête sous cet article, sur { $n } jugements ici

reason-unread = Les { $n } derniers octets du texte n’ont pas été regardés
reason-history-missing = Ce que des personnes ont dit de commentaires antérieurs n’a pas pu être consulté
reason-few-examples = Le modèle connaît trop peu de texte honnête dans cette écriture ou cette langue pour le refuser
reason-site-caution = Pour refuser seuls, les jugements de ce site devraient être plus sûrs
reason-administrator = Écrit par les gens du blog
reason-nothing-said = Ni texte ni auteur à juger
