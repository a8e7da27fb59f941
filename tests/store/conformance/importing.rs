//! Old comments are taken over whole, once, and without a word to anybody.

use std::time::Duration;

use hamgate::domain::{
    BY_BLOG, CommentId, Decision, DecisionKind, EventKind, Label, SiteId, Subject, WebhookId,
};
use hamgate::secret::Sealed;
use hamgate::store::{
    AkismetCheck, Check, Claim, Found, Import, ImportKey, Marks, NewWebhook, ReportMarks, fresh_id,
};
use jiff::SignedDuration;
use uuid::Uuid;

use crate::given::{check, comment, counts, day, decide, label, record, site, tally, trace};
use crate::on_every_engine;

const NEW: Found = Found::New;

fn known(decision: Option<DecisionKind>, label: Option<Label>) -> Found {
    Found::Known { decision, label }
}

/// A comment of day -100, which the blog had decided on.
fn old(site: SiteId, own_id: Option<&str>, number: u128, kind: Option<DecisionKind>) -> Import {
    let id = CommentId(Uuid::from_u128(number));
    let at = day(-100);
    Import {
        key: ImportKey {
            id,
            own_id: own_id.map(Into::into),
            exact_text: None,
            at,
        },
        check: Check {
            new_id: id,
            at,
            marks: Marks {
                traces: vec![trace(Subject::Email, 1)],
                fingerprint: None,
            },
            ..check(site, comment(own_id, "An old comment."))
        },
        judged_at: day(0),
        decision: kind.map(|decision| Decision {
            id: fresh_id(),
            why: None,
            decision,
            learn: true,
            note: None,
            by: BY_BLOG.into(),
            at,
            undone_at: None,
        }),
    }
}

on_every_engine! {
    async fn an_import_is_of_its_own_time_and_is_told_to_nobody(store) {
        let site = site(store, "art", 10).await.id;
        let webhook = NewWebhook {
            id: WebhookId(fresh_id()),
            site,
            url: "https://blog.example/hook".into(),
            events: EventKind::ALL.to_vec(),
            secret: Sealed(vec![1]),
            at: day(-200),
        };
        store.add_webhook(webhook).await.unwrap();
        let import = old(site, Some("1"), 1, Some(DecisionKind::Reject));
        let id = import.key.id;
        assert_eq!(store.import(vec![import]).await.unwrap(), [NEW]);

        let file = store.comment(site, id).await.unwrap();
        assert_eq!(file.stored.received_at, day(-100));
        assert_eq!(file.judgements[0].0, day(0));
        assert_eq!(file.stored.label, Some(Label::Spam));
        let decision = file.stored.decision.unwrap();
        assert_eq!((decision.by.as_str(), decision.at), (BY_BLOG, day(-100)));
        assert_eq!(store.site_labels(site, 10).await.unwrap()[0].at, day(-100));
        let judged = store.labelled_verdicts(site).await.unwrap();
        assert_eq!(judged.len(), 1);
        assert_eq!((judged[0].received_at, judged[0].label), (day(-100), Label::Spam));
        let claim = Claim {
            holder: Uuid::from_u128(1),
            now: day(1),
            until: day(1) + SignedDuration::from_mins(1),
            undo: Duration::ZERO,
            limit: 10,
            of_each: 10,
        };
        assert_eq!(store.claim(claim).await.unwrap(), []);
    }

    async fn twice_is_once_and_what_was_decided_here_stays(store) {
        let site = site(store, "art", 10).await.id;
        let spam = Some(DecisionKind::Reject);
        let imports = || vec![
            old(site, Some("1"), 1, spam),
            old(site, None, 2, spam),
            old(site, None, 2, spam),
        ];
        let spam_here = known(spam, Some(Label::Spam));
        assert_eq!(store.import(imports()).await.unwrap(), [NEW, NEW, spam_here]);
        assert_eq!(store.import(imports()).await.unwrap(), [spam_here; 3]);
        assert_eq!(counts(tally(store, site, trace(Subject::Email, 1)).await), [0, 2, 0, 0]);

        let decided = record(store, check(site, comment(Some("7"), "Decided."))).await;
        decide(store, site, decided, DecisionKind::Accept, false).await;
        let labelled = record(store, check(site, comment(Some("8"), "Labelled."))).await;
        label(store, site, labelled, Label::Ham).await;
        record(store, check(site, comment(Some("9"), "Waiting."))).await;
        let again = vec![
            old(site, Some("7"), 7, spam),
            old(site, Some("8"), 8, spam),
            old(site, Some("9"), 9, spam),
        ];
        let before = [
            known(Some(DecisionKind::Accept), None),
            known(None, Some(Label::Ham)),
            known(None, None),
        ];
        let keys = again.iter().map(|import| import.key.clone()).collect();
        assert_eq!(store.import_found(site, keys).await.unwrap(), before);
        assert_eq!(store.import(again).await.unwrap(), before);
        let stands = |file: hamgate::store::CommentFile| file.stored.decision.map(|one| one.decision);
        assert_eq!(stands(store.comment(site, decided).await.unwrap()), Some(DecisionKind::Accept));
        assert_eq!(stands(store.comment(site, labelled).await.unwrap()), None);
        let waiting = store.comment_by_own_id(site, "9").await.unwrap().unwrap();
        let waiting = store.comment(site, waiting).await.unwrap();
        assert_eq!(waiting.stored.comment.content, "Waiting.");
        assert_eq!(stands(waiting), spam);
    }

    async fn a_batch_is_there_whole_or_not_at_all(store) {
        let site = site(store, "art", 10).await.id;
        let nowhere = SiteId(site.0 + 1);
        let batch = vec![old(site, Some("1"), 1, None), old(nowhere, Some("2"), 2, None)];
        assert!(store.import(batch).await.is_err());
        assert_eq!(store.comment_by_own_id(site, "1").await.unwrap(), None);
    }

    async fn a_forgotten_comment_does_not_come_back(store) {
        let site = site(store, "art", 10).await.id;
        let import = || old(site, Some("1"), 1, Some(DecisionKind::Accept));
        store.import(vec![import()]).await.unwrap();
        store.purge(day(100)).await.unwrap();
        assert_eq!(store.import(vec![import()]).await.unwrap(), [Found::Forgotten]);
        assert_eq!(store.labelled_verdicts(site).await.unwrap(), []);
        assert_eq!(counts(tally(store, site, trace(Subject::Email, 1)).await), [1, 0, 0, 0]);
    }

    async fn what_came_without_the_blogs_id_is_known_by_its_text_and_day(store) {
        let site = site(store, "art", 10).await.id;
        let through = |at| {
            let marks = ReportMarks { exact_text: [5; 16], same_words: None };
            Check {
                at,
                akismet: Some(AkismetCheck { marks, told: None }),
                ..check(site, comment(None, "Through the protocol."))
            }
        };
        record(store, through(day(-100) + SignedDuration::from_hours(1))).await;
        let mut import = old(site, Some("1"), 1, Some(DecisionKind::Accept));
        import.key.exact_text = Some([5; 16]);
        let mut later = import.clone();
        later.key.at = day(-90);
        let keys = vec![import.key.clone(), later.key];
        let found = [known(None, None), NEW];
        assert_eq!(store.import_found(site, keys).await.unwrap(), found);
        store.import(vec![import]).await.unwrap();
        assert_eq!(store.comment_by_own_id(site, "1").await.unwrap(), None);
        assert_eq!(store.labelled_verdicts(site).await.unwrap().len(), 1);
    }

    async fn what_was_exported_is_known_by_our_own_id(store) {
        let art = site(store, "art", 10).await.id;
        let zoo = site(store, "zoo", 20).await.id;
        let live = record(store, check(art, comment(None, "Without an id."))).await;
        let ours = live.to_string();
        let key = old(art, Some(&ours), 1, None).key;
        let found = store.import_found(art, vec![key.clone()]).await.unwrap();
        assert_eq!(found, [known(None, None)]);
        assert_eq!(store.import_found(zoo, vec![key]).await.unwrap(), [NEW]);
    }
}
