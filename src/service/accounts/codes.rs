//! Codes that an app makes by the time (RFC 6238), and recovery codes.

use data_encoding::BASE32_NOPAD;
use jiff::Timestamp;
use totp_rs::{Builder, Totp};

/// 160 bits, as RFC 4226 recommends.
const SECRET_BYTES: usize = 20;
/// Recovery codes that are made at once, each of 80 bits.
const CODES: usize = 10;
const CODE_BYTES: usize = 10;
/// In an app's list of accounts.
const ISSUER: &str = "hamgate";

/// What an app is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// `otpauth://…`, for a picture that the app reads.
    pub uri: String,
    /// The secret in base32, to be typed.
    pub key: String,
}

/// An app that makes codes for an account: six digits of HMAC-SHA-1 every 30
/// seconds, which is what every app does; a code of the step before or after
/// the present one counts too (RFC 6238, 5.2).
pub(super) struct App(Totp);

impl App {
    /// `None` where the secret is none.
    pub(super) fn of(secret: Vec<u8>, name: &str) -> Option<Self> {
        let codes = Builder::new()
            .with_secret(secret)
            .with_issuer(Some(ISSUER))
            .with_account_name(name.replace(':', " "))
            .build();
        codes.ok().map(Self)
    }

    /// What to tell the app.
    pub(super) fn enrolment(&self) -> Option<Enrolment> {
        Some(Enrolment {
            uri: self.0.to_url().ok()?,
            key: BASE32_NOPAD.encode(self.0.secret().as_bytes()),
        })
    }

    /// The time step that the code is of.
    pub(super) fn step_of(&self, code: &str, now: Timestamp) -> Option<u64> {
        let now = u64::try_from(now.as_second()).ok()?;
        self.0.check(&bare(code), now)
    }
}

/// A secret for a new app.
pub(super) fn fresh_secret() -> Result<[u8; SECRET_BYTES], getrandom::Error> {
    let mut secret = [0; SECRET_BYTES];
    getrandom::fill(&mut secret)?;
    Ok(secret)
}

/// Recovery codes as they are shown.
pub(super) fn fresh_recovery_codes() -> Result<Vec<String>, getrandom::Error> {
    let one = || {
        let mut bytes = [0; CODE_BYTES];
        getrandom::fill(&mut bytes)?;
        let letters = BASE32_NOPAD.encode(&bytes).to_lowercase();
        let (head, tail) = letters.split_at(letters.len() / 2);
        Ok(format!("{head}-{tail}"))
    };
    (0..CODES).map(|_| one()).collect()
}

/// What is typed with spaces or dashes, and in any case of letters.
pub(super) fn bare(code: &str) -> String {
    let letters = code.chars().filter(|letter| letter.is_ascii_alphanumeric());
    letters.map(|letter| letter.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, SHA-1: the last six of its eight digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let app = App::of(b"12345678901234567890".to_vec(), "Mia: the one").unwrap();
        for (second, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            let at = |second| Timestamp::from_second(second).unwrap();
            let step = u64::try_from(second / 30).unwrap();
            for typed in [code.to_owned(), format!("{} {}", &code[..3], &code[3..])] {
                assert_eq!(app.step_of(&typed, at(second)), Some(step), "{typed}");
            }
            for beside in [second - 30, second + 30] {
                assert_eq!(app.step_of(code, at(beside)), Some(step), "clocks differ");
            }
            for far in [second - 60, second + 60] {
                assert_eq!(app.step_of(code, at(far)), None, "{code} at {far}");
            }
        }
        for nonsense in ["", "28708", "2870820", "abcdef", "２８７０８２"] {
            let at = Timestamp::from_second(59).unwrap();
            assert_eq!(app.step_of(nonsense, at), None, "{nonsense}");
        }
        let told = app.enrolment().unwrap();
        assert_eq!(told.key, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert!(
            told.uri.starts_with("otpauth://totp/hamgate:Mia"),
            "{}",
            told.uri
        );
        assert!(
            told.uri.contains(&format!("secret={}", told.key)),
            "{}",
            told.uri
        );
    }

    #[test]
    fn recovery_codes_never_repeat_and_are_read_as_people_type() {
        let codes = fresh_recovery_codes().unwrap();
        assert_eq!(codes.len(), CODES);
        let different: std::collections::BTreeSet<_> = codes.iter().collect();
        assert_eq!(different.len(), CODES);
        let typed = format!(" {} ", codes[0].to_uppercase().replace('-', " "));
        assert_eq!(bare(&typed), bare(&codes[0]));
        assert_eq!(bare(&codes[0]).len(), 16);
    }
}
