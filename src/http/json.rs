//! Bytes to a typed value: what is wrong is said with its place and remedy.

use serde::de::DeserializeOwned;
use serde_json::error::Category;

use super::error::ErrorCode;
use super::problem::Problem;
use crate::domain::FieldError;

/// Deepest nesting of objects and arrays, in fields that we ignore too.
const MAX_DEPTH: usize = 32;
/// Longest text of a reader's message that is passed on: it quotes the body.
const MAX_QUOTED: usize = 200;

/// Reads one JSON object.
///
/// # Errors
/// The bytes are not UTF-8, not JSON, too deep, or a field has a wrong type.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        Problem::new(
            ErrorCode::InvalidUtf8,
            format!("the byte at {} is not UTF-8", error.valid_up_to()),
        )
    })?;
    let text = text.trim_start_matches('\u{FEFF}');
    check_depth(text)?;
    if !text.trim_start().starts_with('{') {
        return Err(not_an_object(text));
    }
    // The path of a field costs time, so it is looked for only when needed.
    serde_json::from_str(text).or_else(|_| {
        let mut json = serde_json::Deserializer::from_str(text);
        let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
            let path = error.path().to_string();
            let error = error.into_inner();
            // For a number in an enum's place serde_json says "syntax".
            match error.is_syntax() && serde_json::from_str::<serde_json::Value>(text).is_ok() {
                true => wrong_type(&path, "has a wrong type"),
                false => explained(&path, &error),
            }
        })?;
        json.end().map_err(|error| explained(".", &error))?;
        Ok(value)
    })
}

/// String-aware, without recursion and without reading numbers or names.
fn check_depth(text: &str) -> Result<(), Problem> {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for byte in text.bytes() {
        if in_string {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_string = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => in_string = true,
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(Problem::new(
                ErrorCode::JsonTooDeep,
                format!("objects and arrays are nested more than {MAX_DEPTH} deep"),
            ));
        }
    }
    Ok(())
}

fn not_an_object(text: &str) -> Problem {
    match serde_json::from_str::<serde::de::IgnoredAny>(text) {
        Err(error) => explained(".", &error),
        Ok(_) => FieldError::new("body", "is not a JSON object", "send an object: {…}").into(),
    }
}

fn explained(path: &str, error: &serde_json::Error) -> Problem {
    let message = quoted(&error.to_string());
    if error.classify() != Category::Data {
        return Problem::new(ErrorCode::InvalidJson, message);
    }
    let (field, problem) = match named_field(&message) {
        Some((kind, name)) if path == "." => (name.to_owned(), kind),
        Some((kind, name)) if !path.ends_with(name) => (format!("{path}.{name}"), kind),
        Some((kind, _)) => (path.to_owned(), kind),
        None if path == "." => ("body".to_owned(), message.as_str()),
        None => (path.to_owned(), message.as_str()),
    };
    wrong_type(&field, problem)
}

fn wrong_type(field: &str, problem: &str) -> Problem {
    let remedy = match field {
        "content" => "send the comment's text as a string",
        "label" => "send \"ham\" or \"spam\"",
        "decision" => "send \"accept\" or \"reject\"",
        _ => "send the type that /docs names, or leave the field out",
    };
    FieldError::new(field, problem, remedy).into()
}

/// serde names a missing or doubled field in its message only.
fn named_field(message: &str) -> Option<(&'static str, &str)> {
    [
        ("missing field `", "is missing"),
        ("duplicate field `", "is there twice"),
    ]
    .into_iter()
    .find_map(|(start, kind)| {
        let rest = message.strip_prefix(start)?;
        rest.split_once('`').map(|(name, _)| (kind, name))
    })
}

/// The reader's message in the words of JSON, cut to a bearable length.
fn quoted(message: &str) -> String {
    let mut message = message.to_owned();
    if let Some(start) = message.find("expected struct ") {
        let name = message[start + 16..]
            .find(' ')
            .unwrap_or(message.len() - start - 16);
        message.replace_range(start..start + 16 + name, "expected an object");
    }
    if message.len() > MAX_QUOTED {
        let place = message
            .rfind(", expected")
            .filter(|at| message.len() - at < 120);
        let tail = place.map(|at| message[at..].to_owned()).unwrap_or_default();
        message.truncate(message.floor_char_boundary(MAX_QUOTED - tail.len()));
        message.push('…');
        message.push_str(&tail);
    }
    message
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Comment;

    fn refused(body: &str) -> Problem {
        parse::<Comment>(body.as_bytes()).expect_err("was read")
    }

    #[test]
    fn a_field_at_fault_is_named_by_its_path() {
        for (body, field) in [
            ("{}", "content"),
            (r#"{"content": 5}"#, "content"),
            (r#"{"content": "a", "content": "b"}"#, "content"),
            (r#"{"content": "a", "author": "Bob"}"#, "author"),
            (
                r#"{"content": "a", "author": {"email": 5}}"#,
                "author.email",
            ),
            (
                r#"{"content": "a", "post": {"tags": ["a", 5]}}"#,
                "post.tags[1]",
            ),
            (r#"{"content": "a", "format": "rtf"}"#, "format"),
            (r#"{"content": "a", "format": 5}"#, "format"),
            ("[]", "body"),
            ("\"text\"", "body"),
        ] {
            let problem = refused(body);
            assert_eq!(problem.code, ErrorCode::InvalidField, "{body}: {problem}");
            assert_eq!(problem.field.as_deref(), Some(field), "{body}: {problem}");
        }
    }

    #[test]
    fn syntax_is_told_from_types() {
        for body in [
            "",
            "hello",
            "{\"content\": \"a\"",
            "{\"content\": \"a\"} x",
            "{,}",
        ] {
            assert_eq!(refused(body).code, ErrorCode::InvalidJson, "{body}");
        }
    }

    #[test]
    fn depth_counts_in_ignored_fields_and_not_in_strings() {
        let nested = |depth: usize| {
            let inner = "[".repeat(depth - 1) + &"]".repeat(depth - 1);
            format!("{{\"content\": \"a\", \"x\": {inner}}}")
        };
        assert!(parse::<Comment>(nested(32).as_bytes()).is_ok());
        assert_eq!(refused(&nested(33)).code, ErrorCode::JsonTooDeep);
        let brackets = format!("{{\"content\": \"\\\"{}\"}}", "[".repeat(200));
        assert!(parse::<Comment>(brackets.as_bytes()).is_ok());
    }

    #[test]
    fn a_long_value_is_not_sent_back() {
        let problem = refused(&format!(
            "{{\"content\": \"a\", \"author\": \"{}\"}}",
            "é".repeat(9999)
        ));
        assert!(problem.detail.len() < 400, "{}", problem.detail);
        assert!(
            problem.detail.contains("expected an object"),
            "{}",
            problem.detail
        );
    }
}
