//! The dashboard's charts.

use plotters::prelude::*;

use super::drawing::{ACCENT, ACCEPT, GRID, HOLD, INK, REJECT, Svg, TEXT, WIDTH, builder, text};
use super::shares::{Estimate, share};
use crate::http::locale::Locale;
use crate::service::LearningStep;
use crate::store::DayCounts;

const HEIGHT: u32 = 400;
/// Of one line of estimates.
const LINE: u32 = 84;
/// Room for the numbers at the left.
const LEFT: u32 = 104;

/// A stretch of days.
pub struct Bar {
    /// Its first day.
    pub name: String,
    pub counts: DayCounts,
}

/// Bars of several parts, one beside the other or one on top of the other.
enum Parts {
    Stacked,
    Beside,
}

/// Accepted, held and rejected, stacked.
pub fn verdicts(l: Locale, bars: &[Bar]) -> Option<Svg> {
    let parts = |bar: &Bar| bar.counts.answers.to_vec();
    let colours = [ACCEPT, HOLD, REJECT];
    let title = l.say("dashboard-verdicts");
    drawn_bars(&title, bars, &parts, &colours, &Parts::Stacked)
}

/// What was held, and what was decided.
pub fn queue(l: Locale, bars: &[Bar]) -> Option<Svg> {
    let parts = |bar: &Bar| vec![bar.counts.answers[1], bar.counts.decisions.total()];
    let title = l.say("dashboard-queue");
    drawn_bars(&title, bars, &parts, &[HOLD, ACCENT], &Parts::Beside)
}

fn drawn_bars(
    title: &str,
    bars: &[Bar],
    parts: &dyn Fn(&Bar) -> Vec<u64>,
    colours: &[RGBColor],
    how: &Parts,
) -> Option<Svg> {
    let height = |bar: &Bar| match how {
        Parts::Stacked => parts(bar).iter().sum::<u64>(),
        Parts::Beside => parts(bar).into_iter().max().unwrap_or(0),
    };
    let highest = bars.iter().map(height).max().unwrap_or(0).max(4) as f64;
    Svg::draw(title, HEIGHT, |area| {
        let mut chart = builder(area)
            .y_label_area_size(LEFT)
            .build_cartesian_2d(0.0..bars.len() as f64, 0.0..1.05 * highest)?;
        let name = |place: &f64| {
            let bar = bars.get(*place as usize);
            bar.map_or_else(String::new, |bar| bar.name.clone())
        };
        chart
            .configure_mesh()
            .disable_x_mesh()
            .axis_style(INK)
            .bold_line_style(GRID)
            .light_line_style(TRANSPARENT)
            .x_labels(3)
            .y_labels(5)
            .label_style(text())
            .x_label_formatter(&name)
            .y_label_formatter(&|number| format!("{number:.0}"))
            .draw()?;
        for (place, bar) in bars.iter().enumerate() {
            let (left, mut below) = (place as f64 + 0.1, 0.0);
            let wide = match how {
                Parts::Stacked => 0.8,
                Parts::Beside => 0.8 / colours.len() as f64,
            };
            for (part, number) in parts(bar).into_iter().enumerate() {
                let number = number as f64;
                if number == 0.0 {
                    continue;
                }
                let (from, bottom) = match how {
                    Parts::Stacked => (left, below),
                    Parts::Beside => (left + wide * part as f64, 0.0),
                };
                let ends = [(from, bottom), (from + wide, bottom + number)];
                chart.draw_series([Rectangle::new(ends, colours[part].filled())])?;
                below += number;
            }
        }
        Ok(())
    })
}

/// A line for each estimate that is known, with its interval.
pub fn estimates(l: Locale, lines: &[&Estimate]) -> Option<Svg> {
    let known: Vec<(&str, [f64; 3])> = lines
        .iter()
        .filter_map(|line| Some((line.what.as_str(), line.drawn?)))
        .collect();
    if known.is_empty() {
        return None;
    }
    let widest = known
        .iter()
        .map(|(_, [_, _, high])| *high)
        .fold(0.01, f64::max);
    let height = LINE * known.len() as u32 + 72;
    Svg::draw(&l.say("dashboard-errors"), height, |area| {
        let rows = known.len() as f64;
        let mut chart = builder(area)
            .margin_left(44)
            .build_cartesian_2d(0.0..widest.min(1.0), 0.0..rows)?;
        chart
            .configure_mesh()
            .disable_y_mesh()
            .axis_style(INK)
            .bold_line_style(GRID)
            .light_line_style(TRANSPARENT)
            .x_labels(5)
            .label_style(text())
            .x_label_formatter(&|at| share(l, *at))
            .draw()?;
        for (row, (what, [estimate, low, high])) in known.iter().enumerate() {
            let middle = rows - row as f64 - 0.68;
            let above = rows - row as f64 - 0.04;
            chart.draw_series([Text::new((*what).to_owned(), (0.0, above), text())])?;
            let ends = [(*low, middle), (*high, middle)];
            chart.draw_series([PathElement::new(ends, ACCENT.stroke_width(5))])?;
            chart.draw_series([Circle::new((*estimate, middle), 9, ACCENT.filled())])?;
        }
        Ok(())
    })
}

/// Shares held and wrong over the labels given.
pub fn learning(l: Locale, steps: &[LearningStep]) -> Option<Svg> {
    let (Some(first), Some(last), true) = (steps.first(), steps.last(), steps.len() > 1) else {
        return None;
    };
    let highest = steps
        .iter()
        .flat_map(|step| [step.held.high, step.wrong.high])
        .fold(0.05, f64::max);
    Svg::draw(&l.say("dashboard-learning"), HEIGHT, |area| {
        let range = first.labels as f64..1.02 * last.labels as f64;
        let mut chart = builder(area)
            .y_label_area_size(LEFT)
            .build_cartesian_2d(range, 0.0..1.02 * highest.min(1.0))?;
        chart
            .configure_mesh()
            .disable_x_mesh()
            .axis_style(INK)
            .bold_line_style(GRID)
            .light_line_style(TRANSPARENT)
            .x_labels(5)
            .y_labels(5)
            .label_style(text())
            .x_label_formatter(&|labels| format!("{labels:.0}"))
            .y_label_formatter(&|at| share(l, *at))
            .draw()?;
        for (colour, is_wrong) in [(HOLD, false), (REJECT, true)] {
            let of = |step: &LearningStep| if is_wrong { step.wrong } else { step.held };
            // A little apart, so that neither interval hides the other.
            let apart = if is_wrong { 0.01 } else { 0.0 };
            let apart = apart * (last.labels - first.labels) as f64;
            let at = |step: &LearningStep| step.labels as f64 + apart;
            let points: Vec<(f64, f64)> = steps
                .iter()
                .filter_map(|step| Some((at(step), of(step).estimate?)))
                .collect();
            chart.draw_series(steps.iter().map(|step| {
                let ends = [(at(step), of(step).low), (at(step), of(step).high)];
                PathElement::new(ends, colour.stroke_width(2))
            }))?;
            chart.draw_series(LineSeries::new(points.clone(), colour.stroke_width(4)))?;
            // One has dots and the other squares: told apart without colours.
            match is_wrong {
                false => chart.draw_series(
                    points
                        .into_iter()
                        .map(|point| Circle::new(point, 8, colour.filled())),
                )?,
                true => chart.draw_series(points.into_iter().map(|point| {
                    EmptyElement::at(point) + Rectangle::new([(-8, -8), (8, 8)], colour.filled())
                }))?,
            };
        }
        Ok(())
    })
}

const _: () = assert!(TEXT * 8 < WIDTH, "a label has room");
