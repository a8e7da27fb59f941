//! A rule in words and numbers.

use crate::domain::RuleSetting;
use crate::http::desk::{phrases, shown};
use crate::http::locale::Locale;
use crate::rules::{Example, Weight};
use crate::service::{Admin, Rate, RuleOnSite};

/// Of a longer example only the start is shown.
const SHOWN_CHARS: usize = 240;
/// Examples of each kind.
const EXAMPLES: usize = 3;

/// One of several pages.
pub struct Choice {
    pub address: String,
    pub name: String,
    pub is_chosen: bool,
}

/// A choice of sites, where there is one.
pub fn sites_to_choose(who: &Admin, chosen: i64, address: &str) -> Vec<Choice> {
    let sites = who.sites().iter();
    sites
        .map(|site| Choice {
            address: format!("{address}?site={}", site.id.0),
            name: shown::plain(&site.name),
            is_chosen: site.id.0 == chosen,
        })
        .collect()
}

/// A row of the table.
pub struct RuleRow {
    pub address: String,
    pub summary: String,
    pub id: &'static str,
    pub weight: String,
    /// `spam` or `ham`, for the colour.
    pub speaks: &'static str,
    /// Who set the weight; empty where it was fitted.
    pub set_by: String,
    pub fired: u64,
    /// The share that was spam, and what it may truly be.
    pub spam: String,
    pub interval: String,
}

impl RuleRow {
    pub fn of(l: Locale, on_site: &RuleOnSite, site: i64) -> Self {
        let rule = on_site.rule;
        let weight = on_site.weight();
        let (spam, interval) = shares(l, &on_site.spam);
        Self {
            address: format!("/desk/rules/{}?site={site}", rule.id),
            summary: summary(l, on_site),
            id: rule.id,
            weight: weight_said(l, on_site.own, weight),
            speaks: if weight < 0.0 { "ham" } else { "spam" },
            set_by: match (on_site.own, on_site.installation) {
                (Some(_), _) => l.say("rules-set-here"),
                (None, Some(_)) => l.say("rules-set-for-all"),
                (None, None) => String::new(),
            },
            fired: on_site.spam.n,
            spam,
            interval,
        }
    }
}

/// All that there is to say of a rule.
pub struct RuleFacts {
    pub id: &'static str,
    pub summary: String,
    /// In English, as in the reference.
    pub docs: &'static str,
    /// At levels 1, 2 and 3.
    pub fitted: Vec<String>,
    pub is_argued: bool,
    pub installation: Option<String>,
    pub own: Option<String>,
    /// For the form: what counts now.
    pub typed: String,
    pub is_off: bool,
    pub fired: String,
    pub spam: String,
    pub fires: Vec<String>,
    pub passes: Vec<String>,
}

impl RuleFacts {
    pub fn of(l: Locale, on_site: &RuleOnSite) -> Self {
        let rule = on_site.rule;
        let (share, interval) = shares(l, &on_site.spam);
        let spam = match on_site.spam.n {
            0 => String::new(),
            _ => l.with(
                "rule-spam",
                &[("share", share.into()), ("interval", interval.into())],
            ),
        };
        Self {
            id: rule.id,
            summary: summary(l, on_site),
            docs: rule.docs,
            fitted: on_site.fitted.map(phrases::weight).into(),
            is_argued: matches!(rule.weight, Weight::Argued(_)),
            installation: on_site.installation.map(|weight| match weight.0 {
                0.0 => l.say("rules-off"),
                weight => phrases::weight(weight),
            }),
            own: on_site
                .own
                .map(|own| weight_said(l, Some(own), own.log_odds().0)),
            typed: format!("{:.2}", on_site.weight()),
            is_off: on_site.own == Some(RuleSetting::Off),
            fired: l.count("rule-fired", on_site.spam.n),
            spam,
            fires: examples(rule.fires),
            passes: examples(rule.passes),
        }
    }
}

fn summary(l: Locale, on_site: &RuleOnSite) -> String {
    let rule = on_site.rule;
    let key = format!("rule-{}", rule.id.replace(['/', '_'], "-"));
    l.find(&key, &[]).unwrap_or_else(|| rule.summary.to_owned())
}

fn weight_said(l: Locale, own: Option<RuleSetting>, weight: f64) -> String {
    match own {
        Some(RuleSetting::Off) => l.say("rules-off"),
        _ => phrases::weight(weight),
    }
}

/// The share and its interval, in per cent.
fn shares(l: Locale, rate: &Rate) -> (String, String) {
    let whole = |share: f64| format!("{:.0}", 100.0 * share);
    match rate.estimate {
        None => ("–".to_owned(), String::new()),
        Some(estimate) => (
            l.with("percent", &[("number", whole(estimate).into())]),
            format!("{}–{}", whole(rate.low), whole(rate.high)),
        ),
    }
}

fn examples(of: &[Example]) -> Vec<String> {
    let written = |example: &Example| {
        let fields = [
            example.name,
            example.url,
            example.email,
            Some(example.content),
            example.title,
            example.honeypot,
        ];
        let text: Vec<&str> = fields
            .into_iter()
            .flatten()
            .filter(|text| !text.is_empty())
            .collect();
        let text = text.join(" · ");
        let cut = if text.chars().count() > SHOWN_CHARS {
            "…"
        } else {
            ""
        };
        let text: String = text.chars().take(SHOWN_CHARS).collect();
        format!("{}{cut}", shown::plain(&text))
    };
    of.iter()
        .map(written)
        .filter(|text| !text.is_empty())
        .take(EXAMPLES)
        .collect()
}
