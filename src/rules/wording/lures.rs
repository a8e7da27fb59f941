//! What lures, and what is said to everybody.

use crate::features::Features;
use crate::rules::rule::{Hit, Rule, Weight, text};

/// Words for money beside the signs of currencies.
const MONEY: [&str; 16] = [
    "usd",
    "eur",
    "gbp",
    "dollar",
    "dollars",
    "euro",
    "euros",
    "pounds",
    "bucks",
    "руб",
    "рублей",
    "reais",
    "pesos",
    "rupiah",
    "usdt",
    "тыс",
];
const PERIODS: [&str; 32] = [
    "day",
    "daily",
    "week",
    "weekly",
    "hour",
    "hourly",
    "month",
    "monthly",
    "день",
    "сутки",
    "неделю",
    "месяц",
    "час",
    "tag",
    "woche",
    "stunde",
    "monat",
    "día",
    "semana",
    "mes",
    "dia",
    "hora",
    "mês",
    "jour",
    "semaine",
    "heure",
    "mois",
    "hari",
    "minggu",
    "bulan",
    "gün",
    "ngày",
];

pub(super) const ROWS: &[Rule] = &[
    Rule {
        id: "wording/hashtags",
        summary: "Hashtags",
        docs: "Three and more in a comment are for a search, not for its readers. Habits from social networks come along.",
        weight: Weight::Fitted,
        check: |features| {
            let chars = &features.text.folded;
            let tags = (0..chars.len()).filter(|&at| {
                chars[at] == '#'
                    && (at == 0 || chars[at - 1] == ' ')
                    && chars.get(at + 1).is_some_and(|next| next.is_alphabetic())
            });
            let tags = tags.count();
            (tags >= 3)
                .then(|| Hit::new(format!("{tags} hashtags")).level(if tags >= 8 { 2 } else { 1 }))
        },
        fires: &[text("#casino #slots #win")],
        passes: &[text("C# and #1 in the list, see #rust")],
    },
    Rule {
        id: "wording/wallet",
        summary: "A wallet's address",
        docs: "Whoever asks for coins gives an address of Bitcoin, Ethereum or Tron. Developers quote hashes, which are longer or shorter.",
        weight: Weight::Fitted,
        check: wallet,
        fires: &[
            text("send to 0x52908400098527886E0F7030069857D2E4169EE7 now"),
            text("TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbLSE"),
        ],
        passes: &[
            text("commit 52908400098527886E0F7030069857D2E4169EE7"),
            text("the value 0xdeadbeef"),
        ],
    },
    Rule {
        id: "wording/pay-rate",
        summary: "Money by the day",
        docs: "An amount and how often it comes: the lure of easy work. People speak of wages and rents so too.",
        weight: Weight::Fitted,
        check: pay_rate,
        fires: &[
            text("earn $400 per day from home"),
            text("доход от 5000 рублей в день"),
        ],
        passes: &[text("it took me 3 days and cost $400")],
    },
    Rule {
        id: "wording/freemail",
        summary: "A free mail address in the text",
        docs: "Testimonies and offers ask for a letter, and the address costs nothing. Some readers leave theirs in public.",
        weight: Weight::Fitted,
        check: |features| {
            contains_any(
                features,
                &[
                    "@gmail.",
                    "@hotmail.",
                    "@yahoo.",
                    "@outlook.",
                    "@aol.com",
                    "@mail.ru",
                    "@yandex.",
                    "@protonmail.",
                    "@proton.me",
                    "@gmx.",
                    "@qq.com",
                    "@163.com",
                    "@tutanota.com",
                ],
            )
        },
        fires: &[text("write to dr.wonder@gmail.com")],
        passes: &[text("I left gmail last year")],
    },
    Rule {
        id: "wording/greets-owner",
        summary: "A greeting to whoever owns the blog",
        docs: "Machines do not know whom they write to: admin, webmaster, dear blogger. Polite strangers may not either.",
        weight: Weight::Fitted,
        check: |features| {
            contains_any(
                features,
                &[
                    "hi admin",
                    "hello admin",
                    "hey admin",
                    "dear admin",
                    "thanks admin",
                    "thank you admin",
                    "dear webmaster",
                    "hello webmaster",
                    "hi webmaster",
                    "dear blogger",
                    "dear site owner",
                    "dear website owner",
                    "hi site owner",
                    "hello site owner",
                    "all site owners",
                    "all website owners",
                    "all webmasters",
                    "dear sir",
                ],
            )
        },
        fires: &[text("Hello admin, what a page")],
        passes: &[text("run it as admin")],
    },
    Rule {
        id: "wording/guarantee",
        summary: "A promise of a hundred percent",
        docs: "Hundred percent safe, free, real or guaranteed. Statistics have the number too.",
        weight: Weight::Fitted,
        check: |features| {
            contains_any(
                features,
                &[
                    "100%",
                    "100 %",
                    "guaranteed",
                    "garantiert",
                    "гаранти",
                    "garantizado",
                    "garantido",
                    "garanti ",
                ],
            )
        },
        fires: &[text("100% safe and legal")],
        passes: &[text("it uses 99% of the disk")],
    },
];

/// A few fixed phrases, searched one after the other.
fn contains_any(features: &Features, phrases: &[&str]) -> Option<Hit> {
    let found = phrases
        .iter()
        .find(|phrase| features.plain.contains(**phrase))?;
    Some(Hit::new(format!("“{}”", found.trim())))
}

fn wallet(features: &Features) -> Option<Hit> {
    let is_address = |letters: &[char]| {
        let base58 = || {
            letters
                .iter()
                .all(|c| c.is_ascii_alphanumeric() && !matches!(c, '0' | 'O' | 'I' | 'l'))
                && letters.iter().any(char::is_ascii_digit)
                && letters.iter().any(char::is_ascii_lowercase)
                && letters.iter().any(char::is_ascii_uppercase)
        };
        match letters {
            ['b', 'c', '1', ..] => matches!(letters.len(), 42 | 62),
            ['0', 'x', rest @ ..] => rest.len() == 40 && rest.iter().all(char::is_ascii_hexdigit),
            ['T', ..] => letters.len() == 34 && base58(),
            ['1' | '3', ..] => (26..=35).contains(&letters.len()) && base58(),
            _ => false,
        }
    };
    let word = features
        .words
        .iter()
        .find(|word| is_address(&features.text.visible[word.range()]))?;
    let start: String = features.text.visible[word.range()].iter().take(6).collect();
    Some(Hit::new(format!("{start}…")))
}

fn pay_rate(features: &Features) -> Option<Hit> {
    let written = |at: usize| -> Option<&[char]> {
        features
            .words
            .get(at)
            .map(|word| &features.text.folded[word.range()])
    };
    let is_one_of = |at: usize, list: &[&str]| {
        written(at).is_some_and(|letters| {
            list.iter()
                .any(|word| word.chars().eq(letters.iter().copied()))
        })
    };
    let is_money =
        |at: usize| is_one_of(at, &MONEY) || is_one_of(at, &["$", "€", "£", "₽", "r$", "rp"]);
    let amount = (0..features.words.len()).find(|&at| {
        let is_number = written(at).is_some_and(|letters| letters[0].is_ascii_digit());
        let of_money = || is_money(at + 1) || at.checked_sub(1).is_some_and(is_money);
        is_number && of_money() && (at + 1..at + 7).any(|later| is_one_of(later, &PERIODS))
    })?;
    let number: String = written(amount)?.iter().collect();
    Some(Hit::new(format!("{number} by the time")))
}
