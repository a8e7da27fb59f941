//! The moderators' pages on a store of a million comments, 50,000 of them held:
//! each is asked for as a browser does, and timed until its last byte is here.
//! Client and server share the process and the processors.

mod browser;
mod generator;
#[path = "../shipped/filter.rs"]
mod shipped;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Instant;

use hamgate::config::Config;
use hamgate::http::Application;
use hamgate::service::{Installation, Service};

use browser::Browser;
use generator::{SITE, Words};

const COMMENTS: u32 = 1_000_000;
/// Each page is asked for this often: the first in a hundred is the slowest one.
const TIMES: usize = 100;
/// Pages that one goes on from a first one.
const PAGES: usize = 5;
const DECISIONS: usize = 100;

fn main() {
    let comments = match std::env::var("QUEUE_LOAD_COMMENTS") {
        Ok(number) => number.parse().expect("a number of comments"),
        Err(_) => COMMENTS,
    };
    // On the disk of the build, and kept: to make it takes far longer than to ask.
    let data = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("queue_load_{comments}"));
    generator::make(&data, comments);
    let (sender, receiver) = mpsc::channel();
    let path = data.clone();
    thread::spawn(move || serve(&path, &sender));
    let (address, key) = receiver.recv().expect("the server starts");
    let browser = Browser::signed_in(address, &key);
    println!(
        "\n| page | median ms | 99 % ms | slowest ms | kB | items |\n|---|---|---|---|---|---|"
    );
    let mut worst = Worst::default();
    for (name, paths) in pages(&browser) {
        measure(&browser, &name, &paths, &mut worst);
    }
    decide(&browser, &mut worst);
    println!(
        "\nslowest median {:.0} ms, slowest 99 % {:.0} ms, heaviest page {:.0} kB and {:.0} kB of style, script and icon",
        worst.median,
        worst.late,
        worst.bytes / 1e3,
        browser.assets() as f64 / 1e3,
    );
}

fn serve(data: &Path, started: &mpsc::Sender<(SocketAddr, String)>) {
    actix_web::rt::System::new().block_on(async {
        let config = Config {
            listen: "127.0.0.1:0".into(),
            data: data.to_owned(),
            ..Config::default()
        };
        let installation = Installation::open(data).expect("the store opens");
        let key = browser::account(&installation).await;
        let service = Arc::new(Service::new(installation, shipped::filter(), &config));
        let application = Application::build(service, &config).expect("a port is free");
        let address = application.address();
        started.send((address, key)).expect("somebody waits");
        application.run().await.expect("the server runs");
    });
}

/// Kinds of pages, each with addresses that are asked for in turns.
fn pages(browser: &Browser) -> Vec<(String, Vec<String>)> {
    let desk = |query: &str| format!("/desk?site={SITE}&{query}");
    let mut kinds: Vec<(String, Vec<String>)> = Vec::new();
    let mut add = |name: &str, paths: Vec<String>| kinds.push((name.to_owned(), paths));
    for order in ["newest", "oldest", "riskiest", "lesson"] {
        add(
            &format!("held, {order}, and on"),
            browser.onward(&desk(&format!("order={order}")), PAGES),
        );
    }
    for view in ["accepted", "rejected", "decided", "all"] {
        for order in ["newest", "riskiest"] {
            let first = desk(&format!("view={view}&order={order}"));
            add(
                &format!("{view}, {order}, and on"),
                browser.onward(&first, PAGES),
            );
        }
    }
    let narrowings = [
        ("language", "lang=deu"),
        ("rare language", "lang=jpn"),
        ("language that never comes", "lang=fin"),
        ("common reason", "reason=links%2Fonly"),
        ("rare reason", "reason=disguise%2Flook-alikes"),
        ("with a link", "link=yes"),
        ("new author", "author=new"),
        ("score", "from=55&below=60"),
        ("days", "since=2025-03-01&until=2025-03-31"),
        (
            "all of these",
            "lang=deu&reason=links%2Fonly&link=yes&author=new&from=20&below=80&since=2024-01-01",
        ),
        (
            "nothing fits",
            "lang=fin&link=yes&author=known&from=20&below=21",
        ),
    ];
    for view in ["held", "accepted", "all"] {
        for (name, narrow) in narrowings {
            let orders = ["newest", "riskiest"]
                .map(|order| desk(&format!("view={view}&order={order}&{narrow}")));
            add(&format!("{view}, {name}"), orders.into());
        }
    }
    let words = Words::new();
    let searches = [
        ("common word", words.some(0..20)),
        ("word", words.some(200..400)),
        ("rare word", words.some(6_000..12_000)),
        ("two words", words.pairs(50..300)),
        ("phrase", vec!["\"online casino bonus\"".into()]),
        ("word of campaigns", vec!["casino".into()]),
        ("beginning", words.beginnings(300..600)),
        (
            "Japanese",
            vec!["東京".into(), "広告".into(), "無料".into()],
        ),
        ("name", vec!["Reader 77".into(), "Reader 4711".into()]),
        (
            "e-mail",
            vec!["r77@mail.example".into(), "r4711@mail.example".into()],
        ),
        (
            "what is not there",
            vec!["xylophonist".into(), "bratwurst zugspitze".into()],
        ),
    ];
    for view in ["held", "accepted", "all"] {
        for (name, searched) in &searches {
            let paths = searched.iter().map(|words| {
                let words: String =
                    url::form_urlencoded::byte_serialize(words.as_bytes()).collect();
                desk(&format!("view={view}&q={words}"))
            });
            add(&format!("{view}, search: {name}"), paths.collect());
        }
    }
    add(
        "held, search and filters",
        words
            .some(0..60)
            .iter()
            .map(|word| desk(&format!("q={word}&lang=deu&link=yes&order=riskiest")))
            .collect(),
    );
    let campaigns = format!("/desk/campaigns?site={SITE}");
    add("campaigns, and on", browser.onward(&campaigns, PAGES));
    let of_campaigns = browser.links(&campaigns, "campaign=");
    add("one campaign", of_campaigns);
    let cards = browser.links(&desk("view=all"), "/desk/comments/");
    add(
        "one comment",
        cards
            .into_iter()
            .filter(|path| !path.contains("/alike"))
            .collect(),
    );
    add(
        "API: held",
        vec!["/v1/comments?verdict=hold&decision=none".into()],
    );
    add("API: rejected", vec!["/v1/comments?verdict=reject".into()]);
    add(
        "API: search",
        words
            .some(100..300)
            .iter()
            .map(|word| format!("/v1/comments?q={word}"))
            .collect(),
    );
    add("API: statistics", vec!["/v1/stats".into()]);
    kinds
}

#[derive(Default)]
struct Worst {
    median: f64,
    late: f64,
    bytes: f64,
}

fn measure(browser: &Browser, name: &str, paths: &[String], worst: &mut Worst) {
    assert!(!paths.is_empty(), "{name}: there is nothing to ask for");
    let mut times = Vec::with_capacity(TIMES);
    let (mut bytes, mut items) = (0, 0);
    for path in paths.iter().cycle().take(TIMES.max(paths.len())) {
        let begun = Instant::now();
        let page = browser.get(path);
        times.push(begun.elapsed().as_secs_f64() * 1e3);
        bytes = bytes.max(page.len());
        items = items.max(browser::items(&page));
    }
    report(name, times, bytes, items, worst);
}

fn report(name: &str, mut times: Vec<f64>, bytes: usize, items: usize, worst: &mut Worst) {
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
    let (median, late) = (at(0.5), at(0.99));
    println!(
        "| {name} | {median:.1} | {late:.1} | {:.1} | {:.1} | {items} |",
        at(1.0),
        bytes as f64 / 1e3
    );
    worst.median = worst.median.max(median);
    worst.late = worst.late.max(late);
    worst.bytes = worst.bytes.max(bytes as f64);
}

/// Decides, each on the card of a fresh page, and takes it back.
fn decide(browser: &Browser, worst: &mut Worst) {
    let mut times = Vec::with_capacity(DECISIONS);
    for number in 0..DECISIONS {
        let order = ["newest", "riskiest", "lesson"][number % 3];
        let page = browser.get(&format!("/desk?site={SITE}&order={order}"));
        let (elapsed, decision) = browser.decide(&page);
        times.push(elapsed.as_secs_f64() * 1e3);
        browser.undo(&decision);
    }
    report("a decision", times, 0, 1, worst);
}
