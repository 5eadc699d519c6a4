//! Compiles a form's XML into a [`Model`].
//!
//! Collects every problem it finds rather than the first, each with its node. Never guesses: what it does not know is
//! a problem.

mod actions;
mod binds;
mod body;
mod expressions;
mod instance;
pub(crate) mod looked;
mod lookup;
mod order;
mod secondary;
mod texts;

use std::collections::BTreeMap;
use std::sync::Arc;

use roxmltree::{Document, Node};

use crate::form::Form;
use crate::lists::List;
use crate::model::{Action, BodyNode, Control, Label, Model, ModelIndex, ModelNode, Rule, Scope};
use crate::names::Names;
use crate::problem::{FormProblem, FormProblemCode};
use crate::tree::Tree;
use crate::xpath::ast::Expr;
use crate::xpath::parser::{self, ParseProblem};

/// Namespaces of XForms documents.
pub(crate) const JAVAROSA: &str = parser::JAVAROSA;
pub(crate) const OPENROSA: &str = "http://openrosa.org/xforms";

/// Largest form that is compiled, in bytes of XML; our figure, ten times the largest form in public use.
const LARGEST: usize = 32 << 20;

/// Deepest nesting of elements; deeper ones are refused, so that no form can exhaust the stack. Our figure: the deepest
/// recorded form has 14.
const DEEPEST: usize = 64;

/// A form under construction.
pub(crate) struct Compiler {
    pub(crate) names: Names,
    pub(crate) prefixes: BTreeMap<String, String>,
    pub(crate) problems: Vec<FormProblem>,
    pub(crate) nodes: Vec<ModelNode>,
    pub(crate) by_path: BTreeMap<String, ModelIndex>,
    pub(crate) scopes: Vec<Scope>,
    pub(crate) instances: Vec<(String, Option<Arc<Tree>>)>,
    pub(crate) lists: Vec<List>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) actions: Vec<Action>,
    pub(crate) translations: texts::Translations,
    pub(crate) texts: BTreeMap<String, Label>,
    pub(crate) controls: Vec<Control>,
    pub(crate) looked_at: looked::LookedAt,
}

impl Compiler {
    fn new(document: &Document<'_>) -> Compiler {
        let root = document.root_element();
        let declared = root.namespaces().filter_map(|space| Some((space.name()?.to_owned(), space.uri().to_owned())));
        Compiler {
            names: Names::new(),
            prefixes: declared.collect(),
            problems: Vec::new(),
            nodes: Vec::new(),
            by_path: BTreeMap::new(),
            scopes: Vec::new(),
            instances: Vec::new(),
            lists: Vec::new(),
            rules: Vec::new(),
            actions: Vec::new(),
            translations: texts::Translations::default(),
            texts: BTreeMap::new(),
            controls: Vec::new(),
            looked_at: looked::LookedAt::default(),
        }
    }

    /// Notes a problem.
    pub(crate) fn problem(&mut self, node: impl Into<String>, code: FormProblemCode, detail: impl Into<String>) {
        self.problems.push(FormProblem { node: node.into(), code, detail: detail.into() });
    }

    /// Reads an expression without resolving its paths.
    pub(crate) fn read(&mut self, text: &str, place: &str) -> Option<Expr> {
        let mut reader = parser::Reader { names: &mut self.names, prefixes: &self.prefixes };
        match parser::parse(text, &mut reader) {
            Ok(expr) => {
                self.looked_at.note(&expr);
                Some(expr)
            }
            Err(ParseProblem::Syntax(why)) => {
                self.problem(place, FormProblemCode::Expression, format!("{text} ({why})"));
                None
            }
            Err(ParseProblem::Function(name)) => {
                self.problem(place, FormProblemCode::Function, name);
                None
            }
        }
    }

    /// The element's name and place, for a problem.
    pub(crate) fn outside(&mut self, node: Node<'_, '_>, detail: impl Into<String>) {
        self.problem(place(node), FormProblemCode::OutsideProfile, detail);
    }

    /// Refuses attributes that are not in a list; names of other namespaces as `prefix:name` of this table.
    pub(crate) fn only_attributes(&mut self, node: Node<'_, '_>, allowed: &[&str]) {
        for attribute in node.attributes() {
            let prefix = match attribute.namespace() {
                None | Some("") => "",
                Some(JAVAROSA) => "jr:",
                Some(OPENROSA) => "orx:",
                Some("http://www.opendatakit.org/xforms") => "odk:",
                Some(_) => "other:",
            };
            let name = format!("{prefix}{}", attribute.name());
            if !allowed.contains(&name.as_str()) {
                self.outside(node, format!("attribute {name}=\"{}\"", attribute.value()));
            }
        }
    }
}

/// Where an element is, for a person: `input /data/x` or its name with its line.
pub(crate) fn place(node: Node<'_, '_>) -> String {
    let name = node.tag_name().name();
    let reference = node.attribute("nodeset").or_else(|| node.attribute("ref")).or_else(|| node.attribute("id"));
    match reference {
        Some(reference) => format!("{name} {reference}"),
        None => format!("{name} (line {})", node.document().text_pos_at(node.range().start).row),
    }
}

/// Compiles a form.
pub(crate) fn compile(xml: &str) -> Result<Form, Vec<FormProblem>> {
    let broken = |detail: String| vec![FormProblem { node: "/".to_owned(), code: FormProblemCode::Xml, detail }];
    if xml.len() > LARGEST {
        return Err(broken(format!("{} bytes are more than {LARGEST}", xml.len())));
    }
    let document = Document::parse(xml).map_err(|error| broken(error.to_string()))?;
    let too_deep = document.descendants().find(|node| node.is_element() && node.ancestors().nth(DEEPEST).is_some());
    if let Some(node) = too_deep {
        return Err(broken(format!("{} is nested deeper than {DEEPEST}", place(node))));
    }
    let mut compiler = Compiler::new(&document);
    match build(&mut compiler, &document) {
        Some(model) if compiler.problems.is_empty() => Ok(Form { inner: Arc::new(model) }),
        _ => {
            let mut problems = compiler.problems;
            problems.sort();
            problems.dedup();
            Err(problems)
        }
    }
}

/// The parts of the document.
struct Parts<'a, 'i> {
    title: String,
    model: Node<'a, 'i>,
    primary: Node<'a, 'i>,
    body: Node<'a, 'i>,
}

fn build(compiler: &mut Compiler, document: &Document<'_>) -> Option<Model> {
    let parts = find_parts(compiler, document)?;
    let repeats = body::repeat_paths(compiler, parts.body);
    instance::build(compiler, parts.primary, &repeats);
    secondary::build(compiler, parts.model);
    texts::read(compiler, parts.model);
    binds::build(compiler, parts.model);
    let body: Vec<BodyNode> = body::build(compiler, parts.body);
    texts::finish(compiler);
    actions::build(compiler, parts.model, parts.body);
    binds::check_unasked(compiler);
    binds::check_defaults(compiler);
    order::sort(compiler);
    let names = std::mem::replace(&mut compiler.names, Names::new());
    Some(Model {
        id: parts.primary.attribute("id").unwrap_or_default().to_owned(),
        title: parts.title,
        version: version(parts.primary),
        languages: compiler.translations.languages.clone(),
        default_language: compiler.translations.default,
        names,
        nodes: std::mem::take(&mut compiler.nodes),
        by_path: std::mem::take(&mut compiler.by_path),
        scopes: std::mem::take(&mut compiler.scopes),
        instances: std::mem::take(&mut compiler.instances),
        lists: std::mem::take(&mut compiler.lists),
        rules: std::mem::take(&mut compiler.rules),
        actions: std::mem::take(&mut compiler.actions),
        texts: std::mem::take(&mut compiler.texts),
        controls: std::mem::take(&mut compiler.controls),
        looked_at: std::mem::take(&mut compiler.looked_at),
        body,
    })
}

fn version(primary: Node<'_, '_>) -> String {
    primary.attribute("version").or_else(|| primary.attribute((OPENROSA, "version"))).unwrap_or_default().to_owned()
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| child.is_element() && child.tag_name().name() == name)
}

fn find_parts<'a, 'i>(compiler: &mut Compiler, document: &'a Document<'i>) -> Option<Parts<'a, 'i>> {
    let root = document.root_element();
    let found = (|| {
        let head = child(root, "head")?;
        let model = child(head, "model")?;
        let primary = child(model, "instance")?.first_element_child()?;
        let title = child(head, "title").and_then(|title| title.text()).unwrap_or_default().trim().to_owned();
        Some(Parts { title, model, primary, body: child(root, "body")? })
    })();
    let Some(parts) = found else {
        compiler.problem(
            "/",
            FormProblemCode::Missing,
            "html/head/model/instance with its root element, and html/body",
        );
        return None;
    };
    for element in parts.model.children().filter(Node::is_element) {
        if !matches!(element.tag_name().name(), "itext" | "instance" | "bind" | "setvalue") {
            compiler.outside(element, format!("element {}", element.tag_name().name()));
        }
    }
    Some(parts)
}
