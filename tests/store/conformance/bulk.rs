//! Decisions that are made, and taken back, together.

use hamgate::domain::{CommentId, DecisionKind, Label, SiteId};
use hamgate::store::{BulkState, DecisionWrite, Seen, Store, StoreError, fresh_id};

use crate::given::{check, comment, day, decide, decision, record, site};
use crate::on_every_engine;

async fn write(store: &dyn Store, site: SiteId, comment_id: CommentId) -> DecisionWrite {
    let stored = store.comment(site, comment_id).await.unwrap().stored;
    DecisionWrite {
        site,
        comment_id,
        decision: decision(DecisionKind::Reject, true),
        seen: Some(Seen {
            updated_at: stored.updated_at,
            decision: stored.decision.map(|decision| decision.id),
        }),
    }
}

async fn held(store: &dyn Store, site: SiteId, number: usize) -> Vec<CommentId> {
    let mut ids = Vec::new();
    for own_id in 0..number {
        ids.push(
            record(
                store,
                check(site, comment(Some(&own_id.to_string()), "Text.")),
            )
            .await,
        );
    }
    ids
}

on_every_engine! {
    async fn many_are_decided_and_taken_back_and_others_are_left_alone(store) {
        let art = site(store, "art", 10).await.id;
        let zoo = site(store, "zoo", 20).await.id;
        let ids = held(store, art, 130).await;
        let mut writes = Vec::new();
        for id in &ids {
            writes.push(write(store, art, *id).await);
        }
        // Somebody was quicker with two of them.
        decide(store, art, ids[3], DecisionKind::Accept, true).await;
        decide(store, art, ids[77], DecisionKind::Reject, true).await;
        let mut foreign = writes[0].clone();
        foreign.site = zoo;
        foreign.decision = decision(DecisionKind::Reject, true);
        writes.push(foreign);
        let bulk = fresh_id();
        let outcome = store.decide_many(bulk, writes).await.unwrap();
        assert_eq!((outcome.decided.len(), outcome.changed, outcome.absent), (128, 2, 1));
        assert_eq!(store.counts(art).await.unwrap().queue, 0);
        assert_eq!(store.comment(art, ids[4]).await.unwrap().stored.label, Some(Label::Spam));

        // One of the bulk is decided anew: it is not the bulk's any more.
        decide(store, art, ids[5], DecisionKind::Accept, true).await;
        let (state, one) = store.bulk(art, bulk).await.unwrap();
        assert_eq!(state, BulkState { in_force: 127, ended: 1 });
        assert_eq!((one.decision, one.undone_at), (DecisionKind::Reject, None));
        for (site, bulk) in [(zoo, bulk), (art, fresh_id())] {
            assert!(matches!(store.bulk(site, bulk).await, Err(StoreError::NotFound)));
            let undone = store.undo_many(site, bulk, day(2)).await;
            assert!(matches!(undone, Err(StoreError::NotFound)));
        }
        assert_eq!(store.undo_many(art, bulk, day(2)).await.unwrap(), state);
        let (state, one) = store.bulk(art, bulk).await.unwrap();
        assert_eq!(state, BulkState { in_force: 0, ended: 128 });
        assert!(one.undone_at.is_some());
        assert_eq!(store.counts(art).await.unwrap().queue, 127);
        for (place, expected) in [(3, true), (5, true), (77, true), (4, false)] {
            let stored = store.comment(art, ids[place]).await.unwrap().stored;
            assert_eq!(stored.decision.is_some(), expected, "{place}");
            assert_eq!(stored.label.is_some(), expected, "{place}");
        }
    }

    async fn a_bulk_goes_with_its_comments(store) {
        let site = site(store, "art", 10).await.id;
        let ids = held(store, site, 2).await;
        let bulk = fresh_id();
        let writes = vec![write(store, site, ids[0]).await, write(store, site, ids[1]).await];
        store.decide_many(bulk, writes).await.unwrap();
        assert_eq!(store.purge(day(200)).await.unwrap(), 2);
        assert!(matches!(store.bulk(site, bulk).await, Err(StoreError::NotFound)));
        assert_eq!(store.counts(site).await.unwrap().held, 0);
    }
}
