//! Akismet's own webhook: a blog that asked through its protocol is told of a
//! decision as its plugin takes it.

use std::sync::Arc;

use hamgate::config::Config;
use hamgate::domain::{Comment, CommentId, DecisionKind, Site};
use hamgate::filter::{Budget, Filter};
use hamgate::secret::ClearKey;
use hamgate::service::{
    AkismetCallback, CheckRequest, Courier, Installation, NewDecision, Service,
};
use hamgate::store::Idempotency;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::{SETTINGS, STEP};
use crate::harness::{HONEST, block_on};
use crate::receiver::{Receiver, Reply};

const KEY: &str = "0123456789ab";
const PATH: &str = "/wp-json/akismet/v1/webhook";

/// A blog that speaks Akismet's protocol, and a service without its HTTP door.
struct Blog {
    service: Arc<Service>,
    receiver: Receiver,
    site: Site,
    courier: Courier,
    later: Timestamp,
    data: tempfile::TempDir,
}

impl Blog {
    fn start() -> Self {
        let data = tempfile::tempdir().unwrap();
        let installation = Installation::open(data.path()).unwrap();
        let receiver = Receiver::start();
        let url = receiver.url("/");
        let added = installation.add_site("wp", &url, Some(KEY));
        let site = block_on(added).unwrap().site;
        let model = hamgate::cli::load_model(None).unwrap();
        let filter = Filter::new(model, Budget::default(), Default::default());
        Self {
            courier: Courier::new(&installation, &SETTINGS).unwrap(),
            service: Arc::new(Service::new(installation, filter, &Config::default())),
            later: Timestamp::now() + SignedDuration::from_mins(1),
            receiver,
            site,
            data,
        }
    }

    fn check(&self, callback: String) -> CommentId {
        let request = CheckRequest {
            comment: Comment {
                content: HONEST.into(),
                ..Comment::default()
            },
            dry_run: false,
            idempotency: None::<Idempotency>,
            callback: Some(AkismetCallback {
                url: callback,
                key: ClearKey::akismet(KEY).unwrap(),
                post_id: Some("17".into()),
            }),
            akismet: None,
        };
        let answer = block_on(self.service.check(&self.site, request)).unwrap();
        answer.comment_id.unwrap()
    }

    fn decide(&self, id: CommentId, decision: DecisionKind, by: &str) {
        let new = NewDecision {
            decision,
            learn: true,
            why: None,
            note: None,
            by: by.into(),
            seen: None,
        };
        block_on(self.service.installation().decide(&self.site, id, new)).unwrap();
    }

    fn answers(&self, status: u16, body: impl ToString) {
        self.receiver.then(Some(Reply {
            body: body.to_string(),
            ..Reply::status(status)
        }));
    }

    fn round(&self, now: Timestamp) -> usize {
        block_on(self.courier.round(now)).unwrap()
    }

    fn failures(&self) -> Vec<Value> {
        let installation = self.service.installation();
        let log = block_on(installation.delivery_log(&self.site, None, 50)).unwrap();
        log.into_iter()
            .map(|one| json!(one.attempt.failure))
            .collect()
    }
}

fn success(id: CommentId) -> Value {
    json!({"comments": {id.to_string(): {"status": "success"}}})
}

#[test]
fn a_decision_is_sent_as_the_plugin_takes_it() {
    let blog = Blog::start();
    let id = blog.check(blog.receiver.url(PATH));
    for (decision, result) in [
        (DecisionKind::Reject, "true"),
        (DecisionKind::Accept, "false"),
    ] {
        blog.decide(id, decision, "ada");
        blog.answers(200, success(id));
        assert_eq!(blog.round(blog.later), 1);
        let received = blog.receiver.only();
        assert_eq!(received.path, PATH);
        assert_eq!(received.header("x-akismet-webhook"), "1");
        assert_eq!(
            received.header("content-type"),
            "application/x-www-form-urlencoded"
        );
        let form: Vec<(String, String)> = url::form_urlencoded::parse(received.body.as_bytes())
            .into_owned()
            .collect();
        let expected = [
            ("key", KEY),
            ("endpoint", "comment-check"),
            ("comments[0][guid]", &id.to_string()),
            ("comments[0][result]", result),
            ("comments[0][comment_post_ID]", "17"),
        ];
        let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(form, expected);
    }
    assert_eq!(blog.round(blog.later.checked_add(STEP).unwrap()), 0);
    assert_eq!(blog.failures(), [json!(null), json!(null)]);
}

#[test]
fn what_the_blog_decided_is_not_sent_back() {
    let blog = Blog::start();
    let id = blog.check(blog.receiver.url(PATH));
    blog.decide(id, DecisionKind::Reject, "blog");
    assert_eq!(blog.round(blog.later), 0);
    blog.decide(id, DecisionKind::Reject, "ada");
    blog.decide(id, DecisionKind::Accept, "blog");
    assert_eq!(blog.round(blog.later), 0, "the blog had the last word");
}

#[test]
fn the_answer_is_read_for_what_became_of_the_comment() {
    let blog = Blog::start();
    let id = blog.check(blog.receiver.url(PATH));
    let mut now = blog.later;
    let mut next = || {
        now = now.checked_add(STEP).unwrap();
        now
    };
    blog.decide(id, DecisionKind::Reject, "ada");
    let other = json!({"comments": {"another": {"status": "success"}}});
    for unreadable in [
        "<html>maintenance</html>".to_owned(),
        "[]".into(),
        other.to_string(),
    ] {
        blog.answers(200, unreadable);
        assert_eq!(blog.round(next()), 1);
    }
    blog.answers(200, success(id));
    assert_eq!(blog.round(next()), 1);
    assert_eq!(blog.round(next()), 0);
    let failures = blog.failures();
    assert_eq!(failures[0], json!(null));
    assert_eq!(
        failures[1..],
        [
            json!("unreadable_answer"),
            json!("unreadable_answer"),
            json!("unreadable_answer")
        ]
    );

    blog.decide(id, DecisionKind::Accept, "ada");
    blog.answers(
        200,
        json!({"comments": {id.to_string(): {"status": "error", "message": "?"}}}),
    );
    assert_eq!(blog.round(next()), 1);
    assert_eq!(
        blog.round(next()),
        0,
        "the blog has understood, and refused"
    );
    assert_eq!(blog.failures()[0], json!("refused_by_blog"));
}

#[test]
fn a_callback_to_another_host_is_not_remembered() {
    let blog = Blog::start();
    let canary = Receiver::start();
    for foreign in [
        canary.url(PATH),
        format!("http://localhost:{}{PATH}", blog.receiver.address.port()),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        "nonsense".to_owned(),
    ] {
        let id = blog.check(foreign);
        blog.decide(id, DecisionKind::Reject, "ada");
    }
    assert_eq!(blog.round(blog.later), 0);
    assert_eq!(canary.received(), []);
}

#[test]
fn a_blogs_inside_address_is_called_only_with_the_owners_word() {
    let blog = Blog::start();
    let id = blog.check(blog.receiver.url(PATH));
    blog.decide(id, DecisionKind::Reject, "ada");
    let settings = hamgate::config::Webhooks {
        allow_private: false,
        ..SETTINGS
    };
    let careful = Courier::new(blog.service.installation(), &settings).unwrap();
    assert_eq!(block_on(careful.round(blog.later)).unwrap(), 1);
    assert_eq!(blog.receiver.received(), []);
    assert_eq!(blog.failures(), [json!("refused_address")]);
}

#[test]
fn the_blogs_key_is_nowhere_in_the_clear() {
    let blog = Blog::start();
    blog.check(blog.receiver.url(PATH));
    for file in std::fs::read_dir(blog.data.path()).unwrap() {
        let path = file.unwrap().path();
        let content = std::fs::read(&path).unwrap();
        let found = content
            .windows(KEY.len())
            .any(|window| window == KEY.as_bytes());
        assert!(!found, "{}", path.display());
    }
}
