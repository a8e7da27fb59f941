//! Thousands of tokens to a dozen reasons, without losing any of their weight:
//! what is not shown by itself is summed up.

use std::collections::{BTreeMap, HashMap};

use crate::bayes::Scored;
use crate::domain::{Evidence, LogOdds, Source, Span, SpanField};
use crate::features::Features;
use crate::features::tokens::{Kind, Part};
use crate::features::words::Word;

/// Reasons of a source shown one by one, at most.
const SHOWN: usize = 8;
/// Lighter reasons are summed up.
const LIGHTEST: f64 = 0.05;

/// The evidence of a model's score: its starting point, then the reasons,
/// heaviest first, then what was summed up.
pub fn explain(
    features: &Features,
    scored: Scored,
    owner: &BTreeMap<String, LogOdds>,
) -> Vec<Evidence> {
    let mut evidence = vec![Evidence {
        source: Source::Model,
        reason: "starting_point".to_owned(),
        detail: "before anything of the comment is looked at".to_owned(),
        log_odds: LogOdds(scored.bias),
        span: None,
    }];
    let mut by_source: BTreeMap<Source, Vec<Evidence>> = BTreeMap::new();
    for piece in parts(features, &scored)
        .into_iter()
        .chain(rules(&scored, owner))
    {
        by_source.entry(piece.source).or_default().push(piece);
    }
    let mut shown = Vec::new();
    let mut rest = Vec::new();
    for (source, mut pieces) in by_source {
        pieces.sort_by(|a, b| b.log_odds.0.abs().total_cmp(&a.log_odds.0.abs()));
        let heavy = pieces
            .iter()
            .take(SHOWN)
            .take_while(|p| p.log_odds.0.abs() >= LIGHTEST)
            .count();
        let light = pieces.split_off(heavy);
        shown.append(&mut pieces);
        if !light.is_empty() {
            let total: LogOdds = light.iter().map(|piece| piece.log_odds).sum();
            rest.push(Evidence {
                source,
                reason: "others".to_owned(),
                detail: format!("{} lighter reasons of this kind", light.len()),
                log_odds: total,
                span: None,
            });
        }
    }
    shown.sort_by(|a, b| b.log_odds.0.abs().total_cmp(&a.log_odds.0.abs()));
    evidence.append(&mut shown);
    evidence.append(&mut rest);
    evidence
}

/// Tokens summed by the part of the comment they were seen in; the same word
/// in two places is one reason.
fn parts(features: &Features, scored: &Scored) -> Vec<Evidence> {
    let first = first_places(features);
    let mut sums: BTreeMap<Part, f64> = BTreeMap::new();
    let mut words = vec![None; first.len()];
    for (token, weight) in &scored.parts {
        match token.part {
            Part::Word(index) => match first.get(index as usize) {
                Some(place) => *words[*place].get_or_insert(0.0) += weight,
                // Character runs of a text without any word.
                None => *sums.entry(Part::Shape).or_default() += weight,
            },
            Part::Rule(_) => {}
            part => *sums.entry(part).or_default() += weight,
        }
    }
    let words = words
        .into_iter()
        .enumerate()
        .filter_map(|(place, sum)| Some((Part::Word(place as u32), sum?)));
    words
        .chain(sums)
        .map(|(part, sum)| describe(features, part, LogOdds(sum)))
        .collect()
}

/// For each word, where the same word stands first.
fn first_places(features: &Features) -> Vec<usize> {
    let mut first: HashMap<&[char], usize> = HashMap::with_capacity(features.words.len());
    features
        .words
        .iter()
        .enumerate()
        .map(|(place, word)| {
            let letters = &features.text.folded[word.range()];
            *first.entry(letters).or_insert(place)
        })
        .collect()
}

fn describe(features: &Features, part: Part, log_odds: LogOdds) -> Evidence {
    let (source, reason, detail, span) = match part {
        Part::Word(index) => {
            let word = features.words[index as usize];
            (
                Source::Words,
                "word",
                written(features, word, word),
                span_of(features, word, word),
            )
        }
        Part::Pair(index) => {
            let word = features.words[index as usize];
            let before = features.words[(index as usize).saturating_sub(1)];
            (
                Source::Pairs,
                "pair",
                written(features, before, word),
                span_of(features, before, word),
            )
        }
        Part::Link(index) => {
            let link = &features.links[index as usize];
            let span = content(link.span);
            (
                Source::Links,
                "link",
                format!("link to {}", link.host),
                span,
            )
        }
        Part::NoLinks => (
            Source::Links,
            "no_links",
            "no links in the text".to_owned(),
            None,
        ),
        Part::Url => match &features.author.url {
            Some(url) => {
                let end = features.author.url_written.chars().count();
                let span = Span {
                    field: SpanField::AuthorUrl,
                    start: 0,
                    end,
                };
                (
                    Source::Author,
                    "url",
                    format!("the author's URL {}", url.host),
                    Some(span),
                )
            }
            None => (
                Source::Author,
                "no_url",
                "no URL of the author".to_owned(),
                None,
            ),
        },
        Part::Name => {
            let end = features.author.name_written.chars().count();
            let span = Span {
                field: SpanField::AuthorName,
                start: 0,
                end,
            };
            let name = &features.author.name_written;
            if name.is_empty() {
                (Source::Author, "no_name", "no name".to_owned(), None)
            } else {
                (
                    Source::Author,
                    "name",
                    format!("the name “{name}”"),
                    Some(span),
                )
            }
        }
        Part::Shape | Part::Rule(_) => (
            Source::Shape,
            "form",
            "length and form of the words".to_owned(),
            None,
        ),
    };
    Evidence {
        source,
        reason: reason.to_owned(),
        detail,
        log_odds,
        span,
    }
}

/// Rules that fired: the fitted weight, the argued one, or the owner's.
fn rules(scored: &Scored, owner: &BTreeMap<String, LogOdds>) -> Vec<Evidence> {
    let mut fitted: BTreeMap<usize, f64> = BTreeMap::new();
    for (token, weight) in &scored.parts {
        if let Part::Rule(index) = token.part {
            *fitted.entry(index as usize).or_default() += weight;
        }
    }
    scored
        .rules
        .iter()
        .enumerate()
        .map(|(index, rule)| {
            let own = owner.get(rule.id).copied().or(rule.argued);
            let log_odds = own.unwrap_or(LogOdds(fitted.get(&index).copied().unwrap_or(0.0)));
            Evidence {
                source: Source::Rules,
                reason: rule.id.to_owned(),
                detail: format!("{}: {}", rule.summary, rule.hit.seen),
                log_odds,
                span: rule.hit.span,
            }
        })
        .filter(|piece| piece.log_odds.0 != 0.0)
        .collect()
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

const _: () = assert!(
    Kind::COUNT == 8,
    "a new kind needs a part, and a line in `describe`"
);
