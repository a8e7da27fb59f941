//! The attacks as curves: solid without the defences, dashed with them.

use plotters::prelude::*;

/// A name with points of share, (1-ROCA) % undefended and defended.
pub type Curve = (&'static str, Vec<(f64, f64, f64)>);

const COLOURS: [RGBColor; 5] = [
    RGBColor(0x1F, 0x6F, 0xA8),
    RGBColor(0xC4, 0x4E, 0x1C),
    RGBColor(0x3A, 0x7D, 0x44),
    RGBColor(0x8A, 0x4F, 0x9E),
    RGBColor(0x6B, 0x62, 0x2A),
];

pub fn draw(curves: &[Curve]) -> String {
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, (900, 560)).into_drawing_area();
        area.fill(&WHITE).expect("a picture");
        let worst = curves
            .iter()
            .flat_map(|(_, points)| points.iter().map(|point| point.1.max(point.2)))
            .fold(0.0, f64::max);
        let mut chart = ChartBuilder::on(&area)
            .margin(24)
            .x_label_area_size(56)
            .y_label_area_size(72)
            .caption(
                "Honest sites: solid without the defences, dashed with them",
                ("sans-serif", 24),
            )
            .build_cartesian_2d(0.0..0.2, 0.0..worst * 1.1)
            .expect("a chart");
        chart
            .configure_mesh()
            .light_line_style(TRANSPARENT)
            .label_style(("sans-serif", 18))
            .x_label_formatter(&|share| format!("{:.0} %", 100.0 * share))
            .x_desc("share of the labels that is the attacker's")
            .y_desc("(1-ROCA) in per cent, less is better")
            .draw()
            .expect("a mesh");
        for ((name, points), colour) in curves.iter().zip(COLOURS) {
            let open = points.iter().map(|point| (point.0, point.1));
            chart
                .draw_series(LineSeries::new(open, colour.stroke_width(3)))
                .expect("a curve")
                .label(*name)
                .legend(move |(x, y)| {
                    PathElement::new([(x, y), (x + 24, y)], colour.stroke_width(3))
                });
            let defended = points.iter().map(|point| (point.0, point.2));
            chart
                .draw_series(DashedLineSeries::new(
                    defended,
                    8,
                    6,
                    colour.stroke_width(3),
                ))
                .expect("a curve");
        }
        chart
            .configure_series_labels()
            .position(SeriesLabelPosition::UpperLeft)
            .label_font(("sans-serif", 18))
            .draw()
            .expect("labels");
        area.present().expect("a picture");
    }
    svg
}
