//! How people called the comments on which a reason spoke.

use hamgate::domain::{DecisionKind, Label, SiteId, Source, Verdict};
use hamgate::store::{Speaks, Store};

use crate::given::{check, comment, day, decide, judgement, label, record, site};
use crate::on_every_engine;

/// `[ham, spam]` of a rule, whatever it spoke for.
async fn tally(store: &dyn Store, site: SiteId, rule: &str) -> [u32; 2] {
    let tallies = store.reason_tallies(site).await.unwrap();
    let of_rule = tallies
        .iter()
        .filter(|tally| tally.source == Source::Rules && tally.reason == rule);
    of_rule.fold([0, 0], |sum, tally| {
        [sum[0] + tally.ham, sum[1] + tally.spam]
    })
}

on_every_engine! {
    async fn reasons_are_counted_with_a_label_and_taken_back_with_it(store) {
        let art = site(store, "art", 10).await.id;
        let zoo = site(store, "zoo", 20).await.id;
        let mut ids = Vec::new();
        for own_id in ["1", "2"] {
            let mut checked = check(art, comment(Some(own_id), "http://a.example"));
            let mut piece = checked.judgement.evidence[0].clone();
            (piece.source, piece.reason) = (Source::History, "email".into());
            checked.judgement.evidence.push(piece);
            ids.push(record(store, checked).await);
        }
        assert_eq!(store.reason_tallies(art).await.unwrap(), [], "nobody said anything yet");
        decide(store, art, ids[0], DecisionKind::Reject, true).await;
        label(store, art, ids[1], Label::Ham).await;
        assert_eq!(tally(store, art, "links/only").await, [1, 1], "though it weighs nothing");
        let tallies = store.reason_tallies(art).await.unwrap();
        let email = tallies.iter().find(|tally| tally.reason == "email").unwrap();
        assert_eq!((email.source, email.speaks), (Source::History, Speaks::Spam));
        assert_eq!((email.ham, email.spam), (1, 1));
        assert!(tallies.iter().all(|tally| tally.source != Source::Words));
        assert_eq!(store.reason_tallies(zoo).await.unwrap(), [], "each site has its own");

        label(store, art, ids[1], Label::Spam).await;
        assert_eq!(tally(store, art, "links/only").await, [0, 2]);
        store.undo_decision(art, ids[0], None, day(2)).await.unwrap();
        assert_eq!(tally(store, art, "links/only").await, [0, 1]);
        decide(store, art, ids[1], DecisionKind::Reject, false).await;
        assert_eq!(store.reason_tallies(art).await.unwrap(), [], "nothing was learnt from it");
    }

    async fn what_spoke_when_the_label_was_given_is_what_is_taken_back(store) {
        let art = site(store, "art", 10).await.id;
        let id = record(store, check(art, comment(Some("1"), "http://a.example"))).await;
        decide(store, art, id, DecisionKind::Reject, true).await;
        // The same text, judged anew by another model.
        let mut again = check(art, comment(Some("1"), "http://a.example"));
        again.judgement = judgement(Verdict::Accept, -3.0);
        again.judgement.evidence[0].source = Source::History;
        record(store, again).await;
        assert_eq!(tally(store, art, "links/only").await, [0, 1]);
        store.undo_decision(art, id, None, day(2)).await.unwrap();
        assert_eq!(store.reason_tallies(art).await.unwrap(), []);
    }
}
