//! The search, the filters that are set, and those that can be.

use super::narrowed::Narrowed;
use crate::features::language;
use crate::http::desk::shown;
use crate::http::desk::whereabouts::Whereabouts;
use crate::http::locale::{Locale, Value, isolated};
use crate::service::View;
use crate::store::{Facets, SavedFilter};

/// Of a search, a pill shows this many characters.
const PILL_CHARS: usize = 60;

/// What is above the cards for finding others.
pub struct Finder {
    /// Where one is, for the form to stay there.
    pub stay: Vec<(&'static str, String)>,
    pub words: String,
    pub languages: Vec<Choosable>,
    pub reasons: Vec<Choosable>,
    pub links: Vec<Choosable>,
    pub authors: Vec<Choosable>,
    pub from: String,
    pub below: String,
    pub since: String,
    pub until: String,
    pub active: Vec<Active>,
    /// The page without any of them.
    pub clear: String,
    pub saved: Vec<Saved>,
    /// The page as it is saved.
    pub query: String,
}

/// An option of a list.
pub struct Choosable {
    pub value: String,
    pub label: String,
    pub is_chosen: bool,
}

/// A filter that is set.
pub struct Active {
    pub said: String,
    /// The page without it.
    pub address: String,
}

/// A filter that was saved.
pub struct Saved {
    /// As the form sends it.
    pub name: String,
    pub shown: String,
    pub address: String,
}

impl Finder {
    pub fn of(l: Locale, here: &Whereabouts, facets: Facets, saved: Vec<SavedFilter>) -> Self {
        let narrow = &here.narrow;
        let first_page = |narrow: Narrowed| Whereabouts {
            after: None,
            narrow,
            ..here.clone()
        };
        let number = |number: Option<u8>| number.map(|n| n.to_string()).unwrap_or_default();
        // How many wait says nothing of the other views.
        let counted = |waiting: u64| (here.view == View::Held).then_some(waiting);
        let yes_or_no = |is: Option<bool>, words: [&str; 2], key: &str| {
            let option = |word: &str, is_chosen| Choosable {
                value: word.to_owned(),
                label: l.say(&format!("finding-{key}-{word}")),
                is_chosen,
            };
            vec![
                option(words[0], is == Some(true)),
                option(words[1], is == Some(false)),
            ]
        };
        Self {
            stay: stay(here),
            words: narrow.words.clone(),
            languages: options(
                l,
                &narrow.language,
                facets.languages.into_iter().map(|(code, waiting)| {
                    let code = if code.is_empty() {
                        "und".to_owned()
                    } else {
                        code
                    };
                    (code, counted(waiting))
                }),
                language_name,
            ),
            reasons: options(
                l,
                &narrow.reason,
                facets
                    .reasons
                    .into_iter()
                    .map(|(reason, waiting)| (reason, counted(waiting))),
                reason_name,
            ),
            links: yes_or_no(narrow.has_link, ["yes", "no"], "link"),
            authors: yes_or_no(narrow.new_author, ["new", "known"], "author"),
            from: number(narrow.from),
            below: number(narrow.below),
            since: narrow.since.map(|day| day.to_string()).unwrap_or_default(),
            until: narrow.until.map(|day| day.to_string()).unwrap_or_default(),
            active: narrow
                .pairs()
                .into_iter()
                .map(|(name, value)| Active {
                    said: said(l, name, &value),
                    address: first_page(narrow.without(name)).address(),
                })
                .collect(),
            clear: first_page(Narrowed::default()).address(),
            saved: saved
                .into_iter()
                .map(|saved| Saved {
                    address: Whereabouts::read(&saved.query).address(),
                    shown: shown::plain(&saved.name),
                    name: saved.name,
                })
                .collect(),
            query: first_page(narrow.clone()).query(),
        }
    }
}

/// What the form has to send besides its fields.
fn stay(here: &Whereabouts) -> Vec<(&'static str, String)> {
    let query = Whereabouts {
        after: None,
        narrow: Narrowed {
            campaign: here.narrow.campaign,
            ..Narrowed::default()
        },
        ..here.clone()
    }
    .query();
    let pairs = url::form_urlencoded::parse(query.as_bytes());
    let known = ["site", "view", "order", "campaign"];
    pairs
        .filter_map(|(name, value)| {
            let name = known.into_iter().find(|known| *known == name)?;
            Some((name, value.into_owned()))
        })
        .collect()
}

/// Options in the order given; what is chosen is among them, though none wait.
fn options(
    l: Locale,
    chosen: &str,
    values: impl Iterator<Item = (String, Option<u64>)>,
    name: fn(Locale, &str) -> String,
) -> Vec<Choosable> {
    let mut options: Vec<Choosable> = values
        .filter(|(value, waiting)| *waiting != Some(0) || value == chosen)
        .map(|(value, waiting)| {
            let name = name(l, &value);
            Choosable {
                label: match waiting {
                    Some(waiting) => l.with(
                        "finding-option",
                        &[("name", name.into()), ("n", Value::from(waiting))],
                    ),
                    None => name,
                },
                is_chosen: value == chosen,
                value,
            }
        })
        .collect();
    if !chosen.is_empty() && !options.iter().any(|option| option.is_chosen) {
        options.push(Choosable {
            label: name(l, chosen),
            value: chosen.to_owned(),
            is_chosen: true,
        });
    }
    options
}

/// As the cards name it.
fn language_name(l: Locale, code: &str) -> String {
    match code {
        "und" => l.say("finding-no-language"),
        code => language::name_of(code).map_or_else(|| shown::plain(code), str::to_owned),
    }
}

/// A reason in words: a rule's summary, or what kind of thing was seen.
fn reason_name(l: Locale, id: &str) -> String {
    let kebab = id.replace(['/', '_'], "-");
    let said = l.find(&format!("finding-reason-{kebab}"), &[]);
    said.or_else(|| l.find(&format!("rule-{kebab}"), &[]))
        .unwrap_or_else(|| shown::plain(id))
}

/// What is set, in words.
fn said(l: Locale, name: &str, value: &str) -> String {
    let with = |value: String| {
        l.with(
            &format!("finding-is-{name}"),
            &[("value", isolated(&value))],
        )
    };
    match name {
        "link" | "author" => l.say(&format!("finding-{name}-{value}")),
        "campaign" => l.say("finding-is-campaign"),
        "lang" => with(language_name(l, value)),
        "reason" => with(reason_name(l, value)),
        _ => {
            let mut short: String = value.chars().take(PILL_CHARS).collect();
            if short.len() < value.len() {
                short.push('…');
            }
            with(shown::plain(&short))
        }
    }
}
