//! `hamgate rules`: the table of rules.

use anyhow::Result;
use clap::Args;
use comfy_table::{ContentArrangement, Table, presets};
use serde_json::json;

use super::say::say;
use crate::rules::{Weight, all};

/// List the rules: id, what each catches, where its weight comes from.
#[derive(Debug, Args)]
pub struct RulesCommand {
    #[arg(long)]
    json: bool,
}

impl RulesCommand {
    pub fn run(self) -> Result<()> {
        let weight = |weight: Weight| match weight {
            Weight::Fitted => "fitted".to_owned(),
            Weight::Argued(weight) => format!("{:+.1}", weight.0),
        };
        if self.json {
            let rows: Vec<_> = all()
                .map(|rule| {
                    json!({ "id": rule.id, "summary": rule.summary, "docs": rule.docs, "weight": weight(rule.weight) })
                })
                .collect();
            say!("{}", serde_json::to_string_pretty(&rows)?);
            return Ok(());
        }
        let mut table = Table::new();
        table
            .load_style(presets::UTF8_HORIZONTAL_ONLY)
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_header(["rule", "catches", "weight"]);
        for rule in all() {
            table.add_row([
                rule.id.to_owned(),
                rule.summary.to_owned(),
                weight(rule.weight),
            ]);
        }
        say!("{table}");
        Ok(())
    }
}
