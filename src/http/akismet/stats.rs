//! Counts, in the shapes that clients read.

use actix_web::HttpResponse;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::answer::{Failure, builder, json};
use super::call::Asked;
use crate::domain::Site;
use crate::store::{Month, MonthCounts};

/// Seconds that a person would have looked at each spam, as Akismet counts.
const SECONDS_SAVED: u64 = 2;
const MOST_SITES: usize = 500;

/// # Errors
/// The key or the blog is wrong, or the store is unavailable.
pub async fn of_blog(asked: &Asked<'_>) -> Result<HttpResponse, Failure> {
    let (_, site) = asked.site().await?;
    totals(asked, &[site]).await
}

/// # Errors
/// The key is wrong, or the store is unavailable.
pub async fn of_key(asked: &Asked<'_>) -> Result<HttpResponse, Failure> {
    let (_, sites) = asked.key().await?;
    totals(asked, &sites).await
}

async fn totals(asked: &Asked<'_>, sites: &[Site]) -> Result<HttpResponse, Failure> {
    let months = months(asked, sites).await?;
    let reach = match asked.form.get("from") {
        Some("60-days") => 3,
        Some("6-months") => 6,
        Some("year") => 12,
        _ => i32::MAX,
    };
    let age = |month: Month| {
        let number = |month: Month| i32::from(month.year) * 12 + i32::from(month.month);
        number(this_month()) - number(month)
    };
    let mut all = Sum::default();
    let mut breakdown: Map<String, Value> = Map::new();
    let mut at = 0;
    while let Some(first) = months.get(at) {
        let end = months[at..].partition_point(|other| other.month == first.month) + at;
        let month = Sum::of(&months[at..end]);
        if age(first.month) < reach {
            all = all.and(month);
            let mut entry = month.json();
            entry.insert("blogs".into(), json!((end - at).to_string()));
            entry.insert("da".into(), json!(format!("{}-01", name(first.month))));
            breakdown.insert(name(first.month), entry.into());
        }
        at = end;
    }
    let mut answer = all.json();
    answer.insert("accuracy".into(), json!(all.accuracy()));
    let saved = (all.spam * SECONDS_SAVED).to_string();
    answer.insert("time_saved".into(), json!(saved));
    answer.insert("breakdown".into(), breakdown.into());
    Ok(json(&answer.into()))
}

/// There is no limit: it is the owner's machine.
///
/// # Errors
/// The key is wrong, or the store is unavailable.
pub async fn usage(asked: &Asked<'_>) -> Result<HttpResponse, Failure> {
    let (_, sites) = asked.key().await?;
    let months = months(asked, &sites).await?;
    let now = months.iter().filter(|month| month.month == this_month());
    let usage: u64 = now.map(|month| month.ham + month.spam).sum();
    let mut answer = json!({
        "limit": "none", "usage": usage, "percentage": "0", "throttled": false,
    });
    if asked.form.says("extended") {
        answer["notice_level"] = json!("NOTICE_NONE");
        answer["upgrade"] = json!(false);
    }
    Ok(json(&answer))
}

/// The key's sites in one month, as JSON or CSV.
///
/// # Errors
/// The key or the month is wrong, or the store is unavailable.
pub async fn key_sites(asked: &Asked<'_>) -> Result<HttpResponse, Failure> {
    let (key, sites) = asked.key().await?;
    let month = match asked.form.get("month") {
        None => name(this_month()),
        Some(month) if is_month(month) => month.to_owned(),
        Some(_) => return Err(Failure::invalid("The month must be written YYYY-MM")),
    };
    let months = months(asked, &sites).await?;
    let filter = asked.form.get("filter").unwrap_or_default();
    let mut rows: Vec<(String, Sum)> = sites
        .iter()
        .map(|site| {
            let own = months
                .iter()
                .filter(|one| one.site == site.id && name(one.month) == month);
            (address(site), Sum::of(own))
        })
        .filter(|(site, sum)| site.contains(filter) && sum.calls() > 0)
        .collect();
    let order = asked.form.get("order").unwrap_or("total");
    rows.sort_by(|a, b| {
        let by = |sum: &Sum| match order {
            "spam" => sum.spam,
            "ham" => sum.ham,
            "missed_spam" => sum.missed_spam,
            "false_positives" => sum.false_positives,
            _ => sum.calls(),
        };
        by(&b.1).cmp(&by(&a.1)).then_with(|| a.0.cmp(&b.0))
    });
    let whole = |name: &str, without: usize| {
        let number = asked.form.get(name).and_then(|text| text.parse().ok());
        number.unwrap_or(without)
    };
    let limit = whole("limit", MOST_SITES).min(MOST_SITES);
    let offset = whole("offset", 0);
    let total = rows.len();
    let page = rows.into_iter().skip(offset).take(limit);
    if asked.form.get("format") == Some("csv") {
        let mut csv = format!(
            "Active sites for {} during {month} (limit:{limit}, offset: {offset}, total: {total})\n\
             Site,Total API Calls,Spam,Ham,Missed Spam,False Positives,Is Revoked\n",
            key.as_str()
        );
        for (site, sum) in page {
            csv.push_str(&format!(
                "{site},{},{},{},{},{},false\n",
                sum.calls(),
                sum.spam,
                sum.ham,
                sum.missed_spam,
                sum.false_positives
            ));
        }
        return Ok(builder().content_type("text/csv; charset=utf-8").body(csv));
    }
    let listed: Vec<Value> = page
        .map(|(site, sum)| {
            json!({
                "site": site, "api_calls": sum.calls(), "spam": sum.spam, "ham": sum.ham,
                "missed_spam": sum.missed_spam, "false_positives": sum.false_positives,
                "is_revoked": false,
            })
        })
        .collect();
    let mut answer = json!({ "limit": limit, "offset": offset, "total": total });
    answer[month] = listed.into();
    Ok(json(&answer))
}

async fn months(asked: &Asked<'_>, sites: &[Site]) -> Result<Vec<MonthCounts>, Failure> {
    Ok(asked
        .door
        .service
        .installation()
        .akismet_months(sites)
        .await?)
}

fn this_month() -> Month {
    Month::of(Timestamp::now())
}

fn name(month: Month) -> String {
    format!("{:04}-{:02}", month.year, month.month)
}

fn is_month(text: &str) -> bool {
    text.len() == 7 && format!("{text}-01").parse::<jiff::civil::Date>().is_ok()
}

/// A site as Akismet lists it: without the scheme.
fn address(site: &Site) -> String {
    let bare = site
        .url
        .split_once("://")
        .map_or(&*site.url, |(_, rest)| rest);
    bare.trim_end_matches('/').replace(',', "%2C")
}

#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    ham: u64,
    spam: u64,
    missed_spam: u64,
    false_positives: u64,
}

impl Sum {
    fn of<'m>(months: impl IntoIterator<Item = &'m MonthCounts>) -> Self {
        let months = months.into_iter();
        months.fold(Self::default(), |sum, month| {
            sum.and(Self {
                ham: month.ham,
                spam: month.spam,
                missed_spam: month.missed_spam,
                false_positives: month.false_positives,
            })
        })
    }

    fn and(self, other: Self) -> Self {
        Self {
            ham: self.ham + other.ham,
            spam: self.spam + other.spam,
            missed_spam: self.missed_spam + other.missed_spam,
            false_positives: self.false_positives + other.false_positives,
        }
    }

    fn calls(self) -> u64 {
        self.ham + self.spam
    }

    /// Per cent of the answers that nobody reported to be wrong.
    fn accuracy(self) -> String {
        let wrong = (self.missed_spam + self.false_positives) as f64;
        let share = 1.0 - wrong / self.calls().max(1) as f64;
        format!("{:.2}", 100.0 * share.max(0.0))
    }

    fn json(self) -> Map<String, Value> {
        let text = |count: u64| json!(count.to_string());
        Map::from_iter([
            ("spam".to_owned(), text(self.spam)),
            ("ham".to_owned(), text(self.ham)),
            ("missed_spam".to_owned(), text(self.missed_spam)),
            ("false_positives".to_owned(), text(self.false_positives)),
        ])
    }
}
