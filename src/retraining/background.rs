//! Retraining by itself: at an hour of the day, and after so many labels, on one
//! thread that lets all requests go first.

use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use tokio::runtime::Handle;

use super::challenger::{RetrainError, Retraining, Threads};
use super::lines::LineFiles;
use crate::config::Training;
use crate::service::{Service, ServiceError, give_way};

/// How often it is looked whether it is time.
const LOOK_EVERY: Duration = Duration::from_secs(30);
/// Fewer changes of labels are not worth a training by the clock.
const LEAST_NEW: u64 = 20;
/// Who did what nobody asked for.
const BY: &str = "hamgate";

/// Ends the background work when it is dropped; a training under way is left
/// unfinished, and nothing of it stays.
pub struct Background {
    _stop: Sender<()>,
}

/// Starts the background work, if the settings ask for any.
pub fn retrain_in_background(service: Arc<Service>, settings: Training) -> Option<Background> {
    if settings.at().is_none() && settings.after_labels == 0 || !service.follows_models() {
        return None;
    }
    let (stop, stopped) = channel::<()>();
    let runtime = Handle::current();
    let work = move || {
        give_way();
        let mut tried = Timestamp::MIN;
        while let Err(RecvTimeoutError::Timeout) = stopped.recv_timeout(LOOK_EVERY) {
            let now = Timestamp::now();
            let outcome = runtime.block_on(async {
                match is_due(&service, &settings, tried, now).await? {
                    true => retrain(&service, &settings).await.map(|()| true),
                    false => Ok(false),
                }
            });
            match outcome {
                Ok(false) => {}
                Ok(true) => tried = now,
                Err(error) => {
                    tried = now;
                    tracing::error!(%error, "retraining failed");
                }
            }
        }
    };
    let started = thread::Builder::new().name("retraining".into()).spawn(work);
    match started {
        Ok(_) => Some(Background { _stop: stop }),
        Err(error) => {
            tracing::error!(%error, "no thread could be started to retrain");
            None
        }
    }
}

async fn is_due(
    service: &Service,
    settings: &Training,
    tried: Timestamp,
    now: Timestamp,
) -> Result<bool, ServiceError> {
    let installation = service.installation();
    let (trained, changes) = installation.last_training().await?;
    let new = installation.label_changes().await?.saturating_sub(changes);
    let last = trained.unwrap_or(Timestamp::MIN).max(tried);
    Ok(due(settings, last, new, now))
}

/// Whether it is time, where the last training was at `last` and so many labels
/// changed since the last model.
fn due(settings: &Training, last: Timestamp, new: u64, now: Timestamp) -> bool {
    // What failed is tried again after an hour at the earliest.
    let rested = now.duration_since(last).as_secs() >= 3_600;
    let many = settings.after_labels > 0 && new >= settings.after_labels && rested;
    let by_the_clock = settings
        .at()
        .is_some_and(|time| latest(time, now).is_some_and(|at| last < at) && new >= LEAST_NEW);
    many || by_the_clock
}

/// When it last was that time of the day (UTC).
fn latest(time: Time, now: Timestamp) -> Option<Timestamp> {
    let date = Offset::UTC.to_datetime(now).date();
    let at = |date: Date| Offset::UTC.to_timestamp(date.to_datetime(time)).ok();
    let today = at(date)?;
    if today <= now {
        Some(today)
    } else {
        at(date.yesterday().ok()?)
    }
}

/// Trains a challenger from the store's labels, lets the gate judge it, and
/// takes it over if it is promoted.
///
/// # Errors
/// Something cannot be read or written.
pub async fn retrain(service: &Service, settings: &Training) -> Result<(), RetrainError> {
    let installation = service.installation();
    let retraining = Retraining::new(Threads::background()?);
    let progress = |_, _, _| {};
    let challenger = retraining
        .challenger(installation, LineFiles::none(), BY, &progress)
        .await?;
    let promote = settings.promote == "gate";
    let base = service.filter();
    retraining
        .judge(installation, &base, &challenger, BY, promote)
        .await?;
    service.take_over_models().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    fn settings(schedule: &str, after_labels: u64) -> Training {
        Training {
            schedule: schedule.into(),
            after_labels,
            promote: "gate".into(),
        }
    }

    #[test]
    fn once_a_day_and_only_if_there_is_something_new() {
        let daily = settings("03:30", 0);
        let last = at("2026-11-23T03:31:00Z");
        assert!(!due(&daily, last, 500, at("2026-11-24T03:29:00Z")));
        assert!(due(&daily, last, 500, at("2026-11-24T03:30:00Z")));
        assert!(
            due(&daily, last, 20, at("2026-11-24T22:00:00Z")),
            "what was missed is made up for"
        );
        assert!(!due(&daily, last, 19, at("2026-11-24T03:30:00Z")));
        assert!(!due(
            &daily,
            at("2026-11-24T03:30:00Z"),
            500,
            at("2026-11-24T22:00:00Z")
        ));
        assert!(due(&daily, Timestamp::MIN, 500, at("2026-11-24T01:00:00Z")));
    }

    #[test]
    fn after_so_many_labels_whatever_the_hour() {
        let many = settings("off", 1_000);
        let last = at("2026-11-24T03:30:00Z");
        assert!(due(&many, last, 1_000, at("2026-11-24T09:00:00Z")));
        assert!(!due(&many, last, 999, at("2026-11-30T09:00:00Z")));
        assert!(
            !due(&many, last, 1_000, at("2026-11-24T03:40:00Z")),
            "not again at once"
        );
        assert!(!due(
            &settings("off", 0),
            last,
            1_000_000,
            at("2026-11-30T09:00:00Z")
        ));
    }
}
