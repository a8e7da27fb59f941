//! Evidence to verdict: add up, compare with two thresholds. Nothing else
//! decides.

mod explain;
mod known;
mod policy;
mod site;

use crate::bayes::{LocalTokens, Model, SiteLayer};
use crate::domain::{Evidence, History, Judgement, LogOdds, Source, Verdict};
use crate::features::{Features, language};

pub use policy::{Budget, Policy};

use std::collections::BTreeMap;

/// The live filter: a model, the owner's rule weights, and a policy.
#[derive(Debug, Clone)]
pub struct Filter {
    model: Model,
    policy: Policy,
    /// Owner's weights by rule id; 0 switches a rule off.
    rules: BTreeMap<String, LogOdds>,
}

impl Filter {
    pub fn new(model: Model, budget: Budget, rules: BTreeMap<String, LogOdds>) -> Self {
        Self {
            policy: Policy::of(model.card(), budget),
            model,
            rules,
        }
    }

    pub fn model(&self) -> &Model {
        &self.model
    }

    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Judges a comment by its features and history. Pure: no I/O, no clock.
    pub fn judge(&self, features: &Features, history: &History) -> Judgement {
        self.judge_for(None, features, history)
    }

    /// [`Filter::judge`], with what the site's own labels taught.
    pub fn judge_for(
        &self,
        layer: Option<&SiteLayer>,
        features: &Features,
        history: &History,
    ) -> Judgement {
        let (mut evidence, local) = self.by_model(features);
        if let Some(layer) = layer
            && let Some(share) = layer.share(&local)
        {
            evidence.extend(site::evidence(features, &share, layer.labels()));
        }
        evidence.extend(known::evidence(features, history));
        let log_odds: LogOdds = evidence.iter().map(|piece| piece.log_odds).sum();
        let verdict = self.limited(
            self.policy.verdict(log_odds),
            features,
            history,
            &mut evidence,
        );
        if features.unread_bytes > 0 {
            evidence.push(note(
                "unread",
                format!(
                    "the last {} bytes of the text were not looked at",
                    features.unread_bytes
                ),
            ));
        }
        Judgement {
            verdict,
            spam_probability: log_odds.probability(),
            log_odds,
            evidence,
            model: self.model.id().to_owned(),
            policy: self.policy.to_string(),
        }
    }

    /// What cannot be promised is held: a rejection stands only on known
    /// ground, and nothing is accepted or rejected while a source is missing.
    fn limited(
        &self,
        verdict: Verdict,
        features: &Features,
        history: &History,
        evidence: &mut Vec<Evidence>,
    ) -> Verdict {
        if history.missing && verdict != Verdict::Hold {
            evidence.push(note(
                "history_missing",
                "what people said of earlier comments could not be looked up",
            ));
            return Verdict::Hold;
        }
        if history.copied.is_some() && verdict == Verdict::Accept {
            evidence.push(note(
                "pasted",
                "a copy of another's accepted comment with a new link waits for a person",
            ));
            return Verdict::Hold;
        }
        let vouched = evidence.iter().any(|piece| {
            matches!(piece.source, Source::History | Source::Campaign) && piece.log_odds.0 > 0.0
        });
        if verdict == Verdict::Reject
            && !vouched
            && let Some(foreign) = self.foreign(features)
        {
            evidence.push(note(
                "few_examples",
                format!("the model knows too little honest text in {foreign} to reject it"),
            ));
            return Verdict::Hold;
        }
        let of_site = evidence.iter().filter(|piece| piece.source == Source::Site);
        let of_site: LogOdds = of_site.map(|piece| piece.log_odds).sum();
        let total: LogOdds = evidence.iter().map(|piece| piece.log_odds).sum();
        let without_site = LogOdds(total.0 - of_site.0.max(0.0));
        if verdict == Verdict::Reject
            && self.policy.verdict(without_site) != Verdict::Reject
            && self.policy.verdict(LogOdds(total.0 - SITE_CAUTION)) != Verdict::Reject
        {
            evidence.push(note(
                "site_caution",
                "this site's labels alone have to be surer than that to reject",
            ));
            return Verdict::Hold;
        }
        verdict
    }

    /// A labelled comment as a site layer learns it.
    pub fn local(&self, features: &Features) -> LocalTokens {
        self.by_model(features).1
    }

    /// The shared model's evidence, and what a site layer starts from.
    fn by_model(&self, features: &Features) -> (Vec<Evidence>, LocalTokens) {
        let scored = self.model.score(features);
        let evidence = explain::explain(features, &scored, &self.rules);
        let shared: LogOdds = evidence.iter().map(|piece| piece.log_odds).sum();
        let local = LocalTokens::new(&scored.tokens, shared.0);
        (evidence, local)
    }

    /// The script or language of which training had too little ham.
    fn foreign(&self, features: &Features) -> Option<&'static str> {
        let mut tongues = language::tongues(features).into_iter();
        tongues.find(|tongue| !self.policy.is_familiar(tongue))
    }
}

/// The thresholds' promise is about the shared model. A rejection that only the
/// site's own labels bring about has to clear them by this much more.
const SITE_CAUTION: f64 = 3.0;

/// Evidence that limits the verdict and weighs nothing.
fn note(reason: &str, detail: impl Into<String>) -> Evidence {
    Evidence {
        source: Source::Policy,
        reason: reason.to_owned(),
        detail: detail.into(),
        log_odds: LogOdds(0.0),
        span: None,
    }
}
