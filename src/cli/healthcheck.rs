//! `hamgate healthcheck`: for containers and monitors.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::Args;

use super::say::say;
use super::settings::SettingsOptions;

/// Ask the service whether it is ready; exits 0 if it is.
#[derive(Debug, Args)]
pub struct Healthcheck {
    #[command(flatten)]
    settings: SettingsOptions,
    /// Address of the service; that of the settings where none is named.
    #[arg(long, value_name = "HOST:PORT")]
    listen: Option<String>,
}

impl Healthcheck {
    pub async fn run(self) -> Result<()> {
        let listen = self.settings.load(self.listen.as_deref())?.config.listen;
        // What listens on every address is asked on this machine's own.
        let address = listen
            .replace("0.0.0.0:", "127.0.0.1:")
            .replace("[::]:", "[::1]:");
        let url = format!("http://{address}/readyz");
        let client = reqwest::Client::builder()
            .timeout(Duration::from_secs(3))
            .no_proxy()
            // Its own machine is asked in the clear; a container has no authorities.
            .tls_certs_only([])
            .build()?;
        let answer = client.get(&url).send().await.with_context(|| {
            format!("{url} does not answer; start `hamgate serve`, or name its address (--listen)")
        })?;
        if !answer.status().is_success() {
            bail!("{url} answers {}", answer.status());
        }
        say!("ready");
        Ok(())
    }
}
