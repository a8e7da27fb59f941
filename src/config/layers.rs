//! Where settings are written: the file, the environment, the flags.

use std::path::{Path, PathBuf};

use super::problem::{Origin, Problem, Problems};

/// The layers as they were found, not yet understood.
#[derive(Debug, Clone, Default)]
pub struct Layers {
    /// Path and text of the TOML file.
    pub file: Option<(PathBuf, String)>,
    /// Variables that begin with `HAMGATE_`.
    pub environment: Vec<(String, String)>,
    /// Setting's key (`listen`) and value, as given by command-line options.
    pub flags: Vec<(String, String)>,
}

impl Layers {
    /// Reads the file, if one is named, and this process's environment.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn read(file: Option<&Path>, flags: Vec<(String, String)>) -> Result<Self, Problems> {
        let file = match file {
            None => None,
            Some(path) => {
                let text = std::fs::read_to_string(path).map_err(|error| {
                    Problems(vec![Problem {
                        origin: Origin::File,
                        name: path.display().to_string(),
                        message: format!(
                            "cannot be read: {error}; name a settings file (--config)"
                        ),
                    }])
                })?;
                Some((path.to_owned(), text))
            }
        };
        let environment = std::env::vars_os()
            .filter_map(|(name, value)| {
                let name = name.into_string().ok()?;
                name.starts_with("HAMGATE_")
                    .then(|| (name, value.to_string_lossy().into_owned()))
            })
            .collect();
        Ok(Self {
            file,
            environment,
            flags,
        })
    }
}
