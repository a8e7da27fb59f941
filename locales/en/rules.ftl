### The summaries of rules, by their id: rule-links-flood. English has them in
### the rules themselves.
