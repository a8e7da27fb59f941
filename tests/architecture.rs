//! The map in `src/lib.rs` is the truth: a module uses only what stands above
//! it, the judging modules do no I/O, files stay small.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Modules in the order of the map.
fn map() -> Vec<String> {
    fs::read_to_string(source().join("lib.rs"))
        .expect("src/lib.rs")
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .map(str::to_owned)
        .collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found
}

/// The top-level module of a file.
fn module_of(file: &Path) -> String {
    let relative = file.strip_prefix(source()).expect("below src");
    let first = relative
        .components()
        .next()
        .expect("a name")
        .as_os_str()
        .to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

/// The code of a file without its unit tests and comments.
fn code(file: &Path) -> String {
    let text = fs::read_to_string(file).expect("a file");
    let code = text
        .split("#[cfg(test)]")
        .next()
        .unwrap_or_default()
        .to_owned();
    code.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn modules_use_only_what_stands_above_them() {
    let map = map();
    assert!(map.len() > 8, "the map has lost modules: {map:?}");
    let place: BTreeMap<&str, usize> = map
        .iter()
        .enumerate()
        .map(|(place, name)| (name.as_str(), place))
        .collect();
    for file in files(&source()) {
        let Some(own) = place.get(module_of(&file).as_str()) else {
            continue;
        };
        let code = code(&file);
        for used in code.split("crate::").skip(1) {
            let name: String = used
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            if let Some(other) = place.get(name.as_str()) {
                assert!(
                    other <= own,
                    "{} uses `{name}`, which stands below it",
                    file.display()
                );
            }
        }
    }
}

#[test]
fn judging_does_no_input_or_output() {
    let forbidden = [
        "std::fs",
        "std::net::Tcp",
        "std::env",
        "tokio::",
        "reqwest",
        "rusqlite",
        "SystemTime",
        "Timestamp::now",
        "Instant::now",
        "println!",
        "async fn",
    ];
    for file in files(&source()) {
        let module = module_of(&file);
        if !["domain", "features", "lists", "rules", "bayes", "filter"].contains(&module.as_str()) {
            continue;
        }
        let code = code(&file);
        for word in forbidden {
            assert!(!code.contains(word), "{} has `{word}`", file.display());
        }
    }
}

#[test]
fn files_have_one_job_and_say_it() {
    let vague = ["util", "helper", "manager", "data", "info"];
    for file in files(&source()) {
        let text = fs::read_to_string(&file).expect("a file");
        let lines = text.lines().count();
        assert!(
            text.starts_with("//!"),
            "{} does not say its job",
            file.display()
        );
        assert!(lines <= 300, "{} has {lines} lines", file.display());
        let name = file.file_stem().expect("a name").to_string_lossy();
        assert!(
            !vague.iter().any(|word| name.contains(word)),
            "{} wants a name",
            file.display()
        );
        assert!(
            !code(&file).contains(".unwrap()"),
            "{} unwraps",
            file.display()
        );
    }
}
