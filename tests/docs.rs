//! Generated documents are up to date. `HAMGATE_WRITE_DOCS=1 cargo test --test
//! docs` writes them.

use std::fs;
use std::path::Path;

fn check(name: &str, made: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("docs")
        .join(name);
    if std::env::var_os("HAMGATE_WRITE_DOCS").is_some() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("docs/");
        fs::write(&path, made).expect("a document");
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == made,
        "docs/{name} is stale: run `HAMGATE_WRITE_DOCS=1 cargo test --test docs`"
    );
}

#[test]
fn the_rule_reference_is_up_to_date() {
    check("rules.md", &hamgate::rules::rules_reference());
}

#[test]
fn the_settings_reference_is_up_to_date() {
    check("settings.md", &hamgate::config::settings_reference());
}

#[test]
fn the_error_reference_is_up_to_date() {
    check("errors.md", &hamgate::http::errors_reference());
}

#[test]
fn the_api_document_is_up_to_date() {
    check("openapi.json", &hamgate::http::openapi_json());
}

#[test]
fn the_command_line_reference_is_up_to_date() {
    check("cli.md", &hamgate::cli::cli_reference());
}

/// The guide shows files that `tests/service` runs. A line `<!-- FILE -->`
/// stands before each block.
#[test]
fn the_guide_shows_the_programs_that_are_tested() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let guide = fs::read_to_string(docs.join("integrate.md")).expect("the guide");
    let mut made = String::new();
    let mut shown = 0;
    let mut lines = guide.lines();
    while let Some(line) = lines.next() {
        made += &format!("{line}\n");
        let Some(name) = line
            .trim()
            .strip_prefix("<!-- integrate/")
            .and_then(|rest| rest.strip_suffix(" -->"))
        else {
            continue;
        };
        let fence = lines.next().expect("a block");
        assert!(fence.trim().starts_with("```"), "no block after {line}");
        lines.by_ref().find(|line| line.trim() == "```");
        let indent = &fence[..fence.len() - fence.trim_start().len()];
        let file = fs::read_to_string(docs.join("integrate").join(name)).expect(name);
        made += &format!("{fence}\n");
        for line in file.lines() {
            made += format!("{indent}{line}").trim_end();
            made += "\n";
        }
        made += &format!("{indent}```\n");
        shown += 1;
    }
    let files = fs::read_dir(docs.join("integrate")).expect("the programs");
    assert_eq!(shown, files.count(), "the guide leaves programs out");
    check("integrate.md", &made);
}

#[test]
fn the_model_card_is_up_to_date() {
    let model = hamgate::cli::load_model(None).expect("the shipped model");
    check(
        "model-card.md",
        &hamgate::evaluation::model_card_page(&model),
    );
}

/// Descriptions come from doc comments, whose links mean nothing outside of them.
#[test]
fn the_api_document_has_no_links_of_source_code() {
    let document = hamgate::http::openapi_json();
    let link = document.lines().find(|line| line.contains("[`"));
    assert_eq!(link, None);
}

#[test]
fn the_image_copies_paths_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let dockerfile = fs::read_to_string(root.join("Dockerfile")).expect("Dockerfile");
    let mut copied = 0;
    for line in dockerfile
        .lines()
        .filter_map(|line| line.strip_prefix("COPY "))
    {
        if line.starts_with("--from=") {
            continue;
        }
        let words: Vec<&str> = line.split_whitespace().collect();
        for source in &words[..words.len() - 1] {
            assert!(root.join(source).exists(), "the Dockerfile copies {source}");
            copied += 1;
        }
    }
    assert!(copied > 0);
    assert!(dockerfile.contains("HEALTHCHECK") && dockerfile.contains("\"healthcheck\""));
    assert!(dockerfile.contains("USER "), "the image runs as root");
}
