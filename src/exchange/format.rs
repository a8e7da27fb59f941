//! The formats that are read, and who reads them.

use std::io::BufRead;
use std::path::Path;

use clap::ValueEnum;

use super::input::{Input, Opening};
use super::refused::Refused;
use super::spool::Spool;
use super::table::Dialect;
use super::{commento, disqus, ghost, isso, lines, mailbox, remark42, staticman, table, wxr};
use crate::domain::Label;

/// Where comments come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// WordPress's export file (Tools, Export).
    Wxr,
    /// A running WordPress, over its REST interface: FILE is the blog's address.
    Wordpress,
    /// WordPress's table `wp_comments` as CSV, or as `mysql --batch` writes it.
    WpComments,
    /// Disqus's XML export.
    Disqus,
    /// Isso's SQLite database.
    Isso,
    /// Remark42's backup.
    Remark42,
    /// Commento's JSON export.
    Commento,
    /// Ghost's JSON export with comments in it, or CSV.
    Ghost,
    /// Staticman's folder of YAML or JSON files.
    Staticman,
    /// A mailbox (mbox): each mail is a comment.
    Mbox,
    /// Comment lines: one JSON object a line, as `hamgate export` writes.
    Lines,
    /// Any CSV with a line of column names.
    Csv,
}

/// How a file is to be read.
#[derive(Clone, Default)]
pub struct Options {
    pub opening: Opening,
    /// What comments are of which the file does not say it.
    pub unlabelled: Option<Label>,
    /// See [`Dialect::columns`].
    pub columns: Vec<(String, String)>,
    pub delimiter: Option<u8>,
}

/// Reads a file whole; nothing is imported yet.
///
/// # Errors
/// Where and why it cannot be read, and what to do.
pub fn read(
    format: Format,
    path: &Path,
    options: &Options,
    spool: &mut Spool,
) -> Result<(), Refused> {
    let input = || Input::open(path, &options.opening);
    let table = |input, wordpress, spool: &mut Spool| {
        let dialect = Dialect {
            columns: options.columns.clone(),
            delimiter: options.delimiter,
            unlabelled: options.unlabelled,
            wordpress,
        };
        table::read(input, &dialect, spool)
    };
    match format {
        Format::Wxr => wxr::read(input()?, spool),
        Format::Disqus => disqus::read(input()?, spool),
        Format::Remark42 => remark42::read(input()?, spool),
        Format::Commento => commento::read(input()?, spool),
        Format::Lines => lines::read(input()?, options.unlabelled, spool),
        Format::WpComments => table(input()?, true, spool),
        Format::Csv => table(input()?, false, spool),
        Format::Ghost => {
            let mut input = input()?;
            let start = input
                .fill_buf()
                .map_err(|error| Refused::reading(&error, 1))?;
            match start.trim_ascii_start().first() {
                Some(b'{' | b'[') => ghost::read(input, spool),
                _ => table(input, false, spool),
            }
        }
        Format::Isso => isso::read(path, spool),
        Format::Staticman => staticman::read(path, spool),
        Format::Mbox => {
            let opening = Opening {
                raw: true,
                ..options.opening.clone()
            };
            mailbox::read(Input::open(path, &opening)?, options.unlabelled, spool)
        }
        Format::Wordpress => Err(Refused::file(
            "is no file",
            "name the blog's address, such as https://blog.example",
        )),
    }
}
