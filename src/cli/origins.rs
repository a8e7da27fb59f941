//! Options that say what is known of the sites of comment lines.

use anyhow::{Context, Result};
use clap::Args;

use crate::bayes::TrainingSet;
use crate::evaluation::{Lines, Origins};

/// What is known of the sites.
#[derive(Debug, Args)]
pub struct SiteOrigins {
    /// Sites that share campaigns, by parts of the names of the sites or of
    /// their files: groups separated by `;`, names by commas. Each group is
    /// left out as one when a model is checked on what it has not seen.
    #[arg(long, value_name = "SITES", value_delimiter = ';')]
    pub together: Vec<String>,
    /// Sites of another genre than blog comments (chat, SMS), named likewise,
    /// separated by commas: they teach, and have no part in calibration and
    /// thresholds.
    #[arg(long, value_name = "SITES", value_delimiter = ',')]
    pub other_genre: Vec<String>,
}

impl SiteOrigins {
    pub fn is_empty(&self) -> bool {
        self.together.is_empty() && self.other_genre.is_empty()
    }

    /// The lines as a training set.
    pub fn training_set<'l>(&self, lines: &'l Lines) -> Result<TrainingSet<'l>> {
        Origins::from(self)
            .training_set(lines)
            .context("--together or --other-genre")
    }
}

impl From<&SiteOrigins> for Origins {
    fn from(options: &SiteOrigins) -> Self {
        let named = |names: &str| -> Vec<String> {
            let names = names.split(',').map(str::trim);
            let named = names.filter(|name| !name.is_empty());
            named.map(str::to_owned).collect()
        };
        Self {
            together: options.together.iter().map(|group| named(group)).collect(),
            other_genre: options.other_genre.clone(),
        }
    }
}
