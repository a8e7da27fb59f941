//! The second factor: set up with an app, asked for after the password, never
//! twice with the same code.

use hamgate::domain::Role;
use totp_rs::{Builder, Totp};

use crate::harness::{Answer, Browser, PASSWORD, TestApp};

const PAGE: &str = "/desk/account/second-factor";

fn now() -> u64 {
    let now = std::time::SystemTime::now();
    let since = now.duration_since(std::time::UNIX_EPOCH).unwrap();
    since.as_secs()
}

/// The app that reads the page's key.
fn app_of(page: &str) -> Totp {
    let key = page.split("<code class=\"secret\">").nth(1).unwrap();
    let key: String = key.split('<').next().unwrap().split(' ').collect();
    let secret = data_encoding::BASE32_NOPAD.decode(key.as_bytes()).unwrap();
    assert_eq!(secret.len(), 20);
    Builder::new().with_secret(secret).build().unwrap()
}

/// Switches it on; the app, and the recovery codes.
fn enrol(browser: &Browser) -> (Totp, Vec<String>) {
    browser.get(PAGE);
    let begun = browser.post(PAGE, &[("do", "begin"), ("password", PASSWORD)]);
    assert_eq!(begun.status, 303, "{begun:?}");
    let page = browser.get(PAGE);
    assert!(page.text.contains("<svg class=\"qr\""));
    let app = app_of(&page.text);
    let code = app.generate(now()).to_string();
    let shown = browser.post(PAGE, &[("do", "confirm"), ("code", &code)]);
    assert_eq!(shown.status, 200, "{shown:?}");
    assert_eq!(shown.header("cache-control"), "no-store");
    (app, codes_in(&shown))
}

fn codes_in(page: &Answer) -> Vec<String> {
    let codes = page.text.split("<li><code>").skip(1);
    let codes: Vec<String> = codes
        .map(|rest| rest.split('<').next().unwrap().to_owned())
        .collect();
    assert_eq!(codes.len(), 10);
    codes
}

/// A browser whose password was right.
fn half_way(app: &TestApp, name: &str) -> Browser {
    let browser = app.browser();
    browser.get("/desk/sign-in");
    let answer = browser.post(
        "/desk/sign-in",
        &[
            ("name", name),
            ("password", PASSWORD),
            ("next", "/desk/account"),
        ],
    );
    let to_the_code = "/desk/sign-in/code?next=%2Fdesk%2Faccount";
    assert_eq!(
        (answer.status, answer.header("location")),
        (303, to_the_code)
    );
    assert!(!browser.cookies.borrow().contains_key("hamgate"));
    assert_eq!(browser.get(to_the_code).status, 200);
    browser
}

fn show(browser: &Browser, code: &str) -> Answer {
    let fields = [("code", code), ("next", "/desk/account")];
    browser.post("/desk/sign-in/code", &fields)
}

#[test]
fn a_session_opens_only_after_the_code_and_a_code_only_once() {
    let app = TestApp::start_desk();
    app.add_moderator("mia", Role::Moderator, &["blog"]);
    let here = app.signed_in("mia");
    let (codes, _) = enrol(&here);
    assert!(
        here.get("/desk/account")
            .text
            .contains("A code from your app")
    );

    let used = codes.generate(now()).to_string();
    let browser = half_way(&app, "mia");
    assert_eq!(browser.get("/desk").status, 303, "half way is not in");
    assert_eq!(show(&browser, "000000").status, 422);
    app.sql("UPDATE second_factors SET last_step = 0");
    let code = codes.generate(now()).to_string();
    let typed = format!("{} {}", &code[..3], &code[3..]);
    let in_now = show(&browser, &typed);
    assert_eq!(
        (in_now.status, in_now.header("location")),
        (303, "/desk/account")
    );
    assert_eq!(browser.get("/desk").status, 200);
    assert!(!browser.cookies.borrow().contains_key("hamgate-half"));

    let again = half_way(&app, "mia");
    for code in [&code, &used] {
        let answer = show(&again, code);
        assert_eq!(answer.status, 422, "a code is used once");
        assert!(answer.text.contains("role=\"alert\""));
    }
}

#[test]
fn a_recovery_code_lets_in_once_and_new_ones_end_the_old() {
    let app = TestApp::start_desk();
    app.add_moderator("mia", Role::Moderator, &["blog"]);
    let here = app.signed_in("mia");
    let (_, codes) = enrol(&here);
    let browser = half_way(&app, "mia");
    let typed = codes[0].to_uppercase().replace('-', " ");
    assert_eq!(show(&browser, &typed).status, 303);
    assert_eq!(browser.get("/desk").status, 200);
    assert_eq!(show(&half_way(&app, "mia"), &codes[0]).status, 422);
    assert!(browser.get(PAGE).text.contains("9 recovery codes are left"));

    let wrong = browser.post(PAGE, &[("do", "codes"), ("password", "not the password")]);
    assert_eq!(wrong.status, 422);
    let fresh = browser.post(PAGE, &[("do", "codes"), ("password", PASSWORD)]);
    let fresh = codes_in(&fresh);
    assert_eq!(show(&half_way(&app, "mia"), &codes[1]).status, 422);
    assert_eq!(show(&half_way(&app, "mia"), &fresh[1]).status, 303);
    for code in codes.iter().chain(&fresh) {
        let bare: String = code.split('-').collect();
        let file = std::fs::read(app.data_directory().join("hamgate.sqlite")).unwrap();
        let held = |needle: &str| file.windows(needle.len()).any(|at| at == needle.as_bytes());
        assert!(!held(code) && !held(&bare), "only hashes are kept");
    }
}

/// Typing the password again must not forgive wrong codes, or guessing them
/// would cost nothing.
#[test]
fn guessing_codes_is_slowed_down_whatever_the_password_does() {
    let app = TestApp::start_desk();
    app.add_moderator("mia", Role::Moderator, &["blog"]);
    enrol(&app.signed_in("mia"));
    let guess = || {
        let browser = half_way(&app, "mia");
        show(&browser, "000000")
    };
    let waits = (0..16).map(|_| guess()).find(|answer| answer.status == 429);
    let waits = waits.expect("never had to wait");
    assert!(waits.header("retry-after").parse::<u64>().unwrap() >= 1);
    assert!(
        waits.text.contains("name=\"code\""),
        "the form is still there"
    );
}

#[test]
fn half_way_ends_with_another_password_and_cannot_be_made_up() {
    let app = TestApp::start_desk();
    app.add_moderator("mia", Role::Moderator, &["blog"]);
    let here = app.signed_in("mia");
    let (codes, _) = enrol(&here);
    app.sql("UPDATE second_factors SET last_step = 0");
    let browser = half_way(&app, "mia");
    let value = browser.cookies.borrow()["hamgate-half"].clone();
    let later = value.replacen('-', "-1", 1);
    for made_up in [later.as_str(), "1-1-9999999999.x", ""] {
        browser
            .cookies
            .borrow_mut()
            .insert("hamgate-half".into(), made_up.into());
        let answer = show(&browser, &codes.generate(now()).to_string());
        let to_start = (answer.status, answer.header("location"));
        assert_eq!(to_start, (303, "/desk/sign-in"), "{made_up}");
    }
    browser
        .cookies
        .borrow_mut()
        .insert("hamgate-half".into(), value);
    let other = "kettle orbit maple thunder";
    here.get("/desk/account");
    let fields = [("present", PASSWORD), ("password", other)];
    assert_eq!(here.post("/desk/account/password", &fields).status, 303);
    let answer = show(&browser, &codes.generate(now()).to_string());
    assert_eq!(answer.header("location"), "/desk/sign-in");
    assert_eq!(browser.get("/desk").status, 303);
}

#[test]
fn a_link_to_a_new_password_does_not_pass_by_the_second_factor() {
    let app = TestApp::start_desk();
    app.add_moderator("mia", Role::Moderator, &["blog"]);
    enrol(&app.signed_in("mia"));
    let token = crate::harness::block_on(app.installation.reset_moderator("mia")).unwrap();
    let link = format!("/desk/welcome/{}", token.as_str());
    let browser = app.browser();
    browser.get(&link);
    let answer = browser.post(&link, &[("password", "kettle orbit maple thunder")]);
    assert!(answer.header("location").starts_with("/desk/sign-in/code"));
    assert_eq!(browser.get("/desk").status, 303);
}

#[test]
fn it_is_begun_and_ended_with_the_password_only() {
    let app = TestApp::start_desk();
    app.add_moderator("mia", Role::Moderator, &["blog"]);
    let here = app.signed_in("mia");
    here.get(PAGE);
    let wrong = here.post(PAGE, &[("do", "begin"), ("password", "not the password")]);
    assert_eq!(wrong.status, 422);
    assert!(!here.get(PAGE).text.contains("<svg"));
    assert_eq!(
        here.post(PAGE, &[("do", "confirm"), ("code", "1")]).status,
        412
    );
    enrol(&here);
    let second = here.post(PAGE, &[("do", "begin"), ("password", PASSWORD)]);
    assert_eq!(second.status, 412, "there is one already");
    let wrong = here.post(PAGE, &[("do", "end"), ("password", "not the password")]);
    assert_eq!(wrong.status, 422);
    assert_eq!(half_way(&app, "mia").get("/desk").status, 303);
    let ended = here.post(PAGE, &[("do", "end"), ("password", PASSWORD)]);
    assert_eq!(ended.status, 303);
    assert_eq!(app.signed_in("mia").get("/desk").status, 200);
    // Nothing of the first one is left.
    let (_, codes) = enrol(&here);
    assert_eq!(show(&half_way(&app, "mia"), &codes[0]).status, 303);
}

#[test]
fn whoever_runs_it_can_take_a_second_factor_away() {
    let app = TestApp::start_desk();
    app.add_moderator("mia", Role::Moderator, &["blog"]);
    enrol(&app.signed_in("mia"));
    crate::harness::block_on(app.installation.drop_second_factor("mia")).unwrap();
    assert_eq!(app.signed_in("mia").get("/desk").status, 200);
    let again = app.installation.drop_second_factor("mia");
    assert!(crate::harness::block_on(again).is_err());
}
