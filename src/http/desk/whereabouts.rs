//! Where in the queue somebody is: read from an address or a form, and written
//! into the next one.

use url::form_urlencoded::Serializer;
use uuid::Uuid;

use super::finding::Narrowed;
use crate::domain::CommentId;
use crate::service::View;
use crate::store::{Order, Place};

/// A site, a view, an order, filters, and how far one has come.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Whereabouts {
    /// Empty: whichever site comes first.
    pub site: String,
    pub view: View,
    pub order: Order,
    pub narrow: Narrowed,
    pub after: Option<Place>,
}

/// Every view, with its word in addresses and in the keys of messages.
pub const VIEWS: [(View, &str); 5] = [
    (View::Held, "held"),
    (View::Accepted, "accepted"),
    (View::Rejected, "rejected"),
    (View::Decided, "decided"),
    (View::All, "all"),
];

/// Every order, likewise.
pub const ORDERS: [(Order, &str); 4] = [
    (Order::Newest, "newest"),
    (Order::Oldest, "oldest"),
    (Order::Riskiest, "riskiest"),
    (Order::Lesson, "lesson"),
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
                name => here.narrow.take(name, &value),
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
        self.narrow.write(&mut query);
        if let Some(place) = self.after {
            let Place {
                comment_id,
                log_odds,
                lesson,
            } = place;
            query.append_pair("after", &format!("{comment_id}_{log_odds}_{lesson}"));
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
    let (id, numbers) = text.split_once('_')?;
    let (log_odds, lesson) = numbers.split_once('_')?;
    let number = |text: &str| text.parse().ok().filter(|number: &f64| number.is_finite());
    Some(Place {
        comment_id: CommentId(Uuid::try_parse(id).ok()?),
        log_odds: number(log_odds)?,
        lesson: number(lesson)?,
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
                    narrow: Narrowed {
                        words: "two words".into(),
                        ..Narrowed::default()
                    },
                    after: Some(Place {
                        comment_id: CommentId(Uuid::from_u128(7)),
                        log_odds: -2.123_456_789_012_345,
                        lesson: 0.1,
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
            "after=00000000-0000-0000-0000-000000000007_NaN_0",
            "after=00000000-0000-0000-0000-000000000007_1",
            "%ff",
        ] {
            assert_eq!(Whereabouts::read(query), Whereabouts::default(), "{query}");
        }
    }
}
