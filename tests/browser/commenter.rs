//! Who comments: what is done with their data, and how they object.

use crate::harness::{Blog, Page, Service, Setup, in_a_browser};

const HONEST: &str = "I had the same hub on my mother's bicycle. The hole in the axle nut was full \
     of paint, so I never saw the shoulder of the rod. A toothpick helped.";

#[test]
fn whose_comment_is_held_back_is_heard() {
    in_a_browser(Setup::Desk, is_heard);
}

#[test]
fn whose_comment_is_held_back_is_heard_on_a_phone() {
    in_a_browser(Setup::Phone, is_heard);
}

#[test]
fn whose_comment_is_held_back_is_heard_without_javascript() {
    in_a_browser(Setup::WithoutJavaScript, is_heard);
}

async fn is_heard(page: &Page) {
    let service = Service::start_in_public();
    service.add_moderator("jo", "moderator");
    let blog = Blog::start(&service);
    page.open(&blog.post()).await;
    page.fill_in("Comment", HONEST).await;
    page.fill_in("Name", "Jonas Feld").await;
    page.click("Post comment").await;
    // Others come later, and would be looked at first.
    let others = service.seed(2).await;

    let mine = page.ask("location.href").await;
    page.click("Is it no spam? Say so, and it comes before the others.")
        .await;
    assert_eq!(
        page.text("h1").await,
        "Was your comment held back by mistake?"
    );
    assert_eq!(page.overhang().await, 0);
    assert_eq!(page.ask("document.cookie").await, "");
    page.fill_in("What helps", "It is my mother's <i>own</i> bicycle.")
        .await;
    page.click("This is not spam").await;
    assert_eq!(page.text("h1").await, "Thank you");
    assert_eq!(page.overhang().await, 0);

    page.sign_in(&service, "jo").await;
    let known = service.comment(&others[1]).await;
    assert_eq!(known["verdict"], "hold", "the others wait, too");
    let first = page.text(".card").await;
    assert!(first.contains("Jonas Feld"), "{first}");
    assert!(first.contains("Its author says: not spam"), "{first}");
    assert!(
        first.contains("It is my mother's <i>own</i> bicycle."),
        "{first}"
    );

    // Once a person has decided, there is nothing to object to.
    let id = page.attribute(".card", "id").await.unwrap();
    let id = id.trim_start_matches("c-").to_owned();
    service.decide(&serde_json::json!(id), "accept").await;
    page.open(mine.as_str().unwrap()).await;
    page.reload_until(".comment").await;
    assert!(!page.shows("#appeal").await);
}

#[test]
fn the_form_leads_to_what_is_done_with_comments() {
    in_a_browser(Setup::Phone, async |page| {
        let service = Service::start_in_public();
        let blog = Blog::start(&service);
        page.open(&blog.post()).await;
        page.click("Learn how your comment data is processed").await;
        assert_eq!(page.text("h1").await, "How your comment data is processed");
        assert!(page.text("main").await.contains("365 days"));
        assert_eq!(page.overhang().await, 0);
        page.click("العربية").await;
        assert_eq!(page.attribute("html", "dir").await.as_deref(), Some("rtl"));
        assert_eq!(page.overhang().await, 0);
        assert_eq!(page.ask("document.cookie").await, "");
    });
}
