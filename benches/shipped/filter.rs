//! The filter that the benchmarks measure: the shipped model, with the budget
//! that the settings have where an owner says nothing.

use std::collections::BTreeMap;
use std::path::Path;

use hamgate::bayes::{Model, ModelFile, content_hash};
use hamgate::filter::{Budget, Filter};

pub fn filter() -> Filter {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/hamgate.model");
    let bytes = std::fs::read(path).expect("models/hamgate.model is there");
    let file = ModelFile::decode(&bytes).expect("it is a model");
    let model = Model::new(&file, content_hash(&bytes)[..12].to_owned());
    let budget = Budget {
        max_ham_rejected: 0.001,
        max_spam_accepted: 0.01,
        reject: true,
    };
    Filter::new(model, budget, BTreeMap::new())
}
