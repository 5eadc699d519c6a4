//! The XML record.
//!
//! An export only: the answers themselves live as commands. Nodes that are not relevant are left out, as ODK has it.

use crate::fill::Fill;
use crate::tree::NodeIndex;

impl Fill {
    /// The XML record, as ODK exports it: irrelevant nodes are left out of the record (their answers stay saved).
    pub fn to_xml(&self) -> String {
        let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        for root in self.tree.children(0) {
            self.write(root, true, &mut xml);
        }
        xml.push('\n');
        xml
    }

    fn write(&self, node: NodeIndex, is_root: bool, xml: &mut String) {
        let Some(found) = self.tree.get(node).filter(|found| !found.hidden || is_root) else { return };
        let names = &self.form.inner.names;
        let (prefix, local) = (names.text(found.prefix), names.text(found.local));
        let name = if prefix.is_empty() { local.to_owned() } else { format!("{prefix}:{local}") };
        xml.push_str(&format!("<{name}"));
        if is_root {
            xml.push_str(&self.root_attributes());
        }
        let children: Vec<NodeIndex> = self.tree.children(node).collect();
        if children.is_empty() && found.value.is_empty() {
            xml.push_str("/>");
            return;
        }
        xml.push('>');
        xml.push_str(&escaped(&found.value));
        for child in children {
            self.write(child, false, xml);
        }
        xml.push_str(&format!("</{name}>"));
    }

    fn root_attributes(&self) -> String {
        let model = &self.form.inner;
        let mut written = format!(" id=\"{}\"", escaped(&model.id));
        if !model.version.is_empty() {
            written.push_str(&format!(" version=\"{}\"", escaped(&model.version)));
        }
        let mut spaces: Vec<(&str, &str)> = model
            .nodes
            .iter()
            .map(|node| (model.names.text(node.name.prefix), model.names.text(node.name.space)))
            .filter(|(_, space)| !space.is_empty())
            .collect();
        spaces.sort_unstable();
        spaces.dedup_by_key(|(prefix, _)| *prefix);
        for (prefix, space) in spaces {
            let name = if prefix.is_empty() { "xmlns".to_owned() } else { format!("xmlns:{prefix}") };
            written.push_str(&format!(" {name}=\"{}\"", escaped(space)));
        }
        written
    }
}

/// Text for element content and attributes. Characters that XML 1.0 cannot hold become U+FFFD.
fn escaped(text: &str) -> String {
    let mut written = String::new();
    for c in text.chars() {
        match c {
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '"' => written.push_str("&quot;"),
            // A reader would turn a bare carriage return into a line feed.
            '\r' => written.push_str("&#13;"),
            '\n' | '\t' => written.push(c),
            c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => written.push('\u{fffd}'),
            c => written.push(c),
        }
    }
    written
}
