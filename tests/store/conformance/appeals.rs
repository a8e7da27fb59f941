//! An author's word goes before a person once, and stays as long as it is open.

use hamgate::domain::{CommentId, DecisionKind, SiteId, Verdict};
use hamgate::store::{Appeal, Check, NewAppeal, Store, StoreError, fresh_id};

use crate::given::{check, comment, day, decide, idempotency, judgement, record, site};
use crate::on_every_engine;

async fn judged(store: &dyn Store, site: SiteId, own_id: &str, verdict: Verdict) -> CommentId {
    let check = Check {
        judgement: judgement(verdict, 0.5),
        ..check(site, comment(Some(own_id), "My bread rose."))
    };
    record(store, check).await
}

async fn appeal(
    store: &dyn Store,
    site: SiteId,
    comment_id: CommentId,
    message: &str,
    at: i64,
) -> Result<bool, StoreError> {
    let message = Some(message.to_owned());
    let at = day(at);
    store
        .appeal(NewAppeal {
            site,
            comment_id,
            message,
            at,
        })
        .await
}

async fn open(store: &dyn Store, site: SiteId) -> Vec<CommentId> {
    let open = store.open_appeals(site, 10).await.unwrap();
    open.iter().map(|one| one.stored.comment_id).collect()
}

on_every_engine! {
    async fn appeals_stand_in_line_until_a_person_decides(store) {
        let here = site(store, "art", 10).await.id;
        let there = site(store, "bread", 20).await.id;
        let rejected = judged(store, here, "1", Verdict::Reject).await;
        let held = judged(store, here, "2", Verdict::Hold).await;
        let silent = judged(store, here, "3", Verdict::Reject).await;
        assert!(appeal(store, here, held, "second", 2).await.unwrap());
        assert!(appeal(store, here, rejected, "first", 1).await.unwrap());
        assert_eq!(open(store, here).await, [rejected, held]);
        assert_eq!(store.open_appeals(here, 1).await.unwrap().len(), 1);
        assert_eq!(store.appealed_rejections(here).await.unwrap(), 1);
        assert_eq!(open(store, there).await, []);
        assert_eq!(store.appealed_rejections(there).await.unwrap(), 0);

        let first = &store.open_appeals(here, 1).await.unwrap()[0];
        let said = Appeal { at: day(1), message: Some("first".into()) };
        assert_eq!(first.stored.appeal, Some(said));
        assert_eq!(first.judgement.verdict, Verdict::Reject);
        let file = store.comment(here, silent).await.unwrap();
        assert_eq!(file.stored.appeal, None);

        decide(store, here, rejected, DecisionKind::Accept, true).await;
        assert_eq!(open(store, here).await, [held]);
        assert_eq!(store.appealed_rejections(here).await.unwrap(), 0);
        store.undo_decision(here, rejected, None, day(3)).await.unwrap();
        assert_eq!(open(store, here).await, [rejected, held]);
    }

    async fn an_appeal_is_made_once(store) {
        let here = site(store, "art", 10).await.id;
        let there = site(store, "bread", 20).await.id;
        let id = judged(store, here, "1", Verdict::Reject).await;
        assert!(appeal(store, here, id, "mine", 1).await.unwrap());
        assert!(!appeal(store, here, id, "again", 2).await.unwrap());
        let kept = store.comment(here, id).await.unwrap().stored.appeal.unwrap();
        assert_eq!((kept.at, kept.message.as_deref()), (day(1), Some("mine")));
        for (site, id) in [(there, id), (here, CommentId(fresh_id()))] {
            let refused = appeal(store, site, id, "not mine", 1).await;
            assert!(matches!(refused, Err(StoreError::NotFound)));
        }
    }

    async fn an_appeal_is_about_one_text_and_one_verdict(store) {
        let here = site(store, "art", 10).await.id;
        let id = judged(store, here, "1", Verdict::Reject).await;
        appeal(store, here, id, "mine", 1).await.unwrap();
        let again = |content: &str, verdict| Check {
            judgement: judgement(verdict, 0.5),
            ..check(here, comment(Some("1"), content))
        };
        record(store, again("My bread rose.", Verdict::Hold)).await;
        assert_eq!(open(store, here).await, [id], "the same text");
        record(store, again("My bread rose.", Verdict::Accept)).await;
        assert_eq!(open(store, here).await, [], "nothing is left to decide");
        record(store, again("Another text.", Verdict::Reject)).await;
        assert_eq!(open(store, here).await, []);
        assert_eq!(store.comment(here, id).await.unwrap().stored.appeal, None);
        assert!(appeal(store, here, id, "this one too", 2).await.unwrap());
        assert_eq!(open(store, here).await, [id]);
    }

    async fn appeals_are_forgotten_with_their_comments(store) {
        let here = site(store, "art", 10).await.id;
        let id = judged(store, here, "1", Verdict::Reject).await;
        appeal(store, here, id, "mine", 1).await.unwrap();
        store.purge(day(101)).await.unwrap();
        assert_eq!(open(store, here).await, []);
        assert_eq!(store.appealed_rejections(here).await.unwrap(), 0);
    }

    async fn a_site_is_found_by_its_public_id_and_no_two_have_the_same(store) {
        let art = site(store, "art", 10).await;
        let bread = site(store, "bread", 20).await;
        assert_ne!(art.public_id, bread.public_id);
        assert_eq!(art.public_id.len(), 32);
        assert_eq!(store.site_by_public_id(&art.public_id).await.unwrap(), art);
        assert_eq!(store.site_by_id(bread.id).await.unwrap(), bread);
        for unknown in ["", "1", &art.public_id[..31]] {
            let refused = store.site_by_public_id(unknown).await;
            assert!(matches!(refused, Err(StoreError::NotFound)), "{unknown}");
        }
        assert!(matches!(store.site_by_id(SiteId(99)).await, Err(StoreError::NotFound)));
    }

    async fn a_replay_tells_when_the_first_answer_was_made(store) {
        let here = site(store, "art", 10).await.id;
        let key = idempotency("k", 1);
        let first = Check { idempotency: Some(key.clone()), ..check(here, comment(None, ".")) };
        let written = store.record(first.clone()).await.unwrap();
        let later = Check { at: day(1), new_id: CommentId(fresh_id()), ..first };
        let replayed = store.record(later).await.unwrap();
        let found = store.recorded(here, &key).await.unwrap().unwrap();
        assert_eq!([written.at, replayed.at, found.at], [day(0); 3]);
    }
}
