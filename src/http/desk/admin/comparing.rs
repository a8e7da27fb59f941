//! One comparison of a model with the one that judges, at a time, on a thread of
//! its own: it may take minutes, and no page waits for it.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use jiff::Timestamp;

use crate::evaluation::GateReport;
use crate::retraining::RetrainError;
use crate::service::{ModelName, Service};

/// The comparison that was asked for last.
#[derive(Default)]
pub struct Comparing(Mutex<Option<Comparison>>);

/// What came of it, or that it is at work.
#[derive(Clone)]
pub struct Comparison {
    /// Hash of the model.
    pub model: String,
    pub begun_at: Timestamp,
    /// `None` while it is at work; `Err` where it failed, and the log says why.
    pub outcome: Option<Result<Arc<Outcome>, ()>>,
}

/// A comparison that is done.
pub struct Outcome {
    pub report: GateReport,
    /// Whether the model judges now; `None` where that was not asked for.
    pub promoted: Option<bool>,
}

impl Comparing {
    /// The last one, if it is of that model.
    pub fn of(&self, model: &str) -> Option<Comparison> {
        let last = self.lock().clone();
        last.filter(|comparison| comparison.model == model)
    }

    /// Begins one; `false` if another one is at work. With `promote` the model
    /// judges from then on if it passes, in the name of `by`.
    pub fn begin(
        self: &Arc<Self>,
        service: &Arc<Service>,
        model: &str,
        promote: bool,
        by: &str,
    ) -> bool {
        let mut last = self.lock();
        if last.as_ref().is_some_and(|last| last.outcome.is_none()) {
            return false;
        }
        let (own, service) = (Arc::clone(self), Arc::clone(service));
        let (named, by) = (ModelName::Id(model.to_owned()), by.to_owned());
        let started = thread::Builder::new()
            .name("comparing".into())
            .spawn(move || own.end(compare(&service, &named, promote, &by)));
        if let Err(error) = &started {
            tracing::error!(%error, "no thread could be started to compare models");
        }
        *last = Some(Comparison {
            model: model.to_owned(),
            begun_at: Timestamp::now(),
            outcome: started.is_err().then_some(Err(())),
        });
        true
    }

    fn end(&self, outcome: Result<Outcome, RetrainError>) {
        let outcome = outcome.map(Arc::new).map_err(|error| {
            tracing::error!(%error, "models could not be compared");
        });
        if let Some(last) = self.lock().as_mut() {
            last.outcome = Some(outcome);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Comparison>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn compare(
    service: &Service,
    model: &ModelName,
    promote: bool,
    by: &str,
) -> Result<Outcome, RetrainError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime without threads of its own needs nothing that could be missing");
    runtime.block_on(async {
        if promote {
            let outcome = service.promote_through_gate(model, by).await?;
            return Ok(Outcome {
                report: outcome.report,
                promoted: Some(outcome.promoted),
            });
        }
        let report = service.compare_models(&ModelName::Champion, model).await?;
        Ok(Outcome {
            report,
            promoted: None,
        })
    })
}
