//! Where in the queue somebody is: read from an address or a form, and written
//! into the next one.

use url::form_urlencoded::Serializer;
use uuid::Uuid;

use crate::domain::CommentId;
use crate::service::View;
use crate::store::{Order, Place};

/// A site, a view, an order, and how far one has come.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Whereabouts {
    /// Empty: whichever site comes first.
    pub site: String,
    pub view: View,
    pub order: Order,
    pub after: Option<Place>,
}

/// Every view, with its word in addresses and in the keys of messages.
pub const VIEWS: [(View, &str); 4] = [
    (View::Held, "held"),
    (View::Accepted, "accepted"),
    (View::Rejected, "rejected"),
    (View::Decided, "decided"),
];

/// Every order, likewise.
pub const ORDERS: [(Order, &str); 3] = [
    (Order::Newest, "newest"),
    (Order::Oldest, "oldest"),
    (Order::Riskiest, "riskiest"),
];

impl Whereabouts {
    /// Reads a query. What cannot be understood is as if it were not there.
    pub fn read(query: &str) -> Self {
        let mut here = Self::default();
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            match &*name {
                "site" => here.site = value.into_owned(),
                "view" => {
                    let known = VIEWS.into_iter().find(|(_, word)| *word == value);
                    here.view = known.map_or(View::Held, |(view, _)| view);
                }
                "order" => {
                    let known = ORDERS.into_iter().find(|(_, word)| *word == value);
                    here.order = known.map_or(Order::Newest, |(order, _)| order);
                }
                "after" => here.after = place(&value),
                _ => {}
            }
        }
        here
    }

    /// Writes what [`Whereabouts::read`] reads.
    pub fn query(&self) -> String {
        let mut query = Serializer::new(String::new());
        query.append_pair("site", &self.site);
        for (view, word) in VIEWS {
            if view == self.view && view != View::default() {
                query.append_pair("view", word);
            }
        }
        for (order, word) in ORDERS {
            if order == self.order && order != Order::default() {
                query.append_pair("order", word);
            }
        }
        if let Some(Place {
            comment_id,
            log_odds,
            ..
        }) = self.after
        {
            query.append_pair("after", &format!("{comment_id}_{log_odds}"));
        }
        query.finish()
    }

    /// The view's word.
    pub fn view_word(&self) -> &'static str {
        let mut views = VIEWS.into_iter();
        let found = views.find(|(view, _)| *view == self.view);
        found.map_or("held", |(_, word)| word)
    }

    /// The page's address.
    pub fn address(&self) -> String {
        format!("/desk?{}", self.query())
    }
}

fn place(text: &str) -> Option<Place> {
    let (id, log_odds) = text.split_once('_')?;
    Some(Place {
        comment_id: CommentId(Uuid::try_parse(id).ok()?),
        lesson: 0.0,
        log_odds: log_odds
            .parse()
            .ok()
            .filter(|odds: &f64| odds.is_finite())?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        for (view, _) in VIEWS {
            for (order, _) in ORDERS {
                let here = Whereabouts {
                    site: "a & b=ü".into(),
                    view,
                    order,
                    after: Some(Place {
                        comment_id: CommentId(Uuid::from_u128(7)),
                        log_odds: -2.123_456_789_012_345,
                        lesson: 0.0,
                    }),
                };
                assert_eq!(Whereabouts::read(&here.query()), here);
            }
        }
    }

    #[test]
    fn nonsense_is_the_first_page() {
        for query in [
            "after=x",
            "after=_1",
            "view=1&order=2",
            "after=00000000-0000-0000-0000-000000000007_NaN",
            "%ff",
        ] {
            assert_eq!(Whereabouts::read(query), Whereabouts::default(), "{query}");
        }
    }
}
