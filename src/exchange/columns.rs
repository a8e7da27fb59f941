//! Which column of a table holds which field.

use std::collections::BTreeMap;

use csv::StringRecord;

use super::export;
use super::refused::Refused;
use crate::domain::Label;

/// Fields, each with the names that columns have for it, the best first.
const COLUMNS: &[(&str, &str)] = &[
    (
        "content",
        "content comment_content comment text body message comment_text html markdown",
    ),
    ("id", "id comment_id commentid cid guid"),
    (
        "author",
        "author comment_author author_name name member_name user_name username",
    ),
    (
        "email",
        "email comment_author_email author_email mail member_email e_mail",
    ),
    ("email_domain", "email_domain"),
    (
        "url",
        "url comment_author_url author_url website homepage link",
    ),
    (
        "ip",
        "ip comment_author_ip author_ip ip_address remote_addr",
    ),
    ("user_agent", "user_agent comment_agent agent"),
    ("user_id", "user_id"),
    (
        "date",
        "date comment_date_gmt comment_date created_at created timestamp time published_at",
    ),
    ("status", "status comment_approved approved state"),
    ("label", "label is_spam spam class"),
    ("kind", "kind comment_type type"),
    ("post", "post post_title title post_slug slug"),
    ("post_url", "post_url page permalink"),
    ("parent", "parent_id comment_parent parent in_reply_to"),
];

/// How a table is written and what its columns mean.
#[derive(Debug, Clone, Default)]
pub struct Dialect {
    /// A field, and the column that holds it.
    pub columns: Vec<(String, String)>,
    /// Found out where it is not named.
    pub delimiter: Option<u8>,
    /// What comments without a status are.
    pub unlabelled: Option<Label>,
    /// Statuses and kinds are WordPress's.
    pub wordpress: bool,
}

/// The fields that a column can be named for.
pub fn fields() -> impl Iterator<Item = &'static str> {
    COLUMNS.iter().map(|(field, _)| *field)
}

/// Where each field stands.
pub struct Columns {
    places: BTreeMap<&'static str, Vec<usize>>,
    /// The table is hamgate's own, whose cells are guarded.
    pub own: bool,
}

impl Columns {
    pub fn of(headers: &StringRecord, dialect: &Dialect) -> Result<Self, Refused> {
        let plain = |name: &str| name.trim().to_lowercase().replace([' ', '-', '.'], "_");
        let headers: Vec<String> = headers.iter().map(plain).collect();
        let mut places: BTreeMap<&'static str, Vec<usize>> = BTreeMap::new();
        for (field, names) in COLUMNS {
            let named = dialect.columns.iter().find(|(of, _)| of == field);
            let found: Vec<usize> = match named {
                Some((_, column)) => {
                    let place = headers.iter().position(|header| *header == plain(column));
                    vec![place.ok_or_else(|| {
                        Refused::line(
                            1,
                            format!("has no column `{column}`"),
                            format!("the columns are: {}", headers.join(", ")),
                        )
                    })?]
                }
                None => names
                    .split(' ')
                    .filter_map(|name| headers.iter().position(|header| *header == name))
                    .collect(),
            };
            places.insert(field, found);
        }
        if places.get("content").is_none_or(Vec::is_empty) {
            return Err(Refused::line(
                1,
                "no column is known to hold the comments' text",
                format!(
                    "name it: --column content=COLUMN; the columns are: {}",
                    headers.join(", ")
                ),
            ));
        }
        Ok(Self {
            own: headers == export::COLUMNS,
            places,
        })
    }

    /// The columns of a field, the best first.
    pub fn of_field(&self, field: &str) -> &[usize] {
        self.places.get(field).map_or(&[], Vec::as_slice)
    }
}
