//! Makes the store: comments of three years with their judgements, written as the
//! service writes them, many to a commit. The same each time, but for the clock.

use std::fs;
use std::ops::Range;
use std::path::Path;
use std::time::Instant;

use futures_util::{StreamExt, stream};
use hamgate::domain::{
    Author, Comment, CommentId, Decision, DecisionKind, Evidence, History, Judgement, LogOdds,
    Post, SiteId, Source, Span, SpanField, Subject, Trace, Verdict,
};
use hamgate::features::Features;
use hamgate::service::Installation;
use hamgate::store::sqlite::SqliteStore;
use hamgate::store::{
    Aspects, Check, CommentFilter, DecisionWrite, Finding, Marks, Store, fresh_id,
};
use jiff::{SignedDuration, Timestamp};
use uuid::Builder;

/// The site that the first start makes.
pub const SITE: &str = "default";
/// Writes that wait for a commit together.
const TOGETHER: usize = 512;
/// Of a hundred comments these are held; as many of the others are decided.
const HELD: u64 = 5;
const VOCABULARY: usize = 20_000;
const DAYS: i64 = 3 * 365;
const CAMPAIGNS: u64 = 2_000;

/// Common first.
const REASONS: [&str; 24] = [
    "links/only",
    "author/trade-url",
    "selling/money",
    "author/url",
    "links/flood",
    "shape/short",
    "markup/html",
    "place/off-topic",
    "wording/praise",
    "links/many-domains",
    "shape/capitals",
    "author/phrase-name",
    "selling/pills",
    "selling/loans",
    "markup/bbcode",
    "wording/urgent",
    "links/odd-tld",
    "shape/digits",
    "place/old-post",
    "wording/follow",
    "disguise/spaced",
    "disguise/mixed-scripts",
    "disguise/hidden",
    "disguise/look-alikes",
];

/// Makes the store in that directory, if an earlier run has not.
pub fn make(data: &Path, comments: u32) {
    let made = data.join("made");
    if made.exists() {
        return;
    }
    let _ = fs::remove_dir_all(data);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let installation = Installation::open(data).expect("the store opens");
        installation.first_start().await.expect("the store writes");
        drop(installation);
        let store = SqliteStore::open(data.join("hamgate.sqlite")).expect("the store opens");
        let site = store.site_by_name(SITE).await.expect("the first site").id;
        record(&store, site, comments).await;
        decide(&store, site, comments).await;
        let begun = Instant::now();
        while store.file().await.expect("it is filed") {}
        println!("filed for searches: {:.0} s", begun.elapsed().as_secs_f64());
        let counts = store.counts(site).await.expect("counts");
        println!(
            "accepted {}, held {}, rejected {}; waiting {}",
            counts.accepted, counts.held, counts.rejected, counts.queue
        );
    });
    let bytes = fs::metadata(data.join("hamgate.sqlite")).map_or(0, |file| file.len());
    println!("{:.2} GB", bytes as f64 / 1e9);
    fs::write(made, "").expect("the directory is ours");
}

async fn record(store: &SqliteStore, site: SiteId, comments: u32) {
    let words = Words::new();
    let first = Timestamp::now() - SignedDuration::from_hours(24 * DAYS);
    let step = SignedDuration::from_hours(24 * DAYS) / i32::try_from(comments).expect("a number");
    let begun = Instant::now();
    let checks = stream::iter(0..comments)
        .map(|number| check(&words, site, number, first + step * number as i32));
    let mut written = checks
        .map(|check| store.record(check))
        .buffer_unordered(TOGETHER);
    let mut number = 0_u32;
    while let Some(recorded) = written.next().await {
        recorded.expect("it is written");
        number += 1;
        if number.is_multiple_of(100_000) {
            println!("{number} comments: {:.0} s", begun.elapsed().as_secs_f64());
        }
    }
}

/// People decide on some of what the filter was sure of.
async fn decide(store: &SqliteStore, site: SiteId, comments: u32) {
    let begun = Instant::now();
    let filter = |verdict| CommentFilter {
        verdict: Some(verdict),
        limit: 500,
        ..CommentFilter::default()
    };
    for verdict in [Verdict::Accept, Verdict::Reject] {
        let mut filter = filter(verdict);
        for _ in 0..comments / 20_000 {
            let page = store.comments(site, filter.clone()).await.expect("a page");
            let Some(last) = page.last() else { break };
            filter.after = Some(last.place());
            let decisions = page.iter().map(|stored| {
                store.decide(DecisionWrite {
                    site,
                    comment_id: stored.comment_id,
                    decision: Decision {
                        id: fresh_id(),
                        decision: match verdict {
                            Verdict::Accept => DecisionKind::Accept,
                            _ => DecisionKind::Reject,
                        },
                        learn: true,
                        why: None,
                        note: None,
                        by: "generator".into(),
                        at: Timestamp::now(),
                        undone_at: None,
                    },
                    seen: None,
                })
            });
            for decided in futures_util::future::join_all(decisions).await {
                decided.expect("it is written");
            }
        }
    }
    println!("decided: {:.0} s", begun.elapsed().as_secs_f64());
}

fn check(words: &Words, site: SiteId, number: u32, at: Timestamp) -> Check {
    let mut chance = Chance::new(u64::from(number) + 1);
    let verdict = match chance.below(100) {
        n if n < HELD => Verdict::Hold,
        n if n < 45 => Verdict::Reject,
        _ => Verdict::Accept,
    };
    let campaign = (verdict != Verdict::Accept && chance.below(4) == 0)
        .then(|| chance.below(CAMPAIGNS) * chance.below(CAMPAIGNS) / CAMPAIGNS);
    let (language, content) = match (campaign, chance.below(2_000)) {
        (Some(campaign), _) => (Some("eng"), words.pitch(campaign)),
        (None, 0) => (
            Some("jpn"),
            "東京の広告は無料です。今すぐ登録してください。".into(),
        ),
        (None, n) if n < 240 => (Some("deu"), words.text(&mut chance)),
        (None, n) if n < 700 => (None, words.text(&mut chance)),
        (None, _) => (Some("eng"), words.text(&mut chance)),
    };
    // A few come often, most once.
    let person = match chance.below(3) {
        0 => chance.below(200) * chance.below(200),
        _ => 1_000_000 + u64::from(number),
    };
    let comment = Comment {
        id: Some(format!("load-{number}")),
        author: Author {
            name: Some(format!("Reader {person}")),
            email: Some(format!("r{person}@mail.example")),
            ip: Some(
                format!("10.{}.{}.7", person >> 8 & 255, person & 255)
                    .parse()
                    .expect("an address"),
            ),
            url: (chance.below(3) == 0)
                .then(|| format!("http://{}.example", words.any(&mut chance))),
            ..Author::default()
        },
        content,
        post: Post {
            title: Some(format!("About {}", words.any(&mut chance))),
            url: Some(format!("https://blog.example/{}", chance.below(5_000))),
            ..Post::default()
        },
        submitted_at: Some(at),
        ..Comment::default()
    };
    let features = Features::of(&comment);
    let trace = |subject, value: u64| {
        let mut hash = [subject as u8; 16];
        hash[..8].copy_from_slice(&value.wrapping_mul(0x9E37_79B9_7F4A_7C15).to_be_bytes());
        Trace { subject, hash }
    };
    let judgement = judgement(words, &mut chance, verdict, &comment.content);
    let millis = u64::try_from(at.as_millisecond()).expect("after 1970");
    Check {
        site,
        new_id: CommentId(Builder::from_unix_timestamp_millis(millis, &chance.bytes()).into_uuid()),
        marks: Marks {
            traces: vec![
                trace(Subject::AuthorName, person),
                trace(Subject::Email, person),
                trace(Subject::IpPrefix, person >> 4),
            ],
            fingerprint: features.fingerprint(),
        },
        aspects: Aspects {
            language: language.map(str::to_owned),
            labels: chance.below(4) as u32 / 2,
            ..Aspects::of(&features, &History::default())
        },
        judgement,
        comment,
        at,
        purge_after: Timestamp::now() + SignedDuration::from_hours(24 * 3_650),
        idempotency: None,
        callback: None,
        updates: None,
        akismet: None,
        audit_share: 0.02,
    }
}

/// As many reasons as the filter shows, of the kinds that it has.
fn judgement(words: &Words, chance: &mut Chance, verdict: Verdict, content: &str) -> Judgement {
    let spread = chance.below(1_000) as f64 / 250.0;
    let log_odds = match verdict {
        Verdict::Accept => -2.3 - spread,
        Verdict::Hold => -2.2 + 5.6 * chance.below(1_000) as f64 / 1_000.0,
        Verdict::Reject => 3.5 + spread,
    };
    let mut evidence = vec![piece(
        Source::Model,
        "starting_point",
        "before anything of the comment is looked at",
        0.2,
    )];
    let first = content.split_whitespace().next().unwrap_or_default();
    for source in [Source::Words, Source::Pairs] {
        for _ in 0..5 {
            let reason = if source == Source::Words {
                "word"
            } else {
                "pair"
            };
            let mut seen = piece(source, reason, words.any(chance), weight(chance));
            seen.span = Some(Span {
                field: SpanField::Content,
                start: 0,
                end: first.chars().count(),
            });
            evidence.push(seen);
        }
    }
    for _ in 0..4 {
        let reason = REASONS[chance.below(24).min(chance.below(40)) as usize % 24];
        evidence.push(piece(
            Source::Rules,
            reason,
            "What the rule has seen in it",
            weight(chance),
        ));
    }
    evidence.push(piece(
        Source::Author,
        "name",
        "the author's name",
        weight(chance),
    ));
    evidence.push(piece(
        Source::Shape,
        "form",
        "length and form of the words",
        weight(chance),
    ));
    let rest = log_odds - evidence.iter().map(|piece| piece.log_odds.0).sum::<f64>();
    evidence.push(piece(
        Source::Words,
        "others",
        "40 lighter reasons of this kind",
        rest,
    ));
    Judgement {
        verdict,
        spam_probability: LogOdds(log_odds).probability(),
        log_odds: LogOdds(log_odds),
        evidence,
        model: "0123456789ab".into(),
        policy: "accept<=-2.2047 reject>=3.4278".into(),
    }
}

fn piece(source: Source, reason: &str, detail: &str, log_odds: f64) -> Evidence {
    Evidence {
        source,
        reason: reason.into(),
        detail: detail.into(),
        log_odds: LogOdds(log_odds),
        span: None,
    }
}

fn weight(chance: &mut Chance) -> f64 {
    chance.below(2_000) as f64 / 1_000.0 - 1.0
}

/// Words as texts have them: the n-th is as frequent as 1/n (Zipf).
pub struct Words(Vec<String>);

impl Words {
    pub fn new() -> Self {
        const SYLLABLES: [&str; 32] = [
            "ba", "con", "de", "er", "fi", "gra", "hou", "in", "ka", "le", "mo", "nor", "pel",
            "qui", "ra", "sen", "tor", "um", "ver", "wil", "ya", "zen", "lo", "mi", "sta", "tre",
            "pro", "ent", "al", "os", "dri", "cha",
        ];
        let word = |number: usize| {
            let mut rest = number;
            let mut word = String::new();
            while word.is_empty() || rest > 0 {
                word.push_str(SYLLABLES[rest % 32]);
                rest /= 32;
            }
            word
        };
        Self((0..VOCABULARY).map(word).collect())
    }

    fn any<'w>(&'w self, chance: &mut Chance) -> &'w str {
        // The inverse of the logarithm, for which Zipf's sums stand.
        let share = chance.below(1 << 30) as f64 / f64::from(1 << 30);
        let place = (VOCABULARY as f64).powf(share) as usize - 1;
        &self.0[place.min(VOCABULARY - 1)]
    }

    fn text(&self, chance: &mut Chance) -> String {
        let length = [8, 20, 40, 80, 160][chance.below(5) as usize];
        let mut text: Vec<&str> = (0..length).map(|_| self.any(chance)).collect();
        let link = format!("http://{}.example/{}", self.any(chance), chance.below(100));
        if chance.below(4) == 0 {
            text.push(&link);
        }
        text.join(" ")
    }

    /// The text of a campaign, the same each time.
    fn pitch(&self, campaign: u64) -> String {
        let mut chance = Chance::new(campaign + 7_000_000);
        let text: Vec<&str> = (0..30).map(|_| self.any(&mut chance)).collect();
        let text = text.join(" ");
        format!("Best online casino bonus: {text} http://casino-{campaign}.example")
    }

    /// Twenty words of some ranks, the most frequent is 0.
    pub fn some(&self, ranks: Range<usize>) -> Vec<String> {
        let step = (ranks.len() / 20).max(1);
        ranks
            .step_by(step)
            .map(|rank| self.0[rank].clone())
            .collect()
    }

    pub fn pairs(&self, ranks: Range<usize>) -> Vec<String> {
        let some = self.some(ranks);
        let pairs = some.windows(2);
        pairs.map(|pair| pair.join(" ")).collect()
    }

    /// The first five letters of each.
    pub fn beginnings(&self, ranks: Range<usize>) -> Vec<String> {
        let some = self.some(ranks).into_iter();
        some.map(|word| word.chars().take(5).collect()).collect()
    }
}

/// xorshift64: the same numbers for the same seed.
struct Chance(u64);

impl Chance {
    fn new(seed: u64) -> Self {
        let mut chance = Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        chance.next();
        chance
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: u64) -> u64 {
        (self.next() >> 20) % end
    }

    fn bytes(&mut self) -> [u8; 10] {
        let (a, b) = (self.next().to_be_bytes(), self.next().to_be_bytes());
        std::array::from_fn(|place| if place < 8 { a[place] } else { b[place - 8] })
    }
}
