//! Makes a stored judgement again from what it was made from, and says what is
//! another one today.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use super::error::ServiceError;
use super::live::Service;
use crate::bayes::Model;
use crate::domain::{Comment, CommentId, Judgement, LogOdds, Subject};
use crate::features::Features;
use crate::filter::{Budget, Filter, Gathered, Overruled};
use crate::store::{CommentFile, StoreError};

/// A judgement, made again.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Replay {
    pub comment_id: CommentId,
    pub site: String,
    pub judged_at: Timestamp,
    /// As it is stored.
    pub judgement: Judgement,
    pub outcome: ReplayOutcome,
    /// As it would be judged now.
    pub today: Judgement,
    /// What would be another one now.
    pub changed: Vec<Difference>,
}

/// What came of making it again.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum ReplayOutcome {
    /// The same, bit for bit.
    Same,
    /// Everything was there, and the judgement is another one.
    Different {
        replayed: Box<Judgement>,
        because: String,
    },
    /// Something is not there any more.
    Impossible { because: Vec<String> },
}

/// Something that was one way then and is another one now.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    pub what: String,
    pub then: String,
    pub now: String,
}

impl Service {
    /// Makes the judgements of a comment again: the last one, or each.
    ///
    /// # Errors
    /// There is no such comment, or the store is unavailable.
    pub async fn replay(&self, id: CommentId, each: bool) -> Result<Vec<Replay>, ServiceError> {
        let store = &self.installation().store;
        let sites = store.sites().await?;
        let ids: Vec<_> = sites.iter().map(|site| site.id).collect();
        let of = store.site_of(&ids, id).await?.ok_or(StoreError::NotFound)?;
        let site = sites.into_iter().find(|site| site.id == of);
        let site = site.ok_or(StoreError::NotFound)?;
        let file = store.comment(site.id, id).await?;
        let gathered = store.gathered(site.id, id).await?;
        let comment = file.stored.comment.clone();
        let today = self.judge(&site, comment.clone(), Some(id)).await?;
        let skipped = match each {
            true => 0,
            false => file.judgements.len().saturating_sub(1),
        };
        let CommentFile { judgements, .. } = file;
        let judgements = judgements.into_iter().zip(gathered).skip(skipped);
        let mut replays = Vec::new();
        for ((judged_at, judgement), gathered) in judgements {
            let outcome = self.again(&comment, &judgement, gathered.as_ref()).await?;
            let mut changed = between(&judgement, &today.judgement);
            if let Some(then) = &gathered {
                changed.extend(inputs(then, &today.gathered, &comment));
            }
            replays.push(Replay {
                comment_id: id,
                site: site.name.clone(),
                judged_at,
                judgement,
                outcome,
                today: today.judgement.clone(),
                changed,
            });
        }
        Ok(replays)
    }

    async fn again(
        &self,
        comment: &Comment,
        judgement: &Judgement,
        gathered: Option<&Gathered>,
    ) -> Result<ReplayOutcome, ServiceError> {
        let Some(gathered) = gathered else {
            let because = "it was made by a version that did not write down from what";
            return Ok(ReplayOutcome::Impossible {
                because: vec![because.to_owned()],
            });
        };
        let mut because = Vec::new();
        if gathered.comment != Gathered::mark(comment) {
            because.push(
                "the blog has sent the comment again since, with a change, and only the newest \
                 text is kept"
                    .to_owned(),
            );
        }
        let model = self.model_of(&judgement.model).await;
        if let Err(why) = &model {
            because.push(why.clone());
        }
        let features = Features::of(comment);
        let traces: Vec<_> = features
            .recognisable()
            .into_iter()
            .map(|(subject, value)| self.installation().secret.trace(subject, &value))
            .collect();
        let history = gathered.history(&traces);
        let (Ok(model), Some(history), true) = (model, history, because.is_empty()) else {
            if because.is_empty() {
                because.push(format!(
                    "this version recognises other things in the comment than version {} did",
                    gathered.version
                ));
            }
            return Ok(ReplayOutcome::Impossible { because });
        };
        let filter = Filter::new(model, Budget::default(), gathered.rules.clone());
        let says = gathered.says.as_ref();
        let mut replayed = filter.judge_again(gathered.policy(), says, &features, &history);
        match gathered.overruled {
            Some(Overruled::Administrator) => super::akismet::accept_administrator(&mut replayed),
            Some(Overruled::Pending) => super::import::hold(&mut replayed),
            None => {}
        }
        if bits(&replayed) == bits(judgement) {
            return Ok(ReplayOutcome::Same);
        }
        let version = env!("CARGO_PKG_VERSION");
        let because = match gathered.version == version {
            true => "model, policy, history and comment are the same, so this build computes \
                     another way than the one that judged"
                .to_owned(),
            false => format!("version {} judged, and this is {version}", gathered.version),
        };
        Ok(ReplayOutcome::Different {
            replayed: Box::new(replayed),
            because,
        })
    }

    /// The model of that id, or why it is not there.
    async fn model_of(&self, id: &str) -> Result<Model, String> {
        let live = self.filter();
        if live.model().id() == id {
            return Ok(live.model().clone());
        }
        let gone = || format!("the model {id} is not there any more");
        let models = self.installation().models().await;
        let models = models.map_err(|error| error.to_string())?;
        let found = models.into_iter().find(|model| model.id == id);
        let found = found.ok_or_else(gone)?;
        let read = self.installation().read_model(found.stored().as_ref());
        read.map_err(|error| format!("{}: {error}", gone()))
    }
}

/// Every number as it is, and every word.
fn bits(judgement: &Judgement) -> String {
    serde_json::to_string(judgement).expect("a judgement is plain JSON")
}

/// What two judgements of a comment differ in.
fn between(then: &Judgement, now: &Judgement) -> Vec<Difference> {
    let mut changed = Vec::new();
    let mut note = |what: &str, then: String, now: String| {
        if then != now {
            changed.push(Difference {
                what: what.to_owned(),
                then,
                now,
            });
        }
    };
    let verdict = |judgement: &Judgement| judgement.verdict.as_str().to_owned();
    note("verdict", verdict(then), verdict(now));
    let odds = |odds: LogOdds| format!("{:+.4}", odds.0);
    note("log-odds", odds(then.log_odds), odds(now.log_odds));
    note("model", then.model.clone(), now.model.clone());
    note("policy", then.policy.clone(), now.policy.clone());
    let (then, now) = (by_reason(then), by_reason(now));
    let mut reasons: Vec<&(String, String)> = then.keys().chain(now.keys()).collect();
    reasons.sort();
    reasons.dedup();
    for reason in reasons {
        let of = |weights: &BTreeMap<_, f64>| match weights.get(reason) {
            Some(weight) => format!("{weight:+.4}"),
            None => "none".to_owned(),
        };
        note(&format!("{} {}", reason.0, reason.1), of(&then), of(&now));
    }
    changed
}

/// What the evidence of each source and reason weighs together.
fn by_reason(judgement: &Judgement) -> BTreeMap<(String, String), f64> {
    let mut weights = BTreeMap::new();
    for piece in &judgement.evidence {
        let source = format!("{:?}", piece.source).to_lowercase();
        *weights.entry((source, piece.reason.clone())).or_default() += piece.log_odds.0;
    }
    weights
}

/// What was gathered otherwise.
fn inputs(then: &Gathered, now: &Gathered, comment: &Comment) -> Vec<Difference> {
    let subjects: Vec<Subject> = Features::of(comment)
        .recognisable()
        .into_iter()
        .map(|(subject, _)| subject)
        .collect();
    let mut changed = Vec::new();
    let mut note = |what: String, then: String, now: String| {
        if then != now {
            changed.push(Difference { what, then, now });
        }
    };
    let said = |[ham, spam, ham_elsewhere, spam_elsewhere]: [u32; 4]| {
        format!("{ham} ham, {spam} spam here; {ham_elsewhere} ham, {spam_elsewhere} spam elsewhere")
    };
    let of = |gathered: &Gathered, place: usize| {
        let mut known = gathered.history.known.iter();
        let known = known.find(|(known, _)| *known == place);
        said(known.map_or([0; 4], |(_, counts)| *counts))
    };
    for (place, subject) in subjects.iter().enumerate() {
        let what = format!("labels of its {}", name(*subject));
        note(what, of(then, place), of(now, place));
    }
    let (was, is) = (&then.history, &now.history);
    let near = "labels of near copies".to_owned();
    note(near, said(was.near_duplicates), said(is.near_duplicates));
    let changes = "changes of the site's labels".to_owned();
    note(
        changes,
        was.label_changes.to_string(),
        is.label_changes.to_string(),
    );
    let own = |own: bool| {
        if own {
            "labelled itself"
        } else {
            "not labelled itself"
        }
    };
    note(
        "the comment".to_owned(),
        own(was.own_label).into(),
        own(is.own_label).into(),
    );
    note(
        "version".to_owned(),
        then.version.clone(),
        now.version.clone(),
    );
    let rules = |gathered: &Gathered| format!("{} of the owner's", gathered.rules.len());
    if then.rules != now.rules {
        note(
            "weights of rules".to_owned(),
            rules(then),
            format!("{}, others", rules(now)),
        );
    }
    changed
}

fn name(subject: Subject) -> &'static str {
    match subject {
        Subject::AuthorName => "author's name",
        Subject::Email => "e-mail address",
        Subject::IpPrefix => "network",
        Subject::AuthorDomain => "author's site",
        Subject::LinkDomain => "link's domain",
    }
}
