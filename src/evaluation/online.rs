//! The program as a blog meets it: each comment is judged, then a person says
//! what it was, and the next one is judged by a filter that has learnt it.

use std::collections::BTreeMap;
use std::path::Path;

use futures_util::{StreamExt, TryStreamExt, stream};
use serde::Serialize;

use super::judged::{Judged, Judges};
use super::sections::Lines;
use crate::bayes::metrics::Rate;
use crate::config::Config;
use crate::domain::Comment;
use crate::features::Features;
use crate::service::{CheckRequest, FeedbackTarget, Installation, Service, ServiceError};

/// Sites that learn side by side: one waits for the disk while another judges.
const SIDE_BY_SIDE: usize = 4;

/// Errors of a filter that learns. An error: the comment's probability is on
/// the wrong side of 1/2 when it is judged, before its label is learnt; for
/// what verdicts it got, see the measures.
#[derive(Debug, Clone, Serialize)]
pub struct Learning {
    /// All sites, each with its own first 50 and 200.
    pub total: WrongSide,
    pub sites: Vec<WrongSide>,
}

/// Errors among the first comments of a site, and among all.
#[derive(Debug, Clone, Serialize)]
pub struct WrongSide {
    pub site: String,
    pub first_50: Rate,
    pub first_200: Rate,
    pub all: Rate,
    /// The same comments without learning.
    pub all_without_learning: Rate,
}

/// The comments of each site by date; those without a date come first, and
/// what is of one time stays in the order of its lines.
fn by_site(lines: &Lines) -> BTreeMap<&str, Vec<usize>> {
    let mut sites: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, sample) in lines.samples.iter().enumerate() {
        sites.entry(&sample.site).or_default().push(at);
    }
    for places in sites.values_mut() {
        places.sort_by_key(|at| lines.samples[*at].comment.submitted_at);
    }
    sites
}

/// Judges each comment and then learns its label, in the order of dates, each
/// site in an installation of its own below `directory`, so that it starts
/// with the model alone and learns from itself alone. Comments lose their own
/// ids: a line is a comment, never an update of an earlier one.
///
/// # Errors
/// The directory cannot be used, or a comment cannot be admitted.
pub async fn learn_in_order(
    lines: &Lines,
    judges: &Judges,
    directory: &Path,
    done: &(dyn Fn(u64) + Sync),
) -> Result<Vec<Judged>, ServiceError> {
    let sites = by_site(lines).into_values().enumerate();
    let learnt: Vec<Vec<(usize, Judged)>> = stream::iter(sites)
        .map(|(number, places)| async move {
            let home = directory.join(number.to_string());
            learn_site(lines, judges, &places, &home, done).await
        })
        .buffer_unordered(SIDE_BY_SIDE)
        .try_collect()
        .await?;
    let mut judged: Vec<(usize, Judged)> = learnt.into_iter().flatten().collect();
    judged.sort_by_key(|(at, _)| *at);
    Ok(judged.into_iter().map(|(_, one)| one).collect())
}

async fn learn_site(
    lines: &Lines,
    judges: &Judges,
    places: &[usize],
    home: &Path,
    done: &(dyn Fn(u64) + Sync),
) -> Result<Vec<(usize, Judged)>, ServiceError> {
    let installation = Installation::open(home)?;
    let blog = installation
        .add_site("blog", "http://blog.example", None)
        .await?;
    let site = blog.site;
    // One filter judges all comments of a site.
    let filter = judges.of(places.first().copied().unwrap_or(0));
    let service = Service::new(installation, filter.clone(), &Config::default());
    let mut judged = Vec::with_capacity(places.len());
    for at in places {
        let sample = &lines.samples[*at];
        let comment = Comment {
            id: None,
            ..sample.comment.clone()
        };
        let features = Features::of(&comment);
        let request = CheckRequest {
            comment,
            dry_run: false,
            idempotency: None,
            callback: None,
        };
        let answer = service.check(&site, request).await?;
        if let Some(id) = answer.comment_id {
            let target = FeedbackTarget::CommentId(id);
            service.feedback(&site, target, sample.label).await?;
        }
        let one = Judged::of(sample, filter, &features, answer.judgement);
        judged.push((*at, one));
        done(1);
    }
    Ok(judged)
}

/// Counts the errors of `judged`, beside those of the same comments judged
/// without learning.
pub fn learning(lines: &Lines, judged: &[Judged], without: &[Judged]) -> Learning {
    let count = |judged: &[Judged], places: &[usize], first: usize| {
        let first = &places[..first.min(places.len())];
        let errors = first.iter().filter(|at| judged[**at].is_error()).count();
        Rate::of(errors, first.len())
    };
    let sites: Vec<WrongSide> = by_site(lines)
        .into_iter()
        .map(|(site, places)| WrongSide {
            site: site.to_owned(),
            first_50: count(judged, &places, 50),
            first_200: count(judged, &places, 200),
            all: count(judged, &places, usize::MAX),
            all_without_learning: count(without, &places, usize::MAX),
        })
        .collect();
    let sum = |of: fn(&WrongSide) -> Rate| {
        let errors = sites.iter().map(|site| of(site).count).sum();
        Rate::of(errors, sites.iter().map(|site| of(site).n).sum())
    };
    Learning {
        total: WrongSide {
            site: "all".to_owned(),
            first_50: sum(|site| site.first_50),
            first_200: sum(|site| site.first_200),
            all: sum(|site| site.all),
            all_without_learning: sum(|site| site.all_without_learning),
        },
        sites,
    }
}
