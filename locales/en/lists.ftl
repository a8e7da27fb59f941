### The owner's block lists.

lists-title = Block lists
lists-about = Files and web addresses that you name in the settings file. A comment that is on a list gets the list’s weight, and of several lists the heaviest counts; no list decides alone.
lists-empty = No list is named. Name some in the settings file, and start hamgate again:
lists-wanted = The lists are being loaded anew. Look again in a moment.
lists-refresh = Load them now
lists-none-loaded = Nothing is loaded.
lists-entries = { $hosts ->
    [one] { $hosts } host
   *[other] { $hosts } hosts
}, { $networks ->
    [one] { $networks } network
   *[other] { $networks } networks
}, { $emails ->
    [one] { $emails } e-mail address
   *[other] { $emails } e-mail addresses
}, { $phrases ->
    [one] { $phrases } phrase
   *[other] { $phrases } phrases
}.
lists-left-out = { $n ->
    [one] { $n } line was not understood.
   *[other] { $n } lines were not understood.
}
lists-fresh = Up to date { $when }.
lists-stale = Stale: it could not be loaded { $when }. { $why } What was loaded before still counts.
lists-missing = It could not be loaded { $when }. { $why } Comments are judged without it, and their evidence says so.
lists-failure-status = Its host answered { $status }.
lists-failure-a-page = A page for people came in its place.
lists-failure-unreadable = The file is not there, cannot be read, or is longer than 64 MiB.
lists-failure-bad-url = Its address is no web address.
lists-failure-refused-address = Its host has only addresses that may not be called; lists.allow_private opens your own network.
lists-failure-unknown-name = Its host’s name has no address.
lists-failure-not-connected = Nobody listens there.
lists-failure-tls = Its host’s certificate is expired, of another host, or of an unknown authority.
lists-failure-too-slow = It did not come in time.
lists-failure-broken = The connection broke.
lists-failure-too-large = It is longer than 64 MiB.

source-lists = Block list
reason-listed-host = { $what } is on the list “{ $list }”
reason-listed-network = The author’s address is on the list “{ $list }”: { $what }
reason-listed-email = The e-mail address is on the list “{ $list }”
reason-listed-phrase = “{ $what }” is on the list “{ $list }”
reason-list-missing = The list “{ $list }” is not there
