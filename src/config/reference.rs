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
    page.push_str(
        "\n## Block lists\n\n\
         The table `[lists.sources]` names the owner's own block lists: files, or web addresses \
         that are fetched in the background. hamgate ships none. A list is text with an entry on \
         each line, in any mixture of these:\n\n\
         | a line | stands for |\n|---|---|\n\
         | `spam.com`, `*.spam.com`, `0.0.0.0 spam.com` (a hosts file), `\\|\\|spam.com^` | the \
         host and all below it, in links, the author's URL and the e-mail address |\n\
         | `192.0.2.7`, `192.0.2.0/24`, `2001:db8::/32` | the author's IP address |\n\
         | `mia@spam.com` | the author's e-mail address |\n\
         | anything else, such as `casino` | as in WordPress's list of disallowed words: found \
         anywhere in the comment, its author's name, addresses and browser, also within words |\n\n\
         Lines after `#`, `;` and `!` are comments. A hit is evidence and adds its weight; it never \
         decides. A list that cannot be loaded stays as it was, and the desk says so.\n\n\
         ```toml\n[lists]\nrefresh_hours = 24\n\n[lists.sources]\n\
         \"our own\" = \"/etc/hamgate/disallowed.txt\"\n\
         \"a friend's\" = { source = \"https://friend.example/domains.txt\", weight = 1.5 }\n```\n",
    );
    page
}
