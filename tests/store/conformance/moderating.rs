//! Decisions, their ends, and the counts of a site.

use hamgate::domain::{DecisionKind, Label, Subject, Verdict};
use hamgate::store::{Check, Counts, StoreError};

use crate::given::{
    check, comment, counts, day, decide, judgement, label, marked, record, site, tally, trace,
};
use crate::on_every_engine;

on_every_engine! {
    async fn a_decision_teaches_and_replaces_the_one_before(store) {
        let site = site(store, "art", 10).await.id;
        let email = trace(Subject::Email, 1);
        let id = record(store, marked(site, "1", &[email], None)).await;
        let first = decide(store, site, id, DecisionKind::Accept, true).await;
        assert_eq!(first.undone_at, None);
        let stored = store.comment(site, id).await.unwrap().stored;
        assert_eq!(stored.decision, Some(first.clone()));
        assert_eq!(stored.label, Some(Label::Ham));
        assert_eq!(counts(tally(store, site, email).await), [1, 0, 0, 0]);

        let second = decide(store, site, id, DecisionKind::Reject, true).await;
        let file = store.comment(site, id).await.unwrap();
        assert_eq!(file.stored.decision, Some(second.clone()));
        assert_eq!(file.stored.label, Some(Label::Spam));
        assert_eq!(counts(tally(store, site, email).await), [0, 1, 0, 0]);
        assert_eq!(file.decisions.len(), 2);
        assert_eq!(file.decisions[0].id, first.id);
        assert_eq!(file.decisions[0].undone_at, Some(second.at));
        assert_eq!(file.decisions[1], second);
    }

    async fn a_decision_without_learning_takes_the_label_back(store) {
        let site = site(store, "art", 10).await.id;
        let email = trace(Subject::Email, 1);
        let id = record(store, marked(site, "1", &[email], None)).await;
        label(store, site, id, Label::Ham).await;
        let off_topic = decide(store, site, id, DecisionKind::Reject, false).await;
        let stored = store.comment(site, id).await.unwrap().stored;
        assert_eq!(stored.decision, Some(off_topic));
        assert_eq!(stored.label, None);
        assert_eq!(counts(tally(store, site, email).await), [0; 4]);
        assert_eq!(store.samples().await.unwrap(), []);
    }

    async fn undoing_brings_nothing_earlier_back(store) {
        let site = site(store, "art", 10).await.id;
        let email = trace(Subject::Email, 1);
        let id = record(store, marked(site, "1", &[email], None)).await;
        let none = store.undo_decision(site, id, None, day(2)).await;
        assert!(matches!(none, Err(StoreError::NotFound)));
        decide(store, site, id, DecisionKind::Accept, true).await;
        let second = decide(store, site, id, DecisionKind::Reject, true).await;
        let undone = store.undo_decision(site, id, None, day(2)).await.unwrap();
        assert_eq!((undone.id, undone.undone_at), (second.id, Some(day(2))));
        let file = store.comment(site, id).await.unwrap();
        assert_eq!((file.stored.decision, file.stored.label), (None, None));
        assert_eq!(file.decisions[1], undone);
        assert_eq!(counts(tally(store, site, email).await), [0; 4]);
        let again = store.undo_decision(site, id, None, day(3)).await;
        assert!(matches!(again, Err(StoreError::NotFound)));
    }

    async fn a_label_given_after_a_decision_outlives_its_undoing(store) {
        let site = site(store, "art", 10).await.id;
        let email = trace(Subject::Email, 1);
        let id = record(store, marked(site, "1", &[email], None)).await;
        let decided = decide(store, site, id, DecisionKind::Reject, true).await;
        assert_eq!(label(store, site, id, Label::Ham).await, Some(Label::Spam));
        assert_eq!(store.comment(site, id).await.unwrap().stored.decision, Some(decided));
        store.undo_decision(site, id, None, day(2)).await.unwrap();
        assert_eq!(store.comment(site, id).await.unwrap().stored.label, Some(Label::Ham));
        assert_eq!(counts(tally(store, site, email).await), [1, 0, 0, 0]);
    }

    async fn counts_add_up(store) {
        let site = site(store, "art", 10).await.id;
        assert_eq!(store.counts(site).await.unwrap(), Counts::default());
        let mut ids = Vec::new();
        for (number, verdict) in [
            Verdict::Accept,
            Verdict::Hold,
            Verdict::Hold,
            Verdict::Hold,
            Verdict::Reject,
            Verdict::Reject,
        ]
        .into_iter()
        .enumerate()
        {
            let check = Check {
                judgement: judgement(verdict, 0.0),
                at: day(number as i64),
                ..check(site, comment(None, "One of six."))
            };
            ids.push(record(store, check).await);
        }
        label(store, site, ids[0], Label::Spam).await;
        decide(store, site, ids[1], DecisionKind::Accept, true).await;
        decide(store, site, ids[4], DecisionKind::Accept, true).await;
        decide(store, site, ids[5], DecisionKind::Reject, false).await;
        assert_eq!(
            store.counts(site).await.unwrap(),
            Counts {
                accepted: 1,
                held: 3,
                rejected: 2,
                decided_accept: 2,
                decided_reject: 1,
                queue: 2,
                oldest_in_queue: Some(day(2)),
                ham_by_verdict: [0, 1, 1],
                spam_by_verdict: [1, 0, 0],
            }
        );
    }
}
