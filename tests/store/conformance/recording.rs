//! Comments written, written again, and written many at once.

use std::collections::HashSet;

use futures_util::future::join_all;
use hamgate::domain::{Author, Comment, DecisionKind, Form, Format, Label, Post, Subject, Verdict};
use hamgate::store::{Check, CommentFilter, DecisionFilter, StoreError};

use crate::given::{
    check, comment, counts, day, decide, idempotency, judgement, label, marked, record,
    record_with_key, site, tally, trace,
};
use crate::on_every_engine;

on_every_engine! {
    async fn a_comment_comes_back_as_it_was_sent(store) {
        let site = site(store, "art", 10).await.id;
        let odd = "\u{FFFD} \u{202E}abc\u{202C} 👩‍👩‍👧 e\u{301} \u{10FFFF} \r\n\t' \" \\ % _ \u{1}\u{7f}";
        let sent = Comment {
            id: Some("post-7/№ 1".into()),
            kind: Some("reply".into()),
            author: Author {
                name: Some(odd.into()),
                email: Some("ada@example.org".into()),
                email_domain: Some("example.org".into()),
                url: Some("https://ada.example/?q=%25".into()),
                ip: Some("2001:db8::1".parse().unwrap()),
                user_agent: Some("Mozilla".into()),
                user_id: Some("7".into()),
                role: Some("editor".into()),
            },
            content: odd.repeat(500),
            format: Some(Format::Markdown),
            post: Post {
                url: Some("https://art.example/p".into()),
                title: Some("Größe".into()),
                published_at: Some(day(-9)),
                language: Some("de".into()),
                tags: vec!["a".into(), String::new()],
            },
            parent_id: Some("6".into()),
            submitted_at: Some("2026-11-24T08:30:00.123456789Z".parse().unwrap()),
            referrer: Some("https://art.example/".into()),
            form: Form {
                honeypot: Some(String::new()),
                seconds: Some(0.1 + 0.2),
                javascript: Some(false),
            },
        };
        let write = Check {
            judgement: judgement(Verdict::Reject, -1.0 / 3.0),
            ..check(site, sent.clone())
        };
        let recorded = store.record(write.clone()).await.unwrap();
        assert_eq!(recorded.comment_id, write.new_id);
        assert_eq!(recorded.judgement, write.judgement);
        assert!(!recorded.replayed);
        let file = store.comment(site, write.new_id).await.unwrap();
        assert_eq!(file.stored.comment, sent);
        assert_eq!(file.stored.received_at, day(0));
        assert_eq!(file.stored.verdict, Verdict::Reject);
        assert_eq!(file.stored.log_odds, -1.0 / 3.0);
        assert_eq!(file.stored.label, None);
        assert_eq!(file.stored.decision, None);
        assert_eq!(file.judgements, [(day(0), write.judgement)]);
        assert_eq!(file.decisions, []);
        let found = store.comment_by_own_id(site, "post-7/№ 1").await.unwrap();
        assert_eq!(found, Some(write.new_id));
        assert_eq!(store.comment_by_own_id(site, "post-7").await.unwrap(), None);
    }

    async fn the_same_own_id_updates(store) {
        let site = site(store, "art", 10).await.id;
        let first = record(store, check(site, comment(Some("1"), "First."))).await;
        let again = Check {
            judgement: judgement(Verdict::Accept, -3.0),
            at: day(2),
            ..check(site, comment(Some("1"), "Second."))
        };
        assert_eq!(record(store, again).await, first);
        let file = store.comment(site, first).await.unwrap();
        assert_eq!(file.stored.comment.content, "Second.");
        assert_eq!(file.stored.verdict, Verdict::Accept);
        assert_eq!(file.stored.received_at, day(0));
        let verdicts: Vec<_> = file.judgements.iter().map(|(at, j)| (*at, j.verdict)).collect();
        assert_eq!(verdicts, [(day(0), Verdict::Hold), (day(2), Verdict::Accept)]);
        let other = record(store, check(site, comment(None, "First."))).await;
        assert_ne!(other, record(store, check(site, comment(None, "First."))).await);
    }

    async fn an_edit_ends_the_decision_and_an_equal_text_does_not(store) {
        let site = site(store, "art", 10).await.id;
        let email = trace(Subject::Email, 1);
        let id = record(store, marked(site, "1", &[email], None)).await;
        let decided = decide(store, site, id, DecisionKind::Accept, true).await;
        let queue = CommentFilter {
            verdict: Some(Verdict::Hold),
            decision: Some(DecisionFilter::None),
            limit: 10,
            ..CommentFilter::default()
        };

        record(store, marked(site, "1", &[email], None)).await;
        let stored = store.comment(site, id).await.unwrap().stored;
        assert_eq!(stored.decision, Some(decided.clone()));
        assert_eq!(stored.label, Some(Label::Ham));
        assert_eq!(store.comments(site, queue.clone()).await.unwrap(), []);

        let edited = Check { at: day(3), ..check(site, comment(Some("1"), "Buy now!")) };
        record(store, edited).await;
        let file = store.comment(site, id).await.unwrap();
        assert_eq!(file.stored.decision, None);
        assert_eq!(file.stored.label, None);
        assert_eq!(file.decisions.len(), 1);
        assert_eq!(file.decisions[0].undone_at, Some(day(3)));
        assert_eq!(store.comments(site, queue.clone()).await.unwrap().len(), 1);
        assert_eq!(store.counts(site).await.unwrap().queue, 1);
        assert!(matches!(store.undo_decision(site, id, None, day(4)).await, Err(StoreError::NotFound)));
        assert_eq!(counts(tally(store, site, email).await), [1, 0, 0, 0], "it spoke of the old text");
        assert_eq!(store.samples().await.unwrap()[0].comment.content, "A comment with marks.");

        assert_eq!(label(store, site, id, Label::Spam).await, None);
        assert_eq!(counts(tally(store, site, email).await), [0; 4], "taken back with its old traces");
        assert_eq!(store.samples().await.unwrap()[0].comment.content, "Buy now!");
    }

    async fn another_author_url_is_another_text(store) {
        let site = site(store, "art", 10).await.id;
        let id = record(store, check(site, comment(Some("1"), "Nice."))).await;
        decide(store, site, id, DecisionKind::Accept, true).await;
        let mut edited = comment(Some("1"), "Nice.");
        edited.author.url = Some("https://pills.example".into());
        record(store, check(site, edited)).await;
        assert_eq!(store.comment(site, id).await.unwrap().stored.decision, None);
    }

    async fn a_repeated_request_gets_its_first_answer(store) {
        let site = site(store, "art", 10).await.id;
        let first = check(site, comment(Some("1"), "Once."));
        let once = record_with_key(store, first, "k", 1).await.unwrap();
        assert!(!once.replayed);
        let retry = Check {
            judgement: judgement(Verdict::Reject, 9.0),
            ..check(site, comment(Some("1"), "Once."))
        };
        let again = record_with_key(store, retry.clone(), "k", 1).await.unwrap();
        assert!(again.replayed);
        assert_eq!((again.comment_id, &again.judgement), (once.comment_id, &once.judgement));
        let known = store.recorded(site, &idempotency("k", 1)).await.unwrap();
        assert_eq!(known, Some(again));
        assert_eq!(store.comment(site, once.comment_id).await.unwrap().judgements.len(), 1);

        let mismatch = record_with_key(store, retry.clone(), "k", 2).await;
        assert!(matches!(mismatch, Err(StoreError::IdempotencyMismatch)));
        let mismatch = store.recorded(site, &idempotency("k", 2)).await;
        assert!(matches!(mismatch, Err(StoreError::IdempotencyMismatch)));
        assert_eq!(store.recorded(site, &idempotency("K", 1)).await.unwrap(), None);

        // Judged again under another key, the first key still means the first answer.
        let later = record_with_key(store, retry, "k2", 1).await.unwrap();
        assert!(!later.replayed);
        let known = store.recorded(site, &idempotency("k", 1)).await.unwrap().unwrap();
        assert_eq!(known.judgement, once.judgement);
    }

    async fn a_key_is_the_sites_own(store) {
        let art = site(store, "art", 10).await.id;
        let zoo = site(store, "zoo", 20).await.id;
        record_with_key(store, check(art, comment(None, "Art.")), "k", 1).await.unwrap();
        assert_eq!(store.recorded(zoo, &idempotency("k", 1)).await.unwrap(), None);
        let other = record_with_key(store, check(zoo, comment(None, "Zoo.")), "k", 2).await;
        assert!(!other.unwrap().replayed);
    }

    async fn many_at_once_are_all_there_once(store) {
        let site = site(store, "art", 10).await.id;
        let written = join_all((0..200).map(|number: u32| async move {
            let check = check(site, comment(Some(&number.to_string()), "At once."));
            record_with_key(store, check, &format!("k{number}"), 1).await.unwrap().comment_id
        }))
        .await;
        let ids: HashSet<_> = written.iter().copied().collect();
        assert_eq!(ids.len(), 200);
        let all = CommentFilter { limit: 500, ..CommentFilter::default() };
        let listed = store.comments(site, all).await.unwrap();
        assert_eq!(listed.len(), 200);
        assert!(listed.iter().all(|stored| ids.contains(&stored.comment_id)));
    }

    async fn one_key_at_once_writes_one_comment(store) {
        let site = site(store, "art", 10).await.id;
        let answers = join_all((0..50).map(|_| async move {
            record_with_key(store, check(site, comment(None, "Once.")), "k", 1).await.unwrap()
        }))
        .await;
        assert_eq!(answers.iter().filter(|answer| !answer.replayed).count(), 1);
        assert!(answers.iter().all(|answer| answer.comment_id == answers[0].comment_id));
        assert_eq!(store.counts(site).await.unwrap().held, 1);
    }
}
