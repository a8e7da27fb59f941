//! `hamgate replay`: a stored judgement, made again.

use anyhow::{Context, Result};
use clap::Args;
use comfy_table::{ContentArrangement, Table, presets};

use super::queue::shown;
use super::say::say;
use super::settings::{self, SettingsOptions};
use crate::domain::CommentId;
use crate::service::{Installation, Replay, ReplayOutcome, Service};

/// Make a stored judgement again, bit for bit, and say what differs today.
///
/// It is made from the comment, the model, the policy and the history that were
/// there when the comment was judged. Where one of them is gone, that is said.
#[derive(Debug, Args)]
pub struct ReplayCommand {
    /// hamgate's id of the comment.
    #[arg(value_name = "COMMENT_ID")]
    comment_id: uuid::Uuid,
    /// Every judgement of the comment, not only the last.
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    settings: SettingsOptions,
    #[arg(long)]
    json: bool,
}

impl ReplayCommand {
    pub async fn run(self) -> Result<()> {
        let config = self.settings.load(None)?.config;
        let installation = Installation::open_existing(&config.data)?;
        let service = Service::new(installation, settings::filter(&config)?, &config);
        service.take_over_models().await?;
        let replays = service
            .replay(CommentId(self.comment_id), self.all)
            .await
            .with_context(|| format!("comment {}", self.comment_id))?;
        if self.json {
            say!("{}", serde_json::to_string_pretty(&replays)?);
            return Ok(());
        }
        for replay in &replays {
            print(replay);
        }
        Ok(())
    }
}

fn print(replay: &Replay) {
    let judgement = &replay.judgement;
    say!(
        "{} of {}, judged {}: {} (log-odds {:+.4}, model {}, {})",
        replay.comment_id,
        replay.site,
        replay.judged_at,
        judgement.verdict.as_str(),
        judgement.log_odds.0,
        judgement.model,
        judgement.policy,
    );
    match &replay.outcome {
        ReplayOutcome::Same => say!("made again: the same, bit for bit"),
        ReplayOutcome::Different { replayed, because } => say!(
            "made again: {} (log-odds {:+.4}), another one: {because}",
            replayed.verdict.as_str(),
            replayed.log_odds.0,
        ),
        ReplayOutcome::Impossible { because } => {
            for why in because {
                say!("it cannot be reproduced because {why}");
            }
        }
    }
    if replay.changed.is_empty() {
        say!("today it would be judged the same");
        return;
    }
    let mut table = Table::new();
    table
        .load_style(presets::UTF8_HORIZONTAL_ONLY)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_header(["what differs today", "then", "now"]);
    for change in &replay.changed {
        table.add_row([&change.what, &change.then, &change.now].map(|text| shown(text)));
    }
    say!("{table}");
}
