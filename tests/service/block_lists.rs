//! The owner's block lists: loaded from files and web addresses, kept when their
//! source fails, evidence and no more.

use std::path::Path;
use std::sync::Arc;

use hamgate::config::{Config, ListSetting, ListSource};
use hamgate::domain::{Comment, Judgement, Role, Source};
use hamgate::filter::{Budget, Filter};
use hamgate::service::{CheckRequest, Installation, ListFailure, ListKeeper, ListView, Service};
use jiff::{SignedDuration, Timestamp};

use crate::harness::{HONEST, TestApp, block_on};
use crate::receiver::{Receiver, Reply};

/// A service with lists, whose keeper is called by hand.
struct Listed {
    service: Service,
    keeper: ListKeeper,
    now: Timestamp,
}

impl Listed {
    fn on(home: &Path, lists: &[(&str, ListSource)]) -> Self {
        let mut config = Config {
            data: home.join("data"),
            ..Config::default()
        };
        config.lists.allow_private = true;
        config.lists.sources = lists
            .iter()
            .map(|(name, source)| {
                let source = source.clone();
                let weight = None;
                ((*name).to_owned(), ListSetting { source, weight })
            })
            .collect();
        let installation = Installation::open(&config.data).unwrap();
        block_on(installation.first_start()).unwrap();
        let model = hamgate::cli::load_model(None).unwrap();
        let filter = Filter::new(model, Budget::default(), Default::default());
        let service = Service::new(installation, filter, &config);
        let keeper = ListKeeper::new(Arc::clone(service.lists()), &config.lists).unwrap();
        block_on(keeper.open());
        Self {
            service,
            keeper,
            now: Timestamp::now(),
        }
    }

    /// Lets time pass, and has done what is due.
    fn after(&mut self, hours: i64) {
        self.now += SignedDuration::from_hours(hours);
        block_on(self.keeper.refresh(self.now, false));
    }

    fn judge(&self, content: &str) -> Judgement {
        let site = block_on(self.service.installation().site("default")).unwrap();
        let request = CheckRequest {
            comment: Comment {
                content: content.into(),
                ..Comment::default()
            },
            dry_run: true,
            idempotency: None,
            callback: None,
            akismet: None,
        };
        block_on(self.service.check(&site, request))
            .unwrap()
            .judgement
    }

    /// What lists weigh on the comment, and the details.
    fn weight(&self, content: &str) -> (f64, Vec<String>) {
        let judgement = self.judge(content);
        let total: f64 = judgement.evidence.iter().map(|one| one.log_odds.0).sum();
        assert!((total - judgement.log_odds.0).abs() < 1e-9);
        let pieces = judgement.evidence.into_iter();
        let pieces: Vec<_> = pieces.filter(|one| one.source == Source::Lists).collect();
        let weight = pieces.iter().map(|one| one.log_odds.0).sum();
        (weight, pieces.into_iter().map(|one| one.detail).collect())
    }

    fn view(&self) -> ListView {
        self.service.lists().views().remove(0)
    }
}

fn reply(status: u16, body: &str, etag: &str) -> Option<Reply> {
    Some(Reply {
        headers: vec![("etag", etag.to_owned())],
        body: body.into(),
        ..Reply::status(status)
    })
}

const LINKS: &str = "I wrote about it at https://spam-domain.com/post, have a look";

#[test]
fn a_list_in_a_file_is_read_again_when_it_changes_and_kept_when_it_is_gone() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("keys.txt");
    std::fs::write(&file, "spam-domain.com\n").unwrap();
    let source = ListSource::File(file.clone());
    let mut listed = Listed::on(home.path(), &[("own", source)]);
    let (weight, details) = listed.weight(LINKS);
    assert_eq!((weight, details.len()), (3.0, 1));
    assert_eq!(details[0], "on the list “own”: spam-domain.com");
    assert_eq!(listed.weight(HONEST).0, 0.0);

    std::fs::write(&file, "spam-domain.com\nsourdough\n").unwrap();
    listed.after(0);
    assert_eq!(listed.weight(HONEST).1, ["on the list “own”: sourdough"]);
    std::fs::remove_file(&file).unwrap();
    listed.after(0);
    assert_eq!(listed.view().failure, Some(ListFailure::Unreadable));
    assert_eq!(listed.weight(LINKS).0, 3.0, "what was loaded still counts");
}

#[test]
fn a_fetched_list_asks_whether_it_has_changed_and_outlives_a_restart() {
    let home = tempfile::tempdir().unwrap();
    let receiver = Receiver::start();
    let source = ListSource::Url(receiver.url("/domains.txt"));
    let lists = [("theirs", source)];
    let mut listed = Listed::on(home.path(), &lists);
    assert_eq!(listed.view().count, None);
    let judgement = listed.judge(HONEST);
    let missing = judgement
        .evidence
        .iter()
        .find(|one| one.reason == "list_missing");
    assert_eq!(
        missing.unwrap().log_odds.0,
        0.0,
        "it is told, and weighs nothing"
    );

    receiver.then(reply(200, "spam-domain.com\n", "\"one\""));
    listed.after(0);
    assert!(!receiver.only().headers.contains_key("if-none-match"));
    assert_eq!(listed.weight(LINKS).0, 3.0);
    listed.after(23);
    assert!(receiver.received().is_empty(), "not due yet");

    receiver.then(reply(304, "", "\"one\""));
    listed.after(2);
    assert_eq!(receiver.only().header("if-none-match"), "\"one\"");
    assert_eq!(listed.view().fresh_at, Some(listed.now));
    assert_eq!(listed.weight(LINKS).0, 3.0);

    receiver.then(reply(200, "other.com\n", "\"two\""));
    listed.after(25);
    receiver.only();
    assert_eq!(listed.weight(LINKS).0, 0.0);

    drop(listed);
    let mut again = Listed::on(home.path(), &lists);
    assert_eq!(
        again.view().count.unwrap().hosts,
        1,
        "without asking anybody"
    );
    assert!(receiver.received().is_empty());
    receiver.then(reply(304, "", "\"two\""));
    again.after(80);
    assert_eq!(receiver.only().header("if-none-match"), "\"two\"");
}

#[test]
fn a_list_that_fails_stays_as_it_was_and_is_tried_again_soon() {
    let home = tempfile::tempdir().unwrap();
    let receiver = Receiver::start();
    let source = ListSource::Url(receiver.url("/domains.txt"));
    let mut listed = Listed::on(home.path(), &[("theirs", source)]);
    receiver.then(reply(200, "spam-domain.com\n", "\"one\""));
    listed.after(0);
    let fresh_at = listed.view().fresh_at;
    for (status, body, failure) in [
        (500, "", ListFailure::Status(500)),
        (302, "", ListFailure::Status(302)),
        (200, " <!DOCTYPE html><p>Gone", ListFailure::APage),
    ] {
        receiver.then(reply(status, body, "\"other\""));
        listed.after(25);
        let view = listed.view();
        assert_eq!((view.failure, view.fresh_at), (Some(failure), fresh_at));
        assert_eq!(listed.weight(LINKS).0, 3.0);
    }
    receiver.received();
    receiver.then(reply(200, "a.com\nb.com\n", "\"two\""));
    listed.after(1);
    assert_eq!(receiver.only().header("if-none-match"), "\"one\"");
    let view = listed.view();
    assert_eq!((view.failure, view.count.unwrap().hosts), (None, 2));
}

#[test]
fn of_several_lists_the_heaviest_counts() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("keys.txt");
    std::fs::write(&file, "spam-domain.com\n").unwrap();
    let source = ListSource::File(file);
    let listed = Listed::on(home.path(), &[("a", source.clone()), ("b", source)]);
    let (weight, details) = listed.weight(LINKS);
    assert_eq!((weight, details.len()), (3.0, 2), "both are named");
}

#[test]
fn the_page_says_how_the_lists_are() {
    let app = TestApp::start_with(
        |config| {
            config.http.handler_seconds = 300;
            let source = ListSource::File("/nowhere/keys.txt".into());
            let weight = Some(1.5);
            let list = ListSetting { source, weight };
            config.lists.sources.insert("<b>own</b>".into(), list);
        },
        |_| {},
    );
    app.add_moderator("eve", Role::Admin, &[]);
    let eve = app.signed_in("eve");
    let page = eve.get("/desk/lists").text;
    assert!(
        page.contains("/nowhere/keys.txt") && page.contains("+1.50"),
        "{page}"
    );
    assert!(page.contains("Nothing is loaded.") && !page.contains("<b>own"));
    let asked = eve.post("/desk/lists", &[("do", "refresh")]);
    assert_eq!(asked.header("location"), "/desk/lists?wanted");

    let bare = TestApp::start_desk();
    bare.add_moderator("eve", Role::Admin, &[]);
    let page = bare.signed_in("eve").get("/desk/lists").text;
    assert!(page.contains("[lists.sources]"), "it says what to do next");
}
