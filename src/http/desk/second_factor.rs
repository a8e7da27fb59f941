//! One's own second factor: set up with an app, its recovery codes, its end.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use jiff::Timestamp;
use qrcode::{Color, QrCode};

use super::answers::{page as answer, see};
use super::form::Fields;
use super::page::Frame;
use super::sign_in::{guest, retry_after, told};
use super::who::Visit;
use crate::domain::FieldError;
use crate::http::door::Door;
use crate::http::problem::Problem;
use crate::service::{SecondFactorState, ServiceError, SignInError, Viewer};
use crate::store::StoreError;

/// White around a QR code, in modules (ISO/IEC 18004).
const QUIET_ZONE: usize = 4;

#[derive(Template)]
#[template(path = "second-factor.html")]
struct SecondFactorTemplate {
    frame: Frame,
    state: State,
    wrong: Option<String>,
}

#[derive(Template)]
#[template(path = "recovery-codes.html")]
struct RecoveryCodesTemplate {
    frame: Frame,
    codes: Vec<String>,
}

enum State {
    Off,
    Begun {
        /// Four letters at a time, as they are typed.
        key: Vec<String>,
        picture: Option<Picture>,
    },
    On {
        since: String,
        codes_left: String,
    },
}

/// A QR code as the path of an SVG.
struct Picture {
    path: String,
    size: usize,
}

/// `GET /desk/account/second-factor`
pub async fn page(visit: Visit, who: Viewer, door: Data<Door>) -> Result<HttpResponse, Problem> {
    shown_to(&visit, &who, &door, StatusCode::OK, None).await
}

/// `POST /desk/account/second-factor`
pub async fn change(
    visit: Visit,
    who: Viewer,
    door: Data<Door>,
    fields: Fields,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let guest = guest(&door, &request);
    let password = fields.get("password").to_owned();
    let desk = &door.sign_in;
    let done = match fields.get("do") {
        "begin" => {
            let begun = desk.begin_second_factor(&who, password, &guest).await;
            begun.map(|()| Vec::new())
        }
        "confirm" => {
            let code = fields.get("code");
            desk.confirm_second_factor(&who, code, &guest).await
        }
        "codes" => desk.renew_recovery_codes(&who, password, &guest).await,
        "end" => {
            let ended = desk.end_second_factor(&who, password, &guest).await;
            ended.map(|()| Vec::new())
        }
        _ => {
            let problem = "is none of begin, confirm, codes and end";
            return Err(FieldError::new("do", problem, "use the buttons of the page").into());
        }
    };
    match done {
        Ok(codes) if codes.is_empty() => Ok(see("/desk/account/second-factor")),
        Ok(codes) => {
            let shown = RecoveryCodesTemplate {
                frame: Frame::of(&visit, visit.l.say("second-factor-codes-title")),
                codes,
            };
            Ok(answer(StatusCode::OK, &shown))
        }
        Err(error) => {
            let (status, wrong) = match &error {
                SignInError::Refused => {
                    let (status, _) = told(visit.l, &error)?;
                    (status, visit.l.say("second-factor-wrong-password"))
                }
                SignInError::Service(ServiceError::Store(StoreError::Changed)) => {
                    let status = StatusCode::PRECONDITION_FAILED;
                    (status, visit.l.say("second-factor-changed"))
                }
                error => told(visit.l, error)?,
            };
            let mut answer = shown_to(&visit, &who, &door, status, Some(wrong)).await?;
            retry_after(&mut answer, &error);
            Ok(answer)
        }
    }
}

async fn shown_to(
    visit: &Visit,
    who: &Viewer,
    door: &Door,
    status: StatusCode,
    wrong: Option<String>,
) -> Result<HttpResponse, Problem> {
    let state = match door.sign_in.second_factor(who).await? {
        SecondFactorState::Off => State::Off,
        SecondFactorState::Begun(enrolment) => {
            let letters: Vec<char> = enrolment.key.chars().collect();
            State::Begun {
                key: letters.chunks(4).map(String::from_iter).collect(),
                picture: picture(&enrolment.uri),
            }
        }
        SecondFactorState::On { since, codes_left } => State::On {
            since: visit.l.ago(since, Timestamp::now()),
            codes_left: visit.l.count("second-factor-codes-left", codes_left),
        },
    };
    let shown = SecondFactorTemplate {
        frame: Frame::of(visit, visit.l.say("second-factor-title")),
        state,
        wrong,
    };
    Ok(answer(status, &shown))
}

/// `None` where it would be too much for a picture; the key can be typed.
fn picture(text: &str) -> Option<Picture> {
    let code = QrCode::new(text).ok()?;
    let mut path = String::new();
    for (row, modules) in code.to_colors().chunks(code.width()).enumerate() {
        for (column, module) in modules.iter().enumerate() {
            if *module == Color::Dark {
                let (x, y) = (column + QUIET_ZONE, row + QUIET_ZONE);
                path.push_str(&format!("M{x} {y}h1v1h-1z"));
            }
        }
    }
    Some(Picture {
        path,
        size: code.width() + 2 * QUIET_ZONE,
    })
}
