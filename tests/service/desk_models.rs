//! Models at the desk: listed, compared in the background, promoted, rolled
//! back, shadowed.

use std::time::{Duration, Instant};

use hamgate::domain::Role;
use hamgate::service::ModelName;
use hamgate::store::ModelEventKind;

use crate::harness::{Answer, Browser, TestApp, block_on};
use crate::models::challenger;

fn admin() -> (TestApp, Browser) {
    let app = TestApp::start_desk();
    app.add_moderator("eve", Role::Admin, &[]);
    let eve = app.signed_in("eve");
    (app, eve)
}

fn location(answer: &Answer) -> &str {
    assert_eq!(answer.status, 303, "{answer:?}");
    answer.header("location")
}

fn champion(app: &TestApp) -> String {
    block_on(app.installation.model(&ModelName::Champion))
        .unwrap()
        .id
}

/// The page once the comparison is done.
fn compared(eve: &Browser, page: &str) -> String {
    let begun = Instant::now();
    loop {
        let page = eve.get(page).text;
        if !page.contains("It is at work") {
            return page;
        }
        assert!(begun.elapsed() < Duration::from_secs(300), "never done");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn models_are_listed_with_their_parts() {
    let (app, eve) = admin();
    let model = challenger(&app, "one");
    let page = eve.get("/desk/models").text;
    assert!(page.contains(&model.id) && page.contains(&champion(&app)));
    assert!(page.contains("challenger") && page.contains("came with hamgate"));
    assert!(
        !page.contains("Back to the model before"),
        "nothing to go back to"
    );
    let page = eve.get(&format!("/desk/models/{}", model.id)).text;
    assert!(page.contains("Trained by ada") && page.contains(&model.hash.0));
    assert_eq!(eve.get("/desk/models/ffffffff").status, 404);
    assert_eq!(eve.get("/desk/models/x").status, 404);
    let back = eve.post("/desk/models", &[("do", "rollback")]);
    assert_eq!(back.status, 422, "the one that ships was before all others");
}

#[test]
fn a_comparison_runs_beside_and_a_model_that_fails_it_is_not_promoted() {
    let (app, eve) = admin();
    let model = challenger(&app, "one");
    let (shipped, at) = (champion(&app), format!("/desk/models/{}", model.id));
    assert_eq!(location(&eve.post(&at, &[("do", "compare")])), at);
    let page = compared(&eve, &at);
    assert!(page.contains("It does not pass"), "{page}");
    assert!(page.contains("Comments enough to tell"), "{page}");
    assert_eq!(location(&eve.post(&at, &[("do", "promote")])), at);
    assert!(compared(&eve, &at).contains("It was not promoted"));
    assert_eq!(champion(&app), shipped);
    let events = block_on(app.installation.model_events(1)).unwrap();
    assert_eq!(
        (events[0].kind, events[0].by.as_str()),
        (ModelEventKind::Kept, "eve")
    );
    let other = eve.get(&format!("/desk/models/{shipped}")).text;
    assert!(!other.contains("It was not promoted"), "of that model only");
}

#[test]
fn an_admin_promotes_with_a_reason_and_goes_back() {
    let (app, eve) = admin();
    let model = challenger(&app, "one");
    let (shipped, at) = (champion(&app), format!("/desk/models/{}", model.id));
    let promote = |expected: &str, reason: &str| {
        let fields = [
            ("do", "promote-anyway"),
            ("champion", expected),
            ("reason", reason),
        ];
        eve.post(&at, &fields)
    };
    assert_eq!(promote(&shipped, " ").status, 422);
    let stale = promote(&model.id, "a page of yesterday");
    assert_eq!(stale.status, 412, "{stale:?}");
    assert_eq!(champion(&app), shipped);
    assert_eq!(location(&promote(&shipped, "<b>tried</b> on my blog")), at);
    assert_eq!(champion(&app), model.id);
    assert_eq!(app.service.filter().model().id(), model.id, "at once");
    let page = eve.get(&at).text;
    assert!(page.contains("Promoted by eve") && page.contains("on my blog"));
    assert!(!page.contains("<b>tried"));
    let back = eve.post("/desk/models", &[("do", "rollback")]);
    assert_eq!(location(&back), "/desk/models");
    assert_eq!(
        (champion(&app), app.service.filter().model().id()),
        (shipped.clone(), &*shipped)
    );
}

#[test]
fn a_shadow_is_made_and_ended() {
    let (app, eve) = admin();
    let model = challenger(&app, "one");
    let at = format!("/desk/models/{}", model.id);
    location(&eve.post(&at, &[("do", "shadow")]));
    let shadow = || block_on(app.service.model_roles()).unwrap().shadow;
    assert_eq!(shadow(), Some(model.hash.clone()));
    assert!(eve.get("/desk/models").text.contains("End the shadow"));
    location(&eve.post("/desk/models", &[("do", "unshadow")]));
    assert_eq!(shadow(), None);
    let shipped = champion(&app);
    let refused = eve.post(&format!("/desk/models/{shipped}"), &[("do", "shadow")]);
    assert_eq!(refused.status, 422, "the one that ships cannot be a shadow");
}
