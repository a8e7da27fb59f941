//! What each site's labels taught, kept until they change. Never the only copy
//! of anything: a layer is made anew from the store's labels.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use super::check::on_thread;
use super::error::ServiceError;
use crate::bayes::SiteLayer;
use crate::domain::{LogOdds, SiteId};
use crate::features::Features;
use crate::filter::Filter;
use crate::store::{SiteLabel, Store};

/// Labels that a layer begins with, at most; then it grows to twice as many
/// before it begins anew, so that not every label costs a whole fit.
const NEWEST: usize = 1_000;
/// Sites whose layers are kept.
const SITES: usize = 1_000;
/// The weights are fitted again when this share of the labels is new.
const REFIT_SHARE: usize = 50;

/// The layers of the sites that were asked for.
#[derive(Default)]
pub(in crate::service) struct SiteLayers {
    sites: Mutex<HashMap<SiteId, Arc<Taught>>>,
}

/// A layer, and what it was made of.
#[derive(Clone)]
pub(super) struct Taught {
    pub layer: SiteLayer,
    /// The model whose log-odds the layer starts from.
    model: String,
    /// And the owner's weights of rules, which change those log-odds.
    rules: BTreeMap<String, LogOdds>,
    /// See [`crate::domain::History::label_changes`].
    changes: u64,
    labels: Vec<SiteLabel>,
    unfitted: usize,
}

impl SiteLayers {
    /// The layer of a site after so many changes of its labels.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn of(
        &self,
        store: &dyn Store,
        site: SiteId,
        changes: u64,
        filter: &Arc<Filter>,
    ) -> Result<Arc<Taught>, ServiceError> {
        let known = self.lock().get(&site).cloned();
        let known = known.filter(|known| known.starts_from(filter));
        if let Some(known) = known.as_ref().filter(|known| known.changes == changes) {
            return Ok(Arc::clone(known));
        }
        let labels = store.site_labels(site, 2 * NEWEST).await?;
        let (mut taught, new) = match known.and_then(|known| grown(&known, &labels)) {
            Some((known, new)) => (known, new),
            None => {
                let newest = &labels[labels.len().saturating_sub(NEWEST)..];
                (Taught::of(filter), newest)
            }
        };
        let comments = store.labelled_comments(site, new.to_vec()).await?;
        let filter = Arc::clone(filter);
        let taught = on_thread(true, move || {
            taught.changes = changes;
            for (label, comment) in comments {
                let local = filter.local(&Features::of(&comment));
                taught.layer.add(local, label.label);
                taught.labels.push(label);
                taught.unfitted += 1;
            }
            if taught.unfitted * REFIT_SHARE >= taught.labels.len() {
                taught.layer.fit();
                taught.unfitted = 0;
            }
            Arc::new(taught)
        })
        .await?;
        let mut sites = self.lock();
        if sites.len() >= SITES && !sites.contains_key(&site) {
            sites.clear();
        }
        sites.insert(site, Arc::clone(&taught));
        Ok(taught)
    }

    /// The same sites' layers on another filter.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn made_anew(
        &self,
        store: &dyn Store,
        filter: &Arc<Filter>,
    ) -> Result<Self, ServiceError> {
        let sites = self
            .lock()
            .iter()
            .map(|(site, taught)| (*site, taught.changes))
            .collect();
        let sites: Vec<(SiteId, u64)> = sites;
        let anew = Self::default();
        for (site, changes) in sites {
            anew.of(store, site, changes, filter).await?;
        }
        Ok(anew)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<SiteId, Arc<Taught>>> {
        self.sites.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Taught {
    fn of(filter: &Filter) -> Self {
        Self {
            layer: SiteLayer::default(),
            model: filter.model().id().to_owned(),
            rules: filter.rules().clone(),
            changes: 0,
            labels: Vec::new(),
            unfitted: 0,
        }
    }

    fn starts_from(&self, filter: &Filter) -> bool {
        self.model == filter.model().id() && self.rules == *filter.rules()
    }
}

/// The known layer, and the labels that were given since; `None` where it has
/// to be made anew, because one was taken back or it has grown too long.
fn grown<'l>(known: &Taught, labels: &'l [SiteLabel]) -> Option<(Taught, &'l [SiteLabel])> {
    let first = known.labels.first()?;
    let start = labels.iter().position(|label| label == first)?;
    let new = labels[start..].strip_prefix(known.labels.as_slice())?;
    (labels.len() - start < 2 * NEWEST).then(|| (known.clone(), new))
}
