//! WordPress eXtended RSS, as "Tools, Export" writes it: posts with their
//! comments. It has approved, waiting and trashed comments; WordPress leaves spam
//! out of it.

use super::elements::{Elements, Node};
use super::input::Input;
use super::refused::Refused;
use super::spool::Spool;
use super::words::said;
use super::wp_status::of_wordpress;
use crate::domain::{Comment, Post};

pub fn read(input: Input, spool: &mut Spool) -> Result<(), Refused> {
    let mut elements = Elements::new(input);
    let mut first = true;
    let mut post = Post::default();
    let mut in_item = false;
    let mut comment: Option<(u64, Found)> = None;
    let mut in_meta = false;
    while let Some(node) = elements.next()? {
        match node {
            Node::Open { name, .. } => {
                if std::mem::take(&mut first) && name != "rss" {
                    return Err(Refused::line(
                        elements.line(),
                        format!("begins with <{name}>, and an export of WordPress with <rss>"),
                        "name the XML file that \"Tools, Export\" gave you",
                    ));
                }
                match name.as_str() {
                    "item" => {
                        in_item = true;
                        post = Post::default();
                    }
                    "wp:comment" => comment = Some((elements.line(), Found::default())),
                    "wp:commentmeta" => in_meta = true,
                    _ => {}
                }
            }
            Node::Close { name, text } => match (name.as_str(), &mut comment) {
                ("wp:comment", comment) => {
                    if let Some((line, found)) = comment.take() {
                        found.keep(line, &post, spool)?;
                    }
                }
                ("wp:commentmeta", _) => in_meta = false,
                (name, Some((_, found))) if !in_meta => found.field(name, text),
                ("item", _) => in_item = false,
                ("title", None) if in_item => post.title = said(text),
                ("link", None) if in_item => post.url = said(text),
                _ => {}
            },
        }
    }
    if first {
        return Err(Refused::file(
            "is no XML",
            "name the XML file that \"Tools, Export\" gave you",
        ));
    }
    Ok(())
}

/// A comment as far as it was read.
#[derive(Default)]
struct Found {
    comment: Comment,
    approved: String,
    date: String,
    date_gmt: String,
}

impl Found {
    fn field(&mut self, name: &str, text: String) {
        let author = &mut self.comment.author;
        match name {
            "wp:comment_id" => self.comment.id = said(text),
            "wp:comment_author" => author.name = said(text),
            "wp:comment_author_email" => author.email = said(text),
            "wp:comment_author_url" => author.url = said(text),
            "wp:comment_author_IP" => author.ip = super::words::ip(&text),
            "wp:comment_user_id" => author.user_id = said(text).filter(|id| id != "0"),
            "wp:comment_content" => self.comment.content = text,
            "wp:comment_type" => self.comment.kind = said(text),
            "wp:comment_parent" => self.comment.parent_id = said(text).filter(|id| id != "0"),
            "wp:comment_approved" => self.approved = text,
            "wp:comment_date" => self.date = text,
            "wp:comment_date_gmt" => self.date_gmt = text,
            _ => {}
        }
    }

    fn keep(mut self, line: u64, post: &Post, spool: &mut Spool) -> Result<(), Refused> {
        self.comment.post = post.clone();
        let dates = [&self.date_gmt, &self.date];
        self.comment.submitted_at = dates.into_iter().find_map(|date| super::words::date(date));
        of_wordpress(line, self.comment, &self.approved, spool)
    }
}
