//! Comment lines: one JSON object per line.

use super::input::Input;
use super::refused::Refused;
use super::spool::Spool;
use crate::domain::{CommentLine, FieldError, Label};
use crate::service::{Moderation, OldComment};

pub fn read(mut input: Input, unlabelled: Option<Label>, spool: &mut Spool) -> Result<(), Refused> {
    let gauge = input.gauge();
    let mut bytes = Vec::new();
    loop {
        let at = gauge.line();
        if !input.line(&mut bytes)? {
            return Ok(());
        }
        let text = String::from_utf8_lossy(&bytes);
        if text.trim().is_empty() {
            continue;
        }
        match CommentLine::parse(text.trim_end()) {
            Ok(line) => {
                let label = line.label.or(unlabelled);
                let old = OldComment {
                    moderation: label.map_or(Moderation::Unknown, Moderation::of),
                    comment: line.into_comment(),
                };
                spool.add(at, old)?;
            }
            Err(error) => spool.skip(at, &reason(&error)),
        }
    }
}

/// Without the place in the line, so that equal mistakes are counted together.
pub fn reason(error: &FieldError) -> String {
    let problem = error.problem.split(" at line ").next().unwrap_or_default();
    let open = problem.contains('(') && !problem.ends_with(')');
    let end = if open { ")" } else { "" };
    match error.field.as_str() {
        "line" | "?" => format!("is no comment line: it {problem}{end}"),
        field => format!("has a `{field}` that {problem}{end}"),
    }
}
