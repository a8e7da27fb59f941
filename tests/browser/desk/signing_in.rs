//! In, and out again.

use crate::harness::{Service, Setup, in_a_browser};

#[test]
fn a_moderator_signs_in_and_out() {
    in_a_browser(Setup::Desk, signs_in_and_out);
}

#[test]
fn a_moderator_signs_in_and_out_without_javascript() {
    in_a_browser(Setup::WithoutJavaScript, signs_in_and_out);
}

#[test]
fn a_moderator_signs_in_and_out_on_a_phone() {
    in_a_browser(Setup::Phone, signs_in_and_out);
}

async fn signs_in_and_out(page: &crate::harness::Page) {
    let service = Service::start_that_holds();
    service.add_moderator("jo", "moderator");
    service.seed(1).await;

    page.desk(&service, "").await;
    page.fill_in("Name", "jo").await;
    page.fill_in("Password", "not the password").await;
    page.click("Sign in").await;
    assert!(page.text("[role=alert]").await.contains("wrong"));
    assert_eq!(page.overhang().await, 0);

    page.sign_in(&service, "jo").await;
    assert_eq!(page.text("h1").await, "Waiting for you");
    assert!(page.shows(".card").await);
    assert_eq!(page.overhang().await, 0);

    page.click("Sign out").await;
    page.desk(&service, "").await;
    assert!(!page.shows(".card").await);
    assert_eq!(page.value("#name").await, "");
}
