//! Disqus' XML export: threads, and posts that name them.

use super::elements::{Elements, Node};
use super::input::Input;
use super::refused::Refused;
use super::spool::{Entry, Spool};
use super::words::{date, ip, said};
use crate::domain::{Comment, Post};
use crate::service::{Moderation, OldComment};

pub fn read(input: Input, spool: &mut Spool) -> Result<(), Refused> {
    let mut elements = Elements::new(input);
    let mut path: Vec<String> = Vec::new();
    let mut thread = (None, Post::default());
    let mut post = Found::default();
    while let Some(node) = elements.next()? {
        match node {
            Node::Open { name, id } => {
                if path.is_empty() && name != "disqus" {
                    return Err(Refused::line(
                        elements.line(),
                        format!("begins with <{name}>, and an export of Disqus with <disqus>"),
                        "name the XML file that Disqus mailed you, packed (.gz) or not",
                    ));
                }
                match (path.len(), name.as_str()) {
                    (1, "thread") => thread = (id, Post::default()),
                    (1, "post") => {
                        post = Found {
                            line: elements.line(),
                            ..Found::default()
                        };
                        post.comment.id = id;
                    }
                    (2, "thread") => post.thread = id,
                    (2, "parent") => post.comment.parent_id = id,
                    _ => {}
                }
                path.push(name);
            }
            Node::Close { name, text } => {
                path.pop();
                let within: Vec<&str> = path.iter().skip(1).map(String::as_str).collect();
                match (within.as_slice(), name.as_str()) {
                    ([], "thread") => {
                        if let Some(id) = &thread.0 {
                            spool.post(id, &thread.1)?;
                        }
                    }
                    ([], "post") => std::mem::take(&mut post).keep(spool)?,
                    (["thread"], "title") => thread.1.title = said(text),
                    (["thread"], "link") => thread.1.url = said(text),
                    (["thread"], "createdAt") => thread.1.published_at = date(&text),
                    (["post"], name) => post.field(name, text),
                    (["post", "author"], name) => post.author(name, text),
                    _ => {}
                }
            }
        }
    }
    Ok(())
}

/// A post as far as it was read.
#[derive(Default)]
struct Found {
    line: u64,
    comment: Comment,
    thread: Option<String>,
    deleted: bool,
    spam: bool,
    unapproved: bool,
}

impl Found {
    fn field(&mut self, name: &str, text: String) {
        let yes = text.trim() == "true";
        match name {
            "message" => self.comment.content = text,
            "createdAt" => self.comment.submitted_at = date(&text),
            "ipAddress" => self.comment.author.ip = ip(&text),
            "isDeleted" => self.deleted = yes,
            "isSpam" => self.spam = yes,
            "isApproved" => self.unapproved = text.trim() == "false",
            _ => {}
        }
    }

    fn author(&mut self, name: &str, text: String) {
        let author = &mut self.comment.author;
        match name {
            "name" => author.name = said(text),
            "email" => author.email = said(text),
            "link" | "url" => author.url = said(text),
            "username" => author.user_id = said(text),
            _ => {}
        }
    }

    fn keep(self, spool: &mut Spool) -> Result<(), Refused> {
        let moderation = match (self.spam, self.deleted, self.unapproved) {
            (true, _, _) => Moderation::Spam,
            (_, true, _) => {
                spool.skip(self.line, "was deleted, and Disqus does not say by whom");
                return Ok(());
            }
            (_, _, true) => Moderation::Pending,
            _ => Moderation::Approved,
        };
        let entry = Entry {
            old: OldComment {
                comment: self.comment,
                moderation,
            },
            post: self.thread,
            person: None,
        };
        spool.add(self.line, entry)
    }
}
