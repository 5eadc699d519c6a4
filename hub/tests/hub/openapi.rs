//! The OpenAPI document and the hub say the same: every route stands in it, everything in it is served, and real answers
//! fit its shapes.

use std::io::Write as _;

use countersign_model::Digest;
use countersign_model::record::Scope;
use countersign_model::trust::PrivateKey;
use countersign_model::wire::{MediaOffer, Push, ReceiptRequest};
use serde_json::{Value, json};

use crate::common::{Device, enrol_request, note};
use crate::live::{Answer, Ask, Live, call, call_as, chunk, connect, get, post, read_until, request};

fn document(live: &Live) -> Value {
    get(live.address, "/openapi.json", None).json()
}

/// Where a value does not fit a schema of the document; empty where it does. It knows what the document uses.
fn misfits(document: &Value, schema: &Value, value: &Value, place: &str) -> Vec<String> {
    let wrong = |why: String| vec![format!("{place}: {why}")];
    if let Some(name) = schema["$ref"].as_str() {
        let target = document.pointer(name.trim_start_matches('#')).unwrap_or_else(|| panic!("{name} is nowhere"));
        return misfits(document, target, value, place);
    }
    for key in ["oneOf", "anyOf"] {
        if let Some(choices) = schema[key].as_array() {
            let fitting = choices.iter().filter(|one| misfits(document, one, value, place).is_empty()).count();
            let enough = if key == "oneOf" { fitting == 1 } else { fitting >= 1 };
            return if enough { Vec::new() } else { wrong(format!("{fitting} of {key} fit {value}")) };
        }
    }
    if let Some(all) = schema["allOf"].as_array() {
        return all.iter().flat_map(|one| misfits(document, one, value, place)).collect();
    }
    let kinds: Vec<&str> = match &schema["type"] {
        Value::String(kind) => vec![kind],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => return Vec::new(),
    };
    let is = |kind: &&str| match *kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("type {other}"),
    };
    if !kinds.iter().any(is) {
        return wrong(format!("{value} is no {kinds:?}"));
    }
    let mut found = Vec::new();
    if let (Some(pattern), Some(text)) = (schema["pattern"].as_str(), value.as_str())
        && !regex::Regex::new(pattern).unwrap().is_match(text)
    {
        found.extend(wrong(format!("{text} does not fit {pattern}")));
    }
    if let (Some(least), Some(number)) = (schema["minimum"].as_i64(), value.as_i64())
        && number < least
    {
        found.extend(wrong(format!("{number} is below {least}")));
    }
    if let (Some(known), true) = (schema["enum"].as_array(), value.is_string())
        && !known.contains(value)
    {
        found.extend(wrong(format!("{value} is none of {known:?}")));
    }
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if value.get(name).is_none() {
            found.extend(wrong(format!("{name} is missing")));
        }
    }
    for (name, field) in value.as_object().into_iter().flatten() {
        match &schema["properties"][name] {
            Value::Null if schema.get("properties").is_some() && schema.get("additionalProperties").is_none() => {
                found.extend(wrong(format!("{name} is not in the document")));
            }
            Value::Null => {}
            known => found.extend(misfits(document, known, field, &format!("{place}.{name}"))),
        }
    }
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        found.extend(misfits(document, &schema["items"], item, &format!("{place}[{index}]")));
    }
    found
}

/// Holds an answer against what the document says of this call and status.
fn fits(document: &Value, method: &str, path: &str, answer: &Answer) {
    let said = &document["paths"][path][method]["responses"][answer.status.to_string()];
    assert!(said.is_object(), "{method} {path} answered {}, which is not in the document", answer.status);
    if let Some(schema) = said.pointer("/content/application~1json/schema") {
        let value: Value = serde_json::from_slice(&answer.body).unwrap();
        let found = misfits(document, schema, &value, "");
        assert!(found.is_empty(), "{method} {path} {}: {found:#?}\n{value}", answer.status);
    }
}

#[test]
fn real_answers_fit_the_document() {
    let mut live = Live::new();
    let (at, hub) = (live.address, live.office.hub.clone());
    let api = document(&live);
    let invite = hub.invite(live.office.engineer, None).unwrap();
    let key = PrivateKey::from_bytes(&[1; 32]).unwrap();
    fits(&api, "get", "/v1/trust", &get(at, "/v1/trust", None));
    let enrolled = post(at, "/v1/enrol", None, &enrol_request(&invite.code, &key));
    fits(&api, "post", "/v1/enrol", &enrolled);
    fits(&api, "post", "/v1/enrol", &post(at, "/v1/enrol", None, &enrol_request("0000-0000-0000-0000", &key)));
    fits(&api, "post", "/v1/enrol", &post(at, "/v1/enrol", None, &json!({})));
    let enrolment: countersign_model::wire::Enrolment = enrolled.json();
    let token = enrolment.token.clone();
    let mut phone = Device {
        chain_hash: countersign_model::command::chain_start(enrolment.device),
        enrolment,
        key,
        seq: 0,
        count: 0,
    };
    let job = live.office.job(live.office.engineer).job;
    let first = phone.command(&note("a", job), &Scope::job(job));
    let mut refused = phone.command(&note("b", job), &Scope::job(job)).command;
    (phone.seq, phone.chain_hash) = (0, countersign_model::command::chain_start(phone.id()));
    refused.kind = "job.cancel".to_owned();
    refused.payload = json!({"job": job, "reason": "x"});
    let envelopes = vec![phone.envelope(first.command), phone.envelope(refused)];
    let push = Push { envelopes, signature: Some(phone.signature()) };
    fits(&api, "post", "/v1/commands", &post(at, "/v1/commands", Some(&token), &push));
    let request =
        misfits(&api, &json!({"$ref": "#/components/schemas/Push"}), &serde_json::to_value(&push).unwrap(), "");
    assert!(request.is_empty(), "{request:#?}");
    fits(&api, "post", "/v1/commands", &post(at, "/v1/commands", Some(&token), &json!({"envelopes": []})));
    fits(&api, "post", "/v1/commands", &post(at, "/v1/commands", None, &push));
    fits(&api, "get", "/v1/feed", &get(at, "/v1/feed?limit=5", Some(&token)));
    fits(&api, "get", "/v1/feed", &get(at, "/v1/feed?limit=1000", Some(&token)));
    fits(&api, "get", "/v1/feed", &get(at, "/v1/feed?limit=x", Some(&token)));
    for scope in [Scope::job(job).0, "ref/people".to_owned(), "office".to_owned(), "nothing".to_owned()] {
        fits(&api, "get", "/v1/scopes/{scope}", &get(at, &format!("/v1/scopes/{scope}"), Some(&token)));
    }
    let bytes = b"a photo".to_vec();
    let sha256 = Digest::of(&bytes);
    fits(&api, "post", "/v1/media", &post(at, "/v1/media", Some(&token), &MediaOffer { sha256, bytes: 7 }));
    let chunks = "/v1/media/{sha256}/chunks/{chunk}";
    fits(&api, "put", chunks, &chunk(at, &token, &bytes, &bytes, 0));
    fits(&api, "put", chunks, &chunk(at, &token, &bytes, &bytes, 7));
    let finish = "/v1/media/{sha256}/finish";
    fits(&api, "post", finish, &post(at, &format!("/v1/media/{sha256}/finish"), Some(&token), &()));
    fits(&api, "post", finish, &post(at, "/v1/media/zz/finish", Some(&token), &()));
    fits(&api, "post", "/v1/media", &post(at, "/v1/media", Some(&token), &MediaOffer { sha256, bytes: 7 }));
    let asked = ReceiptRequest { sha256: vec![sha256] };
    fits(&api, "post", "/v1/receipts", &post(at, "/v1/receipts", Some(&token), &asked));
    fits(&api, "get", "/v1/media/{sha256}", &get(at, &format!("/v1/media/{sha256}"), Some(&token)));
    fits(&api, "get", "/healthz", &get(at, "/healthz", None));
    fits(&api, "get", "/metrics", &get(at, "/metrics", None));
    fits(&api, "get", "/calendar/{file}", &get(at, "/calendar/x.ics", None));
    live.stop();
}

/// The document says what one event is, since that is what every reader of such a line hands on.
#[test]
fn an_event_of_the_open_line_fits_the_document() {
    let mut live = Live::new();
    let api = document(&live);
    let phone = live.office.device(live.office.engineer, 1);
    let mut stream = connect(live.address);
    let ask = Ask { token: Some(&phone.enrolment.token), ..Ask::default() };
    stream.write_all(&request("GET", "/v1/poke", &ask)).unwrap();
    // Nothing else on the line, its head included, has an empty line that begins with no carriage return.
    let came = read_until(&mut stream, "\n\n", 1);
    let fields =
        came.lines().filter_map(|line| line.split_once(": ")).filter(|(name, _)| ["event", "data"].contains(name));
    let event: Value = fields.map(|(name, value)| (name.to_owned(), Value::from(value))).collect();
    let shape = api.pointer("/paths/~1v1~1poke/get/responses/200/content/text~1event-stream/schema").unwrap();
    let found = misfits(&api, shape, &event, "");
    assert!(found.is_empty(), "{found:#?}\n{came}");
    live.stop();
}

/// A value for a parameter of a path.
fn filled(path: &str) -> String {
    path.replace("{sha256}", &Digest::of(b"x").hex())
        .replace("{chunk}", "0")
        .replace("{scope}", "ref/people")
        .replace("{file}", "x.ics")
}

#[test]
fn everything_in_the_document_is_served_and_nothing_else_is() {
    let mut live = Live::new();
    let api = document(&live);
    let mut served = Vec::new();
    for (path, item) in api["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            assert!(operation["operationId"].is_string() && operation["tags"].is_array(), "{method} {path}");
            // Without a token, an unknown device or an empty body; a poke would not end.
            let answer = match operation["security"].to_string().contains("device") {
                true => call(
                    live.address,
                    &method.to_uppercase(),
                    &filled(path),
                    &Ask { token: Some("x"), ..Ask::default() },
                ),
                false => call(live.address, &method.to_uppercase(), &filled(path), &Ask::default()),
            };
            let said = &operation["responses"][answer.status.to_string()];
            assert!(said.is_object(), "{method} {path}: {}", answer.status);
            let elsewhere = answer.status == 405 || (answer.status == 404 && answer.body.is_empty());
            assert!(!elsewhere, "{method} {path} is not served");
            served.push(format!("{} {path}", method.to_uppercase()));
        }
    }
    // The reverse: the API's own source adds no route beside the documented ones.
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/api");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let beside: Vec<&str> = [".route(", ".route_service(", ".nest(", ".fallback("]
            .into_iter()
            .filter(|word| text.contains(word))
            .collect();
        assert!(beside.is_empty(), "{}: {beside:?} serves what the document does not say", path.display());
    }
    for wanted in
        ["POST /v1/commands", "GET /v1/scopes/{scope}", "PUT /v1/media/{sha256}/chunks/{chunk}", "GET /metrics"]
    {
        assert!(served.contains(&wanted.to_owned()), "{wanted}: {served:?}");
    }
    assert!(served.len() >= 15, "{served:?}");
    live.stop();
}

/// Every reference leads somewhere, and every shape that is said is used.
#[test]
fn the_document_is_whole() {
    let mut live = Live::new();
    let api = document(&live);
    assert_eq!(api["openapi"], "3.1.0");
    let text = api.to_string();
    for part in text.split("\"$ref\":\"#").skip(1) {
        let pointer = part.split('"').next().unwrap();
        assert!(api.pointer(pointer).is_some(), "{pointer} is nowhere");
    }
    for name in api["components"]["schemas"].as_object().unwrap().keys() {
        assert!(text.contains(&format!("#/components/schemas/{name}\"")), "{name} is used nowhere");
    }
    let tag = get(live.address, "/openapi.json", None).header("etag").unwrap().to_owned();
    let ask = Ask { headers: vec![("host", "hub".to_owned()), ("if-none-match", tag)], ..Ask::default() };
    assert_eq!(call_as(live.address, "GET", "/openapi.json", &ask).status, 304);
    live.stop();
}

#[test]
fn the_page_shows_every_call_and_shape_to_anybody() {
    let mut live = Live::new();
    let api = document(&live);
    let answer = get(live.address, "/interface", None);
    let page = String::from_utf8(answer.body.clone()).unwrap();
    assert_eq!(answer.status, 200);
    assert!(answer.header("content-security-policy").unwrap().starts_with("default-src 'self'"));
    for path in api["paths"].as_object().unwrap().keys() {
        assert!(page.contains(path.as_str()), "{path}");
    }
    for name in api["components"]["schemas"].as_object().unwrap().keys() {
        assert!(page.contains(&format!("id=\"shape-{name}\"")), "{name}");
    }
    assert!(!page.contains("<script>") && !page.contains("style=\""));
    live.stop();
}
