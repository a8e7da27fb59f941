//! comment-check: judged within the client's patience, and never published
//! because hamgate had a bad day.

use std::sync::Arc;
use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::web::Data;

use super::answer::{Failure, builder, with_guid};
use super::call::Asked;
use super::fields::Submission;
use crate::domain::{CommentId, HoldAnswer, Judgement, Label, Site, Source, Verdict};
use crate::http::door::Door;
use crate::secret::ClearKey;
use crate::service::{AkismetCallback, CheckRequest, Service, ServiceError, ThroughAkismet, told};

const ERROR: HeaderName = HeaderName::from_static("x-akismet-error");
const RECHECK: HeaderName = HeaderName::from_static("x-akismet-recheck-after");
const PRO_TIP: HeaderName = HeaderName::from_static("x-akismet-pro-tip");
const VERDICT: HeaderName = HeaderName::from_static("x-hamgate-verdict");
const REASON: HeaderName = HeaderName::from_static("x-hamgate-reason");

/// WordPress publishes by itself after twice this time: two months, in which
/// every moderator had a fair chance.
const SECOND_LOOK: Duration = Duration::from_hours(30 * 24);
const NOT_JUDGED: &str = "hamgate could not judge it";
/// Reasons that the header names, and its length in bytes.
const REASONS: usize = 3;
const REASON_BYTES: usize = 300;

/// # Errors
/// The key or the blog is wrong, or hamgate cannot answer before it knows the
/// site.
pub async fn comment_check(asked: &Asked<'_>) -> Result<HttpResponse, Failure> {
    let budget = asked.door.akismet.budget;
    let deadline = tokio::time::Instant::now() + budget;
    let known = tokio::time::timeout_at(deadline, asked.site()).await;
    let Ok(known) = known else {
        return Ok(unavailable(
            asked.door,
            HoldAnswer::Ask,
            asked.id,
            "too_slow",
        ));
    };
    let (key, site) = known?;
    let submission = Submission::of(&asked.form);
    let hold = site.settings.hold;
    if submission.guaranteed_spam {
        let answer = answer(asked.id, Label::Spam, "reject", "spam by agreement");
        return Ok(match submission.test_discard {
            true => with(answer, PRO_TIP, "discard"),
            false => answer,
        });
    }
    let service = Arc::clone(&asked.door.service);
    let (judged_site, id) = (site.clone(), asked.id);
    // A task of its own: what is late is still judged and kept.
    let judging =
        tokio::spawn(async move { judged(&service, &judged_site, key, submission, id).await });
    match tokio::time::timeout_at(deadline, judging).await {
        Ok(Ok(Ok((id, judgement)))) => Ok(answer_of(asked, &site, id, &judgement)),
        Ok(Ok(Err(error))) => {
            tracing::warn!(%error, "a comment could not be judged");
            Ok(unavailable(asked.door, hold, asked.id, "unavailable"))
        }
        Ok(Err(_)) => {
            asked.door.service.installation().counters().panics.inc();
            Ok(unavailable(asked.door, hold, asked.id, "internal"))
        }
        Err(_) => {
            tracing::warn!("a comment took longer than the budget");
            Ok(unavailable(asked.door, hold, asked.id, "too_slow"))
        }
    }
}

async fn judged(
    service: &Service,
    site: &Site,
    key: ClearKey,
    submission: Submission,
    id: CommentId,
) -> Result<(CommentId, Judgement), ServiceError> {
    if submission.comment.content.trim().is_empty() {
        let administrator = submission.administrator;
        let judgement = service.glance(site, submission.comment, administrator);
        return Ok((id, judgement.await?));
    }
    let updates = match submission.recheck {
        true => service.checked_before(site, &submission.comment).await?,
        false => None,
    };
    let request = CheckRequest {
        dry_run: submission.is_test,
        idempotency: None,
        callback: submission.callback.map(|url| AkismetCallback {
            url,
            key,
            post_id: submission.post_id,
        }),
        akismet: Some(ThroughAkismet {
            id,
            updates,
            administrator: submission.administrator,
            asked: true,
        }),
        comment: submission.comment,
    };
    let answer = service.check(site, request).await?;
    Ok((answer.comment_id.unwrap_or(id), answer.judgement))
}

fn answer_of(asked: &Asked<'_>, site: &Site, id: CommentId, judgement: &Judgement) -> HttpResponse {
    let (verdict, hold) = (judgement.verdict, site.settings.hold);
    let said = told(verdict, hold);
    let answer = answer(id, said, verdict.as_str(), &reasons(judgement));
    match verdict {
        Verdict::Accept => answer,
        Verdict::Hold => held(answer, hold),
        Verdict::Reject => {
            let policy = asked.door.service.filter().policy_for(&site.settings);
            match site.settings.discard && policy.is_beyond_doubt(judgement.log_odds) {
                true => with(answer, PRO_TIP, "discard"),
                false => answer,
            }
        }
    }
}

/// The answer for a comment that could not be judged, as the owner wants it.
pub fn unavailable(
    door: &Data<Door>,
    hold: HoldAnswer,
    id: CommentId,
    reason: &str,
) -> HttpResponse {
    match door.akismet.when_unavailable {
        None => not_judged(hold, id, reason),
        Some(said) => answer(id, said, "none", &format!("{NOT_JUDGED}: {reason}")),
    }
}

/// A hold for what could not be read. The sender can bring that about, by a
/// comment that is too long, so it is never what the owner chose for bad days.
pub fn unreadable(id: CommentId, reason: &str) -> HttpResponse {
    not_judged(HoldAnswer::Ask, id, reason)
}

fn not_judged(hold: HoldAnswer, id: CommentId, reason: &str) -> HttpResponse {
    let reason = format!("{NOT_JUDGED}: {reason}");
    let said = told(Verdict::Hold, hold);
    held(answer(id, said, Verdict::Hold.as_str(), &reason), hold)
}

fn answer(id: CommentId, said: Label, verdict: &str, reason: &str) -> HttpResponse {
    let body = match said {
        Label::Spam => "true",
        Label::Ham => "false",
    };
    let answer = with_guid(builder().body(body), id);
    with(with(answer, VERDICT, verdict), REASON, reason)
}

/// Says that a person is to look, to clients that can hear it.
fn held(answer: HttpResponse, hold: HoldAnswer) -> HttpResponse {
    match hold {
        HoldAnswer::Ask => with(answer, ERROR, "held"),
        HoldAnswer::SecondLook => with(answer, RECHECK, &SECOND_LOOK.as_secs().to_string()),
        HoldAnswer::Spam | HoldAnswer::Ham => answer,
    }
}

fn with(mut answer: HttpResponse, name: HeaderName, value: &str) -> HttpResponse {
    if let Ok(value) = HeaderValue::from_str(value) {
        answer.headers_mut().insert(name, value);
    }
    answer
}

/// What weighs most for the verdict, in visible ASCII.
fn reasons(judgement: &Judgement) -> String {
    let spam = judgement.log_odds.0 > 0.0;
    let mut pieces: Vec<_> = judgement
        .evidence
        .iter()
        .filter(|piece| piece.source == Source::Policy || (piece.log_odds.0 > 0.0) == spam)
        .filter(|piece| piece.reason != "others" && piece.source != Source::Model)
        .collect();
    // Limits on the verdict come first: they weigh nothing, and decide.
    pieces.sort_by(|a, b| {
        let rank = |piece: &crate::domain::Evidence| match piece.source {
            Source::Policy => f64::INFINITY,
            _ => piece.log_odds.0.abs(),
        };
        rank(b).total_cmp(&rank(a))
    });
    let named: Vec<&str> = pieces
        .iter()
        .take(REASONS)
        .map(|piece| piece.detail.as_str())
        .collect();
    let ascii = named.join("; ").replace(['“', '”'], "\"");
    let visible = |c: char| if (' '..='~').contains(&c) { c } else { '?' };
    ascii.chars().map(visible).take(REASON_BYTES).collect()
}
