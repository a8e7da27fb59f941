//! `backup` beside a running service, and `restore` of what it made.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rusqlite::types::Value as Column;
use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};

use crate::binary::{hamgate, runs};
use crate::served::{Served, check, client};

/// Every row of every table.
pub fn rows(database: &Path) -> BTreeMap<String, Vec<String>> {
    let connection =
        Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table'";
    let mut tables = connection.prepare(tables).unwrap();
    let tables: Vec<String> = tables
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let of = |table: &String| {
        let mut all = connection
            .prepare(&format!("SELECT * FROM {table}"))
            .unwrap();
        let columns = all.column_count();
        let row = |row: &rusqlite::Row<'_>| {
            let columns = (0..columns).map(|column| row.get::<_, Column>(column));
            Ok(format!("{:?}", columns.collect::<Result<Vec<_>, _>>()?))
        };
        let mut rows: Vec<String> = all
            .query_map([], row)
            .unwrap()
            .map(Result::unwrap)
            .collect();
        rows.sort();
        rows
    };
    tables
        .iter()
        .map(|table| (table.clone(), of(table)))
        .collect()
}

pub fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

pub fn back_up(data: &Path, target: &Path) -> Value {
    let said = runs(&["backup", path(target), "--data", path(data), "--json"]);
    serde_json::from_str(&said).unwrap()
}

/// What a command that fails says.
pub fn refusal(arguments: &[&str]) -> String {
    let output = hamgate(arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    String::from_utf8(output.stderr).unwrap()
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).unwrap().next().is_none()
}

#[test]
fn a_restored_backup_has_every_row_and_knows_the_old_keys() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let settings = home.path().join("hamgate.toml");
    fs::write(&settings, "[retention]\ndays = 77\n").unwrap();
    let served = Served::start(&data);
    let key = served.key.clone().unwrap();
    for number in 0..30 {
        let comment = json!({ "id": number.to_string(), "content": format!("remark {number}") });
        served.check(&key, &comment).unwrap();
    }
    let list = served.get(&key, "/v1/comments?limit=500");
    let judged = served.check(
        &key,
        &json!({ "content": "visit my shop", "dry_run": true }),
    );
    for target in ["one.tar", "folder"] {
        let target = home.path().join(target);
        let config = ["--config", path(&settings)];
        runs(
            &[
                &["backup", path(&target), "--data", path(&data)][..],
                &config,
            ]
            .concat(),
        );
        let restored = home.path().join(format!("from-{}", target.is_dir()));
        let said = runs(&["restore", path(&target), "--data", path(&restored)]);
        assert!(
            said.contains("retention.days = 77") && said.contains("settings.toml"),
            "{said}"
        );
        assert_eq!(
            rows(&data.join("hamgate.sqlite")),
            rows(&restored.join("hamgate.sqlite"))
        );
        assert_eq!(
            fs::read(data.join("secret")).unwrap(),
            fs::read(restored.join("secret")).unwrap()
        );
        let again = Served::start(&restored);
        assert_eq!(again.key, None);
        assert_eq!(again.get(&key, "/v1/comments?limit=500"), list);
        let dry = again.check(
            &key,
            &json!({ "content": "visit my shop", "dry_run": true }),
        );
        assert_eq!(dry.unwrap(), *judged.as_ref().unwrap());
    }
    // A folder that exists gets a new one in it.
    let shelf = home.path().join("shelf");
    fs::create_dir(&shelf).unwrap();
    let made = back_up(&data, &shelf);
    assert!(
        Path::new(made["path"].as_str().unwrap()).starts_with(&shelf),
        "{made}"
    );
}

#[test]
fn a_backup_under_load_holds_all_that_was_answered_before_it() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let served = Served::start(&data);
    let key = served.key.clone().unwrap();
    let (answered, stop) = (
        Arc::new(Mutex::new(Vec::new())),
        Arc::new(AtomicBool::new(false)),
    );
    let count = Arc::new(AtomicUsize::new(0));
    let clients: Vec<_> = (0..4)
        .map(|number| {
            let (address, key) = (served.address.clone(), key.clone());
            let (answered, stop, count) = (answered.clone(), stop.clone(), count.clone());
            std::thread::spawn(move || {
                let client = client();
                for turn in 0.. {
                    if stop.load(Ordering::Acquire) {
                        return;
                    }
                    let id = format!("{number}-{turn}");
                    let comment = json!({ "id": id, "content": format!("remark {id}") });
                    check(&client, &address, &key, &comment).unwrap();
                    answered.lock().unwrap().push(id);
                    count.fetch_add(1, Ordering::Release);
                }
            })
        })
        .collect();
    for round in 1..=3 {
        while count.load(Ordering::Acquire) < round * 40 {
            std::thread::sleep(Duration::from_millis(1));
        }
        let before = answered.lock().unwrap().clone();
        let target = home.path().join(format!("{round}.tar"));
        back_up(&data, &target);
        let restored = home.path().join(format!("restored-{round}"));
        runs(&["restore", path(&target), "--data", path(&restored)]);
        let connection = Connection::open(restored.join("hamgate.sqlite")).unwrap();
        for pragma in ["integrity_check", "foreign_key_check"] {
            let said = connection.query_row(&format!("PRAGMA {pragma}"), [], |row| {
                row.get::<_, String>(0)
            });
            assert!(matches!(said.as_deref(), Ok("ok") | Err(_)), "{said:?}");
        }
        let mut find = connection
            .prepare("SELECT 1 FROM comments WHERE own_id = ?")
            .unwrap();
        for id in &before {
            assert!(
                find.exists([id]).unwrap(),
                "{id} was answered before round {round}"
            );
        }
    }
    stop.store(true, Ordering::Release);
    for client in clients {
        client.join().unwrap();
    }
}

#[test]
fn what_is_damaged_or_in_the_way_is_refused_and_nothing_is_left() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    runs(&[
        "sites",
        "--data",
        path(&data),
        "add",
        "art",
        "--url",
        "https://art.example",
    ]);
    let (folder, archive) = (home.path().join("folder"), home.path().join("one.tar"));
    back_up(&data, &folder);
    back_up(&data, &archive);

    let refused = refusal(&[
        "backup",
        path(&folder.join("secret")),
        "--data",
        path(&data),
    ]);
    assert!(refused.contains("exists already"), "{refused}");
    let refused = refusal(&["backup", "x.tar", "--data", path(home.path())]);
    assert!(refused.contains("has no hamgate database"), "{refused}");
    for full in [&data, &folder] {
        let before = fs::read_dir(full).unwrap().count();
        let refused = refusal(&["restore", path(&archive), "--data", path(full)]);
        assert!(refused.contains("is not empty"), "{refused}");
        assert_eq!(fs::read_dir(full).unwrap().count(), before);
    }

    let into = home.path().join("into");
    fs::create_dir(&into).unwrap();
    let restore = |from: &Path| refusal(&["restore", path(from), "--data", path(&into)]);
    let mut bytes = fs::read(&archive).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    let damaged = home.path().join("damaged.tar");
    fs::write(&damaged, &bytes).unwrap();
    assert!(restore(&damaged).contains("not what its hash says"));
    assert!(is_empty(&into));
    fs::write(&damaged, &bytes[..middle]).unwrap();
    restore(&damaged);
    assert!(is_empty(&into));
    fs::write(&damaged, "Dear diary, ".repeat(100)).unwrap();
    restore(&damaged);
    restore(home.path());

    let manifest = fs::read_to_string(folder.join("manifest.json")).unwrap();
    for (was, is, why) in [
        ("\"secret\"", "\"../secret\"", "no backup has"),
        ("\"format\": 1", "\"format\": 2", "format 2"),
        ("\"secret\"", "\"models/x.model\"", "has no secret"),
    ] {
        fs::write(folder.join("manifest.json"), manifest.replace(was, is)).unwrap();
        let refused = restore(&folder);
        assert!(refused.contains(why), "{refused}");
        assert!(is_empty(&into));
    }
}
