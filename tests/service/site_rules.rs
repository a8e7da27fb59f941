//! A site's own weights of rules: they come before the installation's and the
//! fitted ones, and hold from the next comment on.

use hamgate::domain::RuleSetting;
use serde_json::json;

use crate::harness::{TestApp, block_on};

const NOTHING_BUT_LINKS: &str = "http://a.example http://b.example";

/// The rule's weight in the answer; `None` where it is not shown.
fn weight(app: &TestApp, key: &str, rule: &str) -> Option<f64> {
    let comment = json!({ "content": NOTHING_BUT_LINKS, "dry_run": true });
    let request = app.request("POST", "/v1/check").bearer_auth(key);
    let answer = crate::harness::send(request.json(&comment)).ok();
    let evidence = answer["evidence"].as_array().unwrap();
    let total: f64 = evidence
        .iter()
        .map(|piece| piece["log_odds"].as_f64().unwrap())
        .sum();
    assert!((total - answer["log_odds"].as_f64().unwrap()).abs() < 1e-9);
    let piece = evidence.iter().find(|piece| piece["reason"] == rule)?;
    piece["log_odds"].as_f64()
}

#[test]
fn a_site_weighs_a_rule_as_it_likes_and_no_other_site_feels_it() {
    let app = TestApp::start();
    let other = app.add_site("other");
    let weigh = |setting| {
        block_on(app.installation.weigh_rule("blog", "links/only", setting)).unwrap();
    };
    let fitted = weight(&app, &other, "links/only");
    weigh(Some(RuleSetting::Weight(7.5)));
    assert_eq!(weight(&app, &app.key, "links/only"), Some(7.5));
    assert_eq!(weight(&app, &other, "links/only"), fitted);
    weigh(Some(RuleSetting::Off));
    assert_eq!(weight(&app, &app.key, "links/only"), None);
    weigh(None);
    assert_eq!(weight(&app, &app.key, "links/only"), fitted);
    let unknown = app.installation.weigh_rule("blog", "links/never", None);
    assert!(block_on(unknown).is_err());
}

/// What the site's labels say of the comment, by reason.
fn of_site(app: &TestApp) -> Vec<(String, f64)> {
    let comment = json!({ "content": NOTHING_BUT_LINKS, "dry_run": true });
    let answer = app.check(&comment).ok();
    let evidence = answer["evidence"].as_array().unwrap().iter();
    evidence
        .filter(|piece| piece["source"] == "site")
        .map(|piece| {
            let reason = piece["reason"].as_str().unwrap().to_owned();
            (reason, piece["log_odds"].as_f64().unwrap())
        })
        .collect()
}

fn teach(app: &TestApp) {
    for number in 0..12 {
        let label = if number % 2 == 0 { "spam" } else { "ham" };
        let links = if number % 2 == 0 {
            NOTHING_BUT_LINKS
        } else {
            ""
        };
        let content = format!("{links} comment {number}, which is {label} here");
        app.feedback(&json!({ "comment": { "content": content }, "label": label }))
            .ok();
    }
}

/// The site layer starts from the log-odds of the shared model with the site's
/// weights. With other weights it is made anew, as if they had always been so.
#[test]
fn the_site_layer_starts_from_the_sites_weights() {
    let (late, early) = (TestApp::start(), TestApp::start());
    let weigh = |app: &TestApp| {
        let heavy = Some(RuleSetting::Weight(7.5));
        block_on(app.installation.weigh_rule("blog", "links/only", heavy)).unwrap();
    };
    teach(&late);
    let before = of_site(&late);
    weigh(&late);
    weigh(&early);
    teach(&early);
    let (after, always) = (of_site(&late), of_site(&early));
    assert_ne!(before, after, "another start is another layer");
    assert_eq!(after.len(), always.len(), "{after:?} {always:?}");
    for ((reason, one), (_, other)) in after.iter().zip(&always) {
        assert!((one - other).abs() < 1e-3, "{reason}: {after:?} {always:?}");
    }
}
