//! Takes messages from the outbox to those who asked for them. At least once:
//! what was sent and not settled before a crash is sent again, with its id.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval, timeout};
use uuid::Uuid;

use super::schedule;
use super::sender::{Sender, TestReport};
use crate::config::Webhooks;
use crate::domain::WebhookId;
use crate::outbound::{Client, Names, SystemNames, Times};
use crate::service::{Installation, ServiceError};
use crate::store::{Attempt, Claim, Message, Recipient, Then, fresh_id};

/// How often the outbox is looked at.
const TICK: Duration = Duration::from_secs(1);
/// Longer than an attempt and its writing can take.
const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// Messages under way at once, in all and to one receiver.
const AT_ONCE: usize = 64;
const OF_EACH: usize = 4;
/// What is under way when the service stops gets so long to end.
const GRACE: Duration = Duration::from_secs(2);

/// Delivers what the outbox holds. Several may work on one store.
#[derive(Clone)]
pub struct Courier {
    installation: Installation,
    sender: Sender,
    undo: Duration,
    holder: Uuid,
}

impl Courier {
    /// A courier of an installation.
    ///
    /// # Errors
    /// Requests to other hosts cannot be set up on this system.
    pub fn new(installation: &Installation, settings: &Webhooks) -> Result<Self, reqwest::Error> {
        Self::with_names(installation, settings, Arc::new(SystemNames))
    }

    /// The same with another source of addresses than the system's.
    ///
    /// # Errors
    /// As [`Courier::new`].
    pub fn with_names(
        installation: &Installation,
        settings: &Webhooks,
        names: Arc<dyn Names>,
    ) -> Result<Self, reqwest::Error> {
        Ok(Self {
            installation: installation.clone(),
            sender: Sender {
                client: Client::new(names, settings.allow_private, Times::default())?,
                secret: installation.secret.clone(),
            },
            undo: Duration::from_secs(settings.undo_seconds),
            holder: fresh_id(),
        })
    }

    /// Delivers as messages fall due, until `stop` is ready.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let mut stop = pin!(stop);
        let mut tick = interval(TICK);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut under_way = JoinSet::new();
        loop {
            tokio::select! {
                () = &mut stop => break,
                _ = tick.tick() => {}
                Some(_) = under_way.join_next() => {}
            }
            let now = Timestamp::now();
            match self.claim(now, AT_ONCE - under_way.len()).await {
                Ok(messages) => {
                    for message in messages {
                        let courier = self.clone();
                        under_way.spawn(async move { courier.deliver(message, now).await });
                    }
                }
                Err(error) => tracing::warn!(%error, "the outbox could not be looked at"),
            }
        }
        let ended = async { while under_way.join_next().await.is_some() {} };
        if timeout(GRACE, ended).await.is_err() {
            under_way.shutdown().await;
            if let Err(error) = self.installation.store.release(self.holder).await {
                tracing::warn!(%error, "messages under way will be sent again in a minute");
            }
        }
    }

    /// Delivers everything that is due at `now`; returns how many attempts
    /// were made.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn round(&self, now: Timestamp) -> Result<usize, ServiceError> {
        let mut made = 0;
        loop {
            let messages = self.claim(now, AT_ONCE).await?;
            if messages.is_empty() {
                return Ok(made);
            }
            made += messages.len();
            join_all(messages.into_iter().map(|one| self.deliver(one, now))).await;
        }
    }

    /// Sends a signed `webhook.test` now, past the outbox.
    ///
    /// # Errors
    /// There is no such webhook, or the store is unavailable.
    pub async fn test(&self, id: WebhookId) -> Result<TestReport, ServiceError> {
        let now = Timestamp::now();
        let (webhook, secrets) = self.installation.store.webhook(id, now).await?;
        let begun = Instant::now();
        let answer = self.sender.test(&webhook, &secrets, now).await?;
        Ok(TestReport {
            url: webhook.url,
            millis: millis(begun),
            answer,
        })
    }

    async fn claim(&self, now: Timestamp, limit: usize) -> Result<Vec<Message>, ServiceError> {
        if limit == 0 {
            return Ok(Vec::new());
        }
        let until = now.checked_add(LEASE).unwrap_or(Timestamp::MAX);
        let claim = Claim {
            holder: self.holder,
            now,
            until,
            undo: self.undo,
            limit,
            of_each: OF_EACH,
        };
        Ok(self.installation.store.claim(claim).await?)
    }

    /// One attempt, and the note of it.
    async fn deliver(&self, message: Message, now: Timestamp) {
        let begun = Instant::now();
        let outcome = self.sender.send(&message, now).await;
        let then = outcome.then.unwrap_or_else(|| {
            match schedule::again(message.step, chance(), outcome.asked, now) {
                Some(at) => Then::Again(at),
                None => Then::GivenUp,
            }
        });
        let attempt = Attempt {
            at: now,
            millis: millis(begun),
            status: outcome.status,
            failure: outcome.failure,
        };
        self.note(&message, &attempt, then);
        let store = &self.installation.store;
        let settled = store.settle(self.holder, message.id, attempt, then).await;
        if let Err(error) = settled {
            tracing::warn!(%error, message = %message.id, "an attempt could not be written down");
        }
    }

    fn note(&self, message: &Message, attempt: &Attempt, then: Then) {
        let (word, webhook) = (outcome_word(then), name_of(&message.to));
        let deliveries = &self.installation.metrics.deliveries;
        deliveries.with_label_values(&[word]).inc();
        let (id, failure) = (message.id, attempt.failure.as_deref());
        let (status, millis) = (attempt.status, attempt.millis);
        match then {
            Then::Delivered => tracing::info!(%id, webhook, status, millis, "delivered a message"),
            _ => {
                tracing::warn!(%id, webhook, status, millis, failure, then = word, "a delivery failed")
            }
        }
    }
}

/// A recipient, as logs name it.
fn name_of(recipient: &Recipient) -> String {
    match recipient {
        Recipient::Webhook { id, .. } => id.to_string(),
        Recipient::Akismet(_) => "akismet".to_owned(),
    }
}

fn outcome_word(then: Then) -> &'static str {
    match then {
        Then::Delivered => "delivered",
        Then::Again(_) => "again",
        Then::GivenUp => "given_up",
        Then::Gone => "gone",
    }
}

fn millis(begun: Instant) -> u32 {
    u32::try_from(begun.elapsed().as_millis()).unwrap_or(u32::MAX)
}

/// From 0 to 1. Without randomness the schedule is kept as it is.
fn chance() -> f64 {
    getrandom::u32().map_or(0.5, |random| f64::from(random) / f64::from(u32::MAX))
}
