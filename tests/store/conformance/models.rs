//! Models: which one has which part, what became of each, and what they are
//! made from.

use std::collections::BTreeMap;

use hamgate::bayes::ModelCard;
use hamgate::domain::{DecisionKind, Label, Verdict};
use hamgate::store::{
    Check, LiveCounts, ModelEvent, ModelEventKind, ModelHash, NewPin, Roles, ShadowCount,
    ShadowDifference, Store, StoreError, StoredModel, Succession,
};
use jiff::Timestamp;

use crate::given::{check, comment, day, decide, judgement, label, record, site};
use crate::on_every_engine;

fn hash(digit: char) -> ModelHash {
    ModelHash(digit.to_string().repeat(64))
}

fn card() -> ModelCard {
    let card = concat!(env!("CARGO_MANIFEST_DIR"), "/models/hamgate.card.json");
    serde_json::from_str(&std::fs::read_to_string(card).unwrap()).unwrap()
}

fn event(kind: ModelEventKind, model: Option<char>, previous: Option<char>) -> ModelEvent {
    ModelEvent {
        at: day(3),
        kind,
        model: model.map(hash),
        previous: previous.map(hash),
        by: "ada".into(),
        reason: "because".into(),
        report: Some(serde_json::json!({ "held_out": 7 })),
    }
}

async fn add(store: &dyn Store, digit: char, made: i64) {
    let model = StoredModel {
        hash: hash(digit),
        made_at: day(made),
        made_by: "cli".into(),
        card: card(),
        left_out: BTreeMap::from([(site_of_model(), day(1))]),
        changes: 12,
        removed_at: None,
    };
    let event = event(ModelEventKind::Trained, Some(digit), None);
    store.add_model(model, event).await.unwrap();
}

fn site_of_model() -> hamgate::domain::SiteId {
    hamgate::domain::SiteId(4)
}

fn promotion(from: Option<char>, to: Option<char>) -> Succession {
    Succession {
        expected: from.map(hash),
        event: event(ModelEventKind::Promoted, to, from),
    }
}

on_every_engine! {
    async fn a_new_model_is_the_challenger_until_it_is_promoted(store) {
        assert_eq!(store.model_roles().await.unwrap(), Roles::default());
        add(store, 'a', 1).await;
        add(store, 'b', 2).await;
        let models = store.models().await.unwrap();
        let known: Vec<_> = models.iter().map(|model| model.hash.clone()).collect();
        assert_eq!(known, [hash('b'), hash('a')]);
        assert_eq!((&models[0].card, models[0].changes), (&card(), 12));
        assert_eq!(models[0].left_out, BTreeMap::from([(site_of_model(), day(1))]));
        let roles = store.model_roles().await.unwrap();
        assert_eq!((roles.champion, roles.challenger), (None, Some(hash('b'))));

        store.succeed(promotion(None, Some('b'))).await.unwrap();
        let roles = store.model_roles().await.unwrap();
        assert_eq!((roles.champion, roles.challenger), (Some(hash('b')), None));
        assert_eq!(roles.champion_since, Some(day(3)));
        let events = store.model_events(Some(hash('b')), 9).await.unwrap();
        assert_eq!(events, [
            event(ModelEventKind::Promoted, Some('b'), None),
            event(ModelEventKind::Trained, Some('b'), None),
        ]);
        assert_eq!(store.model_events(None, 1).await.unwrap(), events[..1]);
    }

    async fn the_second_of_two_promotions_at_once_changes_nothing(store) {
        add(store, 'a', 1).await;
        add(store, 'b', 2).await;
        store.succeed(promotion(None, Some('a'))).await.unwrap();
        let late = store.succeed(promotion(None, Some('b'))).await;
        assert!(matches!(late, Err(StoreError::Changed)));
        let unknown = store.succeed(promotion(Some('a'), Some('c'))).await;
        assert!(matches!(unknown, Err(StoreError::NotFound)));
        let roles = store.model_roles().await.unwrap();
        assert_eq!((roles.champion, roles.challenger), (Some(hash('a')), Some(hash('b'))));
        // Back to the one that ships.
        store.succeed(promotion(Some('a'), None)).await.unwrap();
        let roles = store.model_roles().await.unwrap();
        assert_eq!((roles.champion, roles.champion_since), (None, Some(day(3))));
    }

    async fn a_model_whose_file_is_gone_gets_no_part(store) {
        add(store, 'a', 1).await;
        let in_use = store.model_removed(hash('a'), day(4)).await;
        assert!(matches!(in_use, Err(StoreError::Changed)));
        add(store, 'b', 2).await;
        store.model_removed(hash('a'), day(4)).await.unwrap();
        assert_eq!(store.models().await.unwrap()[1].removed_at, Some(day(4)));
        let gone = store.succeed(promotion(None, Some('a'))).await;
        assert!(matches!(gone, Err(StoreError::NotFound)));
        let shadowed = event(ModelEventKind::Shadowed, Some('a'), None);
        let gone = store.set_shadow(Some(hash('a')), shadowed).await;
        assert!(matches!(gone, Err(StoreError::NotFound)));
        // Made again, it is there again.
        add(store, 'a', 3).await;
        assert_eq!(store.models().await.unwrap()[0].removed_at, None);
    }

    async fn a_shadows_verdicts_add_up(store) {
        let art = site(store, "art", 10).await.id;
        let id = record(store, check(art, comment(Some("1"), "First."))).await;
        add(store, 'a', 1).await;
        let shadowed = event(ModelEventKind::Shadowed, Some('a'), None);
        store.set_shadow(Some(hash('a')), shadowed).await.unwrap();
        assert_eq!(store.model_roles().await.unwrap().shadow, Some(hash('a')));
        let count = |was, would_be, comments| ShadowCount {
            champion: "0123456789ab".into(),
            was,
            would_be,
            comments,
        };
        let same = count(Verdict::Hold, Verdict::Hold, 5);
        let other = count(Verdict::Hold, Verdict::Accept, 2);
        let difference = ShadowDifference {
            site: art,
            comment_id: id,
            was: Verdict::Hold,
            would_be: Verdict::Accept,
        };
        for _ in 0..2 {
            store
                .add_shadow_verdicts(hash('a'), vec![same.clone(), other.clone()], vec![difference.clone()])
                .await
                .unwrap();
        }
        let counts = store.shadow_counts(hash('a')).await.unwrap();
        assert_eq!(counts, [count(Verdict::Hold, Verdict::Accept, 4), count(Verdict::Hold, Verdict::Hold, 10)]);
        assert_eq!(store.shadow_counts(hash('b')).await.unwrap(), []);
        let differences = store.shadow_differences(hash('a'), 9).await.unwrap();
        assert_eq!(differences, [difference.clone(), difference]);
        let ended = event(ModelEventKind::Unshadowed, Some('a'), None);
        store.set_shadow(None, ended).await.unwrap();
        assert_eq!(store.model_roles().await.unwrap().shadow, None);
    }

    async fn pins_are_kept_once_and_go_with_their_comment(store) {
        let art = site(store, "art", 10).await.id;
        let id = record(store, check(art, comment(Some("1"), "First."))).await;
        let pin = |what| store.pin(what, "ada".into(), day(2));
        assert!(pin(NewPin::Stored(id)).await.unwrap());
        assert!(!pin(NewPin::Stored(id)).await.unwrap());
        let own = comment(None, "An old friend's remark.");
        assert!(pin(NewPin::Own(Box::new(own.clone()))).await.unwrap());
        assert!(!pin(NewPin::Own(Box::new(own.clone()))).await.unwrap());
        let unknown = hamgate::domain::CommentId(hamgate::store::fresh_id());
        assert!(matches!(pin(NewPin::Stored(unknown)).await, Err(StoreError::NotFound)));
        let pinned = store.pinned().await.unwrap();
        let told: Vec<_> = pinned.iter().map(|pin| (pin.comment_id, pin.comment.content.as_str())).collect();
        assert_eq!(told, [(Some(id), "First."), (None, own.content.as_str())]);
        store.purge(Timestamp::MAX).await.unwrap();
        let pinned = store.pinned().await.unwrap();
        assert_eq!(pinned.len(), 1);
        store.unpin(pinned[0].pin).await.unwrap();
        assert_eq!(store.pinned().await.unwrap(), []);
        assert!(matches!(store.unpin(pinned[0].pin).await, Err(StoreError::NotFound)));
    }

    async fn training_reads_every_label_once_page_by_page(store) {
        let art = site(store, "art", 10).await.id;
        let zoo = site(store, "zoo", 20).await.id;
        let first = record(store, check(art, comment(Some("1"), "First."))).await;
        let second = record(store, check(zoo, comment(Some("1"), "Second."))).await;
        record(store, check(zoo, comment(Some("2"), "Nobody's word."))).await;
        label(store, art, first, Label::Ham).await;
        decide(store, zoo, second, DecisionKind::Reject, true).await;
        assert_eq!(store.label_changes().await.unwrap(), 2);
        let page = store.training_labels(None, 1).await.unwrap();
        assert_eq!(page.len(), 1);
        assert_eq!((page[0].comment_id, page[0].by.as_deref()), (first, None));
        let rest = store.training_labels(Some(first), 9).await.unwrap();
        assert_eq!(rest.len(), 1);
        assert_eq!(
            (rest[0].site, rest[0].site_name.as_str(), rest[0].label, rest[0].by.as_deref()),
            (zoo, "zoo", Label::Spam, Some("api"))
        );
        assert_eq!((rest[0].comment.content.as_str(), rest[0].at), ("Second.", day(1)));
        store.purge(Timestamp::MAX).await.unwrap();
        assert_eq!(store.training_labels(None, 9).await.unwrap(), []);
    }

    async fn live_counts_are_of_what_came_since(store) {
        let art = site(store, "art", 10).await.id;
        let zoo = site(store, "zoo", 20).await.id;
        let judged = |site, own: &str, verdict| Check {
            judgement: judgement(verdict, 0.0),
            ..check(site, comment(Some(own), "A remark."))
        };
        let rejected = record(store, judged(art, "1", Verdict::Reject)).await;
        let accepted = record(store, judged(zoo, "1", Verdict::Accept)).await;
        record(store, judged(zoo, "2", Verdict::Accept)).await;
        record(store, judged(zoo, "3", Verdict::Hold)).await;
        decide(store, art, rejected, DecisionKind::Accept, true).await;
        label(store, zoo, accepted, Label::Spam).await;
        let counts = store.live_counts(Timestamp::UNIX_EPOCH).await.unwrap();
        assert_eq!(counts, LiveCounts { all: [2, 1, 1], ham: [0, 0, 1], spam: [1, 0, 0] });
        let later = Timestamp::from_second(4_000_000_000).unwrap();
        assert_eq!(store.live_counts(later).await.unwrap(), LiveCounts::default());
    }
}
