//! Replays the XPath evaluations recorded from ODK web-forms (see `tests/conformance/README.md`).
//!
//! Each row of `xpath/unsupported.txt` names an evaluation (by its line) that is known to differ, under the reason. The
//! test fails when an evaluation that passed differs, and when a listed one passes.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset};
use serde_json::Value as Json;

use crate::names::Names;
use crate::tree::{NodeKind, Reading, Tree};
use crate::xpath::ast::{Lookup, Resolved};
use crate::xpath::evaluate::{At, evaluate};
use crate::xpath::parser::{ParseProblem, Reader, parse};
use crate::xpath::value::{NodeRef, Value};
use crate::xpath::world::World;

const DOCUMENTS: &str = include_str!("../../tests/conformance/xpath/documents.json");
const EVALUATIONS: &str = include_str!("../../tests/conformance/xpath/evaluations.jsonl");
const UNSUPPORTED: &str = include_str!("../../tests/conformance/xpath/unsupported.txt");

struct TestWorld {
    names: Names,
    tree: Tree,
    prefixes: BTreeMap<String, String>,
}

impl TestWorld {
    fn read(xml: &str) -> TestWorld {
        let text = xml.trim_start();
        let options = roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() };
        let document = roxmltree::Document::parse_with_options(text, options).expect("a document of the data");
        let mut names = Names::new();
        let mut tree = Tree::new();
        for child in document.root().children() {
            if child.is_element() {
                tree.read(0, child, &mut names, Reading::Complete);
            } else {
                tree.read_leaf(child, 0, &mut names);
            }
        }
        tree.number();
        TestWorld { names, tree, prefixes: prefixes(&document) }
    }

    fn elements_named(&self, local: &str) -> Vec<u32> {
        let named = |index: &u32| self.tree.get(*index).is_some_and(|node| self.names.text(node.local) == local);
        self.tree.descendants(0).into_iter().filter(named).collect()
    }

    fn attribute(&self, element: u32, local: &str) -> Option<&str> {
        let mut found = self.tree.attributes(element).filter_map(|index| self.tree.get(index));
        found.find(|node| self.names.text(node.local) == local).map(|node| node.value.as_str())
    }
}

fn prefixes(document: &roxmltree::Document<'_>) -> BTreeMap<String, String> {
    let usual = [
        ("xhtml", "http://www.w3.org/1999/xhtml"),
        ("h", "http://www.w3.org/1999/xhtml"),
        ("jr", "http://openrosa.org/javarosa"),
        ("ev", "http://some-namespace.com/nss"),
        ("xml", "http://www.w3.org/XML/1998/namespace"),
    ];
    let mut found: BTreeMap<String, String> =
        usual.iter().map(|(prefix, space)| ((*prefix).to_owned(), (*space).to_owned())).collect();
    for declared in document.root_element().namespaces() {
        if let Some(name) = declared.name() {
            found.insert(name.to_owned(), declared.uri().to_owned());
        }
    }
    found
}

impl World for TestWorld {
    fn tree(&self, _number: u16) -> &Tree {
        &self.tree
    }
    fn names(&self) -> &Names {
        &self.names
    }
    fn instance(&self, id: &str) -> Option<NodeRef> {
        let mut all = self.elements_named("instance").into_iter();
        all.find(|node| self.attribute(*node, "id") == Some(id)).map(|node| NodeRef { tree: 0, node })
    }
    fn now(&self) -> DateTime<FixedOffset> {
        // The moment of the recording.
        DateTime::parse_from_rfc3339("2026-11-21T11:56:19-07:00").expect("a constant")
    }
    fn chance(&self, place: NodeRef) -> u64 {
        u64::from(place.node)
    }
    fn itext(&self, id: &str) -> Option<String> {
        let text = self.elements_named("text").into_iter().find(|node| self.attribute(*node, "id") == Some(id))?;
        Some(self.tree.string_value(text).trim().to_owned())
    }
    fn choice_name(&self, _value: &str, _question: &str, _at: NodeRef) -> String {
        String::new()
    }
    fn follow(&self, _path: &Resolved, _carrier: NodeRef) -> Option<Vec<NodeRef>> {
        None
    }
    fn lookup(&self, _lookup: &Lookup, _key: &str) -> Option<Vec<NodeRef>> {
        None
    }
}

/// Finds a context node by the recording's own paths, which name elements as written and count like siblings.
fn context(world: &TestWorld, path: &str) -> Option<NodeRef> {
    let mut node = 0;
    for part in path.split('/').filter(|part| !part.is_empty()) {
        node = match part.strip_prefix('@') {
            Some(name) => world.tree.attributes(node).find(|index| written(world, *index) == name)?,
            None => child(world, node, part)?,
        };
    }
    Some(NodeRef { tree: 0, node })
}

fn child(world: &TestWorld, parent: u32, part: &str) -> Option<u32> {
    let (name, place) = part.strip_suffix(']').and_then(|rest| rest.split_once('[')).unwrap_or((part, "1"));
    let mut same = world.tree.children(parent).filter(|index| {
        let kind = world.tree.get(*index).map(|node| node.kind);
        match name {
            "#text" | "#cdata-section" => kind == Some(NodeKind::Text),
            "#comment" => kind == Some(NodeKind::Comment),
            _ => written(world, *index) == name,
        }
    });
    same.nth(place.parse::<usize>().ok()?.checked_sub(1)?)
}

fn written(world: &TestWorld, index: u32) -> String {
    let Some(node) = world.tree.get(index) else { return String::new() };
    let (prefix, local) = (world.names.text(node.prefix), world.names.text(node.local));
    if prefix.is_empty() { local.to_owned() } else { format!("{prefix}:{local}") }
}

/// Where the primary instance of a whole form lies in the recording's paths; its absolute paths begin there.
const PRIMARY: &str = "/h:html[1]/h:head[1]/model[1]/instance[1]/";

/// The primary instance of a form, alone.
fn primary(world: &TestWorld, xml: &str) -> Option<TestWorld> {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() };
    let document = roxmltree::Document::parse_with_options(xml.trim_start(), options).ok()?;
    let instance = document.descendants().find(|node| node.tag_name().name() == "instance")?;
    let mut names = world.names.clone();
    let mut tree = Tree::new();
    tree.read(0, instance.first_element_child()?, &mut names, Reading::Complete);
    tree.number();
    Some(TestWorld { names, tree, prefixes: world.prefixes.clone() })
}

/// What went wrong with one evaluation, if anything.
fn judge(world: &mut TestWorld, row: &Json, xml: &str) -> Result<(), String> {
    let path = row["ctx"].as_str().unwrap();
    if let Some(inside) = path.strip_prefix(PRIMARY)
        && let Some(mut form) = primary(world, xml)
    {
        return judge_at(&mut form, row, inside);
    }
    judge_at(world, row, path)
}

fn judge_at(world: &mut TestWorld, row: &Json, path: &str) -> Result<(), String> {
    let at = context(world, path);
    let prefixes = world.prefixes.clone();
    let mut names = world.names.clone();
    let read = parse(row["expr"].as_str().unwrap(), &mut Reader { names: &mut names, prefixes: &prefixes });
    world.names = names;
    let expr = match (read, row["error"].is_null()) {
        (Err(_), false) => return Ok(()),
        (Err(ParseProblem::Syntax(text) | ParseProblem::Function(text)), true) => return Err(text),
        (Ok(_), false) => return Err("an error is expected".to_owned()),
        (Ok(expr), true) => expr,
    };
    let at = at.ok_or("no such context node")?;
    let value = evaluate(&expr, At::carrier(world, at));
    same(world, value, &row["got"])
}

fn same(world: &TestWorld, value: Value, got: &Json) -> Result<(), String> {
    let wrong = |ours: String| Err(format!("{ours} instead of {got}"));
    match got["t"].as_str().unwrap_or_default() {
        "boolean" if Some(value.truth()) == got["v"].as_bool() => Ok(()),
        "boolean" => wrong(value.truth().to_string()),
        "number" => {
            let (ours, theirs) = (value.number(world), got["v"].as_str().unwrap().parse::<f64>().unwrap_or(f64::NAN));
            let close = (ours - theirs).abs() <= 1e-9 * theirs.abs().max(1.0) || ours == theirs;
            if close || (ours.is_nan() && theirs.is_nan()) { Ok(()) } else { wrong(ours.to_string()) }
        }
        "string" => {
            let ours = value.text(world);
            if got["v"].as_str() == Some(&ours) { Ok(()) } else { wrong(format!("{ours:?}")) }
        }
        _ => {
            if matches!(value, Value::Nodes(_)) {
                Ok(())
            } else {
                wrong(format!("{value:?}"))
            }
        }
    }
}

fn listed() -> BTreeSet<usize> {
    let rows = UNSUPPORTED.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    rows.map(|line| line.split_whitespace().next().unwrap().parse().unwrap()).collect()
}

#[test]
fn recorded_evaluations_hold() {
    let documents: Json = serde_json::from_str(DOCUMENTS).unwrap();
    let xmls: Vec<&str> = documents["documents"].as_array().unwrap().iter().map(|xml| xml.as_str().unwrap()).collect();
    let mut worlds: Vec<TestWorld> = xmls.iter().map(|xml| TestWorld::read(xml)).collect();
    let listed = listed();
    let mut complaints = Vec::new();
    for (line, text) in EVALUATIONS.lines().enumerate() {
        let row: Json = serde_json::from_str(text).unwrap();
        let place = row["doc"].as_u64().unwrap() as usize;
        let outcome = judge(&mut worlds[place], &row, xmls[place]);
        match (outcome, listed.contains(&(line + 1))) {
            (Ok(()), false) => {}
            (Ok(()), true) => complaints.push(format!("{} passes now: take it off the list", line + 1)),
            (Err(_), true) => {}
            (Err(why), false) => complaints.push(format!("{} {} | {why} | {}", line + 1, row["expr"], row["group"])),
        }
    }
    assert!(complaints.is_empty(), "{} complaints:\n{}", complaints.len(), complaints.join("\n"));
}
