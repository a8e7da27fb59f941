//! Progress bars, drawn only where a person watches.

use std::sync::Mutex;

use indicatif::{ProgressBar, ProgressStyle};

use crate::bayes::Stage;

/// A bar for `total` things called `what`; hidden unless standard error is a
/// terminal.
pub fn bar(what: &'static str, total: u64) -> ProgressBar {
    let bar = ProgressBar::new(total);
    if let Ok(style) = ProgressStyle::with_template("{msg:>22} {wide_bar} {pos}/{len} {eta}") {
        bar.set_style(style);
    }
    bar.set_message(what);
    bar
}

/// Shows what training does.
pub struct TrainingBar {
    bar: ProgressBar,
    stage: Mutex<Option<Stage>>,
}

impl TrainingBar {
    pub fn new() -> Self {
        Self {
            bar: bar("training", 0),
            stage: Mutex::new(None),
        }
    }

    pub fn show(&self, stage: Stage, done: usize, total: usize) {
        let Ok(mut shown) = self.stage.lock() else {
            return;
        };
        if *shown != Some(stage) {
            *shown = Some(stage);
            self.bar.reset();
            self.bar.set_message(match stage {
                Stage::Survey => "1/3 reading samples".to_owned(),
                Stage::Features => "2/3 taking them apart".to_owned(),
                Stage::Final => "3/3 fitting the model".to_owned(),
                Stage::Fold(fold) => format!("3/3 checking, fold {fold}"),
            });
        }
        self.bar.set_length(total.max(done) as u64);
        self.bar.set_position(done as u64);
    }

    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
