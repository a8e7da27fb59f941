### The history: every decision, and how far moderators agree.

history-title = History
history-about = Every decision, newest first, with what the filter had said then. A decision is kept as long as its comment.
history-site = Site
history-who = Who
history-everybody = Everybody
history-every-site = All sites
history-since = From
history-until = To
history-show = Show
history-clear = Show everything
history-empty = Nobody has decided anything yet. What people decide in the queue stands here.
history-empty-filtered = No decision fits. Show everything, or ask for a longer time.
history-export = Export what is asked for:
history-export-csv = Spreadsheet (CSV)
history-export-lines = Lines (NDJSON)
history-next = Earlier decisions
history-first = Newest decisions
history-pages = Pages
history-filter = Narrow down

history-did-accept = accepted
history-did-reject = rejected as spam
history-did-reject-only = rejected without learning
history-did-off-topic = rejected as off-topic
history-did-abuse = rejected as abuse
history-ended-undone = taken back { $when }
history-ended-replaced = replaced { $when }
history-ended-reworded = ended { $when }: the blog sent another text
# What the filter had said: $percent is like "62 % spam".
history-shown-accept = The filter had accepted it: { $percent }.
history-shown-hold = The filter had held it: { $percent }.
history-shown-reject = The filter had rejected it: { $percent }.
history-shown-none = What the filter had said is not known.
history-model = Model { $model }, { $policy }
history-untitled = (no text)

history-agreement = Agreement
history-agreement-about = On comments that two people judged because the second replaced the first’s decision. People mostly replace what they disagree with, so this is lower than on comments as they come.
history-agreement-none = No comment was judged by two people yet.
history-agreement-all = First and last judge
history-agreement-people = { $one } and { $other }
history-agreement-who = Who
history-agreement-alike = Judged alike
history-agreement-interval = 95 % interval
history-agreement-kappa = Kappa
history-agreement-kappa-about = Kappa is 1 where they always agree, and 0 where they agree as often as chance would have it: Fleiss’ for the first line, Cohen’s for two people.
