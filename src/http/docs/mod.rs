//! The API reference page, made from our own API document: no script, no
//! inline style, nothing from another host.

mod html;
mod operations;
mod page;
mod schemas;

pub use page::{icon, page, style};
