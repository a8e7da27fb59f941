//! On which site somebody is, how much waits on each, and where else to go.

use super::finding::campaigns_address;
use super::shown;
use super::whereabouts::{ORDERS, VIEWS, Whereabouts};
use crate::domain::Site;
use crate::http::locale::Locale;
use crate::http::problem::Problem;
use crate::service::{View, Viewer};
use crate::store::Order;

/// Something to choose, by a link.
pub struct Choice {
    pub name: String,
    pub address: String,
    pub is_chosen: bool,
    /// How many comments wait behind it.
    pub waiting: Option<u64>,
}

/// Where somebody is, with the site that it is on.
pub struct Here {
    /// With the site's name, where none was asked for.
    pub at: Whereabouts,
    /// `None` for who sees none.
    pub site: Option<Site>,
    /// Comments that wait on it.
    pub waiting: u64,
    sites: Vec<(Site, u64)>,
}

impl Here {
    /// Finds the site: the one asked for, or else the first on which something
    /// waits.
    pub async fn of(who: &Viewer, mut at: Whereabouts) -> Result<Self, Problem> {
        let mut sites = Vec::new();
        for site in who.sites() {
            sites.push((site.clone(), who.waiting(site).await?));
        }
        let site = match at.site.as_str() {
            "" => sites
                .iter()
                .find(|(_, waiting)| *waiting > 0)
                .or(sites.first())
                .map(|(site, _)| site.clone()),
            name => Some(who.site(name)?.clone()),
        };
        let id = site.as_ref().map(|site| site.id);
        let of_site = sites.iter().find(|(one, _)| Some(one.id) == id);
        at.site = site
            .as_ref()
            .map_or_else(String::new, |site| site.name.clone());
        Ok(Self {
            waiting: of_site.map_or(0, |(_, waiting)| *waiting),
            at,
            site,
            sites,
        })
    }

    /// The first page with something else about it.
    pub fn with(&self, change: impl FnOnce(&mut Whereabouts)) -> String {
        let mut there = self.at.clone();
        there.after = None;
        change(&mut there);
        there.address()
    }

    /// The sites, each at an address.
    pub fn sites(&self, address: impl Fn(&Site) -> String) -> Vec<Choice> {
        let sites = self.sites.iter();
        sites
            .map(|(site, waiting)| Choice {
                address: address(site),
                is_chosen: site.name == self.at.site,
                name: shown::plain(&site.name),
                waiting: Some(*waiting),
            })
            .collect()
    }

    /// The views, and the campaigns; `None` is on those.
    pub fn views(&self, l: Locale, view: Option<View>) -> Vec<Choice> {
        let mut choices: Vec<Choice> = VIEWS
            .into_iter()
            .map(|(other, word)| Choice {
                name: l.say(&format!("queue-view-{word}")),
                address: self.with(|there| there.view = other),
                is_chosen: Some(other) == view,
                waiting: (other == View::Held).then_some(self.waiting),
            })
            .collect();
        choices.push(Choice {
            name: l.say("finding-campaigns"),
            address: campaigns_address(&self.at.site, None),
            is_chosen: view.is_none(),
            waiting: None,
        });
        choices
    }

    /// The orders that the view has.
    pub fn orders(&self, l: Locale) -> Vec<Choice> {
        let has = |order| order != Order::Lesson || self.at.view == View::Held;
        let orders = ORDERS.into_iter().filter(|(order, _)| has(*order));
        orders
            .map(|(order, word)| Choice {
                name: l.say(&format!("queue-order-{word}")),
                address: self.with(|there| there.order = order),
                is_chosen: order == self.at.order,
                waiting: None,
            })
            .collect()
    }
}
