//! What a purge forgets, and what it leaves.

use hamgate::domain::{DecisionKind, Label, Subject};
use hamgate::store::{Check, CommentFilter, StoreError};

use crate::given::{
    check, comment, counts, day, decide, fingerprint, history, idempotency, label, marked, record,
    record_with_key, site, trace,
};
use crate::on_every_engine;

on_every_engine! {
    async fn a_purge_forgets_texts_and_keeps_tallies(store) {
        let site = site(store, "art", 10).await.id;
        let email = trace(Subject::Email, 1);
        let text = fingerprint(1, 32);
        let due = Check { purge_after: day(10), ..marked(site, "1", &[email], Some(text)) };
        let due = record(store, due).await;
        let kept = Check { purge_after: day(11), ..check(site, comment(Some("2"), "Kept.")) };
        let kept = record(store, kept).await;
        decide(store, site, due, DecisionKind::Reject, true).await;
        label(store, site, kept, Label::Ham).await;
        assert_eq!(store.purge(day(9)).await.unwrap(), 0);
        assert_eq!(store.purge(day(10)).await.unwrap(), 1);
        assert_eq!(store.purge(day(10)).await.unwrap(), 0);

        assert!(matches!(store.comment(site, due).await, Err(StoreError::NotFound)));
        assert_eq!(store.comment_by_own_id(site, "1").await.unwrap(), None);
        let all = CommentFilter { limit: 10, ..CommentFilter::default() };
        let left: Vec<_> = store.comments(site, all).await.unwrap();
        assert_eq!(left.len(), 1);
        assert_eq!(left[0].comment_id, kept);
        let samples = store.samples().await.unwrap();
        assert_eq!(samples.len(), 1);
        assert_eq!(samples[0].comment.content, "Kept.");
        let history = history(store, site, &[email], Some(text), None).await;
        assert_eq!(counts(history.known[0].tally), [0, 1, 0, 0]);
        assert_eq!(counts(history.near_duplicates), [0, 1, 0, 0]);

        // The blog's id is free again.
        let again = record(store, check(site, comment(Some("1"), "Another."))).await;
        assert_ne!(again, due);
    }

    async fn a_purge_of_many_leaves_none(store) {
        let site = site(store, "art", 10).await.id;
        for _ in 0..450 {
            let due = Check { purge_after: day(1), ..check(site, comment(None, "Due.")) };
            record(store, due).await;
        }
        assert_eq!(store.purge(day(1)).await.unwrap(), 450);
        assert_eq!(store.counts(site).await.unwrap(), Default::default());
    }

    async fn idempotency_keys_are_forgotten_after_two_days(store) {
        let site = site(store, "art", 10).await.id;
        let first = check(site, comment(Some("1"), "Once."));
        record_with_key(store, first.clone(), "k", 1).await.unwrap();
        store.purge(day(2)).await.unwrap();
        assert!(store.recorded(site, &idempotency("k", 1)).await.unwrap().is_some());
        store.purge(day(3)).await.unwrap();
        assert_eq!(store.recorded(site, &idempotency("k", 1)).await.unwrap(), None);
        assert!(!record_with_key(store, first, "k", 2).await.unwrap().replayed);
    }

    async fn a_key_does_not_outlive_its_comment(store) {
        let site = site(store, "art", 10).await.id;
        let short = Check { purge_after: day(1), ..check(site, comment(None, "Short.")) };
        record_with_key(store, short.clone(), "k", 1).await.unwrap();
        assert_eq!(store.purge(day(1)).await.unwrap(), 1);
        // A judgement of another comment may now have the forgotten one's number.
        record(store, check(site, comment(None, "Other."))).await;
        assert_eq!(store.recorded(site, &idempotency("k", 1)).await.unwrap(), None);
        let fresh = Check { new_id: hamgate::domain::CommentId(hamgate::store::fresh_id()), ..short };
        assert!(!record_with_key(store, fresh, "k", 1).await.unwrap().replayed);
    }
}
