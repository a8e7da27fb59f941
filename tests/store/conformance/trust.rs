//! Whom and what a site's moderators trust or block.

use hamgate::domain::{SiteId, Subject, Trace, Trust};
use hamgate::store::{NewTrust, Store, StoreError, TrustEntry, fresh_id};

use crate::given::{day, history, site, trace};
use crate::on_every_engine;

fn domain(site: SiteId, value: u8, trust: Trust, at: i64) -> NewTrust {
    NewTrust {
        site,
        id: fresh_id(),
        trust,
        traces: vec![
            trace(Subject::AuthorDomain, value),
            trace(Subject::LinkDomain, value),
        ],
        shown: format!("site{value}.example"),
        by: "jo".into(),
        at: day(at),
    }
}

async fn known(store: &dyn Store, site: SiteId, traces: &[Trace]) -> Vec<(Trace, Trust)> {
    history(store, site, traces, None, None).await.trusts
}

on_every_engine! {
    async fn a_list_is_of_its_site_and_is_looked_up_with_the_history(store) {
        let art = site(store, "art", 10).await.id;
        let zoo = site(store, "zoo", 20).await.id;
        let traces = [
            trace(Subject::Email, 1), trace(Subject::AuthorDomain, 1), trace(Subject::LinkDomain, 2),
        ];
        assert_eq!(known(store, art, &traces).await, []);
        let author = NewTrust {
            traces: vec![traces[0]],
            trust: Trust::Trusted,
            shown: "Mia".into(),
            ..domain(art, 1, Trust::Trusted, 1)
        };
        store.add_trust(author.clone()).await.unwrap();
        let blocked = domain(art, 2, Trust::Blocked, 2);
        store.add_trust(blocked.clone()).await.unwrap();
        assert_eq!(
            known(store, art, &traces).await,
            [(traces[0], Trust::Trusted), (traces[2], Trust::Blocked)],
        );
        assert_eq!(known(store, zoo, &traces).await, []);
        let expected = [(&blocked, true), (&author, false)].map(|(new, is_domain)| TrustEntry {
            id: new.id,
            trust: new.trust,
            is_domain,
            shown: new.shown.clone(),
            by: "jo".into(),
            at: new.at,
        });
        assert_eq!(store.trust_list(art).await.unwrap(), expected);
        assert_eq!(store.trust_list(zoo).await.unwrap(), []);

        let foreign = store.remove_trust(zoo, blocked.id).await;
        assert!(matches!(foreign, Err(StoreError::NotFound)));
        assert_eq!(store.remove_trust(art, blocked.id).await.unwrap(), expected[0]);
        assert_eq!(known(store, art, &traces).await, [(traces[0], Trust::Trusted)]);
        let again = store.remove_trust(art, blocked.id).await;
        assert!(matches!(again, Err(StoreError::NotFound)));
    }

    async fn a_change_of_mind_replaces_the_whole_entry(store) {
        let site = site(store, "art", 10).await.id;
        store.add_trust(domain(site, 1, Trust::Trusted, 1)).await.unwrap();
        let now = domain(site, 1, Trust::Blocked, 2);
        store.add_trust(now.clone()).await.unwrap();
        let list = store.trust_list(site).await.unwrap();
        assert_eq!((list.len(), list[0].id), (1, now.id));
        let traces = [trace(Subject::AuthorDomain, 1), trace(Subject::LinkDomain, 1)];
        let blocked = traces.map(|trace| (trace, Trust::Blocked));
        assert_eq!(known(store, site, &traces).await, blocked);
        // One of the two is enough to be the same entry.
        let half = NewTrust { traces: vec![traces[1]], ..domain(site, 1, Trust::Trusted, 3) };
        store.add_trust(half).await.unwrap();
        assert_eq!(store.trust_list(site).await.unwrap().len(), 1);
        assert_eq!(known(store, site, &traces).await, [(traces[1], Trust::Trusted)]);
    }

    async fn there_is_no_list_without_its_site(store) {
        let nobody = domain(SiteId(99), 1, Trust::Trusted, 1);
        assert!(matches!(store.add_trust(nobody).await, Err(StoreError::NotFound)));
    }
}
