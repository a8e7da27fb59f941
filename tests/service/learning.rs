//! `POST /v1/feedback`: a person's word, and what follows from it.

use serde_json::{Value, json};

use crate::harness::TestApp;

fn with_link(text: &str) -> Value {
    json!({"content": format!("{text} https://shop.acme-trading.example/offer"), "dry_run": true})
}

#[tokio::test]
async fn a_first_spam_label_moves_the_next_comment_with_the_same_link_domain() {
    let app = TestApp::start().await;
    let second = with_link("My cousin told me of this page, see");
    let before = app.check(&second).await.expect(200);
    let mut first = with_link("Look what I have found, it is over at");
    first["dry_run"] = json!(false);
    let id = app.checked(&first).await;
    app.feedback(&json!({"comment_id": id, "label": "spam"}))
        .await
        .expect(200);
    let after = app.check(&second).await.expect(200);
    let moved = after["log_odds"].as_f64().unwrap() - before["log_odds"].as_f64().unwrap();
    assert!(moved >= 1.0, "moved by {moved} only: {after}");
    let says_why = after["evidence"]
        .as_array()
        .unwrap()
        .iter()
        .any(|piece| piece["source"] == "history" && piece["log_odds"].as_f64().unwrap() > 0.0);
    assert!(says_why, "{after}");
}

#[tokio::test]
async fn a_label_answers_what_it_replaces() {
    let app = TestApp::start().await;
    let id = app
        .checked(&json!({"id": "7", "content": "Is this spam or not?"}))
        .await;
    let first = app
        .feedback(&json!({"comment_id": id, "label": "spam"}))
        .await;
    assert_eq!(
        first.expect(200),
        json!({"comment_id": id, "label": "spam", "was": null})
    );
    let second = app.feedback(&json!({"id": 7, "label": "ham"})).await;
    assert_eq!(
        second.expect(200),
        json!({"comment_id": id, "label": "ham", "was": "spam"})
    );
    assert_eq!(app.listed("").await[0]["label"], "ham");
}

#[tokio::test]
async fn an_unknown_comment_is_stored_with_its_label() {
    let app = TestApp::start().await;
    let comment =
        json!({"id": "9", "content": "Buy cheap watches now", "author": {"name": "Deals"}});
    let body = json!({"comment": comment, "label": "spam"});
    let learnt = app.feedback(&body).await.expect(200);
    assert_eq!(learnt["was"], Value::Null);
    let again = app.feedback(&body).await.expect(200);
    assert_eq!(again["comment_id"], learnt["comment_id"]);
    assert_eq!(again["was"], "spam");
    let listed = app.listed("").await;
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0]["label"], "spam");
}

#[tokio::test]
async fn the_comment_must_be_named_once_and_exist() {
    let app = TestApp::start().await;
    let absent = "019ab3a4-7b1c-7e55-8f7e-0c4c8a5f2f10";
    app.feedback(&json!({"comment_id": absent, "label": "spam"}))
        .await
        .expect_problem(404, "not_found");
    app.feedback(&json!({"id": "none", "label": "spam"}))
        .await
        .expect_problem(404, "not_found");
    for (body, field) in [
        (json!({"label": "spam"}), "comment_id"),
        (
            json!({"id": "7", "comment_id": absent, "label": "spam"}),
            "comment_id",
        ),
        (json!({"comment_id": "7", "label": "spam"}), "comment_id"),
        (json!({"id": "7"}), "label"),
        (json!({"id": "7", "label": "junk"}), "label"),
        (
            json!({"comment": {"author": {}}, "label": "spam"}),
            "comment.content",
        ),
        (
            json!({"comment": {"content": " "}, "label": "spam"}),
            "comment.content",
        ),
    ] {
        let problem = app
            .feedback(&body)
            .await
            .expect_problem(422, "invalid_field");
        assert_eq!(problem["field"], field, "{body}");
    }
}

#[tokio::test]
async fn near_copies_of_labelled_spam_are_known() {
    let app = TestApp::start().await;
    let text = "We offer the finest selection of hand made rugs and carpets for your living room \
        and your bed room at prices that nobody in this town can match, so write to us today";
    let copy = json!({"content": format!("{text}!!"), "dry_run": true});
    let before = app.check(&copy).await.expect(200);
    app.feedback(&json!({"comment": {"content": text}, "label": "spam"}))
        .await
        .expect(200);
    let after = app.check(&copy).await.expect(200);
    assert!(after["log_odds"].as_f64() > before["log_odds"].as_f64());
    let campaign = after["evidence"]
        .as_array()
        .unwrap()
        .iter()
        .any(|piece| piece["source"] == "campaign");
    assert!(campaign, "{after}");
}
