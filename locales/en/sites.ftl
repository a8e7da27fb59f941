### Sites, their keys, their webhooks.

sites-title = Sites
sites-waiting = { $n ->
    [0] Nothing waits.
    [one] { $n } comment waits.
   *[other] { $n } comments wait.
}
sites-no-key = It has no live key.
sites-since = Added { $when }.
sites-add = Add a site
sites-add-about = One site for each blog: its comments, keys and moderators are its own.
sites-name = Name
sites-url = Address of the blog
sites-own-akismet-key = Akismet key that the blog already has
sites-own-akismet-key-hint = Optional. With it, moving here changes only the host name in the blog.
sites-add-button = Add it
sites-keys-title = The keys of the new site
sites-keys-about = Give { $site } the one that it speaks: the API key for /v1, the Akismet key for Akismet’s protocol.
sites-api-key = API key
sites-akismet-key = Akismet key

site-unnamed = Its address is the one of the first start, and no blog’s: with it, no blog can ask by Akismet’s protocol. Give it your blog’s address.
site-done-moved = Name and address are saved.
site-done-set = Saved; it holds from the next comment on.
site-done-revoked = Every key is ended. Make a new one for the blog to go on.
site-done-paused = The webhook is off.
site-done-resumed = The webhook is on; what was given up is sent again.
site-done-removed = The webhook is removed.
site-move = Name and address
site-url-hint = Akismet’s protocol is answered only for the blog at this address.
site-behaviour = Behaviour
site-ham-rejected = At most so many of the honest comments may be rejected
site-spam-accepted = At most so much of the spam may be accepted
site-budget-hint = Empty: as for all sites. What cannot be promised is held for a person.
site-thresholds = As it stands, comments are accepted up to a probability of spam of { $accept }, and rejected from { $reject } on.
site-thresholds-no-reject = As it stands, comments are accepted up to a probability of spam of { $accept }, and none is rejected.
site-reject = Are comments rejected?
site-reject-as-all-yes = As for all sites: yes
site-reject-as-all-no = As for all sites: no, the worst are held
site-reject-yes = Yes
site-reject-no = No, the worst are held
site-hold = What Akismet’s clients hear of a held comment
site-hold-ask = Ask: WordPress keeps it in its own moderation queue and mails its moderator
site-hold-second-look = Second look: WordPress 5.5 and newer keep it back without a mail
site-hold-spam = Spam: the blog treats it as spam
site-hold-ham = Not spam: the blog publishes it
site-discard = Tell Akismet’s clients to throw away what is spam beyond doubt
site-retention = { $n ->
    [one] Comments are kept for { $n } day. That is set for all sites, in the settings (retention.days).
   *[other] Comments are kept for { $n } days. That is set for all sites, in the settings (retention.days).
}
site-own-rules = { $n ->
    [0] Rules
    [one] Rules ({ $n } with a weight of its own)
   *[other] Rules ({ $n } with weights of their own)
}
site-keys-title = Keys
site-keys = { $n ->
    [0] No API key is live.
    [one] { $n } API key is live.
   *[other] { $n } API keys are live.
}
site-old-key = The old key
site-old-later = works for 24 hours more
site-old-now = ends at once
site-rotate-api = New API key
site-rotate-akismet = New Akismet key
site-revoke = A key got into the wrong hands?
site-revoke-about = This ends every key of the site at once, and the blog can ask no more until it has a new one.
site-revoke-button = End every key now
site-rotated-title = A new key
site-rotated = The new key of { $site }. The old one works for 24 hours more.
site-rotated-now = The new key of { $site }. The old ones have ended.

webhooks-title = Webhooks
webhooks-about = Whom hamgate tells what becomes of a comment.
webhook-url = Address that is sent a POST for each event
webhook-events = Tell it
event-comment-decided = when somebody decides
event-comment-verdict-changed = when the verdict changes without a decision
webhook-add = Add a webhook
webhook-on = On. { $waiting } waiting, { $failed } given up.
webhook-off = Off since { $when }: it is told nothing.
webhook-resume = Switch on
webhook-resume-of = Switch on: { $url }
webhook-retry = Send again
webhook-retry-of = Send again: { $url }
webhook-pause = Switch off
webhook-pause-of = Switch off: { $url }
webhook-rotate = New secret
webhook-rotate-of = New secret: { $url }
webhook-remove = Remove
webhook-remove-of = Remove: { $url }
webhook-secret-title = The webhook’s secret
webhook-secret = Secret
webhook-added = The receiver checks by it that a message comes from here.
webhook-rotated = It signs from now on. The old one signs too for 24 hours more.

deliveries-title = Log of deliveries
deliveries-about = The newest 100 attempts to tell somebody what became of a comment. A comment’s messages leave in order, and only once its undo time is over.
deliveries-none = Nothing was sent yet.
deliveries-retry = Send again what was given up
deliveries-akismet = Akismet’s webhook
delivery-delivered = Delivered after { $millis } ms.
delivery-status = Not taken: the answer was { $status }. Only 200 to 299 count as taken.
delivery-redirect = Not taken: the answer was a redirect ({ $status }), and none is followed. Add the webhook with its final address.
delivery-gone = The receiver wants no more ({ $status }); the webhook is off.
delivery-bad-url = Not sent: the address is no web address.
delivery-refused-address = Not sent: the host has only addresses that may not be called. webhooks.allow_private opens your own network.
delivery-unknown-name = Not sent: the host’s name has no address.
delivery-not-connected = Not sent: nobody listens there.
delivery-tls = Not sent: the certificate is expired, of another host, or of an unknown authority.
delivery-too-slow = No answer in time.
delivery-broken = The connection broke.
delivery-refused-by-blog = The blog refused it.
delivery-unreadable-answer = The blog’s answer made no sense.
delivery-secret-lost = Not sent: its secret was sealed by another installation.
