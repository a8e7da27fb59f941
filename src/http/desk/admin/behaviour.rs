//! A site's settings as a form: read from it, and written into it.

use crate::domain::{FieldError, HoldAnswer, SiteSettings};
use crate::http::desk::form::Fields;

/// Bounds of an error budget, as shares.
const LEAST: f64 = 0.000_01;
const MOST: f64 = 0.5;

/// What the form sets.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Behaviour {
    hold: HoldAnswer,
    discard: bool,
    max_ham_rejected: Option<f64>,
    max_spam_accepted: Option<f64>,
    reject: Option<bool>,
}

impl Behaviour {
    /// Reads the form.
    ///
    /// # Errors
    /// A choice is none of those offered, or a share is none.
    pub fn read(fields: &Fields) -> Result<Self, FieldError> {
        let hold = fields.get("hold");
        let hold = HoldAnswer::ALL.into_iter().find(|one| one.as_str() == hold);
        Ok(Self {
            hold: hold.ok_or_else(|| offered("hold"))?,
            discard: fields.get("discard") == "yes",
            max_ham_rejected: share(fields, "max_ham_rejected")?,
            max_spam_accepted: share(fields, "max_spam_accepted")?,
            reject: match fields.get("reject") {
                "" => None,
                "yes" => Some(true),
                "no" => Some(false),
                _ => return Err(offered("reject")),
            },
        })
    }

    pub fn apply(self, settings: &mut SiteSettings) {
        settings.hold = self.hold;
        settings.discard = self.discard;
        settings.max_ham_rejected = self.max_ham_rejected;
        settings.max_spam_accepted = self.max_spam_accepted;
        settings.reject = self.reject;
    }
}

fn offered(field: &str) -> FieldError {
    FieldError::new(field, "is none of the choices", "use those of the page")
}

/// Per cent as they are typed, as a share; nothing is the installation's.
fn share(fields: &Fields, field: &str) -> Result<Option<f64>, FieldError> {
    let typed = fields.get(field).replace(['%', ' ', '\u{a0}'], "");
    if typed.is_empty() {
        return Ok(None);
    }
    let share = typed.replace(',', ".").parse::<f64>().ok();
    // A thousandth of a per cent is the last digit that counts.
    let share = share.map(|percent| (percent * 1_000.0).round() / 100_000.0);
    match share.filter(|share| (LEAST..=MOST).contains(share)) {
        Some(share) => Ok(Some(share)),
        None => Err(FieldError::new(
            field,
            "is no share",
            "give per cent from 0.001 to 50, or nothing for the installation's",
        )),
    }
}

/// A share in per cent, as it is typed.
pub fn percent(share: f64) -> String {
    let rounded = (share * 100_000.0).round() / 1_000.0;
    rounded.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(form: &str) -> Result<Behaviour, String> {
        Behaviour::read(&Fields::read(form.as_bytes())).map_err(|error| error.field)
    }

    #[test]
    fn shares_are_typed_in_per_cent() {
        let form = "hold=ask&max_ham_rejected=0%2C1&max_spam_accepted=+2.5+%25&reject=no";
        let behaviour = read(form).unwrap();
        assert_eq!(behaviour.max_ham_rejected, Some(0.001));
        assert_eq!(behaviour.max_spam_accepted, Some(0.025));
        assert_eq!((behaviour.reject, behaviour.discard), (Some(false), false));
        for share in [0.001, 0.025, 0.000_01, 0.5, 0.1] {
            let form = format!("hold=ask&max_ham_rejected={}", percent(share));
            assert_eq!(read(&form).unwrap().max_ham_rejected, Some(share), "{form}");
        }
        let bare = read("hold=spam&discard=yes").unwrap();
        assert_eq!((bare.max_ham_rejected, bare.reject), (None, None));
        assert!(bare.discard);
    }

    #[test]
    fn what_is_not_offered_is_refused_by_its_name() {
        for (form, field) in [
            ("hold=maybe", "hold"),
            ("", "hold"),
            ("hold=ask&reject=perhaps", "reject"),
            ("hold=ask&max_ham_rejected=51", "max_ham_rejected"),
            ("hold=ask&max_ham_rejected=NaN", "max_ham_rejected"),
            ("hold=ask&max_spam_accepted=0", "max_spam_accepted"),
            ("hold=ask&max_spam_accepted=-1", "max_spam_accepted"),
        ] {
            assert_eq!(read(form), Err(field.to_owned()), "{form}");
        }
    }
}
