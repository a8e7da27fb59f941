//! Cargo `instant-akismet`, pointed by its options; it puts the key before the host.

use std::env;
use std::fmt::Debug;

use instant_akismet::{AkismetClient, AkismetOptions, Comment, CommentType};
use reqwest::Client;

fn given(name: &str) -> String {
    env::var(name).unwrap_or_else(|_| panic!("{name} is not set"))
}

fn client(key: &str) -> AkismetClient {
    let options = AkismetOptions {
        host: "localhost".into(),
        protocol: "http".into(),
        ..AkismetOptions::default()
    };
    AkismetClient::new(given("AKISMET_BLOG"), given(key), Client::new(), options)
}

/// The comment that is called `which`: `HAM`, `SPAM` or `HELD`.
struct Text {
    fields: [String; 4],
    blog: String,
    ip: String,
    user_agent: String,
}

impl Text {
    fn of(which: &str) -> Self {
        Self {
            fields: ["AUTHOR", "EMAIL", "URL", "CONTENT"]
                .map(|field| given(&format!("{which}_{field}"))),
            blog: given("AKISMET_BLOG"),
            ip: given("COMMENT_IP"),
            user_agent: given("COMMENT_USER_AGENT"),
        }
    }

    fn comment(&self) -> Comment<'_> {
        let [author, email, url, content] = &self.fields;
        Comment::new(&self.blog, &self.ip)
            .user_agent(&self.user_agent)
            .comment_type(CommentType::Comment)
            .comment_author(author)
            .comment_author_email(email)
            .comment_author_url(url)
            .comment_content(content)
    }
}

/// Prints `name`, whether the client gave what was wanted, and what it gave.
fn judged(name: &str, wanted: &str, got: impl Debug) {
    let got = format!("{got:?}");
    let word = if got.starts_with(wanted) { "ok" } else { "FAILED" };
    println!("{name}\t{word}\t{}", got.replace(['\t', '\n'], " "));
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let [ham, spam, held] = ["HAM", "SPAM", "HELD"].map(Text::of);
    let client_of = client;
    let client = client_of("AKISMET_KEY");
    let stranger = client_of("AKISMET_WRONG_KEY");

    judged("verify key", "Ok(())", client.verify_key().await);
    judged("wrong key", "Err(Invalid(", stranger.verify_key().await);
    judged("ham", "Ok(Ham)", client.check_comment(ham.comment()).await);
    judged("spam", "Ok(Spam)", client.check_comment(spam.comment()).await);
    judged("hold", "Ok(Ham)", client.check_comment(held.comment()).await);
    judged("report spam", "Ok(())", client.submit_spam(held.comment()).await);
    judged("report ham", "Ok(())", client.submit_ham(spam.comment()).await);

    let edited = ham.comment().recheck_reason("edit");
    judged("+ recheck after an edit", "Ok(Ham)", client.check_comment(edited).await);
    let guaranteed = Comment::new(&ham.blog, &ham.ip)
        .comment_author("akismet-guaranteed-spam")
        .is_test(true);
    judged("+ guaranteed spam", "Ok(Spam)", client.check_comment(guaranteed).await);
    let refused = stranger.check_comment(ham.comment()).await;
    judged("+ check with a wrong key", "Err(Invalid(", refused);
}
