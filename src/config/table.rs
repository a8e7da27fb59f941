//! The table of settings: one row is the name, the default, the bound and the
//! documentation. A setting is here only if something reads it.

use super::field::Field;

/// One row.
pub struct Setting {
    /// Name in the file, with a dot for each table: `limits.body_bytes`.
    pub key: &'static str,
    /// As a user would write it.
    pub default: &'static str,
    pub doc: &'static str,
    /// Its type, its bound and where it is kept.
    pub field: Field,
}

impl Setting {
    /// Name in the environment: `HAMGATE_LIMITS_BODY_BYTES`.
    pub fn environment(&self) -> String {
        format!("HAMGATE_{}", self.key.replace('.', "_").to_uppercase())
    }

    /// The row of that name.
    pub fn by_key(key: &str) -> Option<&'static Self> {
        SETTINGS.iter().find(|setting| setting.key == key)
    }
}

/// Every setting, in the order of the documentation.
pub static SETTINGS: &[Setting] = &[
    Setting {
        key: "listen",
        default: "127.0.0.1:8080",
        doc: "Address and port to listen on; port 0 takes a free one.",
        field: Field::Address(|config| &mut config.listen),
    },
    Setting {
        key: "data",
        default: "data",
        doc: "Directory of the database and the installation's secret. Made if it does not exist.",
        field: Field::Path(|config| &mut config.data),
    },
    Setting {
        key: "public_url",
        default: "",
        doc: "Address under which people reach the moderator's desk, without a path. With `https://` its cookies are for TLS only, and browsers are told to stay with TLS. Empty: the desk answers under the names of this machine itself only (localhost, 127.0.0.1, [::1]).",
        field: Field::OptionalOrigin(|config| &mut config.public_url),
    },
    Setting {
        key: "model",
        default: "",
        doc: "Model file to judge with; empty for the one that is shipped with the program.",
        field: Field::OptionalPath(|config| &mut config.model),
    },
    Setting {
        key: "limits.body_bytes",
        default: "1048576",
        doc: "Largest body of a request; above it the answer is 413.",
        field: Field::whole(1_024, 67_108_864, |config| &mut config.limits.body_bytes),
    },
    Setting {
        key: "limits.line_bytes",
        default: "1048576",
        doc: "Longest line of `POST /v1/check/stream`; a longer one is answered with an error and skipped.",
        field: Field::whole(1_024, 67_108_864, |config| &mut config.limits.line_bytes),
    },
    Setting {
        key: "policy.max_ham_rejected",
        default: "0.001",
        doc: "Error budget: the share of honest comments that may be rejected.",
        field: Field::number(0.000_01, 0.5, |config| &mut config.policy.max_ham_rejected),
    },
    Setting {
        key: "policy.max_spam_accepted",
        default: "0.01",
        doc: "Error budget: the share of spam that may be accepted.",
        field: Field::number(0.000_01, 0.5, |config| &mut config.policy.max_spam_accepted),
    },
    Setting {
        key: "policy.reject",
        default: "true",
        doc: "Whether comments may be rejected at all; with `false` the worst verdict is hold.",
        field: Field::Switch(|config| &mut config.policy.reject),
    },
    Setting {
        key: "retention.days",
        default: "365",
        doc: "Days that a comment is kept; what was learnt from its label stays.",
        field: Field::whole(1, 36_500, |config| &mut config.retention.days),
    },
    Setting {
        key: "log.format",
        default: "pretty",
        doc: "How log lines are written to standard error.",
        field: Field::Choice(&["json", "pretty"], |config| &mut config.log.format),
    },
    Setting {
        key: "log.level",
        default: "info",
        doc: "The least serious lines that are logged.",
        field: Field::Choice(&["error", "warn", "info", "debug", "trace"], |config| {
            &mut config.log.level
        }),
    },
    Setting {
        key: "http.body_seconds",
        default: "10",
        doc: "Seconds in which a request's body must arrive; later the answer is 408.",
        field: Field::whole(1, 300, |config| &mut config.http.body_seconds),
    },
    Setting {
        key: "http.handler_seconds",
        default: "5",
        doc: "Seconds in which an answer must be ready once the body is there; later it is 503.",
        field: Field::whole(1, 300, |config| &mut config.http.handler_seconds),
    },
    Setting {
        key: "http.idle_seconds",
        default: "8",
        doc: "Seconds that a connection may stay open without a complete request head.",
        field: Field::whole(1, 300, |config| &mut config.http.idle_seconds),
    },
    Setting {
        key: "http.drain_seconds",
        default: "10",
        doc: "Seconds that requests under way get to finish when the service stops.",
        field: Field::whole(1, 300, |config| &mut config.http.drain_seconds),
    },
    Setting {
        key: "http.connections",
        default: "8192",
        doc: "Connections that may be open at once; further ones wait.",
        field: Field::whole(16, 1_000_000, |config| &mut config.http.connections),
    },
    Setting {
        key: "webhooks.undo_seconds",
        default: "10",
        doc: "Seconds in which a decision can be taken back without anybody being told of it.",
        field: Field::whole(0, 3_600, |config| &mut config.webhooks.undo_seconds),
    },
    Setting {
        key: "webhooks.allow_private",
        default: "false",
        doc: "Whether webhooks may call this machine and its own networks (loopback, RFC 1918, RFC 4193, RFC 6598). Link-local addresses, where clouds keep a machine's credentials, are never called.",
        field: Field::Switch(|config| &mut config.webhooks.allow_private),
    },
    Setting {
        key: "akismet.budget_ms",
        default: "800",
        doc: "Milliseconds after which a comment-check of Akismet's protocol is answered as one that hamgate could not judge; some clients wait one second.",
        field: Field::whole(50, 10_000, |config| &mut config.akismet.budget_ms),
    },
    Setting {
        key: "akismet.when_unavailable",
        default: "hold",
        doc: "What Akismet's clients are told of a comment that could not be judged in time, or not at all: `hold` as the site says it, `spam` or `ham`.",
        field: Field::Choice(&["hold", "spam", "ham"], |config| {
            &mut config.akismet.when_unavailable
        }),
    },
    Setting {
        key: "akismet.body_bytes",
        default: "2097152",
        doc: "Largest body of a request in Akismet's protocol; WordPress sends a long comment several times over.",
        field: Field::whole(65_536, 67_108_864, |config| &mut config.akismet.body_bytes),
    },
    Setting {
        key: "desk.idle_hours",
        default: "12",
        doc: "Hours without a click after which a moderator signs in again. Half a day, since most look in morning and evening from a device of their own; choose 2 where devices are shared.",
        field: Field::whole(1, 168, |config| &mut config.desk.idle_hours),
    },
    Setting {
        key: "desk.session_days",
        default: "30",
        doc: "Days after which a moderator signs in again, however busy; choose 1 where devices are shared.",
        field: Field::whole(1, 365, |config| &mut config.desk.session_days),
    },
    Setting {
        key: "desk.client_address_header",
        default: "",
        doc: "Header in which the reverse proxy names the client's address, such as X-Real-IP or X-Forwarded-For (its last entry counts). Believed only from a proxy on this machine or in a private network. Empty: attempts to sign in are counted by the connection's own address.",
        field: Field::OptionalHeader(|config| &mut config.desk.client_address_header),
    },
    Setting {
        key: "training.schedule",
        default: "03:30",
        doc: "Time of the day (UTC) at which the shared model is trained again on the labels of all sites, if there are new ones; `off` for never by the clock.",
        field: Field::TimeOfDay(|config| &mut config.training.schedule),
    },
    Setting {
        key: "training.after_labels",
        default: "1000",
        doc: "It is also trained again after so many new labels, at most once an hour; 0 for never for their number alone.",
        field: Field::whole(0, 10_000_000, |config| &mut config.training.after_labels),
    },
    Setting {
        key: "training.promote",
        default: "gate",
        doc: "What becomes of a model that was trained by itself: `gate` lets it judge if it is shown not to be worse on labels that it has not seen, `never` leaves that to `hamgate models promote`.",
        field: Field::Choice(&["gate", "never"], |config| &mut config.training.promote),
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_a_name_of_its_own_and_a_sentence() {
        for (place, setting) in SETTINGS.iter().enumerate() {
            assert!(setting.doc.ends_with('.'), "{}", setting.key);
            assert!(
                SETTINGS[..place]
                    .iter()
                    .all(|other| other.key != setting.key
                        && other.environment() != setting.environment()),
                "{} is there twice",
                setting.key
            );
        }
    }
}
