//! `hamgate labels`: which labels move the shared model, and which do not.

use anyhow::Result;
use clap::{Args, Subcommand};
use comfy_table::{ContentArrangement, Table, presets};
use serde::Serialize;

use super::model_file;
use super::say::say;
use super::settings::SettingsOptions;
use crate::bayes::{Model, Refusal, TrainOptions, content_hash, influence};
use crate::domain::{GivenLabel, Label};
use crate::filter::{Budget, Filter};
use crate::service::{Installation, weigh_labels};

/// See which labels move the shared model most, and which wait.
///
/// Many labels of one person, site or day count as fewer. A label that
/// contradicts what the model is sure of, or another label of the same text,
/// waits for a second voice. On its own site every label counts.
#[derive(Debug, Args)]
pub struct Labels {
    #[command(flatten)]
    settings: SettingsOptions,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// The labels that would move the shared model most.
    Influence(Listed),
    /// The labels that the shared model does not learn, and why.
    Refused(Listed),
}

#[derive(Debug, Args)]
struct Listed {
    /// Show so many.
    #[arg(long, default_value_t = 10)]
    limit: usize,
    #[arg(long)]
    json: bool,
}

/// A label as it is listed; its comment is shown by `hamgate queue` and on the
/// desk.
#[derive(Serialize)]
struct Row {
    comment_id: String,
    site: String,
    label: Label,
    by: Option<String>,
    at: String,
    /// Log-odds that it moves a comment just like it.
    moves: f64,
    /// 0 to 1.
    weight: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<&'static str>,
}

impl Labels {
    pub async fn run(self) -> Result<()> {
        let settings = self.settings.load(None)?;
        let installation = Installation::open_existing(&settings.config.data)?;
        let given = installation.given_labels().await?;
        let rows = rows(&given)?;
        match self.action {
            Action::Influence(listed) => {
                let mut rows = rows;
                rows.retain(|row| row.moves != 0.0);
                rows.sort_by(|a, b| b.moves.abs().total_cmp(&a.moves.abs()));
                shown(rows, &listed, "No label moves the shared model yet.")
            }
            Action::Refused(listed) => {
                let mut rows = rows;
                rows.retain(|row| row.refused.is_some());
                shown(rows, &listed, "The shared model may learn every label.")
            }
        }
    }
}

fn rows(given: &[GivenLabel]) -> Result<Vec<Row>> {
    let file = model_file::decode(None)?;
    let model = Model::new(&file, content_hash(&file.encode())[..12].to_owned());
    let base = Filter::new(model, Budget::default(), Default::default());
    let weighed = weigh_labels(&base, given);
    let samples: Vec<_> = given.iter().map(|label| label.sample.clone()).collect();
    let weights: Vec<f64> = weighed.iter().map(|one| one.weight).collect();
    let moves = influence(&file, &samples, &weights, &TrainOptions::default());
    let rows = given.iter().zip(weighed).zip(moves);
    Ok(rows
        .map(|((label, weighed), moves)| Row {
            comment_id: label.comment_id.to_string(),
            site: label.sample.site.clone(),
            label: label.sample.label,
            by: label.by.clone(),
            at: label.at.to_string(),
            moves,
            weight: weighed.weight,
            refused: weighed.refused.map(|why| match why {
                Refusal::Conflict => "the same text was labelled the other way, too",
                Refusal::Doubted => "too many labels of this person contradict the model",
                Refusal::Alone => "it contradicts the model, and nobody else says so",
            }),
        })
        .collect())
}

fn shown(mut rows: Vec<Row>, listed: &Listed, none: &str) -> Result<()> {
    let all = rows.len();
    rows.truncate(listed.limit);
    if listed.json {
        say!("{}", serde_json::to_string_pretty(&rows)?);
        return Ok(());
    }
    if rows.is_empty() {
        say!("{none}");
        return Ok(());
    }
    let mut table = Table::new();
    table
        .load_style(presets::UTF8_HORIZONTAL_ONLY)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_header([
            "comment",
            "site",
            "label",
            "by",
            "at",
            "moves",
            "weight",
            "waits because",
        ]);
    for row in &rows {
        table.add_row([
            row.comment_id.clone(),
            row.site.clone(),
            row.label.as_str().to_owned(),
            row.by.clone().unwrap_or_default(),
            row.at.clone(),
            format!("{:+.3}", row.moves),
            format!("{:.2}", row.weight),
            row.refused.unwrap_or_default().to_owned(),
        ]);
    }
    say!("{table}");
    if all > rows.len() {
        say!("{} of {all}; --limit shows more", rows.len());
    }
    Ok(())
}
