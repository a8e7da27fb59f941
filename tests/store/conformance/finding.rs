//! Finding comments: by words, by what was seen in them, in each order.

use hamgate::domain::{
    CommentId, DecisionKind, Evidence, Judgement, LogOdds, SiteId, Source, Subject, Verdict,
};
use hamgate::store::{
    Aspects, Check, CommentFilter, DecisionFilter, Facets, Narrowing, Order, Store,
};
use uuid::Uuid;

use crate::given::{
    check, comment, day, decide, fingerprint, judgement, marked, record, site, trace,
};
use crate::on_every_engine;

/// What the queue lists of it, by the blog's ids.
async fn found(store: &dyn Store, site: SiteId, narrow: Narrowing) -> Vec<String> {
    listed(store, site, Order::Oldest, narrow).await
}

async fn listed(store: &dyn Store, site: SiteId, order: Order, narrow: Narrowing) -> Vec<String> {
    let mut filter = CommentFilter {
        verdict: Some(Verdict::Hold),
        decision: Some(DecisionFilter::None),
        narrow,
        order,
        // Two to a page: what is narrowed is paged, too.
        limit: 2,
        ..CommentFilter::default()
    };
    let mut ids = Vec::new();
    loop {
        let page = store.comments(site, filter.clone()).await.unwrap();
        let Some(last) = page.last() else { return ids };
        filter.after = Some(last.place());
        ids.extend(page.into_iter().map(|stored| stored.comment.id.unwrap()));
    }
}

fn words(words: &str) -> Narrowing {
    Narrowing {
        words: Some(words.into()),
        ..Narrowing::default()
    }
}

/// A comment that came on that day, by its id too.
fn on(site: SiteId, own_id: &str, content: &str, on: i64) -> Check {
    let millis = day(on).as_millisecond() as u128;
    Check {
        new_id: CommentId(Uuid::from_u128(millis << 80 | 0x7000_u128 << 64 | 8 << 60)),
        at: day(on),
        ..check(site, comment(Some(own_id), content))
    }
}

fn because(reasons: &[(&str, f64)]) -> Judgement {
    let evidence = reasons.iter().map(|(reason, weight)| Evidence {
        source: match *reason {
            "word" => Source::Words,
            "starting_point" => Source::Model,
            _ => Source::Rules,
        },
        reason: (*reason).into(),
        detail: String::new(),
        log_odds: LogOdds(*weight),
        span: None,
    });
    Judgement {
        evidence: evidence.collect(),
        ..judgement(Verdict::Hold, 0.0)
    }
}

on_every_engine! {
    async fn words_are_found_in_text_name_and_addresses(store) {
        let art = site(store, "art", 10).await.id;
        let zoo = site(store, "zoo", 20).await.id;
        record(store, check(art, comment(Some("1"), "The best Casinos of the town"))).await;
        record(store, check(art, comment(Some("2"), "Un café très agréable"))).await;
        record(store, check(art, comment(Some("3"), "東京タワーのカジノです"))).await;
        let mut named = check(art, comment(Some("4"), "Hello."));
        named.comment.author.email = Some("mia@casino.example".into());
        named.comment.author.ip = Some("192.0.2.7".parse().unwrap());
        record(store, named).await;
        record(store, check(zoo, comment(Some("5"), "A casino elsewhere"))).await;
        for (search, expected) in [
            ("casino", vec!["1", "4"]),
            ("TOWN best", vec!["1"]),
            ("\"best casinos\"", vec!["1"]),
            ("\"town best\"", vec![]),
            ("cafe agreable", vec!["2"]),
            ("カジノ", vec!["3"]),
            ("東京", vec!["3"]),
            ("mia@casino.example", vec!["4"]),
            ("192.0.2.7", vec!["4"]),
            ("casino elsewhere", vec![]),
            ("\"); DROP TABLE comments; --", vec![]),
            ("* ( ^ NEAR", vec![]),
            ("👍", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(found(store, art, words(search)).await, expected, "{search}");
        }
    }

    async fn what_is_no_longer_kept_is_no_longer_found(store) {
        let site = site(store, "art", 10).await.id;
        let edited = |text| check(site, comment(Some("1"), text));
        record(store, edited("A parrot.")).await;
        assert_eq!(found(store, site, words("parrot")).await, ["1"]);
        record(store, edited("A penguin.")).await;
        assert_eq!(found(store, site, words("parrot")).await, Vec::<String>::new());
        assert_eq!(found(store, site, words("penguin")).await, ["1"]);
        let due = Check { purge_after: day(1), ..check(site, comment(Some("2"), "A penguin, too.")) };
        record(store, due).await;
        record(store, Check { purge_after: day(1), ..check(site, comment(Some("3"), "A third penguin.")) }).await;
        assert_eq!(found(store, site, words("penguin")).await, ["1", "2", "3"]);
        store.purge(day(2)).await.unwrap();
        assert_eq!(found(store, site, words("penguin")).await, ["1"]);
        // Nor is a decided one in the queue, however it is looked for.
        let id = store.comment_by_own_id(site, "1").await.unwrap().unwrap();
        decide(store, site, id, DecisionKind::Accept, true).await;
        assert_eq!(found(store, site, words("penguin")).await, Vec::<String>::new());
    }

    async fn lists_are_narrowed_by_what_was_seen(store) {
        let site = site(store, "art", 10).await.id;
        for (own_id, language, has_link, odds, on_day) in [
            ("1", Some("deu"), false, -0.5, 1),
            ("2", Some("eng"), true, 0.5, 2),
            ("3", Some("deu"), true, 1.5, 3),
            ("4", None, false, 2.5, 4),
        ] {
            let check = Check {
                judgement: judgement(Verdict::Hold, odds),
                aspects: Aspects { language: language.map(Into::into), has_link, labels: 0 },
                ..on(site, own_id, "Any.", on_day)
            };
            record(store, check).await;
        }
        let narrow = Narrowing::default;
        for (narrowing, expected) in [
            (narrow(), vec!["1", "2", "3", "4"]),
            (Narrowing { language: Some("deu".into()), ..narrow() }, vec!["1", "3"]),
            (Narrowing { language: Some(String::new()), ..narrow() }, vec!["4"]),
            (Narrowing { language: Some("fra".into()), ..narrow() }, vec![]),
            (Narrowing { has_link: Some(true), ..narrow() }, vec!["2", "3"]),
            (Narrowing { has_link: Some(false), ..narrow() }, vec!["1", "4"]),
            (Narrowing { odds_from: Some(0.5), ..narrow() }, vec!["2", "3", "4"]),
            (Narrowing { odds_from: Some(0.0), odds_below: Some(1.5), ..narrow() }, vec!["2"]),
            (Narrowing { since: Some(day(2)), ..narrow() }, vec!["2", "3", "4"]),
            (Narrowing { since: Some(day(2)), before: Some(day(4)), ..narrow() }, vec!["2", "3"]),
            (Narrowing { has_link: Some(true), language: Some("deu".into()), before: Some(day(9)), ..narrow() }, vec!["3"]),
        ] {
            for order in [Order::Oldest, Order::Newest, Order::Riskiest, Order::Lesson] {
                let mut found = listed(store, site, order, narrowing.clone()).await;
                found.sort();
                assert_eq!(found, expected, "{narrowing:?} by {order:?}");
            }
        }
    }

    async fn an_authors_first_comment_is_known_as_the_first(store) {
        let art = site(store, "art", 10).await.id;
        let zoo = site(store, "zoo", 20).await.id;
        let email = |number| [trace(Subject::Email, number)];
        record(store, marked(zoo, "0", &email(1), None)).await;
        record(store, marked(art, "1", &email(1), None)).await;
        record(store, marked(art, "2", &email(2), None)).await;
        record(store, marked(art, "3", &email(1), None)).await;
        record(store, marked(art, "4", &[trace(Subject::AuthorName, 1)], None)).await;
        // The same comment sent again is still the author's first.
        record(store, marked(art, "1", &email(1), None)).await;
        let narrow = |new_author| Narrowing { new_author: Some(new_author), ..Narrowing::default() };
        assert_eq!(found(store, art, narrow(true)).await, ["1", "2", "4"]);
        assert_eq!(found(store, art, narrow(false)).await, ["3"]);
    }

    async fn a_queue_knows_its_reasons_and_languages(store) {
        let site = site(store, "art", 10).await.id;
        let mut ids = Vec::new();
        for (own_id, language, reasons) in [
            ("1", "eng", &[("links/only", 2.0), ("author/name", 0.01)][..]),
            ("2", "deu", &[("links/only", -1.0), ("links/only", 3.0), ("author/name", 1.0)]),
            ("3", "eng", &[("author/name", -1.0), ("starting_point", 5.0), ("word", 2.0)]),
        ] {
            let check = Check {
                judgement: because(reasons),
                aspects: Aspects { language: Some(language.into()), ..Aspects::default() },
                ..check(site, comment(Some(own_id), "Any."))
            };
            ids.push(record(store, check).await);
        }
        let by = |reason: &str| Narrowing { reason: Some(reason.into()), ..Narrowing::default() };
        assert_eq!(found(store, site, by("links/only")).await, ["1", "2"]);
        assert_eq!(found(store, site, by("author/name")).await, ["2", "3"], "too light to be one");
        assert_eq!(found(store, site, by("word")).await, Vec::<String>::new());
        assert_eq!(found(store, site, by("starting_point")).await, Vec::<String>::new());
        assert_eq!(found(store, site, by("never")).await, Vec::<String>::new());
        let pairs = |pairs: &[(&str, u64)]| -> Vec<(String, u64)> {
            pairs.iter().map(|(value, number)| ((*value).to_owned(), *number)).collect()
        };
        let facets = store.facets(site).await.unwrap();
        assert_eq!(facets, Facets {
            languages: pairs(&[("eng", 2), ("deu", 1)]),
            reasons: pairs(&[("author/name", 2), ("links/only", 2)]),
        });
        decide(store, site, ids[1], DecisionKind::Reject, true).await;
        let again = Check { judgement: because(&[("links/flood", 1.0)]), ..check(site, comment(Some("3"), "Any.")) };
        record(store, again).await;
        let facets = store.facets(site).await.unwrap();
        assert_eq!(facets, Facets {
            languages: pairs(&[("", 1), ("eng", 1)]),
            reasons: pairs(&[("links/flood", 1), ("links/only", 1)]),
        });
        store.undo_decision(site, ids[1], None, day(2)).await.unwrap();
        assert_eq!(store.facets(site).await.unwrap().languages, pairs(&[("", 1), ("deu", 1), ("eng", 1)]));
        store.purge(day(200)).await.unwrap();
        assert_eq!(store.facets(site).await.unwrap(), Facets::default());
    }

    async fn what_teaches_most_comes_first_and_a_campaign_once(store) {
        let site = site(store, "art", 10).await.id;
        let at = |own_id: &str, odds: f64, labels, of| {
            let mut check = Check {
                judgement: judgement(Verdict::Hold, odds),
                aspects: Aspects { labels, ..Aspects::default() },
                ..check(site, comment(Some(own_id), "Any."))
            };
            check.marks.fingerprint = Some(fingerprint(of, 32));
            check
        };
        record(store, at("sure", 4.0, 0, 1)).await;
        record(store, at("even", 0.0, 0, 2)).await;
        record(store, at("known", 0.0, 4, 3)).await;
        for own_id in ["copy 1", "copy 2", "copy 3", "copy 4"] {
            record(store, at(own_id, 0.3, 0, 4)).await;
        }
        let order = || async { listed(store, site, Order::Lesson, Narrowing::default()).await };
        let first = order().await;
        assert_eq!(first[..2], ["copy 1", "even"], "a label on one of four tells of all four");
        assert_eq!(first[6], "sure");
        // The others of the campaign are asked about when the first is answered.
        let place = |list: &[String], own_id: &str| list.iter().position(|one| one == own_id).unwrap();
        assert!(place(&first, "copy 4") > place(&first, "even"));
        let id = store.comment_by_own_id(site, "copy 1").await.unwrap().unwrap();
        decide(store, site, id, DecisionKind::Reject, true).await;
        assert_eq!(order().await[0], "even");
        record(store, at("copy 5", 0.0, 2, 4)).await;
        assert_eq!(order().await[0], "even", "of what is known a label tells less");
    }

    async fn a_campaign_is_a_list(store) {
        let site = site(store, "art", 10).await.id;
        let mut last = None;
        for (own_id, of) in [("1", 1), ("2", 2), ("3", 1), ("4", 1)] {
            last = Some(record(store, marked(site, own_id, &[], Some(fingerprint(of, 32)))).await);
        }
        let campaign = store.campaign_of(site, last.unwrap()).await.unwrap().unwrap();
        let narrow = Narrowing { campaign: Some(campaign.id), ..Narrowing::default() };
        for order in [Order::Oldest, Order::Riskiest, Order::Lesson] {
            let mut members = listed(store, site, order, narrow.clone()).await;
            members.sort();
            assert_eq!(members, ["1", "3", "4"]);
        }
        let other = crate::given::site(store, "zoo", 20).await.id;
        assert_eq!(found(store, other, narrow).await, Vec::<String>::new());
        let reviews = store.reviews(site, CommentFilter { limit: 9, ..CommentFilter::default() }).await.unwrap();
        let sizes: Vec<_> = reviews.iter().map(|review| review.campaign.map(|campaign| campaign.size())).collect();
        assert_eq!(sizes, [Some(3), Some(3), None, Some(3)]);
    }
}
