//! Sites, and keys through their life.

use hamgate::domain::{CommentId, DecisionKind, HoldAnswer, KeyKind, Label, SiteId, SiteSettings};
use hamgate::store::{CommentFilter, DecisionWrite, LabelWrite, NewSite, StoreError, fresh_id};
use jiff::{SignedDuration, Timestamp};

use crate::given::{check, comment, day, decision, mac, record, site};
use crate::on_every_engine;

on_every_engine! {
    async fn sites_are_found_by_name_and_key(store) {
        store.ready().await.unwrap();
        let zoo = site(store, "zoo", 10).await;
        let art = site(store, "art", 20).await;
        assert_eq!(zoo.live_keys, 1);
        assert_eq!(store.sites().await.unwrap(), [art.clone(), zoo.clone()]);
        assert_eq!(store.site_by_name("art").await.unwrap(), art);
        assert!(matches!(store.site_by_name("Art").await, Err(StoreError::NotFound)));
        assert_eq!(store.site_by_api_key(&mac(10)).await.unwrap(), Some(zoo.clone()));
        assert_eq!(store.site_by_api_key(&mac(11)).await.unwrap(), None, "an Akismet key");
        assert_eq!(store.sites_by_akismet_key(&mac(11)).await.unwrap(), [zoo]);
        assert_eq!(store.sites_by_akismet_key(&mac(10)).await.unwrap(), [], "an API key");
    }

    async fn a_name_or_an_api_key_is_taken_once(store) {
        site(store, "art", 10).await;
        let new = |name: &str, api, akismet| NewSite {
            name: name.into(),
            url: String::new(),
            api_key: mac(api),
            akismet_key: mac(akismet),
        };
        let same_name = store.add_site(new("art", 20, 21)).await;
        assert!(matches!(same_name, Err(StoreError::NameTaken(name)) if name == "art"));
        let same_key = store.add_site(new("zoo", 10, 21)).await;
        assert!(matches!(same_key, Err(StoreError::KeyTaken)));
        assert_eq!(store.sites().await.unwrap().len(), 1, "a refused site leaves nothing");
        let shared = store.add_site(new("zoo", 20, 11)).await.unwrap();
        let names: Vec<_> = store.sites_by_akismet_key(&mac(11)).await.unwrap();
        assert_eq!(names.len(), 2);
        assert_eq!(names[1], shared);
    }

    async fn an_old_key_lives_until_it_was_said_to(store) {
        let site = site(store, "art", 10).await;
        let hour = SignedDuration::from_hours(1);
        let soon = Timestamp::now() + hour;
        store.rotate_key(site.id, KeyKind::Api, mac(30), soon).await.unwrap();
        for key in [10, 30] {
            let found = store.site_by_api_key(&mac(key)).await.unwrap().unwrap();
            assert_eq!((found.id, found.live_keys), (site.id, 2));
        }
        let past = Timestamp::now() - hour;
        store.rotate_key(site.id, KeyKind::Api, mac(40), past).await.unwrap();
        assert_eq!(store.site_by_api_key(&mac(10)).await.unwrap(), None);
        assert_eq!(store.site_by_api_key(&mac(30)).await.unwrap(), None);
        assert_eq!(store.site_by_api_key(&mac(40)).await.unwrap().unwrap().live_keys, 1);
        assert_eq!(store.sites_by_akismet_key(&mac(11)).await.unwrap().len(), 1, "of the other kind");
        // A later rotation does not wake the dead.
        store.rotate_key(site.id, KeyKind::Api, mac(50), soon).await.unwrap();
        assert_eq!(store.site_by_api_key(&mac(10)).await.unwrap(), None);
        let used = store.rotate_key(site.id, KeyKind::Api, mac(10), soon).await;
        assert!(matches!(used, Err(StoreError::KeyTaken)));
        let nobody = store.rotate_key(SiteId(999), KeyKind::Api, mac(60), soon).await;
        assert!(matches!(nobody, Err(StoreError::NotFound)));
    }

    async fn a_refused_rotation_leaves_the_old_key_alone(store) {
        let art = site(store, "art", 10).await;
        site(store, "zoo", 20).await;
        let past = Timestamp::now() - SignedDuration::from_hours(1);
        let refused = store.rotate_key(art.id, KeyKind::Api, mac(20), past).await;
        assert!(matches!(refused, Err(StoreError::KeyTaken)));
        assert!(store.site_by_api_key(&mac(10)).await.unwrap().is_some());
    }

    async fn revocation_ends_every_key_at_once(store) {
        let art = site(store, "art", 10).await;
        let zoo = site(store, "zoo", 20).await;
        let soon = Timestamp::now() + SignedDuration::from_hours(1);
        store.rotate_key(art.id, KeyKind::Api, mac(30), soon).await.unwrap();
        assert_eq!(store.revoke_keys(art.id).await.unwrap(), 3);
        assert_eq!(store.revoke_keys(art.id).await.unwrap(), 0);
        assert_eq!(store.site_by_api_key(&mac(10)).await.unwrap(), None);
        assert_eq!(store.site_by_api_key(&mac(30)).await.unwrap(), None);
        assert_eq!(store.sites_by_akismet_key(&mac(11)).await.unwrap(), []);
        assert_eq!(store.site_by_name("art").await.unwrap().live_keys, 0);
        assert_eq!(store.site_by_api_key(&mac(20)).await.unwrap(), Some(zoo));
        assert!(matches!(store.revoke_keys(SiteId(999)).await, Err(StoreError::NotFound)));
        // The site goes on with new keys; an Akismet key may be given again.
        store.rotate_key(art.id, KeyKind::Api, mac(40), soon).await.unwrap();
        store.rotate_key(art.id, KeyKind::Akismet, mac(11), soon).await.unwrap();
        assert_eq!(store.site_by_api_key(&mac(40)).await.unwrap().unwrap().live_keys, 1);
        assert_eq!(store.sites_by_akismet_key(&mac(11)).await.unwrap().len(), 1);
    }

    async fn settings_are_a_sites_own(store) {
        let art = site(store, "art", 10).await;
        let zoo = site(store, "zoo", 20).await;
        assert_eq!(art.settings, SiteSettings::default());
        let spam = |settings: &mut SiteSettings| settings.hold = HoldAnswer::Spam;
        let changed = store.site_settings(art.id, Box::new(spam)).await.unwrap();
        assert_eq!(changed.settings.hold, HoldAnswer::Spam);
        // Every way to a site brings them.
        assert_eq!(store.site_by_name("art").await.unwrap(), changed);
        assert_eq!(store.site_by_api_key(&mac(10)).await.unwrap(), Some(changed.clone()));
        assert_eq!(store.sites_by_akismet_key(&mac(11)).await.unwrap(), std::slice::from_ref(&changed));
        assert_eq!(store.sites().await.unwrap(), [changed, zoo]);
        // A change sees what is in force.
        let from_spam = |settings: &mut SiteSettings| {
            assert_eq!(settings.hold, HoldAnswer::Spam);
            settings.hold = HoldAnswer::Ham;
        };
        let changed = store.site_settings(art.id, Box::new(from_spam)).await.unwrap();
        assert_eq!(changed.settings.hold, HoldAnswer::Ham);
        let nobody = store.site_settings(SiteId(999), Box::new(spam)).await;
        assert!(matches!(nobody, Err(StoreError::NotFound)));
    }

    async fn a_site_moves_and_keeps_all_else(store) {
        let art = site(store, "art", 10).await;
        site(store, "zoo", 20).await;
        let moved = store.move_site(art.id, None, Some("https://new.example/".into())).await.unwrap();
        assert_eq!((moved.name.as_str(), moved.url.as_str()), ("art", "https://new.example/"));
        let moved = store.move_site(art.id, Some("paint".into()), None).await.unwrap();
        assert_eq!((moved.name.as_str(), moved.url.as_str()), ("paint", "https://new.example/"));
        assert_eq!(store.site_by_api_key(&mac(10)).await.unwrap(), Some(moved.clone()));
        let taken = store.move_site(art.id, Some("zoo".into()), None).await;
        assert!(matches!(taken, Err(StoreError::NameTaken(_))));
        assert_eq!(store.site_by_name("paint").await.unwrap(), moved);
        let nobody = store.move_site(SiteId(999), None, None).await;
        assert!(matches!(nobody, Err(StoreError::NotFound)));
    }

    async fn a_site_cannot_reach_another_ones_comments(store) {
        let art = site(store, "art", 10).await.id;
        let zoo = site(store, "zoo", 20).await.id;
        let id = record(store, check(art, comment(Some("1"), "Of art."))).await;
        assert!(matches!(store.comment(zoo, id).await, Err(StoreError::NotFound)));
        assert_eq!(store.comment_by_own_id(zoo, "1").await.unwrap(), None);
        let all = CommentFilter { limit: 10, ..CommentFilter::default() };
        assert_eq!(store.comments(zoo, all.clone()).await.unwrap(), []);
        let label = LabelWrite { site: zoo, comment_id: id, label: Label::Spam, at: day(1) };
        assert!(matches!(store.label(label).await, Err(StoreError::NotFound)));
        let write = DecisionWrite {
            site: zoo,
            comment_id: id,
            decision: decision(DecisionKind::Reject, true),
            seen: None,
        };
        assert!(matches!(store.decide(write).await, Err(StoreError::NotFound)));
        assert!(matches!(store.undo_decision(zoo, id, None, day(1)).await, Err(StoreError::NotFound)));
        assert_eq!(store.counts(zoo).await.unwrap(), Default::default());
        let same_own_id = record(store, check(zoo, comment(Some("1"), "Of zoo."))).await;
        assert_ne!(same_own_id, id);
        assert_eq!(store.comments(art, all).await.unwrap().len(), 1);
        let unknown = CommentId(fresh_id());
        assert!(matches!(store.comment(art, unknown).await, Err(StoreError::NotFound)));
        let nobody = store.record(check(SiteId(999), comment(None, "Lost."))).await;
        assert!(matches!(nobody, Err(StoreError::NotFound)));
    }
}
