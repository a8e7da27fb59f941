//! Webhooks and their deliveries as tables.

use anyhow::Result;
use comfy_table::{ContentArrangement, Table, presets};

use crate::cli::say::say;
use crate::store::{LoggedAttempt, Webhook};

fn table(header: &[&str]) -> Table {
    let mut table = Table::new();
    table
        .load_style(presets::UTF8_HORIZONTAL_ONLY)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_header(header);
    table
}

pub(super) fn list(webhooks: Vec<Webhook>, json: bool) -> Result<()> {
    if json {
        say!("{}", serde_json::to_string_pretty(&webhooks)?);
        return Ok(());
    }
    let mut table = table(&[
        "webhook", "site", "url", "events", "waiting", "given up", "",
    ]);
    for webhook in webhooks {
        let events: Vec<&str> = webhook.events.iter().map(|event| event.as_str()).collect();
        let off = webhook
            .off_since
            .map(|since| format!("off since {since}: it answered 410"));
        table.add_row([
            webhook.id.to_string(),
            webhook.site_name,
            webhook.url,
            events.join(" "),
            webhook.waiting.to_string(),
            webhook.failed.to_string(),
            off.unwrap_or_default(),
        ]);
    }
    say!("{table}");
    Ok(())
}

pub(super) fn log(attempts: Vec<LoggedAttempt>, json: bool) -> Result<()> {
    if json {
        say!("{}", serde_json::to_string_pretty(&attempts)?);
        return Ok(());
    }
    let mut table = table(&["at", "webhook", "event", "comment", "status", "ms", ""]);
    for logged in attempts {
        let attempt = logged.attempt;
        table.add_row([
            attempt.at.to_string(),
            logged
                .webhook
                .map_or_else(|| "akismet".to_owned(), |id| id.to_string()),
            logged.kind.as_str().to_owned(),
            logged.comment_id.to_string(),
            attempt
                .status
                .map(|status| status.to_string())
                .unwrap_or_default(),
            attempt.millis.to_string(),
            attempt.failure.unwrap_or_else(|| "delivered".to_owned()),
        ]);
    }
    say!("{table}");
    Ok(())
}
