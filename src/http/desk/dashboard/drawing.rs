//! How charts are drawn: as SVG that takes its colours from the stylesheet.
//!
//! Each colour is one of the constants here, and nothing else in a chart has
//! it: `dashboard.css` finds them by value and gives them those of the page,
//! light or dark. Attributes of SVG are no inline style, so the policy of the
//! pages lets them be. Charts are drawn at about twice their size, for plotters
//! counts in whole pixels.

use std::fmt;

use askama::filters::HtmlSafe;
use plotters::coord::Shift;
use plotters::prelude::*;

/// Keep with `dashboard.css`.
pub const INK: RGBColor = RGBColor(0x3C, 0x3A, 0x36);
pub const GRID: RGBColor = RGBColor(0xDD, 0xD9, 0xD1);
pub const ACCEPT: RGBColor = RGBColor(0x1F, 0x7A, 0x45);
pub const HOLD: RGBColor = RGBColor(0xB0, 0x7D, 0x00);
pub const REJECT: RGBColor = RGBColor(0x8F, 0x1D, 0x12);
pub const ACCENT: RGBColor = RGBColor(0x0B, 0x6B, 0x63);

pub const WIDTH: u32 = 720;
/// plotters writes it a fifth smaller.
pub const TEXT: u32 = 33;

pub type Area<'s> = DrawingArea<SVGBackend<'s>, Shift>;
/// What a drawing can fail with: writing into a string does not.
pub type Drawn = Result<(), Box<dyn std::error::Error>>;

/// A drawing, made here and of nothing but numbers and our own words; plotters
/// escapes those.
pub struct Svg(String);

impl fmt::Display for Svg {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl HtmlSafe for Svg {}

impl Svg {
    /// A drawing of that height that takes the width it is given. One that
    /// cannot be made is left out: its table says the same.
    pub fn draw(title: &str, height: u32, draw: impl FnOnce(&Area) -> Drawn) -> Option<Self> {
        let mut drawn = String::new();
        let size = (WIDTH, height);
        {
            let area = SVGBackend::with_string(&mut drawn, size).into_drawing_area();
            let outcome = draw(&area).and_then(|()| Ok(area.present()?));
            if let Err(error) = outcome {
                tracing::error!(%error, "a chart cannot be drawn");
                return None;
            }
        }
        let fixed = format!("<svg width=\"{}\" height=\"{height}\"", size.0);
        let title = html_escaped(title);
        let named = format!("<svg role=\"img\" aria-label=\"{title}\"");
        // An opacity of 1 and an empty line say nothing.
        let drawn = drawn
            .replacen(&fixed, &named, 1)
            .replace(" opacity=\"1\"", "")
            .replace(" stroke=\"none\"", "")
            .replace('\n', "");
        Some(Self(drawn))
    }
}

fn html_escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
}

pub fn builder<'a, 's>(area: &'a Area<'s>) -> ChartBuilder<'a, 's, SVGBackend<'s>> {
    let mut builder = ChartBuilder::on(area);
    builder.margin(8).margin_right(28).x_label_area_size(52);
    builder
}

pub fn text<'t>() -> TextStyle<'t> {
    ("sans-serif", TEXT).into_font().color(&INK)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_has_no_style_of_its_own_and_its_words_are_escaped() {
        let svg = Svg::draw("\"<a> & b", 100, |area| {
            area.draw(&Text::new("</text><script>", (10, 10), text()))?;
            Ok(())
        });
        let svg = svg.unwrap().to_string();
        assert!(svg.starts_with("<svg role=\"img\" aria-label=\"&quot;&lt;a> &amp; b\""));
        assert!(svg.contains("viewBox=\"0 0 720 100\""), "{svg}");
        for forbidden in ["style=", "<style", "<script", "href", "url("] {
            assert!(!svg.contains(forbidden), "{forbidden} in {svg}");
        }
    }
}
