//! Files that were made to do harm, or broke on their way: each is refused with the
//! line and what to do, and nothing of it is imported.

use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::import::{Home, given};

/// Refused, with all of these words; and nothing was imported.
#[track_caller]
fn refused(home: &Home, format: &str, file: &Path, words: &[&str]) {
    let output = home.import(format, file, &[]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    for word in words {
        assert!(said.contains(word), "no `{word}`: {said}");
    }
    assert!(said.contains("Nothing was imported."), "{said}");
    assert_eq!(home.exported(&[]), "");
}

fn wxr(content: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<rss>\n<channel><item><title>T</title>\n<wp:comment>\
         <wp:comment_id>1</wp:comment_id><wp:comment_approved>1</wp:comment_approved>\n\
         <wp:comment_content>{content}</wp:comment_content></wp:comment></item></channel></rss>\n"
    )
}

#[test]
fn entities_of_its_own_are_refused_and_unknown_ones_are_text() {
    let home = Home::new();
    let bomb = format!(
        "<?xml version=\"1.0\"?>\n<!DOCTYPE rss [\n<!ENTITY a \"aaaaaaaaaa\">\n{}]>\n<rss/>",
        (1..9)
            .map(|n| format!("<!ENTITY a{n} \"&a;&a;&a;&a;&a;&a;&a;&a;\">\n"))
            .collect::<String>(),
    );
    let bomb = home.write("bomb.xml", bomb.as_bytes());
    for format in ["wxr", "disqus"] {
        refused(
            &home,
            format,
            &bomb,
            &["line 2: declares entities", "may be an attack"],
        );
    }
    let file = home.write(
        "entities.xml",
        wxr("Bread &amp; &eacute;t&#233; &bomb; & so on").as_bytes(),
    );
    home.imported("wxr", &file, &[]);
    assert_eq!(home.lines()[0]["content"], "Bread & été &bomb; & so on");
}

#[test]
fn what_never_ends_is_refused_at_its_line() {
    let home = Home::new();
    // An endless line.
    refused(
        &home,
        "lines",
        Path::new("/dev/zero"),
        &["line 1: an entry has more than 16 MiB"],
    );
    refused(
        &home,
        "csv",
        Path::new("/dev/zero"),
        &["line 1: an entry has more than 16 MiB"],
    );
    refused(
        &home,
        "mbox",
        Path::new("/dev/zero"),
        &["line 1: an entry has more than 16 MiB"],
    );
    let long = "x".repeat(17 * 1024 * 1024);
    let file = home.write("long.xml", wxr(&long).as_bytes());
    refused(
        &home,
        "wxr",
        &file,
        &["line 5: an entry has more than 16 MiB"],
    );
    let text = format!("{{\"content\": \"Short.\"}}\n{{\"content\": \"{long}\"}}\n");
    let file = home.write("long.jsonl", text.as_bytes());
    refused(
        &home,
        "lines",
        &file,
        &["line 2: an entry has more than 16 MiB"],
    );
    let text = format!("id,content\n1,Short.\n2,\"{long}\"\n");
    let file = home.write("long.csv", text.as_bytes());
    refused(
        &home,
        "csv",
        &file,
        &["line 3: an entry has more than 16 MiB"],
    );
    let text = format!("{{\"comments\": [\n{{\"markdown\": \"{long}\"}}]}}");
    let file = home.write("long.json", text.as_bytes());
    refused(
        &home,
        "commento",
        &file,
        &["line 2: an entry has more than 16 MiB"],
    );
}

#[test]
fn what_is_nested_without_end_is_refused() {
    let home = Home::new();
    let file = home.write(
        "deep.xml",
        format!("<rss>\n{}", "<a>".repeat(1_000_000)).as_bytes(),
    );
    refused(&home, "wxr", &file, &["line 2: more than 64 elements"]);
    let file = home.write("deep.json", "[".repeat(1_000_000).as_bytes());
    refused(
        &home,
        "ghost",
        &file,
        &["line 1: is no JSON", "recursion limit"],
    );
}

#[test]
fn a_bomb_is_not_unpacked_and_other_archives_are_named() {
    let home = Home::new();
    let path = home.write("bomb.gz", &[]);
    let mut bomb = GzEncoder::new(std::fs::File::create(&path).unwrap(), Compression::best());
    for _ in 0..64 {
        bomb.write_all(&[b'\n'; 1024 * 1024]).unwrap();
    }
    bomb.finish().unwrap();
    refused(
        &home,
        "lines",
        &path,
        &["unpacks to more than 200 times its size", "line "],
    );

    let mut cut = GzEncoder::new(Vec::new(), Compression::default());
    cut.write_all(&std::fs::read(given("remark42.jsonl")).unwrap())
        .unwrap();
    let mut cut = cut.finish().unwrap();
    cut.truncate(cut.len() - 40);
    let file = home.write("cut.gz", &cut);
    refused(
        &home,
        "remark42",
        &file,
        &["cannot be read", "get the file anew"],
    );
    let file = home.write("export.zip", b"PK\x03\x04rest");
    refused(&home, "wxr", &file, &["is a zip file", "unzip"]);
}

#[test]
fn broken_encodings_are_refused_at_their_line() {
    let home = Home::new();
    let latin = wxr("Caf\u{e9}").replace('\u{e9}', "@").into_bytes();
    let latin: Vec<u8> = latin
        .iter()
        .map(|byte| if *byte == b'@' { 0xe9 } else { *byte })
        .collect();
    let file = home.write("latin.xml", &latin);
    refused(
        &home,
        "wxr",
        &file,
        &["line 5: is not UTF-8", "--encoding windows-1252"],
    );
    let utf16: Vec<u8> = [0xfeff_u16]
        .into_iter()
        .chain("{\"content\": \"Hi\"}".encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let file = home.write("utf16.jsonl", &utf16);
    refused(
        &home,
        "lines",
        &file,
        &["line 1: is UTF-16", "--encoding utf-16le"],
    );
    let declared = wxr("Hi").replace("\"1.0\"", "\"1.0\" encoding=\"ISO-8859-1\"");
    let file = home.write("declared.xml", declared.as_bytes());
    refused(
        &home,
        "wxr",
        &file,
        &[
            "line 1: says that it is in ISO-8859-1",
            "--encoding iso-8859-1",
        ],
    );
    home.imported("wxr", &file, &["--encoding", "iso-8859-1"]);
}

#[test]
fn files_that_were_cut_off_or_are_something_else_are_refused() {
    let home = Home::new();
    let whole = std::fs::read_to_string(given("wordpress.xml")).unwrap();
    let place = whole.find("<wp:comment_id>102").unwrap();
    for cut in [place, place + 5, whole.find("Mine needed").unwrap()] {
        let file = home.write("cut.xml", &whole.as_bytes()[..cut]);
        refused(
            &home,
            "wxr",
            &file,
            &["line ", "the file ends in the middle", "export it again"],
        );
    }
    let file = home.write(
        "mixed.xml",
        whole.replace("</wp:comment>", "</comment>").as_bytes(),
    );
    refused(&home, "wxr", &file, &["line ", "is no XML"]);
    refused(
        &home,
        "wxr",
        &given("disqus.xml"),
        &["begins with <disqus>"],
    );
    refused(
        &home,
        "disqus",
        &given("wordpress.xml"),
        &["begins with <rss>"],
    );
    let json = std::fs::read(given("ghost.json")).unwrap();
    let file = home.write("cut.json", &json[..json.len() - 100]);
    refused(
        &home,
        "ghost",
        &file,
        &["line 1: the file ends in the middle"],
    );
    refused(
        &home,
        "remark42",
        &given("wordpress.xml"),
        &["line 1: is no JSON"],
    );
    refused(
        &home,
        "mbox",
        &given("wordpress.xml"),
        &["no mail begins in it"],
    );
    refused(
        &home,
        "isso",
        &given("wordpress.xml"),
        &["is no database of Isso"],
    );
    refused(
        &home,
        "staticman",
        &given("wordpress.xml"),
        &["is no folder"],
    );
    refused(
        &home,
        "lines",
        Path::new("nowhere.jsonl"),
        &["nowhere.jsonl", "cannot be read"],
    );
}

#[test]
fn a_database_that_runs_code_of_its_own_is_refused() {
    let home = Home::new();
    let path = home.0.path().join("views.db");
    let database = rusqlite::Connection::open(&path).unwrap();
    database
        .execute_batch(
            "CREATE TABLE threads (id, uri, title);
             CREATE VIEW comments AS WITH RECURSIVE n (id) AS
                (SELECT 1 UNION ALL SELECT id + 1 FROM n)
             SELECT 1 AS tid, id, NULL AS parent, 1.0 AS created, 1 AS mode, '' AS remote_addr,
                'again' AS text, NULL AS author, NULL AS email, NULL AS website FROM n;",
        )
        .unwrap();
    drop(database);
    refused(&home, "isso", &path, &["is no database of Isso", "dbpath"]);
}

#[test]
fn yaml_that_multiplies_itself_is_left_out() {
    let home = Home::new();
    let folder = home.0.path().join("comments/post");
    std::fs::create_dir_all(&folder).unwrap();
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..10 {
        let before = format!("*a{}", level - 1);
        bomb += &format!(
            "a{level}: &a{level} [{}]\n",
            [before.as_str(); 10].join(", ")
        );
    }
    bomb += "message: *a9\n";
    std::fs::write(folder.join("bomb.yml"), bomb).unwrap();
    std::fs::write(
        folder.join("good.yml"),
        "message: Rye needs time.\nname: Ada\n",
    )
    .unwrap();
    let report = home.imported("staticman", folder.parent().unwrap(), &[]);
    assert_eq!(
        (&report["entries"], &report["imported"]),
        (&2.into(), &1.into()),
        "{report}"
    );
    assert_eq!(report["skipped"][0]["at"][0], "post/bomb.yml");
}

#[test]
fn mistakes_name_the_remedy() {
    let home = Home::new();
    let file = home.write("empty.jsonl", b"\n\n");
    let output = home.import("lines", &file, &[]);
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("has no comment in it")
    );
    let output = home.import("lines", &file, &["--site", "cake"]);
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("hamgate sites list")
    );
    let output = home.import("wordpress", Path::new("https://blog.example"), &[]);
    assert!(String::from_utf8(output.stderr).unwrap().contains("--user"));
}
