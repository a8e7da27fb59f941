//! Into the desk and out of it: links, passwords, sessions, attempts, forgery.

use hamgate::domain::Role;

use crate::harness::{Answer, Browser, HONEST, PASSWORD, TestApp, hidden, send};

const OTHER: &str = "kettle orbit maple thunder";

fn location(answer: &Answer) -> &str {
    assert_eq!(answer.status, 303, "{answer:?}");
    answer.header("location")
}

#[test]
fn a_one_time_link_sets_a_password_once() {
    let app = TestApp::start_desk();
    let link = app.invite("Mia", Role::Moderator, &["blog"]);
    let browser = app.browser();
    for _ in 0..2 {
        let page = browser.get(&link);
        assert_eq!(page.status, 200, "looking does not use it up");
        assert!(page.text.contains("Mia"));
    }
    for bad in ["short", "passwordpassword", "111111111111111"] {
        let answer = browser.post(&link, &[("password", bad)]);
        assert_eq!(answer.status, 422, "{bad}");
        assert!(answer.text.contains("role=\"alert\""));
    }
    assert_eq!(
        location(&browser.post(&link, &[("password", PASSWORD)])),
        "/desk"
    );
    assert_eq!(browser.get("/desk").status, 200, "signed in by it");
    let again = app.browser();
    again.get("/desk/sign-in");
    assert_eq!(again.get(&link).status, 404);
    assert_eq!(again.post(&link, &[("password", OTHER)]).status, 404);
    assert_eq!(again.sign_in("mia", OTHER).status, 422);
    assert_eq!(
        location(&again.sign_in(" MIA ", PASSWORD)),
        "/desk",
        "in any case of letters"
    );
}

#[test]
fn a_link_ends_with_its_time_and_with_the_next_one() {
    let app = TestApp::start_desk();
    let link = app.invite("mia", Role::Viewer, &["blog"]);
    app.sql("UPDATE one_time_links SET ends_at = 1");
    let browser = app.browser();
    browser.get("/desk/sign-in");
    assert_eq!(browser.get(&link).status, 404);
    assert_eq!(browser.post(&link, &[("password", PASSWORD)]).status, 404);
    let reset = || {
        let token = crate::harness::block_on(app.installation.reset_moderator("mia")).unwrap();
        format!("/desk/welcome/{}", token.as_str())
    };
    let (first, second) = (reset(), reset());
    assert_eq!(browser.get(&first).status, 404);
    assert_eq!(browser.get(&second).status, 200);
}

#[test]
fn a_wrong_name_and_a_wrong_password_look_the_same() {
    let app = TestApp::start_desk();
    app.add_moderator("mia", Role::Moderator, &["blog"]);
    app.invite("new", Role::Moderator, &["blog"]);
    let told: Vec<String> = ["mia", "new", "nobody"]
        .into_iter()
        .map(|name| {
            let answer = app.browser().sign_in(name, OTHER);
            assert_eq!(answer.status, 422);
            let token = hidden(&answer.text, "token").unwrap();
            answer
                .text
                .replace(&token, "T")
                .replace(&format!("value=\"{name}\""), "")
        })
        .collect();
    assert!(told[0].contains("The name or the password is wrong."));
    assert_eq!(told[0], told[1]);
    assert_eq!(told[0], told[2]);
}

/// Signs in with a wrong password until that has to wait. Waits double, so it
/// comes to that on a slow machine, too.
fn until_it_waits(browser: &Browser, name: &str) -> Answer {
    for _ in 0..14 {
        let answer = browser.sign_in(name, OTHER);
        if answer.status != 422 {
            return answer;
        }
    }
    panic!("never had to wait");
}

#[test]
fn attempts_are_slowed_down_and_a_known_device_is_not() {
    let app = TestApp::start_desk();
    app.add_moderator("mia", Role::Moderator, &["blog"]);
    let known = app.signed_in("mia");
    known.post("/desk/sign-out", &[]);
    let stranger = app.browser();
    // A name that does not exist is slowed down alike.
    for name in ["mia", "nobody"] {
        let waits = until_it_waits(&stranger, name);
        assert_eq!(waits.status, 429, "{name}");
        assert!(waits.header("retry-after").parse::<u64>().unwrap() >= 1);
        assert!(waits.text.contains("<form"), "the form is still there");
    }
    assert_eq!(location(&known.sign_in("mia", PASSWORD)), "/desk");
}

#[test]
fn a_session_is_new_at_sign_in_and_dead_after_sign_out() {
    let app = TestApp::start_desk();
    app.add_moderator("mia", Role::Moderator, &["blog"]);
    let browser = app.browser();
    browser
        .cookies
        .borrow_mut()
        .insert("hamgate".into(), "fixed-by-somebody-else".into());
    assert_eq!(location(&browser.sign_in("mia", PASSWORD)), "/desk");
    let first = browser.session();
    assert_ne!(first, "fixed-by-somebody-else");
    assert_eq!(first.len(), 52, "256 bits");
    browser.get("/desk/account");
    let out = browser.post("/desk/sign-out", &[]);
    assert_eq!(location(&out), "/desk/sign-in");
    assert!(out.header("clear-site-data").contains("storage"));
    browser
        .cookies
        .borrow_mut()
        .insert("hamgate".into(), first.clone());
    assert!(
        location(&browser.get("/desk/account")).starts_with("/desk/sign-in?next=%2Fdesk%2Faccount")
    );
    browser.sign_in("mia", PASSWORD);
    assert_ne!(browser.session(), first);
}

#[test]
fn cookies_say_what_they_must() {
    let app = TestApp::start_desk();
    app.add_moderator("mia", Role::Moderator, &["blog"]);
    let browser = app.browser();
    let mut set = vec![browser.get("/desk/sign-in")];
    set.push(browser.post("/desk/sign-in", &[("name", "mia"), ("password", PASSWORD)]));
    let cookies: Vec<&str> = set
        .iter()
        .flat_map(|answer| answer.headers.get_all("set-cookie"))
        .map(|cookie| cookie.to_str().unwrap())
        .collect();
    assert_eq!(cookies.len(), 4, "{cookies:?}");
    for cookie in cookies {
        for part in ["; Path=/", "; HttpOnly", "; SameSite=Lax"] {
            assert!(cookie.contains(part), "{cookie}");
        }
    }
}

#[test]
fn behind_tls_cookies_are_for_tls_and_this_host_only() {
    let app = TestApp::start_with(
        |config| config.public_url = "https://desk.example".into(),
        |_| {},
    );
    let browser = app.browser();
    let request = browser
        .request("GET", "/desk/sign-in")
        .header("host", "desk.example");
    let answer = browser.send(request);
    assert_eq!(answer.status, 200);
    let cookie = answer.header("set-cookie");
    assert!(
        cookie.starts_with("__Host-hamgate-form=") && cookie.contains("; Secure"),
        "{cookie}"
    );
    assert!(
        answer
            .header("strict-transport-security")
            .contains("max-age=63072000")
    );
    let elsewhere = browser
        .request("GET", "/desk/sign-in")
        .header("host", "evil.example");
    assert_eq!(browser.send(elsewhere).status, 421);
}

#[test]
fn sessions_end_by_time_by_hand_and_everywhere() {
    let app = TestApp::start_desk();
    app.add_moderator("mia", Role::Moderator, &["blog"]);
    let (one, two, three) = (
        app.signed_in("mia"),
        app.signed_in("mia"),
        app.signed_in("mia"),
    );
    let page = three.get("/desk/account").text;
    assert_eq!(
        page.matches("Sign out there").count() / 2,
        2,
        "label and text"
    );
    let others = page.split("/desk/account/sessions/").skip(1);
    let others: Vec<&str> = others.map(|rest| rest.split('/').next().unwrap()).collect();
    let oldest = others
        .iter()
        .filter_map(|id| id.parse::<i64>().ok())
        .min()
        .unwrap();
    let ended = three.post(&format!("/desk/account/sessions/{oldest}/end"), &[]);
    assert_eq!(location(&ended), "/desk/account");
    assert_eq!(one.get("/desk").status, 303);
    assert_eq!(two.get("/desk").status, 200);

    // Idle for 12 hours and a minute.
    app.sql("UPDATE sessions SET seen_at = seen_at - 43260000000, created_at = created_at - 43260000000");
    assert_eq!(two.get("/desk").status, 303);
    let two = app.signed_in("mia");
    // Used until now, but opened 30 days ago.
    app.sql("UPDATE sessions SET created_at = created_at - 2592060000000");
    assert_eq!(two.get("/desk").status, 303);

    let (one, two) = (app.signed_in("mia"), app.signed_in("mia"));
    assert_eq!(
        location(&two.post("/desk/account/sessions/end", &[])),
        "/desk/sign-in"
    );
    assert_eq!(
        (one.get("/desk").status, two.get("/desk").status),
        (303, 303)
    );
}

#[test]
fn nobody_ends_the_session_of_somebody_else() {
    let app = TestApp::start_desk();
    app.add_moderator("mia", Role::Moderator, &["blog"]);
    app.add_moderator("eve", Role::Admin, &[]);
    let mia = app.signed_in("mia");
    let eve = app.signed_in("eve");
    for id in ["1", "999", "x"] {
        let answer = eve.post(&format!("/desk/account/sessions/{id}/end"), &[]);
        assert_eq!(answer.status, 404, "{id}");
    }
    assert_eq!(mia.get("/desk").status, 200);
}

#[test]
fn a_new_password_ends_every_other_session() {
    let app = TestApp::start_desk();
    app.add_moderator("mia", Role::Moderator, &["blog"]);
    let (here, there) = (app.signed_in("mia"), app.signed_in("mia"));
    let change = |present: &str, new: &str| {
        let fields = [("present", present), ("password", new)];
        here.post("/desk/account/password", &fields)
    };
    assert_eq!(
        change(OTHER, OTHER).status,
        422,
        "the present one is needed"
    );
    assert_eq!(change(PASSWORD, "mia").status, 422);
    assert_eq!(there.get("/desk").status, 200);
    let before = here.session();
    assert_eq!(location(&change(PASSWORD, OTHER)), "/desk/account?changed");
    assert_ne!(here.session(), before);
    assert_eq!(here.get("/desk").status, 200);
    assert_eq!(there.get("/desk").status, 303);
    assert_eq!(app.browser().sign_in("mia", PASSWORD).status, 422);
}

#[test]
fn a_removed_or_reset_moderator_is_out_at_once() {
    let app = TestApp::start_desk();
    for name in ["mia", "jo"] {
        app.add_moderator(name, Role::Moderator, &["blog"]);
    }
    let (mia, jo) = (app.signed_in("mia"), app.signed_in("jo"));
    crate::harness::block_on(app.installation.remove_moderator("mia")).unwrap();
    crate::harness::block_on(app.installation.reset_moderator("jo")).unwrap();
    assert_eq!(
        (mia.get("/desk").status, jo.get("/desk").status),
        (303, 303)
    );
    for name in ["mia", "jo"] {
        assert_eq!(app.browser().sign_in(name, PASSWORD).status, 422);
    }
}

#[test]
fn forged_forms_are_refused() {
    let app = TestApp::start_desk();
    app.add_moderator("mia", Role::Moderator, &["blog"]);
    let mia = app.signed_in("mia");
    let token = mia.token.borrow().clone();
    let ours = format!("http://{}", app.address);
    let post = |site: Option<&str>, origin: Option<&str>, token: &str| {
        let mut request = mia
            .request("POST", "/desk/account/sessions/999/end")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(format!("token={token}"));
        for (name, value) in [("sec-fetch-site", site), ("origin", origin)] {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        mia.send(request).status
    };
    // Passed the gate: there is no such session.
    for (site, origin) in [
        (Some("same-origin"), Some("null")),
        (Some("same-origin"), Some(ours.as_str())),
        (Some("same-origin"), None),
        (None, Some(ours.as_str())),
        (None, None),
    ] {
        assert_eq!(post(site, origin, &token), 404, "{site:?} {origin:?}");
        assert_eq!(post(site, origin, ""), 403, "without a token");
        assert_eq!(
            post(site, origin, &token.to_uppercase().replace('A', "B")),
            403
        );
    }
    for (site, origin) in [
        (Some("cross-site"), Some("null")),
        (Some("cross-site"), Some(ours.as_str())),
        (Some("same-site"), Some(ours.as_str())),
        (Some("none"), None),
        (Some("same-origin"), Some("https://evil.example")),
        (None, Some("https://evil.example")),
        (None, Some("http://127.0.0.1:1")),
    ] {
        assert_eq!(post(site, origin, &token), 403, "{site:?} {origin:?}");
    }
    // Another browser's token is none of ours.
    let other = app.signed_in("mia");
    let theirs = other.token.borrow().clone();
    assert_eq!(post(Some("same-origin"), None, &theirs), 403);
    // Other methods are refused before any handler.
    for method in ["PUT", "PATCH", "DELETE", "OPTIONS"] {
        let status = mia.send(mia.request(method, "/desk/account")).status;
        assert!([403, 415].contains(&status), "{method}: {status}");
    }
    let json = mia
        .request("POST", "/desk/sign-out")
        .header("content-type", "application/json");
    assert_eq!(mia.send(json.body("{}")).status, 415);
    assert_eq!(mia.get("/desk").status, 200, "still signed in");
}

#[test]
fn a_cookie_opens_no_api_and_a_key_no_desk() {
    let app = TestApp::start_desk();
    app.add_moderator("mia", Role::Admin, &[]);
    app.check_text(HONEST).ok();
    let mia = app.signed_in("mia");
    mia.send(mia.request("GET", "/v1/stats"))
        .problem(401, "unauthorized");
    let answer = send(app.asks("GET", "/desk/assets/none"));
    assert_eq!(answer.status, 404);
    let keyed = app.browser();
    let request = keyed.request("GET", "/desk").bearer_auth(&app.key);
    assert_eq!(keyed.send(request).status, 303);
}
