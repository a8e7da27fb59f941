//! `import` and `export`: a small file of each system, as its users get it.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::time::Duration;

use hamgate::domain::{CommentLine, Source};
use hamgate::service::Installation;
use hamgate::store::{CommentFilter, Order, StoredComment};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::binary::{hamgate, runs};
use crate::served::Served;

/// A data directory with the site `bread`.
pub struct Home(pub TempDir);

impl Home {
    pub fn new() -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        home.add_site("bread");
        home
    }

    pub fn data(&self) -> &str {
        self.0.path().to_str().unwrap()
    }

    fn add_site(&self, name: &str) {
        let url = format!("https://{name}.example");
        runs(&["sites", "add", name, "--url", &url, "--data", self.data()]);
    }

    pub fn import(&self, format: &str, file: &Path, more: &[&str]) -> Output {
        let file = file.to_str().unwrap();
        let base = ["import", format, file, "--data", self.data(), "--json"];
        let site = if more.contains(&"--site") {
            &[][..]
        } else {
            &["--site", "bread"]
        };
        hamgate(&[&base[..], site, more].concat()).output().unwrap()
    }

    #[track_caller]
    pub fn imported(&self, format: &str, file: &Path, more: &[&str]) -> Value {
        let output = self.import(format, file, more);
        assert!(output.status.success(), "{output:?}");
        serde_json::from_slice(&output.stdout).unwrap()
    }

    pub fn exported(&self, more: &[&str]) -> String {
        let site = if more.contains(&"--site") {
            &[][..]
        } else {
            &["--site", "bread"]
        };
        runs(&[&["export", "--data", self.data()], site, more].concat())
    }

    pub fn lines(&self) -> Vec<Value> {
        let text = self.exported(&[]);
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    pub fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }
}

pub fn given(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/cli/import")
        .join(name)
}

/// How many of each kind were imported: `[ham, spam, pending, trashed, unlabelled]`.
#[track_caller]
fn kinds(report: &Value) -> [u64; 5] {
    ["ham", "spam", "pending", "trashed", "unlabelled"].map(|kind| report[kind].as_u64().unwrap())
}

/// The reasons why entries were left out, with where they stand.
fn left_out(report: &Value) -> Vec<(String, String)> {
    let skipped = report["skipped"].as_array().unwrap();
    let one = |skipped: &Value| {
        let at = skipped["at"].as_array().unwrap();
        let at: Vec<&str> = at.iter().map(|at| at.as_str().unwrap()).collect();
        (skipped["reason"].as_str().unwrap().to_owned(), at.join(","))
    };
    skipped.iter().map(one).collect()
}

#[test]
fn wordpress_exports_keep_what_was_decided() {
    let home = Home::new();
    let file = given("wordpress.xml");
    let dry = home.imported("wxr", &file, &["--dry-run"]);
    assert_eq!(
        (&dry["imported"], &dry["dry_run"]),
        (&json!(6), &json!(true))
    );
    assert_eq!(home.lines().len(), 0);

    let report = home.imported("wxr", &file, &[]);
    assert_eq!(
        (&report["entries"], &report["imported"]),
        (&json!(8), &json!(6))
    );
    assert_eq!(kinds(&report), [3, 1, 1, 1, 0]);
    let expected = [
        (
            "is a note of a plug-in (`order_note`) and no comment".to_owned(),
            "121".to_owned(),
        ),
        ("has no text".to_owned(), "129".to_owned()),
    ];
    assert_eq!(left_out(&report), expected);
    assert_eq!(report["old_comments"]["ham"], 3);
    assert_eq!(report["old_comments"]["reject"]["missing"], 2994);

    let lines = home.lines();
    let ids: Vec<&str> = lines
        .iter()
        .map(|line| line["id"].as_str().unwrap())
        .collect();
    assert_eq!(
        ids,
        ["90", "91", "92", "101", "102", "103"],
        "in the order of time"
    );
    let ada = json!({
        "id": "101", "author": "Ada", "email": "ada@loaf.example", "ip": "192.0.2.17",
        "url": "https://loaf.example/?a=1&b=2", "kind": "comment", "label": "ham",
        "post": "Why my sourdough did not rise", "date": "2019-03-02T09:15:00Z",
        "content": "Mine needed two days in a cold kitchen; the dough <em>does</em> rise in the end.",
    });
    assert_eq!(lines[3], ada);
    assert!(
        lines[4]["content"]
            .as_str()
            .unwrap()
            .ends_with("write CDATA as ]]> like this.")
    );
    assert_eq!(
        lines[0]["date"], "2018-12-24T18:00:00Z",
        "its own date stands in for GMT"
    );
    let queue = runs(&[
        "queue",
        "list",
        "--site",
        "bread",
        "--json",
        "--data",
        home.data(),
    ]);
    let queue: Value = serde_json::from_str(&queue).unwrap();
    assert_eq!(queue["items"].as_array().unwrap().len(), 1, "{queue}");
    assert_eq!(queue["items"][0]["comment"]["id"], "90");

    let again = home.imported("wxr", &file, &[]);
    assert_eq!(
        (&again["imported"], &again["already_here"]),
        (&json!(0), &json!(6))
    );
    assert_eq!(home.lines(), lines);
}

#[test]
fn each_system_is_read_as_it_exports() {
    let gz = |home: &Home, name: &str| {
        let to = home.write(name, &[]);
        let mut packed = flate2::write::GzEncoder::new(
            std::fs::File::create(&to).unwrap(),
            flate2::Compression::default(),
        );
        packed
            .write_all(&std::fs::read(given(name)).unwrap())
            .unwrap();
        packed.finish().unwrap();
        to
    };
    // Format, file, kinds, and of one line some fields.
    for (format, file, expected, at, fields) in [
        (
            "disqus",
            "disqus.xml",
            [1, 1, 0, 0, 0],
            0,
            json!({
                "id": "9002", "ip": "198.51.100.23", "label": "spam", "author": "Pills",
                "post": "Why my sourdough did not rise", "date": "2015-02-01T12:00:00Z",
            }),
        ),
        (
            "wp-comments",
            "wp_comments.csv",
            [1, 1, 1, 1, 0],
            0,
            json!({
                "content": "Mine needed \"two\" days,\nand a warm oven.", "label": "ham",
                "user_agent": "Mozilla/5.0 (X11)", "url": "https://loaf.example",
            }),
        ),
        (
            "wp-comments",
            "wp_comments.tsv",
            [1, 1, 0, 0, 0],
            0,
            json!({
                "content": "Two lines,\nand a \\ too.", "author": "Ada", "label": "ham",
            }),
        ),
        (
            "remark42",
            "remark42.jsonl",
            [2, 0, 0, 0, 0],
            0,
            json!({
                "id": "a1", "content": "Rye needs **time**.", "author": "Ada",
                "post": "Rye in winter", "date": "2021-05-01T08:00:00.123456789Z",
            }),
        ),
        (
            "commento",
            "commento.json",
            [1, 0, 1, 0, 0],
            0,
            json!({
                "id": "c1", "author": "Ada", "email": "ada@loaf.example",
                "url": "https://loaf.example", "post": "https://bread.example/rye/",
            }),
        ),
        (
            "ghost",
            "ghost.json",
            [1, 0, 0, 1, 0],
            0,
            json!({
                "id": "65a1", "author": "Ada", "post": "Rye in winter",
                "content": "<p>The dough rose at last.</p>", "date": "2024-05-01T10:00:00Z",
            }),
        ),
        (
            "ghost",
            "ghost.csv",
            [1, 0, 0, 1, 0],
            1,
            json!({
                "id": "65a2", "author": "Grump", "email": "grump@rye.example",
            }),
        ),
        (
            "staticman",
            "staticman",
            [2, 0, 0, 0, 0],
            0,
            json!({
                "author": "Ada", "url": "https://loaf.example", "post": "rye-in-winter",
                "content": "Rye needs time,\r\n\r\nand a cold kitchen.", "date": "2019-01-01T00:00:00Z",
            }),
        ),
        (
            "mbox",
            "mail.mbox",
            [0, 0, 0, 0, 2],
            0,
            json!({
                "id": "m1@loaf.example", "author": "Adèle", "post": "Why my sourdough did not rise",
                "content": "Two days in a cold kitchen, says Béa.\nFrom then on it rises.",
            }),
        ),
        (
            "lines",
            "lines.jsonl",
            [2, 2, 0, 0, 1],
            2,
            json!({
                "id": "1", "ip": "192.0.2.17", "user_agent": "Mozilla/5.0", "label": "ham",
            }),
        ),
    ] {
        let home = Home::new();
        let packed = matches!(format, "remark42" | "commento" | "disqus");
        let path = if packed { gz(&home, file) } else { given(file) };
        let report = home.imported(format, &path, &[]);
        assert_eq!(kinds(&report), expected, "{file}: {report}");
        let line = home.lines().remove(at);
        for (field, value) in fields.as_object().unwrap() {
            assert_eq!(&line[field], value, "{file}: {line}");
        }
        let again = home.imported(format, &path, &[]);
        assert_eq!(again["already_here"], report["imported"], "{file}");
    }
}

#[test]
fn isso_is_read_from_its_database() {
    let home = Home::new();
    let path = home.0.path().join("comments.db");
    let isso = rusqlite::Connection::open(&path).unwrap();
    isso.execute_batch(
        "CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR(256) UNIQUE, title VARCHAR(256));
         CREATE TABLE comments (tid REFERENCES threads(id), id INTEGER PRIMARY KEY, parent INTEGER,
            created FLOAT NOT NULL, modified FLOAT, mode INTEGER, remote_addr VARCHAR, text VARCHAR,
            author VARCHAR, email VARCHAR, website VARCHAR, likes INTEGER DEFAULT 0,
            dislikes INTEGER DEFAULT 0, voters BLOB NOT NULL, notification INTEGER DEFAULT 0);
         INSERT INTO threads VALUES (1, '/rye/', 'Rye in winter');
         INSERT INTO comments (tid, id, created, mode, remote_addr, text, author, email, website, voters)
         VALUES (1, 1, 1551518100.25, 1, '192.0.2.0', 'Rye needs time.', 'Ada', 'ada@loaf.example',
                 'https://loaf.example', x''),
                (1, 2, 1551518000.0, 2, '2001:db8::', 'Is it new?', NULL, NULL, NULL, x''),
                (1, 3, 1551518200.0, 4, '192.0.2.0', '', NULL, NULL, NULL, x'');",
    )
    .unwrap();
    drop(isso);
    let report = home.imported("isso", &path, &[]);
    assert_eq!(kinds(&report), [1, 0, 1, 0, 0], "{report}");
    assert_eq!(left_out(&report)[0].1, "3");
    let lines = home.lines();
    assert_eq!(lines[0]["content"], "Is it new?");
    assert_eq!(lines[1]["date"], "2019-03-02T09:15:00.25Z");
    assert_eq!(lines[1]["post"], "Rye in winter");
}

#[test]
fn any_csv_is_read_by_the_names_of_its_columns() {
    let home = Home::new();
    let file = home.write(
        "comments.csv",
        "Nummer;Kommentar;Wer;Am;is_spam\n1;\"Rye; and time\";Ada;2019-03-02 09:15:00;0\n\
         2;Cheap pills;Pills;2019-03-03 09:15:00;1\n"
            .as_bytes(),
    );
    let refused = home.import("csv", &file, &[]);
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(
        said.contains("line 1") && said.contains("--column content=COLUMN"),
        "{said}"
    );
    assert!(said.contains("nummer, kommentar, wer"), "{said}");
    let columns = ["content=Kommentar", "id=Nummer", "author=wer", "date=Am"];
    let columns = columns.map(|column| ["--column", column]).concat();
    let report = home.imported("csv", &file, &columns);
    assert_eq!(kinds(&report), [1, 1, 0, 0, 0], "{report}");
    assert_eq!(home.lines()[0]["content"], "Rye; and time");
    let wrong = home.import("csv", &file, &["--column", "text=Kommentar"]);
    assert!(
        String::from_utf8(wrong.stderr)
            .unwrap()
            .contains("the fields are: content")
    );
}

#[test]
fn what_a_file_does_not_say_can_be_said_and_other_encodings_named() {
    let home = Home::new();
    let report = home.imported("mbox", &given("mail.mbox"), &["--label", "spam"]);
    assert_eq!(kinds(&report), [0, 2, 0, 0, 0], "{report}");
    let latin = home.write("latin.csv", b"id,content,label\n1,Caf\xe9 au levain,ham\n");
    let refused = home.import("csv", &latin, &[]);
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(
        said.contains("line 2: is not UTF-8") && said.contains("--encoding"),
        "{said}"
    );
    home.imported("csv", &latin, &["--encoding", "windows-1252"]);
    assert!(home.exported(&[]).contains("Café au levain"));
}

#[test]
fn export_and_import_are_each_others_inverse() {
    let home = Home::new();
    for copy in ["lines", "csv"] {
        home.add_site(copy);
    }
    home.imported("lines", &given("lines.jsonl"), &[]);
    let lines = home.exported(&[]);
    for (format, site) in [("lines", "lines"), ("csv", "csv")] {
        let text = home.exported(&["--format", format]);
        let file = home.write("exported", text.as_bytes());
        // Into the site itself: all of it is there.
        assert_eq!(home.imported(format, &file, &[])["already_here"], 5);
        home.imported(format, &file, &["--site", site]);
        assert_eq!(home.exported(&["--site", site]), lines, "through {format}");
    }
    for line in lines.lines() {
        CommentLine::parse(line).unwrap();
    }
    let csv = home.exported(&["--format", "csv"]);
    assert!(
        csv.contains(r#""'=HYPERLINK(""http://evil.example"")""#),
        "{csv}"
    );
    assert!(csv.contains(r#""''+1""#), "{csv}");
    let bare = csv.lines().flat_map(|line| line.split("\",\""));
    for cell in bare {
        let cell = cell.trim_start_matches('"');
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t']), "{cell}");
    }
}

/// All comments of `bread`, oldest first, and their judgements' sources.
async fn stored(installation: &Installation) -> Vec<(StoredComment, Vec<Source>)> {
    let site = installation.site("bread").await.unwrap();
    let filter = CommentFilter {
        order: Order::Oldest,
        limit: 500,
        ..CommentFilter::default()
    };
    let mut all = Vec::new();
    for stored in installation.stored_comments(&site, filter).await.unwrap() {
        let file = installation
            .comment(&site, stored.comment_id)
            .await
            .unwrap();
        let file = serde_json::to_value(&file).unwrap();
        let evidence = file["judgements"][0]["evidence"]
            .as_array()
            .unwrap()
            .clone();
        let sources = evidence
            .iter()
            .map(|piece| serde_json::from_value(piece["source"].clone()).unwrap())
            .collect();
        all.push((stored, sources));
    }
    all
}

#[actix_web::test]
async fn each_comment_is_judged_after_older_labels_whatever_the_files_order() {
    let home = Home::new();
    let line = |day: u32| {
        json!({
            "id": day.to_string(), "label": "spam", "date": format!("2020-01-{day:02}T00:00:00Z"),
            "email": "win@casino.example", "content": "A bonus waits at http://casino.example",
        })
    };
    let days = [3, 1, 2].map(|day| line(day).to_string());
    let file = home.write("lines", days.join("\n").as_bytes());
    home.imported("lines", &file, &[]);
    let installation = Installation::open_existing(home.0.path()).unwrap();
    let all = stored(&installation).await;
    let known: Vec<bool> = all
        .iter()
        .map(|(_, sources)| sources.contains(&Source::History))
        .collect();
    assert_eq!(known, [false, true, true]);
    let labels = all
        .iter()
        .map(|(stored, _)| stored.decision.as_ref().unwrap().at);
    assert!(labels.eq(all.iter().map(|(stored, _)| stored.received_at)));
}

#[actix_web::test]
async fn retention_counts_from_the_import() {
    let home = Home::new();
    home.imported("lines", &given("lines.jsonl"), &[]);
    let installation = Installation::open_existing(home.0.path()).unwrap();
    let in_days = |days: i64| Timestamp::now() + SignedDuration::from_hours(24 * days);
    assert_eq!(installation.purge(in_days(364)).await.unwrap(), 0);
    assert_eq!(installation.samples().await.unwrap().len(), 4);
    assert_eq!(installation.purge(in_days(366)).await.unwrap(), 5);
    drop(installation);
    let again = home.imported("lines", &given("lines.jsonl"), &[]);
    assert_eq!(
        again["imported"], 1,
        "what was learnt is not learnt twice: {again}"
    );
    assert!(left_out(&again)[0].0.contains("is forgotten"), "{again}");
}

#[test]
fn an_import_beside_a_running_service_counts_for_the_next_check() {
    let home = Home::new();
    let served = Served::start(home.0.path());
    let key = served.key.clone();
    // The first start makes no site where there is one.
    assert_eq!(key, None);
    let rotated = runs(&["sites", "rotate", "bread", "--json", "--data", home.data()]);
    let rotated: Value = serde_json::from_str(&rotated).unwrap();
    let key = rotated["api_key"].as_str().unwrap();
    let comment = json!({
        "dry_run": true, "content": "The bread was good.",
        "author": {"email": "win@casino.example", "url": "http://casino.example"},
    });
    let odds = || {
        served.check(key, &comment).unwrap()["log_odds"]
            .as_f64()
            .unwrap()
    };
    let before = odds();
    let spam: Vec<String> = (0..20)
        .map(|number| {
            json!({
                "id": number.to_string(), "label": "spam", "email": "win@casino.example",
                "content": format!("Bonus number {number} at http://casino.example"),
                "date": format!("2020-01-{:02}T00:00:00Z", number + 1),
            })
            .to_string()
        })
        .collect();
    let file = home.write("lines", spam.join("\n").as_bytes());
    home.imported("lines", &file, &[]);
    assert!(odds() > before + 1.0, "{before} became {}", odds());
}

/// Lines in no order, half of them spam.
fn many(count: u32) -> String {
    let mut lines = String::new();
    for number in 0..count {
        let place = number * 37 % count;
        let (label, text) = match place % 2 {
            0 => (
                "ham",
                format!("Loaf number {place} rose after {} hours.", place % 30),
            ),
            _ => (
                "spam",
                format!("Win {place} at http://casino{}.example now", place % 9),
            ),
        };
        let date = Timestamp::from_second(1_500_000_000 + i64::from(place) * 3600).unwrap();
        let line = json!({
            "id": place.to_string(), "content": text, "label": label,
            "author": format!("Person {}", place % 11), "date": date.to_string(),
        });
        lines += &format!("{line}\n");
    }
    lines
}

#[test]
fn an_import_that_is_killed_goes_on_and_nothing_is_half() {
    let text = many(80);
    let whole = Home::new();
    let file = whole.write("lines", text.as_bytes());
    let report = whole.imported("lines", &file, &[]);
    assert_eq!(report["imported"], 80);

    let killed = Home::new();
    let file = killed.write("lines", text.as_bytes());
    let file = file.to_str().unwrap();
    let mut imported = Vec::new();
    for round in 1..=6 {
        let base = [
            "import",
            "lines",
            file,
            "--site",
            "bread",
            "--data",
            killed.data(),
        ];
        let mut child = hamgate(&base).stdout(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(150 * round));
        // SIGKILL, wherever it is.
        child.kill().unwrap();
        child.wait().unwrap();
        let lines = killed.lines();
        assert!(
            lines.iter().all(|line| line["label"].is_string()),
            "one is half: {lines:?}"
        );
        imported.push(lines.len());
    }
    assert!(imported.is_sorted(), "something was lost: {imported:?}");
    let report = killed.imported("lines", Path::new(file), &[]);
    let rest = report["imported"].as_u64().unwrap();
    assert_eq!(report["already_here"].as_u64().unwrap() + rest, 80);
    assert_eq!(killed.exported(&[]), whole.exported(&[]));
    assert_eq!(report["old_comments"]["ham"], 40);
    let left: Vec<_> = std::fs::read_dir(killed.0.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with("import"))
        .collect();
    println!("comments after each kill: {imported:?}, left files: {left:?}");
    assert_eq!(left, [""; 0], "text of comments was left behind");
}
