//! The audit, by keyboard.

use crate::harness::{Service, Setup, in_a_browser};

#[test]
fn drawn_comments_are_answered_blind_and_the_verdict_is_told_afterwards() {
    in_a_browser(Setup::Desk, async |page| {
        let service = Service::start();
        service.add_moderator("jo", "moderator");
        service.run(&["sites", "set", "blog", "--audit-share", "1", "--json"]);
        let ids = service.seed(3).await;
        page.sign_in(&service, "jo").await;
        page.click("Audit").await;
        assert_eq!(page.text("[data-waiting]").await, "3");
        assert!(!page.shows(".odds, .reasons, mark").await);
        page.press('j').await;
        page.focused(&ids[0]).await;
        page.press('a').await;
        page.focused(&ids[1]).await;
        page.until("#live", |said| {
            said == "Honest, you say. The filter had accepted it."
        })
        .await;
        page.press('s').await;
        page.focused(&ids[2]).await;
        page.until("#live", |said| {
            said == "Spam, you say. The filter had accepted it."
        })
        .await;
        page.press('z').await;
        page.focused(&ids[1]).await;
        assert!(service.comment(&ids[1]).await["decision"].is_null());
        assert_eq!(service.comment(&ids[0]).await["label"], "ham");
        assert_eq!(page.overhang().await, 0);
    });
}
