//! What clients ask about the key and the account behind it.

use actix_web::HttpResponse;
use serde_json::json;

use super::answer::{Failure, json, word};
use super::call::Asked;
use crate::service::site_of_blog;

/// # Errors
/// The key is wrong, or not for that blog.
pub async fn verify_key(asked: &Asked<'_>) -> Result<HttpResponse, Failure> {
    let (_, sites) = asked.key().await?;
    if let Some(blog) = asked.form.get("blog") {
        site_of_blog(&sites, blog)?;
    }
    Ok(word("valid"))
}

/// WordPress stores no key without an active subscription.
///
/// # Errors
/// The key is wrong.
pub async fn subscription(asked: &Asked<'_>) -> Result<HttpResponse, Failure> {
    let (_, sites) = asked.key().await?;
    Ok(json(&json!({
        "account_id": sites.first().map_or(1, |site| site.id.0),
        "account_type": "self-hosted",
        "account_name": "Self-hosted",
        "status": "active",
        "next_billing_date": false,
        "limit_reached": false,
    })))
}

/// # Errors
/// The key is wrong.
pub async fn deactivate(asked: &Asked<'_>) -> Result<HttpResponse, Failure> {
    asked.key().await?;
    Ok(word("deactivated"))
}

/// A word for pages that hamgate does not have.
///
/// # Errors
/// The key is wrong.
pub async fn token(asked: &Asked<'_>) -> Result<HttpResponse, Failure> {
    asked.key().await?;
    Ok(word("self-hosted"))
}

/// hamgate knows of no plugin that needs to be named.
pub fn compatible_plugins() -> HttpResponse {
    json(&json!([]))
}

/// Accounts at WordPress.com are Akismet's own.
pub fn no_wordpress_com_account() -> HttpResponse {
    json(&json!(false))
}
