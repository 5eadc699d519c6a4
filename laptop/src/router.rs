//! Which address is which page, and what stands around all of them: no other host, no other site, nothing loaded from
//! elsewhere, nothing kept in a cache.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, put};

use crate::desk::{Who, order, page};
use crate::shell::Shell;
use crate::{
    asking, assets, attention, before, class, costs, customer, diagnosis, diagnostics, documents, door, draw, enrol,
    facts, files, form, form_answers, job, jobs, live, nameplate, people, planning, settings, signing, stamp, status,
    times, upload,
};

/// Every page of a shell.
pub(crate) fn router(shell: Arc<Shell>) -> Router {
    Router::new()
        .merge(doors())
        .merge(lists())
        .merge(visit())
        .merge(arrangements())
        .merge(sign_off())
        .route("/assets/{name}", get(assets::asset))
        .route("/sw.js", get(assets::worker))
        .route("/manifest.webmanifest", get(assets::manifest))
        .route("/stopped.html", get(assets::stopped))
        .fallback(page(Who::Engineer, |_, _| Err(crate::trouble::Trouble::NotFound)).with_state(shell.clone()))
        .layer(from_fn(guarded))
        .layer(from_fn_with_state(shell.clone(), at_the_door))
        .with_state(shell)
}

fn doors() -> Router<Arc<Shell>> {
    Router::new()
        .route("/enter/{token}", page(Who::Anybody, enrol::enter))
        .route("/enrol", page(Who::LetIn, enrol::show).merge(order(Who::LetIn, enrol::enrol)))
        .route("/settings", page(Who::LetIn, settings::show))
        .route("/settings/language", order(Who::LetIn, settings::language))
        .route("/settings/aeroplane", order(Who::LetIn, settings::aeroplane))
        .route("/settings/diagnostics", page(Who::LetIn, diagnostics::show))
        .route("/settings/diagnostics.json", page(Who::LetIn, diagnostics::download))
        .route("/settings/leave", order(Who::LetIn, settings::leave))
        .route("/live", get(live::live))
}

fn lists() -> Router<Arc<Shell>> {
    Router::new()
        .route("/", page(Who::Engineer, jobs::list))
        .route("/new", page(Who::Engineer, jobs::new).merge(order(Who::Engineer, jobs::make)))
        .route("/new/nameplate", put(upload::nameplate))
        .route(
            "/new/nameplate/{photo}",
            page(Who::Engineer, nameplate::show).merge(order(Who::Engineer, nameplate::make)),
        )
        .route("/new/nameplate/{photo}/picture", page(Who::Engineer, nameplate::picture))
        .route("/new/nameplate/{photo}/drop", order(Who::Engineer, nameplate::give_up))
        .route("/attention", page(Who::Engineer, attention::show).merge(order(Who::Engineer, attention::act)))
        .route("/status", page(Who::Engineer, status::show))
        .route("/status/send", order(Who::Engineer, status::send))
        .route("/status/room", order(Who::Engineer, status::make_room))
        .route("/status/export", order(Who::Engineer, status::export))
        .route("/status/import", put(upload::import))
}

fn visit() -> Router<Arc<Shell>> {
    Router::new()
        .route("/jobs/{job}", page(Who::Engineer, job::show))
        .route("/jobs/{job}/step", order(Who::Engineer, job::step))
        .route("/jobs/{job}/departure", page(Who::Engineer, before::departure))
        .route("/jobs/{job}/machine", page(Who::Engineer, before::machine))
        .route("/jobs/{job}/machine/{evidence}", page(Who::Engineer, before::thumbnail))
        .route("/jobs/{job}/note", order(Who::Engineer, job::note))
        .route("/jobs/{job}/form", page(Who::Engineer, form::show))
        .route("/jobs/{job}/form/why", page(Who::Engineer, form::why))
        .route("/jobs/{job}/form/answer", order(Who::Engineer, form_answers::answer))
        .route("/jobs/{job}/form/item", order(Who::Engineer, form_answers::item))
        .route("/jobs/{job}/files", page(Who::Engineer, files::show).merge(put(upload::attach)))
        .route("/jobs/{job}/files/{evidence}", page(Who::Engineer, files::one))
        .route("/jobs/{job}/files/{evidence}/assign", order(Who::Engineer, files::assign))
        .route(
            "/jobs/{job}/files/{evidence}/draw",
            page(Who::Engineer, draw::show).merge(order(Who::Engineer, draw::keep)),
        )
        .route("/jobs/{job}/files/{evidence}/{size}", page(Who::Engineer, files::bytes))
        .route("/jobs/{job}/parts", page(Who::Engineer, facts::parts).merge(order(Who::Engineer, facts::use_part)))
        .route("/jobs/{job}/times", page(Who::Engineer, times::show).merge(order(Who::Engineer, times::record)))
        .route("/jobs/{job}/costs", page(Who::Engineer, costs::show).merge(order(Who::Engineer, costs::act)))
        .route(
            "/jobs/{job}/diagnosis",
            page(Who::Engineer, diagnosis::show).merge(order(Who::Engineer, diagnosis::save)),
        )
        .route("/jobs/{job}/meter", order(Who::Engineer, times::meter))
        .route("/jobs/{job}/leave", page(Who::Engineer, facts::leaving).merge(order(Who::Engineer, facts::leave)))
        .route(
            "/jobs/{job}/amend",
            page(Who::Engineer, documents::amending).merge(order(Who::Engineer, documents::amend)),
        )
        .route("/jobs/{job}/amend/discard", order(Who::Engineer, documents::discard))
        .route("/jobs/{job}/documents/{sealed}", page(Who::Engineer, documents::show))
        .route("/jobs/{job}/documents/{sealed}/{file}", page(Who::Engineer, documents::file))
}

/// Who comes along, how it is paid, what the office is asked, and what comes after this visit.
fn arrangements() -> Router<Arc<Shell>> {
    Router::new()
        .route("/jobs/{job}/people", page(Who::Engineer, people::show).merge(order(Who::Engineer, people::change)))
        .route("/jobs/{job}/class", page(Who::Engineer, class::show).merge(order(Who::Engineer, class::set)))
        .route("/jobs/{job}/ask", page(Who::Engineer, asking::show).merge(order(Who::Engineer, asking::ask)))
        .route("/jobs/{job}/plan", page(Who::Engineer, planning::show).merge(order(Who::Engineer, planning::plan)))
        .route("/jobs/{job}/remote", order(Who::Engineer, planning::remote))
        .route("/jobs/{job}/collect", order(Who::Engineer, planning::collect))
}

fn sign_off() -> Router<Arc<Shell>> {
    Router::new()
        .route("/jobs/{job}/sign", page(Who::Engineer, signing::check).merge(order(Who::Engineer, signing::begin)))
        .route("/jobs/{job}/sign/{pages}/{number}", page(Who::Engineer, signing::picture))
        .route("/customer", page(Who::Customer, customer::pages))
        .route("/customer/pages/{number}", page(Who::Customer, customer::picture))
        .route("/customer/shown.pdf", page(Who::Customer, customer::pdf))
        .route(
            "/customer/outcome",
            page(Who::Customer, customer::outcome).merge(order(Who::Customer, customer::choose)),
        )
        .route("/customer/sign", page(Who::Customer, customer::pad).merge(order(Who::Customer, customer::sign)))
        .route("/customer/stamp", page(Who::Customer, stamp::picture).merge(put(stamp::take)))
        .route("/customer/stamp/remove", order(Who::Customer, stamp::remove))
        .route("/customer/done", page(Who::Customer, customer::done))
        .route("/customer/hold", order(Who::Customer, customer::hold))
        .route("/customer/leave", order(Who::Customer, customer::leave))
}

/// Pages load from here only, run no inline script, stand in no foreign frame, and are kept in no cache. A file that sets
/// its own rules keeps them.
const HEADERS: &[(&str, &str)] = &[
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; \
         manifest-src 'self'; worker-src 'self'; frame-src 'self'; object-src 'none'; base-uri 'none'; \
         form-action 'self'; frame-ancestors 'self'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "SAMEORIGIN"),
    ("referrer-policy", "no-referrer"),
    ("cache-control", "no-store"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(self), microphone=(), geolocation=()"),
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

/// Who names another host, or comes from another site, is told nothing.
async fn at_the_door(State(shell): State<Arc<Shell>>, request: Request, next: Next) -> Response {
    match door::check(request.method(), request.headers(), shell.port) {
        Ok(()) => next.run(request).await,
        Err(door::Stranger::Host) => {
            (StatusCode::MISDIRECTED_REQUEST, "this shell answers on this machine only\n").into_response()
        }
        Err(door::Stranger::Origin) => {
            (StatusCode::FORBIDDEN, "this request comes from another site\n").into_response()
        }
    }
}
