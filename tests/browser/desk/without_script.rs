//! Every action by forms and links alone.

use crate::harness::{Service, Setup, in_a_browser};

#[test]
fn everything_works_without_javascript() {
    in_a_browser(Setup::WithoutJavaScript, async |page| {
        let service = Service::start_that_holds();
        service.add_moderator("jo", "moderator");
        let mut ids = service.seed(5).await;
        ids.reverse();
        page.sign_in(&service, "jo").await;
        let card = |place: usize| format!("#c-{}", ids[place]);

        page.follow(&format!("{} button[value=accept]", card(0)))
            .await;
        assert_eq!(page.text("#said").await, "Comment by Author 5 accepted.");
        page.follow("#undo button").await;
        assert!(service.comment(&ids[0]).await["decision"].is_null());

        page.tap(&format!("{} .kinds summary", card(1))).await;
        page.follow(&format!("{} button[value=off-topic]", card(1)))
            .await;
        assert_eq!(
            page.text("#said").await,
            "Comment by Author 4 rejected as off-topic."
        );

        page.tap(&format!("{} .trusting summary", card(0))).await;
        page.follow(&format!("{} button[value='trusted:']", card(0)))
            .await;
        assert_eq!(page.text("#said").await, "Author 5 is trusted here.");
        page.follow("#undo button").await;
        assert!(!page.shows("#undo:not([hidden])").await);

        page.tap(&format!("{} .choose input", card(2))).await;
        page.tap(&format!("{} .choose input", card(3))).await;
        page.follow(".many button[value=reject]").await;
        assert_eq!(page.text("h1").await, "Reject 2 comments as spam?");
        page.follow("#preview button").await;
        assert_eq!(page.text("#said").await, "2 comments rejected as spam.");
        page.follow("#undo button").await;

        page.tap(".many .all input").await;
        page.follow(".many button[value=accept]").await;
        assert_eq!(page.text("h1").await, "Accept 4 comments?");
        page.follow("#preview button").await;
        assert_eq!(page.text("#said").await, "4 comments accepted.");
        assert!(page.text(".empty").await.starts_with("Nothing waits"));
    });
}
