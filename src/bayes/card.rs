//! The model card: where a model comes from, how good it is, and for which
//! thresholds (Mitchell et al. 2019).

use serde::{Deserialize, Serialize};

use super::file::{ModelError, Packed};
use super::options::LabelNoise;
use super::slices::{Slice, TrainedSite};

/// Travels inside the model file and beside it as JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ModelCard {
    pub name: String,
    /// Version of the features and rules that the weights belong to.
    pub features: u32,
    pub trained_on: TrainedOn,
    /// Smoothing of naive Bayes.
    pub alpha: f64,
    /// Strength of the data against the prior, for samples of mean weight 1.
    pub c: f64,
    pub calibration: Calibration,
    /// On comments of sites that the scoring model never saw.
    pub out_of_fold: OutOfFold,
    /// For each budget the thresholds that keep it, strictest first.
    pub reject: Vec<Threshold>,
    pub accept: Vec<Threshold>,
    /// Labels taken to be wrong when the thresholds were set.
    pub label_noise: LabelNoise,
    /// How many ham comments in each script and each language (ISO 639-3) were
    /// seen; text in one of too few is held at worst.
    pub ham_tongues: Vec<HamCount>,
    /// Site by site what it was trained on; empty in older cards, and where
    /// training started from a base.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sites: Vec<TrainedSite>,
    /// [`ModelCard::out_of_fold`] site by site.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by_site: Vec<Slice>,
    /// The same by language.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by_language: Vec<Slice>,
}

/// What a model has seen, in numbers.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TrainedOn {
    pub ham: usize,
    pub spam: usize,
    pub sites: usize,
    /// Content hash of the model that training started from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
}

/// From raw scores to log-odds that mean what they say: `slope * raw + bias`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    pub slope: f64,
    pub bias: f64,
}

/// How well the design does on sites left out of training.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct OutOfFold {
    pub folds: usize,
    pub ham: usize,
    pub spam: usize,
    /// Area above the ROC curve, per cent.
    pub one_minus_roca_percent: f64,
    pub brier: f64,
    pub ece: f64,
}

/// The log-odds at which an error rate stays under a limit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Threshold {
    /// The promised rate, as 0.001 for one in a thousand.
    pub budget: f64,
    /// `None`: too few samples to promise this rate at any threshold.
    pub log_odds: Option<f64>,
    /// Errors at the threshold, of this many samples; the worst-scored share
    /// that the label noise accounts for is set aside and not among them.
    pub errors: usize,
    pub n: usize,
    /// One-sided 95 % upper bound of the error rate (Clopper-Pearson).
    pub bound: f64,
}

impl ModelCard {
    /// The card in a model file.
    ///
    /// # Errors
    /// The bytes are no model, of another version, or damaged.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        Ok(Packed::of(bytes)?.card)
    }

    /// Ham comments in a script or language below which its text is held rather
    /// than rejected.
    pub const ENOUGH_HAM: usize = 100;

    /// The scripts and languages that the model has honest examples enough of.
    pub fn familiar(&self) -> impl Iterator<Item = &str> {
        let enough = |count: &&HamCount| count.ham >= Self::ENOUGH_HAM;
        let names = self.ham_tongues.iter().filter(enough);
        names.map(|count| count.name.as_str())
    }
}

/// Ham comments in one script or language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HamCount {
    pub name: String,
    pub ham: usize,
}
