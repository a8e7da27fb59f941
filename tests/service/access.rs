//! Who gets what at every route, and `docs/access.md`, which is made of it.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use hamgate::http::{PUBLIC_ROUTES, openapi_json};
use serde_json::{Value, json};

use crate::desk_roles::TABLE;
use crate::harness::{TestApp, block_on, send, text};

/// Statuses without a key, with a wrong one, with another site's, with the
/// site's own; asked in this order.
const API: &[(&str, &str, [u16; 4])] = &[
    ("POST", "/v1/check", [401, 401, 200, 200]),
    ("POST", "/v1/check/stream", [401, 401, 200, 200]),
    ("POST", "/v1/feedback", [401, 401, 404, 200]),
    ("GET", "/v1/comments", [401, 401, 200, 200]),
    ("GET", "/v1/comments/{comment_id}", [401, 401, 404, 200]),
    (
        "POST",
        "/v1/comments/{comment_id}/decision",
        [401, 401, 404, 200],
    ),
    (
        "DELETE",
        "/v1/comments/{comment_id}/decision",
        [401, 401, 404, 200],
    ),
    ("GET", "/v1/stats", [401, 401, 200, 200]),
    ("GET", "/livez", [200, 200, 200, 200]),
    ("GET", "/readyz", [200, 200, 200, 200]),
    ("GET", "/version", [200, 200, 200, 200]),
    ("GET", "/metrics", [200, 200, 200, 200]),
    ("GET", "/openapi.json", [200, 200, 200, 200]),
    // For commenters: a key makes no difference.
    ("GET", "/privacy/{public_id}", [200, 200, 200, 200]),
    ("GET", "/appeal/{token}", [404, 404, 404, 404]),
    ("POST", "/appeal/{token}", [404, 404, 404, 404]),
    ("GET", "/public/{name}", [404, 404, 404, 404]),
];

/// Every route with a key, and those of the pages for commenters.
fn routes() -> BTreeSet<(String, String)> {
    let document: Value = serde_json::from_str(&openapi_json()).unwrap();
    let mut routes: BTreeSet<_> = PUBLIC_ROUTES
        .iter()
        .map(|(method, path)| ((*method).to_owned(), (*path).to_owned()))
        .collect();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for method in operations.as_object().unwrap().keys() {
            if ["get", "post", "put", "patch", "delete"].contains(&method.as_str()) {
                routes.insert((method.to_uppercase(), path.clone()));
            }
        }
    }
    routes
}

#[test]
fn every_route_of_the_api_has_its_row_and_keeps_to_it() {
    let listed: BTreeSet<_> = API
        .iter()
        .map(|(method, path, _)| ((*method).to_owned(), (*path).to_owned()))
        .collect();
    assert_eq!(
        listed,
        routes(),
        "a route without a row, or a row without a route"
    );

    let app = TestApp::start();
    let other = app.add_site("other");
    let id = text(&app.check_text("Mine alone.").ok()["comment_id"]);
    let public_id = block_on(app.installation.site("blog")).unwrap().public_id;
    let keys = ["", "hg_wrong", &other, &app.key];
    for (method, path, expected) in API {
        let address = path
            .replace("{comment_id}", &id)
            .replace("{public_id}", &public_id)
            .replace("{token}", "never-given")
            .replace("{name}", "none.css");
        let body = match *path {
            "/v1/feedback" => json!({"comment_id": id, "label": "spam"}),
            "/v1/comments/{comment_id}/decision" => json!({"decision": "accept"}),
            _ => json!({"content": "A text."}),
        };
        for (key, status) in keys.iter().zip(expected) {
            let mut request = app.request(method, &address);
            if !key.is_empty() {
                request = request.bearer_auth(key);
            }
            let request = match (*method, *path) {
                ("POST", "/appeal/{token}") => request.form(&[("message", "no spam")]),
                ("POST", _) => request.json(&body),
                _ => request,
            };
            let answer = send(request);
            assert_eq!(
                answer.status, *status,
                "{method} {path} with `{key}`: {answer:?}"
            );
            let foreign = *key == other && path.starts_with("/v1/comments");
            assert!(!foreign || !answer.text.contains(&id), "{method} {path}");
        }
    }
}

const START: &str = "\
# Who gets what

<!-- Made from the tables in tests/service by `cargo test`; change those, not this. -->

Every route, asked by everybody, with the status of the answer. The tests ask each of
them, and a route that is not in the tables fails them.

| status | means |
|---|---|
| 200 | it is answered |
| 303 | on to another page: to sign in, where nobody is signed in; else the form was taken |
| 401 | the key is missing or wrong |
| 403 | the role does not allow it |
| 404 | there is nothing: for whom it is not, what belongs to another site is not there |
| 412 | it was allowed, but somebody else had decided by then |
| 422 | it was allowed, but what the test filled in is refused |

## The moderators' desk

*Moderator elsewhere* moderates another site of the same installation, and asks for a
comment of this one. An admin sees every site.

";

fn document() -> String {
    let mut page = START.to_owned();
    page += "| route | nobody | viewer | moderator elsewhere | moderator | admin |\n";
    page += "|---|---|---|---|---|---|\n";
    for (method, path, statuses) in TABLE {
        page += &row(method, path, statuses);
    }
    page += "\n## The API, and pages for commenters\n\n\
         A signed-in moderator has no key: sessions are for the desk only, keys for the API \
         only. Akismet's\nprotocol has keys of its own; [akismet.md](akismet.md) tells what \
         each call needs.\n\n\
         | route | no key | a wrong key | another site's key | the site's key |\n\
         |---|---|---|---|---|\n";
    for (method, path, statuses) in API {
        page += &row(method, path, statuses);
    }
    page
}

fn row(method: &str, path: &str, statuses: &[u16]) -> String {
    let mut row = format!("| {method} `{path}` |");
    for status in statuses {
        let _ = write!(row, " {status} |");
    }
    row + "\n"
}

#[test]
fn the_table_of_access_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/access.md");
    let made = document();
    if std::env::var_os("HAMGATE_WRITE_DOCS").is_some() {
        fs::write(&path, &made).unwrap();
    }
    assert!(
        fs::read_to_string(&path).unwrap_or_default() == made,
        "docs/access.md is stale: run `HAMGATE_WRITE_DOCS=1 cargo test --test service access`"
    );
}

#[test]
fn a_session_of_the_desk_is_no_key_and_a_key_is_no_session() {
    let app = TestApp::start_desk();
    app.add_moderator("jo", hamgate::domain::Role::Admin, &[]);
    let jo = app.signed_in("jo");
    assert_eq!(jo.get("/v1/stats").status, 401);
    assert_eq!(jo.get("/v1/comments").status, 401);
    let keyed = app.browser();
    let request = keyed.request("GET", "/desk").bearer_auth(&app.key);
    assert_eq!(keyed.send(request).status, 303);
}
