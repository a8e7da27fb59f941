//! Forgetting by request: what is found, that it then is as if it never came,
//! and which models have to forget with it.

use std::collections::BTreeMap;

use hamgate::bayes::ModelCard;
use hamgate::domain::{CommentId, DecisionKind, Label, SiteId, Subject, Trace};
use hamgate::store::{
    Check, Erasure, ModelEvent, ModelEventKind, ModelHash, Removed, Selected, Selection, Store,
    StoreError, StoredModel, fresh_id,
};
use serde_json::json;
use uuid::Uuid;

use crate::given::{
    check, comment, counts, day, decide, fingerprint, history, idempotency, label, marked, record,
    record_with_key, site, tally, trace,
};
use crate::on_every_engine;

async fn begun(store: &dyn Store, selection: Selection) -> Uuid {
    let id = fresh_id();
    let erasure = Erasure {
        id,
        begun_at: day(5),
        by: "ada".into(),
        asked: json!({ "by": ["email"] }),
        selection: Some(selection),
        removed: Removed::new(),
        finished_at: None,
        certificate: None,
    };
    store.begin_erasure(erasure).await.unwrap();
    id
}

async fn found(store: &dyn Store, selection: &Selection) -> Vec<Selected> {
    store.find_to_erase(selection.clone()).await.unwrap()
}

async fn ids(store: &dyn Store, selection: Selection) -> Vec<CommentId> {
    let found = found(store, &selection).await.into_iter();
    found.map(|one| one.comment_id).collect()
}

/// Forgets the selection; what was removed.
async fn erase(store: &dyn Store, selection: Selection) -> Removed {
    let erasure = begun(store, selection.clone()).await;
    let found = found(store, &selection).await;
    let weighed = store.weigh_erasure(found.clone()).await.unwrap();
    store.erase(erasure, found).await.unwrap();
    let removed = store.erasure(erasure).await.unwrap().removed;
    assert_eq!(removed, weighed, "a dry run says what goes");
    removed
}

fn of(traces: &[Trace]) -> Selection {
    Selection {
        traces: traces.to_vec(),
        ..Selection::default()
    }
}

fn of_site(site: SiteId) -> Selection {
    Selection {
        site: Some(site),
        ..Selection::default()
    }
}

fn model(digit: char) -> ModelHash {
    ModelHash(digit.to_string().repeat(64))
}

async fn add_model(store: &dyn Store, digit: char, made: i64) {
    let card = concat!(env!("CARGO_MANIFEST_DIR"), "/models/hamgate.card.json");
    let card: ModelCard = serde_json::from_str(&std::fs::read_to_string(card).unwrap()).unwrap();
    let made_by = "cli".to_owned();
    let stored = StoredModel {
        hash: model(digit),
        made_at: day(made),
        made_by: made_by.clone(),
        card,
        left_out: BTreeMap::new(),
        changes: 1,
        removed_at: None,
    };
    let event = ModelEvent {
        at: day(made),
        kind: ModelEventKind::Trained,
        model: Some(model(digit)),
        previous: None,
        by: made_by,
        reason: "trained".into(),
        report: None,
    };
    store.add_model(stored, event).await.unwrap();
}

on_every_engine! {
    async fn a_person_is_found_by_each_mark_in_comments_and_labels(store) {
        let art = site(store, "art", 10).await.id;
        let zoo = site(store, "zoo", 20).await.id;
        let (name, email) = (trace(Subject::AuthorName, 1), trace(Subject::Email, 2));
        let (network, link) = (trace(Subject::IpPrefix, 3), trace(Subject::LinkDomain, 4));
        let all = [name, email, network, link];
        let one = record(store, marked(art, "1", &all, None)).await;
        let two = record(store, marked(zoo, "2", &[network, email], None)).await;
        let three = record(store, marked(zoo, "3", &[network], None)).await;
        let four = record(store, marked(zoo, "4", &[name, network], None)).await;
        record(store, marked(art, "5", &[trace(Subject::Email, 9), link], None)).await;
        assert_eq!(ids(store, of(&[name])).await, [one, four]);
        assert_eq!(ids(store, of(&[email])).await, [one, two]);
        assert_eq!(ids(store, of(&[network])).await, [one, two, three, four]);
        assert_eq!(ids(store, of(&[link])).await, [], "a link is nobody");
        let in_zoo = Selection { site: Some(zoo), ..of(&[email, name]) };
        assert_eq!(ids(store, in_zoo).await, [two, four]);
        let both = found(store, &of(&[email, network])).await;
        let only: Vec<bool> = both.iter().map(|one| one.by_network_only).collect();
        assert_eq!(only, [false, false, true, true]);
        let one_comment = Selection { comment: Some(three), ..Selection::default() };
        assert_eq!(ids(store, one_comment).await, [three]);

        // Another address now, but what was learnt was of the first.
        label(store, art, one, Label::Ham).await;
        record(store, marked(art, "1", &[trace(Subject::Email, 8)], None)).await;
        assert_eq!(ids(store, of(&[email])).await, [one, two]);
        // The text is forgotten, and the label is still theirs.
        label(store, zoo, two, Label::Spam).await;
        store.purge(day(101)).await.unwrap();
        assert_eq!(ids(store, of(&[email])).await, [one, two]);
        assert_eq!(ids(store, of(&[network])).await, [one, two]);
        let kept = store.kept(zoo, two).await.unwrap();
        assert_eq!(kept.file, None);
        assert_eq!(kept.label.map(|label| (label.label, label.text)), Some((Label::Spam, None)));
    }

    async fn a_site_and_a_time_are_found(store) {
        let art = site(store, "art", 10).await.id;
        let zoo = site(store, "zoo", 20).await.id;
        let mut all = Vec::new();
        for (number, site) in [art, art, zoo, zoo].into_iter().enumerate() {
            let at = day(number as i64);
            all.push(record(store, Check { at, ..check(site, comment(None, "Here.")) }).await);
        }
        assert_eq!(ids(store, of_site(art)).await, all[..2]);
        let early = Selection { before: Some(day(3)), ..Selection::default() };
        assert_eq!(ids(store, early.clone()).await, all[..3]);
        let both = Selection { site: Some(zoo), ..early };
        assert_eq!(ids(store, both).await, all[2..3]);
    }

    async fn what_is_forgotten_is_as_if_it_never_came(store) {
        let art = site(store, "art", 10).await.id;
        let zoo = site(store, "zoo", 20).await.id;
        let (email, link) = (trace(Subject::Email, 1), trace(Subject::LinkDomain, 1));
        let text = fingerprint(1, 32);
        let other = record(store, marked(zoo, "1", &[link], Some(text))).await;
        label(store, zoo, other, Label::Ham).await;
        let gone = record(store, marked(art, "2", &[email, link], Some(text))).await;
        decide(store, art, gone, DecisionKind::Reject, true).await;
        let with_key = marked(art, "3", &[email], None);
        record_with_key(store, with_key, "key", 1).await.unwrap();
        assert_eq!(counts(tally(store, zoo, link).await), [1, 0, 0, 1]);
        let removed = erase(store, of(&[email])).await;
        for (what, rows) in [
            ("comments", 2), ("judgements", 2), ("decisions", 1), ("labels", 1),
            ("idempotency_keys", 1), ("tallies_lowered", 6), ("fingerprints", 1),
        ] {
            assert_eq!(removed.get(what), Some(&rows), "{what}: {removed:?}");
        }
        for site in [art, zoo] {
            let known = history(store, site, &[email, link], Some(text), None).await;
            let [here, elsewhere] = if site == zoo { [1, 0] } else { [0, 1] };
            assert_eq!(known.known.len(), 1);
            assert_eq!(counts(known.known[0].tally), [here, 0, elsewhere, 0]);
            assert_eq!(counts(known.near_duplicates), [here, 0, elsewhere, 0]);
        }
        assert!(matches!(store.kept(art, gone).await, Err(StoreError::NotFound)));
        assert!(matches!(store.comment(art, gone).await, Err(StoreError::NotFound)));
        assert_eq!(store.recorded(art, &idempotency("key", 1)).await.unwrap(), None);
        assert_eq!(store.counts(art).await.unwrap(), Default::default());
        assert_eq!(store.samples().await.unwrap().len(), 1);
        assert_eq!(store.site_labels(art, 10).await.unwrap(), []);
        assert_eq!(ids(store, of(&[email])).await, []);
        assert_eq!(erase(store, of(&[email])).await, Removed::new(), "twice is once");
        // The blog may send it again.
        assert_ne!(record(store, marked(art, "2", &[email], None)).await, gone);
    }

    async fn what_is_left_of_a_comment_past_its_time_is_forgotten_too(store) {
        let art = site(store, "art", 10).await.id;
        let email = trace(Subject::Email, 1);
        let text = fingerprint(1, 32);
        let id = record(store, marked(art, "1", &[email], Some(text))).await;
        label(store, art, id, Label::Spam).await;
        record_with_key(store, marked(art, "2", &[email], None), "key", 1).await.unwrap();
        let found_before = found(store, &of(&[email])).await;
        assert_eq!(store.kept(art, found_before[1].comment_id).await.unwrap().requests, ["key"]);
        store.purge(day(101)).await.unwrap();
        assert_eq!(found(store, &of(&[email])).await, found_before[..1], "nothing is left of the other");
        assert_eq!(counts(tally(store, art, email).await), [0, 1, 0, 0]);
        let removed = erase(store, of(&[email])).await;
        assert_eq!(removed.get("labels"), Some(&1));
        let known = history(store, art, &[email], Some(text), None).await;
        assert_eq!((known.known, known.near_duplicates), Default::default());
    }

    async fn a_request_is_unfinished_until_it_is_certified(store) {
        let selection = of(&[trace(Subject::Email, 1)]);
        let id = begun(store, selection.clone()).await;
        let unfinished = store.unfinished_erasures().await.unwrap();
        assert_eq!(unfinished.len(), 1);
        assert_eq!(unfinished[0].selection, Some(selection));
        store.selection_done(id).await.unwrap();
        let unfinished = store.unfinished_erasures().await.unwrap();
        assert_eq!(unfinished[0].selection, None);
        store.finish_erasure(id, day(6), json!({ "it": "is" })).await.unwrap();
        assert_eq!(store.unfinished_erasures().await.unwrap(), []);
        let done = store.erasure(id).await.unwrap();
        assert_eq!(done.finished_at, Some(day(6)));
        assert_eq!(done.certificate, Some(json!({ "it": "is" })));
        assert!(matches!(store.erasure(fresh_id()).await, Err(StoreError::NotFound)));
    }

    async fn models_are_tainted_by_what_they_learnt_from(store) {
        let art = site(store, "art", 10).await.id;
        let email = trace(Subject::Email, 1);
        let at = |day_of| Check { at: day(day_of), ..marked(art, &day_of.to_string(), &[email], None) };
        let early = record(store, at(1)).await;
        let late = record(store, at(4)).await;
        let file = model('f');
        store.note_samples(file.clone(), vec![late], 7).await.unwrap();
        add_model(store, 'a', 2).await;
        store.note_samples(model('a'), vec![early], 0).await.unwrap();
        // Nobody wrote down what it learnt from.
        add_model(store, 'b', 3).await;
        let found_early = found(store, &Selection { comment: Some(early), ..Selection::default() }).await;
        let of = |found: Vec<Selected>| async { store.learnt_from(found).await.unwrap() };
        assert_eq!(of(found_early).await, [model('a'), model('b')]);
        assert_eq!(store.kept(art, early).await.unwrap().models, [model('a')]);

        erase(store, Selection { comment: Some(late), ..Selection::default() }).await;
        let tainted = store.tainted_models().await.unwrap();
        assert_eq!(tainted.len(), 1);
        assert_eq!((&tainted[0].hash, tainted[0].others), (&file, Some(7)));
        erase(store, Selection { comment: Some(early), ..Selection::default() }).await;
        let tainted = store.tainted_models().await.unwrap();
        let hashes: Vec<_> = tainted.iter().map(|model| model.hash.clone()).collect();
        assert_eq!(hashes.len(), 3, "{hashes:?}");
        let unknown = tainted.iter().find(|one| one.hash == model('b')).unwrap();
        assert_eq!(unknown.others, None);

        assert_eq!(store.model_roles().await.unwrap().challenger, Some(model('b')));
        for hash in hashes {
            store.model_forgotten(hash, day(6)).await.unwrap();
        }
        assert_eq!(store.tainted_models().await.unwrap(), []);
        assert_eq!(store.model_roles().await.unwrap().challenger, None);
        let models = store.models().await.unwrap();
        assert!(models.iter().all(|model| model.removed_at == Some(day(6))));
    }
}
