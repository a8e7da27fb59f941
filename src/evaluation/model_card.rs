//! The model card as a page for people: `docs/model-card.md`.

use std::fmt::Write;

use crate::bayes::metrics::Rate;
use crate::bayes::{Model, ModelCard, Slice, Threshold};

/// Written by hand: what the numbers cannot say.
const ABOUT: &str = include_str!("../../models/about.md");

/// The card of a model, in Markdown.
pub fn model_card_page(model: &Model) -> String {
    let card = model.card();
    let mut page = String::from(
        "# Model card\n\n<!-- Made from models/hamgate.model and models/about.md by `cargo test`; change \
         those, not this. -->\n\n",
    );
    let trained = &card.trained_on;
    let sites = trained.sites;
    push(
        &mut page,
        format_args!(
            "Model `{}` ({}): naive Bayes log-ratios times multipliers of a logistic regression \
             (Wang and Manning 2012), trained on {} ham and {} spam comments of {sites} sites.\n\n",
            model.id(),
            card.name,
            trained.ham,
            trained.spam
        ),
    );
    page.push_str(ABOUT);
    quality(&mut page, card);
    thresholds(&mut page, card);
    let slices = [("site", &card.by_site), ("language", &card.by_language)];
    for (by, slices) in slices.into_iter().filter(|(_, slices)| !slices.is_empty()) {
        by_part(&mut page, by, slices);
    }
    trained_on(&mut page, card);
    tongues(&mut page, card);
    page
}

fn push(page: &mut String, line: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = page.write_fmt(line);
}

fn quality(page: &mut String, card: &ModelCard) {
    let found = &card.out_of_fold;
    push(
        page,
        format_args!(
            "\n## How good it is\n\nOn comments of sites that the scoring model never saw ({} folds; {} ham, {} \
             spam, other genres left out):\n\n| measure | value |\n|---|---|\n| (1-ROCA) % | {:.2} |\n| Brier score | \
             {:.3} |\n| calibration error (ECE) | {:.3} |\n",
            found.folds,
            found.ham,
            found.spam,
            found.one_minus_roca_percent,
            found.brier,
            found.ece
        ),
    );
}

fn thresholds(page: &mut String, card: &ModelCard) {
    let noise = card.label_noise;
    push(
        page,
        format_args!(
            "\n## Which promise holds where\n\nThe bound is the one-sided 95 % upper bound of the error rate \
             (Clopper-Pearson). {:.1} % of the ham and {:.1} % of the spam labels are taken to be wrong, and so \
             many of the worst-scored set aside. What no threshold can promise is held.\n",
            100.0 * noise.ham,
            100.0 * noise.spam
        ),
    );
    for (what, which, thresholds) in [
        ("ham rejected", "reject from", &card.reject),
        ("spam accepted", "accept up to", &card.accept),
    ] {
        push(
            page,
            format_args!(
                "\n| at most, {what} | {which} log-odds | errors | of | bound |\n|---|---|---|---|---|\n"
            ),
        );
        for threshold in thresholds {
            row_of(page, threshold);
        }
    }
}

fn row_of(page: &mut String, threshold: &Threshold) {
    let at = threshold.log_odds;
    let at = at.map_or("cannot be promised".to_owned(), |at| format!("{at:.2}"));
    push(
        page,
        format_args!(
            "| {:.2} % | {at} | {} | {} | {:.3} % |\n",
            100.0 * threshold.budget,
            threshold.errors,
            threshold.n,
            100.0 * threshold.bound
        ),
    );
}

fn by_part(page: &mut String, by: &str, slices: &[Slice]) {
    push(
        page,
        format_args!(
            "\n## By {by}\n\nOut of fold, at the default budget ({:.1} % of ham rejected, {:.0} % of spam accepted), \
             with 95 % intervals. Only the model: no history, no labels of the site.\n\n| {by} | ham | spam | (1-ROCA) % \
             | ham rejected % | ham held % | spam accepted % | spam held % |\n|---|---|---|---|---|---|---|---|\n",
            100.0 * Slice::MAX_HAM_REJECTED,
            100.0 * Slice::MAX_SPAM_ACCEPTED
        ),
    );
    for slice in slices {
        let area = slice.one_minus_roca_percent;
        let area = area.map_or("-".to_owned(), |(percent, low, high)| {
            format!("{percent:.2} [{low:.2}, {high:.2}]")
        });
        push(
            page,
            format_args!(
                "| {} | {} | {} | {area} | {} | {} | {} | {} |\n",
                slice.name,
                slice.ham_rejected.n,
                slice.spam_accepted.n,
                share(slice.ham_rejected),
                share(slice.ham_held),
                share(slice.spam_accepted),
                share(slice.spam_held)
            ),
        );
    }
}

fn share(rate: Rate) -> String {
    if rate.n == 0 {
        return "-".to_owned();
    }
    let [value, low, high] = [rate.rate, rate.low, rate.high].map(|share| 100.0 * share);
    format!("{value:.2} [{low:.2}, {high:.2}]")
}

fn trained_on(page: &mut String, card: &ModelCard) {
    if card.sites.is_empty() {
        return;
    }
    page.push_str("\n## What it has seen\n\n| site | ham | spam | years |\n|---|---|---|---|\n");
    for site in &card.sites {
        let years = site
            .years
            .map_or("-".to_owned(), |(first, last)| format!("{first}-{last}"));
        let genre = if site.other_genre {
            " (another genre)"
        } else {
            ""
        };
        push(
            page,
            format_args!(
                "| {}{genre} | {} | {} | {years} |\n",
                site.site, site.ham, site.spam
            ),
        );
    }
}

fn tongues(page: &mut String, card: &ModelCard) {
    push(
        page,
        format_args!(
            "\n## Scripts and languages\n\nHam comments in each script and language (ISO 639-3) of which there are \
             enough to reject, {} and more: ",
            ModelCard::ENOUGH_HAM
        ),
    );
    let enough = card
        .ham_tongues
        .iter()
        .filter(|count| count.ham >= ModelCard::ENOUGH_HAM);
    let named: Vec<String> = enough
        .map(|count| format!("{} ({})", count.name, count.ham))
        .collect();
    push(page, format_args!("{}.\n", named.join(", ")));
}
