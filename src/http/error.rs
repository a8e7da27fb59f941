//! The table of error codes: one row is the code, its status, its title and
//! what to do. `docs/errors.md` and the API document are made from it.

use std::fmt::Write;

macro_rules! error_codes {
    ($($name:ident: $code:literal, $status:literal, $title:literal, $remedy:literal;)*) => {
        /// A stable name for what went wrong.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum ErrorCode { $($name),* }

        impl ErrorCode {
            /// Every code, in the order of the documentation.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The code as clients match on it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            /// HTTP status.
            pub const fn status(self) -> u16 {
                match self { $(Self::$name => $status),* }
            }

            /// What went wrong, in a few words that never change.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$name => $title),* }
            }

            /// What the sender can do, where nothing better is known.
            pub const fn remedy(self) -> &'static str {
                match self { $(Self::$name => $remedy),* }
            }
        }
    };
}

error_codes! {
    InvalidUtf8: "invalid_utf8", 400, "The body is not UTF-8",
        "Encode the body as UTF-8, without replacing bytes by others.";
    InvalidJson: "invalid_json", 400, "The body is not JSON",
        "Send one JSON value (RFC 8259); `detail` says where reading stopped.";
    JsonTooDeep: "json_too_deep", 400, "The JSON is nested too deeply",
        "Nest objects and arrays at most 32 deep.";
    BrokenRequest: "broken_request", 400, "The request ended early or is malformed",
        "Send the request again, whole.";
    Unauthorized: "unauthorized", 401, "A valid API key is needed",
        "Send `Authorization: Bearer KEY` with the site's API key (`hg_…`); `hamgate sites rotate` makes a new one.";
    SignInNeeded: "sign_in_needed", 401, "You are not signed in any more",
        "Sign in at /desk/sign-in.";
    CrossSite: "cross_site", 403, "The request does not come from this page",
        "Open the page anew and send its form from there.";
    NotAllowed: "not_allowed", 403, "Your role does not allow this",
        "Ask an admin for another role.";
    NotFound: "not_found", 404, "There is no such comment or decision",
        "Check the id; a key sees the comments of its own site only.";
    NoSuchRoute: "no_such_route", 404, "There is nothing at this address",
        "See /docs for every address.";
    MethodNotAllowed: "method_not_allowed", 405, "The address does not take this method",
        "Use a method of the `Allow` header.";
    BodyTimeout: "body_timeout", 408, "The body took too long to arrive",
        "Send the body at once; a slow network may need `http.body_seconds` to be raised.";
    Changed: "changed", 412, "The comment was changed or decided meanwhile",
        "Look at it again, then decide.";
    BodyTooLarge: "body_too_large", 413, "The body is too large",
        "Send less, or raise `limits.body_bytes`.";
    LineTooLong: "line_too_long", 413, "The line is too long",
        "Send shorter lines, or raise `limits.line_bytes`. The other lines are answered as usual.";
    NotJson: "unsupported_media_type", 415, "The body's type is not JSON",
        "Send `Content-Type: application/json` (with curl: `-H 'Content-Type: application/json'`).";
    Compressed: "unsupported_encoding", 415, "Compressed bodies are not supported",
        "Send the body without `Content-Encoding`.";
    WrongAddress: "wrong_address", 421, "The desk does not answer under this address",
        "Set `public_url` to the address that people open, such as https://hamgate.example; without it the desk answers under localhost only.";
    InvalidField: "invalid_field", 422, "A field cannot be used as it is",
        "Correct the field that `field` names, or leave it out if it is optional.";
    IdempotencyMismatch: "idempotency_mismatch", 422, "The idempotency key was used for another request",
        "Use a fresh `Idempotency-Key` for each comment; repeat a request with the same bytes.";
    TooManyAttempts: "too_many_attempts", 429, "Too many attempts to sign in",
        "Wait for the time in `Retry-After`, or sign in from a device that you have signed in from before.";
    Internal: "internal", 500, "hamgate met a bug",
        "Nothing was stored. Report it with the request id; the log has an entry with the same id.";
    StorageUnavailable: "storage_unavailable", 503, "Storage is unavailable",
        "Nothing was stored. Send the request again after the time in `Retry-After`; hold the comment meanwhile.";
    Busy: "busy", 503, "Too many people sign in at once",
        "Try again in a few seconds.";
    TooSlow: "too_slow", 503, "The answer took too long",
        "Send the request again after the time in `Retry-After`, with the same `Idempotency-Key`.";
}

/// The whole document; `docs/errors.md` is exactly this.
pub fn errors_reference() -> String {
    let mut page = String::from(
        "# Errors\n\n\
         <!-- Made from src/http/error.rs by `cargo test`; change that, not this. -->\n\n\
         Every answer of the API that is not a success is a problem after RFC 9457 \
         (`application/problem+json`); the moderator's desk shows the same as a page:\n\n\
         ```json\n\
         {\n  \"type\": \"/docs#invalid_field\",\n  \
         \"title\": \"A field cannot be used as it is\",\n  \"status\": 422,\n  \
         \"detail\": \"`content` is empty\",\n  \"code\": \"invalid_field\",\n  \
         \"field\": \"content\",\n  \"remedy\": \"send the comment's text\",\n  \
         \"request_id\": \"019ab3a4-7b1c-7e55-8f7e-0c4c8a5f2f10\"\n}\n\
         ```\n\n\
         `code` is stable: match on it. `field` is there where one field is at fault, as a path \
         such as `author.email`. `request_id` is also in the header `X-Request-Id` and in the \
         log.\n\n\
         A head that is not HTTP, and a first head that takes more than 5 seconds, are answered \
         with a bare 400 or 408 before a request exists, and the connection is closed.\n\n\
         | code | status | title | what to do |\n|---|---|---|---|\n",
    );
    for code in ErrorCode::ALL {
        let _ = writeln!(
            page,
            "| `{}` | {} | {} | {} |",
            code.as_str(),
            code.status(),
            code.title(),
            code.remedy(),
        );
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_differ_and_every_row_is_filled() {
        for (place, code) in ErrorCode::ALL.iter().enumerate() {
            assert!((400..600).contains(&code.status()));
            assert!(!code.title().is_empty() && code.remedy().ends_with('.'));
            let doubled = ErrorCode::ALL[..place]
                .iter()
                .any(|other| other.as_str() == code.as_str());
            assert!(!doubled, "{} is there twice", code.as_str());
        }
    }
}
