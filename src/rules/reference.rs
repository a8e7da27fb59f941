//! Renders `docs/rules.md` from the tables.

use std::fmt::Write;

use super::crosses::CROSSES;
use super::families::FAMILIES;
use super::rule::{Example, Weight};

/// Of a longer example only the start is shown.
const SHOWN_CHARS: usize = 240;

/// The whole document.
pub fn rules_reference() -> String {
    let mut page = String::from(
        "# Rules\n\n<!-- Made from src/rules by `cargo test`; change that, not this. -->\n\n\
         A rule never decides: it adds its weight to the log-odds. *Fitted* weights were learnt \
         together with the words'; *argued* ones are for what no training data shows. Your own \
         weight, or \"off\", goes into the settings: `[rules]` with `\"links/flood\" = 2.5`.\n",
    );
    for family in FAMILIES {
        let _ = write!(page, "\n## {}\n\n{}\n", family.name, family.summary);
        for rule in family.rules {
            let weight = match rule.weight {
                Weight::Fitted => "fitted".to_owned(),
                Weight::Argued(weight) => format!("argued, {:+.1}", weight.0),
            };
            let _ = write!(
                page,
                "\n### `{}`\n\n{} ({weight}). {}\n\n",
                rule.id, rule.summary, rule.docs
            );
            for (what, examples) in [("Fires", rule.fires), ("Passes", rule.passes)] {
                for example in examples {
                    let _ = writeln!(page, "- {what}: {}", shown(example));
                }
            }
        }
    }
    page.push_str(
        "\n## Levels and crosses\n\nEach always applies, at some combination of levels; the weights are fitted.\n\n\
         | id | what | of |\n|---|---|---|\n",
    );
    for cross in CROSSES {
        let of: Vec<&str> = cross.of.iter().map(|measure| measure.name).collect();
        let _ = writeln!(
            page,
            "| `{}` | {} | {} |",
            cross.id,
            cross.summary,
            of.join(" × ")
        );
    }
    page
}

/// An example on one line, its invisible characters written out.
fn shown(example: &Example) -> String {
    let written = |text: &str| {
        let cut = if text.chars().count() > SHOWN_CHARS {
            "…"
        } else {
            ""
        };
        let visible: String = text
            .chars()
            .take(SHOWN_CHARS)
            .flat_map(|c| match c {
                ' '..='~' => vec![c],
                c if c.is_alphanumeric() => vec![c],
                c => c.escape_unicode().collect(),
            })
            .collect();
        let fence = if visible.contains('`') { "``" } else { "`" };
        format!("{fence} {visible}{cut} {fence}")
    };
    let mut line = written(example.content);
    for (what, value) in [
        ("name", example.name),
        ("URL", example.url),
        ("e-mail", example.email),
        ("title", example.title),
        ("language", example.language),
        ("published", example.published_at),
        ("submitted", example.submitted_at),
        ("kind", example.kind),
        ("role", example.role),
        ("user agent", example.user_agent),
        ("honeypot", example.honeypot),
    ] {
        if let Some(value) = value {
            let _ = write!(line, ", {what} {}", written(value));
        }
    }
    line
}
