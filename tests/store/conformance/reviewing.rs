//! What people need to decide, and decisions that depend on what was seen.

use hamgate::domain::{CommentId, DecisionKind, SiteId, Subject, Verdict};
use hamgate::store::{
    AuthorRecord, Check, CommentFilter, DecisionFilter, DecisionWrite, Order, Seen, Store,
    StoreError, fresh_id,
};

use crate::given::{check, comment, day, decide, decision, judgement, marked, record, site, trace};
use crate::on_every_engine;

async fn judged(store: &dyn Store, site: SiteId, verdict: Verdict, log_odds: f64) -> CommentId {
    let check = Check {
        judgement: judgement(verdict, log_odds),
        ..check(site, comment(None, "."))
    };
    record(store, check).await
}

async fn seen(store: &dyn Store, site: SiteId, id: CommentId) -> Seen {
    let stored = store.comment(site, id).await.unwrap().stored;
    Seen {
        updated_at: stored.updated_at,
        decision: stored.decision.map(|decision| decision.id),
    }
}

fn queue(order: Order) -> CommentFilter {
    CommentFilter {
        verdict: Some(Verdict::Hold),
        decision: Some(DecisionFilter::None),
        order,
        limit: 2,
        ..CommentFilter::default()
    }
}

on_every_engine! {
    async fn each_order_is_paged_without_gap_or_overlap(store) {
        let site = site(store, "art", 10).await.id;
        let odds = [0.5, -1.0, 2.0, 0.5, 0.5, 3.0, -0.25];
        let mut ids = Vec::new();
        for odds in odds {
            ids.push(judged(store, site, Verdict::Hold, odds).await);
        }
        judged(store, site, Verdict::Accept, 9.0).await;
        for (order, expected) in [
            (Order::Newest, [6, 5, 4, 3, 2, 1, 0]),
            (Order::Oldest, [0, 1, 2, 3, 4, 5, 6]),
            (Order::Riskiest, [5, 2, 4, 3, 0, 6, 1]),
        ] {
            let (mut filter, mut listed) = (queue(order), Vec::new());
            loop {
                let page = store.comments(site, filter.clone()).await.unwrap();
                let Some(last) = page.last() else { break };
                filter.after = Some(last.place());
                listed.extend(page.iter().map(|stored| stored.comment_id));
            }
            assert_eq!(listed, expected.map(|place| ids[place]), "{order:?}");
        }
    }

    async fn decided_comments_are_listed_whichever_way_they_went(store) {
        let site = site(store, "art", 10).await.id;
        let first = judged(store, site, Verdict::Hold, 0.0).await;
        judged(store, site, Verdict::Hold, 0.0).await;
        let third = judged(store, site, Verdict::Accept, 0.0).await;
        decide(store, site, first, DecisionKind::Accept, true).await;
        decide(store, site, third, DecisionKind::Reject, false).await;
        let any = CommentFilter {
            decision: Some(DecisionFilter::Any),
            limit: 10,
            ..CommentFilter::default()
        };
        let listed = store.comments(site, any).await.unwrap();
        let listed: Vec<_> = listed.iter().map(|stored| stored.comment_id).collect();
        assert_eq!(listed, [third, first]);
    }

    async fn a_review_has_the_latest_judgement_and_the_authors_record(store) {
        let art = site(store, "art", 10).await.id;
        let zoo = site(store, "zoo", 20).await.id;
        let (name, email) = (trace(Subject::AuthorName, 9), trace(Subject::Email, 1));
        let of = |site, own_id: &str, verdict, at| Check {
            judgement: judgement(verdict, 0.5),
            at: day(at),
            ..marked(site, own_id, &[email, name, trace(Subject::LinkDomain, 3)], None)
        };
        for (place, verdict) in [Verdict::Accept, Verdict::Reject, Verdict::Accept].into_iter().enumerate() {
            record(store, of(art, &place.to_string(), verdict, 1 + place as i64)).await;
        }
        record(store, of(zoo, "0", Verdict::Reject, 0)).await;
        let overturned = record(store, of(art, "3", Verdict::Reject, 5)).await;
        decide(store, art, overturned, DecisionKind::Accept, true).await;
        let id = record(store, of(art, "4", Verdict::Accept, 6)).await;
        record(store, of(art, "4", Verdict::Hold, 7)).await;
        let reviews = store.reviews(art, queue(Order::Newest)).await.unwrap();
        assert_eq!(reviews.len(), 1);
        assert_eq!(reviews[0].stored.comment_id, id);
        assert_eq!(reviews[0].judgement.verdict, Verdict::Hold);
        let expected = AuthorRecord { accepted: 3, rejected: 1, waiting: 0, since: Some(day(1)) };
        assert_eq!(reviews[0].author, Some(expected), "this one and other sites are not in it");
        assert_eq!(store.author_record(art, id).await.unwrap(), Some(expected));
        assert_eq!(store.author_record(zoo, id).await.unwrap(), None);
    }

    async fn an_author_without_an_address_has_no_record(store) {
        let site = site(store, "art", 10).await.id;
        for (own_id, traces) in [
            ("1", vec![]),
            ("2", vec![trace(Subject::AuthorName, 1)]),
            ("3", vec![trace(Subject::AuthorName, 1), trace(Subject::IpPrefix, 2)]),
        ] {
            let id = record(store, marked(site, own_id, &traces, None)).await;
            assert_eq!(store.author_record(site, id).await.unwrap(), None, "{own_id}");
        }
        let id = record(store, marked(site, "4", &[trace(Subject::Email, 2)], None)).await;
        assert_eq!(store.author_record(site, id).await.unwrap(), Some(AuthorRecord::default()));
    }

    async fn a_comments_site_is_found_among_those_asked_for(store) {
        let art = site(store, "art", 10).await.id;
        let zoo = site(store, "zoo", 20).await.id;
        let id = judged(store, zoo, Verdict::Hold, 0.0).await;
        assert_eq!(store.site_of(&[art, zoo], id).await.unwrap(), Some(zoo));
        assert_eq!(store.site_of(&[art], id).await.unwrap(), None);
        assert_eq!(store.site_of(&[], id).await.unwrap(), None);
        let unknown = CommentId(fresh_id());
        assert_eq!(store.site_of(&[art, zoo], unknown).await.unwrap(), None);
    }

    async fn of_two_who_saw_the_same_one_decides(store) {
        let site = site(store, "art", 10).await.id;
        let id = judged(store, site, Verdict::Hold, 0.0).await;
        let first = seen(store, site, id).await;
        let write = |kind, seen| DecisionWrite {
            site,
            comment_id: id,
            decision: decision(kind, true),
            seen: Some(seen),
        };
        let (a, b) = tokio::join!(
            store.decide(write(DecisionKind::Accept, first)),
            store.decide(write(DecisionKind::Reject, first)),
        );
        assert!(a.is_ok() != b.is_ok());
        assert!(matches!(a.and(b), Err(StoreError::Changed)));
        let file = store.comment(site, id).await.unwrap();
        assert_eq!(file.decisions.len(), 1);
        // Who has seen the decision may change it.
        let second = seen(store, site, id).await;
        assert_ne!(second, first);
        store.decide(write(DecisionKind::Reject, second)).await.unwrap();
        // After the undoing it is as it was at first.
        store.undo_decision(site, id, None, day(2)).await.unwrap();
        assert_eq!(seen(store, site, id).await, first);
    }

    async fn a_comment_that_came_again_is_not_what_was_seen(store) {
        let site = site(store, "art", 10).await.id;
        let id = record(store, check(site, comment(Some("1"), "Hello."))).await;
        let first = seen(store, site, id).await;
        let again = Check { at: day(1), ..check(site, comment(Some("1"), "Buy.")) };
        record(store, again).await;
        let write = DecisionWrite {
            site,
            comment_id: id,
            decision: decision(DecisionKind::Accept, true),
            seen: Some(first),
        };
        assert!(matches!(store.decide(write).await, Err(StoreError::Changed)));
        assert_eq!(store.comment(site, id).await.unwrap().decisions, []);
    }

    async fn only_the_decision_that_is_meant_is_undone(store) {
        let site = site(store, "art", 10).await.id;
        let id = judged(store, site, Verdict::Hold, 0.0).await;
        let first = decide(store, site, id, DecisionKind::Accept, true).await;
        let second = decide(store, site, id, DecisionKind::Reject, true).await;
        let other = store.undo_decision(site, id, Some(first.id), day(2)).await;
        assert!(matches!(other, Err(StoreError::Changed)));
        let undone = store.undo_decision(site, id, Some(second.id), day(2)).await.unwrap();
        assert_eq!(undone.id, second.id);
    }
}
