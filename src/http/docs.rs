//! stub
pub async fn page() -> actix_web::HttpResponse {
    actix_web::HttpResponse::Ok().finish()
}
pub async fn style() -> actix_web::HttpResponse {
    actix_web::HttpResponse::Ok().finish()
}
pub async fn icon() -> actix_web::HttpResponse {
    actix_web::HttpResponse::Ok().finish()
}
