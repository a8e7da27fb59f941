//! A person's label counts for the next comment at once.

use serde_json::{Value, json};

use crate::harness::{HONEST, TestApp, text};

#[test]
fn a_spam_label_weighs_on_the_next_comment_with_the_same_link_domain() {
    let app = TestApp::start();
    let first = json!({ "content": "Have a look: http://shop.fresh-domain.example/a" });
    let second = json!({
        "content": "An entirely different remark about gardens and the weather in spring, \
                    with more at http://www.fresh-domain.example/b for whoever likes it",
        "dry_run": true,
    });
    let before = app.check(&second).ok();
    let spam = app.check(&first).ok();
    let untaught = app.check(&second).ok();
    assert_eq!(before["log_odds"], untaught["log_odds"]);
    app.feedback(&json!({ "comment_id": spam["comment_id"], "label": "spam" }))
        .ok();
    let after = app.check(&second).ok();
    let odds = |answer: &Value| answer["log_odds"].as_f64().unwrap();
    let raised = odds(&after) - odds(&before);
    assert!(raised >= 1.0, "raised by {raised} only: {after}");
    let why = after["evidence"]
        .as_array()
        .unwrap()
        .iter()
        .find(|piece| piece["source"] == "history" && piece["reason"] == "link_domain")
        .unwrap_or_else(|| panic!("history is silent: {after}"));
    assert!(why["log_odds"].as_f64().unwrap() >= 1.0, "{why}");
}

#[test]
fn feedback_names_its_comment_in_three_ways_and_says_what_was() {
    let app = TestApp::start();
    let checked = app.check(&json!({ "id": "own-1", "content": HONEST })).ok();
    let id = &checked["comment_id"];
    let by_comment_id = app
        .feedback(&json!({ "comment_id": id, "label": "spam" }))
        .ok();
    assert_eq!(
        by_comment_id,
        json!({ "comment_id": id, "label": "spam", "was": null })
    );
    let by_own_id = app.feedback(&json!({ "id": "own-1", "label": "ham" })).ok();
    assert_eq!(
        by_own_id,
        json!({ "comment_id": id, "label": "ham", "was": "spam" })
    );
    let by_comment = app
        .feedback(&json!({ "comment": { "id": "own-1", "content": HONEST }, "label": "ham" }))
        .ok();
    assert_eq!(
        by_comment,
        json!({ "comment_id": id, "label": "ham", "was": "ham" })
    );
    assert_eq!(app.comment(&text(id)).ok()["label"], "ham");
}

#[test]
fn feedback_on_an_unknown_comment_stores_it() {
    let app = TestApp::start();
    let learnt = app
        .feedback(&json!({ "comment": { "content": "never checked" }, "label": "spam" }))
        .ok();
    assert_eq!(learnt["was"], Value::Null);
    let stored = app.comment(&text(&learnt["comment_id"])).ok();
    assert_eq!(stored["comment"]["content"], "never checked");
    assert_eq!(stored["label"], "spam");
}

#[test]
fn feedback_that_names_no_known_comment_is_refused() {
    let app = TestApp::start();
    let missing = app.feedback(&json!({ "label": "ham" }));
    assert_eq!(missing.problem(422, "invalid_field")["field"], "comment_id");
    app.feedback(&json!({ "id": "nobody", "label": "ham" }))
        .problem(404, "not_found");
    app.feedback(&json!({ "comment_id": "no-uuid", "label": "ham" }))
        .problem(404, "not_found");
    for label in [json!("eggs"), json!(1), json!(["ham"])] {
        let wrong = app.feedback(&json!({ "id": "x", "label": label }));
        assert_eq!(wrong.problem(422, "invalid_field")["field"], "label");
    }
}

#[test]
fn a_sites_own_words_count_once_people_have_said_what_they_mean() {
    let app = TestApp::start();
    let post = |id: String, content: String, label: &str| {
        app.check(&json!({ "id": id, "content": content })).ok();
        let answer = app.feedback(&json!({ "id": id, "label": label })).ok();
        answer["comment_id"].clone()
    };
    let mut taught = Vec::new();
    for number in 0..12 {
        let spam = format!("visit number {number} to our zorblax emporium was a delight");
        taught.push(post(format!("spam-{number}"), spam, "spam"));
        let ham = format!("chapter {number} made me look again at my own garden");
        post(format!("ham-{number}"), ham, "ham");
    }
    let next = json!({ "content": "my cousin loves the zorblax emporium", "dry_run": true });
    let site_evidence = |answer: &Value| {
        let pieces = answer["evidence"].as_array().unwrap();
        let of_site = pieces.iter().filter(|piece| piece["source"] == "site");
        of_site
            .map(|piece| piece["log_odds"].as_f64().unwrap())
            .sum::<f64>()
    };
    let after = app.check(&next).ok();
    assert!(site_evidence(&after) > 0.5, "{after}");
    let sum: f64 = after["evidence"]
        .as_array()
        .unwrap()
        .iter()
        .map(|piece| piece["log_odds"].as_f64().unwrap())
        .sum();
    assert!((sum - after["log_odds"].as_f64().unwrap()).abs() < 1e-9);
    // A person who errs is believed when they say so.
    for id in &taught {
        app.feedback(&json!({ "comment_id": id, "label": "ham" }))
            .ok();
    }
    let corrected = app.check(&next).ok();
    assert!(site_evidence(&corrected) < 0.0, "{corrected}");
}

#[test]
fn a_pasted_comment_with_a_new_link_is_held_and_the_honest_words_stay_honest() {
    let app = TestApp::start();
    let honest = json!({
        "id": "ada", "content": HONEST,
        "author": { "name": "Ada", "email": "ada@blog.example", "ip": "192.0.2.7" },
    });
    let first = app.check(&honest).ok();
    assert_eq!(first["verdict"], "accept", "{first}");
    let paste = json!({
        "id": "paste", "content": format!("{HONEST} http://watches.example/now"),
        "author": { "name": "Bob", "email": "bob@mail.example", "ip": "198.51.100.9" },
    });
    let pasted = app.check(&paste).ok();
    assert_ne!(pasted["verdict"], "accept", "{pasted}");
    let pieces = pasted["evidence"].as_array().unwrap();
    let why = pieces.iter().find(|piece| piece["reason"] == "pasted");
    assert!(
        why.is_some_and(|piece| piece["source"] == "campaign"),
        "{pasted}"
    );
    app.feedback(&json!({ "id": "paste", "label": "spam" }))
        .ok();
    let again = app.check(&honest).ok();
    assert_eq!(again["verdict"], "accept", "{again}");
    let raised = again["log_odds"].as_f64().unwrap() - first["log_odds"].as_f64().unwrap();
    assert!(raised < 0.5, "raised by {raised}: {again}");
}
