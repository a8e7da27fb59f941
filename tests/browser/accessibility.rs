//! axe-core finds no fault on any page, in light and dark, on a phone and at a
//! desk. The pages are those of the lists of routes: a new one needs its entry.

use hamgate::http::{DESK_ROUTES, PUBLIC_ROUTES};
use serde_json::json;
use totp_rs::Builder;

use crate::harness::{LOOKS, Page, Service, Setup, in_a_browser};

/// What the pages show.
struct Shown {
    service: Service,
    /// A comment that nobody has decided, and one that somebody has.
    open: String,
    decided: String,
    /// Path of a live one-time link.
    welcome: String,
    /// Paths of the public pages.
    privacy: String,
    appeal: String,
}

/// Who looks at a page.
#[derive(Clone, Copy, PartialEq)]
enum Who {
    Nobody,
    Admin,
    /// Somebody whose password was right, and whose code is asked for.
    HalfWay,
}

/// Who sees the page of a route, and at which addresses; none if it is no page.
fn entry(path: &str, shown: &Shown) -> Option<(Who, Vec<String>)> {
    let open = format!("/desk/comments/{}", shown.open);
    let decided = format!("/desk/comments/{}", shown.decided);
    let at = |who, paths: &[&str]| {
        let paths = paths.iter().map(|path| (*path).to_owned());
        Some((who, paths.collect()))
    };
    match path {
        "/desk" => at(
            Who::Admin,
            &[
                "/desk",
                "/desk?view=accepted",
                "/desk?view=rejected",
                "/desk?view=decided",
                "/desk?site=empty",
                &format!("/desk?site=blog&done={}", shown.decided),
                "/desk?site=no-such-site",
            ],
        ),
        "/desk/sign-in" => at(Who::Nobody, &["/desk/sign-in"]),
        "/desk/sign-in/code" => at(Who::HalfWay, &["/desk/sign-in/code"]),
        "/desk/welcome/{token}" => at(Who::Nobody, &[&shown.welcome, "/desk/welcome/dead"]),
        "/desk/comments/{comment_id}" => at(Who::Admin, &[&open, &decided]),
        "/desk/account" | "/desk/account/second-factor" | "/desk/people" => at(Who::Admin, &[path]),
        "/privacy/{public_id}" => at(
            Who::Nobody,
            &[
                &shown.privacy,
                &format!("{}?lang=ar", shown.privacy),
                "/privacy/none",
            ],
        ),
        "/appeal/{token}" => at(Who::Nobody, &[&shown.appeal, "/appeal/dead"]),
        "/desk/assets/{name}" | "/public/{name}" => None,
        _ => panic!("{path} has no entry in tests/browser/accessibility.rs"),
    }
}

#[test]
fn no_page_has_a_fault() {
    in_a_browser(Setup::Desk, async |page| {
        let shown = Shown::make().await;
        let pages = DESK_ROUTES.iter().chain(PUBLIC_ROUTES);
        let pages = pages.filter(|(method, _)| *method == "GET");
        let entries: Vec<_> = pages.filter_map(|(_, path)| entry(path, &shown)).collect();
        let mut faults = Vec::new();
        for who in [Who::Nobody, Who::Admin, Who::HalfWay] {
            page.forget_cookies().await;
            shown.signs_in(page, who).await;
            let mine = entries.iter().filter(|(whose, _)| *whose == who);
            for path in mine.flat_map(|(_, paths)| paths) {
                page.open(&format!("{}{path}", shown.service.address)).await;
                look_at(page, path, &mut faults).await;
            }
        }
        // What a key opens.
        page.forget_cookies().await;
        shown.signs_in(page, Who::Admin).await;
        page.ask("document.getElementById('keys').showModal()")
            .await;
        look_at(page, "the list of keys", &mut faults).await;
        // What a form leads to.
        page.forget_cookies().await;
        page.open(&format!("{}{}", shown.service.address, shown.appeal))
            .await;
        page.fill_in("What helps", "I wrote it myself.").await;
        page.click("This is not spam").await;
        look_at(page, "an appeal that was sent", &mut faults).await;
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    });
}

/// Adds what is wrong with the page that is open.
async fn look_at(page: &Page, path: &str, faults: &mut Vec<String>) {
    // What is folded away is not looked at.
    page.ask("document.querySelectorAll('details').forEach((one) => { one.open = true })")
        .await;
    for look in LOOKS {
        page.look(look).await;
        let (passes, found) = page.faults().await;
        eprintln!(
            "{path} {look:?}: {passes} rules kept, {} broken",
            found.len()
        );
        assert!(passes > 10, "{path}: axe-core has hardly looked");
        faults.extend(
            found
                .iter()
                .map(|fault| format!("{path} {look:?}: {fault}")),
        );
        let overhang = page.overhang().await;
        if overhang > 0 {
            faults.push(format!("{path} {look:?}: {overhang} px too wide"));
        }
    }
}

impl Shown {
    async fn make() -> Self {
        let service = Service::start_in_public();
        service.run(&[
            "sites",
            "add",
            "empty",
            "--url",
            "http://127.0.0.2",
            "--json",
        ]);
        let contact = ["sites", "set", "blog", "--contact", "ina@blog.example"];
        let site = service.run(&[&contact[..], &["--json"]].concat());
        let webhook = [
            "webhooks",
            "add",
            "blog",
            "--url",
            "http://127.0.0.1:9/",
            "--json",
        ];
        service.run(&webhook);
        service.add_moderator("mia", "admin");
        service.add_moderator("jo", "admin");
        let invited = service.run(&["moderators", "add", "new", "--site", "blog", "--json"]);
        let ids = service.seed(3).await;
        service.decide(&json!(ids[0]), "accept").await;
        let odd = service
            .check(&json!({
                "id": "odd",
                "author": {
                    "name": "\u{202E}evil", "url": "http://xn--bcher-kva.example",
                    "email": "odd@mail.example",
                },
                "content": "مرحبا <b>cheap</b> pills at http://pills.example, and\u{200B} more",
                "post": { "title": "Bread at home", "url": "http://blog.example/bread" },
            }))
            .await;
        let path = |url: &serde_json::Value| {
            let url = url.as_str().unwrap_or_else(|| panic!("no address: {odd}"));
            let after_host = url.splitn(4, '/').nth(3).expect("a path");
            format!("/{after_host}")
        };
        let appeal = path(&odd["appeal_url"]);
        let message = reqwest::Client::new()
            .post(format!("{}{appeal}", service.address))
            .form(&[("message", "It is about my own shop.")])
            .send()
            .await;
        message.unwrap().error_for_status().unwrap();
        Self {
            open: odd["comment_id"].as_str().unwrap().to_owned(),
            decided: ids[0].clone(),
            welcome: path(&invited["link"]),
            privacy: format!("/privacy/{}", site["public_id"].as_str().unwrap()),
            appeal,
            service,
        }
    }

    async fn signs_in(&self, page: &Page, who: Who) {
        match who {
            Who::Nobody => {}
            Who::Admin => page.sign_in(&self.service, "mia").await,
            Who::HalfWay => {
                page.sign_in(&self.service, "jo").await;
                self.switches_the_second_factor_on(page).await;
                page.forget_cookies().await;
                page.desk(&self.service, "").await;
                page.fill_in("Name", "jo").await;
                page.fill_in("Password", crate::harness::PASSWORD).await;
                page.click("Sign in").await;
            }
        }
    }

    async fn switches_the_second_factor_on(&self, page: &Page) {
        page.desk(&self.service, "/account/second-factor").await;
        let begin = page.text("button[value=begin]").await;
        page.fill_in("Present password", crate::harness::PASSWORD)
            .await;
        page.click(&begin).await;
        let key = page.text("code.secret").await.replace(' ', "");
        let secret = data_encoding::BASE32_NOPAD.decode(key.as_bytes()).unwrap();
        let now = u64::try_from(jiff::Timestamp::now().as_second()).unwrap();
        let app = Builder::new().with_secret(secret).build().unwrap();
        page.fill_in("Code", &app.generate(now).to_string()).await;
        let confirm = page.text("button[value=confirm]").await;
        page.click(&confirm).await;
    }
}
