//! The report's charts, as SVG for a page.
//!
//! Each colour is one of the constants here, and nothing else in a chart has
//! it: the page's stylesheet finds them by value and gives them others in the
//! dark. Charts are drawn at twice their smallest size, for plotters counts in
//! whole pixels.

use anyhow::Result;
use plotters::coord::Shift;
use plotters::prelude::*;

use crate::evaluation::{Curves, JudgedBy};

/// Keep with `page.css`.
const INK: RGBColor = RGBColor(0x3C, 0x3A, 0x36);
const GRID: RGBColor = RGBColor(0xDD, 0xD9, 0xD1);
const HAM: RGBColor = RGBColor(0x1F, 0x6F, 0xA8);
const SPAM: RGBColor = RGBColor(0xC4, 0x4E, 0x1C);

const SIZE: (u32, u32) = (720, 540);
const TEXT: u32 = 31;
/// The lowest false positives that the ROC curve shows: what is below lies
/// there, for a logarithm has no 0.
const LEAST: f64 = 1e-4;
/// Shares of ham wronged that have a dot.
const MARKED: [f64; 3] = [0.001, 0.005, 0.01];

type Area<'s> = DrawingArea<SVGBackend<'s>, Shift>;

/// Spam caught over ham wronged, the latter on a logarithmic axis, for a filter
/// lives at its left end.
pub fn roc(curves: &Curves) -> Result<String> {
    svg("ROC curve: spam caught over false positives", |area| {
        let mut chart = builder(area).build_cartesian_2d((LEAST..1.0).log_scale(), 0.0..1.0)?;
        chart
            .configure_mesh()
            .axis_style(INK)
            .bold_line_style(GRID)
            .light_line_style(TRANSPARENT)
            .y_labels(6)
            .label_style(text())
            .x_label_formatter(&|share| format!("{} %", 100.0 * share))
            .y_label_formatter(&per_cent)
            .x_desc("ham wronged")
            .y_desc("spam caught")
            .draw()?;
        let points = curves.roc.iter();
        let points = points.map(|point| (point.false_positives.max(LEAST), point.caught));
        chart.draw_series(LineSeries::new(points, SPAM.stroke_width(5)))?;
        let marked = curves.thresholds.iter();
        let marked = marked.filter(|at| MARKED.contains(&at.allowed));
        chart.draw_series(marked.map(|at| {
            let place = (at.ham.rate.max(LEAST), at.spam.rate);
            Circle::new(place, 9, SPAM.filled())
        }))?;
        Ok(())
    })
}

/// How often what was given a probability was spam; a calibrated filter lies on
/// the diagonal.
pub fn reliability(curves: &Curves) -> Result<String> {
    svg(
        "Reliability: share of spam over the probability given",
        |area| {
            let mut chart = builder(area).build_cartesian_2d(0.0..1.0, 0.0..1.0)?;
            chart
                .configure_mesh()
                .axis_style(INK)
                .bold_line_style(GRID)
                .light_line_style(TRANSPARENT)
                .x_labels(6)
                .y_labels(6)
                .label_style(text())
                .x_label_formatter(&per_cent)
                .y_label_formatter(&per_cent)
                .x_desc("probability given")
                .y_desc("was spam")
                .draw()?;
            let diagonal = [(0.0, 0.0), (1.0, 1.0)];
            chart.draw_series(DashedLineSeries::new(diagonal, 10, 10, INK.stroke_width(2)))?;
            let bars = curves.reliability.iter().map(|bin| {
                let ends = [(bin.said, bin.spam.low), (bin.said, bin.spam.high)];
                PathElement::new(ends, HAM.stroke_width(4))
            });
            chart.draw_series(bars)?;
            let points = curves.reliability.iter();
            let points = points.map(|bin| Circle::new((bin.said, bin.spam.rate), 9, HAM.filled()));
            chart.draw_series(points)?;
            Ok(())
        },
    )
}

/// Where the scores of ham and of spam lie, each in shares of its class, with
/// the thresholds where there is one pair.
pub fn histogram(curves: &Curves, judged_by: &[JudgedBy]) -> Result<String> {
    let total = |of: fn(&crate::evaluation::Slot) -> usize| {
        curves.histogram.iter().map(of).sum::<usize>().max(1) as f64
    };
    let (ham, spam) = (total(|slot| slot.ham), total(|slot| slot.spam));
    let shares = curves.histogram.iter();
    let shares: Vec<(f64, f64, f64, f64)> = shares
        .map(|slot| {
            (
                slot.from,
                slot.to,
                slot.ham as f64 / ham,
                slot.spam as f64 / spam,
            )
        })
        .collect();
    let highest = shares
        .iter()
        .map(|slot| slot.2.max(slot.3))
        .fold(0.01, f64::max);
    let range = match (curves.histogram.first(), curves.histogram.last()) {
        (Some(first), Some(last)) => first.from..last.to,
        _ => -1.0..1.0,
    };
    svg("Histograms of the log-odds of ham and of spam", |area| {
        let mut chart = builder(area).build_cartesian_2d(range, 0.0..1.05 * highest)?;
        chart
            .configure_mesh()
            .axis_style(INK)
            .bold_line_style(GRID)
            .light_line_style(TRANSPARENT)
            .y_labels(6)
            .label_style(text())
            .x_label_formatter(&|log_odds| format!("{log_odds:+.0}"))
            .y_label_formatter(&per_cent)
            .x_desc("log-odds of spam")
            .y_desc("share of the class")
            .draw()?;
        let bar = |from: f64, to: f64, share: f64, colour: RGBColor| {
            Rectangle::new([(from, 0.0), (to, share)], colour.mix(0.6).filled())
        };
        chart.draw_series(
            shares
                .iter()
                .map(|(from, to, ham, _)| bar(*from, *to, *ham, HAM)),
        )?;
        chart.draw_series(
            shares
                .iter()
                .map(|(from, to, _, spam)| bar(*from, *to, *spam, SPAM)),
        )?;
        if let [one] = judged_by {
            for at in [one.accept_below, one.reject_above].into_iter().flatten() {
                let line = [(at, 0.0), (at, 1.05 * highest)];
                chart.draw_series(DashedLineSeries::new(line, 10, 8, INK.stroke_width(3)))?;
            }
        }
        Ok(())
    })
}

fn builder<'a, 's>(area: &'a Area<'s>) -> ChartBuilder<'a, 's, SVGBackend<'s>> {
    let mut builder = ChartBuilder::on(area);
    builder
        .margin(12)
        .margin_right(36)
        .x_label_area_size(92)
        .y_label_area_size(124);
    builder
}

fn text<'t>() -> TextStyle<'t> {
    ("sans-serif", TEXT).into_font().color(&INK)
}

fn per_cent(share: &f64) -> String {
    format!("{:.0} %", 100.0 * share)
}

/// A drawing that takes the width it is given.
fn svg(title: &str, draw: impl FnOnce(&Area) -> Result<()>) -> Result<String> {
    let mut drawn = String::new();
    {
        let area = SVGBackend::with_string(&mut drawn, SIZE).into_drawing_area();
        draw(&area)?;
        area.present()?;
    }
    let fixed = format!("<svg width=\"{}\" height=\"{}\"", SIZE.0, SIZE.1);
    let named = format!("<svg role=\"img\" aria-label=\"{title}\"");
    Ok(drawn.replacen(&fixed, &named, 1))
}
