//! `GET /interface`: the OpenAPI document as a page to read, drawn by the hub itself. It shows the document and adds
//! nothing to it.

use askama::Template;
use serde_json::Value;

use super::desk::{Desk, Outcome, drawn};
use super::fields::Asked;
use super::page::Page;
use crate::api::interface;

/// One row of a table: name, shape, whether it is needed, what it means.
struct Line {
    name: String,
    shape: String,
    needed: bool,
    about: String,
}

struct Call {
    anchor: String,
    method: String,
    path: String,
    title: String,
    about: Vec<String>,
    parameters: Vec<Line>,
    body: String,
    answers: Vec<Line>,
}

struct Shape {
    name: String,
    about: Vec<String>,
    fields: Vec<Line>,
}

#[derive(Template)]
#[template(path = "interface.html")]
struct Interface {
    page: Page,
    about: Vec<String>,
    calls: Vec<Call>,
    shapes: Vec<Shape>,
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// Words of the interface without the marks around them, which only a reader of Markdown knows.
fn plain(text: &str) -> String {
    text.replace('`', "")
}

fn paragraphs(value: &Value, key: &str) -> Vec<String> {
    let parts = text(value, key).split("\n\n").map(str::trim);
    parts.filter(|part| !part.is_empty()).map(plain).collect()
}

/// A schema in a few words: `array of Row`, `string (uuid)`, `Receipt or null`.
fn shape_of(schema: &Value) -> String {
    if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
        return name.rsplit('/').next().unwrap_or_default().to_owned();
    }
    for key in ["oneOf", "anyOf", "allOf"] {
        if let Some(choices) = schema.get(key).and_then(Value::as_array) {
            return choices.iter().map(shape_of).collect::<Vec<_>>().join(" or ");
        }
    }
    let kind = match schema.get("type") {
        Some(Value::String(kind)) => kind.clone(),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or "),
        _ => "any".to_owned(),
    };
    match (schema.get("items"), text(schema, "format")) {
        (Some(items), _) => format!("{kind} of {}", shape_of(items)),
        (None, "") => kind,
        (None, format) => format!("{kind} ({format})"),
    }
}

fn content_of(holder: &Value) -> String {
    let content = holder.get("content").and_then(Value::as_object).into_iter().flatten();
    let shapes =
        content.map(|(media, entry)| format!("{} ({media})", entry.get("schema").map(shape_of).unwrap_or_default()));
    shapes.collect::<Vec<_>>().join(", ")
}

fn calls(document: &Value) -> Vec<Call> {
    let paths = document.get("paths").and_then(Value::as_object).into_iter().flatten();
    let operations = paths.flat_map(|(path, item)| {
        let methods = item.as_object().into_iter().flatten();
        methods
            .filter(|(_, operation)| operation.get("responses").is_some())
            .map(move |(method, operation)| (path, method, operation))
    });
    operations.map(|(path, method, operation)| call(path, method, operation)).collect()
}

fn call(path: &str, method: &str, operation: &Value) -> Call {
    let parameters = operation.get("parameters").and_then(Value::as_array).into_iter().flatten();
    let answers = operation.get("responses").and_then(Value::as_object).into_iter().flatten();
    Call {
        anchor: text(operation, "operationId").to_owned(),
        method: method.to_uppercase(),
        path: path.to_owned(),
        title: plain(text(operation, "summary")),
        about: paragraphs(operation, "description"),
        parameters: parameters
            .map(|parameter| Line {
                name: format!("{} ({})", text(parameter, "name"), text(parameter, "in")),
                shape: parameter.get("schema").map(shape_of).unwrap_or_default(),
                needed: parameter.get("required").and_then(Value::as_bool).unwrap_or_default(),
                about: plain(text(parameter, "description")),
            })
            .collect(),
        body: operation.get("requestBody").map(content_of).unwrap_or_default(),
        answers: answers
            .map(|(status, answer)| Line {
                name: status.clone(),
                shape: content_of(answer),
                needed: false,
                about: plain(text(answer, "description")),
            })
            .collect(),
    }
}

fn shapes(document: &Value) -> Vec<Shape> {
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object).into_iter().flatten();
    schemas.map(|(name, schema)| shape(name, schema)).collect()
}

fn shape(name: &str, schema: &Value) -> Shape {
    let needed: Vec<&str> =
        schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let properties = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
    let mut about = paragraphs(schema, "description");
    if schema.get("properties").is_none() {
        about.push(shape_of(schema));
    }
    Shape {
        name: name.to_owned(),
        about,
        fields: properties
            .map(|(field, schema)| Line {
                name: field.clone(),
                shape: shape_of(schema),
                needed: needed.contains(&field.as_str()),
                about: plain(text(schema, "description")),
            })
            .collect(),
    }
}

/// `GET /interface`
pub(crate) fn show(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let document = interface();
    let about = document.get("info").map(|info| paragraphs(info, "description")).unwrap_or_default();
    let (calls, shapes) = (calls(&document), shapes(&document));
    let title = desk.words.t("api-title");
    let page = match desk.visitor {
        Some(_) => desk.read(|read| desk.page(read, title, "", asked))?,
        None => desk.bare(title, &asked.address),
    };
    drawn(&Interface { page, about, calls, shapes })
}
