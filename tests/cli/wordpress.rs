//! A running WordPress, as far as the import asks it.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use url::Url;

use crate::binary::hamgate;
use crate::import::Home;

/// `user:abcd efgh`.
const AUTHORIZATION: &str = "authorization: Basic dXNlcjphYmNkIGVmZ2g=";

/// What it was asked, and the requests that it still fails.
#[derive(Default)]
struct Blog {
    asked: Vec<String>,
    fails: BTreeMap<String, Vec<(u16, Value)>>,
}

/// Serves comments by status, 100 a page; an asked page is `STATUS PAGE`.
struct Wordpress {
    address: String,
    blog: Arc<Mutex<Blog>>,
}

impl Wordpress {
    fn start(rewrites: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let blog = Arc::new(Mutex::new(Blog::default()));
        let kept = Arc::clone(&blog);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut head = Vec::new();
                let mut reader = BufReader::new(stream.try_clone().unwrap());
                loop {
                    let mut line = String::new();
                    if reader.read_line(&mut line).unwrap() == 0 || line == "\r\n" {
                        break;
                    }
                    head.push(line.trim_end().to_owned());
                }
                let (status, body) = answer(&head, rewrites, &mut kept.lock().unwrap());
                let body = body.to_string();
                let _ = write!(
                    stream,
                    "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\nretry-after: 0\r\n\
                     content-length: {}\r\nconnection: close\r\n\r\n{body}",
                    body.len(),
                );
            }
        });
        Self { address, blog }
    }

    fn import(&self, home: &Home, password: &str) -> std::process::Output {
        let mut command = hamgate(&["import", "wordpress", &self.address, "--user", "user"]);
        command.args(["--site", "bread", "--json", "--data", home.data()]);
        command.env("WORDPRESS_APPLICATION_PASSWORD", password);
        command.output().unwrap()
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.blog.lock().unwrap().asked)
    }

    fn fail(&self, page: &str, status: u16, code: &str, times: usize) {
        let answer = (status, json!({ "code": code }));
        let fails = &mut self.blog.lock().unwrap().fails;
        fails.insert(page.into(), vec![answer; times]);
    }
}

fn answer(head: &[String], rewrites: bool, blog: &mut Blog) -> (u16, Value) {
    if !head.iter().any(|line| line == AUTHORIZATION) {
        return (401, json!({ "code": "incorrect_password" }));
    }
    let path = head[0].split(' ').nth(1).unwrap();
    let url = Url::parse(&format!("http://blog{path}")).unwrap();
    let query: BTreeMap<String, String> = url.query_pairs().into_owned().collect();
    let plain = query.get("rest_route").map(String::as_str) == Some("/wp/v2/comments");
    let pretty = url.path() == "/wp-json/wp/v2/comments";
    if (pretty && !rewrites) || !(pretty || plain) {
        return (404, json!("no such page"));
    }
    assert_eq!(query["context"], "edit");
    let status = query["status"].as_str();
    let page: usize = query["page"].parse().unwrap();
    let asked = format!("{status} {page}");
    blog.asked.push(asked.clone());
    if let Some(failure) = blog.fails.get_mut(&asked).and_then(Vec::pop) {
        return failure;
    }
    let (count, first, said) = match status {
        "approve" => (130, 1000, "approved"),
        "spam" => (2, 2000, "spam"),
        "hold" => (1, 3000, "hold"),
        _ => (0, 0, "trash"),
    };
    let numbers = ((page - 1) * 100..count).take(100);
    let comments: Vec<Value> = numbers
        .map(|number| comment(first + number, said))
        .collect();
    match comments.is_empty() && status == "spam" {
        true => (400, json!({ "code": "rest_comment_invalid_page_number" })),
        false => (200, comments.into()),
    }
}

fn comment(id: usize, status: &str) -> Value {
    json!({
        "id": id, "parent": 0, "author": 0, "author_name": "Ada", "author_email": "ada@loaf.example",
        "author_url": "", "author_ip": "192.0.2.17", "author_user_agent": "Mozilla/5.0",
        "date_gmt": format!("2019-03-02T09:{:02}:{:02}", id % 1000 / 60, id % 60),
        "content": { "rendered": "<p>no</p>", "raw": format!("Loaf {id} rose & fell.") },
        "link": format!("https://bread.example/rye/#comment-{id}"), "status": status,
        "type": "comment",
    })
}

#[track_caller]
fn report(output: std::process::Output) -> Value {
    assert!(output.status.success(), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn every_status_is_fetched_page_by_page() {
    for rewrites in [true, false] {
        let home = Home::new();
        let blog = Wordpress::start(rewrites);
        blog.fail("approve 2", 503, "busy", 1);
        let report = report(blog.import(&home, "abcd efgh"));
        let counts = ["imported", "ham", "spam", "pending", "trashed"].map(|kind| &report[kind]);
        assert_eq!(counts, [133, 130, 2, 1, 0], "{report}");
        let asked = [
            "approve 1",
            "approve 2",
            "approve 2",
            "approve 3",
            "hold 1",
            "hold 2",
            "spam 1",
            "spam 2",
            "trash 1",
        ];
        assert_eq!(blog.asked(), asked);
        let lines = home.lines();
        let last = lines.iter().find(|line| line["id"] == "1129").unwrap();
        assert_eq!(last["content"], "Loaf 1129 rose & fell.");
        assert_eq!(last["post"], "https://bread.example/rye/");
        assert_eq!(last["ip"], "192.0.2.17");
    }
}

#[test]
fn what_was_fetched_is_not_fetched_again() {
    let home = Home::new();
    let blog = Wordpress::start(true);
    blog.fail("spam 1", 502, "", 4);
    let output = blog.import(&home, "abcd efgh");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("answers 502") && said.contains("run it again"),
        "{said}"
    );
    assert_eq!(home.lines().len(), 0);
    let kept = home.0.path().join("import-1.spool");
    let mode = std::os::unix::fs::PermissionsExt::mode(&kept.metadata().unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
    blog.asked();
    let report = report(blog.import(&home, "abcd efgh"));
    assert_eq!(blog.asked(), ["spam 1", "spam 2", "trash 1"]);
    assert_eq!(
        (&report["entries"], &report["imported"]),
        (&133.into(), &133.into())
    );
    assert!(!kept.exists(), "the text of comments was left behind");
}

#[test]
fn wrong_passwords_and_plain_http_name_the_remedy() {
    let home = Home::new();
    let blog = Wordpress::start(true);
    let said = String::from_utf8(blog.import(&home, "wrong").stderr).unwrap();
    assert!(
        said.contains("application password") && said.contains("--user"),
        "{said}"
    );
    assert!(!said.contains("wrong"), "{said}");
    let mut command = hamgate(&[
        "import",
        "wordpress",
        "http://blog.example",
        "--user",
        "user",
    ]);
    command.args(["--site", "bread", "--data", home.data()]);
    let output = command
        .env("WORDPRESS_APPLICATION_PASSWORD", "abcd")
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("https://") && said.contains("in the clear"),
        "{said}"
    );
}
