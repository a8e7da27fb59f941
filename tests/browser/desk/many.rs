//! Many at once, by keyboard and by finger.

use fantoccini::key::Key;

use crate::harness::{Page, Service, Setup, in_a_browser};

async fn at_the_queue(page: &Page) -> (Service, Vec<String>) {
    let service = Service::start_that_holds();
    service.add_moderator("jo", "moderator");
    let mut ids = service.seed(6).await;
    ids.reverse();
    page.sign_in(&service, "jo").await;
    (service, ids)
}

#[test]
fn chosen_comments_are_rejected_and_taken_back_by_keyboard_only() {
    in_a_browser(Setup::Desk, async |page| {
        let (service, ids) = at_the_queue(page).await;
        page.press('S').await;
        page.until("#live", |said| said.starts_with("No comment is chosen"))
            .await;
        page.press('j').await;
        page.press('x').await;
        page.until("#chosen", |said| said == "1 chosen").await;
        page.press('j').await;
        page.press('j').await;
        page.press('x').await;
        page.until("#chosen", |said| said == "2 chosen").await;
        page.press('S').await;
        page.until("h1", |title| title == "Reject 2 comments as spam?")
            .await;
        assert_eq!(page.overhang().await, 0);
        page.press(char::from(Key::Enter)).await;
        page.until("#said", |said| said == "2 comments rejected as spam.")
            .await;
        page.until("#live", |said| said == "2 comments rejected as spam.")
            .await;
        for (place, id) in ids.iter().enumerate() {
            let decision = service.comment(id).await["decision"].clone();
            assert_eq!(decision.is_null(), ![0, 2].contains(&place), "{place}");
        }
        page.press('z').await;
        page.until("#said", |said| said == "2 comments are undecided again.")
            .await;
        assert!(service.comment(&ids[0]).await["decision"].is_null());
        // Taken back once, not twice.
        page.press('z').await;
        page.press('X').await;
        page.until("#chosen", |said| said == "6 chosen").await;
        page.press('X').await;
        page.becomes("document.getElementById('chosen').hidden")
            .await;
    });
}

#[test]
fn near_duplicates_are_decided_by_two_keys() {
    in_a_browser(Setup::Desk, async |page| {
        // The comments of the harness differ in a number only.
        let (service, ids) = at_the_queue(page).await;
        assert!(
            page.text(".alike")
                .await
                .starts_with("5 like this: 0 rejected, 0 accepted, 5 waiting.")
        );
        page.press('j').await;
        page.press('n').await;
        page.until("h1", |title| title == "6 comments like this wait")
            .await;
        page.press('s').await;
        page.until("#said", |said| said == "6 comments rejected as spam.")
            .await;
        for id in &ids {
            assert_eq!(service.comment(id).await["label"], "spam");
        }
    });
}

#[test]
fn what_changed_meanwhile_is_left_alone_and_said() {
    in_a_browser(Setup::Phone, async |page| {
        let (service, ids) = at_the_queue(page).await;
        page.tap(".many .all").await;
        page.until("#chosen", |said| said == "6 chosen").await;
        assert_eq!(page.overhang().await, 0);
        service.decide(&ids[1].clone().into(), "accept").await;
        page.click("Accept…").await;
        assert_eq!(page.text("h1").await, "Accept 5 comments?");
        assert!(page.text(".wrong").await.starts_with("1 was decided"));
        assert_eq!(page.overhang().await, 0);
        service.decide(&ids[2].clone().into(), "reject").await;
        page.click("Accept them").await;
        let said = page.text("#said").await;
        assert_eq!(
            said,
            "4 comments accepted. 1 had changed and was left alone."
        );
        assert_eq!(service.comment(&ids[2]).await["decision"]["by"], "api");
        page.click("Undo").await;
        assert_eq!(page.text("#said").await, "4 comments are undecided again.");
    });
}

#[test]
fn a_page_can_be_left_before_many_are_decided() {
    in_a_browser(Setup::Desk, async |page| {
        let (service, ids) = at_the_queue(page).await;
        page.press('X').await;
        page.press('A').await;
        page.until("h1", |title| title == "Accept 6 comments?")
            .await;
        page.press(char::from(Key::Escape)).await;
        page.until("h1", |title| title == "Waiting for you").await;
        for id in &ids {
            assert!(service.comment(id).await["decision"].is_null());
        }
    });
}
