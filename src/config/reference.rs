//! `docs/settings.md`, made from the table.

use std::fmt::Write;

use super::table::SETTINGS;

/// The whole document; `docs/settings.md` is exactly this.
pub fn settings_reference() -> String {
    let mut page = String::from(
        "# Settings\n\n\
         <!-- Made from src/config/table.rs by `cargo test`; change that, not this. -->\n\n\
         A flag wins over the environment, the environment over the file (`--config FILE` or \
         `HAMGATE_CONFIG`), the file over the default. `hamgate config show` prints each value \
         and where it came from; `hamgate config check` reports every problem at once.\n\n\
         | setting | environment | default | allowed | |\n|---|---|---|---|---|\n",
    );
    for setting in SETTINGS {
        let default = match setting.default {
            "" => "(empty)".to_owned(),
            default => format!("`{default}`"),
        };
        let _ = writeln!(
            page,
            "| `{}` | `{}` | {default} | {} | {} |",
            setting.key,
            setting.environment(),
            setting.field.allowed(),
            setting.doc,
        );
    }
    page.push_str(
        "\nIn the file, the part before a dot is a table:\n\n```toml\n\
         listen = \"127.0.0.1:8080\"\n\n[policy]\nmax_ham_rejected = 0.001\n```\n\n\
         ## Rules\n\n\
         The table `[rules]` gives a rule another weight, in log-odds from -20 to 20, or \
         switches it off. Each rule's name stands in [rules.md](rules.md).\n\n\
         ```toml\n[rules]\n\"links/flood\" = 2.5\n\"links/only\" = \"off\"\n```\n",
    );
    page
}
