//! Near-duplicates come in campaigns, and their counts follow what becomes of them.

use hamgate::domain::{CommentId, DecisionKind, Label, SiteId, Verdict};
use hamgate::store::{Campaign, Check, Store, StoreError, fresh_id};

use crate::given::{check, comment, day, decide, fingerprint, judgement, label, record, site};
use crate::on_every_engine;

/// A comment whose text is text `of`, in `alike` of its 32 minhashes.
fn like(site: SiteId, own_id: &str, of: u32, alike: usize, verdict: Verdict) -> Check {
    let mut check = check(site, comment(Some(own_id), "Nearly the same."));
    check.marks.fingerprint = Some(fingerprint(of, alike));
    check.judgement = judgement(verdict, 0.0);
    check
}

async fn campaign(store: &dyn Store, site: SiteId, id: CommentId) -> Option<Campaign> {
    store.campaign_of(site, id).await.unwrap()
}

/// Waiting, accepted, rejected.
fn counts(campaign: &Campaign) -> [u64; 3] {
    [campaign.waiting, campaign.accepted, campaign.rejected]
}

on_every_engine! {
    async fn near_duplicates_of_a_site_are_one_campaign(store) {
        let art = site(store, "art", 10).await.id;
        let zoo = site(store, "zoo", 20).await.id;
        let first = record(store, like(art, "1", 1, 32, Verdict::Hold)).await;
        assert_eq!(campaign(store, art, first).await, None, "alone it is none");
        record(store, like(zoo, "1", 1, 32, Verdict::Hold)).await;
        assert_eq!(campaign(store, art, first).await, None, "other sites are not in it");
        let exact = record(store, Check { at: day(3), ..like(art, "2", 1, 32, Verdict::Reject) }).await;
        record(store, like(art, "3", 1, 28, Verdict::Accept)).await;
        // 12 of 32, and 16 of the third one's, is under the 0.7 from which texts are nearly the same.
        let other = record(store, like(art, "4", 1, 12, Verdict::Hold)).await;
        record(store, check(art, comment(Some("5"), "Too short for a fingerprint."))).await;
        let found = campaign(store, art, first).await.unwrap();
        assert_eq!(counts(&found), [1, 1, 1]);
        assert_eq!(found.size(), 3);
        assert_eq!((found.first_at, found.last_at), (day(0), day(3)));
        assert_eq!(campaign(store, art, exact).await, Some(found));
        assert_eq!(campaign(store, art, other).await, None);
        assert_eq!(campaign(store, zoo, first).await, None);
        assert_eq!(campaign(store, art, CommentId(fresh_id())).await, None);
        assert_eq!(store.campaign(art, found.id).await.unwrap(), found);
        assert!(matches!(store.campaign(zoo, found.id).await, Err(StoreError::NotFound)));
    }

    async fn a_campaign_counts_what_becomes_of_its_comments(store) {
        let site = site(store, "art", 10).await.id;
        let mut ids = Vec::new();
        for own_id in ["1", "2", "3", "4"] {
            ids.push(record(store, like(site, own_id, 1, 32, Verdict::Hold)).await);
        }
        let now = async || counts(&campaign(store, site, ids[3]).await.unwrap());
        assert_eq!(now().await, [4, 0, 0]);
        decide(store, site, ids[0], DecisionKind::Reject, true).await;
        decide(store, site, ids[1], DecisionKind::Accept, false).await;
        assert_eq!(now().await, [2, 1, 1]);
        store.undo_decision(site, ids[0], None, day(2)).await.unwrap();
        assert_eq!(now().await, [3, 1, 0]);
        // A label alone takes nothing out of the queue.
        label(store, site, ids[2], Label::Spam).await;
        assert_eq!(now().await, [3, 1, 0]);
        // The blog sends one again with another text, and one as rejected.
        record(store, Check { at: day(3), ..like(site, "2", 9, 32, Verdict::Hold) }).await;
        record(store, Check { at: day(3), ..like(site, "3", 1, 32, Verdict::Reject) }).await;
        assert_eq!(now().await, [2, 0, 1]);
        assert_eq!(campaign(store, site, ids[1]).await, None);
    }

    async fn a_campaign_ends_with_its_last_comment(store) {
        let site = site(store, "art", 10).await.id;
        let kept = Check { purge_after: day(20), ..like(site, "1", 1, 32, Verdict::Hold) };
        let kept = record(store, kept).await;
        let due = Check { purge_after: day(10), ..like(site, "2", 1, 32, Verdict::Hold) };
        record(store, due).await;
        let found = campaign(store, site, kept).await.unwrap();
        store.purge(day(15)).await.unwrap();
        assert_eq!(counts(&campaign(store, site, kept).await.unwrap()), [1, 0, 0]);
        assert_eq!(store.campaigns(site, None, 10).await.unwrap(), [], "of one it is none to list");
        store.purge(day(25)).await.unwrap();
        assert!(matches!(store.campaign(site, found.id).await, Err(StoreError::NotFound)));
    }

    async fn campaigns_are_listed_by_their_latest_comment(store) {
        let site = site(store, "art", 10).await.id;
        for (own_id, of, on) in [
            ("1", 1, 1), ("2", 2, 2), ("3", 3, 3), ("4", 1, 9), ("5", 2, 5), ("6", 3, 7), ("7", 4, 8),
        ] {
            record(store, Check { at: day(on), ..like(site, own_id, of, 32, Verdict::Hold) }).await;
        }
        let mut listed = Vec::new();
        let mut after = None;
        loop {
            let page = store.campaigns(site, after, 2).await.unwrap();
            let Some((last, _)) = page.last() else { break };
            after = Some((last.last_at, last.id));
            listed.extend(page.into_iter().map(|(_, newest)| newest.comment.id.unwrap()));
        }
        assert_eq!(listed, ["4", "6", "5"]);
    }
}
