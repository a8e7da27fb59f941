//! The example blog, from the form to what became of the comment.

use fantoccini::key::Key;
use jiff::Timestamp;
use serde_json::json;

use crate::harness::{Blog, Page, Service, Setup, in_a_browser};

const HONEST: &str = "I had the same hub on my mother's bicycle. The hole in the axle nut was full \
     of paint, so I never saw the shoulder of the rod. A toothpick helped.";
const SPAM: &str = "Buy cheap viagra and cialis online without prescription! Best casino \
     bonus, free spins: http://cheap-pills-casino.example/buy http://viagra-casino.example/win";

async fn write(page: &Page, blog: &Blog, name: &str, text: &str) {
    page.open(&blog.post()).await;
    page.fill_in("Comment", text).await;
    page.fill_in("Name", name).await;
    page.click("Post comment").await;
}

#[test]
fn an_honest_comment_is_published_at_once_and_survives_a_restart() {
    in_a_browser(Setup::Desk, async |page| {
        let service = Service::start();
        let blog = Blog::start(&service);
        write(page, &blog, "Jonas Feld", HONEST).await;
        assert!(page.text("#mine").await.contains("is published"));
        assert_eq!(page.text(".comment .text").await, HONEST);

        let known = service.newest_comment().await;
        let form = &known["comment"]["form"];
        assert_eq!(form["javascript"], true);
        assert_eq!(form["honeypot"], "");
        assert!(form["seconds"].as_f64().unwrap() > 0.0);

        let blog = blog.restart(&service);
        page.open(&blog.post()).await;
        assert_eq!(page.text(".comment .who").await, "Jonas Feld");
        assert_eq!(page.text(".comment .text").await, HONEST);
    });
}

#[test]
fn a_held_comment_appears_when_a_moderator_accepts_it() {
    held(Setup::Desk);
}

#[test]
fn a_held_comment_appears_when_a_moderator_accepts_it_without_javascript() {
    held(Setup::WithoutJavaScript);
}

fn held(setup: Setup) {
    in_a_browser(setup, async |page| {
        let service = Service::start_that_holds();
        let blog = Blog::start(&service);
        write(page, &blog, "Jonas Feld", HONEST).await;
        assert!(page.text("#mine").await.contains("waits for a person"));
        assert_eq!(page.text("#mine blockquote").await, HONEST);
        let known = service.newest_comment().await;
        let javascript = setup != Setup::WithoutJavaScript;
        assert_eq!(known["comment"]["form"]["javascript"], javascript);

        page.open(&blog.post()).await;
        assert_eq!(page.text("#comments").await, "No comments yet");

        // Nothing asks: hamgate tells the blog, and the blog shows it.
        let id = &known["comment_id"];
        service.decide(id, "accept").await;
        page.reload_until(".comment").await;
        assert_eq!(page.text(".comment .text").await, HONEST);

        service.decide(id, "reject").await;
        page.reload_until("#comments:not(:has(.comment))").await;
        let mine = known["comment"]["id"].as_str().unwrap();
        page.open(&format!("{}?mine={mine}", blog.post())).await;
        let words = page.text("#mine").await;
        assert!(words.contains("A person has read your comment"), "{words}");
        assert_eq!(page.value("#text").await, HONEST);
    });
}

#[test]
fn only_what_hamgate_signed_is_taken_for_its_word() {
    in_a_browser(Setup::Desk, async |page| {
        let service = Service::start_that_holds();
        let blog = Blog::start(&service);
        write(page, &blog, "Jonas Feld", HONEST).await;
        let known = service.newest_comment().await;
        let forged = json!({
            "type": "comment.decided",
            "timestamp": known["received_at"],
            "data": { "id": known["comment"]["id"], "outcome": "accept", "decision": "accept" },
        });
        let answer = reqwest::Client::new()
            .post(format!("{}/hamgate/webhook", blog.address))
            .header("webhook-id", "msg_1")
            .header(
                "webhook-timestamp",
                Timestamp::now().as_second().to_string(),
            )
            .header(
                "webhook-signature",
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            )
            .json(&forged)
            .send()
            .await;
        assert_eq!(answer.unwrap().status(), 401);
        // Signed, and of a type that the blog does not know.
        let tried = service.run(&["webhooks", "test", &blog.webhook, "--json"]);
        assert_eq!(tried["status"], 204);
        page.open(&blog.post()).await;
        assert_eq!(page.text("#comments").await, "No comments yet");
    });
}

#[test]
fn a_refused_comment_keeps_its_text_and_says_whom_to_ask() {
    refused(Setup::Desk);
}

#[test]
fn a_refused_comment_keeps_its_text_without_javascript() {
    refused(Setup::WithoutJavaScript);
}

fn refused(setup: Setup) {
    in_a_browser(setup, async |page| {
        let service = Service::start();
        let blog = Blog::start(&service);
        write(page, &blog, "Best Casino Bonus", SPAM).await;
        let words = page.text("#mine").await;
        assert!(words.contains("was not published"), "{words}");
        assert!(words.contains("owner@blog.example"), "{words}");
        assert_eq!(page.value("#text").await, SPAM);
        assert_eq!(page.value("#name").await, "Best Casino Bonus");

        page.reload().await;
        assert_eq!(page.value("#text").await, SPAM, "a reload keeps it, too");
        page.open(&blog.post()).await;
        assert_eq!(page.text("#comments").await, "No comments yet");
    });
}

#[test]
fn a_comment_waits_while_hamgate_is_away_and_is_judged_when_it_is_back() {
    in_a_browser(Setup::Desk, async |page| {
        let mut service = Service::start();
        let blog = Blog::start(&service);
        service.go_away();
        write(page, &blog, "Jonas Feld", HONEST).await;
        let words = page.text("#mine").await;
        assert!(words.contains("does not answer"), "{words}");
        assert_eq!(page.text("#comments-title").await, "No comments yet");

        // Neither a restart of the blog loses it, nor does anything publish it.
        let blog = blog.restart(&service);
        page.open(&blog.post()).await;
        assert_eq!(page.text("#comments-title").await, "No comments yet");

        service.come_back();
        page.reload_until(".comment").await;
        assert_eq!(page.text(".comment .text").await, HONEST);
    });
}

#[test]
fn an_answer_stands_below_what_it_answers() {
    in_a_browser(Setup::Desk, async |page| {
        let service = Service::start();
        let blog = Blog::start(&service);
        write(page, &blog, "Jonas Feld", HONEST).await;
        page.open(&blog.post()).await;
        page.click("Reply").await;
        assert_eq!(page.text("#write-title").await, "Reply to Jonas Feld");
        let answer = "A toothpick! I bent a paper clip for it, and that did well, too.";
        page.fill_in("Comment", answer).await;
        page.fill_in("Name", "Ruth").await;
        page.click("Post reply").await;
        assert!(page.text("#mine").await.contains("is published"));
        assert_eq!(page.text(".threads > li > ol .text").await, answer);

        let (child, parent) = (service.newest_comment().await, "comment");
        assert_eq!(child[parent]["kind"], "reply");
        assert_eq!(child[parent]["parent_id"].as_str().map(str::len), Some(32));
    });
}

#[test]
fn wrong_fields_are_named_and_lose_no_text() {
    in_a_browser(Setup::Desk, async |page| {
        let service = Service::start();
        let blog = Blog::start(&service);
        page.open(&blog.post()).await;
        page.fill_in("Comment", HONEST).await;
        page.fill_in("Your site", "javascript:alert(1)").await;
        // As a browser that does not know `required` would send it.
        page.ask("document.querySelector('#write form').noValidate = true")
            .await;
        page.click("Post comment").await;
        assert!(page.text("#mine").await.contains("not sent yet"));
        assert_eq!(page.value("#text").await, HONEST);
        for field in ["name", "url"] {
            let id = format!("#{field}");
            let error = page.attribute(&id, "aria-describedby").await;
            assert_eq!(error, Some(format!("{field}-error")));
            assert!(!page.text(&format!("{id}-error")).await.is_empty());
        }
        page.fill_in("Name", "Jonas").await;
        page.fill_in("Your site", "").await;
        page.click("Post comment").await;
        assert!(page.text("#mine").await.contains("is published"));
    });
}

#[test]
fn script_in_a_comment_is_shown_and_never_runs() {
    in_a_browser(Setup::Desk, async |page| {
        let service = Service::start_that_holds();
        let blog = Blog::start(&service);
        let text = "<script>window.ran = true</script><img src=x onerror='window.ran = true'>\n\
             </textarea></blockquote><a href='javascript:window.ran = true'>here</a> &lt;b&gt;";
        let name = "\"><svg onload='window.ran = true'>";
        write(page, &blog, name, text).await;
        assert_eq!(page.text("#mine blockquote").await, text);
        assert_eq!(page.ask("window.ran").await, serde_json::Value::Null);
        assert_eq!(page.text("#mine strong bdi").await, name);
        let foreign = "document.querySelectorAll('main svg, main img, main script').length";
        assert_eq!(page.ask(foreign).await, 0);

        // The policy of the page would stop it even if it were markup.
        page.ask("document.body.insertAdjacentHTML('beforeend', `<img src=x onerror='window.ran = true'>`)")
            .await;
        page.ask("document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = true'}))")
            .await;
        assert_eq!(page.ask("window.ran").await, serde_json::Value::Null);
    });
}

#[test]
fn no_page_scrolls_sideways_on_a_phone() {
    in_a_browser(Setup::Phone, async |page| {
        let service = Service::start_that_holds();
        let blog = Blog::start(&service);
        page.open(&blog.address).await;
        assert_eq!(page.ask("window.innerWidth").await, 390);
        assert_eq!(page.overhang().await, 0);
        let long = "Donaudampfschifffahrt".repeat(20);
        write(page, &blog, &long[..80], &long).await;
        assert!(page.shows("#mine").await);
        assert_eq!(page.overhang().await, 0);
        page.open(&format!("{}/nothing-here", blog.address)).await;
        assert_eq!(page.overhang().await, 0);
    });
}

#[test]
fn the_keyboard_reaches_everything_but_the_honeypot() {
    in_a_browser(Setup::Desk, async |page| {
        let service = Service::start();
        let blog = Blog::start(&service);
        page.open(&blog.post()).await;
        let mut reached = Vec::new();
        loop {
            page.press(Key::Tab.into()).await;
            let focused = page
                .ask("document.activeElement.name || document.activeElement.textContent.trim()")
                .await;
            let focused = focused.as_str().unwrap().to_owned();
            let outline = page
                .ask("getComputedStyle(document.activeElement).outlineStyle")
                .await;
            assert_eq!(outline, "solid", "{focused} shows no focus");
            reached.push(focused);
            if reached.last().is_some_and(|last| last == "Post comment") {
                break;
            }
            assert!(reached.len() < 20, "{reached:?}");
        }
        assert_eq!(
            reached,
            [
                "Skip to the content",
                "Windowsill",
                "text",
                "name",
                "email",
                "url",
                "Post comment"
            ]
        );
    });
}
