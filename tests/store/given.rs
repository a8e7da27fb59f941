//! What the tests start from: sites, comments and their marks.

use hamgate::domain::{
    Author, Comment, CommentId, Decision, DecisionKind, Evidence, Fingerprint, History, Judgement,
    KeyMac, Label, LogOdds, Site, SiteId, Source, Subject, Tally, Trace, Verdict,
};
use hamgate::store::{
    Aspects, Check, DecisionWrite, HistoryQuery, Idempotency, LabelWrite, Marks, NewSite, Recorded,
    Store, StoreError, fresh_id,
};
use jiff::Timestamp;

/// Noon of day `day` after the tests' first.
pub fn day(day: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + day * 86_400).unwrap()
}

pub fn mac(number: u64) -> KeyMac {
    let mut mac = [0; 32];
    mac[..8].copy_from_slice(&number.to_le_bytes());
    KeyMac(mac)
}

/// A site whose keys are the MACs of `key` and `key + 1`.
pub async fn site(store: &dyn Store, name: &str, key: u64) -> Site {
    store
        .add_site(NewSite {
            name: name.into(),
            url: format!("https://{name}.example"),
            api_key: mac(key),
            akismet_key: mac(key + 1),
        })
        .await
        .unwrap()
}

pub fn comment(own_id: Option<&str>, content: &str) -> Comment {
    Comment {
        id: own_id.map(Into::into),
        author: Author {
            name: Some("Ada".into()),
            ..Author::default()
        },
        content: content.into(),
        ..Comment::default()
    }
}

pub fn judgement(verdict: Verdict, log_odds: f64) -> Judgement {
    Judgement {
        verdict,
        spam_probability: LogOdds(log_odds).probability(),
        log_odds: LogOdds(log_odds),
        evidence: vec![Evidence {
            source: Source::Words,
            reason: "word".into(),
            detail: "cheap".into(),
            log_odds: LogOdds(log_odds),
            span: None,
        }],
        model: "0123456789ab".into(),
        policy: "accept<=-1.90 reject>=4.20".into(),
    }
}

pub fn trace(subject: Subject, value: u8) -> Trace {
    Trace {
        subject,
        hash: [value; 16],
    }
}

/// A text of which `alike` minhashes of 32 equal those of `fingerprint(of, 32)`.
pub fn fingerprint(of: u32, alike: usize) -> Fingerprint {
    Fingerprint(std::array::from_fn(|place| {
        let minhash = of * 1000 + place as u32;
        if place < alike {
            minhash
        } else {
            minhash + 500_000
        }
    }))
}

/// A held comment without marks.
pub fn check(site: SiteId, comment: Comment) -> Check {
    Check {
        site,
        new_id: CommentId(fresh_id()),
        comment,
        marks: Marks::default(),
        aspects: Aspects::default(),
        judgement: judgement(Verdict::Hold, 0.5),
        gathered: None,
        at: day(0),
        purge_after: day(100),
        idempotency: None,
        callback: None,
        updates: None,
        akismet: None,
        audit_share: 0.0,
    }
}

/// [`check`] with the traces and the fingerprint.
pub fn marked(
    site: SiteId,
    own_id: &str,
    traces: &[Trace],
    fingerprint: Option<Fingerprint>,
) -> Check {
    Check {
        marks: Marks {
            traces: traces.to_vec(),
            fingerprint,
        },
        ..check(site, comment(Some(own_id), "A comment with marks."))
    }
}

pub async fn record(store: &dyn Store, check: Check) -> CommentId {
    store.record(check).await.unwrap().comment_id
}

pub async fn record_with_key(
    store: &dyn Store,
    check: Check,
    key: &str,
    request: u8,
) -> Result<Recorded, StoreError> {
    store
        .record(Check {
            idempotency: Some(idempotency(key, request)),
            ..check
        })
        .await
}

pub fn idempotency(key: &str, request: u8) -> Idempotency {
    Idempotency {
        key: key.into(),
        request: [request; 32],
    }
}

pub async fn label(
    store: &dyn Store,
    site: SiteId,
    comment_id: CommentId,
    label: Label,
) -> Option<Label> {
    let write = LabelWrite {
        site,
        comment_id,
        label,
        at: day(1),
    };
    store.label(write).await.unwrap()
}

pub fn decision(kind: DecisionKind, learn: bool) -> Decision {
    Decision {
        id: fresh_id(),
        decision: kind,
        learn,
        why: None,
        note: Some("seen before".into()),
        by: "api".into(),
        at: day(1),
        undone_at: None,
    }
}

pub async fn decide(
    store: &dyn Store,
    site: SiteId,
    comment_id: CommentId,
    kind: DecisionKind,
    learn: bool,
) -> Decision {
    let write = DecisionWrite {
        site,
        comment_id,
        decision: decision(kind, learn),
        seen: None,
    };
    store.decide(write).await.unwrap()
}

pub async fn history(
    store: &dyn Store,
    site: SiteId,
    traces: &[Trace],
    fingerprint: Option<Fingerprint>,
    own_id: Option<&str>,
) -> History {
    let query = HistoryQuery {
        site,
        traces: traces.to_vec(),
        fingerprint,
        own_id: own_id.map(Into::into),
        own: None,
    };
    store.history(query).await.unwrap()
}

/// The tally of one trace, empty if it is not known.
pub async fn tally(store: &dyn Store, site: SiteId, trace: Trace) -> Tally {
    let history = history(store, site, &[trace], None, None).await;
    history
        .known
        .first()
        .map_or(Tally::default(), |known| known.tally)
}

/// `[ham here, spam here, ham elsewhere, spam elsewhere]`.
pub fn counts(tally: Tally) -> [u32; 4] {
    [
        tally.ham_here,
        tally.spam_here,
        tally.ham_elsewhere,
        tally.spam_elsewhere,
    ]
}
