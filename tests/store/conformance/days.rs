//! Numbers over time, and the newest comments with their judgements.

use hamgate::domain::{Comment, CommentId, Day, DecisionKind, Label, SiteId, Verdict};
use hamgate::store::{Check, DayCounts, DayTally, DecisionsMade, LabelWrite, Store};
use jiff::{SignedDuration, Timestamp};

use crate::given::{
    check, comment, day, decide, decision, idempotency, judgement, label, record, site,
};
use crate::on_every_engine;

fn answered(site: SiteId, comment: Comment, verdict: Verdict, at: Timestamp) -> Check {
    Check {
        judgement: judgement(verdict, 0.25),
        at,
        ..check(site, comment)
    }
}

async fn judged(store: &dyn Store, site: SiteId, verdict: Verdict, at: i64) -> CommentId {
    record(store, answered(site, comment(None, "."), verdict, day(at))).await
}

/// The counts of one day after the tests' first.
async fn counts(store: &dyn Store, site: SiteId, at: i64) -> DayCounts {
    let days = store.days(site, Day::of(day(at))).await.unwrap();
    let found = days.into_iter().find(|tally| tally.day == Day::of(day(at)));
    found.map_or_else(DayCounts::default, |tally| tally.counts)
}

on_every_engine! {
    async fn answers_are_counted_on_their_day_and_for_their_site(store) {
        let art = site(store, "art", 10).await.id;
        let zoo = site(store, "zoo", 20).await.id;
        judged(store, art, Verdict::Accept, 0).await;
        judged(store, art, Verdict::Hold, 0).await;
        judged(store, art, Verdict::Hold, 0).await;
        judged(store, art, Verdict::Reject, 3).await;
        judged(store, zoo, Verdict::Reject, 0).await;
        let of = |answers| DayCounts { answers, ..DayCounts::default() };
        let tally = |at, answers| DayTally { day: Day::of(day(at)), counts: of(answers) };
        let expected = [tally(0, [1, 2, 0]), tally(3, [0, 0, 1])];
        assert_eq!(store.days(art, Day(0)).await.unwrap(), expected);
        assert_eq!(store.days(art, Day::of(day(1))).await.unwrap(), expected[1..]);
        assert_eq!(store.days(zoo, Day(0)).await.unwrap(), [tally(0, [0, 0, 1])]);
    }

    async fn a_repeated_request_is_one_answer_and_a_comment_that_came_again_two(store) {
        let site = site(store, "art", 10).await.id;
        let of = |at| answered(site, comment(Some("1"), "Hello."), Verdict::Hold, day(at));
        let first = Check { idempotency: Some(idempotency("once", 1)), ..of(0) };
        record(store, first.clone()).await;
        record(store, first).await;
        assert_eq!(counts(store, site, 0).await.answers, [0, 1, 0]);
        record(store, of(1)).await;
        assert_eq!(counts(store, site, 1).await.answers, [0, 1, 0]);
    }

    async fn a_decision_counts_until_it_is_taken_back(store) {
        let site = site(store, "art", 10).await.id;
        let id = judged(store, site, Verdict::Hold, 0).await;
        decide(store, site, id, DecisionKind::Accept, true).await;
        let made = |accept, reject, reject_only| DecisionsMade { accept, reject, reject_only };
        assert_eq!(counts(store, site, 1).await.decisions, made(1, 0, 0));
        // One that replaces another is a second one.
        decide(store, site, id, DecisionKind::Reject, false).await;
        assert_eq!(counts(store, site, 1).await.decisions, made(1, 0, 1));
        store.undo_decision(site, id, None, day(5)).await.unwrap();
        assert_eq!(counts(store, site, 1).await.decisions, made(1, 0, 0));
        assert_eq!(counts(store, site, 5).await, DayCounts::default());
        // One that ended because the text changed was made all the same.
        decide(store, site, id, DecisionKind::Reject, true).await;
        assert_eq!(counts(store, site, 1).await.decisions, made(1, 1, 0));
    }

    async fn labels_are_counted_by_the_verdict_and_taken_back_with_it(store) {
        let site = site(store, "art", 10).await.id;
        let of = |verdict, at| answered(site, comment(Some("1"), "Hello."), verdict, day(at));
        let id = record(store, of(Verdict::Accept, 0)).await;
        label(store, site, id, Label::Spam).await;
        let one = counts(store, site, 1).await;
        assert_eq!((one.ham, one.spam, one.errors()), ([0; 3], [1, 0, 0], 1));
        // The verdict is another one since; what was counted was not.
        record(store, of(Verdict::Reject, 2)).await;
        let write = LabelWrite { site, comment_id: id, label: Label::Ham, at: day(3) };
        store.label(write).await.unwrap();
        assert_eq!(counts(store, site, 1).await, DayCounts::default());
        let three = counts(store, site, 3).await;
        assert_eq!((three.ham, three.spam, three.labels()), ([0, 0, 1], [0; 3], 1));
    }

    async fn a_decision_that_teaches_nothing_is_no_label(store) {
        let site = site(store, "art", 10).await.id;
        let id = judged(store, site, Verdict::Accept, 0).await;
        decide(store, site, id, DecisionKind::Reject, false).await;
        assert_eq!(counts(store, site, 1).await.labels(), 0);
        decide(store, site, id, DecisionKind::Reject, true).await;
        assert_eq!(counts(store, site, 1).await.spam, [1, 0, 0]);
    }

    async fn forgetting_a_comment_lowers_no_count(store) {
        let site = site(store, "art", 10).await.id;
        let id = judged(store, site, Verdict::Hold, 0).await;
        decide(store, site, id, DecisionKind::Accept, true).await;
        let before = store.days(site, Day(0)).await.unwrap();
        assert_eq!(store.purge(day(200)).await.unwrap(), 1);
        assert_eq!(store.days(site, Day(0)).await.unwrap(), before);
    }

    async fn a_queue_is_known_by_its_ages(store) {
        let site = site(store, "art", 10).await.id;
        let now = day(30);
        for hours in [0, 1, 2, 23, 25, 200, 700] {
            let at = now - SignedDuration::from_mins(60 * hours + 1);
            record(store, answered(site, comment(None, "."), Verdict::Hold, at)).await;
        }
        judged(store, site, Verdict::Accept, 0).await;
        let decided = judged(store, site, Verdict::Hold, 0).await;
        decide(store, site, decided, DecisionKind::Accept, true).await;
        let ages = store.queue_ages(site, now).await.unwrap();
        assert_eq!((ages.by_age, ages.depth()), ([1, 3, 1, 2], 7));
        assert_eq!(ages.oldest, Some(now - SignedDuration::from_mins(60 * 700 + 1)));
        let empty = store.queue_ages(SiteId(999), now).await.unwrap();
        assert_eq!((empty.depth(), empty.oldest), (0, None));
    }

    async fn the_newest_come_first_with_their_latest_judgement_and_decision(store) {
        let art = site(store, "art", 10).await.id;
        let zoo = site(store, "zoo", 20).await.id;
        judged(store, zoo, Verdict::Accept, 0).await;
        let first = record(store, answered(art, comment(Some("1"), "Old."), Verdict::Hold, day(0))).await;
        let second = judged(store, art, Verdict::Accept, 0).await;
        record(store, answered(art, comment(Some("1"), "Old."), Verdict::Reject, day(1))).await;
        let made = decide(store, art, first, DecisionKind::Accept, true).await;
        let newest = store.newest_judged(art, 10).await.unwrap();
        let ids: Vec<_> = newest.iter().map(|one| one.comment_id).collect();
        assert_eq!(ids, [second, first]);
        assert_eq!(newest[1].judgement.verdict, Verdict::Reject);
        assert_eq!(newest[1].decision.as_ref().map(|one| one.id), Some(made.id));
        assert_eq!((newest[1].label, newest[0].label), (Some(Label::Ham), None));
        assert_eq!(newest[1].comment.content, "Old.");
        assert_eq!(store.newest_judged(art, 1).await.unwrap().len(), 1);
    }

    async fn a_label_has_the_judgement_that_was_there_before_it(store) {
        let site = site(store, "art", 10).await.id;
        let of = |verdict, at| answered(site, comment(Some("1"), "Hello."), verdict, day(at));
        let id = record(store, of(Verdict::Hold, 0)).await;
        let write = hamgate::store::DecisionWrite {
            site,
            comment_id: id,
            decision: decision(DecisionKind::Accept, true),
            seen: None,
        };
        store.decide(write).await.unwrap();
        record(store, of(Verdict::Accept, 2)).await;
        let labelled = store.labelled_judgements(site, 10).await.unwrap();
        assert_eq!(labelled.len(), 1);
        assert_eq!((labelled[0].label, labelled[0].at), (Label::Ham, day(1)));
        assert_eq!(labelled[0].judgement.verdict, Verdict::Hold);
        store.purge(day(200)).await.unwrap();
        assert_eq!(store.labelled_judgements(site, 10).await.unwrap(), []);
    }
}
