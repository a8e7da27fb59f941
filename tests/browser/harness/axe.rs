//! axe-core (https://github.com/dequelabs/axe-core), which finds faults of
//! accessibility, and the ways in which a page is looked at.

use std::fs;
use std::path::Path;

use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};
use url::{ParseError, Url};

use super::page::Page;

/// Every way to look: width and height in pixels, and the browser's colours.
pub const LOOKS: [(u32, u32, &str); 4] = [
    (390, 844, "light"),
    (390, 844, "dark"),
    (1280, 900, "light"),
    (1280, 900, "dark"),
];

/// The rules of WCAG 2.2, levels A and AA, and what is good practice besides.
const RUN: &str = "
    const done = arguments[arguments.length - 1];
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    axe.run(document, { runOnly: tags, resultTypes: ['violations'] }).then(
      (found) => done({
        passes: found.passes.length,
        violations: found.violations.map((one) => `${one.id}: ${one.help}: ` +
          one.nodes.map((node) => `${node.target} ${node.html}`).join(' | ')),
      }),
      (error) => done({ passes: 0, violations: [String(error)] }),
    );";

/// A command of Chromium's own protocol.
#[derive(Debug)]
struct Devtools(&'static str, Value);

impl WebDriverCompatibleCommand for Devtools {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        let session = session.unwrap_or_default();
        base.join(&format!("session/{session}/goog/cdp/execute"))
    }

    fn method_and_body(&self, _: &Url) -> (reqwest::Method, Option<String>) {
        let body = json!({ "cmd": self.0, "params": self.1 });
        (reqwest::Method::POST, Some(body.to_string()))
    }
}

impl Page {
    /// Shows pages in that size and those colours from now on.
    pub async fn look(&self, (width, height, scheme): (u32, u32, &str)) {
        let size = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600,
        });
        let colours = json!({
            "features": [
                { "name": "prefers-color-scheme", "value": scheme },
                { "name": "prefers-reduced-motion", "value": "reduce" },
            ],
        });
        for command in [
            Devtools("Emulation.setDeviceMetricsOverride", size),
            Devtools("Emulation.setEmulatedMedia", colours),
        ] {
            self.client.issue_cmd(command).await.unwrap();
        }
        let is_so = "[innerWidth, matchMedia('(prefers-color-scheme: dark)').matches]";
        assert_eq!(self.ask(is_so).await, json!([width, scheme == "dark"]));
    }

    /// How many rules the page keeps to, and what is wrong with it.
    pub async fn faults(&self) -> (u64, Vec<String>) {
        if self.ask("typeof window.axe").await != "object" {
            let source = axe_source();
            self.client.execute(&source, Vec::new()).await.unwrap();
        }
        let found = self.client.execute_async(RUN, Vec::new()).await.unwrap();
        let violations = found["violations"].as_array().unwrap();
        let violations = violations
            .iter()
            .map(|one| one.as_str().unwrap().to_owned());
        (found["passes"].as_u64().unwrap(), violations.collect())
    }
}

fn axe_source() -> String {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("target/axe/node_modules/axe-core/axe.min.js");
    fs::read_to_string(path).expect("axe-core is not there; `./test.sh --prepare` installs it")
}
