//! Accepted comments that somebody else pasted with a new link.

use hamgate::domain::{Author, Comment, CommentId, DecisionKind, Label, SiteId, Subject, Verdict};
use hamgate::store::{Check, Store};

use crate::given::{
    check, counts, decide, fingerprint, history, judgement, label, record, site, tally, trace,
};
use crate::on_every_engine;

const HONEST: &str = "The second index made our nightly import quick, thank you for it.";

/// Ada's comment, judged so.
fn honest(site: SiteId, verdict: Verdict) -> Check {
    let mut check = check(site, crate::given::comment(Some("ada"), HONEST));
    check.judgement = judgement(verdict, -4.0);
    check.marks.traces = vec![trace(Subject::AuthorName, 1), trace(Subject::Email, 1)];
    check.marks.fingerprint = Some(fingerprint(1, 32));
    check
}

/// The same text with a link, by somebody else.
fn pasted(site: SiteId) -> Check {
    let comment = Comment {
        author: Author {
            name: Some("Ada".into()),
            url: Some("http://shop.example".into()),
            ..Author::default()
        },
        ..crate::given::comment(
            Some("paste"),
            &format!("{HONEST} Watches: http://shop.example"),
        )
    };
    let mut check = check(site, comment);
    check.marks.traces = vec![
        trace(Subject::AuthorName, 1),
        trace(Subject::Email, 2),
        trace(Subject::LinkDomain, 9),
    ];
    check.marks.fingerprint = Some(fingerprint(1, 30));
    check
}

async fn copied(store: &dyn Store, check: &Check) -> Option<CommentId> {
    let marks = &check.marks;
    let own_id = check.comment.id.as_deref();
    history(store, check.site, &marks.traces, marks.fingerprint, own_id)
        .await
        .copied
}

on_every_engine! {
    async fn an_accepted_comment_with_a_new_link_is_known_as_a_copy(store) {
        let art = site(store, "art", 10).await.id;
        let zoo = site(store, "zoo", 20).await.id;
        assert_eq!(copied(store, &pasted(art)).await, None);
        let id = record(store, honest(art, Verdict::Accept)).await;
        assert_eq!(copied(store, &pasted(art)).await, Some(id));
        assert_eq!(copied(store, &pasted(zoo)).await, None, "another site's");
        let mut same_person = pasted(art);
        same_person.marks.traces[1] = trace(Subject::Email, 1);
        assert_eq!(copied(store, &same_person).await, None, "their own");
        let mut no_link = pasted(art);
        no_link.marks.traces.pop();
        assert_eq!(copied(store, &no_link).await, None, "without a link");
        let mut other_text = pasted(art);
        other_text.marks.fingerprint = Some(fingerprint(1, 20));
        assert_eq!(copied(store, &other_text).await, None, "another text");
    }

    async fn a_persons_word_says_what_was_accepted(store) {
        let site = site(store, "art", 10).await.id;
        let id = record(store, honest(site, Verdict::Hold)).await;
        assert_eq!(copied(store, &pasted(site)).await, None);
        label(store, site, id, Label::Ham).await;
        assert_eq!(copied(store, &pasted(site)).await, Some(id));
        decide(store, site, id, DecisionKind::Reject, false).await;
        assert_eq!(copied(store, &pasted(site)).await, None);
        decide(store, site, id, DecisionKind::Accept, false).await;
        assert_eq!(copied(store, &pasted(site)).await, Some(id));
    }

    async fn only_the_difference_of_a_copy_is_learnt(store) {
        let site = site(store, "art", 10).await.id;
        record(store, honest(site, Verdict::Accept)).await;
        let paste = record(store, pasted(site)).await;
        decide(store, site, paste, DecisionKind::Reject, true).await;
        for (trace, spam) in [
            (trace(Subject::AuthorName, 1), 0),
            (trace(Subject::Email, 2), 1),
            (trace(Subject::LinkDomain, 9), 1),
        ] {
            assert_eq!(counts(tally(store, site, trace).await), [0, spam, 0, 0], "{trace:?}");
        }
        let text = history(store, site, &[], Some(fingerprint(1, 32)), None).await;
        assert!(text.near_duplicates.is_empty(), "the honest text is not spam");
        let samples = store.samples().await.unwrap();
        let [learnt] = &samples[..] else { panic!("{} samples", samples.len()) };
        assert_eq!(learnt.comment.content, "Watches: http://shop.example");
        assert_eq!(learnt.comment.author.name, None);

        // Called ham after all, the whole of it is.
        decide(store, site, paste, DecisionKind::Accept, true).await;
        assert_eq!(counts(tally(store, site, trace(Subject::AuthorName, 1)).await), [1, 0, 0, 0]);
        let samples = store.samples().await.unwrap();
        assert!(samples[0].comment.content.starts_with(HONEST));
    }
}
