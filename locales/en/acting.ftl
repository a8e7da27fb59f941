### Acting at the desk: many at once, trust, the audit, what stands around a card.

# What would have changed the verdict. Each was computed.
without-nothing-accept = By what was learnt since, it would be accepted now.
without-nothing-hold = By what was learnt since, it would be held now, not rejected.
without-links-accept = It would be accepted without the links.
without-links-hold = It would be held, not rejected, without the links.
without-url-accept = It would be accepted without the author’s URL.
without-url-hold = It would be held, not rejected, without the author’s URL.
without-links-and-url-accept = It would be accepted without the links and the author’s URL.
without-links-and-url-hold = It would be held, not rejected, without the links and the author’s URL.
without-name-accept = It would be accepted without the author’s name.
without-name-hold = It would be held, not rejected, without the author’s name.

# Near-duplicates of a comment on the same site.
alike-said = { $n ->
    [one] { $n } like this: { $rejected } rejected, { $accepted } accepted, { $waiting } waiting.
   *[other] { $n } like this: { $rejected } rejected, { $accepted } accepted, { $waiting } waiting.
}
alike-together = { $n ->
    [one] Decide the one that waits
   *[other] Decide the { $n } that wait together
}

parent-said = In reply to { $author }
parent-whole = the whole comment

edit-said = Edited: the blog sent it with another text { $when }
edit-added = added
edit-removed = removed
edit-name = The author’s name was { $before }, and is { $after }.
edit-url = The author’s URL was { $before }, and is { $after }.
# In place of a name or a URL that is empty.
edit-nothing = empty

card-choose = Choose the comment by { $author }
card-off-topic = Off-topic
card-abuse = Abuse
card-reject-other = Another reason
card-trust = Trust or block

trust-trusted-author = Trust the author
trust-blocked-author = Block the author
trust-trusted-domain = Trust { $domain }
trust-blocked-domain = Block { $domain }
trust-is-trusted-author = { $name } is trusted here.
trust-is-blocked-author = { $name } is blocked here.
trust-is-trusted-domain = { $name } is trusted here.
trust-is-blocked-domain = { $name } is blocked here.
trust-removed = { $name } is neither trusted nor blocked any more.
trust-title = Trusted and blocked
trust-lead = Each is heavy evidence, and still only evidence: the filter adds it to the rest. A trusted e-mail address counts only for who is signed in at the blog, or comes from a network with honest comments here, for anyone can type an address.
trust-none = Nobody is trusted or blocked. A comment’s card has “Trust or block”.
trust-by = by { $who }, { $when }
trust-remove = Take off the list

reason-trusted-author = The moderators here trust this e-mail address
reason-trusted-elsewhere = A trusted e-mail address, but from a network without honest comments here
reason-trusted-links = The moderators here trust every domain that is linked to
reason-blocked-author = The moderators here block this e-mail address
reason-blocked-domain = The moderators here block a domain that is linked to
reason-blocked-site = The moderators here block { $site }

bulk-label = Many at once
bulk-all = { $n ->
    [one] The one on this page
   *[other] All { $n } on this page
}
bulk-chosen = { $n } chosen
bulk-none = No comment is chosen. The key x chooses one.
bulk-accept = Accept…
bulk-reject = Reject as spam…
bulk-reject-only = Reject without learning…
bulk-ask-accept = { $n ->
    [one] Accept { $n } comment?
   *[other] Accept { $n } comments?
}
bulk-ask-reject = { $n ->
    [one] Reject { $n } comment as spam?
   *[other] Reject { $n } comments as spam?
}
bulk-ask-reject-only = { $n ->
    [one] Reject { $n } comment without learning?
   *[other] Reject { $n } comments without learning?
}
bulk-ask-off-topic = { $n ->
    [one] Reject { $n } comment as off-topic?
   *[other] Reject { $n } comments as off-topic?
}
bulk-ask-abuse = { $n ->
    [one] Reject { $n } comment as abuse?
   *[other] Reject { $n } comments as abuse?
}
bulk-ask-alike = { $n ->
    [0] None like this waits
    [one] { $n } comment like this waits
   *[other] { $n } comments like this wait
}
bulk-more = { $n ->
    [one] And { $n } more.
   *[other] And { $n } more.
}
bulk-changed = { $n ->
    [one] { $n } was decided or sent again since you chose it, and will be left alone.
   *[other] { $n } were decided or sent again since you chose them, and will be left alone.
}
bulk-yes-accept = Accept them
bulk-yes-reject = Reject them as spam
bulk-yes-reject-only = Reject them without learning
bulk-yes-off-topic = Reject them as off-topic
bulk-yes-abuse = Reject them as abuse
bulk-cancel = Back, and change nothing
bulk-note = Note for other moderators, on each of them
bulk-did-accept = { $n ->
    [one] { $n } comment accepted.
   *[other] { $n } comments accepted.
}
bulk-did-reject = { $n ->
    [one] { $n } comment rejected as spam.
   *[other] { $n } comments rejected as spam.
}
bulk-did-reject-only = { $n ->
    [one] { $n } comment rejected without learning.
   *[other] { $n } comments rejected without learning.
}
bulk-did-reject-off-topic = { $n ->
    [one] { $n } comment rejected as off-topic.
   *[other] { $n } comments rejected as off-topic.
}
bulk-did-reject-abuse = { $n ->
    [one] { $n } comment rejected as abuse.
   *[other] { $n } comments rejected as abuse.
}
# $did is one of the sentences above.
bulk-did-left = { $left ->
    [one] { $did } { $left } had changed and was left alone.
   *[other] { $did } { $left } had changed and were left alone.
}
bulk-undone = { $n ->
    [one] { $n } comment is undecided again.
   *[other] { $n } comments are undecided again.
}

did-reject-off-topic = { $who } rejected this as off-topic { $when }.
did-reject-abuse = { $who } rejected this as abuse { $when }.
comment-earlier-reject-off-topic = { $who } rejected it as off-topic, { $when }; taken back or replaced
comment-earlier-reject-abuse = { $who } rejected it as abuse, { $when }; taken back or replaced
said-reject-off-topic = Comment by { $author } rejected as off-topic.
said-reject-abuse = Comment by { $author } rejected as abuse.

audit-title = Audit
audit-lead = A random share of what the filter accepted or rejected by itself, shown without what it said. Your answers tell how often it errs, and count as decisions.
audit-open = to answer
audit-empty = Nothing to answer. Of every hundred comments that the filter is sure of, a few come here.
audit-honest = Honest
audit-spam = Spam
audit-neither = Neither
audit-back = Back to the queue
audit-said-accept-accept = Honest, you say. The filter had accepted it.
audit-said-accept-reject = Honest, you say. The filter had rejected it.
audit-said-reject-accept = Spam, you say. The filter had accepted it.
audit-said-reject-reject = Spam, you say. The filter had rejected it.
audit-said-reject-only-accept = Neither, you say. The filter had accepted it.
audit-said-reject-only-reject = Neither, you say. The filter had rejected it.
audit-said-reject-off-topic-accept = Off-topic, you say. The filter had accepted it.
audit-said-reject-off-topic-reject = Off-topic, you say. The filter had rejected it.
audit-said-reject-abuse-accept = Abuse, you say. The filter had accepted it.
audit-said-reject-abuse-reject = Abuse, you say. The filter had rejected it.

keys-choose = Choose the comment for many at once
keys-choose-all = Choose all on the page, or none
keys-many = Accept or reject the chosen ones; first you see which
keys-alike = Decide all that are like this one
keys-trust = Trust or block the author or a domain
keys-why = After d: off-topic, abuse, another reason
keys-off = Switch single keys off
keys-on = Switch single keys on
