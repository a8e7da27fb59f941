//! What a moderator shows beside the password.

use hamgate::domain::{Moderator, ModeratorId, Role};
use hamgate::secret::Sealed;
use hamgate::store::{NewModerator, Store, StoreError};

use crate::given::{day, site};
use crate::on_every_engine;

async fn mia(store: &dyn Store) -> Moderator {
    let new = NewModerator {
        name: "Mia".into(),
        role: Role::Moderator,
        sites: Vec::new(),
        at: day(0),
    };
    store.add_moderator(new).await.unwrap()
}

fn codes(of: &[&str]) -> Vec<String> {
    of.iter().map(|code| (*code).to_owned()).collect()
}

async fn is_asked_for(store: &dyn Store) -> bool {
    let known = store.credentials("mia").await.unwrap();
    known.moderator.has_second_factor
}

on_every_engine! {
    async fn it_is_asked_for_once_it_is_confirmed(store) {
        let mia = mia(store).await.id;
        assert_eq!(store.second_factor(mia).await.unwrap(), None);
        store.begin_second_factor(mia, Sealed(vec![1])).await.unwrap();
        store.begin_second_factor(mia, Sealed(vec![2])).await.unwrap();
        let begun = store.second_factor(mia).await.unwrap().unwrap();
        assert_eq!((begun.secret, begun.confirmed_at), (Sealed(vec![2]), None));
        assert!(!is_asked_for(store).await);
        let early = store.set_recovery_codes(mia, codes(&["a"])).await;
        assert!(matches!(early, Err(StoreError::NotFound)));

        store.confirm_second_factor(mia, 7, codes(&["a", "b"]), day(1)).await.unwrap();
        let on = store.second_factor(mia).await.unwrap().unwrap();
        assert_eq!((on.confirmed_at, on.codes_left), (Some(day(1)), 2));
        assert!(is_asked_for(store).await);
        let again = store.confirm_second_factor(mia, 9, codes(&["c"]), day(2)).await;
        assert!(matches!(again, Err(StoreError::Changed)));
        let other = store.begin_second_factor(mia, Sealed(vec![3])).await;
        assert!(matches!(other, Err(StoreError::Changed)), "one has to be ended first");
        assert_eq!(store.second_factor(mia).await.unwrap().unwrap(), on);

        store.end_second_factor(mia).await.unwrap();
        assert!(!is_asked_for(store).await);
        assert!(!store.use_recovery_code(mia, "a".into()).await.unwrap());
        assert!(matches!(store.end_second_factor(mia).await, Err(StoreError::NotFound)));
    }

    async fn a_code_is_used_once_and_never_after_a_later_one(store) {
        let mia = mia(store).await.id;
        store.begin_second_factor(mia, Sealed(vec![1])).await.unwrap();
        store.confirm_second_factor(mia, 7, Vec::new(), day(1)).await.unwrap();
        for (step, fits) in [(7, false), (6, false), (9, true), (9, false), (8, false), (10, true)] {
            assert_eq!(store.use_step(mia, step).await.unwrap(), fits, "{step}");
        }
        let (a, b) = tokio::join!(store.use_step(mia, 11), store.use_step(mia, 11));
        assert!(a.unwrap() != b.unwrap());
    }

    async fn a_recovery_code_is_used_once_and_ends_with_new_ones(store) {
        let mia = mia(store).await.id;
        store.begin_second_factor(mia, Sealed(vec![1])).await.unwrap();
        store.confirm_second_factor(mia, 7, codes(&["a", "b"]), day(1)).await.unwrap();
        let (a, b) = tokio::join!(
            store.use_recovery_code(mia, "a".into()),
            store.use_recovery_code(mia, "a".into()),
        );
        assert!(a.unwrap() != b.unwrap());
        assert!(!store.use_recovery_code(ModeratorId(999), "b".into()).await.unwrap());
        store.set_recovery_codes(mia, codes(&["c"])).await.unwrap();
        assert!(!store.use_recovery_code(mia, "b".into()).await.unwrap());
        assert!(store.use_recovery_code(mia, "c".into()).await.unwrap());
    }

    async fn it_goes_with_its_moderator(store) {
        let mia = mia(store).await.id;
        store.begin_second_factor(mia, Sealed(vec![1])).await.unwrap();
        store.confirm_second_factor(mia, 7, codes(&["a"]), day(1)).await.unwrap();
        store.remove_moderator(mia).await.unwrap();
        assert_eq!(store.second_factor(mia).await.unwrap(), None);
        let nobody = store.begin_second_factor(mia, Sealed(vec![1])).await;
        assert!(matches!(nobody, Err(StoreError::NotFound)));
    }

    async fn rights_are_changed_as_a_whole(store) {
        let art = site(store, "art", 10).await.id;
        let zoo = site(store, "zoo", 20).await.id;
        let mia = mia(store).await;
        let changed = store.change_rights(mia.id, Role::Viewer, vec![zoo, art, zoo]).await.unwrap();
        assert_eq!((changed.role, changed.sites.as_slice()), (Role::Viewer, [art, zoo].as_slice()));
        let lost = store.change_rights(mia.id, Role::Admin, vec![hamgate::domain::SiteId(999)]).await;
        assert!(matches!(lost, Err(StoreError::NotFound)));
        assert_eq!(store.moderators().await.unwrap(), [changed], "a refused one leaves nothing");
        let none = store.change_rights(mia.id, Role::Moderator, Vec::new()).await.unwrap();
        assert_eq!(none.sites, []);
        let nobody = store.change_rights(ModeratorId(999), Role::Viewer, Vec::new()).await;
        assert!(matches!(nobody, Err(StoreError::NotFound)));
    }
}
