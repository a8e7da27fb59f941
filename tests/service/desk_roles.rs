//! Who may do what at the desk: one row for every route there is.

use hamgate::domain::Role;
use hamgate::http::DESK_ROUTES;

use crate::harness::{Browser, TestApp, hidden};

/// Statuses for nobody, a viewer, a moderator of another site, a moderator, an
/// admin; asked in this order.
const TABLE: &[(&str, &str, [u16; 5])] = &[
    ("GET", "/desk", [303, 200, 200, 200, 200]),
    ("GET", "/desk/sign-in", [200, 303, 303, 303, 303]),
    ("POST", "/desk/sign-in", [422, 422, 422, 422, 422]),
    ("GET", "/desk/sign-in/code", [303, 303, 303, 303, 303]),
    ("POST", "/desk/sign-in/code", [303, 303, 303, 303, 303]),
    ("GET", "/desk/welcome/{token}", [404, 404, 404, 404, 404]),
    ("POST", "/desk/welcome/{token}", [404, 404, 404, 404, 404]),
    ("POST", "/desk/sign-out", [303, 303, 303, 303, 303]),
    ("POST", "/desk/language", [303, 303, 303, 303, 303]),
    (
        "GET",
        "/desk/comments/{comment_id}",
        [303, 200, 404, 200, 200],
    ),
    // The admin comes after the moderator has decided.
    (
        "POST",
        "/desk/comments/{comment_id}/decision",
        [303, 403, 404, 303, 412],
    ),
    (
        "POST",
        "/desk/comments/{comment_id}/undo",
        [303, 403, 404, 412, 412],
    ),
    (
        "GET",
        "/desk/comments/{comment_id}/alike",
        [303, 403, 404, 200, 200],
    ),
    // What is to be trusted is missing.
    (
        "POST",
        "/desk/comments/{comment_id}/trust",
        [303, 403, 422, 422, 422],
    ),
    // It was held, so it is in no audit.
    (
        "POST",
        "/desk/comments/{comment_id}/audit",
        [303, 403, 404, 412, 412],
    ),
    // No comment is chosen.
    ("POST", "/desk/bulk", [303, 403, 422, 422, 422]),
    ("POST", "/desk/bulk/decisions", [303, 403, 422, 422, 422]),
    ("POST", "/desk/bulk/{bulk}/undo", [303, 403, 404, 404, 404]),
    ("GET", "/desk/audit", [303, 403, 200, 200, 200]),
    ("GET", "/desk/trust", [303, 403, 200, 200, 200]),
    (
        "POST",
        "/desk/trust/{entry}/remove",
        [303, 403, 404, 404, 404],
    ),
    ("GET", "/desk/account", [303, 200, 200, 200, 200]),
    ("POST", "/desk/account/password", [303, 422, 422, 422, 422]),
    (
        "GET",
        "/desk/account/second-factor",
        [303, 200, 200, 200, 200],
    ),
    (
        "POST",
        "/desk/account/second-factor",
        [303, 422, 422, 422, 422],
    ),
    (
        "POST",
        "/desk/account/sessions/end",
        [303, 303, 303, 303, 303],
    ),
    (
        "POST",
        "/desk/account/sessions/{session}/end",
        [303, 404, 404, 404, 404],
    ),
    ("GET", "/desk/sites", [303, 403, 403, 403, 200]),
    ("POST", "/desk/sites", [303, 403, 403, 403, 422]),
    ("GET", "/desk/sites/{site}", [303, 403, 403, 403, 200]),
    ("POST", "/desk/sites/{site}", [303, 403, 403, 403, 422]),
    ("POST", "/desk/sites/{site}/keys", [303, 403, 403, 403, 422]),
    (
        "POST",
        "/desk/sites/{site}/webhooks",
        [303, 403, 403, 403, 422],
    ),
    (
        "POST",
        "/desk/sites/{site}/webhooks/{webhook}",
        [303, 403, 403, 403, 422],
    ),
    (
        "GET",
        "/desk/sites/{site}/deliveries",
        [303, 403, 403, 403, 200],
    ),
    (
        "POST",
        "/desk/sites/{site}/deliveries",
        [303, 403, 403, 403, 422],
    ),
    ("GET", "/desk/rules", [303, 403, 403, 403, 200]),
    (
        "GET",
        "/desk/rules/{family}/{rule}",
        [303, 403, 403, 403, 200],
    ),
    (
        "POST",
        "/desk/rules/{family}/{rule}",
        [303, 403, 403, 403, 422],
    ),
    ("GET", "/desk/people", [303, 403, 403, 403, 200]),
    ("POST", "/desk/people", [303, 403, 403, 403, 422]),
    ("GET", "/desk/people/{person}", [303, 403, 403, 403, 200]),
    ("POST", "/desk/people/{person}", [303, 403, 403, 403, 422]),
    ("GET", "/desk/assets/{name}", [404, 404, 404, 404, 404]),
];

const PEOPLE: [&str; 5] = ["", "viewer", "stranger", "moderator", "admin"];

fn arrives(app: &TestApp, name: &str) -> Browser {
    match name {
        "" => {
            let browser = app.browser();
            browser.get("/desk/sign-in");
            browser
        }
        name => app.signed_in(name),
    }
}

#[test]
fn every_route_has_its_row_and_keeps_to_it() {
    let listed: Vec<(&str, &str)> = TABLE
        .iter()
        .map(|(method, path, _)| (*method, *path))
        .collect();
    assert_eq!(
        listed, DESK_ROUTES,
        "a route without a row, or a row without a route"
    );

    let app = TestApp::start_desk();
    app.add_site("other");
    app.add_moderator("viewer", Role::Viewer, &["blog"]);
    app.add_moderator("stranger", Role::Moderator, &["other"]);
    app.add_moderator("moderator", Role::Moderator, &["blog"]);
    app.add_moderator("admin", Role::Admin, &[]);
    let id = crate::desk_queue::held(&app, "1");
    let mut browsers = PEOPLE.map(|name| arrives(&app, name));
    let page = browsers[3].get(&format!("/desk/comments/{id}"));
    let version = hidden(&page.text, "version").unwrap();

    for (method, path, expected) in TABLE {
        let address = path
            .replace("{comment_id}", &id)
            .replace("{session}", "999")
            .replace("{bulk}", "019ab3a4-7b1c-7e55-8f7e-0c4c8a5f2f10")
            .replace("{entry}", "019ab3a4-7b1c-7e55-8f7e-0c4c8a5f2f10")
            .replace("{site}", "1")
            .replace("{webhook}", "019ab3a4-7b1c-7e55-8f7e-0c4c8a5f2f10")
            .replace("{family}/{rule}", "links/only")
            .replace("{person}", "1")
            .replace("{token}", "never-made")
            .replace("{name}", "none.css");
        for (place, status) in expected.iter().enumerate() {
            let browser = &browsers[place];
            let answer = match *method {
                "GET" => browser.get(&address),
                _ => browser.post(
                    &address,
                    &[
                        ("do", "accept"),
                        ("version", &version),
                        ("language", "en"),
                        ("decision", "019ab3a4-7b1c-7e55-8f7e-0c4c8a5f2f10"),
                        ("name", PEOPLE[place]),
                        ("site", "1"),
                        ("present", "not the present one"),
                        ("password", "thunder maple orbit kettle"),
                    ],
                ),
            };
            let who = PEOPLE[place];
            assert_eq!(
                answer.status, *status,
                "{method} {path} as `{who}`: {answer:?}"
            );
            let policy = answer.header("content-security-policy");
            assert!(
                policy.contains("default-src 'none'") && !policy.contains("unsafe"),
                "{path}"
            );
            assert!(policy.contains("frame-ancestors 'none'"), "{path}");
            for (name, value) in [
                ("x-content-type-options", "nosniff"),
                ("referrer-policy", "no-referrer"),
                ("cache-control", "no-store"),
                ("cross-origin-opener-policy", "same-origin"),
                ("cross-origin-resource-policy", "same-origin"),
            ] {
                assert_eq!(answer.header(name), value, "{method} {path}: {name}");
            }
            if *status >= 400 {
                assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
            }
            if *status == 200 || *status >= 400 {
                assert!(
                    policy.contains("script-src 'self'") && policy.contains("trusted-types 'none'")
                );
                assert!(
                    policy.contains("form-action 'self'") && policy.contains("base-uri 'none'")
                );
            }
            let signs_out = path.ends_with("/sign-out") || path.ends_with("/sessions/end");
            if signs_out && place > 0 {
                assert_eq!(browsers[place].get("/desk").status, 303);
                browsers[place] = arrives(&app, PEOPLE[place]);
            }
        }
    }
    assert_eq!(app.comment(&id).ok()["decision"]["by"], "moderator");
}

#[test]
fn a_viewer_gets_no_buttons_and_another_sites_moderator_sees_nothing_of_it() {
    let app = TestApp::start_desk();
    app.add_site("other");
    app.add_moderator("viewer", Role::Viewer, &["blog"]);
    app.add_moderator("stranger", Role::Moderator, &["other"]);
    let id = crate::desk_queue::held(&app, "1");
    let viewer = app.signed_in("viewer").get("/desk");
    assert!(viewer.text.contains(&id) && !viewer.text.contains("name=\"do\""));
    let stranger = app.signed_in("stranger");
    let ask = |path: &str| stranger.get(path).without_request_id();
    assert!(!ask("/desk").contains(&id) && !ask("/desk").contains("blog"));
    assert_eq!(stranger.get("/desk?site=blog").status, 404);
    assert_eq!(ask("/desk?site=blog"), ask("/desk?site=nowhere"));
    let absent = "/desk/comments/019ab3a4-7b1c-7e55-8f7e-0c4c8a5f2f10";
    assert_eq!(ask(&format!("/desk/comments/{id}")), ask(absent));
    assert!(
        !ask(&format!("/desk?done={id}")).contains("Undo</button>\n</form>\n<p id=\"live\" data")
    );
    assert!(!ask(&format!("/desk?done={id}")).contains(&format!("{id}/undo")));
}

#[test]
fn assets_are_found_by_their_hash_and_kept_for_ever() {
    let app = TestApp::start_desk();
    let browser = app.browser();
    let page = browser.get("/desk/sign-in").text;
    let mut found = 0;
    for part in page.split("/desk/assets/").skip(1) {
        let name = part.split('"').next().unwrap();
        let answer = browser.get(&format!("/desk/assets/{name}"));
        assert_eq!(answer.status, 200, "{name}");
        assert!(answer.header("cache-control").contains("immutable"));
        found += 1;
    }
    assert!(found >= 3);
    for forbidden in [
        "http://",
        "https://",
        "style=\"",
        "<style",
        " onclick",
        "javascript:",
    ] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
}
