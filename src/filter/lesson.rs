//! How much a person's label on a comment would tell the filter.
//!
//! Uncertainty sampling (Lewis and Gale 1994) asks about what the classifier is
//! least sure of; density weighting (Settles and Craven 2008) asks first about
//! what stands for many others. Both alone go wrong: the least sure comment may be
//! an odd one, and the most common one may be known long since. So it is a product
//! of three factors, each of which can make a label useless by itself:
//!
//! - the variance of the label, p (1 - p), scaled to 1 at even odds;
//! - 1 / (1 + n), where n people's labels are known of its author, its links or
//!   its text already: by so much one label more moves a shrunken ratio;
//! - the square root of how many nearly equal comments wait for the same answer.
//!   Settles and Craven raise density to a power, and find no best one; ½ keeps
//!   a large campaign from being all that is asked about.

use crate::domain::History;

/// What a label would tell by the comment itself, 0 to 1. `labels` as of
/// [`labels_known`].
pub fn worth(probability: f64, labels: u32) -> f64 {
    4.0 * probability * (1.0 - probability) / (1.0 + f64::from(labels))
}

/// The same with the nearly equal comments that wait, itself included.
pub fn for_all(worth: f64, waiting: u32) -> f64 {
    worth * f64::from(waiting.max(1)).sqrt()
}

/// What is left for a comment to tell when `waiting` nearly equal ones wait, itself
/// included, and another one of them is asked about first.
pub fn after_another(worth: f64, waiting: u32) -> f64 {
    worth / f64::from(waiting.max(1))
}

/// The site's labels on the best-known trace of the comment, or on its text.
pub fn labels_known(history: &History) -> u32 {
    let traces = history.known.iter().map(|known| known.tally);
    let tallies = traces.chain([history.near_duplicates]);
    let labels = tallies.map(|tally| tally.ham_here.saturating_add(tally.spam_here));
    labels.max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Known, Subject, Tally, Trace};

    #[test]
    fn the_unsure_the_unknown_and_the_common_teach_most() {
        assert_eq!(worth(0.5, 0), 1.0);
        assert!(worth(0.5, 0) > worth(0.7, 0) && worth(0.7, 0) > worth(0.99, 0));
        assert!((worth(0.3, 2) - worth(0.7, 2)).abs() < 1e-12);
        assert!(worth(0.5, 3) < worth(0.8, 0));
        assert_eq!(for_all(0.5, 4), 1.0);
        assert_eq!(for_all(0.5, 0), 0.5);
        assert!(after_another(0.5, 4) < 0.5);
    }

    #[test]
    fn the_best_known_trace_counts_and_other_sites_do_not() {
        let tally = |ham_here, spam_here| Tally {
            ham_here,
            spam_here,
            ham_elsewhere: 50,
            spam_elsewhere: 50,
        };
        let known = |tally| Known {
            trace: Trace {
                subject: Subject::Email,
                hash: [0; 16],
            },
            tally,
        };
        let history = History {
            known: vec![known(tally(1, 0)), known(tally(2, 3))],
            near_duplicates: tally(0, 4),
            ..History::default()
        };
        assert_eq!(labels_known(&history), 5);
        assert_eq!(labels_known(&History::default()), 0);
    }
}
