//! Logs and metrics. No comment text, address or key enters either.

use std::io::{self, IsTerminal};

use prometheus::{
    Encoder, HistogramOpts, HistogramVec, IntCounter, IntCounterVec, IntGauge, Opts, Registry,
    TextEncoder,
};
use tracing::Subscriber;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use crate::config::Log;

/// Starts logging to standard error, in UTC. A second call does nothing.
pub fn start(log: &Log) {
    let _ = tracing::subscriber::set_global_default(subscriber(log, io::stderr));
    hide_panic_messages();
}

/// Log lines as [`start`] writes them, to any writer.
pub fn subscriber<W>(log: &Log, writer: W) -> Box<dyn Subscriber + Send + Sync>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    // Dependencies below `warn` say things about requests that we cannot vouch for.
    let filter = EnvFilter::new(format!("warn,hamgate={}", log.level));
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(writer)
        .with_target(false);
    match log.format.as_str() {
        "json" => Box::new(
            lines
                .json()
                .flatten_event(true)
                .with_span_list(false)
                .finish(),
        ),
        _ => Box::new(lines.with_ansi(io::stderr().is_terminal()).finish()),
    }
}

/// A panic's message can quote the text that it was about; only its place is
/// logged. [`start`] does this too.
pub fn hide_panic_messages() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic
            .location()
            .map_or_else(|| "somewhere".into(), ToString::to_string);
        tracing::error!(place, "a thread panicked");
    }));
}

/// What is counted, in a registry of its own.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    pub checks: IntCounterVec,
    pub requests: HistogramVec,
    pub labels: IntCounterVec,
    pub decisions: IntCounterVec,
    pub deliveries: IntCounterVec,
    pub history_missing: IntCounter,
    pub panics: IntCounter,
    store_jobs: IntGauge,
    store_commits: IntGauge,
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}

impl Metrics {
    /// Counters at zero.
    pub fn new() -> Self {
        let registry = Registry::new();
        Self {
            checks: counters(
                &registry,
                "hamgate_checks_total",
                "Comments judged.",
                "verdict",
            ),
            requests: histogram(&registry),
            labels: counters(&registry, "hamgate_labels_total", "Labels learnt.", "label"),
            decisions: counters(
                &registry,
                "hamgate_decisions_total",
                "Decisions of moderators, and those undone.",
                "decision",
            ),
            deliveries: counters(
                &registry,
                "hamgate_webhook_deliveries_total",
                "Attempts to deliver a webhook's message, by what came of them.",
                "outcome",
            ),
            history_missing: registered(
                &registry,
                IntCounter::new(
                    "hamgate_history_missing_total",
                    "Comments judged without their history, because the store did not answer.",
                ),
            ),
            panics: registered(
                &registry,
                IntCounter::new("hamgate_panics_total", "Requests that met a bug."),
            ),
            store_jobs: registered(
                &registry,
                IntGauge::new("hamgate_store_jobs", "Writes done since the start."),
            ),
            store_commits: registered(
                &registry,
                IntGauge::new(
                    "hamgate_store_commits",
                    "Commits since the start; writes that come together share one.",
                ),
            ),
            registry,
        }
    }

    /// Takes over the store's own counters.
    pub fn set_store(&self, jobs: u64, commits: u64) {
        self.store_jobs.set(i64::try_from(jobs).unwrap_or(i64::MAX));
        self.store_commits
            .set(i64::try_from(commits).unwrap_or(i64::MAX));
    }

    /// Everything in Prometheus' text format.
    ///
    /// # Errors
    /// A metric that cannot be written, which only a bug makes.
    pub fn render(&self) -> Result<Vec<u8>, prometheus::Error> {
        let mut text = Vec::new();
        TextEncoder::new().encode(&self.registry.gather(), &mut text)?;
        Ok(text)
    }
}

fn counters(registry: &Registry, name: &str, doc: &str, label: &str) -> IntCounterVec {
    registered(registry, IntCounterVec::new(Opts::new(name, doc), &[label]))
}

fn histogram(registry: &Registry) -> HistogramVec {
    let options = HistogramOpts::new(
        "hamgate_request_seconds",
        "Time from a request's head to its answer.",
    )
    .buckets(vec![
        0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0,
    ]);
    registered(
        registry,
        HistogramVec::new(options, &["method", "route", "status"]),
    )
}

fn registered<M>(registry: &Registry, metric: Result<M, prometheus::Error>) -> M
where
    M: prometheus::core::Collector + Clone + 'static,
{
    let metric = metric.expect("names of metrics are valid");
    registry
        .register(Box::new(metric.clone()))
        .expect("names of metrics differ");
    metric
}
