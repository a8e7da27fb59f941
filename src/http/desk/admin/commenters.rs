//! What a site's commenters may know and say: whom they ask, and whether they
//! can object.

use crate::domain::{Contact, FieldError, Site, SiteSettings};
use crate::http::desk::form::Fields;
use crate::http::door::Door;

/// As the site's page shows it.
pub struct Commenters {
    pub contact: String,
    pub appeals: bool,
    /// Whether a link could be made: the service knows its address.
    pub is_reached: bool,
    /// Where the site says what it does with comments.
    pub privacy: String,
}

impl Commenters {
    pub fn of(site: &Site, door: &Door) -> Self {
        let contact = site.settings.contact.as_ref();
        Self {
            contact: contact.map(ToString::to_string).unwrap_or_default(),
            appeals: site.settings.appeals,
            is_reached: !door.config.public_url.is_empty(),
            privacy: format!("/privacy/{}", site.public_id),
        }
    }
}

/// What was filled in.
///
/// # Errors
/// The contact is neither an e-mail address nor one of a page.
pub fn read(fields: &Fields) -> Result<impl FnOnce(&mut SiteSettings) + Send + use<>, FieldError> {
    let appeals = fields.get("appeals") == "yes";
    let contact = match fields.get("contact").trim() {
        "" => None,
        typed => Some(Contact::parse(typed).ok_or_else(|| {
            FieldError::new(
                "contact",
                "is no address",
                "give an e-mail address, a web address, or nothing",
            )
        })?),
    };
    Ok(move |settings: &mut SiteSettings| {
        settings.contact = contact;
        settings.appeals = appeals;
    })
}
