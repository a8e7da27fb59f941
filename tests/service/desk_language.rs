//! The desk in the reader's language: chosen, or as the browser prefers.

use super::harness::TestApp;

#[test]
fn a_page_is_in_the_language_that_the_reader_chose() {
    let app = TestApp::start_desk();
    let browser = app.browser();
    let page = browser.get("/desk/sign-in?next=/desk/account");
    assert!(page.text.contains("<html lang=\"en\" dir=\"ltr\">"));
    let chosen = browser.post(
        "/desk/language",
        &[
            ("language", "ar"),
            ("back", "/desk/sign-in?next=/desk/account"),
        ],
    );
    assert_eq!(chosen.status, 303);
    let page = browser.get("/desk/sign-in");
    assert!(page.text.contains("<html lang=\"ar\" dir=\"rtl\">"));
    let problem = browser.get("/desk/no-such-page");
    assert_eq!(problem.status, 404);
    assert!(problem.text.contains("<html lang=\"ar\" dir=\"rtl\">"));
    let unknown = browser.post("/desk/language", &[("language", "tlh")]);
    assert_eq!(unknown.status, 422);
}
