//! How far moderators agree on the comments that two of them judged.

use std::collections::BTreeMap;

use super::stats::Rate;
use crate::domain::{BY_API, BY_BLOG, CommentId, DecisionKind};
use crate::store::Rating;

/// What people made of the same comments.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Agreement {
    /// Comments that the first and the last of their judges saw alike; 0 of 0
    /// where no comment had two.
    pub alike: Option<Rate>,
    /// Fleiss' kappa (1971) of these two judges: 1 is full agreement, 0 is what
    /// chance would do. `None` where everybody always said the same.
    pub kappa: Option<f64>,
    /// Two people each, those with most comments in common first.
    pub pairs: Vec<Pair>,
}

/// Two people and the comments that both judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// By name.
    pub people: [String; 2],
    pub alike: Rate,
    /// Cohen's kappa (1960).
    pub kappa: Option<f64>,
}

/// Accepted, rejected as spam, rejected for another reason.
const CATEGORIES: usize = 3;

/// How often two judges said which: rows are the one's, columns the other's.
type Table = [[u64; CATEGORIES]; CATEGORIES];

impl Agreement {
    /// Of ratings in the order in which they were given: of one person's on a
    /// comment the last counts. A blog's key is no person.
    pub fn of(ratings: &[Rating]) -> Self {
        let mut judges: BTreeMap<CommentId, Vec<(&str, usize)>> = BTreeMap::new();
        let people = ratings
            .iter()
            .filter(|rating| ![BY_API, BY_BLOG].contains(&rating.by.as_str()));
        for rating in people {
            let of_comment = judges.entry(rating.comment_id).or_default();
            of_comment.retain(|(by, _)| *by != rating.by);
            of_comment.push((&rating.by, category(rating)));
        }
        let mut ends = Table::default();
        let mut pairs: BTreeMap<[&str; 2], Table> = BTreeMap::new();
        for judges in judges.values() {
            if let [(_, first), .., (_, last)] = judges.as_slice() {
                ends[*first][*last] += 1;
            }
            for (place, one) in judges.iter().enumerate() {
                for other in &judges[place + 1..] {
                    let (a, b) = if one.0 < other.0 {
                        (one, other)
                    } else {
                        (other, one)
                    };
                    pairs.entry([a.0, b.0]).or_default()[a.1][b.1] += 1;
                }
            }
        }
        let mut pairs: Vec<Pair> = pairs
            .into_iter()
            .map(|(people, table)| Pair {
                people: people.map(str::to_owned),
                alike: alike(&table),
                kappa: kappa(&table, cohen_chance(&table)),
            })
            .collect();
        pairs.sort_by_key(|pair| std::cmp::Reverse(pair.alike.n));
        Self {
            alike: Some(alike(&ends)).filter(|rate| rate.n > 0),
            kappa: kappa(&ends, fleiss_chance(&ends)),
            pairs,
        }
    }
}

fn category(rating: &Rating) -> usize {
    match (rating.decision, rating.learn) {
        (DecisionKind::Accept, _) => 0,
        (DecisionKind::Reject, true) => 1,
        (DecisionKind::Reject, false) => 2,
    }
}

fn total(table: &Table) -> u64 {
    table.iter().flatten().sum()
}

fn alike(table: &Table) -> Rate {
    let diagonal = (0..CATEGORIES).map(|place| table[place][place]).sum();
    Rate::wilson(diagonal, total(table))
}

/// Shares of the categories among the row's judge's words, and the column's.
fn margins(table: &Table) -> [[f64; CATEGORIES]; 2] {
    let n = total(table).max(1) as f64;
    let row = |place: usize| table[place].iter().sum::<u64>() as f64 / n;
    let column = |place: usize| table.iter().map(|row| row[place]).sum::<u64>() as f64 / n;
    [std::array::from_fn(row), std::array::from_fn(column)]
}

/// Two judges, each with habits of their own.
fn cohen_chance(table: &Table) -> f64 {
    let [one, other] = margins(table);
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

/// Judges who are anybody: one habit for all.
fn fleiss_chance(table: &Table) -> f64 {
    let [one, other] = margins(table);
    let mean = one.iter().zip(other).map(|(a, b)| (a + b) / 2.0);
    mean.map(|share| share * share).sum()
}

fn kappa(table: &Table, chance: f64) -> Option<f64> {
    let seen = alike(table).estimate?;
    (chance < 1.0).then(|| (seen - chance) / (1.0 - chance))
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn rating(comment: u128, by: &str, word: usize) -> Rating {
        Rating {
            comment_id: CommentId(Uuid::from_u128(comment)),
            by: by.into(),
            decision: [
                DecisionKind::Accept,
                DecisionKind::Reject,
                DecisionKind::Reject,
            ][word],
            learn: word != 2,
        }
    }

    /// Comments on which `a` said the row and `b` the column.
    fn of_table(table: &[&[u64]]) -> Vec<Rating> {
        let (mut ratings, mut comment) = (Vec::new(), 0);
        for (row, cells) in table.iter().enumerate() {
            for (column, number) in cells.iter().enumerate() {
                for _ in 0..*number {
                    comment += 1;
                    ratings.push(rating(comment, "a", row));
                    ratings.push(rating(comment, "b", column));
                }
            }
        }
        ratings
    }

    #[test]
    fn kappa_agrees_with_the_textbook() {
        // The usual example: 20 and 15 alike of 50, kappa 0.4.
        let agreement = Agreement::of(&of_table(&[&[20, 5], &[10, 15]]));
        let pair = &agreement.pairs[0];
        assert_eq!(pair.people, ["a", "b"]);
        assert_eq!((pair.alike.errors, pair.alike.n), (35, 50));
        assert!((pair.kappa.unwrap() - 0.4).abs() < 1e-12);
        // Scott's pi of the same table: (0.7 - 0.505) / (1 - 0.505).
        assert!((agreement.kappa.unwrap() - 0.195 / 0.495).abs() < 1e-12);
    }

    #[test]
    fn of_one_person_the_last_word_counts_and_a_key_is_nobody() {
        let ratings = [
            rating(1, "anna", 0),
            rating(1, "bea", 1),
            rating(1, "anna", 1),
            rating(2, "anna", 0),
            rating(2, "api", 1),
            rating(3, "anna", 2),
            rating(3, "anna", 2),
        ];
        let agreement = Agreement::of(&ratings);
        let alike = agreement.alike.unwrap();
        assert_eq!((alike.errors, alike.n, agreement.pairs.len()), (1, 1, 1));
        assert_eq!(agreement.kappa, None, "both said the same and nothing else");
    }

    #[test]
    fn three_judges_are_three_pairs_and_one_comment() {
        let ratings = [rating(1, "c", 0), rating(1, "a", 1), rating(1, "b", 0)];
        let agreement = Agreement::of(&ratings);
        assert_eq!(
            (agreement.alike.unwrap().errors, agreement.pairs.len()),
            (1, 3)
        );
        assert_eq!(Agreement::of(&[]), Agreement::default());
    }
}
