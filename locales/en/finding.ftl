### Finding comments: the search, filters, saved ones, campaigns.

queue-heading-all = All comments
queue-view-all = All
queue-empty-all = No comment has come yet.
queue-order-lesson = Teaches most

finding-label = Find
finding-words = Words, name or address
finding-go = Search
finding-how = All words have to be there. “Words in quotation marks” have to stand together. A word of four letters or more finds longer ones that begin with it.
finding-filters = Filters
finding-any = Any
# A language or a reason, with how many comments of it wait.
finding-option = { $name } ({ $n })
finding-language = Language
finding-no-language = Not told
finding-reason = Reason
finding-link = Links
finding-link-yes = With a link
finding-link-no = Without a link
finding-author = Author
finding-author-new = New author
finding-author-known = Author came before
finding-from = Likely spam from, in %
finding-below = Likely spam below, in %
finding-since = Came on or after
finding-until = Came on or before
finding-apply = Apply
finding-empty = Nothing found. Take away a filter, or look in “All”.
finding-no-word = There is no letter or digit in what you search for.

finding-set = Filters that are set
finding-unset = – take away
finding-clear = Take all away
finding-is-q = “{ $value }”
finding-is-lang = Language: { $value }
finding-is-reason = { $value }
finding-is-from = Likely spam from { $value } %
finding-is-below = Likely spam below { $value } %
finding-is-since = On or after { $value }
finding-is-until = On or before { $value }
finding-is-campaign = One campaign

finding-keep = Save this filter
finding-name = Name of the filter
finding-save = Save
finding-kept = Saved filters
finding-remove = Remove
finding-remove-one = Remove the filter { $name }

# Reasons that are not rules, as one chooses them.
finding-reason-link = A link
finding-reason-no-links = No link
finding-reason-name = The author’s name
finding-reason-no-name = No name
finding-reason-url = The author’s URL
finding-reason-no-url = No URL of the author
finding-reason-form = Length and form of the words
finding-reason-author-name = Earlier comments by this name
finding-reason-email = Earlier comments from this e-mail address
finding-reason-ip-prefix = Earlier comments from this network
finding-reason-author-domain = Earlier comments with the author’s site
finding-reason-link-domain = Earlier comments with these links
finding-reason-near-duplicate = Earlier comments of nearly the same text
finding-reason-pasted = A copy with a new link
finding-reason-trust = How far the model is right here
finding-reason-own-words = Known from this site’s labels
finding-reason-neighbours = Nearest labelled comments here
finding-reason-same-post = Labels under the same post
finding-reason-trusted-author = A trusted author
finding-reason-trusted-elsewhere = A trusted author on another network
finding-reason-trusted-links = Trusted links
finding-reason-blocked-author = A blocked author
finding-reason-blocked-domain = A blocked domain
finding-reason-blocked-site = A blocked site

finding-campaigns = Campaigns
finding-campaigns-lead = Comments of nearly the same text, those that came last first.
finding-campaigns-of = Campaigns on { $site }
finding-campaigns-empty = No two comments here have nearly the same text.
finding-campaign-size = { $n ->
    [one] { $n } comment
   *[other] { $n } comments
}
finding-campaign-waiting = { $n ->
    [one] { $n } waits
   *[other] { $n } wait
}
finding-campaign-rejected = { $n } rejected
finding-campaign-accepted = { $n } accepted
finding-campaign-decide = { $n ->
    [one] The one that waits
   *[other] The { $n } that wait
}
finding-campaign-all = All of them
finding-card-campaign = Look through them
