### For who comments: what is done with their data, and where they object. The
### blog's name is $site. Sentences of the page are said only where they hold.

public-brand = Blog comments
public-again = Go back and try again in a minute. Nothing was kept of this.

privacy-title = How your comment data is processed
privacy-about = What you send with a comment on { $site } is looked at by a program, hamgate. It tells spam from honest comments, and is run by the blog’s owner or for them.
privacy-about-page = That program writes this page by itself, from the settings that are in force. It speaks of the program only: the blog, and the servers in front of it, may keep more.
privacy-nowhere = There is no such page
privacy-nowhere-about = The blog that you come from has the right address of the page about its comment data.

privacy-given-title = What it gets
privacy-given = Of each comment, as far as the blog sends it:
privacy-given-typed = what you type: the text, your name, e-mail address and web address;
privacy-given-browser = what comes with it: your IP address, what your browser calls itself, the page that led you here, and how long you took for the form;
privacy-given-post = what you comment on, and when.

privacy-use-title = What it is used for
privacy-use = To tell whether your comment is spam, and to show the reasons to the people who moderate this blog. For nothing else.
privacy-use-hashes = To recognise you in a later comment, your name, e-mail address, network and web addresses are turned into keyed hashes: numbers that cannot be turned back without the secret key of this installation. With them it is counted how many comments were called honest, and how many spam.
privacy-use-moderators = The people who moderate this blog can see your comment and what came with it.

privacy-kept-title = How long it is kept
privacy-kept = { $n ->
    [one] { $n } day after the blog last sent it here, your comment is deleted with everything that came with it, its earlier versions, what the program thought of it, and what moderators decided and noted.
   *[other] { $n } days after the blog last sent it here, your comment is deleted with everything that came with it, its earlier versions, what the program thought of it, and what moderators decided and noted.
}
privacy-kept-after = If a person called it spam or honest, that word stays, with the keyed hashes and a fingerprint of the text by which copies are recognised. None of them has the text, a name or an address in it.
privacy-kept-lists = Moderators can tell the program to trust or to block somebody, or a domain. That stays until they take it back: as a keyed hash of the e-mail address with the name that was given, or as the domain.
privacy-kept-log = No comment, name, e-mail or IP address is written to the program’s log. Pages for commenters, such as this one, set no cookies.

privacy-who-title = Who decides
privacy-who = A statistical filter and people. The filter adds up what speaks for spam and what against it: words, links, the form of the text, and what people said of earlier comments. If that is below one limit, it lets the comment through; if it is not sure, a person decides.
privacy-rejects = Above a second limit it rejects the comment by itself. It is set so that this should happen to at most one in { $n } honest comments; it will happen to some.
privacy-rejects-nothing = It rejects nothing by itself here: whatever it takes for spam waits for a person.
privacy-audited = { $n ->
    [one] A person looks again at whatever it let through or rejected by itself.
   *[other] Of what it let through or rejected by itself, about one in { $n } is drawn by lot, and a person looks at it again.
}
privacy-hold-spam = If the blog asks by Akismet’s protocol, it is told that a comment is spam also where the filter is not sure. A person can still let it through.
privacy-hold-ham = If the blog asks by Akismet’s protocol, a comment is let through also where the filter is not sure. A person can still take it away.
privacy-discards = If the blog asks by Akismet’s protocol, it is told to throw away what is spam beyond doubt.
privacy-person = A program can be wrong. If it rejected your comment, or held it back for long, you can ask that a person looks at it.
privacy-appeals = { $n ->
    [one] The blog can show you a link for that, which works for { $n } day. With it your comment comes before the others, with your words if you leave some. For an hour it is remembered from which network somebody followed such a link, in memory only.
   *[other] The blog can show you a link for that, which works for { $n } days. With it your comment comes before the others, with your words if you leave some. For an hour it is remembered from which network somebody followed such a link, in memory only.
}
privacy-law = In the European Union the General Data Protection Regulation is about this: what you may learn of how such a decision is made (articles 13 to 15), and decisions by programs alone (article 22). All reasons for a decision are kept with the comment, and can be told to you. This page explains; it is no legal advice.

privacy-where-title = Where it goes
privacy-where = Nowhere: your comment is judged in the program itself. No other company is asked for a second opinion, and nothing that you wrote is sent to one.
privacy-model = The model that judges has the number { $model }. It holds statistics about words, under hashes, and no text.
privacy-webhooks = { $n ->
    [0] No other address is told of decisions: webhooks are switched off. Only a blog that asks by Akismet’s protocol is told by the program, at its own address.
    [one] { $n } address that the owner chose is told of verdicts and decisions, with the number of the comment and without anything that you wrote. A blog that asks by Akismet’s protocol is told at its own address.
   *[other] { $n } addresses that the owner chose are told of verdicts and decisions, with the number of the comment and without anything that you wrote. A blog that asks by Akismet’s protocol is told at its own address.
}

privacy-learnt-title = What is learnt, and forgotten
privacy-learnt = The program learns only from what people call spam or honest: it counts how often words, links and hashes came with each. From comments that people labelled, the owner can also make a new model; it holds statistics under hashes.
privacy-unlearnt = What a decision taught is taken back with the decision. When your text is deleted, what this blog’s own part of the filter had from its words goes too.
privacy-neighbours = Other blogs share this installation. What people there called spam or honest counts here, at half the weight, and the other way round, by the keyed hashes. No blog sees another one’s comments.

privacy-ask-title = See it, correct it, erase it
privacy-ask = To learn what is kept of you, or to have it corrected or erased, ask here. Name your e-mail address, or the comment.
privacy-ask-blog = To learn what is kept of you, or to have it corrected or erased, ask the blog; its owner has named no address for it here. Name your e-mail address, or the comment.
privacy-as-of = Made from the settings as they were on { $time }.

appeal-title = Was your comment held back by mistake?
appeal-about = A program held back a comment that you sent to { $site }. Programs are sometimes wrong. If your comment is no spam, say so here: then the people who moderate find it before the others.
appeal-message = What helps to decide (optional)
appeal-hint = At most { $n } characters, for the people who moderate the blog. It is kept and deleted with your comment.
appeal-button = This is not spam
appeal-once = It counts once for each comment.
appeal-sent-title = Thank you
appeal-sent = If nobody has decided on your comment yet, the people who moderate { $site } now find it before the others.
appeal-sent-once = You need not send this again. What becomes of your comment, you see on the blog.
appeal-dead-title = This link does not work
appeal-dead = { $n ->
    [one] The link beside a comment that was held back works for { $n } day, as long as the blog takes such words. Is it whole? Otherwise ask the blog.
   *[other] The link beside a comment that was held back works for { $n } days, as long as the blog takes such words. Is it whole? Otherwise ask the blog.
}
appeal-too-many-title = Too many at once
appeal-too-many = Nothing was kept of this. Wait { $wait }, go back, and try again.

# On a comment's card, for moderators.
appeal-on-card = Its author says: not spam

# On a site's page, for admins.
site-commenters = Commenters
site-contact = Whom they ask what is kept about them
site-contact-hint = An e-mail address or a web address, shown on the page above. Link to that page beside the comment form.
site-appeals = Whoever’s comment is held or rejected gets a link to say that it is no spam
site-appeals-unreached = There are no such links yet: set public_url to the address under which people reach hamgate.
