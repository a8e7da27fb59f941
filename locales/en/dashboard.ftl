### The dashboard: numbers over time, and the card of the model.

dashboard-title = Dashboard
dashboard-tab-dashboard = Overview
dashboard-tab-what-if = What if
dashboard-tab-history = History
dashboard-tab-model = Model
dashboard-tabs = How the filter does
dashboard-sites = Sites
dashboard-every-site = All sites
dashboard-span = Time
dashboard-span-28 = 4 weeks
dashboard-span-91 = 3 months
dashboard-span-364 = 1 year
dashboard-no-site = You see no site yet. An admin gives you one: hamgate moderators add NAME --site SITE.
dashboard-nothing = Nothing happened in this time. As soon as a blog sends comments, they are counted here.
dashboard-utc = Days are in UTC.
dashboard-table = The numbers

# The four numbers at the head of the page.
dashboard-answered = Comments judged
dashboard-held-share = Held for a person
dashboard-waiting = Waiting now
dashboard-decided = Decided by people
dashboard-labels = Labels learnt from

dashboard-verdicts = Verdicts over time
dashboard-verdicts-about = From the bottom up: accepted, held, rejected.
dashboard-verdict-accept = Accepted
dashboard-verdict-hold = Held
dashboard-verdict-reject = Rejected
dashboard-per-day = Each bar is a day.
dashboard-per-week = Each bar is a week.
dashboard-per-month = Each bar is four weeks.
dashboard-from = From
dashboard-total = All

dashboard-queue = The queue
dashboard-queue-about = What was held, and what people decided. Where the second keeps below the first, the queue grows.
dashboard-queue-held = Held
dashboard-queue-decided = Decided
dashboard-queue-depth = { $n ->
    [0] Nothing waits.
    [one] { $n } comment waits.
   *[other] { $n } comments wait.
}
# $when is like "3 days ago".
dashboard-queue-oldest = The oldest came { $when }.
dashboard-age = Waiting for
dashboard-age-1 = less than an hour
dashboard-age-2 = up to a day
dashboard-age-3 = up to a week
dashboard-age-4 = longer
dashboard-age-number = Comments
dashboard-decided-accept = Accepted
dashboard-decided-reject = Rejected: spam
dashboard-decided-only = Rejected: other

dashboard-errors = How often the filter errs
dashboard-errors-about = Of all honest comments, how many were rejected or held; of all spam, how many were accepted or held. The dot is the estimate, the line its 95 % interval.
dashboard-errors-people = By people’s labels. People label what they look at, so this is no random sample: it says how the filter did on those.
dashboard-errors-audit = By the audit, a random sample that is judged without seeing the verdict. It speaks for all comments.
dashboard-errors-what = What
dashboard-errors-estimate = Estimate
dashboard-errors-interval = 95 % interval
dashboard-errors-n = Seen
# Short: they stand in a chart.
dashboard-error-ham-rejected = Honest and rejected
dashboard-error-ham-held = Honest and held
dashboard-error-spam-accepted = Spam and accepted
dashboard-error-spam-held = Spam and held
dashboard-audit-ham-rejected = Honest and rejected (audit)
dashboard-audit-spam-accepted = Spam and accepted (audit)
dashboard-audit-of-accepted = Of the accepted: spam
dashboard-audit-of-rejected = Of the rejected: honest
dashboard-audit-none = The audit has no answers yet. As soon as somebody answers some of its comments, an honest estimate stands here.
dashboard-audit-open = { $n ->
    [one] { $n } comment of the audit waits for an answer.
   *[other] { $n } comments of the audit wait for an answer.
}
dashboard-of = { $count } of { $n }
# Both are like "0.12 %".
dashboard-interval = { $low } to { $high }
dashboard-unknown = not known

dashboard-reasons = Reasons, and how right they were
# $spam is like "62 %".
dashboard-reasons-about = Where a reason was among the five heaviest of a comment: how often people agreed with it. Of the newest { $n } labelled comments, { $spam } are spam.
dashboard-reasons-spam = Spoke for spam
dashboard-reasons-ham = Spoke for honest
dashboard-reasons-right = Right
dashboard-reasons-none = No reason was heavy on three labelled comments yet.
dashboard-reason-email = What this e-mail address sent before
dashboard-reason-ip-prefix = What this network sent before
dashboard-reason-author-name = What an author of this name sent before
dashboard-reason-author-domain = Earlier comments of the author’s site
dashboard-reason-link-domain = Earlier comments with the same links
dashboard-reason-near-duplicate = Nearly the same text as earlier comments
dashboard-reason-url = The author’s URL
dashboard-reason-trust = How far the model is right on the site
dashboard-reason-own-words = Words known from the site’s labels
dashboard-reason-neighbours = Likeness to the site’s labelled comments
dashboard-reason-same-post = What was labelled under the same post
dashboard-reason-trusted-author = An e-mail address that moderators trust
dashboard-reason-trusted-links = Links to domains that moderators trust
dashboard-reason-blocked-author = An e-mail address that moderators block
dashboard-reason-blocked-domain = A domain that moderators block

dashboard-learning = Learning
dashboard-learning-about = Over the labels given so far: how much the filter holds, and how many labels contradict it.
dashboard-learning-held = Share held
dashboard-learning-wrong = Labels that contradict the filter
dashboard-learning-labels = Labels so far
dashboard-learning-none = A curve needs two days with ten labels each.

dashboard-model = The model
# $policy is like "accept<=-2.2 reject>=3.4".
dashboard-model-site = On { $site }: { $policy }
dashboard-model-card = Its card: what it was trained on, how good it is, and at which thresholds

model-title = Model { $id }
model-about = What judges comments now. The numbers are of comments from blogs that it had not seen.
model-name = Name
model-trained = Trained on
model-trained-on = { $ham } honest comments and { $spam } of spam from { $sites } sites
model-base = Made from
model-calibration = Calibration
model-calibration-is = log-odds = { $slope } × score + { $bias }
model-roca = Area above the ROC curve
model-brier = Brier score
model-ece = Calibration error
model-thresholds = Thresholds in force
model-thresholds-about = What is at most the first is accepted, what is at least the second is rejected; what lies between waits for a person.
model-accept-below = accept up to { $threshold }
model-reject-above = reject from { $threshold }
model-reject-off = nothing is rejected
model-accept-off = nothing is accepted
model-budgets-reject = Honest comments rejected, for each budget
model-budgets-accept = Spam accepted, for each budget
model-budget = Budget
model-threshold = Threshold
model-errors = Errors
model-bound = At most (95 %)
model-no-threshold = cannot be promised
model-languages = By language
model-sites = By site
model-slice = Set
model-ham = Honest
model-spam = Spam
model-tongues = Honest comments seen, by script and language
model-tongues-about = Text in a script or language with fewer than { $enough } is held at worst, never rejected for its words.
