//! How much each label may move the shared model, by who gave it where and
//! when. No single person, site or day should be able to spoil it: many labels
//! of one voice count as fewer, and one that contradicts what the model is sure
//! of waits for a second voice. At home, on its own site, a label always counts.

use std::collections::BTreeMap;

use crate::domain::Sample;

mod refusals;

use refusals::refusals;

/// Who gave a label, where and when.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Voice {
    /// Name of the site.
    pub site: String,
    /// Who decided; `None` where only the blog is known.
    pub moderator: Option<String>,
    /// Days since 1970 in UTC; 0 where it is not known.
    pub day: i64,
}

/// From so many labels on, a voice's labels weigh less each: n of them weigh as
/// much as the root of n times this. A hundred times as many labels then move
/// ten times as much.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Caps {
    pub site: f64,
    pub moderator: f64,
    /// Of one site on one day.
    pub day: f64,
}

impl Default for Caps {
    /// Argued: a busy day of one moderator is some hundred decisions.
    fn default() -> Self {
        Self {
            site: 400.0,
            moderator: 200.0,
            day: 100.0,
        }
    }
}

/// What the base model is sure of.
#[derive(Debug, Clone, Copy)]
pub struct Surprise {
    /// Above this log-odds it is sure of spam.
    pub sure_of_spam: f64,
    /// Below this it is sure of ham.
    pub sure_of_ham: f64,
}

/// Why a label counts for less in the shared model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Refusal {
    /// Nearly the same text was labelled the other way, too.
    Conflict,
    /// It contradicts what the model is sure of, and nobody else says so.
    Alone,
    /// More of this voice's labels contradict it than honest people's do.
    Doubted,
}

/// A weight for each sample, 0 to 1, and why it is 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weighed {
    pub weight: f64,
    pub refused: Option<Refusal>,
}

/// Weighs labels for the shared model. `voices` and `said`, the base model's
/// log-odds, have one entry for each sample.
pub fn weigh(
    samples: &[Sample],
    voices: &[Voice],
    said: &[f64],
    caps: Caps,
    surprise: Surprise,
) -> Vec<Weighed> {
    let refused = refusals(samples, voices, said, surprise);
    // What is refused takes no share from the others.
    let kept: Vec<usize> = (0..samples.len())
        .filter(|at| refused[*at].is_none())
        .collect();
    let mut weights: Vec<Weighed> = refused
        .into_iter()
        .map(|refused| Weighed {
            weight: 0.0,
            refused,
        })
        .collect();
    let share = |cap: f64, counts: &[usize]| -> Vec<f64> {
        let damped = |n: usize| (cap / n as f64).sqrt().min(1.0);
        counts.iter().map(|n| damped(*n)).collect()
    };
    let site = share(caps.site, &sizes(&kept, |at| &voices[at].site));
    let day = sizes(&kept, |at| (&voices[at].site, voices[at].day));
    let day = share(caps.day, &day);
    let moderator = share(
        caps.moderator,
        &sizes(&kept, |at| (&voices[at].site, &voices[at].moderator)),
    );
    for (place, at) in kept.iter().enumerate() {
        let has_day = voices[*at].day != 0;
        let has_moderator = voices[*at].moderator.is_some();
        weights[*at].weight = site[place]
            .min(if has_day { day[place] } else { 1.0 })
            .min(if has_moderator { moderator[place] } else { 1.0 });
    }
    weights
}

/// For each of the kept samples how many share its key.
fn sizes<K: Ord>(kept: &[usize], key: impl Fn(usize) -> K) -> Vec<usize> {
    let mut counts: BTreeMap<K, usize> = BTreeMap::new();
    for at in kept {
        *counts.entry(key(*at)).or_default() += 1;
    }
    kept.iter().map(|at| counts[&key(*at)]).collect()
}

/// Site and moderator.
type Who<'v> = (&'v str, Option<&'v str>);

impl Voice {
    fn who(&self) -> Who<'_> {
        (&self.site, self.moderator.as_deref())
    }

    /// Whether two labels are two people's, as far as is known.
    fn is_another_than(&self, other: &Self) -> bool {
        self.site != other.site
            || (self.moderator.is_some()
                && other.moderator.is_some()
                && self.moderator != other.moderator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Comment, Label};

    const SURE: Surprise = Surprise {
        sure_of_spam: 3.0,
        sure_of_ham: -2.0,
    };

    fn sample(content: &str, label: Label) -> Sample {
        Sample {
            comment: Comment {
                content: content.into(),
                ..Comment::default()
            },
            label,
            site: "blog".into(),
            lang: None,
        }
    }

    fn voice(site: &str, moderator: &str, day: i64) -> Voice {
        Voice {
            site: site.into(),
            moderator: Some(moderator.into()),
            day,
        }
    }

    fn total(labels: usize, voice: impl Fn(usize) -> Voice) -> f64 {
        let samples: Vec<Sample> = (0..labels)
            .map(|n| sample(&format!("word{n}"), Label::Spam))
            .collect();
        let voices: Vec<Voice> = (0..labels).map(voice).collect();
        let said = vec![0.0; labels];
        let weighed = weigh(&samples, &voices, &said, Caps::default(), SURE);
        weighed.iter().map(|one| one.weight).sum()
    }

    #[test]
    fn a_hundred_times_as_many_labels_move_ten_times_as_much() {
        let quiet = total(100, |n| voice("a", &format!("m{n}"), n as i64 + 1));
        assert_eq!(quiet, 100.0);
        let loud = |labels| total(labels, |n| voice("a", &format!("m{n}"), n as i64 + 1));
        assert!((loud(40_000) / loud(400) - 10.0).abs() < 1e-9);
        // One person, and one day, weigh less than a whole site.
        let person = total(4_000, |n| voice("a", "m", n as i64 + 1));
        let day = total(4_000, |n| voice("a", &format!("m{n}"), 1));
        assert!(day < person && person < loud(4_000));
    }

    #[test]
    fn what_contradicts_the_model_waits_for_a_second_voice() {
        let text = "buy it at https://shop.example/now";
        let mut samples = vec![sample(text, Label::Ham), sample(text, Label::Ham)];
        let mut said = vec![5.0, 5.0];
        // Both are right about ten others.
        for n in 0..20 {
            samples.push(sample(&format!("word{n}"), Label::Ham));
            said.push(-3.0);
        }
        let refused = |pair: [Voice; 2]| {
            let voices: Vec<Voice> = (0..22).map(|at| pair[at % 2].clone()).collect();
            let weighed = weigh(&samples, &voices, &said, Caps::default(), SURE);
            weighed[0].refused
        };
        let alone = [voice("a", "m", 1), voice("a", "m", 2)];
        assert_eq!(refused(alone), Some(Refusal::Alone));
        assert_eq!(refused([voice("a", "m", 1), voice("a", "n", 1)]), None);
        assert_eq!(refused([voice("a", "m", 1), voice("b", "m", 1)]), None);
    }

    #[test]
    fn accounts_that_only_contradict_do_not_back_each_other() {
        let text = "buy it at https://shop.example/now";
        let samples: Vec<Sample> = (0..6).map(|_| sample(text, Label::Ham)).collect();
        let voices: Vec<Voice> = (0..6)
            .map(|n| voice("a", &format!("m{}", n % 2), 1))
            .collect();
        let weighed = weigh(&samples, &voices, &[5.0; 6], Caps::default(), SURE);
        assert!(
            weighed
                .iter()
                .all(|one| one.refused == Some(Refusal::Doubted))
        );
    }

    #[test]
    fn labels_of_one_text_that_differ_are_both_refused() {
        let text = "one two three four five six seven eight nine ten eleven twelve";
        let samples = [sample(text, Label::Ham), sample(text, Label::Spam)];
        let voices = [voice("a", "m", 1), voice("b", "n", 1)];
        let weighed = weigh(&samples, &voices, &[0.0, 0.0], Caps::default(), SURE);
        for one in weighed {
            assert_eq!((one.weight, one.refused), (0.0, Some(Refusal::Conflict)));
        }
    }
}
