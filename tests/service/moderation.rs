//! `/v1/comments` and decisions: the queue is seen, settled and taken back.

use serde_json::{Value, json};

use crate::harness::TestApp;

#[tokio::test]
async fn pages_run_from_the_newest_to_the_oldest_without_a_gap() {
    let app = TestApp::start().await;
    let mut ids = Vec::new();
    for number in 0..7 {
        let content = format!("Comment number {number}");
        ids.push(app.checked(&json!({"content": content})).await);
    }
    ids.reverse();
    let mut seen = Vec::new();
    let mut cursor = String::new();
    for expected in [3, 3, 1] {
        let path = format!("/v1/comments?limit=3&cursor={cursor}");
        let page = app.get(&path).await.expect(200);
        let items = page["items"].as_array().unwrap();
        assert_eq!(items.len(), expected);
        seen.extend(
            items
                .iter()
                .map(|item| item["comment_id"].as_str().unwrap().to_owned()),
        );
        cursor = page["next"].as_str().unwrap_or_default().to_owned();
    }
    assert_eq!(seen, ids);
    assert_eq!(cursor, "", "the last page has no next");
    let exact = app.get("/v1/comments?limit=7").await.expect(200);
    assert_eq!(exact["next"], Value::Null);
}

#[tokio::test]
async fn lists_are_narrowed_by_verdict_decision_and_text() {
    let app = TestApp::start().await;
    let ham = app
        .checked(&json!({"content": "A word about turnips", "author": {"name": "Gärtner"}}))
        .await;
    app.checked(&json!({"content": "A word about carrots"}))
        .await;
    let found = app.listed("q=TURNIPS").await;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["comment_id"], *ham);
    assert_eq!(app.listed("q=100%25").await.len(), 0);

    app.decide(&ham, &json!({"decision": "accept"}))
        .await
        .expect(200);
    assert_eq!(app.listed("decision=accept").await.len(), 1);
    assert_eq!(app.listed("decision=none").await.len(), 1);
    assert_eq!(app.listed("decision=reject").await.len(), 0);
    let by_verdict: usize = [
        app.listed("verdict=accept").await.len(),
        app.listed("verdict=hold").await.len(),
        app.listed("verdict=reject").await.len(),
    ]
    .iter()
    .sum();
    assert_eq!(by_verdict, 2);

    for (query, field) in [
        ("verdict=maybe", "verdict"),
        ("decision=later", "decision"),
        ("limit=0", "limit"),
        ("limit=501", "limit"),
        ("limit=many", "limit"),
        ("cursor=forged", "cursor"),
    ] {
        let answer = app.get(&format!("/v1/comments?{query}")).await;
        let problem = answer.expect_problem(422, "invalid_field");
        assert_eq!(problem["field"], field);
    }
    app.get("/v1/comments?unknown=1&verdict=").await.expect(200);
}

#[tokio::test]
async fn a_decision_stands_until_it_is_taken_back() {
    let app = TestApp::start().await;
    let id = app
        .checked(&json!({"content": "Off topic, but not spam"}))
        .await;
    let decision = app
        .decide(
            &id,
            &json!({"decision": "reject", "learn": false, "note": "off topic"}),
        )
        .await
        .expect(200);
    assert_eq!(decision["decision"], "reject");
    assert_eq!(decision["learn"], false);
    assert_eq!(decision["note"], "off topic");
    assert_eq!(decision["by"], "api");
    let listed = &app.listed("").await[0];
    assert_eq!(listed["decision"]["id"], decision["id"]);
    assert_eq!(listed["label"], Value::Null, "it was not to be learnt");

    let undone = app.undo(&id).await.expect(200);
    assert_eq!(undone["id"], decision["id"]);
    assert!(undone["undone_at"].is_string());
    assert_eq!(app.listed("").await[0]["decision"], Value::Null);
    let file = app.get(&format!("/v1/comments/{id}")).await.expect(200);
    assert_eq!(file["decisions"].as_array().unwrap().len(), 1);
    app.undo(&id).await.expect_problem(404, "not_found");
}

#[tokio::test]
async fn a_decision_teaches_unless_told_not_to() {
    let app = TestApp::start().await;
    let id = app
        .checked(&json!({"content": "Watches, watches, watches"}))
        .await;
    app.decide(&id, &json!({"decision": "reject"}))
        .await
        .expect(200);
    assert_eq!(app.listed("").await[0]["label"], "spam");
    app.undo(&id).await.expect(200);
    assert_eq!(app.listed("").await[0]["label"], Value::Null);
}

#[tokio::test]
async fn what_cannot_be_decided_is_refused() {
    let app = TestApp::start().await;
    let id = app.checked(&json!({"content": "Hello"})).await;
    for (body, field) in [
        (json!({}), "decision"),
        (json!({"decision": "hold"}), "decision"),
        (json!({"decision": "accept", "learn": "no"}), "learn"),
        (
            json!({"decision": "accept", "note": "x".repeat(4001)}),
            "note",
        ),
    ] {
        let problem = app
            .decide(&id, &body)
            .await
            .expect_problem(422, "invalid_field");
        assert_eq!(problem["field"], field, "{body}");
    }
    for id in ["019ab3a4-7b1c-7e55-8f7e-0c4c8a5f2f10", "no-id", "%00"] {
        app.decide(id, &json!({"decision": "accept"}))
            .await
            .expect_problem(404, "not_found");
        app.get(&format!("/v1/comments/{id}"))
            .await
            .expect_problem(404, "not_found");
        app.undo(id).await.expect_problem(404, "not_found");
    }
}

#[tokio::test]
async fn stats_count_and_say_how_sure_they_are() {
    let app = TestApp::start().await;
    let stats = app.get("/v1/stats").await.expect(200);
    assert_eq!(stats["comments"]["total"], 0);
    assert_eq!(stats["queue"]["oldest_at"], Value::Null);
    assert_eq!(
        stats["error_rates"]["ham_rejected"]["estimate"],
        Value::Null
    );

    let id = app
        .checked(&json!({"content": "What a lovely garden you have"}))
        .await;
    app.feedback(&json!({"comment_id": id, "label": "ham"}))
        .await
        .expect(200);
    let stats = app.get("/v1/stats").await.expect(200);
    assert_eq!(stats["comments"]["total"], 1);
    let rate = &stats["error_rates"]["ham_rejected"];
    assert_eq!(rate["n"], 1);
    assert!(rate["low"].as_f64() <= rate["estimate"].as_f64());
    assert!(rate["estimate"].as_f64() <= rate["high"].as_f64());
    let caution = stats["error_rates"]["caution"].as_str().unwrap();
    assert!(caution.contains("not a random sample"));
}

#[tokio::test]
async fn a_list_cuts_long_texts_and_says_so() {
    let app = TestApp::start().await;
    let content = "ä long story ".repeat(3_000);
    let id = app.checked(&json!({"content": content})).await;
    let listed = &app.listed("").await[0];
    assert_eq!(listed["content_cut"], true);
    assert!(listed["comment"]["content"].as_str().unwrap().len() <= 16 * 1024);
    let file = app.get(&format!("/v1/comments/{id}")).await.expect(200);
    assert_eq!(file["content_cut"], false);
    assert_eq!(file["comment"]["content"], *content);
}
