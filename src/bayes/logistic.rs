//! The multipliers: a logistic regression over all tokens together, with a
//! Gaussian prior on each multiplier, minimised by L-BFGS (argmin).

use std::sync::Mutex;

use argmin::core::{CostFunction, Error, Executor, Gradient};
use argmin::solver::linesearch::MoreThuenteLineSearch;
use argmin::solver::quasinewton::LBFGS;
use rayon::prelude::*;

use super::rows::{Copy, Row};
use crate::domain::Label;

/// Rows are summed in this many parts, in this order, whatever the machine:
/// the same samples give the same bits.
const PARTS: usize = 4;
/// L-BFGS's memory, in steps.
const MEMORY: usize = 8;

/// A fit takes some 70 passes; a line search near the optimum can go round for
/// ever.
const MAX_PASSES: u64 = 1_000;

/// What is to be minimised:
/// `Σ λ/2 (m - μ)² + c Σ weight · log-loss`, the intercept last.
pub struct Problem<'r> {
    pub rows: Vec<&'r Row>,
    /// Weight of each row's copies, in [`Copy::ALL`]'s order.
    pub weights: Vec<[f64; 2]>,
    /// Naive Bayes log-ratio of each compact slot.
    pub ratios: &'r [f64],
    /// Prior mean and precision of each compact slot's multiplier.
    pub means: &'r [f64],
    pub precisions: &'r [f64],
    pub c: f64,
    /// Whether the intercept stays: how much spam a few sites get is no news
    /// about a comment elsewhere.
    pub keeps_intercept: bool,
}

/// The minimum.
pub struct Fitted {
    pub multipliers: Vec<f64>,
    pub intercept: f64,
    /// Diagonal of the Hessian: the posterior's precision (Laplace).
    pub precisions: Vec<f64>,
}

impl Problem<'_> {
    /// Minimises from the prior's means; `step` hears each iteration.
    pub fn fit(self, intercept: f64, iterations: u64, step: &dyn Fn(u64)) -> Fitted {
        let mut start = self.means.to_vec();
        start.push(intercept);
        let solver = LBFGS::new(MoreThuenteLineSearch::new(), MEMORY);
        let cached = Cached {
            problem: self,
            last: Mutex::default(),
            passes: Mutex::default(),
            step,
        };
        let result = Executor::new(&cached, solver)
            .configure(|state| state.param(start.clone()).max_iters(iterations))
            .run();
        // A line search that finds no further descent has arrived.
        let best = match result {
            Ok(mut outcome) => outcome.state.take_best_param().unwrap_or(start),
            Err(_) => cached.last.lock().map_or(start.clone(), |last| {
                last.as_ref().map_or(start, |last| last.0.clone())
            }),
        };
        let precisions = cached.problem.curvature(&best);
        let (intercept, multipliers) = best.split_last().expect("an intercept is always there");
        Fitted {
            multipliers: multipliers.to_vec(),
            intercept: *intercept,
            precisions,
        }
    }

    /// Raw log-odds of both copies of a row, given each slot's weight.
    fn scores(row: &Row, theta: &[f64], intercept: f64) -> [f64; 2] {
        let mut segments = [0.0; super::rows::SEGMENTS];
        for (segment, sum) in segments.iter_mut().enumerate() {
            let (slots, norm) = row.segment(segment);
            *sum = norm * slots.iter().map(|slot| theta[*slot as usize]).sum::<f64>();
        }
        Copy::ALL.map(|copy| {
            intercept
                + copy
                    .segments()
                    .iter()
                    .map(|segment| segments[*segment])
                    .sum::<f64>()
        })
    }

    /// Cost and gradient in one pass.
    fn evaluate(&self, param: &[f64]) -> (f64, Vec<f64>) {
        let (intercept, multipliers) = param.split_last().expect("an intercept is always there");
        let theta: Vec<f64> = multipliers
            .iter()
            .zip(self.ratios)
            .map(|(m, ratio)| m * ratio)
            .collect();
        let part_size = self.rows.len().div_ceil(PARTS).max(1);
        let parts: Vec<(f64, Vec<f64>)> = self
            .rows
            .par_chunks(part_size)
            .zip(self.weights.par_chunks(part_size))
            .map(|(rows, weights)| {
                let mut loss = 0.0;
                let mut gradient = vec![0.0; param.len()];
                for (row, weights) in rows.iter().zip(weights) {
                    let sign = if row.label == Label::Spam { 1.0 } else { -1.0 };
                    let scores = Self::scores(row, &theta, *intercept);
                    let mut pull = [0.0; super::rows::SEGMENTS];
                    for (copy, (score, weight)) in
                        Copy::ALL.into_iter().zip(scores.into_iter().zip(weights))
                    {
                        let margin = sign * score;
                        loss += weight * softplus(-margin);
                        let error = -sign * weight / (1.0 + margin.exp());
                        for segment in copy.segments() {
                            pull[*segment] += error;
                        }
                        gradient[param.len() - 1] += error;
                    }
                    for (segment, pull) in pull.into_iter().enumerate() {
                        let (slots, norm) = row.segment(segment);
                        for slot in slots {
                            gradient[*slot as usize] += pull * norm;
                        }
                    }
                }
                (loss, gradient)
            })
            .collect();
        let mut cost = 0.0;
        let mut gradient = vec![0.0; param.len()];
        for (loss, part) in parts {
            cost += self.c * loss;
            for (sum, more) in gradient.iter_mut().zip(part) {
                *sum += more;
            }
        }
        let strength = if self.keeps_intercept { 0.0 } else { self.c };
        *gradient.last_mut().expect("an intercept is always there") *= strength;
        for (slot, multiplier) in multipliers.iter().enumerate() {
            let off = multiplier - self.means[slot];
            cost += 0.5 * self.precisions[slot] * off * off;
            gradient[slot] =
                self.c * self.ratios[slot] * gradient[slot] + self.precisions[slot] * off;
        }
        (cost, gradient)
    }

    /// Second derivative of the cost by each multiplier.
    fn curvature(&self, param: &[f64]) -> Vec<f64> {
        let (intercept, multipliers) = param.split_last().expect("an intercept is always there");
        let theta: Vec<f64> = multipliers
            .iter()
            .zip(self.ratios)
            .map(|(m, ratio)| m * ratio)
            .collect();
        let mut curvature = vec![0.0; multipliers.len()];
        for (row, weights) in self.rows.iter().zip(&self.weights) {
            let scores = Self::scores(row, &theta, *intercept);
            let mut bend = [0.0; super::rows::SEGMENTS];
            for (copy, (score, weight)) in
                Copy::ALL.into_iter().zip(scores.into_iter().zip(weights))
            {
                let p = 1.0 / (1.0 + (-score).exp());
                for segment in copy.segments() {
                    bend[*segment] += weight * p * (1.0 - p);
                }
            }
            for (segment, bend) in bend.into_iter().enumerate() {
                let (slots, norm) = row.segment(segment);
                for slot in slots {
                    curvature[*slot as usize] += bend * norm * norm;
                }
            }
        }
        for (slot, curvature) in curvature.iter_mut().enumerate() {
            let ratio = self.ratios[slot];
            *curvature = self.precisions[slot] + self.c * ratio * ratio * *curvature;
        }
        curvature
    }
}

/// Raw log-odds of a row as it is.
pub fn score(row: &Row, ratios: &[f64], fitted: &Fitted) -> f64 {
    let theta = |slot: &u32| ratios[*slot as usize] * fitted.multipliers[*slot as usize];
    let mut score = fitted.intercept;
    for segment in Copy::Full.segments() {
        let (slots, norm) = row.segment(*segment);
        score += norm * slots.iter().map(theta).sum::<f64>();
    }
    score
}

/// `log(1 + exp(x))` without overflow.
fn softplus(x: f64) -> f64 {
    x.max(0.0) + (-x.abs()).exp().ln_1p()
}

type Evaluation = (Vec<f64>, f64, Vec<f64>);

/// argmin asks for cost and gradient one after the other; one pass gives both.
struct Cached<'r, 's> {
    problem: Problem<'r>,
    last: Mutex<Option<Evaluation>>,
    passes: Mutex<u64>,
    step: &'s dyn Fn(u64),
}

impl Cached<'_, '_> {
    fn at(&self, param: &[f64]) -> Result<(f64, Vec<f64>), Error> {
        let mut last = self
            .last
            .lock()
            .map_err(|_| Error::msg("a pass panicked"))?;
        if last.as_ref().is_none_or(|last| last.0 != param) {
            let (cost, gradient) = self.problem.evaluate(param);
            *last = Some((param.to_vec(), cost, gradient));
            let mut passes = self
                .passes
                .lock()
                .map_err(|_| Error::msg("a pass panicked"))?;
            *passes += 1;
            if *passes > MAX_PASSES {
                return Err(Error::msg("the line search goes round in circles"));
            }
            (self.step)(*passes);
        }
        let (_, cost, gradient) = last.as_ref().expect("it was just evaluated");
        Ok((*cost, gradient.clone()))
    }
}

impl CostFunction for &Cached<'_, '_> {
    type Param = Vec<f64>;
    type Output = f64;

    fn cost(&self, param: &Self::Param) -> Result<f64, Error> {
        Ok(self.at(param)?.0)
    }
}

impl Gradient for &Cached<'_, '_> {
    type Param = Vec<f64>;
    type Gradient = Vec<f64>;

    fn gradient(&self, param: &Self::Param) -> Result<Vec<f64>, Error> {
        Ok(self.at(param)?.1)
    }
}
