//! One comment scored end to end, features and judgement, without I/O: plain
//! text of four sizes, and the worst inputs we know. Prints what each hostile
//! byte costs beside plain ASCII of the same size, then divan's own table.
//!
//! With `SCORE_ONCE=NAME` it scores that input once, for callgrind.

#[path = "shipped/filter.rs"]
mod shipped;

use std::hint::black_box;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use hamgate::bayes::Model;
use hamgate::domain::{Comment, History, Judgement};
use hamgate::features::Features;
use hamgate::filter::Filter;

/// Names of plain inputs, and their sizes in bytes.
const PLAIN: [(&str, usize); 4] = [
    ("plain 100 B", 100),
    ("plain 600 B", 600),
    ("plain 6 kB", 6_000),
    ("plain 60 kB", 60_000),
];
/// Hostile inputs as the issue names them, by what they are made of.
const HOSTILE: [&str; 10] = [
    "marks",
    "bare links",
    "html links",
    "markdown links",
    "nested",
    "angles",
    "squares",
    "fdfa",
    "zero width",
    "dots",
];
/// Every hostile input is also cut to these sizes.
const CUTS: [usize; 3] = [600, 6_000, 60_000];

static FILTER: LazyLock<Filter> = LazyLock::new(shipped::filter);

fn main() {
    if let Ok(name) = std::env::var("SCORE_ONCE") {
        let comment = comment(&name);
        black_box(&*FILTER);
        // Tables that are made at first use are not this comment's cost.
        black_box(score(&comment));
        black_box(score_once(&comment));
        return;
    }
    if std::env::args().skip(1).all(|word| word.starts_with('-')) {
        print_ratios();
    }
    divan::main();
}

/// What callgrind counts: `--toggle-collect='*score_once*'`.
#[inline(never)]
fn score_once(comment: &Comment) -> Judgement {
    score(comment)
}

fn score(comment: &Comment) -> Judgement {
    FILTER.judge(&Features::of(comment), &History::default())
}

/// The shipped model, from its bytes to ready to judge.
#[divan::bench(sample_count = 50)]
fn load() -> Model {
    hamgate::cli::load_model(None).expect("the shipped model")
}

#[divan::bench(args = PLAIN.map(|(name, _)| name), sample_count = 20)]
fn plain(bencher: divan::Bencher, name: &str) {
    bench(bencher, name);
}

#[divan::bench(args = HOSTILE, sample_count = 20)]
fn hostile(bencher: divan::Bencher, name: &str) {
    bench(bencher, name);
}

fn bench(bencher: divan::Bencher, name: &str) {
    let comment = comment(name);
    bencher
        .counter(divan::counter::BytesCount::new(comment.content.len()))
        .bench_local(|| score(black_box(&comment)));
}

fn print_ratios() {
    println!("input              bytes  ns per byte  plain, same size  ratio");
    let mut worst = (0.0, String::new());
    for name in HOSTILE {
        let full = hostile_text(name);
        let cuts = CUTS.iter().filter(|cut| **cut < full.len());
        let sizes = cuts
            .map(|cut| full.floor_char_boundary(*cut))
            .chain([full.len()]);
        for size in sizes {
            let [hostile, plain] = [full[..size].to_owned(), plain_text(size)].map(|content| {
                let comment = of_content(content);
                fastest(&comment).as_secs_f64() * 1e9 / size as f64
            });
            let ratio = hostile / plain;
            println!("{name:<15} {size:>8} {hostile:>12.1} {plain:>17.1} {ratio:>6.2}");
            if ratio > worst.0 {
                worst = (ratio, format!("{name}, {size} bytes"));
            }
        }
    }
    println!("worst: {:.2} ({})\n", worst.0, worst.1);
}

/// The fastest of several runs: what the code costs, not the machine's noise.
fn fastest(comment: &Comment) -> Duration {
    let run = || {
        let start = Instant::now();
        black_box(score(black_box(comment)));
        start.elapsed()
    };
    run();
    let begun = Instant::now();
    let mut fastest = Duration::MAX;
    for _ in 0..200 {
        fastest = fastest.min(run());
        if begun.elapsed() > Duration::from_millis(120) {
            break;
        }
    }
    fastest
}

fn comment(name: &str) -> Comment {
    let plain = PLAIN.iter().find(|(plain, _)| *plain == name);
    of_content(plain.map_or_else(|| hostile_text(name), |(_, size)| plain_text(*size)))
}

fn of_content(content: String) -> Comment {
    Comment {
        content,
        ..Comment::default()
    }
}

/// Prose of words that do not repeat in a fixed order.
fn plain_text(size: usize) -> String {
    const WORDS: &str = "the a and of to in it was that this my for with on you have not \
        garden winter recipe kernel reader wrote yesterday because thought question simple \
        morning river compile bread letter remember street window answer careful quiet music \
        planted borrowed weather older sister kitchen surprised battery station thanks";
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let mut text = String::with_capacity(size + 12);
    let mut state = 7_u32;
    while text.len() < size {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        text.push_str(words[(state >> 16) as usize % words.len()]);
        text.push_str(if state >> 28 == 0 { ". " } else { " " });
    }
    text.truncate(size);
    text
}

fn hostile_text(name: &str) -> String {
    let links = |link: fn(usize) -> String| (0..10_000).map(link).collect();
    match name {
        "marks" => format!("e{}", "\u{301}".repeat(100_000)),
        "bare links" => links(|n| format!("http://site{n}.example.com/page{n} ")),
        "html links" => links(|n| format!("<a href='http://s{n}.com/p'>buy {n}</a> ")),
        "markdown links" => links(|n| format!("[buy {n}](http://s{n}.com/p) ")),
        "nested" => {
            let block = format!("{}x{}", "<b>[b]".repeat(50), "[/b]</b>".repeat(50));
            block.repeat(60_000 / block.len())
        }
        "angles" => "<".repeat(60_000),
        "squares" => "[".repeat(60_000),
        "fdfa" => "\u{FDFA}".repeat(20_000),
        "zero width" => "a\u{200B}".repeat(15_000),
        "dots" => "a.b".repeat(20_000),
        other => panic!("no input is called {other}"),
    }
}
