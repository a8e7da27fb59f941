//! Settings on trial, as a form and an address carry them.

use super::shares::trimmed;
use super::tabs::{address, asked};
use crate::bayes::{ModelCard, Threshold};
use crate::domain::{FieldError, HoldAnswer};
use crate::service::Trial;

/// One share to be moved, by a slide or by a number.
pub struct Share {
    /// Of the field: `ham` or `spam`.
    pub name: &'static str,
    /// In per cent, as the number's field has it.
    pub percent: String,
    /// Steps of the slide, in per cent: what the model's card can promise.
    pub steps: Vec<String>,
    /// Where the slide stands.
    pub step: usize,
}

impl Share {
    pub fn ham(card: &ModelCard, trial: &Trial) -> Self {
        Self::of("ham", &card.reject, trial.max_ham_rejected)
    }

    pub fn spam(card: &ModelCard, trial: &Trial) -> Self {
        Self::of("spam", &card.accept, trial.max_spam_accepted)
    }

    fn of(name: &'static str, thresholds: &[Threshold], share: f64) -> Self {
        let budgets = thresholds.iter().map(|threshold| threshold.budget);
        let below = budgets.clone().filter(|budget| *budget <= share).count();
        Self {
            name,
            percent: percent(share),
            steps: budgets.map(percent).collect(),
            step: below.saturating_sub(1),
        }
    }

    /// The last step's number.
    pub fn last(&self) -> usize {
        self.steps.len().saturating_sub(1)
    }

    /// The ends of the slide.
    pub fn lowest(&self) -> &str {
        self.steps.first().map_or("", String::as_str)
    }

    pub fn highest(&self) -> &str {
        self.steps.last().map_or("", String::as_str)
    }

    /// What the fields were when the page was made: without a script, the one
    /// that was moved is told by it.
    pub fn was(&self) -> String {
        format!("{}~{}", self.percent, self.step)
    }
}

/// A share in per cent, without more digits than it has.
pub fn percent(share: f64) -> String {
    trimmed(format!("{:.4}", 100.0 * share))
}

/// Reads the form. What is not there is as `before`.
pub fn read(query: &str, card: &ModelCard, before: Trial) -> Result<Trial, FieldError> {
    let is_on = |name: &str, before: bool| match asked(query, name).as_str() {
        "on" => true,
        "off" => false,
        _ => before,
    };
    let hold = asked(query, "hold");
    let mut answers = HoldAnswer::ALL.into_iter();
    Ok(Trial {
        max_ham_rejected: share(query, "ham", &card.reject)?.unwrap_or(before.max_ham_rejected),
        max_spam_accepted: share(query, "spam", &card.accept)?.unwrap_or(before.max_spam_accepted),
        reject: is_on("reject", before.reject),
        hold: answers
            .find(|answer| answer.as_str() == hold)
            .unwrap_or(before.hold),
        discard: is_on("discard", before.discard),
    })
}

/// The number, unless only the slide was moved.
fn share(query: &str, name: &str, steps: &[Threshold]) -> Result<Option<f64>, FieldError> {
    let (number, step) = (asked(query, name), asked(query, &format!("{name}_step")));
    let was = asked(query, &format!("{name}_was"));
    if let Some((number_was, step_was)) = was.split_once('~')
        && number == number_was
        && step != step_was
        && let Some(threshold) = step.parse::<usize>().ok().and_then(|step| steps.get(step))
    {
        return Ok(Some(threshold.budget));
    }
    // With the comma that half the world types.
    let number = number.trim().trim_end_matches('%').replace(',', ".");
    match number.trim() {
        "" => Ok(None),
        number => match number.parse::<f64>() {
            // The bounds are the service's.
            Ok(percent) => Ok(Some((percent * 1e6).round() / 1e8)),
            Err(_) => Err(FieldError::new(
                name,
                "is not a number",
                "give a share in per cent, such as 0.1",
            )),
        },
    }
}

/// The page of a trial, from so many changes on.
pub fn address_of(site: &str, trial: &Trial, from: usize) -> String {
    let word = |on| if on { "on" } else { "off" };
    let from = match from {
        0 => String::new(),
        from => from.to_string(),
    };
    let query = [
        ("site", site),
        ("ham", &percent(trial.max_ham_rejected)),
        ("spam", &percent(trial.max_spam_accepted)),
        ("reject", word(trial.reject)),
        ("hold", trial.hold.as_str()),
        ("discard", word(trial.discard)),
        ("from", &from),
    ];
    address("what-if", &query)
}

/// As a hidden field carries it.
pub fn written(trial: &Trial) -> String {
    let word = |on| if on { "on" } else { "off" };
    format!(
        "{}~{}~{}~{}~{}",
        trial.max_ham_rejected,
        trial.max_spam_accepted,
        word(trial.reject),
        trial.hold.as_str(),
        word(trial.discard)
    )
}

/// Reads what [`written`] wrote; `None` for anything else.
pub fn unwritten(text: &str) -> Option<Trial> {
    let parts: Vec<&str> = text.split('~').collect();
    let [ham, spam, reject, hold, discard] = parts.as_slice() else {
        return None;
    };
    let is_on = |word: &str| match word {
        "on" => Some(true),
        "off" => Some(false),
        _ => None,
    };
    Some(Trial {
        max_ham_rejected: ham.parse().ok()?,
        max_spam_accepted: spam.parse().ok()?,
        reject: is_on(reject)?,
        hold: HoldAnswer::ALL
            .into_iter()
            .find(|answer| answer.as_str() == *hold)?,
        discard: is_on(discard)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thresholds() -> Vec<Threshold> {
        let of = |budget| Threshold {
            budget,
            log_odds: None,
            errors: 0,
            n: 0,
            bound: 1.0,
        };
        [0.0005, 0.001, 0.01].map(of).to_vec()
    }

    fn read_share(query: &str) -> Option<f64> {
        share(query, "ham", &thresholds()).unwrap()
    }

    #[test]
    fn what_was_moved_counts() {
        assert_eq!(read_share("ham=0.1&ham_step=1&ham_was=0.1~1"), Some(0.001));
        assert_eq!(read_share("ham=0.1&ham_step=2&ham_was=0.1~1"), Some(0.01));
        assert_eq!(read_share("ham=0.3&ham_step=1&ham_was=0.1~1"), Some(0.003));
        assert_eq!(read_share("ham=0.3&ham_step=2&ham_was=0.1~1"), Some(0.003));
        assert_eq!(read_share("ham=0%2C3+%25"), Some(0.003));
        assert_eq!(read_share("ham_step=7&ham=0.1&ham_was=0.1~1"), Some(0.001));
        assert_eq!(read_share(""), None);
        assert!(share("ham=much", "ham", &[]).is_err());
    }

    #[test]
    fn a_trial_is_read_as_it_was_written() {
        let trial = Trial {
            max_ham_rejected: 0.001_5,
            max_spam_accepted: 0.02,
            reject: false,
            hold: HoldAnswer::SecondLook,
            discard: true,
        };
        assert_eq!(unwritten(&written(&trial)), Some(trial));
        for nonsense in ["", "1~2", "a~1~on~ask~off", "1~1~on~ask~maybe"] {
            assert_eq!(unwritten(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn a_slide_stands_at_the_promise_that_is_kept() {
        let at = |value| Share::of("ham", &thresholds(), value).step;
        assert_eq!([at(0.0001), at(0.001), at(0.005), at(0.5)], [0, 1, 1, 2]);
        let share = Share::of("ham", &thresholds(), 0.001);
        assert_eq!((share.was().as_str(), share.last()), ("0.1~1", 2));
    }
}
