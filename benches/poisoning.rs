//! What an attacker's labels do to the shared model, with and without the
//! defences of `bayes::weigh`.
//!
//! Two thirds of the sites make a base. Of the others (the honest ones, or those
//! with a name of `--honest`) the first 60 % of the comments are labels to retrain on, and the rest are judged.
//! Of all labels 0.1 to 20 % are an attacker's. Prints (1-ROCA) % on the honest
//! sites' rest, and with `--svg FILE` draws it.
//!
//! `cargo bench --bench poisoning -- [--svg FILE] [--honest A,B] FILES…`; without files, on
//! `training-data/`.

#[path = "poisoning/attacks.rs"]
mod attacks;
#[path = "poisoning/picture.rs"]
mod picture;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use attacks::ATTACKS;
use hamgate::bayes::metrics::{Scored, one_minus_roca};
use hamgate::bayes::{
    self, Caps, Model, ModelFile, Surprise, TrainOptions, TrainingSet, Voice, read_samples,
};
use hamgate::domain::{History, Label, Sample};
use hamgate::features::Features;
use hamgate::filter::{Budget, Filter};
use rayon::prelude::*;

/// Of all labels, this share is the attacker's.
const SHARES: [f64; 5] = [0.001, 0.01, 0.05, 0.1, 0.2];
/// Of a site's comments, this share is labelled.
const LABELLED: f64 = 0.6;
/// Comments that an honest site has at most, so that a run takes minutes.
const MOST: usize = 600;

/// Labels and who gave each.
#[derive(Clone, Default)]
struct Labels {
    samples: Vec<Sample>,
    voices: Vec<Voice>,
}

fn main() {
    let mut words: Vec<String> = std::env::args().skip(1).collect();
    words.retain(|word| word != "--bench");
    let mut option = |name: &str| {
        let at = words.iter().position(|word| word == name)?;
        words.remove(at);
        Some(words.remove(at))
    };
    let svg = option("--svg").map(PathBuf::from);
    let named = option("--honest").unwrap_or_default();
    let files: Vec<PathBuf> = match words.is_empty() {
        true => ["ham", "spam"]
            .map(|name| PathBuf::from(format!("training-data/{name}.jsonl")))
            .into(),
        false => words.into_iter().map(PathBuf::from).collect(),
    };
    let sites = sites(&files);
    let (base, honest, judged) = parted(sites, &named);
    let base = bayes::train(
        &TrainingSet::of(&base),
        None,
        &TrainOptions::default(),
        &|_, _, _| (),
    )
    .expect("a base");
    println!(
        "base: {} ham, {} spam; {} honest labels; {} comments judged",
        base.card.trained_on.ham,
        base.card.trained_on.spam,
        honest.samples.len(),
        judged.len()
    );
    println!(
        "{:<14} {:>7} {:>12} {:>12}",
        "attack", "share", "undefended", "defended"
    );
    let untouched = area(&filter(&base), &judged);
    println!(
        "{:<14} {:>7} {untouched:>12.3} {untouched:>12.3}",
        "no retraining", ""
    );
    let mut curves = Vec::new();
    for (name, attack) in ATTACKS {
        let mut curve = Vec::new();
        for share in [0.0].into_iter().chain(SHARES) {
            let labels = (honest.samples.len() as f64 * share / (1.0 - share)).round();
            let mut all = honest.clone();
            attack(&mut all, labels as usize);
            let filters = [false, true].map(|defends| retrained(&base, &all, defends));
            let [open, defended] = [0, 1].map(|which| area(&filters[which], &judged));
            let trap = match *name {
                "backdoor" => trapped(&filters),
                _ => String::new(),
            };
            println!(
                "{name:<14} {:>6.1}% {open:>12.3} {defended:>12.3}{trap}",
                100.0 * share
            );
            curve.push((share, open, defended));
        }
        curves.push((*name, curve));
    }
    if let Some(svg) = svg {
        std::fs::write(&svg, picture::draw(&curves)).expect("the picture's file");
    }
}

/// The base moved by the labels.
fn retrained(base: &ModelFile, labels: &Labels, defends: bool) -> Filter {
    let mut set = TrainingSet::of(&labels.samples);
    if defends {
        let filter = filter(base);
        let said = log_odds(&filter, &labels.samples);
        let policy = filter.policy();
        let surprise = Surprise {
            sure_of_spam: policy.reject_above.map_or(f64::INFINITY, |at| at.0),
            sure_of_ham: policy.accept_below.0,
        };
        let caps = Caps::default();
        let weighed = bayes::weigh(&labels.samples, &labels.voices, &said, caps, surprise);
        set.weights = weighed.iter().map(|one| one.weight).collect();
    }
    let moved = bayes::train(&set, Some(base), &TrainOptions::default(), &|_, _, _| ());
    filter(&moved.expect("labels"))
}

fn filter(file: &ModelFile) -> Filter {
    let model = Model::new(file, "poisoning".into());
    Filter::new(model, Budget::default(), BTreeMap::new())
}

fn log_odds(filter: &Filter, samples: &[Sample]) -> Vec<f64> {
    let nothing_known = History::default();
    let judged = samples.par_iter().map(|sample| {
        let features = Features::of(&sample.comment);
        filter.judge(&features, &nothing_known).log_odds.0
    });
    judged.collect()
}

/// What becomes of spam with the attacker's phrase.
fn trapped(filters: &[Filter; 2]) -> String {
    let spam = attacks::with_phrase();
    let said = filters.iter().map(|filter| {
        let judgement = filter.judge(&Features::of(&spam), &History::default());
        format!(
            "  {} at {:+.2}",
            judgement.verdict.as_str(),
            judgement.log_odds.0
        )
    });
    said.collect()
}

/// (1-ROCA) in per cent.
fn area(filter: &Filter, judged: &[Sample]) -> f64 {
    let scored: Vec<Scored> = log_odds(filter, judged)
        .into_iter()
        .zip(judged)
        .map(|(log_odds, sample)| Scored {
            log_odds,
            label: sample.label,
        })
        .collect();
    one_minus_roca(&scored).map_or(f64::NAN, |area| area.percent)
}

/// The samples of each site, in the order of their dates. Comments of
/// `training-data/` are of one site: they are dealt out to nine.
fn sites(files: &[PathBuf]) -> BTreeMap<String, Vec<Sample>> {
    let mut sites: BTreeMap<String, Vec<Sample>> = BTreeMap::new();
    for file in files {
        let text = std::fs::read_to_string(file).expect("a file of comment lines");
        let name = Path::new(file)
            .file_stem()
            .expect("a name")
            .to_string_lossy();
        let samples = read_samples(&text, &name).expect("comment lines");
        for (at, mut sample) in samples.into_iter().enumerate() {
            if file.starts_with("training-data") {
                sample.site = format!("site {}", at % 9);
            }
            sites.entry(sample.site.clone()).or_default().push(sample);
        }
    }
    for samples in sites.values_mut() {
        samples.sort_by_key(|sample| sample.comment.submitted_at);
    }
    sites
}

/// The sites that have one of the names in their own are honest, or else every
/// third with both labels; the others make the base.
fn parted(sites: BTreeMap<String, Vec<Sample>>, named: &str) -> (Vec<Sample>, Labels, Vec<Sample>) {
    let (mut base, mut honest, mut judged) = (Vec::new(), Labels::default(), Vec::new());
    let mut number = 0;
    for (site, mut samples) in sites {
        let ham = samples.iter().filter(|one| one.label == Label::Ham).count();
        let has_both = ham >= 10 && samples.len() - ham >= 10;
        number += usize::from(has_both);
        let is_honest = match named {
            "" => number % 3 == 0,
            named => named.split(',').any(|name| site.contains(name)),
        };
        if !has_both || !is_honest {
            base.append(&mut samples);
            continue;
        }
        samples.truncate(MOST);
        let rest = samples.split_off((samples.len() as f64 * LABELLED) as usize);
        for (at, sample) in samples.into_iter().enumerate() {
            honest.voices.push(Voice {
                site: site.clone(),
                moderator: Some(format!("moderator {}", at % 2)),
                day: sample
                    .comment
                    .submitted_at
                    .map_or(0, |at| at.as_second() / 86_400),
            });
            honest.samples.push(sample);
        }
        judged.extend(rest);
    }
    (base, honest, judged)
}
