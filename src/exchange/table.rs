//! Tables of comments as CSV: hamgate's own, `wp_comments`, and any other whose
//! columns have the usual names or are named on the command line.

use std::collections::BTreeMap;
use std::io::BufRead;

use csv::{ReaderBuilder, StringRecord};

use super::export::{self, unguarded};
use super::input::Input;
use super::refused::Refused;
use super::spool::Spool;
use super::words::{date, ip, label, moderation, said};
use super::wp_status::of_wordpress;
use crate::domain::{Comment, Label};
use crate::service::{Moderation, OldComment};

/// Fields, each with the names that columns have for it, the best first.
const COLUMNS: &[(&str, &[&str])] = &[
    (
        "content",
        &[
            "content",
            "comment_content",
            "comment",
            "text",
            "body",
            "message",
            "comment_text",
            "html",
            "markdown",
        ],
    ),
    ("id", &["id", "comment_id", "commentid", "cid", "guid"]),
    (
        "author",
        &[
            "author",
            "comment_author",
            "author_name",
            "name",
            "member_name",
            "user_name",
            "username",
        ],
    ),
    (
        "email",
        &[
            "email",
            "comment_author_email",
            "author_email",
            "mail",
            "member_email",
            "e_mail",
        ],
    ),
    ("email_domain", &["email_domain"]),
    (
        "url",
        &[
            "url",
            "comment_author_url",
            "author_url",
            "website",
            "homepage",
            "link",
        ],
    ),
    (
        "ip",
        &[
            "ip",
            "comment_author_ip",
            "author_ip",
            "ip_address",
            "remote_addr",
        ],
    ),
    ("user_agent", &["user_agent", "comment_agent", "agent"]),
    ("user_id", &["user_id"]),
    (
        "date",
        &[
            "date",
            "comment_date_gmt",
            "comment_date",
            "created_at",
            "created",
            "timestamp",
            "time",
            "published_at",
        ],
    ),
    (
        "status",
        &["status", "comment_approved", "approved", "state"],
    ),
    ("label", &["label", "is_spam", "spam", "class"]),
    ("kind", &["kind", "comment_type", "type"]),
    (
        "post",
        &["post", "post_title", "title", "post_slug", "slug"],
    ),
    ("post_url", &["post_url", "page", "permalink"]),
    (
        "parent",
        &["parent_id", "comment_parent", "parent", "in_reply_to"],
    ),
];

/// How a table is written and what its columns mean.
#[derive(Debug, Clone, Default)]
pub struct Dialect {
    /// A field, and the column that holds it.
    pub columns: Vec<(String, String)>,
    /// Found out where it is not named.
    pub delimiter: Option<u8>,
    /// What comments without a status are.
    pub unlabelled: Option<Label>,
    /// Statuses and kinds are WordPress's.
    pub wordpress: bool,
}

/// The fields that a column can be named for.
pub fn fields() -> impl Iterator<Item = &'static str> {
    COLUMNS.iter().map(|(field, _)| *field)
}

pub fn read(mut input: Input, dialect: &Dialect, spool: &mut Spool) -> Result<(), Refused> {
    let gauge = input.gauge();
    let start = input
        .fill_buf()
        .map_err(|error| Refused::reading(&error, 1))?;
    let delimiter = dialect.delimiter.unwrap_or_else(|| delimiter_of(start));
    // Tabs are what `mysql --batch` writes: no quotes, and backslashes instead.
    let batch = delimiter == b'\t';
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .quoting(!batch)
        .flexible(true)
        .from_reader(input);
    let unreadable = |error: csv::Error| match error.kind() {
        csv::ErrorKind::Io(error) => Refused::reading(error, gauge.line()),
        _ => {
            let line = error.position().map_or(gauge.line(), csv::Position::line);
            Refused::line(
                line,
                format!("is no CSV ({error})"),
                "export it again, as UTF-8",
            )
        }
    };
    let headers = reader.headers().map_err(unreadable)?.clone();
    let columns = Columns::of(&headers, dialect)?;
    let mut record = StringRecord::new();
    loop {
        gauge.entry();
        if !reader.read_record(&mut record).map_err(unreadable)? {
            return Ok(());
        }
        let line = record.position().map_or(gauge.line(), csv::Position::line);
        let row = Row {
            record: &record,
            columns: &columns,
            batch,
        };
        row.keep(line, dialect, spool)?;
    }
}

/// What stands most often in the first line.
fn delimiter_of(start: &[u8]) -> u8 {
    let line = start
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let count = |delimiter: u8| line.iter().filter(|byte| **byte == delimiter).count();
    let mut best = b',';
    for delimiter in [b';', b'\t', b'|'] {
        if count(delimiter) > count(best) {
            best = delimiter;
        }
    }
    best
}

/// Where each field stands.
struct Columns {
    places: BTreeMap<&'static str, Vec<usize>>,
    /// The table is hamgate's own, whose cells are guarded.
    own: bool,
}

impl Columns {
    fn of(headers: &StringRecord, dialect: &Dialect) -> Result<Self, Refused> {
        let plain = |name: &str| name.trim().to_lowercase().replace([' ', '-', '.'], "_");
        let headers: Vec<String> = headers.iter().map(plain).collect();
        let mut places: BTreeMap<&'static str, Vec<usize>> = BTreeMap::new();
        for (field, names) in COLUMNS {
            let named = dialect.columns.iter().find(|(of, _)| of == field);
            let found: Vec<usize> = match named {
                Some((_, column)) => {
                    let place = headers.iter().position(|header| *header == plain(column));
                    vec![place.ok_or_else(|| {
                        Refused::line(
                            1,
                            format!("has no column `{column}`"),
                            format!("the columns are: {}", headers.join(", ")),
                        )
                    })?]
                }
                None => names
                    .iter()
                    .filter_map(|name| headers.iter().position(|header| header == name))
                    .collect(),
            };
            places.insert(field, found);
        }
        if places.get("content").is_none_or(Vec::is_empty) {
            return Err(Refused::line(
                1,
                "no column is known to hold the comments' text",
                format!(
                    "name it: --column content=COLUMN; the columns are: {}",
                    headers.join(", ")
                ),
            ));
        }
        Ok(Self {
            own: headers == export::COLUMNS,
            places,
        })
    }
}

/// One row.
struct Row<'r> {
    record: &'r StringRecord,
    columns: &'r Columns,
    batch: bool,
}

impl Row<'_> {
    fn keep(&self, line: u64, dialect: &Dialect, spool: &mut Spool) -> Result<(), Refused> {
        let mut comment = Comment {
            id: self.text("id"),
            kind: self.text("kind"),
            parent_id: self.text("parent").filter(|id| id != "0"),
            content: self.cell("content").unwrap_or_default(),
            submitted_at: self.first("date", date),
            ..Comment::default()
        };
        let author = &mut comment.author;
        author.name = self.text("author");
        author.email = self.text("email");
        author.email_domain = self.text("email_domain");
        author.url = self.text("url");
        author.ip = self.first("ip", ip);
        author.user_agent = self.text("user_agent");
        author.user_id = self.text("user_id").filter(|id| id != "0");
        comment.post.title = self.text("post");
        comment.post.url = self.text("post_url");
        let status = self.text("status");
        if dialect.wordpress {
            return of_wordpress(line, comment, &status.unwrap_or_default(), spool);
        }
        let labelled = self.first("label", label).map(Moderation::of);
        let said = status.and_then(|status| moderation(&status));
        let otherwise = dialect.unlabelled.map(Moderation::of);
        let moderation = labelled
            .or(said)
            .or(otherwise)
            .unwrap_or(Moderation::Unknown);
        spool.add(
            line,
            OldComment {
                comment,
                moderation,
            },
        )
    }

    /// What the best column of the field holds.
    fn cell(&self, field: &str) -> Option<String> {
        self.first(field, |text| Some(text.to_owned()))
    }

    fn text(&self, field: &str) -> Option<String> {
        match self.columns.own {
            true => self.cell(field),
            false => self.first(field, |text| said(text)),
        }
    }

    /// The first of the field's columns that can be understood.
    fn first<T>(&self, field: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let places = self.columns.places.get(field)?;
        places.iter().find_map(|place| {
            let cell = self.record.get(*place).filter(|cell| !cell.is_empty())?;
            match (self.columns.own, self.batch) {
                (true, _) => read(unguarded(cell)),
                (false, true) => read(&unescaped(cell)),
                (false, false) => read(cell),
            }
        })
    }
}

/// As `mysql --batch` escapes what would end a cell.
fn unescaped(cell: &str) -> String {
    let mut text = String::with_capacity(cell.len());
    let mut characters = cell.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some('n') => text.push('\n'),
                Some('t') => text.push('\t'),
                Some('0') => text.push('\0'),
                Some('N') if cell == "\\N" => text.push_str(cell),
                Some(other) => text.push(other),
                None => text.push('\\'),
            },
            other => text.push(other),
        }
    }
    text
}
