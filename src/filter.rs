//! Evidence to verdict: add up, compare with two thresholds. Nothing else
//! decides.

mod explain;
mod gathered;
mod known;
mod policy;
mod site;

use crate::bayes::{LocalTokens, Model, SiteLayer};
use crate::domain::{Evidence, History, Judgement, LogOdds, SiteSettings, Source, Verdict};
use crate::features::{Features, language};

pub use gathered::{Gathered, GatheredHistory};
pub use known::TALLIES;
pub use policy::{Budget, Policy};
pub use site::SiteSays;

use std::collections::{BTreeMap, BTreeSet};

/// The live filter: a model, the owner's rule weights, and a policy.
#[derive(Debug, Clone)]
pub struct Filter {
    model: Model,
    budget: Budget,
    policy: Policy,
    /// Scripts and languages that the model has honest examples enough of:
    /// only text of these may be rejected.
    familiar: BTreeSet<String>,
    /// Owner's weights by rule id; 0 switches a rule off.
    rules: BTreeMap<String, LogOdds>,
}

/// What a comment's site adds to its judgement.
#[derive(Debug, Clone, Copy)]
pub struct ForSite<'l> {
    pub policy: Policy,
    /// What the site's own labels taught, if there are any.
    pub layer: Option<&'l SiteLayer>,
}

impl Filter {
    pub fn new(model: Model, budget: Budget, rules: BTreeMap<String, LogOdds>) -> Self {
        Self {
            budget,
            policy: Policy::of(model.card(), budget),
            familiar: model.card().familiar().map(str::to_owned).collect(),
            model,
            rules,
        }
    }

    /// The same budget and rules with another model.
    pub fn with_model(&self, model: Model) -> Self {
        Self::new(model, self.budget, self.rules.clone())
    }

    /// The budget where a site has none of its own.
    pub fn budget(&self) -> Budget {
        self.budget
    }

    pub fn model(&self) -> &Model {
        &self.model
    }

    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Judges a comment by its features and history. Pure: no I/O, no clock.
    pub fn judge(&self, features: &Features, history: &History) -> Judgement {
        let site = ForSite {
            policy: self.policy,
            layer: None,
        };
        self.judge_for(site, features, history)
    }

    /// The policy of a site with these settings.
    pub fn policy_for(&self, site: &SiteSettings) -> Policy {
        Policy::of(self.model.card(), self.budget.of_site(site))
    }

    /// Owner's weights by rule id.
    pub fn rules(&self) -> &BTreeMap<String, LogOdds> {
        &self.rules
    }

    /// [`Filter::judge`], as one site wants it.
    pub fn judge_for(
        &self,
        site: ForSite<'_>,
        features: &Features,
        history: &History,
    ) -> Judgement {
        self.judge_aloud(site, features, history).0
    }

    /// [`Filter::judge_for`], with what the site's labels said.
    pub fn judge_aloud(
        &self,
        site: ForSite<'_>,
        features: &Features,
        history: &History,
    ) -> (Judgement, Option<SiteSays>) {
        let (evidence, local) = self.by_model(features);
        let says = site.layer.and_then(|layer| {
            let share = layer.share(&local)?;
            Some(SiteSays::of(features, &share, layer.labels()))
        });
        let judgement = self.added_up(site.policy, evidence, says.as_ref(), features, history);
        (judgement, says)
    }

    /// Judges as it was judged when this had been gathered.
    pub fn judge_again(
        &self,
        policy: Policy,
        says: Option<&SiteSays>,
        features: &Features,
        history: &History,
    ) -> Judgement {
        let (evidence, _) = self.by_model(features);
        self.added_up(policy, evidence, says, features, history)
    }

    fn added_up(
        &self,
        policy: Policy,
        mut evidence: Vec<Evidence>,
        says: Option<&SiteSays>,
        features: &Features,
        history: &History,
    ) -> Judgement {
        if let Some(says) = says {
            evidence.extend(site::evidence(features, says));
        }
        evidence.extend(known::evidence(features, history));
        let log_odds: LogOdds = evidence.iter().map(|piece| piece.log_odds).sum();
        let verdict = self.limited(policy, features, history, &mut evidence);
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
            policy: policy.to_string(),
        }
    }

    /// What cannot be promised is held: a rejection stands only on known
    /// ground, and nothing is accepted or rejected while a source is missing.
    fn limited(
        &self,
        policy: Policy,
        features: &Features,
        history: &History,
        evidence: &mut Vec<Evidence>,
    ) -> Verdict {
        let total: LogOdds = evidence.iter().map(|piece| piece.log_odds).sum();
        let verdict = policy.verdict(total);
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
        let without_site = LogOdds(total.0 - of_site.0.max(0.0));
        if verdict == Verdict::Reject
            && policy.verdict(without_site) != Verdict::Reject
            && policy.verdict(LogOdds(total.0 - SITE_CAUTION)) != Verdict::Reject
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
        let local = LocalTokens::new(&scored.tokens, features.context.post.as_deref(), shared.0);
        (evidence, local)
    }

    /// The script or language of which training had too little ham.
    fn foreign(&self, features: &Features) -> Option<&'static str> {
        let mut tongues = language::tongues(features).into_iter();
        tongues.find(|tongue| !self.familiar.contains(*tongue))
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
