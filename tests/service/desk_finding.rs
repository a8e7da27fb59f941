//! Finding at the desk: search, filters, saved ones, campaigns.

use hamgate::domain::Role;
use serde_json::json;

use crate::desk_queue::held;
use crate::harness::{TestApp, hidden, text};

fn start() -> TestApp {
    let app = TestApp::start_desk();
    app.add_moderator("jo", Role::Moderator, &["blog"]);
    app
}

/// A comment with that text that is held; its id.
fn held_text(app: &TestApp, own_id: &str, content: &str) -> String {
    let answer = app.check(&json!({
        "id": own_id,
        "author": {"name": format!("Mia {own_id}"), "email": format!("{own_id}@mail.example"),
            "url": "http://loans.example"},
        "content": content,
    }));
    let answer = answer.ok();
    assert_eq!(answer["verdict"], "hold", "{content}: {answer}");
    text(&answer["comment_id"])
}

/// The ids of a page's cards, in order.
fn cards(page: &str) -> Vec<String> {
    let cards = page.split("<article class=\"card\" id=\"c-").skip(1);
    cards.map(|card| card[..36].to_owned()).collect()
}

const LOANS: &str = "Great post! I wrote about loans, too.";
const KITCHEN: &str = "Great post! I wrote about kitchens, too.";

#[test]
fn a_search_and_its_filters_narrow_the_queue_and_are_taken_away_again() {
    let app = start();
    let loans = held_text(&app, "1", LOANS);
    let kitchen = held_text(&app, "2", KITCHEN);
    let jo = app.signed_in("jo");
    let find = |query: &str| jo.get(&format!("/desk?site=blog&{query}")).text;
    assert_eq!(cards(&find("q=kitchen")), [kitchen.as_str()]);
    assert_eq!(cards(&find("q=KITCHENS+wrote")), [kitchen.as_str()]);
    assert_eq!(cards(&find("q=1%40mail.example")), [loans.as_str()]);
    assert_eq!(cards(&find("q=garden")), Vec::<String>::new());
    assert!(find("q=garden").contains("Nothing found."));
    assert!(find("q=%F0%9F%91%8D").contains("no letter or digit"));
    assert_eq!(cards(&find("link=yes")), Vec::<String>::new());
    assert_eq!(
        cards(&find("link=no&order=oldest")),
        [loans.as_str(), kitchen.as_str()]
    );
    assert_eq!(cards(&find("from=99")), Vec::<String>::new());
    assert_eq!(
        cards(&find("since=2000-01-01&until=2000-01-02")),
        Vec::<String>::new()
    );
    assert_eq!(
        cards(&find("since=2020-01-01&author=new&q=kitchens")),
        [kitchen.as_str()]
    );

    // Each filter that is set has a link to the page without it.
    let page = find("q=kitchen&link=no&author=new");
    for rest in [
        "/desk?site=blog&#38;link=no&#38;author=new\"",
        "/desk?site=blog&#38;q=kitchen&#38;author=new\"",
        "/desk?site=blog&#38;q=kitchen&#38;link=no\"",
        "/desk?site=blog\"",
    ] {
        assert!(
            page.contains(&format!("href=\"{rest}")),
            "{rest} is not in {page}"
        );
    }
    assert!(page.contains("Without a link") && page.contains("New author"));
    // A decision comes back to what was found.
    assert_eq!(
        hidden(&page, "back").unwrap(),
        "site=blog&q=kitchen&link=no&author=new"
    );
}

#[test]
fn what_waits_can_be_chosen_by_its_reasons_and_languages() {
    let app = start();
    held(&app, "1");
    let jo = app.signed_in("jo");
    let page = jo.get("/desk?site=blog").text;
    let options = page.split("<option value=\"").skip(1);
    let reasons: Vec<&str> = options
        .filter_map(|option| option.split('"').next())
        .filter(|value| value.contains('/'))
        .collect();
    assert!(!reasons.is_empty(), "no rule among the reasons: {page}");
    for reason in reasons {
        let query = format!("/desk?site=blog&reason={}", reason.replace('/', "%2F"));
        assert_eq!(cards(&jo.get(&query).text).len(), 1, "{reason}");
    }
    assert_eq!(cards(&jo.get("/desk?site=blog&reason=never").text).len(), 0);
    let told = cards(&jo.get("/desk?site=blog&lang=eng").text).len();
    let untold = cards(&jo.get("/desk?site=blog&lang=und").text).len();
    assert_eq!(told + untold, 1);
    assert_eq!(cards(&jo.get("/desk?site=blog&lang=jpn").text).len(), 0);
}

#[test]
fn what_teaches_most_is_an_order_of_the_queue_only() {
    let app = start();
    held_text(&app, "1", LOANS);
    held_text(&app, "2", KITCHEN);
    let jo = app.signed_in("jo");
    let queue = jo.get("/desk?site=blog&order=lesson");
    assert_eq!(cards(&queue.text).len(), 2);
    assert!(queue.text.contains("Teaches most"));
    let accepted = jo.get("/desk?site=blog&view=accepted&order=lesson");
    assert_eq!(accepted.status, 200);
    assert!(!accepted.text.contains("Teaches most"));
}

#[test]
fn everything_can_be_looked_through_whatever_became_of_it() {
    let app = start();
    let decided = held_text(&app, "1", LOANS);
    app.decide(&decided, &json!({"decision": "reject"}));
    let waiting = held_text(&app, "2", "Great post! I wrote about loans again.");
    let jo = app.signed_in("jo");
    let all = jo.get("/desk?site=blog&view=all&q=loans").text;
    assert_eq!(cards(&all), [waiting, decided]);
}

#[test]
fn a_filter_is_kept_under_a_name_by_whoever_saved_it() {
    let app = start();
    app.add_moderator("eve", Role::Viewer, &["blog"]);
    let jo = app.signed_in("jo");
    let save = |name: &str| {
        let fields = [
            ("name", name),
            ("back", "site=blog&order=oldest&q=loans&after=x"),
        ];
        jo.post("/desk/filters", &fields)
    };
    let answer = save(" Loans <b> ");
    assert_eq!(answer.status, 303);
    assert_eq!(
        answer.header("location"),
        "/desk?site=blog&order=oldest&q=loans"
    );
    let page = jo.get("/desk?site=blog").text;
    assert!(page.contains("href=\"/desk?site=blog&#38;order=oldest&#38;q=loans\""));
    assert!(page.contains("Loans &#60;b&#62;") && !page.contains("Loans <b>"));
    assert_eq!(save("").status, 422);
    assert_eq!(save(&"x".repeat(61)).status, 422);

    let eve = app.signed_in("eve");
    assert!(!eve.get("/desk?site=blog").text.contains("Loans"));
    let remove = [("name", "Loans <b>"), ("back", "site=blog")];
    assert_eq!(eve.post("/desk/filters/remove", &remove).status, 303);
    assert!(
        jo.get("/desk?site=blog").text.contains("Loans"),
        "another's"
    );
    assert_eq!(jo.post("/desk/filters/remove", &remove).status, 303);
    assert!(!jo.get("/desk?site=blog").text.contains("Loans"));
}

#[test]
fn copies_are_a_campaign_that_leads_to_what_waits_of_it() {
    let app = start();
    let copied = "I have read this article twice now and still think that my online loans \
                  are the best that anybody can get in the whole town today";
    let mut ids = Vec::new();
    for own_id in ["1", "2", "3"] {
        ids.push(held_text(&app, own_id, copied));
    }
    held_text(&app, "4", LOANS);
    app.decide(&ids[0], &json!({"decision": "reject", "learn": false}));
    let jo = app.signed_in("jo");
    let page = jo.get("/desk/campaigns?site=blog").text;
    assert_eq!(page.matches("<li>\n<h2>").count(), 1, "{page}");
    for part in ["3 comments", "2 wait", "1 rejected", "The 2 that wait"] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let (_, rest) = page
        .split_once("href=\"/desk?site=blog&#38;campaign=")
        .unwrap();
    let number = rest.split('"').next().unwrap();
    let queue = jo.get(&format!("/desk?site=blog&campaign={number}")).text;
    assert_eq!(cards(&queue), [ids[2].as_str(), ids[1].as_str()]);
    assert!(queue.contains("One campaign"));

    app.add_site("other");
    app.add_moderator("sam", Role::Moderator, &["other"]);
    let sam = app.signed_in("sam");
    assert_eq!(sam.get("/desk/campaigns?site=blog").status, 404);
    let other = sam.get(&format!("/desk?site=other&campaign={number}")).text;
    assert_eq!(cards(&other).len(), 0);
    assert!(sam.get("/desk/campaigns").text.contains("No two comments"));
}

#[test]
fn what_is_typed_into_the_search_is_text_everywhere() {
    let app = start();
    held(&app, "1");
    let jo = app.signed_in("jo");
    let attack = "%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E%E2%80%AE";
    for name in ["q", "lang", "reason", "from", "since", "campaign", "link"] {
        let page = jo.get(&format!("/desk?site=blog&{name}={attack}"));
        assert_eq!(page.status, 200, "{name}");
        assert!(!page.text.contains("<script>"), "{name}");
    }
    for typed in [
        "%22", "%00", "*", "a+AND+(", "NEAR(", "text%3A", "-x", "%22%22", "a%22b",
    ] {
        assert_eq!(
            jo.get(&format!("/desk?site=blog&q={typed}")).status,
            200,
            "{typed}"
        );
        assert_eq!(app.comments(&format!("q={typed}")).status, 200, "{typed}");
    }
}
