//! The protocol's fields as a comment. Everything that is not named here is
//! dropped unread: `HTTP_*` and `POST_*` carry cookies, tokens and passwords.

use std::net::IpAddr;

use super::dates::time;
use super::pairs::Pairs;
use crate::domain::{Author, Comment, CommentId, Form, Post};

/// What a client says of a comment.
#[derive(Debug)]
pub struct Submission {
    pub comment: Comment,
    /// Answer as usual, learn and count nothing.
    pub is_test: bool,
    /// A name that is spam by agreement, so that a blog can be tried.
    pub guaranteed_spam: bool,
    /// The same, and to be thrown away.
    pub test_discard: bool,
    pub administrator: bool,
    /// The comment was sent before.
    pub recheck: bool,
    pub callback: Option<String>,
    pub post_id: Option<String>,
    /// hamgate's id of it, from clients that keep it.
    pub guid: Option<CommentId>,
}

const SPAM_AUTHORS: [&str; 2] = ["akismet-guaranteed-spam", "viagra-test-123"];
/// At whatever domain.
const SPAM_MAILBOX: &str = "akismet-guaranteed-spam";
/// The largest number that the plugin writes where no script runs.
const PLACEHOLDER: f64 = 250.0;
/// A clock in milliseconds shows more since 2001.
const CLOCK: f64 = 1e12;
/// Longest of the short fields that are kept, in bytes.
const LONGEST: usize = 4_000;

impl Submission {
    pub fn of(pairs: &Pairs) -> Self {
        let text = |name: &str| pairs.get(name).map(|value| cut(value).to_owned());
        let author = Author {
            name: text("comment_author"),
            email: text("comment_author_email"),
            email_domain: None,
            url: text("comment_author_url").filter(|url| url != "http://" && url != "https://"),
            ip: pairs.get("user_ip").and_then(address),
            user_agent: text("user_agent"),
            user_id: text("user_ID")
                .or_else(|| text("user_id"))
                .filter(|id| id != "0" && id.len() <= 255),
            role: text("user_role"),
        };
        let name = author.name.as_deref();
        let mailbox = author
            .email
            .as_deref()
            .and_then(|email| email.split('@').next());
        let guaranteed_spam =
            name.is_some_and(|name| SPAM_AUTHORS.contains(&name)) || mailbox == Some(SPAM_MAILBOX);
        let roles = author.role.as_deref().unwrap_or_default();
        let is_role = |role: &str| role.trim().eq_ignore_ascii_case("administrator");
        let administrator = roles.split(',').any(is_role);
        let kind = text("comment_type").or_else(|| text("content_type"));
        let parent = text("comment_parent").filter(|id| id != "0" && id.len() <= 255);
        Self {
            is_test: pairs.says("is_test"),
            guaranteed_spam,
            test_discard: pairs.says("test_discard"),
            administrator,
            recheck: pairs.get("recheck_reason").is_some(),
            callback: text("callback"),
            post_id: text("comment_post_ID"),
            guid: pairs
                .get("guid")
                .or_else(|| pairs.get("akismet_guid"))
                .and_then(|guid| guid.parse().ok())
                .map(CommentId),
            comment: Comment {
                id: None,
                kind,
                author,
                content: pairs.raw("comment_content").unwrap_or_default().to_owned(),
                format: None,
                post: Post {
                    url: text("permalink"),
                    title: None,
                    published_at: None,
                    language: language(pairs),
                    tags: pairs.list("comment_context").into_iter().take(50).collect(),
                },
                parent_id: parent,
                submitted_at: pairs.get("comment_date_gmt").and_then(time),
                referrer: text("referrer").filter(|referrer| referrer != "unknown"),
                form: form(pairs),
            },
        }
    }
}

/// The blog's language, as far as it has one only.
fn language(pairs: &Pairs) -> Option<String> {
    let named = pairs.get("blog_lang")?;
    let mut languages = named.split(',').map(str::trim);
    let first = languages.next()?;
    let only = languages.next().is_none();
    (only && !first.is_empty()).then(|| cut(&first.replace('_', "-")).to_owned())
}

fn form(pairs: &Pairs) -> Form {
    let named = pairs
        .get("honeypot_field_name")
        .filter(|name| !is_secret(name))
        .and_then(|name| pairs.get(name));
    let honeypot = named.or_else(|| pairs.get("POST_ak_hp_textarea"));
    // The plugin writes a small number into the page, and its script replaces
    // it by the commenter's clock in milliseconds.
    let number = |name: &str| pairs.get(name).and_then(|value| value.parse::<f64>().ok());
    let written = number("POST_ak_js").filter(|number| number.is_finite());
    let begun = written.filter(|number| *number > CLOCK);
    let seconds = begun
        .zip(number("POST_ak_bfs"))
        .map(|(begun, sent)| (sent - begun) / 1e3)
        .filter(|seconds| (0.0..86_400.0).contains(seconds));
    Form {
        honeypot: honeypot.map(|value| cut(value).to_owned()),
        seconds,
        // Without the field the page has none: then nothing is known.
        javascript: match written {
            Some(number) if (0.0..=PLACEHOLDER).contains(&number) => Some(false),
            _ => begun.map(|_| true),
        },
    }
}

/// Names whose values are nobody's to keep, whatever a client calls its trap.
fn is_secret(name: &str) -> bool {
    matches!(name, "api_key" | "key") || name.starts_with("HTTP_") || name.starts_with("POST_")
}

fn address(text: &str) -> Option<IpAddr> {
    let without_zone = text.split('%').next().unwrap_or(text);
    without_zone.parse().ok()
}

fn cut(text: &str) -> &str {
    match text.len() <= LONGEST {
        true => text,
        false => &text[..text.floor_char_boundary(LONGEST)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn submission(form: &str) -> Submission {
        Submission::of(&Pairs::of_form(form.as_bytes(), None))
    }

    #[test]
    fn the_fields_of_wordpress_become_a_comment() {
        let sent = submission(
            "blog=http%3A%2F%2Fblog.example&user_ip=192.0.2.7&user_agent=Firefox&referrer=unknown&\
             permalink=http://blog.example/?p=1&comment_type=comment&comment_author=Ada&\
             comment_author_email=ada@mail.example&comment_author_url=http://&comment_content=Hi&\
             comment_date_gmt=2026-11-23+09:00:45&blog_lang=de_DE&comment_context%5B0%5D=bread&\
             comment_parent=0&user_ID=0&POST_ak_hp_textarea=x&POST_password=secret&\
             HTTP_AUTHORIZATION=secret&user_role=editor,author&is_test=False&comment_post_ID=7",
        );
        let comment = &sent.comment;
        assert_eq!(comment.author.name.as_deref(), Some("Ada"));
        assert_eq!(comment.author.url, None);
        assert_eq!(comment.author.user_id, None);
        assert_eq!(comment.author.ip, "192.0.2.7".parse().ok());
        assert_eq!(comment.post.language.as_deref(), Some("de-DE"));
        assert_eq!(comment.post.tags, ["bread"]);
        assert_eq!(comment.form.honeypot.as_deref(), Some("x"));
        assert_eq!((&comment.parent_id, &comment.referrer), (&None, &None));
        assert!(!sent.is_test && !sent.administrator && !sent.guaranteed_spam && !sent.recheck);
        let kept = serde_json::to_string(comment).unwrap();
        assert!(!kept.contains("secret"), "{kept}");
    }

    #[test]
    fn agreed_names_roles_and_traps_are_known() {
        assert!(submission("comment_author=viagra-test-123").guaranteed_spam);
        assert!(
            submission("comment_author_email=akismet-guaranteed-spam%40example.com")
                .guaranteed_spam
        );
        assert!(submission("user_role=super_admin,administrator").administrator);
        let trap = submission("honeypot_field_name=hidden&hidden=filled&content_type=reply");
        assert_eq!(trap.comment.form.honeypot.as_deref(), Some("filled"));
        assert_eq!(trap.comment.kind.as_deref(), Some("reply"));
        let timed = submission("POST_ak_js=1795424445000&POST_ak_bfs=1795424452500");
        assert_eq!(timed.comment.form.seconds, Some(7.5));
        assert_eq!(timed.comment.form.javascript, Some(true));
        for (form, ran) in [
            ("POST_ak_js=117&POST_ak_bfs=1795424452500", Some(false)),
            ("POST_ak_js=NaN", None),
            ("", None),
        ] {
            let form = submission(form).comment.form;
            assert_eq!((form.javascript, form.seconds), (ran, None));
        }
    }

    #[test]
    fn no_name_of_a_trap_makes_a_secret_be_kept() {
        for name in ["api_key", "key", "HTTP_AUTHORIZATION", "POST_pass"] {
            let form = format!("{name}=secret&honeypot_field_name={name}&POST_ak_hp_textarea=x");
            let honeypot = submission(&form).comment.form.honeypot;
            assert_eq!(honeypot.as_deref(), Some("x"), "{name}");
        }
    }
}
