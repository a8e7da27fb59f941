//! The site layer: what a site's own labels add to the shared model. A small
//! logistic regression that starts from the shared model's log-odds `s`:
//! `trust · s + bias + own tokens + neighbours`. With few labels it stays with
//! the shared model, and it moves its own site only.

mod fit;

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use xxhash_rust::xxh3::{Xxh3Default, xxh3_64};

use super::model::norm;
use crate::domain::Label;
use crate::features::tokens::{Kind, Part, SLOTS, Tokens};

/// Kinds that a site learns. Character runs say nothing that words do not once
/// the blog itself is known, and are nine tenths of all tokens.
const KINDS: [Kind; 7] = [
    Kind::Words,
    Kind::Pairs,
    Kind::Links,
    Kind::Shape,
    Kind::Name,
    Kind::Url,
    Kind::Rules,
];
/// The post's value beside kinds of length 1. On five blogs learning in order
/// of dates, 0.5 and 1 were alike, and both better than none.
const POST_VALUE: f64 = 0.5;
/// At this cosine a neighbour is a copy.
const COPY: f64 = 0.9;
/// `trust`, `bias`, and the weights of the two neighbour numbers.
const FIXED: usize = 4;

/// A comment as the layer sees it.
#[derive(Debug, Clone)]
pub struct LocalTokens {
    /// Slots, each with its kind's norm and the part it was seen in; none is
    /// the post.
    tokens: Vec<(u32, f64, Option<Part>)>,
    /// Log-odds by the shared model.
    shared: f64,
}

impl LocalTokens {
    /// `post` names the post: that spam gathers under it is known on the blog
    /// itself only.
    pub fn new(tokens: &Tokens, post: Option<&str>, shared: f64) -> Self {
        let of_kinds = tokens.by_kind().filter(|(kind, _)| KINDS.contains(kind));
        let tokens = of_kinds.flat_map(|(_, tokens)| {
            let norm = norm(tokens.len());
            tokens
                .iter()
                .map(move |token| (token.slot, norm, Some(token.part)))
        });
        let post = post.map(|post| (post_slot(post), POST_VALUE, None));
        Self {
            tokens: tokens.chain(post).collect(),
            shared,
        }
    }

    /// Squared length: each kind has length 1.
    fn length(&self) -> f64 {
        self.tokens.iter().map(|(_, value, _)| value * value).sum()
    }
}

/// Beyond the slots of the shared model.
fn post_slot(post: &str) -> u32 {
    SLOTS as u32 + (xxh3_64(post.as_bytes()) >> 40) as u32
}

#[derive(Debug, Clone)]
struct Example {
    comment: LocalTokens,
    label: Label,
    /// As they were when it came: of the labels before it.
    neighbours: [f64; 2],
}

type Slots<V> = HashMap<u32, V, BuildHasherDefault<Xxh3Default>>;

/// What a site has learnt.
#[derive(Debug, Clone, Default)]
pub struct SiteLayer {
    examples: Vec<Example>,
    /// The examples that each slot is in, with its value there.
    postings: Slots<Vec<(u32, f64)>>,
    lengths: Vec<f64>,
    fixed: Option<[f64; FIXED]>,
    weights: Slots<f64>,
}

/// What the layer adds to the shared model's log-odds.
#[derive(Debug, Clone, PartialEq)]
pub struct SiteShare {
    /// From trusting the shared model more or less here.
    pub trust: f64,
    /// From being like comments that were called spam or ham here.
    pub neighbours: f64,
    /// From what lies under the same post.
    pub post: f64,
    /// From each part of the comment.
    pub parts: Vec<(Part, f64)>,
}

impl SiteLayer {
    /// How many labels it has learnt.
    pub fn labels(&self) -> usize {
        self.examples.len()
    }

    /// Learns one more label; [`SiteLayer::fit`] makes it count.
    pub fn add(&mut self, comment: LocalTokens, label: Label) {
        let neighbours = self.neighbours(&comment);
        let number = self.examples.len() as u32;
        for (slot, value, _) in &comment.tokens {
            let posting = self.postings.entry(*slot).or_default();
            posting.push((number, *value));
        }
        self.lengths.push(comment.length());
        self.examples.push(Example {
            comment,
            label,
            neighbours,
        });
    }

    /// What the site's labels add for a comment; `None` before the first fit.
    pub fn share(&self, comment: &LocalTokens) -> Option<SiteShare> {
        let [trust, bias, nearer, copy] = self.fixed?;
        let [near, copied] = self.neighbours(comment);
        let mut parts = Vec::with_capacity(comment.tokens.len());
        let mut post = 0.0;
        for (slot, value, part) in &comment.tokens {
            let Some(weight) = self.weights.get(slot) else {
                continue;
            };
            match part {
                Some(part) => parts.push((*part, weight * value)),
                None => post += weight * value,
            }
        }
        Some(SiteShare {
            trust: (trust - 1.0) * comment.shared + bias,
            neighbours: nearer * near + copy * copied,
            post,
            parts,
        })
    }

    /// How much nearer the nearest spam is than the nearest ham, by cosine
    /// (-1 to 1), and 1 if the spam is all but a copy.
    fn neighbours(&self, comment: &LocalTokens) -> [f64; 2] {
        let mut products = vec![0.0; self.examples.len()];
        for (slot, value, _) in &comment.tokens {
            for (number, other) in self.postings.get(slot).into_iter().flatten() {
                products[*number as usize] += value * other;
            }
        }
        let length = comment.length();
        let nearest = |label| {
            let of = self.examples.iter().zip(&products).zip(&self.lengths);
            of.filter(|((example, _), _)| example.label == label)
                .map(|((_, product), other)| product / (length * other).sqrt().max(1e-12))
                .fold(0.0, f64::max)
        };
        let (spam, ham): (f64, f64) = (nearest(Label::Spam), nearest(Label::Ham));
        [spam - ham, f64::from(u8::from(spam >= COPY))]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bayes::tokens_of;
    use crate::domain::Comment;
    use crate::features::Features;

    fn local(content: &str, shared: f64) -> LocalTokens {
        let comment = Comment {
            content: content.into(),
            ..Comment::default()
        };
        LocalTokens::new(&tokens_of(&Features::of(&comment)).0, None, shared)
    }

    fn moved(layer: &SiteLayer, comment: &LocalTokens) -> f64 {
        layer.share(comment).map_or(0.0, |share| {
            let parts = share.parts.iter().map(|(_, weight)| weight);
            share.trust + share.neighbours + share.post + parts.sum::<f64>()
        })
    }

    #[test]
    fn one_label_is_weak_and_many_are_strong() {
        let mut layer = SiteLayer::default();
        let spam = |number| {
            format!("our harbour tours number {number} are the best way to see the harbour")
        };
        assert_eq!(layer.share(&local("anything", 0.0)), None);
        layer.add(local(&spam(0), -1.0), Label::Spam);
        layer.fit();
        let next = local(&spam(99), -1.0);
        let once = moved(&layer, &next);
        assert!((0.2..2.5).contains(&once), "{once}");
        let other = local("does this work with version 9 of the compiler?", -1.0);
        assert!(moved(&layer, &other).abs() < 1.0);
        for number in 1..15 {
            layer.add(local(&spam(number), -1.0), Label::Spam);
            let ham = format!("chapter {number} helped me to understand borrowing");
            layer.add(local(&ham, -1.0), Label::Ham);
        }
        layer.fit();
        assert!(moved(&layer, &next) > once + 1.0);
        assert!(moved(&layer, &local("chapter 20 was hard", -1.0)) < 0.0);
    }

    #[test]
    fn the_same_post_counts_for_what_lies_under_it() {
        let under = |content: &str, post| {
            let comment = Comment {
                content: content.into(),
                ..Comment::default()
            };
            LocalTokens::new(&tokens_of(&Features::of(&comment)).0, Some(post), 0.0)
        };
        let mut layer = SiteLayer::default();
        for number in 0..15 {
            layer.add(under(&format!("remark {number}"), "old"), Label::Spam);
            layer.add(under(&format!("remark {number}"), "new"), Label::Ham);
        }
        layer.fit();
        let share = |post| layer.share(&under("a word", post)).map(|share| share.post);
        assert!(share("old") > Some(0.1) && share("new") < Some(-0.1));
        assert_eq!(share("another"), Some(0.0));
    }
}
