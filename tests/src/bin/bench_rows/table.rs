//! What a run printed, as the table and the picture of the documentation: `bench-rows table FILE [--picture FILE]`.

use std::path::Path;

use serde_json::Value;

use crate::chart;

/// Prints the table; draws the picture where one is asked for.
pub fn run(arguments: &[String]) -> Result<(), String> {
    let (file, picture) = match arguments {
        [file] => (file, None),
        [file, word, picture] if word == "--picture" => (file, Some(picture)),
        _ => return Err("usage: cargo xtask bench table FILE [--picture docs/pictures/growth.svg]".to_owned()),
    };
    let text = std::fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
    let lines = lines(&text);
    if lines.is_empty() {
        return Err(format!("{file} holds no line of `cargo xtask bench`"));
    }
    println!("| row | ours | peer | ratio | target | met | load |\n|---|---|---|---|---|---|---|");
    lines.iter().for_each(|line| println!("{}", row(line)));
    match picture {
        Some(picture) => {
            std::fs::write(Path::new(picture), chart::svg(&lines)).map_err(|error| format!("{picture}: {error}"))
        }
        None => Ok(()),
    }
}

/// The lines of a run; whatever else stands between them (a build's own words) is left out.
pub fn lines(text: &str) -> Vec<Value> {
    let values = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    values.filter(|line| line.get("name").is_some() && line.get("ours").is_some()).collect()
}

fn word<'a>(line: &'a Value, name: &str) -> &'a str {
    line.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn row(line: &Value) -> String {
    let number = |name: &str| line.get(name).filter(|value| !value.is_null()).map(Value::to_string);
    let unit = word(line, "unit");
    let peer = match (number("peer"), word(line, "peer_name"), word(line, "peer_missing")) {
        (Some(peer), name, _) => format!("{peer} {unit}, {name}"),
        (None, name, why) if !why.is_empty() => format!("{name} could not be had: {why}"),
        _ => "-".to_owned(),
    };
    let met = match line.get("met").and_then(Value::as_bool) {
        Some(true) => "yes",
        Some(false) => "**no**",
        None => "",
    };
    let cells = [
        word(line, "name").to_owned(),
        format!("{} {unit}", number("ours").unwrap_or_default()),
        peer,
        number("ratio").unwrap_or_default(),
        word(line, "target").to_owned(),
        met.to_owned(),
        number("load").unwrap_or_default(),
    ];
    format!("| {} |", cells.map(|cell| cell.replace('|', "/").replace('\n', " ")).join(" | "))
}
