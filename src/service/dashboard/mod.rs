//! How the filter does and how people keep up with it: numbers over time, of
//! one site or of several together.

mod audited;
mod learning;
mod numbers;
mod reasons;

pub use audited::{Audited, AuditedVerdict, Bounded};
pub use learning::LearningStep;
pub use numbers::{Dashboard, Errors};
pub use reasons::ReasonPrecision;
