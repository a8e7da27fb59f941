//! Labels, and what later comments hear of them.

use hamgate::domain::{Decision, DecisionKind, Label, Subject, Tally};
use hamgate::store::{Check, DecisionWrite};

use crate::given::{
    check, comment, counts, decide, decision, fingerprint, history, label, marked, record, site,
    tally, trace,
};
use crate::on_every_engine;

on_every_engine! {
    async fn labels_count_here_and_elsewhere(store) {
        let art = site(store, "art", 10).await.id;
        let zoo = site(store, "zoo", 20).await.id;
        let (email, link) = (trace(Subject::Email, 1), trace(Subject::LinkDomain, 1));
        for (site, own_id, said) in [
            (art, "1", Label::Ham),
            (art, "2", Label::Spam),
            (art, "3", Label::Spam),
            (zoo, "1", Label::Spam),
        ] {
            let id = record(store, marked(site, own_id, &[email, link, link], None)).await;
            assert_eq!(label(store, site, id, said).await, None);
        }
        record(store, marked(art, "4", &[email], None)).await;
        assert_eq!(counts(tally(store, art, email).await), [1, 2, 0, 1]);
        assert_eq!(counts(tally(store, zoo, email).await), [0, 1, 1, 2]);
        assert_eq!(counts(tally(store, zoo, link).await), [0, 1, 1, 2], "twice in one comment is once");

        let unknown = trace(Subject::AuthorName, 1);
        let asked = [link, unknown, email, link];
        let history = history(store, art, &asked, None, None).await;
        let known: Vec<_> = history.known.iter().map(|known| known.trace).collect();
        assert_eq!(known, [link, email]);
        assert!(history.near_duplicates.is_empty());
        assert!(!history.missing);
    }

    async fn a_label_is_replaced(store) {
        let site = site(store, "art", 10).await.id;
        let email = trace(Subject::Email, 1);
        let id = record(store, marked(site, "1", &[email], None)).await;
        assert_eq!(label(store, site, id, Label::Ham).await, None);
        assert_eq!(label(store, site, id, Label::Ham).await, Some(Label::Ham));
        assert_eq!(counts(tally(store, site, email).await), [1, 0, 0, 0]);
        assert_eq!(label(store, site, id, Label::Spam).await, Some(Label::Ham));
        assert_eq!(counts(tally(store, site, email).await), [0, 1, 0, 0]);
        assert_eq!(store.comment(site, id).await.unwrap().stored.label, Some(Label::Spam));
    }

    async fn taking_a_label_back_subtracts_what_it_added(store) {
        let site = site(store, "art", 10).await.id;
        let (old, new) = (trace(Subject::Email, 1), trace(Subject::Email, 2));
        let text = fingerprint(1, 32);
        let id = record(store, marked(site, "1", &[old], Some(text))).await;
        decide(store, site, id, DecisionKind::Reject, true).await;
        // The same text from another address: label and decision still stand.
        record(store, marked(site, "1", &[new], None)).await;
        assert_eq!(counts(tally(store, site, old).await), [0, 1, 0, 0]);
        assert_eq!(counts(tally(store, site, new).await), [0; 4]);
        store.undo_decision(site, id, None, crate::given::day(2)).await.unwrap();
        let after = history(store, site, &[old, new], Some(text), None).await;
        assert_eq!((after.known, after.near_duplicates), Default::default());
        assert_eq!(after.label_changes, 2);
    }

    async fn a_sites_labels_come_in_order_until_they_are_taken_back_or_forgotten(store) {
        let site = site(store, "art", 10).await.id;
        let other = crate::given::site(store, "bread", 20).await.id;
        let mut ids = Vec::new();
        for own_id in ["1", "2", "3"] {
            ids.push(record(store, marked(site, own_id, &[], None)).await);
            label(store, site, *ids.last().unwrap(), Label::Spam).await;
        }
        let labels = store.site_labels(site, 2).await.unwrap();
        let newest: Vec<_> = labels.iter().map(|label| label.comment_id).collect();
        assert_eq!(newest, ids[1..]);
        assert!(labels.iter().all(|label| label.label == Label::Spam));
        let texts = store.labelled_comments(site, labels.clone()).await.unwrap();
        assert!(texts.iter().map(|(label, _)| label).eq(&labels));
        let of_other = store.labelled_comments(other, labels.clone()).await;
        assert!(of_other.unwrap().is_empty());
        assert_eq!(store.site_labels(other, 9).await.unwrap(), []);
        store.purge(jiff::Timestamp::MAX).await.unwrap();
        assert_eq!(store.site_labels(site, 9).await.unwrap(), []);
        let forgotten = store.labelled_comments(site, labels).await.unwrap();
        assert!(forgotten.is_empty());
        let after = history(store, site, &[], None, None).await;
        assert_eq!(after.label_changes, 6);
    }

    async fn its_own_label_is_no_evidence_about_a_comment(store) {
        let site = site(store, "art", 10).await.id;
        let email = trace(Subject::Email, 1);
        let text = fingerprint(1, 32);
        for own_id in ["1", "2"] {
            let id = record(store, marked(site, own_id, &[email], Some(text))).await;
            label(store, site, id, Label::Spam).await;
        }
        let of_another = history(store, site, &[email], Some(text), Some("3")).await;
        assert_eq!(counts(of_another.known[0].tally), [0, 2, 0, 0]);
        assert_eq!(counts(of_another.near_duplicates), [0, 2, 0, 0]);
        let of_itself = history(store, site, &[email], Some(text), Some("1")).await;
        assert_eq!(counts(of_itself.known[0].tally), [0, 1, 0, 0]);
        assert_eq!(counts(of_itself.near_duplicates), [0, 1, 0, 0]);
    }

    async fn what_only_it_taught_is_not_known_to_it(store) {
        let site = site(store, "art", 10).await.id;
        let email = trace(Subject::Email, 1);
        let text = fingerprint(1, 32);
        let id = record(store, marked(site, "1", &[email], Some(text))).await;
        label(store, site, id, Label::Ham).await;
        let of_itself = history(store, site, &[email], Some(text), Some("1")).await;
        assert_eq!((of_itself.known, of_itself.near_duplicates), Default::default());
        assert!(of_itself.own_label);
    }

    async fn near_duplicates_are_counted_and_far_ones_not(store) {
        let art = site(store, "art", 10).await.id;
        let zoo = site(store, "zoo", 20).await.id;
        // 24 of 32 minhashes are 0.75, 22 are 0.69; both share whole bands.
        for (site, own_id, text, said) in [
            (art, "1", fingerprint(1, 32), Label::Spam),
            (art, "2", fingerprint(1, 32), Label::Spam),
            (art, "3", fingerprint(1, 24), Label::Ham),
            (art, "4", fingerprint(1, 22), Label::Ham),
            (art, "5", fingerprint(2, 32), Label::Ham),
            (zoo, "1", fingerprint(1, 30), Label::Spam),
        ] {
            let id = record(store, marked(site, own_id, &[], Some(text))).await;
            label(store, site, id, said).await;
        }
        record(store, marked(art, "6", &[], Some(fingerprint(1, 32)))).await;
        let near = history(store, art, &[], Some(fingerprint(1, 32)), None).await.near_duplicates;
        assert_eq!(counts(near), [1, 2, 0, 1]);
        let near = history(store, zoo, &[], Some(fingerprint(1, 32)), None).await.near_duplicates;
        assert_eq!(counts(near), [0, 1, 1, 2]);
        let near = history(store, art, &[], None, None).await.near_duplicates;
        assert_eq!(near, Tally::default());
    }

    async fn samples_are_the_comments_as_they_were_labelled(store) {
        let art = site(store, "art", 10).await.id;
        let zoo = site(store, "zoo", 20).await.id;
        let first = record(store, check(art, comment(Some("1"), "First."))).await;
        let second = record(store, check(zoo, comment(Some("1"), "Second."))).await;
        record(store, check(zoo, comment(Some("2"), "Nobody's word."))).await;
        label(store, zoo, second, Label::Spam).await;
        label(store, art, first, Label::Ham).await;
        let edited = Check { ..check(art, comment(Some("1"), "Edited.")) };
        record(store, edited).await;
        let samples = store.samples().await.unwrap();
        let told: Vec<_> = samples
            .iter()
            .map(|sample| (sample.comment.content.as_str(), sample.label, sample.site.as_str()))
            .collect();
        assert_eq!(told, [("First.", Label::Ham, "art"), ("Second.", Label::Spam, "zoo")]);
    }

    async fn a_given_label_names_the_person_and_not_the_blog(store) {
        let art = site(store, "art", 10).await.id;
        let by_blog = record(store, check(art, comment(Some("1"), "First."))).await;
        let by_person = record(store, check(art, comment(Some("2"), "Second."))).await;
        let by_api = record(store, check(art, comment(Some("3"), "Third."))).await;
        label(store, art, by_blog, Label::Ham).await;
        decide(store, art, by_api, DecisionKind::Accept, true).await;
        let write = DecisionWrite {
            site: art,
            comment_id: by_person,
            decision: Decision { by: "mia".into(), ..decision(DecisionKind::Reject, true) },
            seen: None,
        };
        let decided = store.decide(write).await.unwrap();
        let given = store.given_labels().await.unwrap();
        let told: Vec<_> = given.iter().map(|label| (label.comment_id, label.by.as_deref())).collect();
        assert_eq!(told, [(by_blog, None), (by_person, Some("mia")), (by_api, None)]);
        assert_eq!(given[1].at, decided.at);
        let samples: Vec<_> = given.into_iter().map(|label| label.sample).collect();
        assert_eq!(samples, store.samples().await.unwrap());
    }
}
