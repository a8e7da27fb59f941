//! A running WordPress, asked over its REST interface, page by page.
pub struct Login;
pub struct WordPress;
