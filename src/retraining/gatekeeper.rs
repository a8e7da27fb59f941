//! The gate at work: which comments both models are judged by, and what becomes
//! of the challenger.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::challenger::{Outcome, RetrainError, Threads};
use super::labels::{HeldOutLabels, Labels};
use crate::bayes::read_samples;
use crate::domain::SiteId;
use crate::evaluation::{Gate, GateReport, NeverReject};
use crate::filter::Filter;
use crate::service::{Installation, ModelName, ModelView, Service};

/// Honest comments that look like attacks; `models/README.md` says more.
const HONEST_TWINS: &str = include_str!("../../models/honest-twins.jsonl");

/// Honest comments that look like attacks: no model may begin to reject one.
pub fn honest_twins() -> Vec<NeverReject> {
    let samples = read_samples(HONEST_TWINS, "honest-twins");
    let samples = samples.expect("the file is part of the program, and tested");
    let named = samples.into_iter().map(|sample| NeverReject {
        id: format!("twin {}", sample.comment.id.as_deref().unwrap_or("?")),
        comment: sample.comment,
    });
    named.collect()
}

/// Judges the same labelled comments by both models: those that neither was
/// trained on.
///
/// # Errors
/// A model or the labels cannot be read.
pub async fn compare_models(
    installation: &Installation,
    base: &Filter,
    champion: &ModelView,
    challenger: &ModelView,
    threads: &Threads,
) -> Result<GateReport, RetrainError> {
    let labels = Labels::of(installation, HeldOutLabels::Nothing, &|_| 1.0).await?;
    compare_on(installation, base, [champion, challenger], &labels, threads).await
}

async fn compare_on(
    installation: &Installation,
    base: &Filter,
    [champion, challenger]: [&ModelView; 2],
    labels: &Labels,
    threads: &Threads,
) -> Result<GateReport, RetrainError> {
    let mut left_out = BTreeMap::new();
    for site in installation.sites().await? {
        let both = unseen(champion, site.id).max(unseen(challenger, site.id));
        left_out.insert(site.id, both);
    }
    let held_out = labels.held_out(&left_out)?;
    let mut never_reject = honest_twins();
    never_reject.extend(
        installation
            .pinned()
            .await?
            .into_iter()
            .map(|pin| NeverReject {
                id: match pin.comment_id {
                    Some(id) => format!("pinned {id}"),
                    None => format!("pin {}", pin.pin),
                },
                comment: pin.comment,
            }),
    );
    let filter = |model: &ModelView| {
        let model = installation.read_model(model.stored().as_ref())?;
        Ok::<_, RetrainError>(base.with_model(model))
    };
    let gate = Gate {
        champion: filter(champion)?,
        challenger: filter(challenger)?,
    };
    Ok(threads.run(|| gate.compare(&held_out, &never_reject, &|_| {})))
}

/// Comments of the site that came after this were no part of the model's
/// training, as far as they came from the store.
fn unseen(model: &ModelView, site: SiteId) -> Timestamp {
    match model.made_at {
        None => Timestamp::MIN,
        Some(made_at) => model.left_out.get(&site).copied().unwrap_or(made_at),
    }
}

/// Judges a model beside the champion and writes down what came of it; where
/// it passes and `promote` says so, it is champion from then on.
pub(super) async fn through_gate(
    installation: &Installation,
    base: &Filter,
    model: &ModelView,
    labels: Option<&Labels>,
    by: &str,
    promote: bool,
    threads: &Threads,
) -> Result<Outcome, RetrainError> {
    let champion = installation.model(&ModelName::Champion).await?;
    let pair = [&champion, model];
    let report = match labels {
        Some(labels) => compare_on(installation, base, pair, labels, threads).await?,
        None => compare_models(installation, base, &champion, model, threads).await?,
    };
    let reason = report.reason();
    let written = serde_json::to_value(&report).ok();
    let promoted = report.passes && promote;
    if promoted {
        installation
            .promote_model(model, &champion, by, &reason, written)
            .await?;
    } else {
        let reason = match report.passes {
            true => format!("it passes, and waits to be promoted: {reason}"),
            false => reason,
        };
        installation
            .keep_champion(model, by, &reason, written)
            .await?;
    }
    Ok(Outcome { report, promoted })
}

/// Promotes a model if the gate lets it through.
///
/// # Errors
/// A model or the labels cannot be read, or the store is unavailable.
pub async fn promote_through_gate(
    installation: &Installation,
    base: &Filter,
    model: &ModelView,
    by: &str,
    threads: &Threads,
) -> Result<Outcome, RetrainError> {
    through_gate(installation, base, model, None, by, true, threads).await
}

impl Service {
    /// What a challenger would do differently from the champion, on labels that
    /// neither has seen.
    ///
    /// # Errors
    /// There is no such model, or the labels cannot be read.
    pub async fn compare_models(
        &self,
        champion: &ModelName,
        challenger: &ModelName,
    ) -> Result<GateReport, RetrainError> {
        let installation = self.installation();
        let champion = installation.model(champion).await?;
        let challenger = installation.model(challenger).await?;
        let threads = Threads::background()?;
        let base = self.filter();
        compare_models(installation, &base, &champion, &challenger, &threads).await
    }

    /// Promotes a model if the gate lets it through, and judges by it at once.
    ///
    /// # Errors
    /// There is no such model, or the labels cannot be read.
    pub async fn promote_through_gate(
        &self,
        model: &ModelName,
        by: &str,
    ) -> Result<Outcome, RetrainError> {
        let installation = self.installation();
        let model = installation.model(model).await?;
        let threads = Threads::background()?;
        let base = self.filter();
        let outcome = promote_through_gate(installation, &base, &model, by, &threads).await?;
        self.take_over_models().await?;
        Ok(outcome)
    }
}
