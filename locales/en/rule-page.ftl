### The rules with their weights. Their summaries are in rules.ftl.

rules-title = Rules
rules-about = A rule never decides: it adds its weight, in log-odds, and +2.3 is ten to one for spam. Fitted weights were learnt together with the words’; yours takes their place, on this site and from the next comment on.
rules-labelled = { $n ->
    [0] Nobody has called a comment of this site ham or spam yet, so nothing is known of how the rules do here.
    [one] How they do here rests on { $n } comment that somebody called ham or spam.
   *[other] How they do here rests on { $n } comments that somebody called ham or spam.
}
rules-by-family = By family
rules-by-fired = Most often
rules-by-spam = Surest
rules-column-rule = Rule
rules-column-weight = Weight
rules-column-fired = Fired
rules-column-spam = Spam
rules-set-here = here
rules-set-for-all = for all
rules-off = off
rules-none-fired = No rule has fired on a comment that somebody called ham or spam.
rules-family-wording = Wording
rules-family-links = Links
rules-family-author = Author
rules-family-markup = Markup
rules-family-disguise = Disguise
rules-family-shape = Shape
rules-family-behavior = Behaviour

rule-fitted = Fitted, at levels 1 to 3
rule-argued = Argued, at levels 1 to 3
rule-for-all = In the settings, for all sites
rule-here = On this site
rule-none-here = as elsewhere
rule-record = How it did here
rule-fired = { $n ->
    [0] It never fired on a comment that somebody called ham or spam.
    [one] It fired on { $n } comment that somebody called ham or spam.
   *[other] It fired on { $n } comments that somebody called ham or spam.
}
rule-spam = Of these, { $share } were spam (95 % interval: { $interval } %).
rule-weight = Weight on this site
rule-weight-hint = From −20 to 20; above 0 speaks for spam.
rule-weigh = Give it this weight
rule-switch-off = Switch it off
rule-reset = As elsewhere again
rule-examples = Examples
rule-fires = It fires on
rule-passes = It passes
