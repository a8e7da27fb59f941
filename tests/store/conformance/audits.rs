//! The audit: what is drawn, what answers for it, what counts.

use hamgate::domain::{CommentId, DecisionKind, Label, SiteId, Verdict, Why};
use hamgate::store::{AuditTally, Check, DecisionWrite, Store, StoreError};
use jiff::Timestamp;

use crate::given::{check, comment, day, decide, decision, judgement, label, record, site};
use crate::on_every_engine;

/// Drawn for sure, unless it is held.
fn judged(site: SiteId, own_id: &str, verdict: Verdict, text: &str) -> Check {
    Check {
        judgement: judgement(verdict, 1.5),
        audit_share: 1.0,
        ..check(site, comment(Some(own_id), text))
    }
}

async fn queue(store: &dyn Store, site: SiteId) -> Vec<CommentId> {
    let queue = store.audit_queue(site, None, 50).await.unwrap();
    assert_eq!(store.audit_open(site).await.unwrap(), queue.len() as u64);
    queue.iter().map(|stored| stored.comment_id).collect()
}

fn answer(site: SiteId, comment_id: CommentId, kind: DecisionKind) -> DecisionWrite {
    DecisionWrite {
        site,
        comment_id,
        decision: decision(kind, true),
        seen: None,
    }
}

/// `[ham, spam, neither, open]` of accept, and of reject.
async fn tallies(store: &dyn Store, site: SiteId) -> [[u64; 4]; 2] {
    let tallies = store.audit_tallies(site, Timestamp::MIN, Timestamp::MAX);
    tallies.await.unwrap().map(counts)
}

fn counts(tally: AuditTally) -> [u64; 4] {
    [tally.ham, tally.spam, tally.neither, tally.open]
}

on_every_engine! {
    async fn accepted_and_rejected_comments_are_drawn_and_held_ones_are_not(store) {
        let art = site(store, "art", 10).await.id;
        let zoo = site(store, "zoo", 20).await.id;
        let mut drawn = Vec::new();
        for verdict in Verdict::ALL {
            drawn.push(record(store, judged(art, verdict.as_str(), verdict, "Text.")).await);
        }
        record(store, judged(zoo, "1", Verdict::Accept, "Text.")).await;
        let never = Check { audit_share: 0.0, ..judged(art, "never", Verdict::Accept, "Text.") };
        record(store, never).await;
        assert_eq!(queue(store, art).await, [drawn[0], drawn[2]], "oldest first");
        let after = store.audit_queue(art, Some(drawn[0]), 50).await.unwrap();
        assert_eq!(after.len(), 1);
        assert_eq!(after[0].comment_id, drawn[2]);
        assert_eq!(store.audit_queue(art, None, 1).await.unwrap().len(), 1);
        assert_eq!(tallies(store, art).await, [[0, 0, 0, 1], [0, 0, 0, 1]]);
    }

    async fn an_answer_is_a_decision_that_teaches_and_remembers_the_verdict(store) {
        let site = site(store, "art", 10).await.id;
        let id = record(store, judged(site, "1", Verdict::Accept, "Text.")).await;
        let (made, verdict) = store.audit_answer(answer(site, id, DecisionKind::Reject)).await.unwrap();
        assert_eq!(verdict, Verdict::Accept);
        let stored = store.comment(site, id).await.unwrap().stored;
        assert_eq!(stored.decision.map(|decision| decision.id), Some(made.id));
        assert_eq!(stored.label, Some(Label::Spam));
        assert_eq!(queue(store, site).await, []);
        assert_eq!(tallies(store, site).await, [[0, 1, 0, 0], [0; 4]]);
        let again = store.audit_answer(answer(site, id, DecisionKind::Accept)).await;
        assert!(matches!(again, Err(StoreError::NotFound)), "once");
        store.undo_decision(site, id, Some(made.id), day(2)).await.unwrap();
        assert_eq!(queue(store, site).await, [id]);
        assert_eq!(tallies(store, site).await, [[0, 0, 0, 1], [0; 4]]);
    }

    async fn what_is_neither_ham_nor_spam_is_counted_apart(store) {
        let site = site(store, "art", 10).await.id;
        let id = record(store, judged(site, "1", Verdict::Reject, "Text.")).await;
        let mut off_topic = answer(site, id, DecisionKind::Reject);
        off_topic.decision.learn = false;
        off_topic.decision.why = Some(Why::OffTopic);
        store.audit_answer(off_topic).await.unwrap();
        assert_eq!(tallies(store, site).await, [[0; 4], [0, 0, 1, 0]]);
    }

    async fn other_answers_count_when_the_audit_has_come_as_far(store) {
        let site = site(store, "art", 10).await.id;
        let mut ids = Vec::new();
        for own_id in ["1", "2", "3", "4"] {
            ids.push(record(store, judged(site, own_id, Verdict::Accept, "Text.")).await);
        }
        label(store, site, ids[0], Label::Spam).await;
        decide(store, site, ids[2], DecisionKind::Reject, true).await;
        assert_eq!(queue(store, site).await, [ids[1], ids[3]]);
        // Complaints alone would make the filter look worse than it is.
        assert_eq!(tallies(store, site).await[0], [0, 0, 0, 2]);
        store.audit_answer(answer(site, ids[1], DecisionKind::Accept)).await.unwrap();
        assert_eq!(tallies(store, site).await[0], [1, 1, 0, 1]);
        store.audit_answer(answer(site, ids[3], DecisionKind::Accept)).await.unwrap();
        assert_eq!(tallies(store, site).await[0], [2, 2, 0, 0]);
        // The last word counts.
        decide(store, site, ids[3], DecisionKind::Reject, true).await;
        assert_eq!(tallies(store, site).await[0], [1, 3, 0, 0]);
    }

    async fn a_decision_without_the_audit_takes_a_comment_out_of_it_and_its_end_puts_it_back(store) {
        let site = site(store, "art", 10).await.id;
        let id = record(store, judged(site, "1", Verdict::Accept, "Text.")).await;
        decide(store, site, id, DecisionKind::Accept, false).await;
        assert_eq!(queue(store, site).await, []);
        store.undo_decision(site, id, None, day(2)).await.unwrap();
        assert_eq!(queue(store, site).await, [id]);
    }

    async fn another_text_is_drawn_anew_with_its_verdict(store) {
        let site = site(store, "art", 10).await.id;
        let id = record(store, judged(site, "1", Verdict::Accept, "Text.")).await;
        store.audit_answer(answer(site, id, DecisionKind::Accept)).await.unwrap();
        let again = Check { at: day(1), ..judged(site, "1", Verdict::Accept, "Text.") };
        record(store, again).await;
        assert_eq!(queue(store, site).await, [], "the same text is answered");
        let other = Check { at: day(2), ..judged(site, "1", Verdict::Reject, "Another.") };
        record(store, other).await;
        assert_eq!(queue(store, site).await, [id]);
        assert_eq!(tallies(store, site).await, [[0; 4], [0, 0, 0, 1]]);
        let held = Check { at: day(3), ..judged(site, "1", Verdict::Hold, "A third.") };
        record(store, held).await;
        assert_eq!(queue(store, site).await, []);
    }

    async fn a_share_weighs_as_many_as_it_stands_for(store) {
        let site = site(store, "art", 10).await.id;
        let (mut drawn, mut of) = (0, 0);
        while drawn < 5 {
            of += 1;
            let check = Check { audit_share: 0.25, ..judged(site, &of.to_string(), Verdict::Accept, "Text.") };
            record(store, check).await;
            drawn = store.audit_open(site).await.unwrap();
        }
        for id in queue(store, site).await {
            store.audit_answer(answer(site, id, DecisionKind::Accept)).await.unwrap();
        }
        let [accept, reject] =
            store.audit_tallies(site, day(0), day(1)).await.unwrap();
        assert_eq!((accept.ham, accept.ham_weight, accept.spam_weight), (5, 20.0, 0.0));
        assert_eq!((accept.verdict, reject.verdict), (Verdict::Accept, Verdict::Reject));
        let [accept, _] = store.audit_tallies(site, day(1), day(2)).await.unwrap();
        assert_eq!(counts(accept), [0; 4], "none was drawn then");
    }

    async fn an_answer_outlives_its_comment_and_a_question_does_not(store) {
        let site = site(store, "art", 10).await.id;
        let due = |own_id| Check { purge_after: day(10), ..judged(site, own_id, Verdict::Accept, "Text.") };
        let answered = record(store, due("1")).await;
        record(store, due("2")).await;
        store.audit_answer(answer(site, answered, DecisionKind::Accept)).await.unwrap();
        assert_eq!(store.purge(day(20)).await.unwrap(), 2);
        assert_eq!(queue(store, site).await, []);
        assert_eq!(tallies(store, site).await[0], [1, 0, 0, 0]);
    }
}
