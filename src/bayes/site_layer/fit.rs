//! The site layer's weights: a penalised logistic regression, by L-BFGS.

use argmin::core::{CostFunction, Error, Executor, Gradient, State};
use argmin::solver::linesearch::BacktrackingLineSearch;
use argmin::solver::linesearch::condition::ArmijoCondition;
use argmin::solver::quasinewton::LBFGS;

use super::{FIXED, LocalTokens, SiteLayer, Slots};
use crate::domain::Label;

/// Penalty of the tokens' weights, and what is added to it shared among the
/// labels: one label alone moves a comment like it by less than 1.
const PENALTY: f64 = 0.1;
const PENALTY_OF_FEW: f64 = 4.0;
const TRUST_PENALTY: f64 = 5.0;
const BIAS_PENALTY: f64 = 1.0;
const NEIGHBOUR_PENALTY: f64 = 0.3;
/// A label of the rarer class weighs at most this much of one of the other.
const MAX_BALANCE: f64 = 5.0;
const ITERATIONS: u64 = 30;
const MEMORY: usize = 6;
/// Armijo's constant, as usual (Nocedal and Wright, section 3.1).
const SUFFICIENT_DECREASE: f64 = 1e-4;

impl SiteLayer {
    /// Fits the weights, beginning where they stand.
    pub fn fit(&mut self) {
        if self.examples.is_empty() {
            return;
        }
        let mut slots: Vec<u32> = self.postings.keys().copied().collect();
        slots.sort_unstable();
        let place: Slots<usize> = slots.iter().copied().zip(FIXED..).collect();
        let n = self.examples.len() as f64;
        let of = |label| {
            self.examples
                .iter()
                .filter(|one| one.label == label)
                .count() as f64
        };
        let weigh = |label| (n / (2.0 * of(label))).clamp(1.0 / MAX_BALANCE, MAX_BALANCE);
        let rows = self.examples.iter().map(|example| Row {
            features: fixed_features(&example.comment, example.neighbours),
            tokens: example
                .comment
                .tokens
                .iter()
                .map(|(slot, value, _)| (place[slot], *value))
                .collect(),
            spam: example.label == Label::Spam,
            weight: weigh(example.label),
        });
        let problem = Problem {
            rows: rows.collect(),
            penalty: PENALTY + PENALTY_OF_FEW / n,
        };
        let mut start = self.fixed.unwrap_or(NEUTRAL).to_vec();
        start.extend(
            slots
                .iter()
                .map(|slot| self.weights.get(slot).copied().unwrap_or(0.0)),
        );
        // Halving a step comes to an end wherever it starts. A search for the
        // strong Wolfe conditions can go round for ever near the optimum, and
        // a refit starts near it.
        let outcome = ArmijoCondition::new(SUFFICIENT_DECREASE).and_then(|condition| {
            let solver = LBFGS::new(BacktrackingLineSearch::new(condition), MEMORY);
            Executor::new(&problem, solver)
                .configure(|state| state.param(start).max_iters(ITERATIONS))
                .run()
        });
        // A search that finds no further descent leaves what stands.
        if let Ok(outcome) = outcome
            && let Some(best) = outcome.state.get_best_param()
        {
            self.fixed = best.first_chunk::<FIXED>().copied();
            self.weights = slots
                .into_iter()
                .zip(best[FIXED..].iter().copied())
                .collect();
        }
    }
}

const NEUTRAL: [f64; FIXED] = [1.0, 0.0, 0.0, 0.0];
const PENALTIES: [f64; FIXED] = [
    TRUST_PENALTY,
    BIAS_PENALTY,
    NEIGHBOUR_PENALTY,
    NEIGHBOUR_PENALTY,
];

fn fixed_features(comment: &LocalTokens, [near, copied]: [f64; 2]) -> [f64; FIXED] {
    [comment.shared, 1.0, near, copied]
}

struct Row {
    features: [f64; FIXED],
    /// Places among the parameters.
    tokens: Vec<(usize, f64)>,
    spam: bool,
    weight: f64,
}

/// Weighted log-loss with a Gaussian prior on every parameter.
struct Problem {
    rows: Vec<Row>,
    penalty: f64,
}

impl Problem {
    fn score(row: &Row, param: &[f64]) -> f64 {
        let fixed: f64 = row.features.iter().zip(param).map(|(x, w)| x * w).sum();
        let tokens = row.tokens.iter();
        fixed
            + tokens
                .map(|(place, value)| value * param[*place])
                .sum::<f64>()
    }

    fn prior(&self, place: usize) -> (f64, f64) {
        match PENALTIES.get(place) {
            Some(penalty) => (NEUTRAL[place], *penalty),
            None => (0.0, self.penalty),
        }
    }
}

impl CostFunction for &Problem {
    type Param = Vec<f64>;
    type Output = f64;

    fn cost(&self, param: &Vec<f64>) -> Result<f64, Error> {
        let prior = param.iter().enumerate().map(|(place, value)| {
            let (mean, penalty) = self.prior(place);
            0.5 * penalty * (value - mean).powi(2)
        });
        let loss = self.rows.iter().map(|row| {
            let score = Problem::score(row, param);
            let margin = if row.spam { score } else { -score };
            row.weight * ((-margin).max(0.0) + (-margin.abs()).exp().ln_1p())
        });
        Ok(prior.sum::<f64>() + loss.sum::<f64>())
    }
}

impl Gradient for &Problem {
    type Param = Vec<f64>;
    type Gradient = Vec<f64>;

    fn gradient(&self, param: &Vec<f64>) -> Result<Vec<f64>, Error> {
        let prior = param.iter().enumerate().map(|(place, value)| {
            let (mean, penalty) = self.prior(place);
            penalty * (value - mean)
        });
        let mut gradient: Vec<f64> = prior.collect();
        for row in &self.rows {
            let score = Problem::score(row, param);
            let probability = 1.0 / (1.0 + (-score).exp());
            let error = row.weight * (probability - f64::from(u8::from(row.spam)));
            for (place, feature) in row.features.iter().enumerate() {
                gradient[place] += error * feature;
            }
            for (place, value) in &row.tokens {
                gradient[*place] += error * value;
            }
        }
        Ok(gradient)
    }
}
