//! The report as one HTML page that asks no other host for anything.

use anyhow::Result;

use super::charts;
use super::page_tables::{self, cards, escaped, interval, own_id, table};
use crate::bayes::metrics::Rate;
use crate::evaluation::{Report, Shown};

/// The whole page.
pub fn render(report: &Report) -> Result<String> {
    let judged_by = match report.judged_by.as_slice() {
        [one] => format!(
            "Model <code>{}</code>, policy <code>{}</code>.",
            escaped(&one.model),
            escaped(&one.policy)
        ),
        several => format!(
            "{} models, each on what it did not see in training.",
            several.len()
        ),
    };
    let mut body = format!(
        "<header>\n<h1>How well comments were judged</h1>\n<p>{} ham and {} spam. {judged_by} \
         Small figures are 95 % intervals.</p>\n</header>\n<main>\n",
        report.pooled.ham, report.pooled.spam
    );
    body.push_str(&figures(report));
    body.push_str(&drawn(report)?);
    body.push_str(&page_tables::measures("Pooled", "set", &[&report.pooled]));
    body.push_str(&page_tables::thresholds(&report.curves));
    for section in &report.sections {
        let sets: Vec<_> = section.sets.iter().collect();
        let title = format!("By {}", section.by);
        body.push_str(&page_tables::measures(&title, section.by, &sets));
    }
    if let Some(learning) = &report.learning {
        body.push_str(&page_tables::learning(learning));
    }
    if let Some(comparison) = &report.comparison {
        body.push_str(&page_tables::comparison(&report.pooled, comparison));
    }
    body.push_str(&errors("Ham that looks most like spam", &report.worst.ham));
    body.push_str(&errors("Spam that looks most like ham", &report.worst.spam));
    body.push_str(&page_tables::rules(&report.rules));
    if report.judged_by.len() > 1 {
        body.push_str(&models(report));
    }
    Ok(format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>hamgate evaluate</title>\n<style>\n{}</style>\n</head>\n<body>\n{body}</main>\n</body>\n\
         </html>\n",
        include_str!("page.css")
    ))
}

/// The figures that one looks for first.
fn figures(report: &Report) -> String {
    let pooled = &report.pooled;
    let figure =
        |name: &str, value: String| format!("<div><dt>{name}</dt><dd>{value}</dd></div>\n");
    let rate = |rate: Rate| match rate.n {
        0 => "–".to_owned(),
        n => format!(
            "{:.2} %{}<small>{} of {n}</small>",
            100.0 * rate.rate,
            interval(100.0 * rate.low, 100.0 * rate.high, 2),
            rate.count
        ),
    };
    let area = pooled
        .one_minus_roca_percent
        .map_or("–".to_owned(), |area| {
            format!("{:.2} %{}", area.percent, interval(area.low, area.high, 2))
        });
    let figures = [
        figure("(1-ROCA)", area),
        figure("ham rejected", rate(pooled.ham_rejected)),
        figure("ham held", rate(pooled.ham_held)),
        figure("spam accepted", rate(pooled.spam_accepted)),
        figure("spam held", rate(pooled.spam_held)),
    ]
    .concat();
    format!("<dl class=\"figures\">\n{figures}</dl>\n")
}

fn drawn(report: &Report) -> Result<String> {
    let figure = |title: &str, svg: String, caption: &str| {
        format!("<figure>\n<h3>{title}</h3>\n{svg}<figcaption>{caption}</figcaption>\n</figure>\n")
    };
    let mut charts = String::new();
    if !report.curves.roc.is_empty() {
        charts.push_str(&figure(
            "ROC",
            charts::roc(&report.curves)?,
            "Spam caught over ham wronged, which is on a logarithmic axis. Dots: where at most \
             0.1, 0.5 and 1 % of this ham is wronged.",
        ));
    }
    charts.push_str(&figure(
        "Scores",
        charts::histogram(&report.curves, &report.judged_by)?,
        "<span class=\"ham\">Ham</span> and <span class=\"spam\">spam</span> by log-odds; \
         dashed, the thresholds to accept and to reject, where one policy judged.",
    ));
    charts.push_str(&figure(
        "Reliability",
        charts::reliability(&report.curves)?,
        "How often a probability came true, in ten bins. On the dashed line it means what it says.",
    ));
    Ok(format!("<div class=\"charts\">\n{charts}</div>\n"))
}

fn errors(title: &str, errors: &[Shown]) -> String {
    let card = |error: &Shown| {
        let reasons: String = error
            .evidence
            .iter()
            .map(|piece| {
                format!(
                    "<li><b>{:+.2}</b> {}: {}</li>\n",
                    piece.log_odds.0,
                    escaped(&piece.reason),
                    escaped(&piece.detail)
                )
            })
            .collect();
        format!(
            "<article>\n<p class=\"where\"><b>{:+.2}</b> {} · {}{}</p>\n\
             <blockquote dir=\"auto\">{}</blockquote>\n<ul>\n{reasons}</ul>\n</article>\n",
            error.log_odds,
            error.verdict.as_str(),
            escaped(&error.site),
            own_id(error.id.as_deref()),
            escaped(&error.excerpt),
        )
    };
    if errors.is_empty() {
        return String::new();
    }
    cards(title, errors.iter().map(card))
}

fn models(report: &Report) -> String {
    let rows = report.judged_by.iter().map(|one| {
        vec![
            format!("<code>{}</code>", escaped(&one.model)),
            format!("<code>{}</code>", escaped(&one.policy)),
            one.comments.to_string(),
        ]
    });
    table("Models", "", &["model", "policy", "comments judged"], rows)
}
