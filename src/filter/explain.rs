//! Thousands of tokens to a dozen reasons, without losing any of their weight:
//! what is not shown by itself is summed up.

use std::collections::BTreeMap;

use crate::bayes::Scored;
use crate::domain::{Evidence, LogOdds, Source, Span, SpanField};
use crate::features::Features;
use crate::features::words::Word;

/// Reasons of a source shown one by one, at most.
const SHOWN: usize = 5;
/// Lighter reasons are summed up.
const LIGHTEST: f64 = 0.05;

/// A reason before it is put into words: most are only summed up.
struct Reason {
    source: Source,
    about: About,
    weight: f64,
}

/// What a reason is about; numbers are indices as in [`crate::bayes::Parts`].
#[derive(Clone, Copy)]
enum About {
    Word(usize),
    Pair(usize),
    Link(usize),
    NoLinks,
    Name,
    Url,
    Form,
    Rule(usize),
}

/// The evidence of a model's score: its starting point, then the reasons,
/// heaviest first, then what was summed up.
pub fn explain(
    features: &Features,
    scored: &Scored,
    owner: &BTreeMap<String, LogOdds>,
) -> Vec<Evidence> {
    let (mut heavy, light): (Vec<Reason>, Vec<Reason>) = reasons(features, scored, owner)
        .into_iter()
        .partition(|reason| reason.weight.abs() >= LIGHTEST);
    let mut rest: BTreeMap<Source, (usize, f64)> = BTreeMap::new();
    let mut sum_up = |reason: &Reason| {
        let (count, weight) = rest.entry(reason.source).or_default();
        *count += 1;
        *weight += reason.weight;
    };
    light.iter().for_each(&mut sum_up);
    let heavier = |a: f64, b: f64| b.abs().total_cmp(&a.abs());
    heavy.sort_by(|a, b| (a.source.cmp(&b.source)).then(heavier(a.weight, b.weight)));
    let mut shown = Vec::new();
    for of_source in heavy.chunk_by(|a, b| a.source == b.source) {
        let (heaviest, others) = of_source.split_at(of_source.len().min(SHOWN));
        shown.extend(
            heaviest
                .iter()
                .map(|reason| describe(features, scored, reason)),
        );
        others.iter().for_each(&mut sum_up);
    }
    let rest = rest.into_iter().map(|(source, (count, weight))| Evidence {
        source,
        reason: "others".to_owned(),
        detail: format!("{count} lighter reasons of this kind"),
        log_odds: LogOdds(weight),
        span: None,
    });
    shown.sort_by(|a, b| heavier(a.log_odds.0, b.log_odds.0));
    let mut evidence = Vec::with_capacity(1 + shown.len() + rest.len());
    evidence.push(Evidence {
        source: Source::Model,
        reason: "starting_point".to_owned(),
        detail: "before anything of the comment is looked at".to_owned(),
        log_odds: LogOdds(scored.bias),
        span: None,
    });
    evidence.append(&mut shown);
    evidence.extend(rest);
    evidence
}

/// Everything that weighs something; the same word in two places is one reason.
fn reasons(features: &Features, scored: &Scored, owner: &BTreeMap<String, LogOdds>) -> Vec<Reason> {
    let parts = &scored.parts;
    let mut words = parts.words.clone();
    for (index, word) in features.words.iter().enumerate() {
        let first = word.first as usize;
        if first != index {
            words[first] += std::mem::take(&mut words[index]);
        }
    }
    let rules: Vec<f64> = scored
        .rules
        .iter()
        .zip(&parts.rules)
        .map(|(rule, fitted)| {
            let own = owner.get(rule.id()).copied().or(rule.argued);
            own.map_or(*fitted, |own| own.0)
        })
        .collect();
    let mut reasons = Vec::with_capacity(2 * words.len() + rules.len() + 8);
    let mut add = |source, about, weight: f64| {
        if weight != 0.0 {
            reasons.push(Reason {
                source,
                about,
                weight,
            });
        }
    };
    let mut each = |source, about: fn(usize) -> About, weights: &[f64]| {
        for (index, weight) in weights.iter().enumerate() {
            add(source, about(index), *weight);
        }
    };
    each(Source::Words, About::Word, &words);
    each(Source::Pairs, About::Pair, &parts.pairs);
    each(Source::Links, About::Link, &parts.links);
    each(Source::Rules, About::Rule, &rules);
    add(Source::Links, About::NoLinks, parts.no_links);
    add(Source::Author, About::Name, parts.name);
    add(Source::Author, About::Url, parts.url);
    add(Source::Shape, About::Form, parts.shape);
    reasons
}

fn describe(features: &Features, scored: &Scored, reason: &Reason) -> Evidence {
    let author = &features.author;
    let (name, detail, span) = match reason.about {
        About::Word(index) => {
            let word = features.words[index];
            (
                "word",
                written(features, word, word),
                span_of(features, word, word),
            )
        }
        About::Pair(index) => {
            let word = features.words[index];
            let before = features.words[index.saturating_sub(1)];
            (
                "pair",
                written(features, before, word),
                span_of(features, before, word),
            )
        }
        About::Link(index) => {
            let link = &features.links[index];
            ("link", format!("link to {}", link.host), content(link.span))
        }
        About::NoLinks => ("no_links", "no links in the text".to_owned(), None),
        About::Url => match &author.url {
            Some(url) => {
                let detail = format!("the author's URL {}", url.host);
                (
                    "url",
                    detail,
                    whole(SpanField::AuthorUrl, &author.url_written),
                )
            }
            None => ("no_url", "no URL of the author".to_owned(), None),
        },
        About::Name if author.name_written.is_empty() => ("no_name", "no name".to_owned(), None),
        About::Name => {
            let detail = format!("the name “{}”", author.name_written);
            (
                "name",
                detail,
                whole(SpanField::AuthorName, &author.name_written),
            )
        }
        About::Form => ("form", "length and form of the words".to_owned(), None),
        About::Rule(index) => {
            let rule = &scored.rules[index];
            (rule.id(), rule.detail(features), rule.span())
        }
    };
    Evidence {
        source: reason.source,
        reason: name.to_owned(),
        detail,
        log_odds: LogOdds(reason.weight),
        span,
    }
}

fn written(features: &Features, from: Word, to: Word) -> String {
    features.text.visible[from.start as usize..to.end as usize]
        .iter()
        .collect()
}

fn span_of(features: &Features, from: Word, to: Word) -> Option<Span> {
    content((from.span(&features.text).0, to.span(&features.text).1))
}

fn content((start, end): (u32, u32)) -> Option<Span> {
    Some(Span {
        field: SpanField::Content,
        start: start as usize,
        end: end as usize,
    })
}

fn whole(field: SpanField, text: &str) -> Option<Span> {
    Some(Span {
        field,
        start: 0,
        end: text.chars().count(),
    })
}
