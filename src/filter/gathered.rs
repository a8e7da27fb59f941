//! What a judgement is made from beside the comment and the model, small enough
//! to be kept with it: with both, the judgement can be made again, bit for bit.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::policy::Policy;
use super::site::SiteSays;
use crate::domain::{Comment, CommentId, History, Known, LogOdds, Tally, Trace, Trust};

/// What was gathered. Names are short, for there is one of these in each
/// judgement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Gathered {
    /// The version that judged.
    #[serde(rename = "v")]
    pub version: String,
    /// Start of the SHA-256 of the comment as it was judged.
    #[serde(rename = "c")]
    pub comment: String,
    /// The two thresholds; none accepts, or rejects, nothing.
    #[serde(rename = "p")]
    pub policy: [Option<f64>; 2],
    /// Owner's weights, by the rule's id.
    #[serde(rename = "r", default, skip_serializing_if = "BTreeMap::is_empty")]
    pub rules: BTreeMap<String, LogOdds>,
    #[serde(
        rename = "h",
        default,
        skip_serializing_if = "GatheredHistory::is_empty"
    )]
    pub history: GatheredHistory,
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    pub says: Option<SiteSays>,
    /// What came before the evidence.
    #[serde(rename = "o", default, skip_serializing_if = "Option::is_none")]
    pub overruled: Option<Overruled>,
}

/// What decides whatever the evidence says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Overruled {
    /// The blog said that its own administrator wrote it.
    Administrator,
    /// It was imported, and waited for a person where it came from.
    Pending,
}

/// The history, without a hash of anybody: a trace is its place among those of
/// the comment.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct GatheredHistory {
    #[serde(rename = "k", default, skip_serializing_if = "Vec::is_empty")]
    pub known: Vec<(usize, [u32; 4])>,
    #[serde(rename = "t", default, skip_serializing_if = "Vec::is_empty")]
    pub trusts: Vec<(usize, Trust)>,
    #[serde(rename = "n", default, skip_serializing_if = "is_nothing")]
    pub near_duplicates: [u32; 4],
    #[serde(rename = "p", default, skip_serializing_if = "is_false")]
    pub copied: bool,
    #[serde(rename = "l", default)]
    pub label_changes: u64,
    #[serde(rename = "o", default, skip_serializing_if = "is_false")]
    pub own_label: bool,
    #[serde(rename = "m", default, skip_serializing_if = "is_false")]
    pub missing: bool,
}

impl Gathered {
    /// `traces` are the comment's, in the order of its features.
    pub fn of(comment: &Comment, policy: Policy, traces: &[Trace], history: &History) -> Self {
        let accept = policy.accept_below.0;
        let place = |of: &Trace| traces.iter().position(|trace| trace == of);
        let known = |known: &Known| Some((place(&known.trace)?, counts(known.tally)));
        let trusted = |(trace, trust): &(Trace, Trust)| Some((place(trace)?, *trust));
        Self {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            comment: Self::mark(comment),
            policy: [
                accept.is_finite().then_some(accept),
                policy.reject_above.map(|reject| reject.0),
            ],
            rules: BTreeMap::new(),
            history: GatheredHistory {
                known: history.known.iter().filter_map(known).collect(),
                trusts: history.trusts.iter().filter_map(trusted).collect(),
                near_duplicates: counts(history.near_duplicates),
                copied: history.copied.is_some(),
                label_changes: history.label_changes,
                own_label: history.own_label,
                missing: history.missing,
            },
            says: None,
            overruled: None,
        }
    }

    /// By what a comment is known to be the one that was judged.
    pub fn mark(comment: &Comment) -> String {
        let json = serde_json::to_vec(comment).expect("a comment is plain JSON");
        HEXLOWER.encode(&Sha256::digest(json)[..16])
    }

    pub fn policy(&self) -> Policy {
        let [accept, reject] = self.policy;
        Policy {
            accept_below: LogOdds(accept.unwrap_or(f64::NEG_INFINITY)),
            reject_above: reject.map(LogOdds),
        }
    }

    /// The history as it was; `traces` as in [`Gathered::of`]. `None` if they
    /// are other ones.
    pub fn history(&self, traces: &[Trace]) -> Option<History> {
        let history = &self.history;
        let known = history.known.iter().map(|(place, counts)| {
            Some(Known {
                trace: *traces.get(*place)?,
                tally: tally(*counts),
            })
        });
        let trusts = history.trusts.iter();
        let trusts = trusts.map(|(place, trust)| Some((*traces.get(*place)?, *trust)));
        Some(History {
            known: known.collect::<Option<_>>()?,
            trusts: trusts.collect::<Option<_>>()?,
            near_duplicates: tally(history.near_duplicates),
            // Which comment it was has no part in the judgement.
            copied: history.copied.then_some(CommentId(Uuid::nil())),
            label_changes: history.label_changes,
            own_label: history.own_label,
            missing: history.missing,
        })
    }
}

impl GatheredHistory {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

fn counts(tally: Tally) -> [u32; 4] {
    [
        tally.ham_here,
        tally.spam_here,
        tally.ham_elsewhere,
        tally.spam_elsewhere,
    ]
}

fn tally([ham_here, spam_here, ham_elsewhere, spam_elsewhere]: [u32; 4]) -> Tally {
    Tally {
        ham_here,
        spam_here,
        ham_elsewhere,
        spam_elsewhere,
    }
}

fn is_false(flag: &bool) -> bool {
    !flag
}

fn is_nothing(counts: &[u32; 4]) -> bool {
    *counts == [0; 4]
}
