//! The pages, and the way of a comment: typed, bounded, kept, asked about,
//! shown for what it became.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::http::header::{LOCATION, REFERER, USER_AGENT};
use actix_web::web::{Data, Form, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use jiff::Timestamp;
use serde::Deserialize;

use crate::Blog;
use crate::comments::{Comment, State};
use crate::draft::{Draft, FieldError, Fields};
use crate::hamgate::{Circumstances, question};
use crate::posts::{POSTS, Post, post};
use crate::templates::{self, Index, PostPage};
use crate::thread::threads;
use crate::trouble::Trouble;

pub async fn index(blog: Data<Blog>) -> Result<HttpResponse, Trouble> {
    let counts: HashMap<String, u32> = blog.comments.counts().await?.into_iter().collect();
    let count = |post: &Post| counts.get(post.slug).copied().unwrap_or(0);
    let posts = POSTS.iter().map(|post| (post, count(post))).collect();
    Ok(html(StatusCode::OK, &Index { posts }))
}

/// What the address of a post can carry.
#[derive(Deserialize)]
pub struct Wanted {
    /// The reader has just written this comment.
    mine: Option<String>,
    /// The reader wants to answer this comment.
    reply: Option<String>,
}

/// `GET /posts/{slug}`.
pub async fn show(
    blog: Data<Blog>,
    slug: Path<String>,
    wanted: Query<Wanted>,
) -> Result<HttpResponse, Trouble> {
    let post = post(&slug).ok_or(Trouble::NotFound)?;
    let mut fields = Fields::default();
    let mine = blog.comment_of(post, wanted.mine.as_deref()).await?;
    if let Some(refused) = mine.iter().find(|mine| mine.state == State::Refused) {
        fields.text.clone_from(&refused.text);
        fields.name.clone_from(&refused.name);
        fields.url = refused.url.clone().unwrap_or_default();
        fields.parent = refused.parent.clone().unwrap_or_default();
    }
    if let Some(reply) = &wanted.reply {
        fields.parent.clone_from(reply);
    }
    blog.page(StatusCode::OK, post, mine, fields, Vec::new())
        .await
}

/// `POST /posts/{slug}/comments`.
pub async fn write(
    blog: Data<Blog>,
    request: HttpRequest,
    slug: Path<String>,
    Form(fields): Form<Fields>,
) -> Result<HttpResponse, Trouble> {
    let post = post(&slug).ok_or(Trouble::NotFound)?;
    let fields = fields.tidied();
    let now = Timestamp::now();
    let unsent = StatusCode::UNPROCESSABLE_ENTITY;
    let draft = match fields.draft() {
        Ok(draft) => draft,
        Err(errors) => return blog.page(unsent, post, None, fields, errors).await,
    };
    let Some(ticket) = blog.tickets.take_back(post.slug, &fields.ticket, now) else {
        let words = "This page was open for very long. Please send the comment once more.";
        return blog.page(unsent, post, None, fields, at_text(words)).await;
    };
    let parent = blog.comment_of(post, Some(&fields.parent)).await?;
    let parent = parent.filter(|parent| parent.state == State::Published);
    if parent.is_none() && !fields.parent.is_empty() {
        let words = "The comment that you answer is no longer here. This will be a new comment.";
        let fields = Fields {
            parent: String::new(),
            ..fields
        };
        return blog.page(unsent, post, None, fields, at_text(words)).await;
    }

    let id = blog.tickets.comment_id(&ticket, &draft.name, &draft.text);
    let seen = Circumstances {
        page: format!("{}{}", blog.address, post.path()),
        // Behind a reverse proxy this is the proxy: then take the one header
        // that it sets, and take it from nobody else.
        ip: request.peer_addr().map(|peer| peer.ip().to_string()),
        user_agent: header(&request, USER_AGENT),
        referrer: header(&request, REFERER),
        honeypot: fields.subject.clone(),
        seconds: ticket.seconds,
        javascript: fields.javascript == "yes",
    };
    let parent = parent.map(|parent| parent.id);
    let question = question(&id, parent.as_deref(), &draft, post, &seen);
    let comment = written(&id, post, parent, draft, now);

    // On disk first: whatever happens from here on, the comment is not lost.
    if let Err(error) = blog.comments.add(comment, question.clone()).await {
        return Err(Trouble::NotKept(error, fields.text));
    }
    blog.ask(&id, question).await?;

    // A page of its own, so that reloading it does not send the form again.
    let here = format!("{}?mine={id}#mine", post.path());
    Ok(HttpResponse::SeeOther()
        .insert_header((LOCATION, here))
        .finish())
}

fn written(
    id: &str,
    post: &Post,
    parent: Option<String>,
    draft: Draft,
    written_at: Timestamp,
) -> Comment {
    Comment {
        id: id.to_owned(),
        post: post.slug.to_owned(),
        parent,
        name: draft.name,
        url: draft.url,
        text: draft.text,
        written_at,
        state: State::Unasked,
        by_person: false,
    }
}

fn at_text(words: &str) -> Vec<FieldError> {
    vec![FieldError {
        field: "text",
        words: words.to_owned(),
    }]
}

fn header(request: &HttpRequest, name: actix_web::http::header::HeaderName) -> Option<String> {
    let value = request.headers().get(name)?;
    Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
}

impl Blog {
    /// The comment of that id, if it is one of this post.
    async fn comment_of(&self, post: &Post, id: Option<&str>) -> Result<Option<Comment>, Trouble> {
        match id {
            None | Some("") => Ok(None),
            Some(id) => {
                let found = self.comments.one(id.to_owned()).await?;
                Ok(found.filter(|comment| comment.post == post.slug))
            }
        }
    }

    /// A post's page, with a form that is filled in as `fields` say.
    async fn page(
        &self,
        status: StatusCode,
        post: &'static Post,
        mine: Option<Comment>,
        fields: Fields,
        errors: Vec<FieldError>,
    ) -> Result<HttpResponse, Trouble> {
        let comments = self.comments.published(post.slug).await?;
        let answers = comments
            .iter()
            .find(|comment| comment.id == fields.parent)
            .map(|comment| (comment.id.clone(), comment.name.clone()));
        let undecided = mine
            .as_ref()
            .filter(|mine| !mine.by_person && matches!(mine.state, State::Held | State::Refused));
        let appeal = match undecided {
            Some(mine) => self.comments.appeal_url(mine.id.clone()).await?,
            None => None,
        };
        let page = PostPage {
            post,
            appeal,
            privacy: self.privacy.as_deref(),
            count: comments.len(),
            threads: threads(comments),
            mine,
            form: templates::Form {
                ticket: self.tickets.give_out(post.slug, Timestamp::now()),
                answers,
                fields,
                errors,
            },
            owner: &self.owner,
        };
        Ok(html(status, &page))
    }
}

/// A rendered page.
pub fn html(status: StatusCode, page: &impl Template) -> HttpResponse {
    match page.render() {
        Ok(page) => HttpResponse::build(status)
            .content_type("text/html; charset=utf-8")
            .body(page),
        Err(error) => {
            eprintln!("a page could not be made: {error}");
            HttpResponse::InternalServerError().finish()
        }
    }
}
