//! Text that is made to be read by people and not by filters.

mod reading;

use super::families::Family;
use super::rule::{Hit, Rule, Weight, joined, text};

const ROWS: [Rule; LETTERS.len() + reading::ROWS.len()] = joined(&[LETTERS, reading::ROWS]);

/// A rule that counts something: 1, 3 and 10 or more.
fn counted(count: usize, what: &str) -> Option<Hit> {
    let level = match count {
        0 => return None,
        1..3 => 1,
        3..10 => 2,
        _ => 3,
    };
    Some(Hit::new(format!("{count} {what}")).level(level))
}

pub static FAMILY: Family = Family {
    name: "disguise",
    summary: "Text that is made to be read by people and not by filters.",
    rules: &ROWS,
};

/// Characters that readers do not notice.
const LETTERS: &[Rule] = &[
    Rule {
        id: "disguise/zero-width",
        summary: "Invisible characters inside words",
        docs: "Zero-width characters between Latin, Greek or Cyrillic letters cut words for a filter. Text copied from some programs has a few.",
        weight: Weight::Fitted,
        check: |features| {
            counted(
                features.text.invisible.zero_width as usize,
                "invisible characters",
            )
        },
        fires: &[text("v\u{200B}iagra")],
        passes: &[text("👩\u{200D}💻 می\u{200C}خواهم")],
    },
    Rule {
        id: "disguise/mixed-scripts",
        summary: "Words of look-alike letters",
        docs: "No language writes one word in several alphabets. Brand names and jokes do.",
        weight: Weight::Fitted,
        check: |features| {
            counted(
                features.shape.mixed_script_words,
                "words of mixed alphabets",
            )
        },
        fires: &[text("саsino bonus")],
        passes: &[text("Привет from Ελλάδα")],
    },
    Rule {
        id: "disguise/fancy-letters",
        summary: "Letters in fancy styles",
        docs: "Mathematical and circled letters hide words. Young people decorate their names with them.",
        weight: Weight::Fitted,
        check: |features| {
            counted(
                features.text.invisible.fancy as usize / 3,
                "times three fancy letters",
            )
        },
        fires: &[text("𝐜𝐚𝐬𝐢𝐧𝐨")],
        passes: &[text("x² + y² in ℝ")],
    },
    Rule {
        id: "disguise/spelled-out",
        summary: "Words spelled out with spaces",
        docs: "Letters with spaces between them are one word to a reader.",
        weight: Weight::Fitted,
        check: |features| {
            let run = features.shape.longest_spelled_out;
            (run >= 5).then(|| Hit::new(format!("{run} single letters in a row")))
        },
        fires: &[text("v i a g r a")],
        passes: &[text("plan B or C is A OK")],
    },
    Rule {
        id: "disguise/digits-in-words",
        summary: "Digits inside words",
        docs: "Letters replaced by digits. Programmers write such names all day.",
        weight: Weight::Fitted,
        check: |features| counted(features.shape.digit_words, "words with digits inside"),
        fires: &[text("cheap v1agra")],
        passes: &[text("use utf8 and sha256")],
    },
    Rule {
        id: "disguise/stacked-marks",
        summary: "Marks piled on letters",
        docs: "More marks than any language stacks.",
        weight: Weight::Fitted,
        check: |features| {
            counted(
                features.text.invisible.stacked_marks as usize,
                "marks too many",
            )
        },
        fires: &[text("e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}")],
        passes: &[text("Tiếng Việt, हिन्दी")],
    },
    Rule {
        id: "disguise/direction-controls",
        summary: "Characters that turn the reading direction",
        docs: "They can show a link as another. Right-to-left writers use a few.",
        weight: Weight::Fitted,
        check: |features| {
            counted(
                features.text.invisible.bidi_controls as usize,
                "direction controls",
            )
        },
        fires: &[text("abc\u{202E}moc.a")],
        passes: &[text("שלום לכם")],
    },
    Rule {
        id: "disguise/control-characters",
        summary: "Control characters",
        docs: "Nobody types them.",
        weight: Weight::Fitted,
        check: |features| {
            counted(
                features.text.invisible.controls as usize,
                "control characters",
            )
        },
        fires: &[text("a\u{1}b")],
        passes: &[text("a\tb\r\nc")],
    },
];
