//! Filters that moderators keep under a name.

use hamgate::domain::{ModeratorId, Role};
use hamgate::store::{MOST_SAVED, NewModerator, SavedFilter, Store};

use crate::given::day;
use crate::on_every_engine;

async fn moderator(store: &dyn Store, name: &str) -> ModeratorId {
    let new = NewModerator {
        name: name.into(),
        role: Role::Viewer,
        sites: Vec::new(),
        at: day(0),
    };
    store.add_moderator(new).await.unwrap().id
}

fn filter(name: &str, query: &str) -> SavedFilter {
    SavedFilter {
        name: name.into(),
        query: query.into(),
    }
}

on_every_engine! {
    async fn each_moderator_keeps_filters_of_their_own(store) {
        let [mia, jo] = [moderator(store, "Mia").await, moderator(store, "Jo").await];
        assert!(store.save_filter(mia, filter("loans", "q=loan")).await.unwrap());
        assert!(store.save_filter(mia, filter("German", "lang=deu")).await.unwrap());
        assert!(store.save_filter(jo, filter("loans", "q=kredit")).await.unwrap());
        assert_eq!(
            store.saved_filters(mia).await.unwrap(),
            [filter("German", "lang=deu"), filter("loans", "q=loan")]
        );
        assert!(store.save_filter(mia, filter("loans", "q=loans")).await.unwrap());
        assert!(store.remove_filter(mia, "German").await.unwrap());
        assert!(!store.remove_filter(mia, "German").await.unwrap());
        assert_eq!(store.saved_filters(mia).await.unwrap(), [filter("loans", "q=loans")]);
        assert_eq!(store.saved_filters(jo).await.unwrap(), [filter("loans", "q=kredit")]);
    }

    async fn nobody_keeps_more_than_a_list_can_show(store) {
        let mia = moderator(store, "Mia").await;
        for number in 0..MOST_SAVED {
            assert!(store.save_filter(mia, filter(&number.to_string(), "")).await.unwrap());
        }
        assert!(!store.save_filter(mia, filter("more", "")).await.unwrap());
        assert!(store.save_filter(mia, filter("7", "q=other")).await.unwrap(), "one that is known");
        assert_eq!(store.saved_filters(mia).await.unwrap().len(), MOST_SAVED);
    }
}
