//! `/desk/history`: every decision, and how far moderators agree.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use uuid::Uuid;

use super::shares::Estimate;
use super::tabs::{self, Choice, address, asked};
use super::trial_rows::{author, excerpt};
use crate::domain::{Decision, LogOdds, Site};
use crate::http::desk::answers::page as answer;
use crate::http::desk::page::Frame;
use crate::http::desk::who::Visit;
use crate::http::desk::{phrases, shown};
use crate::http::locale::{Locale, isolated};
use crate::http::problem::Problem;
use crate::service::{Agreement, Viewer};
use crate::store::{Ended, LogFilter, LogPlace, LoggedDecision};

/// Decisions of a page.
const ROWS: usize = 50;
/// Pairs of people whose agreement is listed.
const PAIRS: usize = 10;

#[derive(Template)]
#[template(path = "history.html")]
struct HistoryTemplate {
    frame: Frame,
    tabs: Vec<Choice>,
    /// Value, name, and whether it is chosen.
    sites: Vec<(String, String, bool)>,
    people: Vec<(String, String, bool)>,
    since: String,
    until: String,
    is_narrowed: bool,
    clear: String,
    rows: Vec<Row>,
    csv: String,
    lines: String,
    first: Option<String>,
    next: Option<String>,
    agreement: Vec<(Estimate, String)>,
}

struct Row {
    at: String,
    machine_time: String,
    who: String,
    did: String,
    tone: &'static str,
    /// Where the page is of several.
    site: Option<String>,
    id: String,
    author: String,
    excerpt: String,
    shown: String,
    model: Option<String>,
    ended: Option<String>,
    note: Option<String>,
}

/// What is asked for, by an address.
pub struct Asked {
    pub site: String,
    by: String,
    since: Option<Date>,
    until: Option<Date>,
    after: Option<LogPlace>,
}

impl Asked {
    /// Reads a query. What cannot be understood is as if it were not there.
    pub fn read(query: &str) -> Self {
        let date = |name: &str| asked(query, name).parse().ok();
        Self {
            site: asked(query, "site"),
            by: asked(query, "who"),
            since: date("since"),
            until: date("until"),
            after: place(&asked(query, "after")),
        }
    }

    /// What the store is asked; both days are in it.
    pub fn filter(&self, limit: usize) -> LogFilter {
        let begin = |date: Date| {
            let zoned = date.to_zoned_datetime(TimeZone::UTC).ok();
            zoned.map(|zoned| zoned.timestamp())
        };
        let next = |date: Date| date.checked_add(1.day()).ok().and_then(begin);
        LogFilter {
            sites: Vec::new(),
            by: Some(self.by.clone()).filter(|by| !by.is_empty()),
            since: self.since.and_then(begin),
            until: self.until.and_then(next),
            after: self.after,
            limit,
        }
    }

    fn address(&self, page: &str, after: Option<LogPlace>) -> String {
        let after = after.map(|place| format!("{}_{}", place.at.as_microsecond(), place.id));
        let query = [
            ("site", self.site.as_str()),
            ("who", &self.by),
            ("since", &written(self.since)),
            ("until", &written(self.until)),
            ("after", &after.unwrap_or_default()),
        ];
        address(page, &query)
    }
}

fn written(date: Option<Date>) -> String {
    date.map_or_else(String::new, |date| date.to_string())
}

fn place(text: &str) -> Option<LogPlace> {
    let (micros, id) = text.split_once('_')?;
    Some(LogPlace {
        at: Timestamp::from_microsecond(micros.parse().ok()?).ok()?,
        id: Uuid::try_parse(id).ok()?,
    })
}

/// `GET /desk/history`
pub async fn history(
    visit: Visit,
    who: Viewer,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let l = visit.l;
    let here = Asked::read(request.query_string());
    let sites = who.sites_asked(&here.site)?;
    // One more tells whether there is a next page.
    let mut log = who.decision_log(&sites, here.filter(ROWS + 1)).await?;
    let more = log.len() > ROWS;
    log.truncate(ROWS);
    let next = log.last().filter(|_| more).map(LoggedDecision::place);
    let people = who.deciders(&sites).await?;
    let agreement = who.agreement(&sites).await?;
    let now = Timestamp::now();
    let choice =
        |value: &str, name: String, chosen: &str| (value.to_owned(), name, value == chosen);
    let everybody = [choice("", l.say("history-everybody"), &here.by)];
    let everywhere = [choice("", l.say("history-every-site"), &here.site)];
    let shown = HistoryTemplate {
        frame: Frame::of(&visit, l.say("history-title")),
        tabs: tabs::tabs(l, "history", &here.site),
        sites: everywhere
            .into_iter()
            .chain(
                who.sites()
                    .iter()
                    .map(|site| choice(&site.name, shown::plain(&site.name), &here.site)),
            )
            .collect(),
        people: everybody
            .into_iter()
            .chain(
                people
                    .iter()
                    .map(|name| choice(name, shown::plain(&phrases::decider(l, name)), &here.by)),
            )
            .collect(),
        since: written(here.since),
        until: written(here.until),
        is_narrowed: !here.by.is_empty() || here.since.is_some() || here.until.is_some(),
        clear: address("history", &[("site", &here.site)]),
        rows: log.iter().map(|one| Row::of(l, one, &sites, now)).collect(),
        csv: here.address("history/export.csv", None),
        lines: here.address("history/export.ndjson", None),
        first: here.after.map(|_| here.address("history", None)),
        next: next.map(|next| here.address("history", Some(next))),
        agreement: agreements(l, &agreement),
    };
    Ok(answer(StatusCode::OK, &shown))
}

impl Row {
    fn of(l: Locale, one: &LoggedDecision, sites: &[Site], now: Timestamp) -> Self {
        let decision = &one.decision;
        let word = phrases::done_word(decision);
        let site = sites.iter().find(|site| site.id == one.site);
        let ended = one.ended.zip(decision.undone_at);
        Self {
            at: l.exact(decision.at),
            machine_time: decision.at.to_string(),
            who: shown::plain(&phrases::by(l, decision)),
            did: did(l, decision),
            tone: match word {
                "accept" => "ham",
                "reject" => "spam",
                _ => "",
            },
            site: site
                .filter(|_| sites.len() > 1)
                .map(|site| shown::plain(&site.name)),
            id: one.comment_id.to_string(),
            author: author(l, one.author.as_deref()),
            excerpt: excerpt(&one.excerpt).unwrap_or_else(|| l.say("history-untitled")),
            shown: match &one.shown {
                None => l.say("history-shown-none"),
                Some(shown) => {
                    let percent = phrases::percent(l, LogOdds(shown.log_odds).probability());
                    let percent = l.with("percent-spam", &[("percent", percent.into())]);
                    let key = format!("history-shown-{}", shown.verdict.as_str());
                    l.with(&key, &[("percent", percent.into())])
                }
            },
            model: one.shown.as_ref().map(|shown| {
                let values = [
                    ("model", shown::plain(&shown.model).into()),
                    ("policy", shown::plain(&shown.policy).into()),
                ];
                l.with("history-model", &values)
            }),
            ended: ended.map(|(ended, at)| {
                let key = match ended {
                    Ended::Undone => "history-ended-undone",
                    Ended::Replaced => "history-ended-replaced",
                    Ended::Reworded => "history-ended-reworded",
                };
                l.with(key, &[("when", l.ago(at, now).into())])
            }),
            note: decision.note.as_deref().map(shown::plain),
        }
    }
}

/// What was done, after the name of who did.
fn did(l: Locale, decision: &Decision) -> String {
    let word = match decision.why {
        Some(why) => why.as_str(),
        None => phrases::done_word(decision),
    };
    l.say(&format!("history-did-{word}"))
}

/// All together first, then two people each; with kappa.
fn agreements(l: Locale, agreement: &Agreement) -> Vec<(Estimate, String)> {
    let Some(alike) = &agreement.alike else {
        return Vec::new();
    };
    let kappa = |kappa: Option<f64>| match kappa {
        Some(kappa) => format!("{kappa:.2}").replace('-', "−"),
        None => "–".to_owned(),
    };
    let all = l.say("history-agreement-all");
    let mut rows = vec![(Estimate::of_rate(l, all, alike), kappa(agreement.kappa))];
    for pair in agreement.pairs.iter().take(PAIRS) {
        let [one, other] = pair
            .people
            .each_ref()
            .map(|name| isolated(&shown::plain(name)));
        let who = l.with(
            "history-agreement-people",
            &[("one", one), ("other", other)],
        );
        rows.push((Estimate::of_rate(l, who, &pair.alike), kappa(pair.kappa)));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_days_are_asked_for_and_nonsense_is_not() {
        let filter = Asked::read("since=2026-03-01&until=2026-03-01&who=anna").filter(5);
        assert_eq!(filter.since, "2026-03-01T00:00:00Z".parse().ok());
        assert_eq!(filter.until, "2026-03-02T00:00:00Z".parse().ok());
        assert_eq!(filter.by.as_deref(), Some("anna"));
        let filter = Asked::read("since=yesterday&until=2026-02-30&after=1_x&who=").filter(5);
        assert_eq!((filter.since, filter.until, filter.by), (None, None, None));
        assert_eq!(filter.after, None);
    }

    #[test]
    fn a_place_is_read_as_it_was_written() {
        let place = LogPlace {
            at: Timestamp::from_microsecond(1_790_000_000_123_456).unwrap(),
            id: Uuid::from_u128(7),
        };
        let here = Asked::read("site=a%26b");
        let (_, query) = here
            .address("history", Some(place))
            .split_once('?')
            .map(|(page, query)| (page.to_owned(), query.to_owned()))
            .unwrap();
        let again = Asked::read(&query);
        assert_eq!((again.after, again.site.as_str()), (Some(place), "a&b"));
    }
}
