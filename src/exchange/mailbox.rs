//! Mailboxes (mbox): each mail is a comment, its subject the post it is about.

use mail_parser::mailbox::mbox::MessageIterator;
use mail_parser::{Address, Message, MessageParser, PartType};

use super::input::Input;
use super::refused::Refused;
use super::spool::Spool;
use super::words::{said, unix};
use crate::domain::comment::MAX_ID_BYTES;
use crate::domain::{Author, Comment, Label, Post};
use crate::service::{Moderation, OldComment};

pub fn read(input: Input, unlabelled: Option<Label>, spool: &mut Spool) -> Result<(), Refused> {
    let gauge = input.gauge();
    let mut messages = MessageIterator::new(input);
    let mut line = 1;
    loop {
        gauge.entry();
        let Some(message) = messages.next() else {
            break;
        };
        let message = message.map_err(|error| Refused::reading(&error, gauge.line()))?;
        let moderation = unlabelled.map_or(Moderation::Unknown, Moderation::of);
        match MessageParser::default().parse(message.contents()) {
            Some(mail) => spool.add(
                line,
                OldComment {
                    comment: comment(&mail),
                    moderation,
                },
            )?,
            None => spool.skip(line, "is no mail"),
        }
        // The line that begins the next mail has been read.
        line = gauge.line().saturating_sub(1);
    }
    if spool.report.entries == 0 {
        return Err(Refused::line(
            1,
            "no mail begins in it (a line with `From ` and an address)",
            "name a file in mbox format, as Thunderbird keeps a folder",
        ));
    }
    Ok(())
}

fn comment(mail: &Message<'_>) -> Comment {
    let from = mail.from().and_then(Address::first);
    let id = |id: &str| said(id).filter(|id| id.len() <= MAX_ID_BYTES);
    let written = mail
        .parts
        .iter()
        .any(|part| matches!(part.body, PartType::Text(_)));
    let body = match written {
        true => mail.body_text(0),
        false => mail.body_html(0),
    };
    Comment {
        id: mail.message_id().and_then(id),
        parent_id: mail.in_reply_to().as_text().and_then(id),
        content: body.unwrap_or_default().trim().to_owned(),
        submitted_at: mail
            .date()
            .and_then(|date| unix(date.to_timestamp() as f64)),
        author: Author {
            name: from.and_then(|from| from.name()).and_then(said),
            email: from.and_then(|from| from.address()).and_then(said),
            ..Author::default()
        },
        post: Post {
            title: mail.thread_name().and_then(said),
            ..Post::default()
        },
        ..Comment::default()
    }
}
