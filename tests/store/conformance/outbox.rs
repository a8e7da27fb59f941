//! Messages are written with what they tell of, and leave once and in order.

use std::collections::BTreeSet;
use std::time::Duration;

use futures_util::future::join_all;
use hamgate::domain::{
    Cause, CommentId, DecidedBy, DecisionKind, EventKind, Label, SiteId, Verdict, WebhookId,
};
use hamgate::secret::Sealed;
use hamgate::store::{
    Attempt, Callback, Check, Claim, DecisionWrite, Message, NewWebhook, Recipient, Store,
    StoreError, Then, Webhook, fresh_id,
};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::given::{check, comment, day, decide, decision, judgement, label, record, site};
use crate::on_every_engine;

const UNDO: Duration = Duration::from_secs(10);

async fn webhook(store: &dyn Store, site: SiteId, events: &[EventKind]) -> Webhook {
    let new = NewWebhook {
        id: WebhookId(fresh_id()),
        site,
        url: "https://blog.example/hook".into(),
        events: events.to_vec(),
        secret: Sealed(vec![1, 2, 3]),
        at: day(0),
    };
    store.add_webhook(new).await.unwrap()
}

fn claim(now: Timestamp) -> Claim {
    Claim {
        holder: Uuid::from_u128(1),
        now,
        until: now + SignedDuration::from_mins(1),
        undo: UNDO,
        limit: 10,
        of_each: 1,
    }
}

async fn claimed(store: &dyn Store, now: Timestamp) -> Vec<Message> {
    store.claim(claim(now)).await.unwrap()
}

fn attempt(at: Timestamp, failure: Option<&str>) -> Attempt {
    Attempt {
        at,
        millis: 12,
        status: Some(if failure.is_some() { 500 } else { 204 }),
        failure: failure.map(Into::into),
    }
}

async fn settle(store: &dyn Store, message: &Message, at: Timestamp, then: Then) {
    let failure = (then != Then::Delivered).then_some("status");
    let holder = claim(at).holder;
    store
        .settle(holder, message.id, attempt(at, failure), then)
        .await
        .unwrap();
}

/// Delivers all that is due; what was told, in that order.
async fn deliver_all(store: &dyn Store, now: Timestamp) -> Vec<Message> {
    let mut told = Vec::new();
    loop {
        let messages = claimed(store, now).await;
        if messages.is_empty() {
            return told;
        }
        for message in messages {
            settle(store, &message, now, Then::Delivered).await;
            told.push(message);
        }
    }
}

async fn held(store: &dyn Store, site: SiteId, own_id: &str) -> CommentId {
    record(store, check(site, comment(Some(own_id), "Held."))).await
}

fn callback() -> Callback {
    Callback {
        url: "https://art.example/wp-json/akismet/v1/webhook".into(),
        key: Sealed(vec![9]),
        post_id: Some("17".into()),
    }
}

on_every_engine! {
    async fn a_decision_is_told_with_what_was_before(store) {
        let site = site(store, "art", 10).await.id;
        let hook = webhook(store, site, &EventKind::ALL).await;
        let id = held(store, site, "7").await;
        assert_eq!(claimed(store, day(9)).await, [], "nobody decided");
        decide(store, site, id, DecisionKind::Reject, false).await;
        let messages = claimed(store, day(2)).await;
        let [message] = messages.as_slice() else { panic!("{messages:?}") };
        assert_eq!((message.kind, message.at, message.step), (EventKind::CommentDecided, day(1), 0));
        let event = &message.event;
        assert_eq!((event.comment_id, event.id.as_deref()), (id, Some("7")));
        assert_eq!((event.site.as_str(), event.verdict), ("art", Verdict::Hold));
        assert_eq!((event.decision, event.learn), (Some(DecisionKind::Reject), Some(false)));
        assert_eq!((event.outcome, event.was), (Verdict::Reject, Verdict::Hold));
        assert_eq!((event.cause, event.by), (Cause::Decision, Some(DecidedBy::Api)));
        let to = Recipient::Webhook { id: hook.id, url: hook.url, secrets: vec![Sealed(vec![1, 2, 3])] };
        assert_eq!(message.to, to);
    }

    async fn only_what_was_asked_for_is_told_and_only_to_its_site(store) {
        let art = site(store, "art", 10).await.id;
        let zoo = site(store, "zoo", 20).await.id;
        let decided = webhook(store, art, &[EventKind::CommentDecided]).await;
        let changed = webhook(store, art, &[EventKind::CommentVerdictChanged]).await;
        webhook(store, zoo, &EventKind::ALL).await;
        let id = held(store, art, "1").await;
        label(store, art, id, Label::Spam).await;
        let told = deliver_all(store, day(2)).await;
        assert_eq!(told.len(), 1);
        assert!(matches!(&told[0].to, Recipient::Webhook { id, .. } if *id == changed.id));
        decide(store, art, id, DecisionKind::Accept, true).await;
        let told = deliver_all(store, day(2)).await;
        assert_eq!(told.len(), 1);
        assert!(matches!(&told[0].to, Recipient::Webhook { id, .. } if *id == decided.id));
        assert_eq!(told[0].event.was, Verdict::Reject, "the label counted");
    }

    async fn a_decision_waits_for_being_taken_back(store) {
        let site = site(store, "art", 10).await.id;
        webhook(store, site, &EventKind::ALL).await;
        let id = held(store, site, "1").await;
        decide(store, site, id, DecisionKind::Reject, true).await;
        let early = day(1) + SignedDuration::from_secs(9);
        assert_eq!(claimed(store, early).await, []);
        store.undo_decision(site, id, None, early).await.unwrap();
        assert_eq!(claimed(store, day(9)).await, [], "neither is told");

        decide(store, site, id, DecisionKind::Reject, true).await;
        decide(store, site, id, DecisionKind::Accept, true).await;
        let told = deliver_all(store, day(1) + SignedDuration::from_secs(10)).await;
        assert_eq!(told.len(), 1, "the second takes the place of the first");
        assert_eq!((told[0].event.was, told[0].event.outcome), (Verdict::Hold, Verdict::Accept));

        store.undo_decision(site, id, None, day(2)).await.unwrap();
        let told = deliver_all(store, day(3)).await;
        assert_eq!(told.len(), 1);
        let event = &told[0].event;
        assert_eq!((event.cause, event.by, event.decision, event.learn), (Cause::Undo, None, None, None));
        assert_eq!((event.was, event.outcome), (Verdict::Accept, Verdict::Hold));
    }

    async fn what_was_once_claimed_is_not_folded_away(store) {
        let site = site(store, "art", 10).await.id;
        webhook(store, site, &EventKind::ALL).await;
        let id = held(store, site, "1").await;
        decide(store, site, id, DecisionKind::Reject, true).await;
        let first = claimed(store, day(2)).await;
        store.release(claim(day(2)).holder).await.unwrap();
        store.undo_decision(site, id, None, day(2)).await.unwrap();
        let again = claimed(store, day(3)).await;
        assert_eq!(again, first, "it may have been sent, so both are told");
        settle(store, &again[0], day(3), Then::Delivered).await;
        let undone = deliver_all(store, day(3)).await;
        assert_eq!(undone.len(), 1);
        assert_eq!(undone[0].event.cause, Cause::Undo);
    }

    async fn a_verdict_that_changes_is_told(store) {
        let site = site(store, "art", 10).await.id;
        webhook(store, site, &EventKind::ALL).await;
        let id = held(store, site, "1").await;
        let with = |text: &str, verdict, day_of| Check {
            judgement: judgement(verdict, 0.0),
            at: day(day_of),
            ..check(site, comment(Some("1"), text))
        };
        record(store, with("Held.", Verdict::Hold, 1)).await;
        assert_eq!(deliver_all(store, day(1)).await, [], "the same verdict again");
        record(store, with("Edited.", Verdict::Accept, 1)).await;
        let told = deliver_all(store, day(1)).await;
        assert_eq!(told.len(), 1);
        let event = &told[0].event;
        assert_eq!(told[0].kind, EventKind::CommentVerdictChanged);
        assert_eq!((event.cause, event.was, event.outcome), (Cause::Check, Verdict::Hold, Verdict::Accept));

        label(store, site, id, Label::Ham).await;
        assert_eq!(deliver_all(store, day(1)).await, [], "what was accepted is ham");
        label(store, site, id, Label::Spam).await;
        let told = deliver_all(store, day(1)).await;
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].event.cause, Cause::Feedback);
        assert_eq!((told[0].event.verdict, told[0].event.outcome), (Verdict::Accept, Verdict::Reject));

        decide(store, site, id, DecisionKind::Accept, true).await;
        deliver_all(store, day(2)).await;
        label(store, site, id, Label::Spam).await;
        record(store, with("Edited.", Verdict::Reject, 2)).await;
        assert_eq!(deliver_all(store, day(3)).await, [], "the decision stands");
        record(store, with("Edited again.", Verdict::Reject, 3)).await;
        let told = deliver_all(store, day(3)).await;
        assert_eq!(told.len(), 1, "the edit ended the decision");
        assert_eq!((told[0].event.decision, told[0].event.was), (None, Verdict::Accept));
    }

    async fn a_lease_keeps_a_message_from_others_until_it_ends(store) {
        let site = site(store, "art", 10).await.id;
        for _ in 0..3 {
            webhook(store, site, &EventKind::ALL).await;
        }
        let id = held(store, site, "1").await;
        decide(store, site, id, DecisionKind::Reject, true).await;
        let claims = join_all((0..8).map(|holder| {
            store.claim(Claim { holder: Uuid::from_u128(holder), ..claim(day(2)) })
        })).await;
        let all: Vec<Uuid> = claims.into_iter().flat_map(Result::unwrap).map(|message| message.id).collect();
        assert_eq!(all.len(), 3, "each once");
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), 3);
        assert_eq!(claimed(store, day(2) + SignedDuration::from_secs(59)).await, []);
        let late = day(2) + SignedDuration::from_secs(60);
        let other = Claim { holder: Uuid::from_u128(99), ..claim(late) };
        let again = store.claim(other).await.unwrap();
        assert_eq!(again.iter().map(|message| message.id).collect::<BTreeSet<_>>(), all.into_iter().collect());
        let lost = store.settle(claim(late).holder, again[0].id, attempt(late, None), Then::Delivered).await;
        assert!(matches!(lost, Err(StoreError::NotFound)), "{lost:?}");
        assert_eq!(store.attempts(site, None, 10).await.unwrap(), []);
    }

    async fn a_later_event_of_a_comment_does_not_overtake(store) {
        let site = site(store, "art", 10).await.id;
        webhook(store, site, &EventKind::ALL).await;
        let one = held(store, site, "1").await;
        let two = held(store, site, "2").await;
        decide(store, site, one, DecisionKind::Reject, true).await;
        let first = claimed(store, day(2)).await.remove(0);
        settle(store, &first, day(2), Then::Again(day(5))).await;
        decide(store, site, one, DecisionKind::Accept, true).await;
        decide(store, site, two, DecisionKind::Accept, true).await;
        let told = deliver_all(store, day(3)).await;
        assert_eq!(told.iter().map(|message| message.event.comment_id).collect::<Vec<_>>(), [two]);
        let told = deliver_all(store, day(5)).await;
        let decisions: Vec<_> = told.iter().map(|message| message.event.decision.unwrap()).collect();
        assert_eq!(decisions, [DecisionKind::Reject, DecisionKind::Accept]);
        assert_eq!((told[0].id, told[0].step), (first.id, 1), "its id stays");
    }

    async fn only_some_messages_of_a_webhook_are_under_way(store) {
        let site = site(store, "art", 10).await.id;
        webhook(store, site, &EventKind::ALL).await;
        webhook(store, site, &EventKind::ALL).await;
        for own_id in ["1", "2", "3"] {
            let id = held(store, site, own_id).await;
            decide(store, site, id, DecisionKind::Reject, true).await;
        }
        let under_way = claimed(store, day(2)).await;
        assert_eq!(under_way.len(), 2);
        assert_eq!(claimed(store, day(2)).await, []);
        settle(store, &under_way[0], day(2), Then::Delivered).await;
        let next = claimed(store, day(2)).await;
        assert_eq!(next.len(), 1);
        assert_eq!(next[0].to, under_way[0].to);
        assert_eq!(next[0].event.id.as_deref(), Some("2"));
        let two = Claim { of_each: 2, limit: 3, ..claim(day(2)) };
        let more = store.claim(two).await.unwrap();
        assert_eq!(more.len(), 2, "one more of each");
        assert!(more[0].to != more[1].to);
        assert_eq!(store.claim(Claim { of_each: 9, limit: 0, ..two }).await.unwrap(), []);
    }

    async fn gone_switches_off_and_retrying_on_again(store) {
        let site = site(store, "art", 10).await.id;
        let hook = webhook(store, site, &EventKind::ALL).await;
        for own_id in ["1", "2"] {
            let id = held(store, site, own_id).await;
            decide(store, site, id, DecisionKind::Reject, true).await;
        }
        let first = claimed(store, day(2)).await.remove(0);
        settle(store, &first, day(2), Then::Gone).await;
        let off = store.webhooks(Some(site)).await.unwrap().remove(0);
        assert_eq!((off.off_since, off.waiting, off.failed), (Some(day(2)), 0, 2));
        let id = held(store, site, "3").await;
        decide(store, site, id, DecisionKind::Reject, true).await;
        assert_eq!(claimed(store, day(3)).await, []);
        assert_eq!(store.retry_messages(site, None, day(3)).await.unwrap(), 0, "it is off");
        assert_eq!(store.retry_messages(site, Some(hook.id), day(3)).await.unwrap(), 2);
        let told = deliver_all(store, day(3)).await;
        assert_eq!(told.len(), 2, "what happened while it was off is not told");
        assert_eq!((told[0].id, told[0].step), (first.id, 0));
        let on = store.webhooks(None).await.unwrap().remove(0);
        assert_eq!((on.off_since, on.waiting, on.failed), (None, 0, 0));
    }

    async fn a_paused_webhook_hears_of_nothing_until_it_is_retried(store) {
        let site = site(store, "art", 10).await.id;
        let hook = webhook(store, site, &EventKind::ALL).await;
        let id = held(store, site, "1").await;
        decide(store, site, id, DecisionKind::Reject, true).await;
        store.pause_webhook(hook.id, day(2)).await.unwrap();
        let off = store.webhooks(Some(site)).await.unwrap().remove(0);
        assert_eq!((off.off_since, off.waiting, off.failed), (Some(day(2)), 0, 1));
        assert_eq!(claimed(store, day(2)).await, []);
        let id = held(store, site, "2").await;
        decide(store, site, id, DecisionKind::Reject, true).await;
        assert_eq!(store.retry_messages(site, Some(hook.id), day(3)).await.unwrap(), 1);
        assert_eq!(deliver_all(store, day(3)).await.len(), 1, "what was given up, and no more");
        let nobody = store.pause_webhook(WebhookId(fresh_id()), day(2)).await;
        assert!(matches!(nobody, Err(StoreError::NotFound)));
    }

    async fn retrying_brings_nothing_out_of_order(store) {
        let site = site(store, "art", 10).await.id;
        webhook(store, site, &EventKind::ALL).await;
        let id = held(store, site, "1").await;
        decide(store, site, id, DecisionKind::Reject, true).await;
        let first = claimed(store, day(2)).await.remove(0);
        settle(store, &first, day(2), Then::GivenUp).await;
        decide(store, site, id, DecisionKind::Accept, true).await;
        assert_eq!(deliver_all(store, day(3)).await.len(), 1);
        assert_eq!(store.retry_messages(site, None, day(3)).await.unwrap(), 0, "a later one was told");
        let log = store.attempts(site, None, 10).await.unwrap();
        assert_eq!(log.len(), 2);
        assert_eq!(log[1].message, first.id);
        assert_eq!(log[1].attempt, attempt(day(2), Some("status")));
        assert_eq!((log[0].comment_id, log[0].kind), (id, EventKind::CommentDecided));
        assert_eq!(log[0].attempt.failure, None);
    }

    async fn both_secrets_sign_until_the_old_one_ends(store) {
        let site = site(store, "art", 10).await.id;
        let hook = webhook(store, site, &EventKind::ALL).await;
        store.rotate_webhook(hook.id, Sealed(vec![4]), day(2)).await.unwrap();
        let (listed, secrets) = store.webhook(hook.id, day(1)).await.unwrap();
        assert_eq!(secrets, [Sealed(vec![4]), Sealed(vec![1, 2, 3])]);
        assert_eq!(listed.old_secret_until, Some(day(2)));
        assert_eq!(store.webhook(hook.id, day(2)).await.unwrap().1, [Sealed(vec![4])]);
        let none = store.rotate_webhook(WebhookId(fresh_id()), Sealed(vec![4]), day(2)).await;
        assert!(matches!(none, Err(StoreError::NotFound)));
    }

    async fn removing_a_webhook_forgets_its_messages(store) {
        let art = site(store, "art", 10).await.id;
        let zoo = site(store, "zoo", 20).await.id;
        let hook = webhook(store, art, &EventKind::ALL).await;
        let id = held(store, art, "1").await;
        decide(store, art, id, DecisionKind::Reject, true).await;
        let foreign = store.retry_messages(zoo, Some(hook.id), day(2)).await;
        assert!(matches!(foreign, Err(StoreError::NotFound)));
        assert!(matches!(store.attempts(zoo, Some(hook.id), 9).await, Err(StoreError::NotFound)));
        store.remove_webhook(hook.id).await.unwrap();
        assert_eq!(claimed(store, day(2)).await, []);
        assert_eq!(store.webhooks(None).await.unwrap(), []);
        assert!(matches!(store.remove_webhook(hook.id).await, Err(StoreError::NotFound)));
        let nowhere = NewWebhook { id: hook.id, site: SiteId(99), url: hook.url, events: vec![], secret: Sealed(vec![]), at: day(0) };
        assert!(matches!(store.add_webhook(nowhere).await, Err(StoreError::NotFound)));
    }

    async fn a_callback_hears_decisions_that_are_not_the_blogs(store) {
        let site = site(store, "art", 10).await.id;
        let check = Check { callback: Some(callback()), ..check(site, comment(Some("1"), "Held.")) };
        let id = record(store, check.clone()).await;
        record(store, Check { callback: None, ..check }).await;
        let by = |by: &str, kind| DecisionWrite {
            site,
            comment_id: id,
            decision: hamgate::domain::Decision { by: by.into(), ..decision(kind, true) },
            seen: None,
        };
        store.decide(by("blog", DecisionKind::Reject)).await.unwrap();
        assert_eq!(claimed(store, day(2)).await, [], "the blog knows");
        store.decide(by("ada", DecisionKind::Accept)).await.unwrap();
        let told = deliver_all(store, day(2)).await;
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].to, Recipient::Akismet(callback()));
        assert_eq!((told[0].event.outcome, told[0].event.by), (Verdict::Accept, Some(DecidedBy::Moderator)));

        store.decide(by("ada", DecisionKind::Reject)).await.unwrap();
        store.decide(by("blog", DecisionKind::Accept)).await.unwrap();
        assert_eq!(claimed(store, day(2)).await, [], "the blog decided last");
        store.undo_decision(site, id, None, day(2)).await.unwrap();
        label(store, site, id, Label::Spam).await;
        assert_eq!(claimed(store, day(3)).await, [], "there is no word for it");
    }

    async fn messages_go_with_their_comment_and_with_time(store) {
        let site = site(store, "art", 10).await.id;
        webhook(store, site, &EventKind::ALL).await;
        let due = Check { purge_after: day(10), ..check(site, comment(Some("1"), "Due.")) };
        let due = record(store, due).await;
        let kept = held(store, site, "2").await;
        for id in [due, kept] {
            decide(store, site, id, DecisionKind::Reject, true).await;
        }
        deliver_all(store, day(2)).await;
        decide(store, site, due, DecisionKind::Accept, true).await;
        assert_eq!(store.attempts(site, None, 10).await.unwrap().len(), 2);
        store.purge(day(10)).await.unwrap();
        assert_eq!(claimed(store, day(10)).await, []);
        assert_eq!(store.attempts(site, None, 10).await.unwrap().len(), 1);
        store.purge(day(32)).await.unwrap();
        assert_eq!(store.attempts(site, None, 10).await.unwrap().len(), 1);
        store.purge(day(33)).await.unwrap();
        assert_eq!(store.attempts(site, None, 10).await.unwrap(), []);
    }
}
