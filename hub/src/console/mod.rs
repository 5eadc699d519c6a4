//! The console: the office's pages, drawn by the hub itself. HTML, one style sheet, htmx and a little script of our
//! own, all from the binary; a page never loads anything from elsewhere and works without script.
//!
//! It holds no business rule: it shows records, gives commands in the name of who is signed in, and words what the
//! rules answer. It has no SQL of its own (see [`crate::store`]).

mod account;
mod answers;
mod arrival;
mod assets;
mod attention;
mod attention_items;
mod attention_orders;
mod audit;
mod audit_export;
mod board;
mod board_filter;
mod board_shapes;
mod calendar;
mod calendar_link;
mod calls;
mod departure;
mod desk;
mod devices;
mod documents;
mod evidence;
mod fields;
mod gallery;
mod held_back;
mod interface;
mod job_changes;
mod job_orders;
mod job_page;
mod lists;
mod live;
mod master;
mod media;
mod moves;
mod names;
mod page;
mod people;
mod phone_app;
mod planner;
mod policies;
mod policy_rates;
mod requests;
mod review;
mod review_parts;
mod routes;
mod safekeeping;
mod saved;
mod search;
mod sent;
mod server_state;
mod session;
mod sign_in;
#[cfg(test)]
mod tests;
mod throttle;
mod timeline;
mod trouble;
mod views;
mod visible;
mod visit;
mod webhooks;
mod words;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::get;

use self::desk::{Console, open_order, open_page, order, page};
use self::routes::Routes;
use tokio::sync::watch;

use crate::Hub;

pub use self::desk::Reached;

/// The console's pages over a hub. `reached` says whether browsers come over TLS and through a proxy; open streams end
/// when `closing` turns true.
pub fn router(hub: Hub, reached: Reached, closing: watch::Receiver<bool>) -> Router {
    routes()
        .into_router()
        .route("/assets/{name}", get(assets::asset))
        .route("/live", get(live::live))
        .fallback(desk::nowhere)
        .layer(from_fn(guarded))
        .with_state(Console::new(hub, reached, closing))
}

/// The addresses of every page; a part in braces stands for an id or a word.
pub fn pages() -> Vec<String> {
    routes().into_pages()
}

fn routes() -> Routes {
    Routes::new().merge(doors()).merge(jobs()).merge(office()).merge(master::routes()).merge(settings())
}

/// What is open to people who are not signed in.
fn doors() -> Routes {
    Routes::new()
        .route("/", open_page(sign_in::start))
        .route("/sign-in", open_page(sign_in::show).merge(open_order(sign_in::enter)))
        .route("/sign-in/{secret}", open_page(sign_in::link).merge(open_order(sign_in::enter_by_link)))
        .route("/password", page(sign_in::password).merge(order(sign_in::set_password)))
        .route("/sign-out", open_order(sign_in::leave))
        .route("/language", open_order(sign_in::language))
        .route("/interface", open_page(interface::show))
        .route("/app", open_page(phone_app::show))
        .route("/app/countersign.apk", open_page(phone_app::file).into_file())
}

fn jobs() -> Routes {
    Routes::new()
        .route("/board", page(board::show))
        .route("/board/news", page(board::news))
        .route("/board/views", order(views::keep))
        .route("/board/views/forget", order(views::forget))
        .route("/visits/{id}/move", page(moves::ask).merge(order(moves::carry_out)))
        .route("/jobs/new", page(job_orders::new).merge(order(job_orders::make)))
        .route("/jobs/{id}", page(job_page::show))
        .route("/jobs/{id}/news", page(board::job_news))
        .route("/jobs/{id}/photos", page(gallery::show))
        .route("/jobs/{id}/plan", order(job_orders::plan))
        .route("/jobs/{id}/reassign", order(job_orders::reassign))
        .route("/jobs/{id}/change", order(job_changes::change))
        .route("/jobs/{id}/link-machine", order(job_changes::link))
        .route("/jobs/{id}/class", order(job_changes::class))
        .route("/jobs/{id}/staff", order(job_changes::staff))
        .route("/jobs/{id}/request", order(requests::decide))
        .route("/jobs/{id}/cancel", order(job_orders::cancel))
        .route("/jobs/{id}/note", order(job_orders::note))
        .route("/reviews", page(review::list))
        .route("/reviews/{id}", page(review::show).merge(order(review::decide)))
        .route("/media/{sha256}", page(media::media))
        .route("/documents/{sealed}", page(media::document))
}

fn office() -> Routes {
    Routes::new()
        .route("/calls", page(calls::list))
        .route("/calls/new", page(calls::new).merge(order(calls::register)))
        .route("/calls/{id}", page(calls::show))
        .route("/people", page(people::list).merge(order(people::add)))
        .route("/people/{id}", page(people::show))
        .route("/people/{id}/save", order(people::change))
        .route("/people/{id}/calendar", page(calendar_link::show).merge(order(calendar_link::make)))
        .route("/people/{id}/calendar/revoke", order(calendar_link::revoke))
        .route("/people/{id}/invite", order(devices::invite))
        .route("/people/{id}/password-link", order(devices::password_link))
        .route("/devices/{id}/revoke", page(devices::ask_revoke).merge(order(devices::revoke)))
        .route("/attention", page(attention::list))
        .route("/attention/flag", order(attention_orders::close_flag))
        .route("/attention/refusal", order(attention_orders::close_refusal))
        .route("/attention/again", order(attention_orders::judge_again))
        .route("/attention/note", order(attention_orders::keep_as_note))
        .route("/attention/quarantine", order(attention_orders::confirm))
        .route("/attention/reject", order(attention_orders::reject))
        .route("/attention/quarantine/device", order(attention_orders::confirm_all))
        .route("/attention/reject/device", order(attention_orders::reject_all))
        .route("/attention/device", order(attention_orders::confirm_device))
        .route("/attention/device/turn-down", order(attention_orders::turn_down_device))
        .route("/attention/take", order(attention_orders::take_other))
        .route("/account", page(account::show))
        .route("/account/sign-ins/end", order(account::end_one))
        .route("/account/sign-out-everywhere", order(account::end_all))
        .route("/account/password", order(account::change_password))
        .route("/people/{id}/sign-ins", page(account::of_person))
        .route("/people/{id}/sign-out", order(account::end_all_of))
        .route("/policies", page(policies::list))
        .route("/policies/{id}", page(policies::show).merge(order(policies::save)))
        .route("/audit", page(audit::show))
        .route("/audit.csv", page(audit_export::export))
        .route("/search", page(search::show))
        .route("/safekeeping", page(safekeeping::show))
        .route("/search/suggestions", page(search::suggest))
}

/// What an administrator sets.
fn settings() -> Routes {
    let endpoint = |rest: &str| format!("/settings/webhooks/{{id}}{rest}");
    Routes::new()
        .route("/settings/webhooks", page(webhooks::list).merge(order(webhooks::add)))
        .route(&endpoint(""), page(webhooks::show))
        .route(&endpoint("/test"), order(webhooks::test))
        .route(&endpoint("/enable"), order(webhooks::enable))
        .route(&endpoint("/disable"), order(webhooks::disable))
        .route(&endpoint("/rotate"), order(webhooks::rotate))
        .route(&endpoint("/replay"), order(webhooks::replay))
        .route(&endpoint("/remove"), order(webhooks::remove))
}

/// Pages load from here only, run no inline script, stand in no frame, and are kept in no cache. A file that sets its
/// own rules keeps them.
const HEADERS: &[(&str, &str)] = &[
    (
        "content-security-policy",
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'self'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cache-control", "no-store"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
];

async fn guarded(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        if !headers.contains_key(*name) {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
    }
    response
}
