//! The site layer to evidence: what people here called ham and spam.

use serde::{Deserialize, Serialize};

use crate::bayes::SiteShare;
use crate::domain::{Evidence, LogOdds, Source};
use crate::features::Features;
use crate::features::tokens::Part;

/// Parts of the comment that are named; the weight is of all.
const NAMED: usize = 3;

/// What a site's labels said of one comment: all that its evidence is made of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SiteSays {
    trust: f64,
    neighbours: f64,
    post: f64,
    /// Of all parts together.
    parts: f64,
    /// The parts that weigh most in the direction of the whole, as many as are
    /// needed to name them.
    leading: Vec<Part>,
    /// How many labels there were.
    labels: usize,
}

impl SiteSays {
    pub fn of(features: &Features, share: &SiteShare, labels: usize) -> Self {
        let parts: f64 = share.parts.iter().map(|(_, weight)| weight).sum();
        Self {
            trust: share.trust,
            neighbours: share.neighbours,
            post: share.post,
            leading: leading(features, share, parts),
            parts,
            labels,
        }
    }
}

/// Evidence of what the site's own labels add.
pub fn evidence(features: &Features, says: &SiteSays) -> Vec<Evidence> {
    let labels = says.labels;
    let piece = |reason: &str, detail: String, weight| Evidence {
        source: Source::Site,
        reason: reason.to_owned(),
        detail,
        log_odds: LogOdds(weight),
        span: None,
    };
    let nearer = match says.neighbours > 0.0 {
        true => "nearer to what was called spam here than to ham",
        false => "nearer to what was called ham here than to spam",
    };
    let pieces = [
        piece(
            "trust",
            format!("how far the model is right here, by this site's labels ({labels})"),
            says.trust,
        ),
        piece(
            "own_words",
            format!(
                "known from this site's labels: {}",
                named(features, &says.leading)
            ),
            says.parts,
        ),
        piece("neighbours", nearer.to_owned(), says.neighbours),
        piece(
            "same_post",
            format!("what was called spam and ham under this post (of {labels} labels here)"),
            says.post,
        ),
    ];
    let mut pieces = Vec::from(pieces);
    pieces.retain(|piece| piece.log_odds.0 != 0.0);
    pieces
}

/// The parts that weigh most in the direction of the whole, up to the last one
/// that is named.
fn leading(features: &Features, share: &SiteShare, whole: f64) -> Vec<Part> {
    let mut parts: Vec<(Part, f64)> = share.parts.clone();
    parts.sort_by(|a, b| (b.1 * whole).total_cmp(&(a.1 * whole)));
    let mut names: Vec<String> = Vec::new();
    let mut leading = Vec::new();
    for (part, _) in parts {
        if names.len() == NAMED {
            break;
        }
        let name = name_of(features, part);
        if !names.contains(&name) {
            names.push(name);
            leading.push(part);
        }
    }
    leading
}

fn named(features: &Features, leading: &[Part]) -> String {
    let names: Vec<String> = leading
        .iter()
        .map(|part| name_of(features, *part))
        .collect();
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
