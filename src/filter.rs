//! Evidence to verdict: add up, compare with two thresholds. Nothing else
//! decides.

mod explain;
mod gathered;
mod known;
pub mod lesson;
mod limits;
mod policy;
mod site;
mod trusted;

use crate::bayes::{LocalTokens, Model, SiteLayer};
use crate::domain::{Evidence, History, Judgement, LogOdds, SiteSettings, Source, Verdict};
use crate::features::{Features, language};

pub use gathered::{Gathered, GatheredHistory, Overruled};
use limits::Ground;

pub use known::TALLIES;
pub use policy::{Budget, Policy};
pub use site::SiteSays;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The live filter: a model, the owner's rule weights, and a policy.
#[derive(Debug, Clone)]
pub struct Filter {
    model: Arc<Model>,
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
            model: Arc::new(model),
            rules,
        }
    }

    /// The same budget and rules with another model.
    pub fn with_model(&self, model: Model) -> Self {
        Self::new(model, self.budget, self.rules.clone())
    }

    /// This filter as a site wants it: where the site has a weight of its own
    /// for a rule, that counts.
    pub fn of_site(self: &Arc<Self>, site: &SiteSettings) -> Arc<Self> {
        if site.rules.is_empty() {
            return Arc::clone(self);
        }
        let mut own = Self::clone(self);
        let weights = site.rules.iter();
        own.rules
            .extend(weights.map(|(id, setting)| (id.clone(), setting.log_odds())));
        Arc::new(own)
    }

    pub fn model(&self) -> &Model {
        &self.model
    }

    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The installation's error budget.
    pub fn budget(&self) -> Budget {
        self.budget
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
        evidence.extend(trusted::evidence(features, history));
        let log_odds: LogOdds = evidence.iter().map(|piece| piece.log_odds).sum();
        let ground = Ground {
            history_missing: history.missing,
            pasted: history.copied.is_some(),
            foreign: &|| self.foreign(features),
        };
        let (verdict, limit) = limits::limited(policy, log_odds, &evidence, &ground);
        evidence.extend(limit);
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

    /// The verdict that a comment would have got under another policy, by the
    /// log-odds and the evidence that it did get. What limited its verdict then
    /// limits it now; `features` are asked for where its language matters.
    pub fn verdict_under(
        &self,
        policy: Policy,
        judged: &Judgement,
        features: impl Fn() -> Features,
    ) -> Verdict {
        let has = |source, reason: &str| {
            let mut evidence = judged.evidence.iter();
            evidence.any(|piece| piece.source == source && piece.reason == reason)
        };
        if OVERRULED.iter().any(|reason| has(Source::Policy, reason)) {
            return Verdict::Accept;
        }
        let ground = Ground {
            history_missing: has(Source::Policy, limits::HISTORY_MISSING),
            pasted: has(Source::Campaign, known::PASTED_REASON),
            foreign: &|| self.foreign(&features()),
        };
        limits::limited(policy, judged.log_odds, &judged.evidence, &ground).0
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

/// Reasons of acceptances that no evidence brought about: the blog says that its
/// own administrator wrote the comment, or there is nothing to judge.
pub const OVERRULED: [&str; 2] = ["administrator", "nothing_said"];

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
