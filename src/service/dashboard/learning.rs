//! The learning curve: how much the filter holds and how often it errs, over
//! the labels that it has learnt from.

use crate::service::Rate;
use crate::store::{DayCounts, DayTally};

/// Points of the curve at most.
const STEPS: u64 = 12;
/// Labels of a step at least: fewer tell nothing.
const LABELS: u64 = 10;

/// A stretch of days.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LearningStep {
    /// Labels that had been given when it ended.
    pub labels: u64,
    /// Of the answers in this stretch, the held ones.
    pub held: Rate,
    /// Of the labels in this stretch, those that contradict the verdict.
    pub wrong: Rate,
}

/// Cuts the days into stretches of about as many labels each. The last ones,
/// too few for a step, are part of none.
pub fn steps(days: &[DayTally]) -> Vec<LearningStep> {
    let all: u64 = days.iter().map(|tally| tally.counts.labels()).sum();
    let enough = (all / STEPS).max(LABELS);
    let (mut steps, mut labels) = (Vec::new(), 0);
    let mut stretch = DayCounts::default();
    for tally in days {
        stretch.add(&tally.counts);
        if stretch.labels() < enough {
            continue;
        }
        labels += stretch.labels();
        steps.push(LearningStep {
            labels,
            held: Rate::wilson(stretch.answers[1], stretch.answered()),
            wrong: Rate::wilson(stretch.errors(), stretch.labels()),
        });
        stretch = DayCounts::default();
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Day;

    #[test]
    fn steps_have_labels_enough_and_count_each_once() {
        let day = |day: i32| DayTally {
            day: Day(day),
            counts: DayCounts {
                answers: [6, 3, 1],
                ham: [2, 0, 0],
                spam: [1, 1, 0],
                ..DayCounts::default()
            },
        };
        let days: Vec<DayTally> = (0..90).map(day).collect();
        let steps = steps(&days);
        // 360 labels make 12 steps of 30: eight days of four labels each.
        assert_eq!(steps.len(), 11);
        assert_eq!(steps[0].labels, 32);
        assert_eq!((steps[0].held.errors, steps[0].held.n), (24, 80));
        assert_eq!((steps[0].wrong.errors, steps[0].wrong.n), (8, 32));
        assert!(super::steps(&days[..2]).is_empty());
    }
}
