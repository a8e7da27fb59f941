//! `sites`: keys are shown once.

use serde_json::Value;

use crate::binary::{hamgate, runs};

#[test]
fn sites_add_prints_both_keys_once() {
    let data = tempfile::tempdir().unwrap();
    let sites = ["sites", "--data", data.path().to_str().unwrap()];
    let add = |more: &[&str]| runs(&[&sites[..], &["add", "--json"], more].concat());
    let added = add(&["bread", "--url", "https://bread.example"]);
    let added: Value = serde_json::from_str(&added).unwrap();
    assert_eq!(added.as_object().unwrap().len(), 3, "{added}");
    assert_eq!(added["site"], "bread");
    let (api, akismet) = (
        added["api_key"].as_str().unwrap(),
        added["akismet_key"].as_str().unwrap(),
    );
    let base32 = |c: char| matches!(c, 'a'..='z' | '2'..='7');
    assert!(
        api.len() == 35
            && api
                .strip_prefix("hg_")
                .is_some_and(|rest| rest.chars().all(base32))
    );
    assert!(akismet.len() == 12 && akismet.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let moved = ["moved", "--url", "https://m.example", "--akismet-key"];
    let moved = add(&[&moved[..], &["0123456789ab"]].concat());
    assert!(moved.contains("0123456789ab"));

    let list = runs(&[&sites[..], &["list", "--json"]].concat());
    assert!(list.contains("bread") && list.contains("moved"));
    assert!(!list.contains(api) && !list.contains(akismet));
    let again = [&sites[..], &["add", "bread", "--url", "https://b.example"]].concat();
    assert_eq!(hamgate(&again).output().unwrap().status.code(), Some(1));
}

#[test]
fn settings_of_a_site_are_set_and_shown() {
    let data = tempfile::tempdir().unwrap();
    let home = data.path().to_str().unwrap();
    fn of<'a>(home: &'a str, arguments: &[&'a str]) -> Vec<&'a str> {
        [&["sites", "--data", home][..], arguments].concat()
    }
    runs(&of(
        home,
        &["add", "bread", "--url", "https://bread.example"],
    ));
    let settings = |arguments: &[&str]| {
        let shown: Value = serde_json::from_str(&runs(&of(home, arguments))).unwrap();
        shown["settings"].clone()
    };
    assert_eq!(settings(&["show", "bread", "--json"])["hold"], "ask");
    let set = settings(&["set", "bread", "--hold", "second-look", "--json"]);
    assert_eq!(set["hold"], "second-look");
    assert_eq!(settings(&["show", "bread", "--json"]), set);
    assert!(runs(&of(home, &["show", "bread"])).contains("second-look"));
    let budget = [
        "--max-ham-rejected",
        "0.0005",
        "--max-spam-accepted",
        "0.05",
    ];
    let own = settings(&[&["set", "bread", "--json", "--reject", "off"], &budget[..]].concat());
    assert_eq!(
        (&own["max_ham_rejected"], &own["reject"]),
        (&0.0005.into(), &false.into())
    );
    let default = [
        "set",
        "bread",
        "--json",
        "--max-ham-rejected",
        "default",
        "--max-spam-accepted",
        "default",
        "--reject",
        "default",
    ];
    assert_eq!(settings(&default), set);

    let weighed = [
        "set",
        "bread",
        "--json",
        "--rule",
        "links/flood=-2.5",
        "--rule",
        "links/only=off",
    ];
    let rules = settings(&weighed)["rules"].clone();
    assert_eq!(
        (&rules["links/flood"], &rules["links/only"]),
        (&(-2.5).into(), &"off".into())
    );
    let back = [
        "set",
        "bread",
        "--json",
        "--rule",
        "links/flood=default",
        "--rule",
        "links/only=default",
    ];
    assert_eq!(settings(&back), set);

    for (wrong, hint) in [
        (
            &["set", "bread", "--hold", "maybe"][..],
            "[possible values: ask, second-look, spam, ham]",
        ),
        (&["set", "bread"], "--hold"),
        (
            &["set", "bread", "--max-ham-rejected", "2"],
            "from 0.00001 to 0.5",
        ),
        (
            &["set", "bread", "--reject", "maybe"],
            "`on`, `off` or `default`",
        ),
        (&["set", "bread", "--rule", "links/never=1"], "is no rule"),
        (
            &["set", "bread", "--rule", "links/only=21"],
            "from -20 to 20",
        ),
        (&["set", "bread", "--url", "bread"], "is not a web address"),
        (&["set", "cake", "--hold", "ask"], "not found"),
        (&["show", "cake"], "not found"),
    ] {
        let output = hamgate(&of(home, wrong)).output().unwrap();
        assert!(!output.status.success(), "{wrong:?}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains(hint), "{wrong:?}: {said}");
    }
    assert_eq!(settings(&["show", "bread", "--json"]), set);
}

#[test]
fn a_site_gets_another_address_and_another_name() {
    let data = tempfile::tempdir().unwrap();
    let sites = ["sites", "--data", data.path().to_str().unwrap()];
    let run = |more: &[&str]| runs(&[&sites[..], more].concat());
    run(&["add", "default", "--url", "http://localhost"]);
    let moved = run(&[
        "set",
        "default",
        "--url",
        "https://bread.example/blog",
        "--rename",
        "bread",
        "--json",
    ]);
    let moved: Value = serde_json::from_str(&moved).unwrap();
    assert_eq!(moved["name"], "bread");
    assert_eq!(moved["url"], "https://bread.example/blog");
    assert!(run(&["list"]).contains("https://bread.example/blog"));
}
