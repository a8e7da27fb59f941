//! Every route of the desk, in one list. `tests/service/desk_roles.rs` has a
//! row for each: who may do it.

use actix_web::middleware::from_fn;
use actix_web::web::{get, head, post, resource, scope as scoped, to};
use actix_web::{Resource, Scope};

use super::acting::{audit, bulk, trust};
use super::admin::{deliveries, people, rules, site, sites, webhooks};
use super::{account, assets, decide, gate, language, queue, second_factor, second_step, sign_in};
use crate::http::error::ErrorCode;
use crate::http::problem::Problem;

/// One line is a path with its handlers; whoever reads also answers HEAD.
macro_rules! desk_routes {
    ($($path:literal: $($method:ident $handler:path),+;)*) => {
        /// Method and path of every route below `/desk`.
        pub const DESK_ROUTES: &[(&str, &str)] = &[$($((stringify!($method), concat!("/desk", $path))),+),*];

        fn resources() -> Vec<Resource> {
            vec![$(resource($path)$(.configure_route(stringify!($method), $handler))+),*]
        }
    };
}

desk_routes! {
    "": GET queue::page;
    "/sign-in": GET sign_in::page, POST sign_in::enter;
    "/sign-in/code": GET second_step::page, POST second_step::enter;
    "/welcome/{token}": GET sign_in::welcome, POST sign_in::set_password;
    "/sign-out": POST account::sign_out;
    "/language": POST language::choose;
    "/comments/{comment_id}": GET queue::comment;
    "/comments/{comment_id}/decision": POST decide::decide;
    "/comments/{comment_id}/undo": POST decide::undo;
    "/comments/{comment_id}/alike": GET bulk::alike;
    "/comments/{comment_id}/trust": POST trust::add;
    "/comments/{comment_id}/audit": POST audit::decide;
    "/bulk": POST bulk::preview;
    "/bulk/decisions": POST bulk::decide;
    "/bulk/{bulk}/undo": POST bulk::undo;
    "/audit": GET audit::page;
    "/trust": GET trust::page;
    "/trust/{entry}/remove": POST trust::remove;
    "/account": GET account::page;
    "/account/password": POST account::change_password;
    "/account/second-factor": GET second_factor::page, POST second_factor::change;
    "/account/sessions/end": POST account::sign_out_everywhere;
    "/account/sessions/{session}/end": POST account::end_session;
    "/sites": GET sites::page, POST sites::add;
    "/sites/{site}": GET site::page, POST site::change;
    "/sites/{site}/keys": POST site::keys;
    "/sites/{site}/webhooks": POST webhooks::add;
    "/sites/{site}/webhooks/{webhook}": POST webhooks::change;
    "/sites/{site}/deliveries": GET deliveries::page, POST deliveries::retry;
    "/rules": GET rules::page;
    "/rules/{family}/{rule}": GET rules::one, POST rules::weigh;
    "/people": GET people::page, POST people::add;
    "/people/{person}": GET people::one, POST people::change;
    "/assets/{name}": GET assets::asset;
}

/// The desk, behind its gate.
pub fn scope() -> Scope<
    impl actix_web::dev::ServiceFactory<
        actix_web::dev::ServiceRequest,
        Config = (),
        Response = actix_web::dev::ServiceResponse<impl actix_web::body::MessageBody>,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    let mut desk = scoped("/desk");
    for resource in resources() {
        desk = desk.service(resource);
    }
    desk.default_service(to(no_such_page))
        .wrap(from_fn(gate::gate))
}

async fn no_such_page() -> Result<String, Problem> {
    let code = ErrorCode::NoSuchRoute;
    Err(Problem::new(code, code.title()))
}

/// Adds a handler by the name of its method.
trait ConfigureRoute {
    fn configure_route<F, Args>(self, method: &str, handler: F) -> Self
    where
        F: actix_web::Handler<Args>,
        Args: actix_web::FromRequest + 'static,
        F::Output: actix_web::Responder + 'static;
}

impl ConfigureRoute for Resource {
    fn configure_route<F, Args>(self, method: &str, handler: F) -> Self
    where
        F: actix_web::Handler<Args>,
        Args: actix_web::FromRequest + 'static,
        F::Output: actix_web::Responder + 'static,
    {
        match method {
            "GET" => self
                .route(get().to(handler.clone()))
                .route(head().to(handler)),
            _ => self.route(post().to(handler)),
        }
    }
}
