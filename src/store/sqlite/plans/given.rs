//! What the engine is given to run every statement.

use jiff::Timestamp;

use crate::domain::*;
use crate::store::*;

pub fn check(site: SiteId, number: u8, verdict: Verdict) -> Check {
    let at = Timestamp::from_second(1_790_000_000 + i64::from(number)).unwrap();
    let trace = |subject| Trace {
        subject,
        hash: [number % 4; 16],
    };
    Check {
        site,
        new_id: CommentId(fresh_id()),
        comment: Comment {
            id: Some(number.to_string()),
            content: format!("A text about loans, number {number}, with enough words."),
            ..Comment::default()
        },
        marks: Marks {
            traces: Subject::ALL.map(trace).to_vec(),
            fingerprint: Some(Fingerprint([u32::from(number % 3); 32])),
        },
        aspects: Aspects::default(),
        judgement: Judgement {
            verdict,
            spam_probability: 0.5,
            log_odds: LogOdds(0.1),
            evidence: vec![Evidence {
                source: Source::Rules,
                reason: "links/only".into(),
                detail: String::new(),
                log_odds: LogOdds(0.1),
                span: None,
            }],
            model: "0123456789ab".into(),
            policy: String::new(),
        },
        at,
        purge_after: at,
        idempotency: Some(Idempotency {
            key: number.to_string(),
            request: [number; 32],
        }),
        callback: None,
        updates: None,
        akismet: None,
        audit_share: 1.0,
    }
}

pub fn decision(
    site: SiteId,
    comment_id: CommentId,
    kind: DecisionKind,
    learn: bool,
) -> DecisionWrite {
    DecisionWrite {
        site,
        comment_id,
        decision: Decision {
            id: fresh_id(),
            decision: kind,
            learn,
            why: None,
            note: None,
            by: "mia".into(),
            at: Timestamp::UNIX_EPOCH,
            undone_at: None,
        },
        seen: None,
    }
}

/// Every way of narrowing a list, each by itself and then all together.
pub fn narrowings(campaign: CampaignId) -> Vec<Narrowing> {
    let none = Narrowing::default;
    let now = Timestamp::now();
    let mut all = vec![
        none(),
        Narrowing {
            words: Some("loans".into()),
            ..none()
        },
        Narrowing {
            language: Some("deu".into()),
            ..none()
        },
        Narrowing {
            language: Some(String::new()),
            ..none()
        },
        Narrowing {
            has_link: Some(true),
            ..none()
        },
        Narrowing {
            new_author: Some(true),
            ..none()
        },
        Narrowing {
            reason: Some("links/only".into()),
            ..none()
        },
        Narrowing {
            odds_from: Some(0.0),
            odds_below: Some(1.0),
            ..none()
        },
        Narrowing {
            since: Some(Timestamp::UNIX_EPOCH),
            before: Some(now),
            ..none()
        },
        Narrowing {
            campaign: Some(campaign),
            ..none()
        },
    ];
    all.push(Narrowing {
        words: Some("loans".into()),
        language: Some("deu".into()),
        has_link: Some(true),
        new_author: Some(true),
        reason: Some("links/only".into()),
        odds_from: Some(0.0),
        odds_below: Some(1.0),
        since: Some(Timestamp::UNIX_EPOCH),
        before: Some(now),
        campaign: Some(campaign),
    });
    all
}
