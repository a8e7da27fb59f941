//! The filter that the benchmarks measure: the shipped model, with the budget
//! that the settings have where an owner says nothing.

use std::collections::BTreeMap;

use hamgate::filter::{Budget, Filter};

pub fn filter() -> Filter {
    let model = hamgate::cli::load_model(None).expect("the shipped model");
    let budget = Budget {
        max_ham_rejected: 0.001,
        max_spam_accepted: 0.01,
        reject: true,
    };
    Filter::new(model, budget, BTreeMap::new())
}
