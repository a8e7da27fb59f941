//! Levels of single measures, and crosses of those that change each other's
//! meaning (praise with an author's URL is not praise without one). A cross
//! always applies at some combination of levels, also at none.

use crate::features::Features;
use crate::features::lexicon::Topic;
use crate::features::shape::MainScript;

/// A row of one or several measures whose levels together make one token.
pub struct Cross {
    pub id: &'static str,
    pub summary: &'static str,
    pub of: &'static [Measure],
}

/// A number of a comment, cut into a few levels.
pub struct Measure {
    pub name: &'static str,
    pub level: fn(&Features) -> u8,
}

impl Cross {
    /// The token, and the same for a person to read.
    pub fn token(&self, features: &Features) -> (String, String) {
        let mut token = self.id.to_owned();
        let mut seen = String::new();
        for measure in self.of {
            let level = (measure.level)(features);
            token.push(':');
            token.push_str(&level.to_string());
            if !seen.is_empty() {
                seen.push_str(", ");
            }
            seen.push_str(measure.name);
            seen.push(' ');
            seen.push_str(&level.to_string());
        }
        (token, seen)
    }
}

const fn measure(name: &'static str, level: fn(&Features) -> u8) -> Measure {
    Measure { name, level }
}

/// The level of `value` among rising bounds: how many it reaches.
fn step<T: PartialOrd>(value: T, bounds: &[T]) -> u8 {
    bounds.iter().filter(|bound| value >= **bound).count() as u8
}

const LENGTH: Measure = measure("length", |f| {
    step(f.shape.chars, &[20, 60, 150, 400, 1_000, 2_500])
});
const BRIEF: Measure = measure("length", |f| step(f.shape.chars, &[60, 250, 1_000]));
const LINKS: Measure = measure("links", |f| step(f.links.len(), &[1, 2, 4, 10]));
const ANY_LINKS: Measure = measure("links", |f| step(f.links.len(), &[1, 3]));
const MARKED_LINKS: Measure = measure("marked-up links", |f| {
    let counts = f.markup;
    step(
        counts.html_links + counts.bbcode_links + counts.markdown_links,
        &[1, 2],
    )
});
const DIALECTS: Measure = measure("dialects", |f| {
    let counts = f.markup;
    u8::from(counts.html_links > 0)
        + u8::from(counts.bbcode_links > 0)
        + u8::from(counts.markdown_links > 0)
});
const URL: Measure = measure("author's URL", |f| u8::from(f.author.url.is_some()));
const URL_PATH: Measure = measure("path in the author's URL", |f| {
    f.author
        .url
        .as_ref()
        .map_or(0, |url| 1 + step(url.path.len(), &[1, 20]))
});
const URL_HYPHENS: Measure = measure("hyphens in the author's host", |f| {
    f.author
        .url
        .as_ref()
        .map_or(0, |url| 1 + step(url.host.matches('-').count(), &[1, 2]))
});
const SCRIPT: Measure = measure("script", |f| match f.shape.telling_script() {
    MainScript::None => 0,
    MainScript::Latin => 1,
    MainScript::Cyrillic => 2,
    MainScript::Han | MainScript::Kana => 3,
    MainScript::Hangul => 4,
    _ => 5,
});
const PRAISE: Measure = measure("praise", |f| {
    step(f.phrases.count(Topic::Praise), &[1, 2, 4])
});
const TRADE_URL: Measure = measure("trade in the author's URL", |f| {
    f.author
        .url
        .as_ref()
        .map_or(0, |_| 1 + u8::from(sells(&f.author.url_phrases)))
});
const TRADE_NAME: Measure = measure("trade in the name", |f| {
    u8::from(sells(&f.author.name_phrases))
});
const NAME_WORDS: Measure = measure("words in the name", |f| {
    step(f.author.name_words.len(), &[1, 2, 3, 4])
});
const NAME_DIGITS: Measure = measure("digits in the name", |f| {
    step(
        f.author.name.chars().filter(char::is_ascii_digit).count(),
        &[1, 3],
    )
});
const NAME_CASE: Measure = measure("capitals in the name", |f| {
    let name = &f.author.name_written;
    match name.chars().next() {
        None => 0,
        Some(first) if first.is_uppercase() => {
            1 + u8::from(name.chars().all(|c| !c.is_lowercase()))
        }
        Some(_) => 3,
    }
});
const COMMERCE: Measure = measure("selling words", |f| {
    let words = f.shape.words.max(1) as f64;
    let density = commerce(&f.phrases) as f64 / words.sqrt();
    step(density, &[0.01, 0.25, 0.6, 1.2])
});
const QUESTIONS: Measure = measure("questions", |f| step(f.shape.questions, &[1, 2]));
const FIRST_PERSON: Measure = measure("first person", |f| {
    step(f.phrases.count(Topic::FirstPerson), &[1, 4])
});
const CONVERSATION: Measure = measure("conversation", |f| {
    step(f.phrases.count(Topic::Conversation), &[1, 2])
});
const CODE: Measure = measure("code", |f| step(f.markup.code, &[1, 4]));
const REPLY: Measure = measure("reply or quote", |f| {
    u8::from(f.context.is_reply || f.markup.quotes > 0 || f.text.visible.first() == Some(&'@'))
});
const UPPER: Measure = measure("capitals", |f| {
    step(f.shape.upper_share(), &[0.001, 0.08, 0.3, 0.7])
});
const DIGITS: Measure = measure("digits", |f| {
    step(f.shape.digit_share(), &[0.001, 0.03, 0.1])
});
const SIGNS: Measure = measure("signs", |f| {
    step(f.shape.sign_share(), &[0.005, 0.03, 0.07, 0.15])
});
const DISTINCT: Measure = measure("distinct words", |f| {
    step(f.shape.distinct_share(), &[0.5, 0.65, 0.8, 0.95])
});
const TITLE: Measure = measure("words of the title", |f| {
    step(f.context.title_overlap, &[1, 3])
});
const LINES: Measure = measure("lines", |f| step(f.text.invisible.lines, &[1, 4, 12]));
const EXCLAIM: Measure = measure("exclamation marks", |f| step(f.shape.exclamations, &[1, 3]));
const EMAIL_IN_TEXT: Measure = measure("mail address in the text", |f| {
    let chars = &f.text.folded;
    u8::from(
        chars
            .windows(3)
            .any(|w| w[1] == '@' && w[0].is_alphanumeric() && w[2].is_alphanumeric()),
    )
});

/// Words that sell something, of any topic.
fn commerce(phrases: &crate::features::lexicon::Phrases) -> usize {
    [
        Topic::Pharmacy,
        Topic::Gambling,
        Topic::Adult,
        Topic::Loans,
        Topic::Crypto,
        Topic::Seo,
        Topic::Essays,
        Topic::Replicas,
        Topic::Testimony,
        Topic::Contact,
        Topic::Jobs,
        Topic::Downloads,
        Topic::CallToAction,
    ]
    .into_iter()
    .map(|topic| phrases.count(topic))
    .sum()
}

fn sells(phrases: &crate::features::lexicon::Phrases) -> bool {
    commerce(phrases) + phrases.count(Topic::Trades) > 0
}

/// Every cross. The ids are hashed into the model.
pub static CROSSES: &[Cross] = &[
    Cross {
        id: "level/length",
        summary: "Length",
        of: &[LENGTH],
    },
    Cross {
        id: "level/links",
        summary: "Number of links",
        of: &[LINKS],
    },
    Cross {
        id: "level/script",
        summary: "Script",
        of: &[SCRIPT],
    },
    Cross {
        id: "level/lines",
        summary: "Lines",
        of: &[LINES],
    },
    Cross {
        id: "level/exclamation",
        summary: "Exclamation marks",
        of: &[EXCLAIM],
    },
    Cross {
        id: "level/code",
        summary: "Signs of code",
        of: &[CODE],
    },
    Cross {
        id: "level/email",
        summary: "Mail address in the text",
        of: &[EMAIL_IN_TEXT],
    },
    Cross {
        id: "level/digits",
        summary: "Share of digits",
        of: &[DIGITS],
    },
    Cross {
        id: "level/signs",
        summary: "Share of signs",
        of: &[SIGNS],
    },
    Cross {
        id: "level/dialects",
        summary: "Link dialects used",
        of: &[DIALECTS],
    },
    Cross {
        id: "cross/praise-url",
        summary: "Praise and the author's URL",
        of: &[PRAISE, URL],
    },
    Cross {
        id: "cross/praise-links",
        summary: "Praise and links",
        of: &[PRAISE, ANY_LINKS],
    },
    Cross {
        id: "cross/praise-length",
        summary: "Praise and length",
        of: &[PRAISE, BRIEF],
    },
    Cross {
        id: "cross/praise-questions",
        summary: "Praise and questions",
        of: &[PRAISE, QUESTIONS],
    },
    Cross {
        id: "cross/praise-person",
        summary: "Praise and the first person",
        of: &[PRAISE, FIRST_PERSON],
    },
    Cross {
        id: "cross/praise-title",
        summary: "Praise and words of the title",
        of: &[PRAISE, TITLE],
    },
    Cross {
        id: "cross/praise-conversation",
        summary: "Praise and conversation",
        of: &[PRAISE, CONVERSATION],
    },
    Cross {
        id: "cross/links-script",
        summary: "Links and script",
        of: &[ANY_LINKS, SCRIPT],
    },
    Cross {
        id: "cross/links-length",
        summary: "Links and length",
        of: &[LINKS, BRIEF],
    },
    Cross {
        id: "cross/links-marked",
        summary: "Links and markup",
        of: &[ANY_LINKS, MARKED_LINKS],
    },
    Cross {
        id: "cross/links-reply",
        summary: "Links and a reply or quote",
        of: &[ANY_LINKS, REPLY],
    },
    Cross {
        id: "cross/selling-links",
        summary: "Selling words and links",
        of: &[COMMERCE, ANY_LINKS],
    },
    Cross {
        id: "cross/selling-url",
        summary: "Selling words and the author's URL",
        of: &[COMMERCE, URL],
    },
    Cross {
        id: "cross/capitals-length",
        summary: "Capitals and length",
        of: &[UPPER, BRIEF],
    },
    Cross {
        id: "cross/distinct-length",
        summary: "Distinct words and length",
        of: &[DISTINCT, BRIEF],
    },
    Cross {
        id: "cross/conversation-links",
        summary: "Conversation and links",
        of: &[CONVERSATION, ANY_LINKS],
    },
    Cross {
        id: "author/url-path",
        summary: "Path of the author's URL",
        of: &[URL_PATH],
    },
    Cross {
        id: "author/url-hyphens",
        summary: "Hyphens in the author's host",
        of: &[URL_HYPHENS],
    },
    Cross {
        id: "author/trade-url",
        summary: "A trade in the author's URL",
        of: &[TRADE_URL],
    },
    Cross {
        id: "author/trade-name",
        summary: "A trade in the name",
        of: &[TRADE_NAME, URL],
    },
    Cross {
        id: "author/trade-words",
        summary: "A trade among the words of the name",
        of: &[TRADE_NAME, NAME_WORDS],
    },
    Cross {
        id: "author/name-words",
        summary: "Words of the name",
        of: &[NAME_WORDS, URL],
    },
    Cross {
        id: "author/name-digits",
        summary: "Digits in the name",
        of: &[NAME_DIGITS],
    },
    Cross {
        id: "author/name-case",
        summary: "Capitals in the name",
        of: &[NAME_CASE],
    },
];
