### Reasons of the filter, in whole phrases. Rules are in rules.ftl, by their id;
### English needs none, for it is what the filter speaks.

reason-start = What comments are in general, before this one is looked at
reason-words = “{ $words }”
reason-others = { $n ->
    [one] { $n } lighter reason of this kind
   *[other] { $n } lighter reasons of this kind
}
reason-link = Link to { $host }
reason-no-links = No links in the text
reason-name = The author’s name
reason-no-name = No name
reason-url = The author’s URL, { $host }
reason-no-url = No URL of the author
reason-form = Length and form of the words
# A rule with the piece of the comment that it saw.
reason-rule-seen = { $rule }: { $seen }

# $tally is one or more of the tally messages, with commas between.
reason-author-name = This author’s name: { $tally }
reason-email = This e-mail address: { $tally }
reason-ip-prefix = This network: { $tally }
reason-author-domain = The author’s site { $site }: { $tally }
reason-link-domain = One of the link domains: { $tally }
reason-links-to = Links to { $site }: { $tally }
reason-near-duplicate = Nearly the same text as earlier comments: { $tally }
reason-pasted = An accepted comment of somebody else here, with a link that it did not have
tally-spam-here = { $n } called spam here
tally-ham-here = { $n } called ham here
tally-spam-elsewhere = { $n } called spam on other sites
tally-ham-elsewhere = { $n } called ham on other sites

reason-trust = How far the model is right here, by this site’s { $n } labels
reason-own-words = Known from this site’s labels: { $words }
reason-neighbours-spam = Nearer to what was called spam here than to ham
reason-neighbours-ham = Nearer to what was called ham here than to spam
reason-same-post = What was called spam and ham under this post, of { $n } labels here

reason-unread = The last { $n } bytes of the text were not looked at
reason-history-missing = What people said of earlier comments could not be looked up
reason-few-examples = The model knows too little honest text of this script or language to reject it
reason-site-caution = This site’s labels alone have to be surer than that to reject
reason-administrator = Written by the blog’s own people
reason-nothing-said = There is neither a text nor an author to judge
