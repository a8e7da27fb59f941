//! Deciding by keyboard only, and taking back.

use crate::harness::{Page, Service, Setup, in_a_browser};

/// Ten comments wait; the newest comes first, and its card has the focus.
async fn at_the_queue(page: &Page) -> (Service, Vec<String>) {
    let service = Service::start_that_holds();
    service.add_moderator("jo", "moderator");
    let mut ids = service.seed(10).await;
    ids.reverse();
    page.sign_in(&service, "jo").await;
    page.press('j').await;
    page.focused(&ids[0]).await;
    (service, ids)
}

#[test]
fn ten_comments_are_decided_by_keyboard_only() {
    in_a_browser(Setup::Desk, async |page| {
        let (service, ids) = at_the_queue(page).await;
        for (place, id) in ids.iter().enumerate() {
            page.press(if place % 2 == 0 { 'a' } else { 's' }).await;
            if let Some(next) = ids.get(place + 1) {
                page.focused(next).await;
            }
            let word = if place % 2 == 0 {
                "accepted"
            } else {
                "rejected as spam"
            };
            let said = format!("Comment by Author {} {word}.", 10 - place);
            if place < 9 {
                page.until("#live", |live| live == said).await;
                page.until("[data-waiting]", |waiting| {
                    waiting == (9 - place).to_string()
                })
                .await;
            }
            page.gone(id).await;
        }
        page.until(".empty", |empty| empty.starts_with("Nothing waits"))
            .await;
        for (place, id) in ids.iter().enumerate() {
            let decision = service.comment(id).await["decision"].clone();
            let expected = if place % 2 == 0 { "accept" } else { "reject" };
            assert_eq!(decision["decision"], expected);
            assert_eq!(decision["by"], "jo");
        }
    });
}

#[test]
fn decisions_are_taken_back_one_after_the_other() {
    in_a_browser(Setup::Desk, async |page| {
        let (service, ids) = at_the_queue(page).await;
        page.press('s').await;
        page.focused(&ids[1]).await;
        page.press('a').await;
        page.focused(&ids[2]).await;
        for id in [&ids[1], &ids[0]] {
            page.press('z').await;
            page.focused(id).await;
            assert!(service.comment(id).await["decision"].is_null());
        }
        // What was taken back is decided anew.
        page.press('a').await;
        page.focused(&ids[1]).await;
        assert_eq!(
            service.comment(&ids[0]).await["decision"]["decision"],
            "accept"
        );
    });
}
