//! What the form and the surroundings saw. No training data shows it: the
//! weights are argued.

use super::families::Family;
use super::rule::{Example, Hit, Rule, Weight, text};
use crate::domain::LogOdds;

pub static FAMILY: Family = Family {
    name: "behavior",
    summary: "What the form and the surroundings saw.",
    rules: &[
        Rule {
            id: "behavior/honeypot",
            summary: "A field that people cannot see was filled in",
            docs: "Only machines fill it in, and some browsers' auto-fill: strong, and still not proof.",
            weight: Weight::Argued(LogOdds(4.0)),
            check: |features| {
                let filled = features
                    .context
                    .form
                    .honeypot
                    .as_deref()
                    .is_some_and(|v| !v.trim().is_empty());
                filled.then(|| Hit::new("the honeypot"))
            },
            fires: &[Example {
                honeypot: Some("x"),
                ..text("hello")
            }],
            passes: &[Example {
                honeypot: Some(""),
                ..text("hello")
            }],
        },
        Rule {
            id: "behavior/fast",
            summary: "Filled in too fast",
            docs: "Under two seconds nobody has read a form. A pasted answer takes longer.",
            weight: Weight::Argued(LogOdds(1.5)),
            check: |features| {
                let seconds = features.context.form.seconds?;
                (0.0..2.0)
                    .contains(&seconds)
                    .then(|| Hit::new(format!("{seconds:.1} seconds")))
            },
            fires: &[Example {
                seconds: Some(0.7),
                ..text("hello")
            }],
            passes: &[Example {
                seconds: Some(14.0),
                ..text("hello")
            }],
        },
        Rule {
            id: "behavior/no-javascript",
            summary: "The page's script did not run",
            docs: "Machines seldom run scripts. Some careful people block them.",
            weight: Weight::Argued(LogOdds(1.0)),
            check: |features| {
                (features.context.form.javascript == Some(false)).then(|| Hit::new("no script"))
            },
            fires: &[Example {
                javascript: Some(false),
                ..text("hello")
            }],
            passes: &[Example {
                javascript: Some(true),
                ..text("hello")
            }],
        },
        Rule {
            id: "behavior/bot-agent",
            summary: "A program's user agent",
            docs: "Libraries name themselves. A privacy tool may send an empty one.",
            weight: Weight::Argued(LogOdds(1.0)),
            check: |features| {
                let agent = features.context.user_agent.as_deref()?.to_lowercase();
                let named = [
                    "curl/",
                    "python",
                    "libwww",
                    "wget",
                    "go-http-client",
                    "java/",
                    "scrapy",
                ];
                (agent.trim().is_empty() || named.iter().any(|name| agent.starts_with(name)))
                    .then(|| Hit::new("not a browser's"))
            },
            fires: &[Example {
                user_agent: Some("python-requests/2.31"),
                ..text("hello")
            }],
            passes: &[Example {
                user_agent: Some("Mozilla/5.0 (X11; Linux)"),
                ..text("hello")
            }],
        },
        Rule {
            id: "behavior/staff",
            summary: "Written by the blog's own people",
            docs: "The blog says who is signed in: an editor does not spam it. The blog must not take the role from the form.",
            weight: Weight::Argued(LogOdds(-4.0)),
            check: |features| {
                let role = features.context.role.as_deref()?.to_lowercase();
                ["administrator", "editor", "author", "moderator"]
                    .iter()
                    .any(|name| role.split(',').any(|part| part.trim() == *name))
                    .then(|| Hit::new(role))
            },
            fires: &[Example {
                role: Some("administrator"),
                ..text("hello")
            }],
            passes: &[Example {
                role: Some("subscriber"),
                ..text("hello")
            }],
        },
        Rule {
            id: "behavior/old-post",
            summary: "A comment years after the post",
            docs: "Machines work through archives. Search engines bring honest readers to them too.",
            weight: Weight::Argued(LogOdds(0.3)),
            check: |features| {
                let days = features.context.post_age_days?;
                (days > 730.0).then(|| Hit::new(format!("{:.0} years", days / 365.25)))
            },
            fires: &[Example {
                published_at: Some("2020-01-01T00:00:00Z"),
                submitted_at: Some("2026-01-01T00:00:00Z"),
                ..text("hello")
            }],
            passes: &[Example {
                published_at: Some("2025-12-01T00:00:00Z"),
                submitted_at: Some("2026-01-01T00:00:00Z"),
                ..text("hello")
            }],
        },
        Rule {
            id: "behavior/backlink",
            summary: "A pingback or trackback",
            docs: "Nobody typed it: a machine says that a page links here. Honest blogs send them as well.",
            weight: Weight::Argued(LogOdds(0.5)),
            check: |features| {
                matches!(features.context.kind.as_str(), "pingback" | "trackback")
                    .then(|| Hit::new(features.context.kind.clone()))
            },
            fires: &[Example {
                kind: Some("trackback"),
                ..text("[...] hello [...]")
            }],
            passes: &[Example {
                kind: Some("comment"),
                ..text("hello")
            }],
        },
    ],
};
