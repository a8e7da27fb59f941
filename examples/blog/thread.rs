//! Comments as threads: each answer stands below what it answers.

use askama::Template;
use jiff::tz::TimeZone;

use crate::comments::Comment;

/// Deeper answers stay on this level: on a phone there is no room for more.
const DEEPEST: usize = 3;
/// Colours in the stylesheet.
const TONES: usize = 5;

/// A comment with its answers; rendering it renders them all.
#[derive(Template)]
#[template(path = "thread.html", config = "examples/blog/askama.toml")]
pub struct Thread {
    pub comment: Comment,
    /// Whom it answers, where its place does not show it.
    pub answers: Option<String>,
    pub replies: Vec<Thread>,
}

impl Thread {
    fn date(&self) -> String {
        self.written("%-d %B %Y, %H:%M UTC")
    }

    fn machine_date(&self) -> String {
        self.written("%Y-%m-%dT%H:%M:%SZ")
    }

    /// In place of a picture, which would be fetched from somebody.
    fn initial(&self) -> String {
        let mut letters = self.comment.name.chars();
        letters
            .find(|letter| letter.is_alphanumeric())
            .map_or_else(|| "?".into(), |letter| letter.to_uppercase().collect())
    }

    /// The same colour for the same name.
    fn tone(&self) -> usize {
        self.comment.name.bytes().map(usize::from).sum::<usize>() % TONES
    }

    fn written(&self, format: &str) -> String {
        let at = self.comment.written_at.to_zoned_datetime(TimeZone::UTC);
        at.strftime(format).to_string()
    }
}

/// `comments` come oldest first, so each stands behind the one that it answers.
pub fn threads(comments: Vec<Comment>) -> Vec<Thread> {
    let mut top = Vec::new();
    for comment in comments {
        place(&mut top, comment);
    }
    top
}

fn place(top: &mut Vec<Thread>, comment: Comment) {
    let Some(parent) = comment.parent.clone() else {
        return top.push(Thread {
            comment,
            answers: None,
            replies: Vec::new(),
        });
    };
    let mut path = Vec::new();
    let found = find(top, &parent, &mut path);
    let answers = match found {
        None => Some("a comment that is no longer here".to_owned()),
        Some(ref name) if path.len() > DEEPEST => Some(name.clone()),
        Some(_) => None,
    };
    let mut level = top;
    for place in path.into_iter().take(DEEPEST) {
        level = &mut level[place].replies;
    }
    level.push(Thread {
        comment,
        answers,
        replies: Vec::new(),
    });
}

/// The name of the author of `id`, and the way there, from the top down.
fn find(threads: &[Thread], id: &str, path: &mut Vec<usize>) -> Option<String> {
    for (place, thread) in threads.iter().enumerate() {
        path.push(place);
        if thread.comment.id == id {
            return Some(thread.comment.name.clone());
        }
        if let Some(name) = find(&thread.replies, id, path) {
            return Some(name);
        }
        path.pop();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comments::State;

    fn comment(id: &str, parent: Option<&str>) -> Comment {
        Comment {
            id: id.into(),
            post: "hub".into(),
            parent: parent.map(Into::into),
            name: id.to_uppercase(),
            url: None,
            text: "Hello".into(),
            written_at: jiff::Timestamp::UNIX_EPOCH,
            state: State::Published,
            by_person: false,
        }
    }

    /// `a(b(c))d`, with `>X` for "answers X".
    fn shape(threads: &[Thread]) -> String {
        let mut text = String::new();
        for thread in threads {
            text += &thread.comment.id;
            if let Some(name) = &thread.answers {
                text += &format!(">{name}");
            }
            if !thread.replies.is_empty() {
                text += &format!("({})", shape(&thread.replies));
            }
        }
        text
    }

    #[test]
    fn answers_stand_below_what_they_answer() {
        let comments = [
            ("a", None),
            ("b", Some("a")),
            ("c", None),
            ("d", Some("b")),
            ("e", Some("a")),
        ];
        let comments = comments.map(|(id, parent)| comment(id, parent)).to_vec();
        assert_eq!(shape(&threads(comments)), "a(b(d)e)c");
    }

    #[test]
    fn deep_answers_stay_on_one_level_and_say_whom_they_answer() {
        let mut comments = vec![comment("a", None)];
        for (id, parent) in [("b", "a"), ("c", "b"), ("d", "c"), ("e", "d"), ("f", "e")] {
            comments.push(comment(id, Some(parent)));
        }
        assert_eq!(shape(&threads(comments)), "a(b(c(de>Df>E)))");
    }

    #[test]
    fn an_answer_outlives_what_it_answered() {
        let threads = threads(vec![comment("b", Some("a"))]);
        assert_eq!(shape(&threads), "b>a comment that is no longer here");
        assert!(threads[0].to_string().contains("no longer here"));
    }
}
