//! `hamgate check`: one comment from the command line.

use anyhow::Result;
use clap::Args;
use comfy_table::{Table, presets};

use super::say::say;
use super::settings::{self, SettingsOptions};
use crate::domain::{Author, Comment, History, Judgement, Post};
use crate::features::Features;

/// Judge one comment, with the evidence as a table. Nothing is stored, and
/// no history is asked.
#[derive(Debug, Args)]
pub struct Check {
    /// The comment's text.
    content: String,
    /// The author's name.
    #[arg(long)]
    author: Option<String>,
    /// The author's e-mail address.
    #[arg(long)]
    email: Option<String>,
    /// The author's own site.
    #[arg(long)]
    url: Option<String>,
    /// The post's title.
    #[arg(long)]
    post: Option<String>,
    /// `comment`, `reply`, `pingback`, …
    #[arg(long)]
    kind: Option<String>,
    #[command(flatten)]
    settings: SettingsOptions,
    /// The judgement as JSON.
    #[arg(long)]
    json: bool,
}

impl Check {
    pub fn run(self) -> Result<()> {
        let config = self.settings.load(None)?.config;
        let filter = settings::filter(&config)?;
        let comment = Comment {
            content: self.content,
            kind: self.kind,
            author: Author {
                name: self.author,
                email: self.email,
                url: self.url,
                ..Author::default()
            },
            post: Post {
                title: self.post,
                ..Post::default()
            },
            ..Comment::default()
        }
        .admitted()?;
        let judgement = filter.judge(&Features::of(&comment), &History::default());
        if self.json {
            say!("{}", serde_json::to_string_pretty(&judgement)?);
        } else {
            print(&judgement);
        }
        Ok(())
    }
}

fn print(judgement: &Judgement) {
    say!(
        "{}  (spam probability {:.1} %, log-odds {:+.2})",
        judgement.verdict.as_str().to_uppercase(),
        100.0 * judgement.spam_probability,
        judgement.log_odds.0,
    );
    let mut table = Table::new();
    table
        .load_style(presets::UTF8_HORIZONTAL_ONLY)
        .set_header(["log-odds", "source", "reason", "seen"]);
    for piece in &judgement.evidence {
        table.add_row([
            format!("{:+.2}", piece.log_odds.0),
            format!("{:?}", piece.source).to_lowercase(),
            piece.reason.clone(),
            piece.detail.clone(),
        ]);
    }
    say!(
        "{table}\nmodel {}  policy {}",
        judgement.model,
        judgement.policy
    );
}
