//! The key of a request, from the four places that clients put it in, and the
//! path for those that can only be given a base address.

use actix_web::HttpRequest;
use actix_web::http::header;

use super::pairs::Pairs;

/// The key as it was sent: the form's `api_key`, then `key`, the query's, the
/// path's, the first label of the host.
pub fn of(request: &HttpRequest, form: &Pairs) -> Option<String> {
    let query = Pairs::of_form(request.query_string().as_bytes(), None);
    let of_pairs = |pairs: &Pairs| {
        let named = pairs.get("api_key").or_else(|| pairs.get("key"));
        named.map(str::to_owned)
    };
    of_pairs(form)
        .or_else(|| of_pairs(&query))
        .or_else(|| request.match_info().get("key").map(str::to_owned))
        .or_else(|| of_host(request))
}

fn of_host(request: &HttpRequest) -> Option<String> {
    let host = request.headers().get(header::HOST)?.to_str().ok()?;
    let (label, rest) = host.split_once('.')?;
    let is_key = label.len() == 12 && label.bytes().all(|byte| byte.is_ascii_hexdigit());
    (is_key && !rest.is_empty()).then(|| label.to_owned())
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn a_host_has_a_key_if_its_first_label_is_one() {
        let long = "a.".repeat(300);
        for (host, key) in [
            ("0123456789ab.rest.example", Some("0123456789ab")),
            ("0123456789AB.localhost:443", Some("0123456789AB")),
            ("rest.example", None),
            ("0123456789ab", None),
            ("0123456789abc.rest.example", None),
            ("[::1]:80", None),
            (long.as_str(), None),
        ] {
            let request = TestRequest::default()
                .insert_header((header::HOST, host))
                .to_http_request();
            assert_eq!(of_host(&request).as_deref(), key, "{host}");
        }
    }
}
