//! A blog is told what became of its comments: signed, in order, until it has
//! heard, and never what was taken back.

mod akismet;

use std::time::Duration;

use hamgate::config::Webhooks;
use hamgate::domain::{EventKind, Site, WebhookId};
use hamgate::service::{Courier, Installation};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::harness::{HONEST, TestApp, block_on, text};
use crate::receiver::{Received, Receiver, Reply};

const SETTINGS: Webhooks = Webhooks {
    undo_seconds: 10,
    allow_private: true,
};
/// Longer than any step of the schedule with its jitter.
const STEP: SignedDuration = SignedDuration::from_hours(49);

/// A service with a webhook, and who receives it.
struct Told {
    app: TestApp,
    receiver: Receiver,
    site: Site,
    webhook: WebhookId,
    secret: String,
    courier: Courier,
    /// When decisions made by now can no longer be taken back.
    later: Timestamp,
}

impl Told {
    fn start() -> Self {
        let app = TestApp::start();
        let receiver = Receiver::start();
        let site = block_on(app.installation.site("blog")).unwrap();
        let url = receiver.url("/hook?for=comments");
        let added = app.installation.add_webhook(&site, &url, vec![], true);
        let (webhook, secret) = block_on(added).unwrap();
        assert_eq!(webhook.events, EventKind::ALL);
        Self {
            courier: Courier::new(&app.installation, &SETTINGS).unwrap(),
            later: Timestamp::now() + SignedDuration::from_mins(1),
            app,
            receiver,
            site,
            webhook: webhook.id,
            secret: secret.shown,
        }
    }

    fn comment(&self, own_id: &str) -> String {
        let comment = json!({
            "id": own_id,
            "content": HONEST,
            "author": {"name": "Mia Secret", "email": "mia@private.example",
                "url": "https://mia.example", "ip": "198.51.100.77"},
        });
        text(&self.app.check(&comment).ok()["comment_id"])
    }

    fn decide(&self, id: &str, decision: &str) {
        self.app.decide(id, &json!({ "decision": decision })).ok();
    }

    /// Delivers what is due; how many attempts were made.
    fn round(&self, now: Timestamp) -> usize {
        block_on(self.courier.round(now)).unwrap()
    }

    fn log(&self) -> Value {
        let log = self.app.installation.delivery_log(&self.site, None, 50);
        serde_json::to_value(block_on(log).unwrap()).unwrap()
    }
}

#[test]
fn a_receiver_that_fails_five_times_hears_of_it_the_sixth() {
    let told = Told::start();
    let id = told.comment("4711");
    told.app
        .decide(
            &id,
            &json!({"decision": "reject", "learn": false, "note": "casino"}),
        )
        .ok();
    for status in [500, 502, 404, 429, 503] {
        told.receiver.then(Some(Reply::status(status)));
    }
    let mut now = told.later;
    for _ in 0..6 {
        assert_eq!(told.round(now), 1);
        assert_eq!(told.round(now), 0, "what failed waits");
        now = now.checked_add(STEP).unwrap();
    }
    assert_eq!(told.round(now), 0, "what was delivered is done");

    let received = told.receiver.received();
    assert_eq!(received.len(), 6);
    let first = &received[0];
    assert_eq!(first.path, "/hook?for=comments");
    assert_eq!(first.header("content-type"), "application/json");
    for one in &received {
        assert_eq!(one.body, first.body);
        assert_eq!(one.header("webhook-id"), first.header("webhook-id"));
        assert_eq!(one.header("webhook-signature"), one.signed_by(&told.secret));
    }
    let sent_at = |one: &Received| one.header("webhook-timestamp").parse::<i64>().unwrap();
    assert_eq!(sent_at(first), told.later.as_second());
    assert_eq!(
        sent_at(&received[5]) - sent_at(first),
        5 * STEP.as_secs(),
        "each attempt is signed with its own time"
    );

    let log = told.log();
    let failures: Vec<&Value> = log
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["status"])
        .collect();
    assert_eq!(failures, [204, 503, 429, 404, 502, 500]);
    assert_eq!(
        (&log[0]["failure"], &log[1]["failure"]),
        (&json!(null), &json!("status"))
    );
    let metrics = told.app.get("/metrics").text;
    for line in [
        "hamgate_webhook_deliveries_total{outcome=\"again\"} 5",
        "hamgate_webhook_deliveries_total{outcome=\"delivered\"} 1",
    ] {
        assert!(metrics.contains(line), "{metrics}");
    }
}

#[test]
fn a_message_tells_the_decision_and_nothing_of_the_person() {
    let told = Told::start();
    let id = told.comment("4711");
    let verdict = told.app.comment(&id).ok()["verdict"].clone();
    let decided = told
        .app
        .decide(&id, &json!({"decision": "reject", "note": "for us"}))
        .ok();
    told.round(told.later);
    let received = told.receiver.only();
    let body = received.json();
    let expected = json!({
        "type": "comment.decided",
        "timestamp": decided["at"],
        "data": {
            "comment_id": id, "id": "4711", "site": "blog", "verdict": verdict,
            "decision": "reject", "learn": true, "outcome": "reject", "was": verdict,
            "cause": "decision", "by": "api",
        },
    });
    assert_eq!(body, expected);
    for private in [
        "Mia",
        "mia@",
        "mia.example",
        "198.51",
        "sourdough",
        "for us",
    ] {
        let all = format!("{received:?}");
        assert!(!all.contains(private), "{private} in {all}");
    }
}

#[test]
fn what_is_taken_back_in_time_is_never_told() {
    let told = Told::start();
    let id = told.comment("1");
    told.decide(&id, "reject");
    assert_eq!(told.round(Timestamp::now()), 0);
    told.app.undo(&id).ok();
    assert_eq!(told.round(told.later), 0);
    told.decide(&id, "reject");
    told.decide(&id, "accept");
    assert_eq!(told.round(told.later), 1);
    assert_eq!(told.receiver.only().json()["data"]["decision"], "accept");
    told.app.undo(&id).ok();
    assert_eq!(told.round(told.later), 1);
    let undone = told.receiver.only().json();
    assert_eq!(undone["type"], "comment.decided");
    assert_eq!(
        (&undone["data"]["decision"], &undone["data"]["cause"]),
        (&json!(null), &json!("undo"))
    );
}

#[test]
fn feedback_that_reverses_a_verdict_is_told_at_once() {
    let told = Told::start();
    let id = told.comment("1");
    let verdict = text(&told.app.comment(&id).ok()["verdict"]);
    assert_ne!(verdict, "reject");
    told.app.feedback(&json!({"id": "1", "label": "spam"})).ok();
    assert_eq!(told.round(Timestamp::now()), 1);
    let received = told.receiver.only();
    let data = &received.json()["data"];
    assert_eq!(received.json()["type"], "comment.verdict_changed");
    assert_eq!(
        (&data["was"], &data["outcome"]),
        (&json!(verdict), &json!("reject"))
    );
    assert_eq!(
        (&data["verdict"], &data["cause"]),
        (&json!(verdict), &json!("feedback"))
    );
    let headers = received.headers.iter().map(|(name, value)| {
        let name: reqwest::header::HeaderName = name.parse().unwrap();
        (name, value.parse().unwrap())
    });
    standardwebhooks::Webhook::new(&told.secret)
        .unwrap()
        .verify(received.body.as_bytes(), &headers.collect())
        .unwrap();
}

#[test]
fn a_receiver_that_asks_for_time_gets_it() {
    let told = Told::start();
    let id = told.comment("1");
    told.decide(&id, "reject");
    told.receiver.then(Some(Reply {
        headers: vec![("Retry-After", "7200".into())],
        ..Reply::status(503)
    }));
    assert_eq!(told.round(told.later), 1);
    let hours = |hours| told.later + SignedDuration::from_hours(hours);
    assert_eq!(told.round(hours(2) - SignedDuration::from_secs(1)), 0);
    assert_eq!(told.round(hours(2)), 1);
}

#[test]
fn gone_switches_a_webhook_off_until_it_is_retried() {
    let told = Told::start();
    let (one, two) = (told.comment("1"), told.comment("2"));
    told.decide(&one, "reject");
    told.receiver.then(Some(Reply::status(410)));
    told.round(told.later);
    told.receiver.only();
    told.decide(&two, "reject");
    assert_eq!(told.round(told.later.checked_add(STEP).unwrap()), 0);
    let installation = &told.app.installation;
    let listed = block_on(installation.webhooks(Some(&told.site))).unwrap();
    assert!(listed[0].off_since.is_some());
    assert_eq!((listed[0].waiting, listed[0].failed), (0, 1));
    let retried = block_on(installation.retry_messages(&told.site, Some(told.webhook)));
    assert_eq!(retried.unwrap(), 1);
    assert_eq!(told.round(told.later), 1);
    assert_eq!(told.receiver.only().json()["data"]["id"], "1");
}

#[test]
fn a_redirect_is_a_failure_and_nobody_is_called_there() {
    let told = Told::start();
    let inside = Receiver::start();
    for status in [301, 302, 307, 308] {
        told.receiver.then(Some(Reply {
            headers: vec![("Location", inside.url("/admin"))],
            ..Reply::status(status)
        }));
    }
    let id = told.comment("1");
    told.decide(&id, "reject");
    let mut now = told.later;
    for _ in 0..4 {
        assert_eq!(told.round(now), 1);
        now = now.checked_add(STEP).unwrap();
    }
    assert_eq!(inside.received(), []);
    let log = told.log();
    assert_eq!(
        (&log[0]["failure"], &log[0]["status"]),
        (&json!("redirect"), &json!(308))
    );
}

#[test]
fn a_decision_that_could_not_be_stored_is_not_told() {
    let told = Told::start();
    let id = told.comment("1");
    let database = told.app.data_directory().join("hamgate.sqlite");
    let beside = rusqlite::Connection::open(database).unwrap();
    beside
        .execute_batch("ALTER TABLE messages RENAME TO away")
        .unwrap();
    let refused = told.app.decide(&id, &json!({"decision": "reject"}));
    refused.problem(503, "storage_unavailable");
    assert_eq!(told.app.comment(&id).ok()["decision"], json!(null));
    beside
        .execute_batch("ALTER TABLE away RENAME TO messages")
        .unwrap();
    assert_eq!(told.round(told.later), 0);
    told.decide(&id, "reject");
    assert_eq!(told.round(told.later), 1);
}

#[test]
fn what_a_crash_cut_short_is_sent_again_under_its_id() {
    let told = Told::start();
    let id = told.comment("1");
    told.decide(&id, "reject");
    told.receiver.then(None);
    let first = std::thread::scope(|threads| {
        let (crash, crashed) = tokio::sync::oneshot::channel();
        let courier = told.courier.clone();
        threads.spawn(move || {
            block_on(async {
                tokio::select! {
                    made = courier.round(told.later) => panic!("it ended: {made:?}"),
                    _ = crashed => {}
                }
            });
        });
        let first = told.receiver.next();
        crash.send(()).unwrap();
        first
    });
    let opened = Installation::open(&told.app.data_directory()).unwrap();
    let courier = Courier::new(&opened, &SETTINGS).unwrap();
    assert_eq!(
        block_on(courier.round(told.later)).unwrap(),
        0,
        "its lease lasts"
    );
    let after = told.later + SignedDuration::from_mins(1);
    assert_eq!(block_on(courier.round(after)).unwrap(), 1);
    let second = told.receiver.only();
    assert_eq!(second.header("webhook-id"), first.header("webhook-id"));
    assert_eq!(second.body, first.body);
    assert_eq!(block_on(courier.round(after)).unwrap(), 0);
}

#[test]
fn two_secrets_sign_while_the_old_one_lives() {
    let told = Told::start();
    let rotated = told
        .app
        .installation
        .rotate_webhook(told.webhook, Duration::from_hours(1));
    let new = block_on(rotated).unwrap().shown;
    assert_ne!(new, told.secret);
    let (one, two) = (told.comment("1"), told.comment("2"));
    told.decide(&one, "reject");
    told.round(told.later);
    let both = told.receiver.only();
    let expected = format!("{} {}", both.signed_by(&new), both.signed_by(&told.secret));
    assert_eq!(both.header("webhook-signature"), expected);
    told.decide(&two, "reject");
    told.round(told.later + SignedDuration::from_hours(2));
    let one = told.receiver.only();
    assert_eq!(one.header("webhook-signature"), one.signed_by(&new));
}

#[test]
fn secrets_are_nowhere_in_the_clear() {
    let told = Told::start();
    let key = told.secret.strip_prefix("whsec_").unwrap();
    let bytes = data_encoding::BASE64.decode(key.as_bytes()).unwrap();
    assert_eq!(bytes.len(), 32);
    for file in std::fs::read_dir(told.app.data_directory()).unwrap() {
        let path = file.unwrap().path();
        let content = std::fs::read(&path).unwrap();
        for secret in [key.as_bytes(), &bytes] {
            let found = content.windows(secret.len()).any(|window| window == secret);
            assert!(!found, "{}", path.display());
        }
    }
}

#[test]
fn events_of_a_comment_arrive_in_order() {
    let told = Told::start();
    let (one, two) = (told.comment("1"), told.comment("2"));
    told.decide(&one, "reject");
    told.receiver.then(Some(Reply::status(500)));
    told.round(told.later);
    told.decide(&one, "accept");
    told.decide(&two, "accept");
    let soon = told.later + SignedDuration::from_micros(1);
    told.round(soon);
    told.round(told.later.checked_add(STEP).unwrap());
    let told_of: Vec<Value> = told
        .receiver
        .received()
        .iter()
        .map(Received::json)
        .collect();
    let of_one: Vec<&Value> = told_of
        .iter()
        .filter(|body| body["data"]["id"] == "1")
        .map(|body| &body["data"]["decision"])
        .collect();
    assert_eq!(of_one, ["reject", "reject", "accept"]);
    assert_eq!(told_of.len(), 4);
}

#[test]
fn a_test_is_signed_and_says_what_came_back() {
    let told = Told::start();
    told.receiver.then(Some(Reply {
        body: "thank you".into(),
        ..Reply::status(202)
    }));
    let report = block_on(told.courier.test(told.webhook)).unwrap();
    assert_eq!(report.answer, Ok((202, "thank you".to_owned())));
    let received = told.receiver.only();
    assert_eq!(
        received.header("webhook-signature"),
        received.signed_by(&told.secret)
    );
    let body = received.json();
    assert_eq!(body["type"], "webhook.test");
    assert_eq!(
        body["data"],
        json!({"webhook_id": told.webhook, "site": "blog"})
    );
    assert_eq!(told.log(), json!([]), "it is no delivery");
}
