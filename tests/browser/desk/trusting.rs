//! Trust, block, and the reasons that teach nothing: keys within a card.

use fantoccini::key::Key;

use crate::harness::{Service, Setup, in_a_browser};

#[test]
fn an_author_is_blocked_and_forgiven_by_keyboard() {
    in_a_browser(Setup::Desk, async |page| {
        let service = Service::start_that_holds();
        service.add_moderator("jo", "moderator");
        let id = service.seed(1).await.remove(0);
        page.sign_in(&service, "jo").await;
        page.press('j').await;
        page.press('b').await;
        page.becomes("document.activeElement.value === 'blocked:'")
            .await;
        page.press(char::from(Key::Enter)).await;
        page.until("#live", |said| said == "Author 1 is blocked here.")
            .await;
        page.focused(&id).await;
        page.press('z').await;
        let forgiven = "Author 1 is neither trusted nor blocked any more.";
        page.until("#live", |said| said == forgiven).await;
        assert!(service.comment(&id).await["decision"].is_null());
    });
}

#[test]
fn why_nothing_is_learnt_is_said_by_two_keys() {
    in_a_browser(Setup::Desk, async |page| {
        let service = Service::start_that_holds();
        service.add_moderator("jo", "moderator");
        let mut ids = service.seed(4).await;
        ids.reverse();
        page.sign_in(&service, "jo").await;
        page.press('j').await;
        for (place, (key, why)) in [('o', "off-topic"), ('b', "abuse"), ('d', "")]
            .iter()
            .enumerate()
        {
            page.press('d').await;
            page.becomes("document.activeElement.value === 'off-topic'")
                .await;
            page.press(*key).await;
            page.focused(&ids[place + 1]).await;
            let decision = service.comment(&ids[place]).await["decision"].clone();
            assert_eq!(decision["learn"], false);
            assert_eq!(decision["why"].as_str().unwrap_or_default(), *why);
        }
        // A change of mind, before anything is decided.
        page.press('d').await;
        page.press(char::from(Key::Escape)).await;
        page.focused(&ids[3]).await;
        assert!(service.comment(&ids[3]).await["decision"].is_null());
    });
}

#[test]
fn keys_can_be_switched_off_and_are_not_taken_from_the_browser() {
    in_a_browser(Setup::Desk, async |page| {
        let service = Service::start_that_holds();
        service.add_moderator("jo", "moderator");
        let id = service.seed(1).await.remove(0);
        page.sign_in(&service, "jo").await;
        page.press('j').await;
        for held in ["ctrlKey", "altKey", "metaKey"] {
            let event = format!(
                "new KeyboardEvent('keydown', {{ key: 'a', bubbles: true, cancelable: true, {held}: true }})"
            );
            let left_alone = page
                .ask(&format!("document.activeElement.dispatchEvent({event})"))
                .await;
            assert_eq!(left_alone, true, "{held}");
        }
        page.press('q').await;
        page.becomes("document.activeElement.matches('textarea')")
            .await;
        page.press('a').await;
        page.press('s').await;
        assert_eq!(page.value("textarea").await, "as");
        page.press(char::from(Key::Escape)).await;
        page.press('?').await;
        page.becomes("document.getElementById('keys').open").await;
        for key in [
            "j", "k", "a", "s", "d", "u", "z", "x", "q", "?", "n", "b", "e", "A", "S", "D", "X",
        ] {
            let listed = format!(
                "[...document.querySelectorAll('#keys kbd')].some((kbd) => kbd.textContent === '{key}')"
            );
            assert_eq!(page.ask(&listed).await, true, "{key} is not listed");
        }
        page.tap("#keys-switch").await;
        page.tap("#keys form button").await;
        page.reload().await;
        page.press('a').await;
        page.press('X').await;
        page.becomes("document.getElementById('chosen').hidden")
            .await;
        assert!(service.comment(&id).await["decision"].is_null());
        page.tap("#keys-button").await;
        page.tap("#keys-switch").await;
        page.tap("#keys form button").await;
        page.press('X').await;
        page.until("#chosen", |said| said == "1 chosen").await;
    });
}
