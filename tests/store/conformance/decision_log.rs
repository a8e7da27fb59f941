//! The decisions of the past: who, when, and what the filter had said.

use hamgate::domain::{CommentId, Decision, DecisionKind, SiteId, Verdict};
use hamgate::store::{Check, DecisionWrite, Ended, LogFilter, LoggedDecision, Store};
use jiff::{SignedDuration, Timestamp};

use crate::given::{check, comment, day, decide, decision, judgement, record, site};
use crate::on_every_engine;

async fn decides(
    store: &dyn Store,
    site: SiteId,
    comment_id: CommentId,
    by: &str,
    kind: DecisionKind,
    at: Timestamp,
) -> Decision {
    let decision = Decision {
        by: by.into(),
        at,
        ..decision(kind, true)
    };
    let write = DecisionWrite {
        site,
        comment_id,
        decision,
        seen: None,
    };
    store.decide(write).await.unwrap()
}

fn all_of(sites: &[SiteId]) -> LogFilter {
    LogFilter {
        sites: sites.to_vec(),
        limit: 100,
        ..LogFilter::default()
    }
}

async fn log(store: &dyn Store, filter: LogFilter) -> Vec<LoggedDecision> {
    store.decision_log(filter).await.unwrap()
}

fn who(log: &[LoggedDecision]) -> Vec<&str> {
    log.iter().map(|one| one.decision.by.as_str()).collect()
}

on_every_engine! {
    async fn a_decision_keeps_what_the_filter_had_said(store) {
        let site = site(store, "art", 10).await.id;
        let of = |verdict, log_odds, at| Check {
            judgement: judgement(verdict, log_odds),
            at: day(at),
            ..check(site, comment(Some("1"), "Hello there."))
        };
        let id = record(store, of(Verdict::Reject, 5.0, 0)).await;
        record(store, of(Verdict::Hold, 1.25, 0)).await;
        let made = decide(store, site, id, DecisionKind::Accept, true).await;
        record(store, of(Verdict::Accept, -3.0, 2)).await;
        let log = log(store, all_of(&[site])).await;
        assert_eq!(log.len(), 1);
        let one = &log[0];
        assert_eq!((one.site, one.comment_id, &one.decision), (site, id, &made));
        assert_eq!((one.author.as_deref(), one.excerpt.as_str()), (Some("Ada"), "Hello there."));
        let shown = one.shown.as_ref().unwrap();
        assert_eq!((shown.verdict, shown.log_odds), (Verdict::Hold, 1.25));
        assert_eq!(shown.model, "0123456789ab");
        assert_eq!(shown.policy, "accept<=-1.90 reject>=4.20");
        assert_eq!(one.ended, None);
    }

    async fn it_is_said_why_a_decision_ended(store) {
        let site = site(store, "art", 10).await.id;
        let id = record(store, check(site, comment(Some("1"), "Hello."))).await;
        let noon = day(1);
        let at = |minutes| noon + SignedDuration::from_mins(minutes);
        decides(store, site, id, "anna", DecisionKind::Accept, at(0)).await;
        decides(store, site, id, "bea", DecisionKind::Reject, at(1)).await;
        store.undo_decision(site, id, None, at(2)).await.unwrap();
        decides(store, site, id, "cleo", DecisionKind::Accept, at(3)).await;
        let reworded = Check { at: at(4), ..check(site, comment(Some("1"), "Buy.")) };
        record(store, reworded).await;
        decides(store, site, id, "dora", DecisionKind::Reject, at(5)).await;
        let log = log(store, all_of(&[site])).await;
        assert_eq!(who(&log), ["dora", "cleo", "bea", "anna"]);
        let ended: Vec<_> = log.iter().map(|one| one.ended).collect();
        assert_eq!(
            ended,
            [None, Some(Ended::Reworded), Some(Ended::Undone), Some(Ended::Replaced)]
        );
    }

    async fn the_log_is_paged_over_sites_without_gap_or_overlap(store) {
        let art = site(store, "art", 10).await.id;
        let zoo = site(store, "zoo", 20).await.id;
        let sea = site(store, "sea", 30).await.id;
        for minute in 0..13 {
            // Some at the very same time.
            let at = day(1) + SignedDuration::from_mins(minute / 3);
            let of = [art, zoo, sea][minute as usize % 3];
            let id = record(store, check(of, comment(None, "."))).await;
            decides(store, of, id, &minute.to_string(), DecisionKind::Accept, at).await;
        }
        let whole = log(store, all_of(&[art, zoo])).await;
        assert_eq!(whole.len(), 9);
        assert!(whole.iter().all(|one| one.site != sea));
        assert!(whole.is_sorted_by_key(|one| std::cmp::Reverse((one.decision.at, one.decision.id))));
        let (mut filter, mut paged) = (LogFilter { limit: 2, ..all_of(&[art, zoo]) }, Vec::new());
        loop {
            let page = log(store, filter.clone()).await;
            let Some(last) = page.last() else { break };
            filter.after = Some(last.place());
            paged.extend(page);
        }
        assert_eq!(paged, whole);
        assert_eq!(log(store, all_of(&[])).await, []);
    }

    async fn the_log_is_narrowed_by_person_and_time(store) {
        let site = site(store, "art", 10).await.id;
        for (by, at) in [("anna", 1), ("bea", 1), ("anna", 2), ("anna", 3)] {
            let id = record(store, check(site, comment(None, "."))).await;
            decides(store, site, id, by, DecisionKind::Accept, day(at)).await;
        }
        let asked = |by: Option<&str>, since: Option<i64>, until: Option<i64>| LogFilter {
            by: by.map(Into::into),
            since: since.map(day),
            until: until.map(day),
            ..all_of(&[site])
        };
        let ask = async |filter| log(store, filter).await.len();
        assert_eq!(ask(asked(Some("anna"), None, None)).await, 3);
        assert_eq!(ask(asked(Some("anna"), Some(2), None)).await, 2);
        assert_eq!(ask(asked(Some("anna"), Some(1), Some(3))).await, 2);
        assert_eq!(ask(asked(None, None, Some(2))).await, 2);
        assert_eq!(ask(asked(Some("nobody"), None, None)).await, 0);
        assert_eq!(store.deciders(&[site]).await.unwrap(), ["anna", "bea"]);
        assert_eq!(store.deciders(&[SiteId(999)]).await.unwrap(), [""; 0]);
    }

    async fn ratings_are_of_comments_that_somebody_decided_anew(store) {
        let site = site(store, "art", 10).await.id;
        let twice = record(store, check(site, comment(Some("1"), "Hello."))).await;
        let once = record(store, check(site, comment(None, "."))).await;
        let undone = record(store, check(site, comment(None, "."))).await;
        decides(store, site, twice, "early", DecisionKind::Accept, day(1)).await;
        record(store, Check { at: day(2), ..check(site, comment(Some("1"), "Another.")) }).await;
        decides(store, site, twice, "anna", DecisionKind::Accept, day(3)).await;
        decides(store, site, twice, "bea", DecisionKind::Reject, day(4)).await;
        decides(store, site, once, "anna", DecisionKind::Accept, day(3)).await;
        decides(store, site, undone, "anna", DecisionKind::Accept, day(3)).await;
        store.undo_decision(site, undone, None, day(4)).await.unwrap();
        decides(store, site, undone, "bea", DecisionKind::Reject, day(5)).await;
        let ratings = store.replaced_ratings(site, 100).await.unwrap();
        let said: Vec<_> = ratings.iter().map(|one| (one.comment_id, one.by.as_str(), one.decision)).collect();
        assert_eq!(
            said,
            [(twice, "anna", DecisionKind::Accept), (twice, "bea", DecisionKind::Reject)]
        );
    }

    async fn what_is_forgotten_is_in_the_log_no_more(store) {
        let site = site(store, "art", 10).await.id;
        let id = record(store, check(site, comment(None, "."))).await;
        decide(store, site, id, DecisionKind::Accept, true).await;
        store.purge(day(200)).await.unwrap();
        assert_eq!(log(store, all_of(&[site])).await, []);
    }
}
