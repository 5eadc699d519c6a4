//! Secondary instances: choice lists inside the form, and the place of `job`.

use std::sync::Arc;

use roxmltree::Node;

use crate::compile::Compiler;
use crate::problem::FormProblemCode;
use crate::tree::{Reading, Tree};

/// Name of the instance that the fill brings.
pub(crate) const JOB: &str = "job";

/// Reads every instance after the first.
pub(crate) fn build(compiler: &mut Compiler, model: Node<'_, '_>) {
    let instances = model.children().filter(|child| child.is_element() && child.tag_name().name() == "instance");
    for xml in instances.skip(1) {
        let Some(id) = xml.attribute("id") else {
            compiler.problem("instance", FormProblemCode::Missing, "attribute id of a secondary instance");
            continue;
        };
        if compiler.instances.iter().any(|(known, _)| known == id) {
            compiler.problem(format!("instance {id}"), FormProblemCode::Duplicate, id);
            continue;
        }
        compiler.only_attributes(xml, &["id", "src"]);
        if id == JOB {
            compiler.instances.push((id.to_owned(), None));
            continue;
        }
        if let Some(source) = xml.attribute("src") {
            compiler.outside(xml, format!("src=\"{source}\": lists outside the form"));
            continue;
        }
        let mut tree = Tree::new();
        if let Some(root) = xml.first_element_child() {
            tree.read(0, root, &mut compiler.names, Reading::Values);
        }
        tree.number();
        compiler.instances.push((id.to_owned(), Some(Arc::new(tree))));
    }
}

impl Compiler {
    /// Number of an instance's tree.
    pub(crate) fn instance_number(&self, id: &str) -> Option<u16> {
        let place = self.instances.iter().position(|(known, _)| known == id)?;
        u16::try_from(place + 1).ok()
    }
}
