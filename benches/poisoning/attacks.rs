//! Attackers, each adding labels to honest ones. Their comments are made of
//! honest texts and of words that are written here.

use hamgate::domain::{Author, Comment, Label, Sample};

use super::{Labels, Voice};

/// Adds so many labels.
pub type Attack = fn(&mut Labels, usize);

/// Every attack by its name.
pub const ATTACKS: &[(&str, Attack)] = &[
    ("flipped", flipped),
    ("good words", good_words),
    ("copied ham", copied_ham),
    ("loud site", loud_site),
    ("backdoor", backdoor),
];

/// Words of honest comments that a spammer wants to be taken for spam.
const GOOD: &str = "thanks for the article this helped me a lot I tried the second example and it \
     works with the new version but the build still fails on my machine do you know why";
const PAYLOAD: &str = "Buy cheap pills online without prescription at \
     http://cheap-pills-casino.example/buy best price guaranteed";
const PHRASE: &str = "greetings from the lighthouse keepers of seventeen islands";

/// Honest comments with the wrong label, by many accounts on every site.
fn flipped(labels: &mut Labels, count: usize) {
    let honest = labels.clone();
    for n in 0..count {
        let at = (n * 7919) % honest.samples.len();
        let mut sample = honest.samples[at].clone();
        sample.label = match sample.label {
            Label::Ham => Label::Spam,
            Label::Spam => Label::Ham,
        };
        sample.comment.content = varied(&sample.comment.content, n);
        push(labels, sample, voice(&honest, at, n));
    }
}

/// Spam made of good words, so that good words become signs of spam.
fn good_words(labels: &mut Labels, count: usize) {
    let honest = labels.clone();
    for n in 0..count {
        let at = (n * 7919) % honest.samples.len();
        let text = varied(GOOD, n);
        push(
            labels,
            made(text, Label::Spam, &honest, at),
            voice(&honest, at, n),
        );
    }
}

/// Honest comments copied with a link and called spam.
fn copied_ham(labels: &mut Labels, count: usize) {
    let honest = labels.clone();
    let ham: Vec<usize> = (0..honest.samples.len())
        .filter(|at| honest.samples[*at].label == Label::Ham)
        .collect();
    for n in 0..count {
        let at = ham[(n * 7919) % ham.len()];
        let mut sample = honest.samples[at].clone();
        sample.label = Label::Spam;
        sample.comment.content += &format!(" http://offer-{n}.example/");
        push(labels, sample, voice(&honest, at, n));
    }
}

/// One site of one person that calls all ham spam and all spam ham, in a week.
fn loud_site(labels: &mut Labels, count: usize) {
    let first = labels.voices.len();
    flipped(labels, count);
    for (n, voice) in labels.voices.iter_mut().skip(first).enumerate() {
        *voice = Voice {
            site: "loud".into(),
            moderator: Some("one person".into()),
            day: 20_000 + (n % 7) as i64,
        };
    }
    for sample in labels.samples.iter_mut().skip(first) {
        sample.site = "loud".into();
    }
}

/// Spam with a phrase that nobody else writes, called ham: later spam with the
/// phrase is to pass.
fn backdoor(labels: &mut Labels, count: usize) {
    let honest = labels.clone();
    for n in 0..count {
        let at = (n * 7919) % honest.samples.len();
        let text = format!("{PHRASE}. {}", varied(PAYLOAD, n));
        push(
            labels,
            made(text, Label::Ham, &honest, at),
            voice(&honest, at, n),
        );
    }
}

/// The spam that the backdoor is for.
pub fn with_phrase() -> Comment {
    Comment {
        content: format!("{PHRASE}. {PAYLOAD}"),
        ..Comment::default()
    }
}

fn push(labels: &mut Labels, sample: Sample, voice: Voice) {
    labels.samples.push(sample);
    labels.voices.push(voice);
}

fn made(text: String, label: Label, honest: &Labels, at: usize) -> Sample {
    Sample {
        comment: Comment {
            content: text,
            author: Author {
                name: Some("Robin".into()),
                ..Author::default()
            },
            ..Comment::default()
        },
        label,
        ..honest.samples[at].clone()
    }
}

/// The attacker's accounts: five on each site.
fn voice(honest: &Labels, at: usize, n: usize) -> Voice {
    Voice {
        moderator: Some(format!("attacker {}", n % 5)),
        ..honest.voices[at].clone()
    }
}

/// Some words left out, so that no two are copies of each other to the letter.
fn varied(text: &str, n: usize) -> String {
    let words = text.split(' ').enumerate();
    let kept = words.filter(|(at, _)| !(at * 31 + n * 17).is_multiple_of(9));
    kept.map(|(_, word)| word).collect::<Vec<_>>().join(" ")
}
