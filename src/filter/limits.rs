//! What holds a verdict back: a rejection stands only on known ground, and
//! nothing is accepted or rejected while a source is missing.

use super::{Policy, note};
use crate::domain::{Evidence, LogOdds, Source, Verdict};

/// The reason of what is held because a source was missing.
pub const HISTORY_MISSING: &str = "history_missing";

/// The thresholds' promise is about the shared model. A rejection that only the
/// site's own labels bring about has to clear them by this much more.
const SITE_CAUTION: f64 = 3.0;

/// What a verdict stands on, beside its evidence.
pub struct Ground<'g> {
    pub history_missing: bool,
    /// A copy of somebody else's accepted comment, with a link.
    pub pasted: bool,
    /// The script or language of which training had too little ham; asked for
    /// only where it matters.
    pub foreign: &'g dyn Fn() -> Option<&'static str>,
}

/// The verdict, and what limited it. What cannot be promised is held.
pub fn limited(
    policy: Policy,
    total: LogOdds,
    evidence: &[Evidence],
    ground: &Ground<'_>,
) -> (Verdict, Option<Evidence>) {
    let verdict = policy.verdict(total);
    let hold = |reason, detail: &str| (Verdict::Hold, Some(note(reason, detail)));
    if ground.history_missing {
        return hold(
            HISTORY_MISSING,
            "what people said of earlier comments could not be looked up",
        );
    }
    if ground.pasted && verdict == Verdict::Accept {
        return hold(
            "pasted",
            "a copy of another's accepted comment with a new link waits for a person",
        );
    }
    if verdict != Verdict::Reject {
        return (verdict, None);
    }
    let vouched = evidence.iter().any(|piece| {
        matches!(piece.source, Source::History | Source::Campaign) && piece.log_odds.0 > 0.0
    });
    if !vouched && let Some(foreign) = (ground.foreign)() {
        let detail = format!("the model knows too little honest text in {foreign} to reject it");
        return hold("few_examples", &detail);
    }
    let of_site = evidence.iter().filter(|piece| piece.source == Source::Site);
    let of_site: LogOdds = of_site.map(|piece| piece.log_odds).sum();
    let without_site = LogOdds(total.0 - of_site.0.max(0.0));
    if policy.verdict(without_site) != Verdict::Reject
        && policy.verdict(LogOdds(total.0 - SITE_CAUTION)) != Verdict::Reject
    {
        return hold(
            "site_caution",
            "this site's labels alone have to be surer than that to reject",
        );
    }
    (verdict, None)
}
