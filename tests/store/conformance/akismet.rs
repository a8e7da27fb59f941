//! What is remembered for Akismet's protocol.

use hamgate::domain::{BY_BLOG, CommentId, Decision, DecisionKind, Label, SiteId};
use hamgate::store::{
    AkismetCheck, Check, Month, MonthCounts, Report, ReportMarks, Store, StoreError,
};

use crate::given::{check, comment, counts, day, decide, decision, record, site, tally, trace};
use crate::on_every_engine;

fn marks(exact: u8, words: Option<u8>) -> ReportMarks {
    ReportMarks {
        exact_text: [exact; 16],
        same_words: words.map(|words| [words; 16]),
    }
}

fn asked(site: SiteId, marks: ReportMarks, told: Option<Label>) -> Check {
    Check {
        akismet: Some(AkismetCheck { marks, told }),
        ..check(site, comment(None, "A comment through the protocol."))
    }
}

async fn report(store: &dyn Store, site: SiteId, id: CommentId, kind: DecisionKind) -> bool {
    let decision = Decision {
        by: BY_BLOG.into(),
        ..decision(kind, true)
    };
    store
        .report(Report {
            site,
            comment_id: id,
            decision,
        })
        .await
        .unwrap()
}

on_every_engine! {
    async fn a_report_finds_the_newest_by_its_text_and_then_by_its_words(store) {
        let art = site(store, "art", 10).await.id;
        let zoo = site(store, "zoo", 20).await.id;
        let exact = record(store, asked(art, marks(1, Some(7)), None)).await;
        let worded = record(store, asked(art, marks(2, Some(7)), None)).await;
        record(store, check(art, comment(None, "Through the other door."))).await;
        for (site, marks, expected) in [
            (art, marks(1, Some(7)), Some(exact)),
            (art, marks(9, Some(7)), Some(worded)),
            (art, marks(9, Some(8)), None),
            (art, marks(9, None), None),
            (zoo, marks(1, Some(7)), None),
        ] {
            assert_eq!(store.reported(site, &marks).await.unwrap(), expected);
        }
    }

    async fn answers_and_first_mistakes_are_counted_by_month_and_stay_when_comments_go(store) {
        let art = site(store, "art", 10).await.id;
        let spam = record(store, asked(art, marks(1, None), Some(Label::Ham))).await;
        record(store, asked(art, marks(2, None), Some(Label::Spam))).await;
        record(store, asked(art, marks(3, None), None)).await;
        for kind in [DecisionKind::Reject, DecisionKind::Reject, DecisionKind::Accept, DecisionKind::Reject] {
            report(store, art, spam, kind).await;
        }
        store.purge(day(101)).await.unwrap();
        let month = Month::of(day(0));
        let expected = MonthCounts {
            site: art, month, ham: 1, spam: 1, missed_spam: 1, false_positives: 0,
        };
        assert_eq!(store.months(vec![art]).await.unwrap(), [expected]);
        assert_eq!(store.months(vec![]).await.unwrap(), []);
    }

    async fn a_report_is_a_decision_that_teaches_unless_a_newer_one_stands(store) {
        let art = site(store, "art", 10).await.id;
        let email = trace(hamgate::domain::Subject::Email, 1);
        let mut check = asked(art, marks(1, None), Some(Label::Ham));
        check.marks.traces = vec![email];
        let id = record(store, check).await;
        report(store, art, id, DecisionKind::Reject).await;
        assert_eq!(counts(tally(store, art, email).await), [0, 1, 0, 0]);
        let stored = store.comment(art, id).await.unwrap();
        let [only] = &stored.decisions[..] else { panic!("{} decisions", stored.decisions.len()) };
        assert_eq!(only.by, BY_BLOG);
        // A moderator decides afterwards; the blog's report from before comes late.
        decide(store, art, id, DecisionKind::Accept, true).await;
        let early = Decision { at: day(0), by: BY_BLOG.into(), ..decision(DecisionKind::Reject, true) };
        store.report(Report { site: art, comment_id: id, decision: early }).await.unwrap();
        let stored = store.comment(art, id).await.unwrap().stored;
        assert_eq!(stored.decision.map(|decision| decision.decision), Some(DecisionKind::Accept));
        let nobody = Report {
            site: site(store, "zoo", 20).await.id,
            comment_id: id,
            decision: decision(DecisionKind::Reject, true),
        };
        assert!(matches!(store.report(nobody).await, Err(StoreError::NotFound)));
    }

    async fn a_report_that_comes_twice_writes_nothing_and_undoes_no_later_decision(store) {
        use DecisionKind::{Accept, Reject};
        let art = site(store, "art", 10).await.id;
        let id = record(store, asked(art, marks(1, None), Some(Label::Ham))).await;
        assert!(report(store, art, id, Reject).await);
        assert!(!report(store, art, id, Reject).await);
        decide(store, art, id, Accept, true).await;
        assert!(!report(store, art, id, Reject).await);
        let stored = store.comment(art, id).await.unwrap();
        assert_eq!(stored.stored.decision.map(|decision| decision.decision), Some(Accept));
        assert_eq!(stored.decisions.len(), 2);
        // Another word of the blog is news, and so is a first one.
        decide(store, art, id, Reject, true).await;
        assert!(report(store, art, id, Accept).await);
        let other = record(store, asked(art, marks(2, None), Some(Label::Ham))).await;
        decide(store, art, other, Accept, true).await;
        assert!(report(store, art, other, Reject).await);
    }

    async fn a_comment_checked_once_more_is_updated(store) {
        let art = site(store, "art", 10).await.id;
        let id = record(store, asked(art, marks(1, None), Some(Label::Ham))).await;
        let again = Check { updates: Some(id), ..asked(art, marks(2, None), Some(Label::Ham)) };
        assert_eq!(record(store, again).await, id);
        assert_eq!(store.reported(art, &marks(2, None)).await.unwrap(), Some(id));
        assert_eq!(store.reported(art, &marks(1, None)).await.unwrap(), None);
    }
}
