//! Markup, and what it is used for.

use super::families::Family;
use super::rule::{Hit, Rule, Weight, text};

pub static FAMILY: Family = Family {
    name: "markup",
    summary: "Markup, and what it is used for.",
    rules: &[
        Rule {
            id: "markup/hidden",
            summary: "Text made invisible",
            docs: "Only a machine is to read it.",
            weight: Weight::Fitted,
            check: |features| (features.markup.hidden > 0).then(|| Hit::new("hidden text")),
            fires: &[text("<div style=\"display:none\">pills</div>")],
            passes: &[text("<div>display: none hides it</div>")],
        },
        Rule {
            id: "markup/active",
            summary: "Scripts, frames or forms",
            docs: "No blog lets readers embed them. Web developers quote them.",
            weight: Weight::Fitted,
            check: |features| (features.markup.active > 0).then(|| Hit::new("an active element")),
            fires: &[text("<script src=\"http://a.com/x.js\"></script>")],
            passes: &[text("&lt;script&gt; is escaped")],
        },
        Rule {
            id: "markup/bbcode-link",
            summary: "A link in BBCode",
            docs: "Forums read it; blogs hardly do.",
            weight: Weight::Fitted,
            check: |features| {
                let links = features.markup.bbcode_links;
                (links > 0).then(|| {
                    Hit::new(format!("{links} links")).level(if links > 2 { 2 } else { 1 })
                })
            },
            fires: &[text("[url=http://a.com]a[/url]")],
            passes: &[text("a[url] = b")],
        },
        Rule {
            id: "markup/every-dialect",
            summary: "Links in several dialects at once",
            docs: "Whoever does not know the blog tries them all.",
            weight: Weight::Fitted,
            check: |features| {
                let counts = features.markup;
                let dialects = u8::from(counts.html_links > 0)
                    + u8::from(counts.bbcode_links > 0)
                    + u8::from(counts.markdown_links > 0);
                (dialects > 1).then(|| Hit::new(format!("{dialects} dialects")).level(dialects - 1))
            },
            fires: &[text(
                "<a href=\"http://a.com\">a</a> [url=http://a.com]a[/url]",
            )],
            passes: &[text("<a href=\"http://a.com\">a</a>")],
        },
        Rule {
            id: "markup/encoded",
            summary: "Many character references",
            docs: "Letters written as numbers hide words. Editors escape quotes and ampersands.",
            weight: Weight::Fitted,
            check: |features| {
                let share =
                    f64::from(features.markup.entities) / features.shape.chars.max(1) as f64;
                (share > 0.15 && features.markup.entities > 4)
                    .then(|| Hit::new(format!("{} references", features.markup.entities)))
            },
            fires: &[text("&#99;&#97;&#115;&#105;&#110;&#111;")],
            passes: &[text(
                "Tom &amp; Jerry said &quot;hello&quot; to everyone around",
            )],
        },
        Rule {
            id: "markup/code",
            summary: "Signs of code",
            docs: "Programmers quote code; spam hardly does.",
            weight: Weight::Fitted,
            check: |features| (features.markup.code > 0).then(|| Hit::new("code")),
            fires: &[text("use `cargo test`")],
            passes: &[text("use the test")],
        },
        Rule {
            id: "markup/shown-link",
            summary: "Markup that a reader would see",
            docs: "A link escaped twice, or written for another system. Web developers quote it.",
            weight: Weight::Fitted,
            check: |features| {
                ["<a href", "[url", "href=\"http", "</a>", "[/url]"]
                    .iter()
                    .any(|mark| features.plain.contains(mark))
                    .then(|| Hit::new("markup as text"))
            },
            fires: &[text("&lt;a href=&quot;http://a.com&quot;&gt;buy&lt;/a&gt;")],
            passes: &[text("an a with its href")],
        },
    ],
};
