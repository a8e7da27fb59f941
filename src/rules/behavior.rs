//! What the form and the surroundings saw. No training data shows it: the
//! weights are argued.

use super::families::Family;
use super::rule::{Example, Hit, Rule, Weight, text};
use crate::domain::LogOdds;
use crate::features::Features;
use crate::features::characters::MainScript;

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
        Rule {
            id: "behavior/first-minute",
            summary: "A comment in the post's first minute",
            docs: "Machines follow the feed; nobody reads and answers so soon. No training data knows when a post came out. Friends who were sent the link may.",
            weight: Weight::Argued(LogOdds(0.5)),
            check: |features| {
                let days = features.context.post_age_days?;
                (0.0..1.0 / 1_440.0)
                    .contains(&days)
                    .then(|| Hit::new(format!("{:.0} seconds", days * 86_400.0)))
            },
            fires: &[Example {
                published_at: Some("2026-01-01T00:00:00Z"),
                submitted_at: Some("2026-01-01T00:00:20Z"),
                ..text("hello")
            }],
            passes: &[Example {
                published_at: Some("2026-01-01T00:00:00Z"),
                submitted_at: Some("2026-01-01T00:20:00Z"),
                ..text("hello")
            }],
        },
        Rule {
            id: "behavior/foreign-script",
            summary: "Another script than the post's language",
            docs: "A text that the post's readers cannot read was not written for them. No training data knows the language of a post. Migrants and learners write so honestly, so it weighs little.",
            weight: Weight::Argued(LogOdds(0.7)),
            check: foreign_script,
            fires: &[Example {
                language: Some("en"),
                ..text("Лучшие игровые автоматы на деньги")
            }],
            passes: &[
                Example {
                    language: Some("ru, en"),
                    ..text("Best regards from Kazan, my friends")
                },
                Example {
                    language: Some("en_US"),
                    ..text("Thank you, Наташа")
                },
            ],
        },
        Rule {
            id: "behavior/old-browser",
            summary: "A browser that nobody uses any more",
            docs: "Lists of user agents in tools grow old. Training data has hardly any agents. So do some people's computers.",
            weight: Weight::Argued(LogOdds(0.7)),
            check: |features| {
                let agent = features.context.user_agent.as_deref()?;
                let old = [
                    "MSIE ",
                    "Windows 98",
                    "Windows NT 5.",
                    "Firefox/3.",
                    "Opera/9.",
                    "Chrome/4",
                ];
                let seen = old.iter().find(|name| agent.contains(**name))?;
                Some(Hit::new(seen.trim()))
            },
            fires: &[Example {
                user_agent: Some("Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1)"),
                ..text("hello")
            }],
            passes: &[Example {
                user_agent: Some("Mozilla/5.0 (X11; Linux) Firefox/133.0"),
                ..text("hello")
            }],
        },
    ],
};

/// The scripts that a language is written in; none for a language not listed.
fn scripts_of(language: &str) -> &'static [MainScript] {
    match language {
        "en" | "de" | "fr" | "es" | "pt" | "it" | "nl" | "pl" | "cs" | "sv" | "da" | "no"
        | "nb" | "fi" | "tr" | "id" | "vi" | "ro" | "hu" | "ca" | "sk" | "hr" => {
            &[MainScript::Latin]
        }
        "ru" | "uk" | "bg" | "be" => &[MainScript::Cyrillic],
        "el" => &[MainScript::Greek],
        "zh" => &[MainScript::Han],
        "ja" => &[MainScript::Han, MainScript::Kana],
        "ko" => &[MainScript::Hangul, MainScript::Han],
        "ar" | "fa" | "ur" => &[MainScript::Arabic],
        "he" => &[MainScript::Hebrew],
        "hi" => &[MainScript::Devanagari],
        "th" => &[MainScript::Thai],
        _ => &[],
    }
}

fn foreign_script(features: &Features) -> Option<Hit> {
    let languages = features.context.post_language.as_deref()?.to_lowercase();
    let script = features.shape.telling_script();
    // Latin is written everywhere: names, code, English.
    if matches!(script, MainScript::None | MainScript::Latin) || features.shape.letters < 15 {
        return None;
    }
    let known = languages
        .split([',', ';'])
        .map(|language| scripts_of(language.trim().split(['-', '_']).next().unwrap_or_default()));
    let (mut any, mut own) = (false, false);
    for scripts in known {
        any = true;
        own |= scripts.is_empty() || scripts.contains(&script);
    }
    (any && !own).then(|| Hit::new(format!("{} text, post in {languages}", script.as_str())))
}
