//! The table of families. A rule is added in its family's file.

use super::rule::Rule;
use super::{author, behavior, disguise, links, markup, shape, wording};

/// Rules of one kind.
pub struct Family {
    pub name: &'static str,
    pub summary: &'static str,
    pub rules: &'static [Rule],
}

/// Every family, in the order the reference lists them.
pub static FAMILIES: &[&Family] = &[
    &wording::FAMILY,
    &links::FAMILY,
    &author::FAMILY,
    &markup::FAMILY,
    &disguise::FAMILY,
    &shape::FAMILY,
    &behavior::FAMILY,
];

/// Every rule.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    FAMILIES.iter().flat_map(|family| family.rules)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::features::Features;
    use crate::features::tokens::Kind;
    use crate::rules::tokens::spell;
    use crate::rules::{CROSSES, Weight};

    #[test]
    fn every_example_does_what_it_says() {
        for rule in all() {
            for example in rule.fires {
                let hit = (rule.check)(&Features::of(&example.comment()));
                let hit = hit.unwrap_or_else(|| panic!("{} passes {example:?}", rule.id));
                assert!((1..=3).contains(&hit.level), "{}", rule.id);
                if let Some(span) = hit.span {
                    let length = example.content.chars().count();
                    assert!(span.start < span.end && span.end <= length, "{}", rule.id);
                }
            }
            for example in rule.passes {
                let hit = (rule.check)(&Features::of(&example.comment()));
                assert_eq!(hit, None, "{} fires on {example:?}", rule.id);
            }
            assert!(!rule.fires.is_empty(), "{} fires on nothing", rule.id);
            assert!(!rule.passes.is_empty(), "{} passes nothing", rule.id);
        }
    }

    #[test]
    fn every_row_is_whole() {
        let mut seen = std::collections::BTreeSet::new();
        for family in FAMILIES {
            for rule in family.rules {
                assert!(seen.insert(rule.id), "{} is there twice", rule.id);
                let name = rule.id.strip_prefix(&format!("{}/", family.name));
                let name = name.unwrap_or_else(|| panic!("{} is in {}", rule.id, family.name));
                assert!(
                    name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'),
                    "{}",
                    rule.id
                );
                assert!(
                    !rule.summary.is_empty() && rule.docs.ends_with('.'),
                    "{}",
                    rule.id
                );
                if let Weight::Argued(weight) = rule.weight {
                    assert!(weight.0.abs() <= 6.0, "{}", rule.id);
                }
            }
        }
        assert!(seen.len() >= 40, "{} rules", seen.len());
    }

    #[test]
    fn no_two_rules_share_a_slot() {
        let mut slots: BTreeMap<u32, (&str, Vec<u8>)> = BTreeMap::new();
        let rules = all().flat_map(|rule| (1..=3).map(|level| (rule.id, vec![level])));
        let crosses = CROSSES.iter().flat_map(|cross| {
            let none = vec![Vec::new()];
            let combined = cross.of.iter().fold(none, |heads: Vec<Vec<u8>>, measure| {
                let longer = |head: &Vec<u8>, level| [head.as_slice(), &[level]].concat();
                let levels = |head| (0..=measure.top).map(move |level| longer(head, level));
                heads.iter().flat_map(levels).collect()
            });
            combined.into_iter().map(|levels| (cross.id, levels))
        });
        for token in rules.chain(crosses) {
            let slot = Kind::Rules.slot(spell(token.0, token.1.clone()));
            let first = slots.entry(slot).or_insert_with(|| token.clone());
            assert_eq!(*first, token, "rename one of them");
        }
    }

    #[test]
    fn no_measure_tops_its_top() {
        for example in all().flat_map(|rule| rule.fires.iter().chain(rule.passes)) {
            let features = Features::of(&example.comment());
            for cross in CROSSES {
                for (measure, level) in cross.of.iter().zip(cross.levels(&features)) {
                    assert!(level <= measure.top, "{} at {level}", measure.name);
                }
            }
        }
    }
}
