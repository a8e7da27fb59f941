//! Models as they are listed and shown on a terminal.

use anyhow::Result;
use comfy_table::{ContentArrangement, Table, presets};
use serde_json::json;

use crate::bayes::ModelCard;
use crate::cli::queue::shown;
use crate::cli::say::say;
use crate::service::{Installation, LiveErrors, ModelView};
use crate::store::ModelEvent;

fn table(header: &[&str]) -> Table {
    let mut table = Table::new();
    table
        .load_style(presets::UTF8_HORIZONTAL_ONLY)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_header(header.iter().copied());
    table
}

pub async fn list(installation: &Installation, json: bool) -> Result<()> {
    let models = installation.models().await?;
    if json {
        say!("{}", serde_json::to_string_pretty(&models)?);
        return Ok(());
    }
    let mut table = table(&["model", "part", "made", "by", "trained on"]);
    for model in &models {
        table.add_row([
            model.id.clone(),
            part(model),
            model
                .made_at
                .map_or("with the program".to_owned(), |at| format!("{at:.0}")),
            model.made_by.clone().unwrap_or_default(),
            trained_on(&model.card),
        ]);
    }
    say!("{table}");
    Ok(())
}

fn part(model: &ModelView) -> String {
    let parts = [
        (model.champion, "champion"),
        (model.challenger, "challenger"),
        (model.shadow, "shadow"),
        (model.shipped, "shipped"),
        (model.removed_at.is_some(), "file removed"),
    ];
    let parts = parts.into_iter().filter(|(has, _)| *has);
    parts.map(|(_, name)| name).collect::<Vec<_>>().join(", ")
}

fn trained_on(card: &ModelCard) -> String {
    let on = &card.trained_on;
    let base = match &on.base {
        Some(base) => format!(", on {}", base.get(..12).unwrap_or(base)),
        None => String::new(),
    };
    format!(
        "{} ham, {} spam of {} sites{base}",
        on.ham, on.spam, on.sites
    )
}

pub async fn show(installation: &Installation, model: &ModelView, json: bool) -> Result<()> {
    let record = installation.model_record(model).await?;
    let errors = match model.champion {
        true => installation.live_errors().await?,
        false => None,
    };
    if json {
        let value = json!({ "model": model, "record": record, "live_errors": errors });
        say!("{}", serde_json::to_string_pretty(&value)?);
        return Ok(());
    }
    say!("{}  {}", model.hash.0, part(model));
    say!("trained on {}", trained_on(&model.card));
    if let Some(since) = model.since {
        say!("since {since:.0}");
    }
    if let Some(errors) = errors {
        live_errors(&errors);
    }
    if !record.counts.is_empty() {
        let mut counts = table(&["champion", "it said", "the shadow", "comments"]);
        for count in &record.counts {
            counts.add_row([
                count.champion.clone(),
                count.was.as_str().to_owned(),
                count.would_be.as_str().to_owned(),
                count.comments.to_string(),
            ]);
        }
        say!("\nbeside the champion\n{counts}");
        let differ: Vec<String> = record
            .differences
            .iter()
            .take(10)
            .map(|one| {
                format!(
                    "  {}  {} → {}",
                    one.comment_id,
                    one.was.as_str(),
                    one.would_be.as_str()
                )
            })
            .collect();
        if !differ.is_empty() {
            say!("newest differences\n{}", differ.join("\n"));
        }
    }
    history(&record.events);
    Ok(())
}

fn live_errors(errors: &LiveErrors) {
    let told = |what: &str, rate: crate::bayes::metrics::Rate| {
        let [value, low, high] = [rate.rate, rate.low, rate.high].map(|share| 100.0 * share);
        say!(
            "  {what}: {} of {}, {value:.2} % [{low:.2}, {high:.2}]",
            rate.count,
            rate.n
        );
    };
    say!(
        "judged {} comments since, as far as people have said",
        errors.comments
    );
    told("honest comments rejected", errors.ham_rejected);
    told("spam comments accepted", errors.spam_accepted);
}

fn history(events: &[ModelEvent]) {
    if events.is_empty() {
        return;
    }
    let mut history = table(&["at", "", "by", "why"]);
    for event in events {
        history.add_row([
            format!("{:.0}", event.at),
            event.kind.as_str().replace('_', " "),
            shown(&event.by),
            shown(&event.reason),
        ]);
    }
    say!("\nhistory\n{history}");
}

pub async fn pins(installation: &Installation, json: bool) -> Result<()> {
    let pins = installation.pinned().await?;
    if json {
        let pins: Vec<_> = pins
            .iter()
            .map(|pin| {
                json!({ "pin": pin.pin, "at": pin.at, "by": pin.by,
                        "comment_id": pin.comment_id, "comment": pin.comment })
            })
            .collect();
        say!("{}", serde_json::to_string_pretty(&pins)?);
        return Ok(());
    }
    let mut table = table(&["pin", "by", "comment", "text"]);
    for pin in &pins {
        let text: String = pin.comment.content.chars().take(120).collect();
        table.add_row([
            pin.pin.to_string(),
            shown(&pin.by),
            pin.comment_id.map(|id| id.to_string()).unwrap_or_default(),
            shown(&text),
        ]);
    }
    say!("{table}");
    Ok(())
}
