//! The app's words: each in every language with the same placeholders, and none written into the Kotlin.

use std::collections::BTreeMap;
use std::path::Path;

use roxmltree::{Document, Node};

use crate::steps::Problem;

use super::digest;
use super::project::Project;

/// The folders of the four languages; the first holds the English words that stand in for missing ones.
const FOLDERS: [&str; 4] = ["values", "values-es", "values-zh-rCN", "values-zh-rTW"];

/// What a person reads is given to these; a text in quotation marks there is in one language only.
const SHOWN: [&str; 8] = [
    "Text(\"",
    "text = \"",
    "contentDescription = \"",
    "label = \"",
    "title = \"",
    "setContentTitle(\"",
    "setContentText(\"",
    "stateDescription = \"",
];

/// One text: its forms by quantity (`""` for a plain string) with their placeholders.
type Forms = BTreeMap<String, Vec<String>>;
/// The texts of a language by `kind/name`.
type Words = BTreeMap<String, Forms>;

/// Checks the resources and the Kotlin sources; gives every fault.
pub fn check(project: &Project) -> Result<Vec<String>, Problem> {
    let mut languages = Vec::new();
    for folder in FOLDERS {
        let mut words = Words::new();
        for file in digest::files(&project.app("src/main/res").join(folder), ".xml")? {
            let text = digest::read(&file)?;
            read(&text, &mut words).map_err(|why| Problem(format!("{}: {why}", file.display())))?;
        }
        languages.push((folder, words));
    }
    let mut faults = compare(&languages);
    for file in digest::files(&project.app("src/main/kotlin"), ".kt")? {
        let shown = file.strip_prefix(&project.root).unwrap_or(&file).display().to_string();
        faults.extend(hard_coded(&digest::read(&file)?).into_iter().map(|line| format!("{shown}:{line}")));
    }
    faults.extend(labels(&project.app("src/main/AndroidManifest.xml"))?);
    Ok(faults)
}

fn read(text: &str, words: &mut Words) -> Result<(), String> {
    let document = Document::parse(text).map_err(|error| error.to_string())?;
    for element in document.root_element().children().filter(Node::is_element) {
        let kind = element.tag_name().name();
        if !["string", "plurals", "string-array"].contains(&kind) || element.attribute("translatable") == Some("false")
        {
            continue;
        }
        let name = element.attribute("name").ok_or("a text without a name")?;
        let mut forms = Forms::new();
        if kind == "string" {
            forms.insert(String::new(), placeholders(&content(element)));
        }
        for (number, item) in element.children().filter(|child| child.has_tag_name("item")).enumerate() {
            let form = item.attribute("quantity").map_or_else(|| number.to_string(), str::to_owned);
            forms.insert(form, placeholders(&content(item)));
        }
        if words.insert(format!("{kind}/{name}"), forms).is_some() {
            return Err(format!("{kind}/{name} is there twice"));
        }
    }
    Ok(())
}

fn content(element: Node<'_, '_>) -> String {
    element.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect()
}

/// The placeholders of a text (`%1$s`, `%d`), sorted; `%%` is a percent sign.
fn placeholders(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        if character != '%' || rest.next_if_eq(&'%').is_some() {
            continue;
        }
        let mut placeholder = String::new();
        while let Some(next) = rest.next_if(|next| next.is_ascii_digit() || "$,.+-".contains(*next)) {
            placeholder.push(next);
        }
        placeholder.extend(rest.next_if(char::is_ascii_alphabetic));
        found.push(placeholder);
    }
    found.sort();
    found
}

fn compare(languages: &[(&str, Words)]) -> Vec<String> {
    let mut faults = Vec::new();
    let Some(((_, english), others)) = languages.split_first() else { return faults };
    for (folder, words) in languages {
        for (name, forms) in words {
            faults.extend(quantities(folder, name, forms));
            if let Some(why) = english.get(name).map_or(Some("no English text"), |model| differs(name, model, forms)) {
                faults.push(format!("{folder}: {name}: {why}"));
            }
        }
    }
    for (folder, words) in others {
        let missing = english.keys().filter(|name| !words.contains_key(*name));
        faults.extend(missing.map(|name| format!("{folder}: {name} is missing")));
    }
    faults
}

/// Which forms a language counts with.
fn quantities(folder: &str, name: &str, forms: &Forms) -> Option<String> {
    if !name.starts_with("plurals/") {
        return None;
    }
    let needed: &[&str] = if folder.starts_with("values-zh") { &["other"] } else { &["one", "other"] };
    let allowed: &[&str] = if folder == "values-es" { &["one", "many", "other"] } else { needed };
    let complete = needed.iter().all(|form| forms.contains_key(*form));
    let known = forms.keys().all(|form| allowed.contains(&form.as_str()));
    (!complete || !known).then(|| format!("{folder}: {name}: its forms must be {}", needed.join(", ")))
}

fn differs(name: &str, model: &Forms, forms: &Forms) -> Option<&'static str> {
    if name.starts_with("string-array/") && model.len() != forms.len() {
        return Some("another number of items");
    }
    let different = |(form, placeholders): (&String, &Vec<String>)| {
        let expected = model.get(form).or_else(|| model.get("other"));
        // "One piece" needs no number.
        let silent = form == "one" && placeholders.is_empty();
        expected.is_none_or(|expected| !silent && expected != placeholders)
    };
    forms.iter().any(different).then_some("other placeholders than in English")
}

/// The lines of a Kotlin source that show a text in quotation marks.
fn hard_coded(source: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut call = "";
    for (number, line) in (1..).zip(source.lines()) {
        let code = line.trim_start();
        if code.ends_with('(') || code.starts_with(')') {
            call = code;
        }
        if code.starts_with("//") || code.starts_with('*') || code.starts_with("/*") {
            continue;
        }
        // The label of an animation is for the tools of developers.
        let drawn = [call, code].iter().any(|code| code.contains("animate") || code.contains("Transition("));
        let leads = SHOWN.iter().filter(|lead| !drawn || **lead != "label = \"");
        let spoken = leads.filter_map(|lead| code.split_once(lead)).any(|(_, rest)| speaks(rest));
        if spoken {
            faults.push(format!("{number}: a text that is in no language's resources: {code}"));
        }
    }
    faults
}

/// Whether the literal that starts here has a letter of its own, apart from what is put into it.
fn speaks(rest: &str) -> bool {
    let mut inside = rest.chars().peekable();
    while let Some(character) = inside.next() {
        match character {
            '"' => return false,
            '\\' => {
                inside.next();
            }
            '$' if inside.next_if_eq(&'{').is_some() => while inside.next().is_some_and(|next| next != '}') {},
            '$' => while inside.next_if(|next| next.is_alphanumeric() || *next == '_').is_some() {},
            letter if letter.is_alphabetic() => return true,
            _ => {}
        }
    }
    false
}

/// Labels of the manifest that are texts instead of references.
fn labels(manifest: &Path) -> Result<Vec<String>, Problem> {
    let text = digest::read(manifest)?;
    let document = Document::parse(&text).map_err(|error| Problem(format!("{}: {error}", manifest.display())))?;
    let attributes = document.descendants().flat_map(|node| node.attributes());
    let shown = attributes.filter(|attribute| ["label", "description"].contains(&attribute.name()));
    let literal = shown.filter(|attribute| !attribute.value().starts_with('@'));
    Ok(literal.map(|attribute| format!("AndroidManifest.xml: {} is no reference", attribute.value())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(xml: &str) -> Words {
        let mut words = Words::new();
        read(&format!("<resources>{xml}</resources>"), &mut words).unwrap();
        words
    }

    #[test]
    fn placeholders_are_found() {
        let table: &[(&str, &[&str])] =
            &[("none, 100 %%", &[]), ("%s", &["s"]), ("%2$d of %1$s", &["1$s", "2$d"]), ("%1$,.2f", &["1$,.2f"])];
        for (text, expected) in table {
            assert_eq!(placeholders(text), *expected, "{text}");
        }
    }

    #[test]
    fn complete_languages_pass() {
        let english = words(
            r#"<string name="a">%1$d jobs</string><string name="x" translatable="false">X</string>
            <plurals name="p"><item quantity="one">one piece</item><item quantity="other">%d pieces</item></plurals>"#,
        );
        let chinese =
            words(r#"<string name="a">%1$d</string><plurals name="p"><item quantity="other">%d</item></plurals>"#);
        assert_eq!(compare(&[("values", english), ("values-zh-rCN", chinese)]), Vec::<String>::new());
    }

    #[test]
    fn each_fault_is_found() {
        let english = r#"<string name="a">%1$d jobs</string>"#;
        let plural = r#"<plurals name="p"><item quantity="one">%d</item><item quantity="other">%d</item></plurals>"#;
        for (model, other) in [
            (english, ""),
            (english, r#"<string name="a">jobs</string>"#),
            (english, r#"<string name="a">%1$s</string>"#),
            (english, r#"<string name="a">%1$d</string><string name="b">x</string>"#),
            (plural, r#"<plurals name="p"><item quantity="other">%d</item></plurals>"#),
            (plural, r#"<plurals name="p"><item quantity="one">%s</item><item quantity="other">%d</item></plurals>"#),
            (
                plural,
                r#"<plurals name="p"><item quantity="one">1</item><item quantity="few">%d</item><item quantity="other">%d</item></plurals>"#,
            ),
        ] {
            assert_eq!(compare(&[("values", words(model)), ("values-es", words(other))]).len(), 1, "{other}");
        }
        assert!(read("<resources><string name='a'/><string name='a'/></resources>", &mut Words::new()).is_err());
    }

    #[test]
    fn hard_coded_texts_are_found() {
        for bad in [
            "Text(\"Save\")",
            "x by animateFloatAsState(\n1f,\n)\nField(label = \"Name\")",
            "contentDescription = \"Photo $number\"",
            "Text(text = \"${a} of\")",
            "Text(\"中文\")",
        ] {
            assert_eq!(hard_coded(bad).len(), 1, "{bad}");
        }
        for good in [
            "Text(\"\")",
            "Text(\"$name\")",
            "Text(\"${job.name} · \")",
            "// Text(\"Save\")",
            "Text(stringResource(R.string.save))",
            "log(\"x\")",
            "val x by animateFloatAsState(\n    1f,\n    label = \"held\",\n)",
        ] {
            assert!(hard_coded(good).is_empty(), "{good}");
        }
    }
}
