### The models: which one judges, and why.

models-title = Models
models-about = The model that judges is the champion. Training makes a challenger, which judges nothing until it is shown, on comments that neither has seen, not to be worse.
models-named = The settings name a model file (model), and that one judges whatever is promoted here. Leave it out to follow what is promoted.
models-champion = champion
models-challenger = challenger
models-shadow = shadow
models-shipped = came with hamgate
models-removed = file removed
models-made = Made { $when } by { $by }.
models-came = Came with the program.
models-trained-on = { $sites ->
    [one] Trained on { $ham } honest comments and { $spam } spam of { $sites } site.
   *[other] Trained on { $ham } honest comments and { $spam } spam of { $sites } sites.
}
models-roll-back = Back to the model before
models-unshadow = End the shadow

model-title = Model { $id }
model-hash = SHA-256
model-ranking = Ranking error (1-ROCA)
model-ranking-value = { $percent } %, on { $n } comments of sites that it had not seen
model-since = Judges
model-since-value = since { $when }; { $n } comments so far
model-ham-rejected = Honest comments rejected
model-spam-accepted = Spam accepted
model-share = { $count } of { $n }, { $percent } % (95 % interval: { $low } to { $high })
model-compare = Compare it with the champion
model-promote = Promote it if it passes
model-make-shadow = Let it judge beside the champion
model-anyway = Promote it without a comparison
model-anyway-about = It judges from then on, whatever it may do worse. The history keeps your name and your reason. “Back to the model before” undoes it.
model-reason = Why
model-anyway-button = Promote it anyway
model-changed = Another model became champion meanwhile. Look again, then decide.
model-busy = Another comparison is at work. Try again when it is done.
admin-wrong-reason = Say in a line why.
admin-wrong-model = That cannot be done with this model: there is none before the one that ships, and its file may be gone.
model-comparison = Comparison with the champion
model-at-work = It is at work, since { $when }. With many labels it takes minutes.
model-look-again = Look again
model-failed = It failed ({ $when }). The log says why.
model-promoted = It passed, and judges now ({ $when }).
model-not-promoted = It was not promoted ({ $when }): it did not pass.
model-passes = It passes ({ $when }).
model-does-not-pass = It does not pass ({ $when }).
model-column-check = Condition
model-column-passed = Passed
model-yes = yes
model-no = no
model-check-enough = Comments enough to tell
model-check-never-reject = Nothing that must never be rejected
model-check-probabilities = Probabilities
model-check-ranking = Ranking
model-check-ham-rejected = Honest comments rejected
model-check-spam-accepted = Spam accepted
model-check-sites = Each site
model-check-languages = Each language
model-worse = { $n ->
    [0] No verdict would change for the worse.
    [one] { $n } verdict would change for the worse:
   *[other] { $n } verdicts would change for the worse; the furthest first:
}
model-better = { $n ->
    [0] No verdict would change for the better.
    [one] { $n } verdict would change for the better:
   *[other] { $n } verdicts would change for the better; the furthest first:
}
model-flip = { $label }, on { $site }: { $from } → { $to }
model-label-ham = honest
model-label-spam = spam
model-as-shadow = Beside the champion
model-beside = champion: { $was }, this one: { $would }
model-history = History
model-no-history = Nothing has become of it yet.
model-event-trained = Trained by { $by }
model-event-kept = Compared for { $by }, not promoted
model-event-promoted = Promoted by { $by }
model-event-rolled-back = Came back, rolled back by { $by }
model-event-shadowed = Made the shadow by { $by }
model-event-unshadowed = No longer the shadow, by { $by }
