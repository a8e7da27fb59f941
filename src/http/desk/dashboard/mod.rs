//! How the filter does and what people decided: numbers, the model's card,
//! another budget on trial, and the history.

mod budget;
mod charts;
mod drawing;
mod export;
mod export_cells;
mod history;
mod model;
mod page;
mod shares;
mod tables;
mod tabs;
mod trial_rows;
mod what_if;

pub use export::{export_csv, export_lines};
pub use history::history;
pub use model::model;
pub use page::page;
pub use what_if::{apply, what_if};
