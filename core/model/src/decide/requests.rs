//! What the field asks of the office: master data, appointments and jobs are the office's, the phone's edit is a request.

use serde_json::{Value, json};

use super::judge::{Judge, Ruling, refuse, require_text};
use super::{Refusal, RefusalCode, master, visits};
use crate::entity::{Request, RequestState, Wish};
use crate::id::RecordRef;
use crate::payload::{JobChange, MasterSave, RequestDecide, RequestMake, VisitAppoint};
use crate::record::kind;

pub(super) fn request_make(judge: &mut Judge<'_>, payload: RequestMake) -> Ruling {
    require_text("reason", &payload.reason)?;
    judge.unused(kind::REQUEST, payload.request)?;
    if payload.fields.as_object().is_none_or(serde_json::Map::is_empty) {
        return Err(Refusal::new(RefusalCode::Missing).with("field", "fields").into());
    }
    let request = Request {
        about: payload.about,
        fields: payload.fields,
        reason: payload.reason,
        state: RequestState::Open,
        answer: String::new(),
        author: judge.command.author,
        time: judge.command.time.clone(),
        decided_by: None,
        extra: Default::default(),
    };
    let lane = judge.command.lane.clone();
    judge.put(payload.request, &lane, &request);
    Ok(())
}

/// Granting is the office's own order with the fields that were asked for; it needs the same rights.
pub(super) fn request_decide(judge: &mut Judge<'_>, payload: RequestDecide) -> Ruling {
    let Some((row, mut request)) = judge.known::<Request>(payload.request)? else { return Ok(()) };
    if request.state != RequestState::Open {
        return Err(Refusal::new(RefusalCode::ChangedSince).into());
    }
    match (payload.granted, request.wish()) {
        (false, _) | (true, Some(Wish::Question)) => require_text("answer", &payload.answer)?,
        // The office fulfils a wish by orders of its own: a visit planned, parts sent.
        (true, Some(_)) => {}
        (true, None) => grant(judge, request.about.clone(), request.fields.clone())?,
    }
    request.state = if payload.granted { RequestState::Granted } else { RequestState::Declined };
    request.answer = payload.answer;
    request.decided_by = Some(judge.command.author);
    judge.put(row.id, &row.scope, &request);
    Ok(())
}

fn grant(judge: &mut Judge<'_>, about: RecordRef, fields: Value) -> Ruling {
    match about.kind.as_str() {
        kind::VISIT => visits::visit_appoint(judge, read::<VisitAppoint>("visit", about, fields)?),
        kind::JOB => visits::job_change(judge, read::<JobChange>("job", about, fields)?),
        _ => master::master_save(judge, MasterSave { record: about, fields, seen: None }),
    }
}

/// The order that the fields make; the record that it is about is the request's, whatever the fields say.
fn read<T: serde::de::DeserializeOwned>(name: &str, about: RecordRef, mut fields: Value) -> Ruling<T> {
    if let Value::Object(fields) = &mut fields {
        fields.insert(name.to_owned(), json!(about.id));
    }
    serde_json::from_value(fields).or_else(|_| refuse(RefusalCode::Malformed))
}
