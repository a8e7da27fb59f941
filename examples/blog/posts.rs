//! The posts of this blog. They are part of the program; what readers
//! write is in the database.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

/// An article. All of it is evidence for the filter: a comment about hubs
/// under a post about hubs is likelier to be honest.
pub struct Post {
    /// Its name in URLs.
    pub slug: &'static str,
    pub title: &'static str,
    pub summary: &'static str,
    /// BCP 47.
    pub language: &'static str,
    pub tags: &'static [&'static str],
    pub date: Date,
    /// HTML that the blog's owner wrote; the only text that is not escaped.
    pub body: &'static str,
}

/// Newest first.
pub static POSTS: [Post; 4] = [
    Post {
        slug: "cold-kitchen",
        title: "A starter for a cold kitchen",
        summary: "For two winters I believed that my sourdough was dead. It was only slow.",
        language: "en",
        tags: &["sourdough", "baking", "bread"],
        date: date(2026, 11, 15),
        body: include_str!("posts/cold-kitchen.html"),
    },
    Post {
        slug: "a-year-of-backups",
        title: "What a year of restoring taught me",
        summary: "Twelve drills, four faults, and not one of them had shown a red light.",
        language: "en",
        tags: &["backups", "computers"],
        date: date(2026, 10, 2),
        body: include_str!("posts/a-year-of-backups.html"),
    },
    Post {
        slug: "three-speed-hub",
        title: "Four drops of oil",
        summary: "A three-speed hub from 1958 slips in third. The shop says: a new wheel.",
        language: "en",
        tags: &["bicycles", "repair"],
        date: date(2026, 8, 19),
        body: include_str!("posts/three-speed-hub.html"),
    },
    Post {
        slug: "kirschbaum",
        title: "Der Kirschbaum im Hinterhof",
        summary: "Jedes Jahr kommt jemand mit einer Säge und guten Absichten.",
        language: "de",
        tags: &["Garten", "Obstbäume"],
        date: date(2026, 6, 7),
        body: include_str!("posts/kirschbaum.html"),
    },
];

pub fn post(slug: &str) -> Option<&'static Post> {
    POSTS.iter().find(|post| post.slug == slug)
}

impl Post {
    pub fn path(&self) -> String {
        format!("/posts/{}", self.slug)
    }

    /// Midnight of its day, in UTC.
    pub fn published_at(&self) -> Timestamp {
        self.date
            .to_zoned_datetime(TimeZone::UTC)
            .expect("UTC has every midnight")
            .timestamp()
    }

    pub fn day(&self) -> String {
        let format = match self.language {
            "de" => "%-d.%-m.%Y",
            _ => "%-d %B %Y",
        };
        self.date.strftime(format).to_string()
    }
}
