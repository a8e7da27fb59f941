### The what-if board: another error budget on trial.

what-if-title = What if
what-if-about = Move the error budget of { $site } and see what would become of its newest comments. Nothing changes until an admin applies it.
what-if-ham = Honest comments that may be rejected
what-if-spam = Spam that may be accepted
what-if-per-cent = In per cent, 0.001 to 50
what-if-step = Steps that the model can promise
what-if-reject = Reject
what-if-reject-on = What is surely spam is rejected
what-if-reject-off = Nothing is rejected: it is held
what-if-akismet = For blogs that speak Akismet’s protocol
what-if-hold = A held comment is answered as
what-if-hold-ask = not spam, and the blog asks its moderator
what-if-hold-second-look = not spam, to be looked at again without a mail
what-if-hold-spam = spam
what-if-hold-ham = not spam: the blog publishes it
what-if-discard = What is spam beyond doubt
what-if-discard-on = is thrown away by the blog
what-if-discard-off = stays in the blog’s spam folder
what-if-try = Show what would change
what-if-reset = Back to what is in force

what-if-outcome = What would change
what-if-looked-at = { $n ->
    [0] There are no comments to look at yet.
    [one] Of the newest comment:
   *[other] Of the newest { $n } comments:
}
what-if-would-change = { $n ->
    [0] Nothing would change.
    [one] { $n } comment would have another verdict.
   *[other] { $n } comments would have another verdict.
}
what-if-other-model = { $n ->
    [one] One more was judged by another model and is left out: its log-odds and these thresholds do not belong together.
   *[other] { $n } more were judged by another model and are left out: their log-odds and these thresholds do not belong together.
}
what-if-verdict = Verdict
what-if-now = In force
what-if-then = On trial
# Both are like "accept<=-2.2 reject>=3.4".
what-if-thresholds = Thresholds: { $now }; on trial { $then }.
what-if-discarded = Thrown away unseen
what-if-moves = Which way, and what people said of them
what-if-move = Change
what-if-move-accept-hold = accepted → held
what-if-move-accept-reject = accepted → rejected
what-if-move-hold-accept = held → accepted
what-if-move-hold-reject = held → rejected
what-if-move-reject-accept = rejected → accepted
what-if-move-reject-hold = rejected → held
what-if-number = All
what-if-people-ham = People: honest
what-if-people-spam = People: spam
what-if-people-none = Nobody said
what-if-said-ham = people said honest
what-if-said-spam = people said spam
what-if-said-only = rejected, nothing learnt
what-if-said-accept = accepted, nothing learnt
what-if-said-none = nobody has said
what-if-list = The comments
what-if-range = { $first } to { $last } of { $n }
what-if-next = Next page
what-if-first = First page
what-if-no-text = (no text)

what-if-apply = Apply to { $site }…
what-if-apply-title = Apply to { $site }?
what-if-apply-about = From the next comment on, the filter judges so. Comments that are there keep their verdicts.
what-if-apply-setting = Setting
what-if-apply-now = Now
what-if-apply-then = From now on
what-if-apply-yes = Apply
what-if-apply-no = Not now
what-if-applied = Applied. { $site } is judged so from now on.
what-if-changed = The settings were changed since your page was made. Nothing was applied; these are in force now.
what-if-same = These are the settings in force: there is nothing to apply.
