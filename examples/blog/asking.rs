//! Asking hamgate about a comment that is on disk; now, and again later
//! where it did not answer.

use std::sync::Arc;
use std::time::Duration;

use crate::Blog;

const FIRST_PAUSE: Duration = Duration::from_secs(2);
const LONGEST_PAUSE: Duration = Duration::from_secs(300);

impl Blog {
    /// Asks, and keeps the answer. Without one the comment stays as it is,
    /// and is asked about again later.
    ///
    /// # Errors
    /// The database does not keep it.
    pub async fn ask(&self, id: &str, question: String) -> rusqlite::Result<bool> {
        match self.hamgate.check(id, question).await {
            Ok(answer) => {
                let id = id.to_owned();
                let state = answer.verdict.state();
                self.comments.answered(id, state, answer.appeal_url).await?;
                Ok(true)
            }
            Err(error) => {
                // The owner must see a wrong key; readers see that they wait.
                eprintln!("hamgate gave no answer, so a comment waits: {error}");
                self.unanswered.notify_one();
                Ok(false)
            }
        }
    }
}

/// Runs for as long as the blog does. It sleeps until a question stays
/// unanswered, and then asks at ever longer intervals until none is left.
pub async fn ask_again(blog: Arc<Blog>) {
    loop {
        let mut pause = FIRST_PAUSE;
        while let Err(Unanswered) = ask_all(&blog).await {
            tokio::time::sleep(pause).await;
            pause = LONGEST_PAUSE.min(pause * 2);
        }
        blog.unanswered.notified().await;
        tokio::time::sleep(FIRST_PAUSE).await;
    }
}

struct Unanswered;

async fn ask_all(blog: &Blog) -> Result<(), Unanswered> {
    let questions = blog.comments.unanswered().await.map_err(|_| Unanswered)?;
    let mut outcome = Ok(());
    for (id, question) in questions {
        // One that is never answered must not keep the others waiting.
        if !matches!(blog.ask(&id, question).await, Ok(true)) {
            outcome = Err(Unanswered);
        }
    }
    outcome
}
