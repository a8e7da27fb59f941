//! Filters, pages and search.

use hamgate::domain::{Comment, DecisionKind, SiteId, Verdict};
use hamgate::store::{Check, CommentFilter, DecisionFilter, Store};

use crate::given::{check, comment, decide, judgement, record, site};
use crate::on_every_engine;

async fn contents(store: &dyn Store, site: SiteId, filter: CommentFilter) -> Vec<String> {
    let filter = CommentFilter {
        limit: if filter.limit == 0 { 50 } else { filter.limit },
        ..filter
    };
    let listed = store.comments(site, filter).await.unwrap();
    listed
        .into_iter()
        .map(|stored| stored.comment.content)
        .collect()
}

on_every_engine! {
    async fn filters_narrow_the_list(store) {
        let site = site(store, "art", 10).await.id;
        for (content, verdict, decision) in [
            ("a", Verdict::Accept, None),
            ("b", Verdict::Hold, None),
            ("c", Verdict::Hold, Some(DecisionKind::Accept)),
            ("d", Verdict::Hold, Some(DecisionKind::Reject)),
            ("e", Verdict::Reject, Some(DecisionKind::Accept)),
            ("f", Verdict::Reject, None),
            ("g", Verdict::Hold, None),
        ] {
            let check = Check {
                judgement: judgement(verdict, 0.0),
                ..check(site, comment(None, content))
            };
            let id = record(store, check).await;
            if let Some(kind) = decision {
                decide(store, site, id, kind, true).await;
            }
        }
        for (verdict, decision, expected) in [
            (None, None, "gfedcba"),
            (Some(Verdict::Hold), None, "gdcb"),
            (Some(Verdict::Hold), Some(DecisionFilter::None), "gb"),
            (None, Some(DecisionFilter::None), "gfba"),
            (None, Some(DecisionFilter::Accept), "ec"),
            (Some(Verdict::Reject), Some(DecisionFilter::Accept), "e"),
            (None, Some(DecisionFilter::Reject), "d"),
        ] {
            let filter = CommentFilter { verdict, decision, ..CommentFilter::default() };
            assert_eq!(contents(store, site, filter).await.concat(), expected);
        }
    }

    async fn pages_follow_each_other_without_gap_or_overlap(store) {
        let site = site(store, "art", 10).await.id;
        for number in 0..25 {
            record(store, check(site, comment(None, &number.to_string()))).await;
        }
        let mut seen = Vec::new();
        let mut filter = CommentFilter { limit: 10, ..CommentFilter::default() };
        loop {
            let page = store.comments(site, filter.clone()).await.unwrap();
            let Some(last) = page.last() else { break };
            filter.after = Some(last.place());
            // What arrives meanwhile is newer than every cursor.
            record(store, check(site, comment(None, "new"))).await;
            seen.extend(page.into_iter().map(|stored| stored.comment.content));
        }
        let expected: Vec<_> = (0..25).rev().map(|number: i32| number.to_string()).collect();
        assert_eq!(seen, expected);
    }

    async fn a_limit_is_held_within_bounds(store) {
        let site = site(store, "art", 10).await.id;
        for _ in 0..3 {
            record(store, check(site, comment(None, "."))).await;
        }
        for (limit, length) in [(0, 1), (2, 2), (usize::MAX, 3)] {
            let filter = CommentFilter { limit, ..CommentFilter::default() };
            assert_eq!(store.comments(site, filter).await.unwrap().len(), length);
        }
    }

    async fn search_takes_the_words_as_they_stand(store) {
        let site = site(store, "art", 10).await.id;
        for content in ["100% pure", "100 percent", "snake_case", "snakeXcase", "back\\slash", "Ünicode \"q\""] {
            record(store, check(site, comment(None, content))).await;
        }
        let mut named = comment(None, "by name");
        named.author.name = Some("Grace % Hopper".into());
        named.author.url = Some("https://cobol.example/a_b".into());
        record(store, check(site, named)).await;
        record(store, check(site, Comment { author: Default::default(), ..comment(None, "nobody") })).await;
        for (q, expected) in [
            ("100%", vec!["100% pure"]),
            ("%", vec!["by name", "100% pure"]),
            ("_", vec!["by name", "snake_case"]),
            ("SNAKE_", vec!["snake_case"]),
            ("\\", vec!["back\\slash"]),
            ("\"", vec!["Ünicode \"q\""]),
            ("ünicode \"", vec![]),
            ("nicode", vec![]),
            ("Ünic", vec!["Ünicode \"q\""]),
            ("Ünicode \"q", vec!["Ünicode \"q\""]),
            ("case", vec!["snake_case"]),
            ("e_case", vec![]),
            ("grace", vec!["by name"]),
            ("COBOL.example", vec!["by name"]),
            ("content", vec![]),
            ("'; DROP TABLE comments; --", vec![]),
        ] {
            let filter = CommentFilter { q: Some(q.into()), ..CommentFilter::default() };
            assert_eq!(contents(store, site, filter).await, expected, "{q}");
        }
        let everything = CommentFilter { q: Some(String::new()), ..CommentFilter::default() };
        assert_eq!(contents(store, site, everything).await.len(), 8);
        let long = CommentFilter { q: Some("%".repeat(100_000)), ..CommentFilter::default() };
        assert_eq!(contents(store, site, long).await.len(), 0);
    }
}
