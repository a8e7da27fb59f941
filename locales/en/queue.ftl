### The queue, a comment, and deciding on it.

queue-heading-held = Waiting for you
queue-heading-accepted = Accepted by the filter
queue-heading-rejected = Rejected by the filter
queue-heading-decided = Decided by people
queue-empty-held = Nothing waits. The filter was sure of everything else.
queue-empty-accepted = The filter has accepted nothing that nobody has looked at.
queue-empty-rejected = The filter has rejected nothing that nobody has looked at.
queue-empty-decided = Nobody has decided anything yet.
queue-empty-no-site = You see no site yet. An admin gives you one: hamgate moderators add NAME --site SITE.
queue-waiting = waiting
queue-sites = Sites
queue-views = Views
queue-view-held = Held
queue-view-accepted = Accepted
queue-view-rejected = Rejected
queue-view-decided = Decided
queue-order = Order
queue-order-newest = Newest
queue-order-oldest = Oldest
queue-order-riskiest = Likeliest spam
queue-pages = Pages
queue-first = First page
queue-next = Next page
queue-undo = Undo

keys-button = Keys
keys-title = Keys
keys-move = Next and previous comment
keys-accept = Accept
keys-reject = Reject as spam
keys-reject-only = Reject without learning
keys-skip = Skip: leave it undecided
keys-reasons = Show or fold all reasons
keys-note = Write a note
keys-undo = Undo the last decision
keys-list = This list
keys-close = Close

card-on-post = On { $title }
card-whole = the whole comment
card-links = Links to
card-reasons = Reasons
card-more-reasons = { $n ->
    [one] { $n } more reason
   *[other] { $n } more reasons
}
card-for-spam = for spam
card-for-ham = for honest
card-accept = Accept
card-reject = Reject
card-reject-only = Reject without learning
card-skip = Skip
card-take-back = Take back
card-add-note = Add a note
card-note = Note for other moderators
card-note-placeholder = For other moderators

comment-title = Comment by { $author }
comment-all = All comments of { $site }
comment-known = What is known
comment-arrived = Arrived
comment-verdict = Verdict
comment-verdict-by = { $verdict }, model { $model }
comment-author-url = Author’s URL
comment-post = Post
comment-id = Id
comment-earlier = Earlier
comment-earlier-accept = { $who } accepted it, { $when }; taken back or replaced
comment-earlier-reject = { $who } rejected it as spam, { $when }; taken back or replaced
comment-earlier-reject-only = { $who } rejected it without learning, { $when }; taken back or replaced

# Announced after a decision.
said-accept = Comment by { $author } accepted.
said-reject = Comment by { $author } rejected as spam.
said-reject-only = Comment by { $author } rejected without learning.
said-undone = Comment by { $author } is undecided again.
said-not-written = Yours was not written.
# By the script, when the service did not answer as it should.
script-not-written = Not written: { $why }
script-not-undone = Not undone: { $why }
script-last = This was the last comment.

changed-title = Somebody was quicker
changed-since = The blog sent this comment again, or a decision was taken back, since your page was made.
changed-yours = Your decision was not written.
changed-look = Look at the comment
changed-back = Back to the list
