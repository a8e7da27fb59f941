//! Shares and their intervals, as they are written.

use crate::http::locale::{Locale, Value};
use crate::service::{Bounded, Rate};

/// A share in per cent, with the more digits the smaller it is.
pub fn share(l: Locale, share: f64) -> String {
    let percent = 100.0 * share;
    let number = match percent {
        p if p == 0.0 => "0".to_owned(),
        p if p < 0.1 => trimmed(format!("{p:.3}")),
        p if p < 1.0 => trimmed(format!("{p:.2}")),
        p if p < 10.0 => trimmed(format!("{p:.1}")),
        p => format!("{p:.0}"),
    };
    l.with("percent", &[("number", Value::from(number))])
}

/// Without zeros at the end.
pub fn trimmed(number: String) -> String {
    match number.contains('.') {
        true => number
            .trim_end_matches('0')
            .trim_end_matches('.')
            .to_owned(),
        false => number,
    }
}

pub fn interval(l: Locale, low: f64, high: f64) -> String {
    let values = [
        ("low", share(l, low).into()),
        ("high", share(l, high).into()),
    ];
    l.with("dashboard-interval", &values)
}

/// A line of a table of estimates.
pub struct Estimate {
    pub what: String,
    pub estimate: String,
    pub interval: String,
    /// "3 of 120"; empty where it is no count.
    pub seen: String,
    /// Estimate, low, high; to be drawn. `None` where nothing is known.
    pub drawn: Option<[f64; 3]>,
}

impl Estimate {
    pub fn of_rate(l: Locale, what: String, rate: &Rate) -> Self {
        let values = [("count", rate.errors.into()), ("n", rate.n.into())];
        let seen = l.with("dashboard-of", &values);
        match rate.estimate {
            Some(estimate) => Self {
                what,
                estimate: share(l, estimate),
                interval: interval(l, rate.low, rate.high),
                seen,
                drawn: Some([estimate, rate.low, rate.high]),
            },
            None => Self::unknown(l, what),
        }
    }

    pub fn of_bounded(l: Locale, what: String, bounded: Option<&Bounded>) -> Self {
        match bounded {
            Some(bounded) => Self {
                what,
                estimate: share(l, bounded.estimate),
                interval: interval(l, bounded.low, bounded.high),
                seen: String::new(),
                drawn: Some([bounded.estimate, bounded.low, bounded.high]),
            },
            None => Self::unknown(l, what),
        }
    }

    fn unknown(l: Locale, what: String) -> Self {
        Self {
            what,
            estimate: l.say("dashboard-unknown"),
            interval: String::new(),
            seen: String::new(),
            drawn: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_shares_keep_their_digits() {
        let said = |value| share(Locale::english(), value);
        assert_eq!(said(0.0), "0 %");
        assert_eq!(said(0.000_12), "0.012 %");
        assert_eq!(said(0.001), "0.1 %");
        assert_eq!(said(0.003_25), "0.33 %");
        assert_eq!(said(0.02), "2 %");
        assert_eq!(said(0.123_4), "12 %");
        assert_eq!(said(1.0), "100 %");
    }
}
