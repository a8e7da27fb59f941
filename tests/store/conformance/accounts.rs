//! Moderators, their links and their sessions.

use hamgate::domain::{Moderator, ModeratorId, Role, SessionId, SiteId, TokenHash};
use hamgate::store::{NewLink, NewModerator, NewSession, Store, StoreError};
use jiff::Timestamp;

use crate::given::{day, site};
use crate::on_every_engine;

fn token(number: u8) -> TokenHash {
    TokenHash([number; 32])
}

fn new(name: &str, role: Role, sites: &[SiteId]) -> NewModerator {
    NewModerator {
        name: name.into(),
        role,
        sites: sites.to_vec(),
        at: day(0),
    }
}

async fn mia(store: &dyn Store) -> Moderator {
    let new = new("Mia", Role::Moderator, &[]);
    store.add_moderator(new).await.unwrap()
}

fn session(moderator: &Moderator, number: u8, at: Timestamp) -> NewSession {
    NewSession {
        moderator: moderator.id,
        epoch: moderator.epoch,
        token: token(number),
        agent: format!("browser {number}"),
        at,
        ends_at: day(30),
    }
}

async fn is_open(store: &dyn Store, number: u8, now: Timestamp) -> bool {
    store.session(&token(number), now).await.unwrap().is_some()
}

fn link(moderator: &Moderator, number: u8) -> NewLink {
    NewLink {
        moderator: moderator.id,
        token: token(number),
        ends_at: day(1),
    }
}

on_every_engine! {
    async fn accounts_are_found_by_name_in_any_case(store) {
        let art = site(store, "art", 10).await.id;
        let zoo = site(store, "zoo", 20).await.id;
        let made = store.add_moderator(new("Ärla", Role::Moderator, &[zoo, art, zoo])).await.unwrap();
        assert_eq!((made.name.as_str(), made.sites.as_slice()), ("Ärla", [art, zoo].as_slice()));
        assert!(!made.has_password && made.last_sign_in.is_none());
        assert!(made.sees(art) && !made.sees(SiteId(99)));
        let found = store.credentials("äRLA").await.unwrap();
        assert_eq!((&found.moderator, found.password_hash), (&made, None));
        assert!(matches!(store.credentials("Arla").await, Err(StoreError::NotFound)));
        let taken = store.add_moderator(new("ÄRLA", Role::Viewer, &[])).await;
        assert!(matches!(taken, Err(StoreError::NameTaken(_))));
        let lost = store.add_moderator(new("jo", Role::Viewer, &[SiteId(999)])).await;
        assert!(matches!(lost, Err(StoreError::NotFound)));
        assert_eq!(store.moderators().await.unwrap(), [made], "a refused one leaves nothing");
        let admin = store.add_moderator(new("jo", Role::Admin, &[])).await.unwrap();
        assert!(admin.sees(art) && admin.sees(SiteId(99)));
    }

    async fn a_link_sets_a_password_once(store) {
        let mia = mia(store).await;
        store.add_link(link(&mia, 1)).await.unwrap();
        assert_eq!(store.link(&token(1), day(0)).await.unwrap(), Some(mia.clone()));
        assert_eq!(store.link(&token(2), day(0)).await.unwrap(), None);
        let now = store.use_link(token(1), "hash".into(), day(0)).await.unwrap();
        assert!(now.has_password && now.epoch > mia.epoch);
        assert_eq!(store.credentials("mia").await.unwrap().password_hash.as_deref(), Some("hash"));
        assert_eq!(store.link(&token(1), day(0)).await.unwrap(), None);
        let again = store.use_link(token(1), "other".into(), day(0)).await;
        assert!(matches!(again, Err(StoreError::NotFound)));
        assert_eq!(store.credentials("mia").await.unwrap().password_hash.as_deref(), Some("hash"));
    }

    async fn a_link_ends_with_its_time_and_with_the_next(store) {
        let mia = mia(store).await;
        store.add_link(link(&mia, 1)).await.unwrap();
        assert_eq!(store.link(&token(1), day(1)).await.unwrap(), None, "the end is not in it");
        let late = store.use_link(token(1), "hash".into(), day(1)).await;
        assert!(matches!(late, Err(StoreError::NotFound)));
        store.add_link(link(&mia, 2)).await.unwrap();
        assert_eq!(store.link(&token(1), day(0)).await.unwrap(), None);
        assert!(store.link(&token(2), day(0)).await.unwrap().is_some());
        let nobody = NewLink { moderator: ModeratorId(999), ..link(&mia, 3) };
        assert!(matches!(store.add_link(nobody).await, Err(StoreError::NotFound)));
    }

    async fn of_two_that_use_a_link_at_once_one_succeeds(store) {
        let mia = mia(store).await;
        store.add_link(link(&mia, 1)).await.unwrap();
        let (a, b) = tokio::join!(
            store.use_link(token(1), "a".into(), day(0)),
            store.use_link(token(1), "b".into(), day(0)),
        );
        assert!(a.is_ok() != b.is_ok());
    }

    async fn sessions_are_known_by_their_token_until_they_end(store) {
        let mia = mia(store).await;
        let opened = store.open_session(session(&mia, 1, day(0))).await.unwrap();
        let (found, who) = store.session(&token(1), day(1)).await.unwrap().unwrap();
        assert_eq!((&found, who.id, who.last_sign_in), (&opened, mia.id, Some(day(0))));
        assert!(!is_open(store, 2, day(1)).await);
        assert!(!is_open(store, 1, day(30)).await, "the end is not in it");
        store.touch_session(opened.id, day(2)).await.unwrap();
        store.open_session(session(&mia, 2, day(1))).await.unwrap();
        let listed = store.sessions(mia.id, day(2)).await.unwrap();
        let agents: Vec<_> = listed.iter().map(|one| one.agent.as_str()).collect();
        assert_eq!(agents, ["browser 1", "browser 2"], "last used first");
        assert_eq!(listed[0].seen_at, day(2));
        assert_eq!(store.sessions(mia.id, day(30)).await.unwrap(), []);
    }

    async fn a_session_is_ended_by_its_owner_only(store) {
        let mia = mia(store).await;
        let jo = store.add_moderator(new("jo", Role::Admin, &[])).await.unwrap();
        let opened = store.open_session(session(&mia, 1, day(0))).await.unwrap();
        for (who, id) in [(jo.id, opened.id), (mia.id, SessionId(999))] {
            let refused = store.end_session(who, id).await;
            assert!(matches!(refused, Err(StoreError::NotFound)));
        }
        assert!(is_open(store, 1, day(1)).await);
        store.end_session(mia.id, opened.id).await.unwrap();
        assert!(!is_open(store, 1, day(1)).await);
    }

    async fn a_new_epoch_ends_every_session_and_no_old_one_is_opened_in_it(store) {
        let mia = mia(store).await;
        store.open_session(session(&mia, 1, day(0))).await.unwrap();
        store.open_session(session(&mia, 2, day(0))).await.unwrap();
        store.end_sessions(mia.id).await.unwrap();
        assert!(!is_open(store, 1, day(1)).await && !is_open(store, 2, day(1)).await);
        // Its password was found right before the epoch began.
        let late = store.open_session(session(&mia, 3, day(0))).await;
        assert!(matches!(late, Err(StoreError::NotFound)));
        let now = store.set_password(mia.id, "hash".into()).await.unwrap();
        store.open_session(session(&now, 4, day(0))).await.unwrap();
        store.add_link(link(&now, 9)).await.unwrap();
        store.drop_password(mia.id).await.unwrap();
        assert!(!is_open(store, 4, day(1)).await);
        assert_eq!(store.link(&token(9), day(0)).await.unwrap(), None);
        assert_eq!(store.credentials("mia").await.unwrap().password_hash, None);
    }

    async fn a_better_hash_takes_the_place_of_the_same_password_only(store) {
        let mia = mia(store).await;
        let now = store.set_password(mia.id, "old".into()).await.unwrap();
        store.open_session(session(&now, 1, day(0))).await.unwrap();
        store.rehash(mia.id, "other".into(), "better".into()).await.unwrap();
        assert_eq!(store.credentials("mia").await.unwrap().password_hash.as_deref(), Some("old"));
        store.rehash(mia.id, "old".into(), "better".into()).await.unwrap();
        assert_eq!(store.credentials("mia").await.unwrap().password_hash.as_deref(), Some("better"));
        assert!(is_open(store, 1, day(1)).await, "it is the same password");
    }

    async fn who_is_removed_leaves_nothing_behind_but_decisions(store) {
        let mia = mia(store).await;
        store.open_session(session(&mia, 1, day(0))).await.unwrap();
        store.add_link(link(&mia, 2)).await.unwrap();
        store.remove_moderator(mia.id).await.unwrap();
        assert!(!is_open(store, 1, day(0)).await);
        assert_eq!(store.link(&token(2), day(0)).await.unwrap(), None);
        assert_eq!(store.moderators().await.unwrap(), []);
        for outcome in [
            store.remove_moderator(mia.id).await,
            store.end_sessions(mia.id).await,
            store.drop_password(mia.id).await,
        ] {
            assert!(matches!(outcome, Err(StoreError::NotFound)));
        }
        let again = store.add_moderator(new("mia", Role::Admin, &[])).await.unwrap();
        assert_ne!(again.id, mia.id, "no number is given twice");
    }

    async fn purging_forgets_sessions_and_links_past_their_end(store) {
        let mia = mia(store).await;
        store.open_session(session(&mia, 1, day(0))).await.unwrap();
        store.add_link(link(&mia, 2)).await.unwrap();
        store.purge(day(0)).await.unwrap();
        assert!(is_open(store, 1, day(0)).await);
        assert!(store.link(&token(2), day(0)).await.unwrap().is_some());
        store.purge(day(40)).await.unwrap();
        // Even for one whose clock goes slow.
        assert!(!is_open(store, 1, day(0)).await);
        assert_eq!(store.link(&token(2), day(0)).await.unwrap(), None);
    }
}
