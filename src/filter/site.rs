//! The site layer to evidence: what people here called ham and spam.

use crate::bayes::SiteShare;
use crate::domain::{Evidence, LogOdds, Source};
use crate::features::Features;
use crate::features::tokens::Part;

/// Parts of the comment that are named; the weight is of all.
const NAMED: usize = 3;

/// Evidence of what the site's own labels add.
pub fn evidence(features: &Features, share: &SiteShare, labels: usize) -> Vec<Evidence> {
    let tokens: f64 = share.parts.iter().map(|(_, weight)| weight).sum();
    let piece = |reason: &str, detail: String, weight| Evidence {
        source: Source::Site,
        reason: reason.to_owned(),
        detail,
        log_odds: LogOdds(weight),
        span: None,
    };
    let nearer = match share.neighbours > 0.0 {
        true => "nearer to what was called spam here than to ham",
        false => "nearer to what was called ham here than to spam",
    };
    let pieces = [
        piece(
            "trust",
            format!("how far the model is right here, by this site's labels ({labels})"),
            share.trust,
        ),
        piece(
            "own_words",
            format!(
                "known from this site's labels: {}",
                named(features, share, tokens)
            ),
            tokens,
        ),
        piece("neighbours", nearer.to_owned(), share.neighbours),
        piece(
            "same_post",
            format!("what was called spam and ham under this post (of {labels} labels here)"),
            share.post,
        ),
    ];
    let mut pieces = Vec::from(pieces);
    pieces.retain(|piece| piece.log_odds.0 != 0.0);
    pieces
}

/// The parts that weigh most in the direction of the whole.
fn named(features: &Features, share: &SiteShare, whole: f64) -> String {
    let mut parts: Vec<(Part, f64)> = share.parts.clone();
    parts.sort_by(|a, b| (b.1 * whole).total_cmp(&(a.1 * whole)));
    let mut names: Vec<String> = Vec::new();
    for (part, _) in parts {
        if names.len() == NAMED {
            break;
        }
        let name = name_of(features, part);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

fn name_of(features: &Features, part: Part) -> String {
    let written = |from: usize, to: usize| {
        let (from, to) = (features.words[from].start, features.words[to].end);
        let letters = &features.text.visible[from as usize..to as usize];
        format!("“{}”", letters.iter().collect::<String>())
    };
    match part {
        Part::Word(index) if (index as usize) < features.words.len() => {
            written(index as usize, index as usize)
        }
        Part::Pair(index) => written((index as usize).saturating_sub(1), index as usize),
        Part::Link(index) => features.links[index as usize].host.clone(),
        Part::NoLinks => "no links".to_owned(),
        Part::Name => "the name".to_owned(),
        Part::Url => "the author's URL".to_owned(),
        Part::Word(_) | Part::Shape => "the form".to_owned(),
        Part::Rule(_) => "rules".to_owned(),
    }
}
