//! What a comment answers, what it was, and what is like it.

use hamgate::domain::{
    Author, Comment, CommentId, DecisionKind, Fingerprint, Label, SiteId, Verdict,
};
use hamgate::store::{Alike, Around, Check, EARLIER, Store, StoreError, fresh_id};

use crate::given::{
    check, comment, day, decide, fingerprint, judgement, label, marked, record, site,
};
use crate::on_every_engine;

async fn around(store: &dyn Store, site: SiteId, id: CommentId) -> Around {
    let mut found = store.around(site, vec![id]).await.unwrap();
    assert_eq!(found.len(), 1);
    found.remove(0)
}

fn text(site: SiteId, own_id: &str, verdict: Verdict, text: Fingerprint) -> Check {
    Check {
        judgement: judgement(verdict, 0.5),
        ..marked(site, own_id, &[], Some(text))
    }
}

on_every_engine! {
    async fn a_reply_knows_what_it_answers(store) {
        let art = site(store, "art", 10).await.id;
        let zoo = site(store, "zoo", 20).await.id;
        let parent = record(store, check(art, comment(Some("7"), "The question."))).await;
        let reply = |site, to: &str| {
            let reply = Comment { parent_id: Some(to.into()), ..comment(None, "The answer.") };
            check(site, reply)
        };
        let known = record(store, reply(art, "7")).await;
        let unknown = record(store, reply(art, "8")).await;
        let elsewhere = record(store, reply(zoo, "7")).await;
        let found = around(store, art, known).await.parent.unwrap();
        assert_eq!((found.comment_id, found.comment.content.as_str()), (parent, "The question."));
        assert_eq!(around(store, art, unknown).await, Around::default());
        assert_eq!(around(store, zoo, elsewhere).await.parent, None);
        // In the order asked, absent ones too.
        let asked = vec![CommentId(fresh_id()), elsewhere, known];
        let found = store.around(art, asked).await.unwrap();
        assert_eq!(found[..2], [Around::default(), Around::default()]);
        assert!(found[2].parent.is_some());
    }

    async fn earlier_texts_are_kept_and_are_not_many(store) {
        let site = site(store, "art", 10).await.id;
        let sent = |text: &str, at| Check { at: day(at), ..check(site, comment(Some("1"), text)) };
        let id = record(store, sent("First.", 0)).await;
        record(store, sent("First.", 1)).await;
        assert_eq!(around(store, site, id).await.earlier, [], "the same text");
        record(store, sent("Second.", 2)).await;
        let renamed = Comment {
            author: Author { name: Some("Grace".into()), url: Some("https://a.example".into()), ..Author::default() },
            ..comment(Some("1"), "Second.")
        };
        record(store, Check { at: day(3), ..check(site, renamed) }).await;
        record(store, sent("Third.", 4)).await;
        let earlier = around(store, site, id).await.earlier;
        let seen: Vec<_> = earlier
            .iter()
            .map(|text| (text.content.as_str(), text.author_name.as_deref(), text.author_url.as_deref(), text.until))
            .collect();
        assert_eq!(seen, [
            ("First.", Some("Ada"), None, day(2)),
            ("Second.", Some("Ada"), None, day(3)),
            ("Second.", Some("Grace"), Some("https://a.example"), day(4)),
        ]);
        for number in 0..EARLIER as i64 {
            record(store, sent(&format!("Version {number}."), 5 + number)).await;
        }
        let earlier = around(store, site, id).await.earlier;
        assert_eq!(earlier.len(), EARLIER);
        assert_eq!(earlier[0].content, "Third.", "the oldest are forgotten");
        store.purge(day(300)).await.unwrap();
        assert_eq!(around(store, site, id).await, Around::default());
    }

    async fn near_duplicates_are_counted_by_what_became_of_them(store) {
        let art = site(store, "art", 10).await.id;
        let zoo = site(store, "zoo", 20).await.id;
        let copy = fingerprint(1, 32);
        let own = record(store, text(art, "own", Verdict::Hold, copy)).await;
        assert_eq!(around(store, art, own).await.alike, Alike::default());
        let mut ids = Vec::new();
        for (own_id, verdict, near) in [
            ("1", Verdict::Accept, 32),
            ("2", Verdict::Reject, 32),
            ("3", Verdict::Hold, 24),
            ("4", Verdict::Hold, 32),
            ("5", Verdict::Hold, 32),
            // Too far away, though both bands are the same.
            ("6", Verdict::Hold, 20),
        ] {
            ids.push(record(store, text(art, own_id, verdict, fingerprint(1, near))).await);
        }
        record(store, text(zoo, "1", Verdict::Reject, copy)).await;
        record(store, text(art, "other", Verdict::Reject, fingerprint(2, 32))).await;
        decide(store, art, ids[3], DecisionKind::Reject, false).await;
        label(store, art, ids[4], Label::Spam).await;
        label(store, art, ids[1], Label::Ham).await;
        let alike = around(store, art, own).await.alike;
        assert_eq!(alike, Alike { accepted: 2, rejected: 2, waiting: 1 });
        assert_eq!(alike.total(), 5);
        let waiting = store.alike_waiting(art, own).await.unwrap();
        let waiting: Vec<_> = waiting.iter().map(|stored| stored.comment_id).collect();
        assert_eq!(waiting, [ids[2], own], "newest first, itself with them");
        let foreign = store.alike_waiting(zoo, own).await;
        assert!(matches!(foreign, Err(StoreError::NotFound)));
        // Where the comment itself does not wait, the others do.
        decide(store, art, own, DecisionKind::Reject, true).await;
        assert_eq!(store.alike_waiting(art, own).await.unwrap().len(), 1);
    }

    async fn some_comments_are_those_of_the_site(store) {
        let art = site(store, "art", 10).await.id;
        let zoo = site(store, "zoo", 20).await.id;
        let a = record(store, check(art, comment(None, "A."))).await;
        let b = record(store, check(art, comment(None, "B."))).await;
        let foreign = record(store, check(zoo, comment(None, "C."))).await;
        let some = store.some_comments(art, vec![b, foreign, a]).await.unwrap();
        let some: Vec<_> = some.iter().map(|stored| stored.comment_id).collect();
        assert_eq!(some, [b, a]);
    }
}
