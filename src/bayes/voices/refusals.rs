//! Labels that wait before the shared model may learn them, and why.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::{Refusal, Surprise, Voice, Who};
use crate::domain::{Fingerprint, Label, Sample};
use crate::features::Features;

/// What can be found again elsewhere: the text by its fingerprint, and where it
/// links to.
struct Seen {
    fingerprint: Option<Fingerprint>,
    domains: Vec<String>,
}

impl Seen {
    fn of(sample: &Sample) -> Self {
        let features = Features::of(&sample.comment);
        let author = features.author.url.iter().map(|url| url.domain.clone());
        let links = features.links.iter().map(|link| link.domain.clone());
        let mut domains: Vec<String> = author.chain(links).collect();
        domains.sort_unstable();
        domains.dedup();
        Self {
            fingerprint: features.fingerprint(),
            domains,
        }
    }
}

/// Copies agree in this share of their minima: what is seen as a campaign, too.
const NEARLY_THE_SAME: f64 = 0.8;

/// Labels that wait, and why.
pub(super) fn refusals(
    samples: &[Sample],
    voices: &[Voice],
    said: &[f64],
    surprise: Surprise,
) -> Vec<Option<Refusal>> {
    let seen: Vec<Seen> = samples.par_iter().map(Seen::of).collect();
    let mut by_band: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    let mut by_domain: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, seen) in seen.iter().enumerate() {
        for band in seen.fingerprint.iter().flat_map(Fingerprint::bands) {
            by_band.entry(band).or_default().push(at);
        }
        for domain in &seen.domains {
            by_domain.entry(domain).or_default().push(at);
        }
    }
    let contradicts: Vec<bool> = samples
        .iter()
        .zip(said)
        .map(|(sample, said)| match sample.label {
            Label::Ham => *said >= surprise.sure_of_spam,
            Label::Spam => *said <= surprise.sure_of_ham,
        })
        .collect();
    let standings = standings(voices, &contradicts);
    let (seen, by_band) = (&seen, &by_band);
    let copies = |at: usize| {
        let own = seen[at].fingerprint;
        let bands = seen[at].fingerprint.iter().flat_map(Fingerprint::bands);
        let near: BTreeSet<usize> = bands
            .flat_map(|band| by_band[&band].iter().take(MOST_COPIES).copied())
            .collect();
        near.into_iter().filter(move |other| {
            *other != at
                && own
                    .zip(seen[*other].fingerprint)
                    .is_some_and(|(a, b)| a.similarity(&b) >= NEARLY_THE_SAME)
        })
    };
    let may_back = |at: usize, other: usize| {
        standings[&voices[other].who()].may_back() && voices[other].is_another_than(&voices[at])
    };
    let backs =
        |at: usize, other: usize| samples[other].label == samples[at].label && may_back(at, other);
    // Everybody links to some domains: others' labels of one have to agree.
    let most_back = |at: usize, labelled: &[usize]| {
        let others = labelled.iter().take(MOST_LINKED);
        let others = others.filter(|other| may_back(at, **other));
        let agrees = |other: &usize| {
            if samples[*other].label == samples[at].label {
                1
            } else {
                -1
            }
        };
        others.map(agrees).sum::<i32>() > 0
    };
    (0..samples.len())
        .into_par_iter()
        .map(|at| {
            if standings[&voices[at].who()].is_doubted() {
                return Some(Refusal::Doubted);
            }
            if copies(at).any(|other| samples[other].label != samples[at].label) {
                return Some(Refusal::Conflict);
            }
            if !contradicts[at] {
                return None;
            }
            let backed = || {
                let domains = seen[at].domains.iter();
                copies(at).any(|other| backs(at, other))
                    || domains
                        .map(|domain| &by_domain[domain.as_str()])
                        .any(|labelled| most_back(at, labelled))
            };
            (!backed()).then_some(Refusal::Alone)
        })
        .collect()
}

/// Voices of which more than one label in this many contradicts what the model
/// is sure of. The shipped model is so wrong about one ham in a thousand and one
/// spam in sixty of a blog that it has not seen.
const ONE_IN: usize = 5;
/// One such label may be an honest mistake, or the model's.
const MISTAKES: usize = 2;
/// A voice backs others once so many of its labels did not contradict: accounts
/// that were made for an attack are not each other's witnesses.
const ESTABLISHED: usize = 10;

/// How often a voice was against what the model is sure of.
#[derive(Debug, Default)]
struct Standing {
    labels: usize,
    wrong: usize,
}

impl Standing {
    fn is_doubted(&self) -> bool {
        self.wrong >= MISTAKES && self.wrong * ONE_IN > self.labels
    }

    fn may_back(&self) -> bool {
        !self.is_doubted() && self.labels - self.wrong >= ESTABLISHED
    }
}

fn standings<'v>(voices: &'v [Voice], contradicts: &[bool]) -> BTreeMap<Who<'v>, Standing> {
    let mut standings: BTreeMap<Who, Standing> = BTreeMap::new();
    for (voice, contradicts) in voices.iter().zip(contradicts) {
        let standing = standings.entry(voice.who()).or_default();
        standing.labels += 1;
        standing.wrong += usize::from(*contradicts);
    }
    standings
}

/// Of one text so many copies are looked at.
const MOST_COPIES: usize = 50;
/// Of one domain so many labels.
const MOST_LINKED: usize = 200;
