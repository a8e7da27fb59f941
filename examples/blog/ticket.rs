//! The ticket: it goes out with each form and comes back with the comment.
//!
//! It says when the form was shown and carries a signature, so the blog learns
//! how long somebody took without keeping anything, and nobody can claim
//! another time. It works without JavaScript and without a cookie.

use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha2::Sha256;

/// Who leaves a page open for longer gets a fresh ticket, and sends again.
const VALID_SECONDS: i64 = 7 * 24 * 3600;

/// Makes tickets, and recognises its own.
pub struct Tickets {
    secret: [u8; 32],
}

/// A ticket that this blog gave out for this post, and not long ago.
#[derive(Debug, PartialEq)]
pub struct Ticket {
    /// Seconds between showing the form and sending it.
    pub seconds: f64,
    text: String,
}

impl Tickets {
    pub fn new(secret: [u8; 32]) -> Self {
        Self { secret }
    }

    /// For a form below the post `slug`: `MILLISECONDS.RANDOM.SIGNATURE`.
    pub fn give_out(&self, slug: &str, now: Timestamp) -> String {
        let mut random = [0; 8];
        getrandom::fill(&mut random).expect("the system has a random source");
        let signed = format!("{}.{}", now.as_millisecond(), HEXLOWER.encode(&random));
        let signature = self.sign(&["ticket", slug, &signed]);
        format!("{signed}.{signature}")
    }

    /// `None` for what is forged, made for another post, or too old.
    pub fn take_back(&self, slug: &str, text: &str, now: Timestamp) -> Option<Ticket> {
        let (signed, signature) = text.rsplit_once('.')?;
        let signature = HEXLOWER.decode(signature.as_bytes()).ok()?;
        self.mac(&["ticket", slug, signed])
            .verify_truncated_left(&signature)
            .ok()
            .filter(|()| signature.len() == 16)?;
        let shown_at: i64 = signed.split_once('.')?.0.parse().ok()?;
        let seconds = (now.as_millisecond() - shown_at) as f64 / 1000.0;
        (0.0..=VALID_SECONDS as f64)
            .contains(&seconds)
            .then(|| Ticket {
                seconds,
                text: text.to_owned(),
            })
    }

    /// The id of the comment that came with a ticket. A form that is sent twice
    /// makes one comment; a changed text makes another. Nobody can guess it, so
    /// it also is the address at which the author sees a comment that waits.
    pub fn comment_id(&self, ticket: &Ticket, name: &str, text: &str) -> String {
        self.sign(&["comment", &ticket.text, name, text])
    }

    /// 128 bits in hexadecimal.
    fn sign(&self, parts: &[&str]) -> String {
        HEXLOWER.encode(&self.mac(parts).finalize().into_bytes()[..16])
    }

    fn mac(&self, parts: &[&str]) -> Hmac<Sha256> {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.secret).expect("HMAC takes a key of any length");
        for part in parts {
            // Its length keeps `ab`, `c` apart from `a`, `bc`.
            mac.update(&part.len().to_le_bytes());
            mac.update(part.as_bytes());
        }
        mac
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;

    #[test]
    fn a_ticket_tells_the_time_and_cannot_be_forged() {
        let tickets = Tickets::new([7; 32]);
        let shown: Timestamp = "2026-11-24T08:30:00Z".parse().unwrap();
        let sent = shown + 42.seconds();
        let text = tickets.give_out("hub", shown);
        let ticket = tickets.take_back("hub", &text, sent).unwrap();
        assert_eq!(ticket.seconds, 42.0);

        let earlier = text.replacen(&shown.as_millisecond().to_string(), "1000000000000", 1);
        assert_eq!(tickets.take_back("hub", &earlier, sent), None);
        assert_eq!(tickets.take_back("bread", &text, sent), None);
        assert_eq!(Tickets::new([8; 32]).take_back("hub", &text, sent), None);
        assert_eq!(tickets.take_back("hub", &text, shown + 200.hours()), None);
        for broken in ["", ".", "1.2.", "1.2.zz", &text[..text.len() - 2]] {
            assert_eq!(tickets.take_back("hub", broken, sent), None, "{broken}");
        }
    }

    #[test]
    fn a_form_sent_twice_is_one_comment() {
        let tickets = Tickets::new([7; 32]);
        let now = Timestamp::UNIX_EPOCH;
        let text = tickets.give_out("hub", now);
        let first = tickets.take_back("hub", &text, now).unwrap();
        let again = tickets.take_back("hub", &text, now + 1.second()).unwrap();
        let id = tickets.comment_id(&first, "Mia", "Thank you");
        assert_eq!(id, tickets.comment_id(&again, "Mia", "Thank you"));
        assert_ne!(id, tickets.comment_id(&again, "Mia", "Thank you!"));
        assert_ne!(id, tickets.comment_id(&again, "Mi", "aThank you"));
    }
}
