//! Levels of single measures, and crosses of those that change each other's
//! meaning (praise with an author's URL is not praise without one). A cross
//! always applies at some combination of levels, also at none.

use super::measures::*;
use crate::features::Features;

/// A row of one or several measures whose levels together make one token.
#[derive(Debug)]
pub struct Cross {
    pub id: &'static str,
    pub summary: &'static str,
    pub of: &'static [Measure],
}

impl Cross {
    /// The level of each measure.
    pub(super) fn levels(&self, features: &Features) -> impl Iterator<Item = u8> {
        self.of.iter().map(|measure| (measure.level)(features))
    }

    /// The levels for a person to read.
    pub(super) fn seen(&self, features: &Features) -> String {
        let levels = self.of.iter().zip(self.levels(features));
        let seen: Vec<String> = levels
            .map(|(measure, level)| format!("{} {level}", measure.name))
            .collect();
        seen.join(", ")
    }
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
