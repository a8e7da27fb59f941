//! Forgetting by request, and telling a person what is kept about them.

mod certificate;
mod models;
mod person;
mod request;
mod whom;

pub use certificate::Certificate;
pub use models::{ModelChange, Remade, Remake};
pub use person::PersonExport;
pub use request::{Forecast, How};
pub use whom::ToForget;
