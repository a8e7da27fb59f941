//! `hamgate queue`: what waits for a moderator. Works beside a running service.

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use comfy_table::{ContentArrangement, Table, presets};

use super::say::say;
use super::settings::SettingsOptions;
use crate::domain::{CommentId, DecisionKind, Verdict};
use crate::service::{Installation, NewDecision};
use crate::store::{CommentFilter, DecisionFilter};

/// List held comments and decide on them.
#[derive(Debug, Args)]
pub struct Queue {
    #[command(flatten)]
    settings: SettingsOptions,
    /// The site.
    #[arg(long, default_value = "default", global = true)]
    site: String,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Held comments without a decision, newest first.
    List {
        #[arg(long, default_value_t = 20)]
        limit: usize,
        #[arg(long)]
        json: bool,
    },
    /// Accept a comment: it is ham.
    Accept(Decide),
    /// Reject a comment: it is spam.
    Reject(Decide),
}

#[derive(Debug, Args)]
struct Decide {
    /// hamgate's id of the comment.
    comment_id: String,
    /// The filter does not learn from it: for off-topic or abuse.
    #[arg(long)]
    no_learn: bool,
    #[arg(long)]
    note: Option<String>,
    #[arg(long)]
    json: bool,
}

impl Queue {
    pub async fn run(self) -> Result<()> {
        let installation = Installation::open_existing(&self.settings.load(None)?.config.data)?;
        let site = installation
            .site(&self.site)
            .await
            .with_context(|| format!("site `{}`; see `hamgate sites list`", self.site))?;
        let (decide, decision) = match self.action {
            Action::List { limit, json } => {
                let filter = CommentFilter {
                    verdict: Some(Verdict::Hold),
                    decision: Some(DecisionFilter::None),
                    limit: limit.clamp(1, 500),
                    ..CommentFilter::default()
                };
                let page = installation.comments(&site, filter).await?;
                if json {
                    say!("{}", serde_json::to_string_pretty(&page)?);
                    return Ok(());
                }
                let mut table = Table::new();
                table
                    .load_style(presets::UTF8_HORIZONTAL_ONLY)
                    .set_content_arrangement(ContentArrangement::Dynamic)
                    .set_header(["comment", "spam", "author", "text"]);
                for item in page.items {
                    let text: String = item.comment.content.chars().take(200).collect();
                    table.add_row([
                        item.comment_id.to_string(),
                        format!("{:.0} %", 100.0 * item.spam_probability),
                        shown(&item.comment.author.name.unwrap_or_default()),
                        shown(&text),
                    ]);
                }
                say!("{table}");
                return Ok(());
            }
            Action::Accept(decide) => (decide, DecisionKind::Accept),
            Action::Reject(decide) => (decide, DecisionKind::Reject),
        };
        let id = uuid::Uuid::parse_str(&decide.comment_id)
            .context("the comment's id is a UUID, as `hamgate queue list` shows it")?;
        let new = NewDecision {
            decision,
            learn: !decide.no_learn,
            why: None,
            note: decide.note,
            by: super::by(),
            seen: None,
        };
        let decision = installation.decide(&site, CommentId(id), new).await?;
        if decide.json {
            say!("{}", serde_json::to_string_pretty(&decision)?);
        } else {
            say!("{} {id}", decision.decision.as_str());
        }
        Ok(())
    }
}

/// Text of strangers on a terminal: without anything that steers it.
pub(super) fn shown(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}') {
                ' '
            } else {
                c
            }
        })
        .collect()
}
