//! How cost grows, as a picture: one small plot for each thing that grows, both axes in powers of ten.

use std::fmt::Write as _;

use serde_json::Value;

/// A plot: its title, how its lines' names begin or what they hold, and what grows.
struct Family {
    title: &'static str,
    named: &'static str,
    without: &'static str,
    axis: &'static str,
    /// Lines in which this is more than nothing are another plot's.
    alone: Option<&'static str>,
}

const fn family(title: &'static str, named: &'static str, without: &'static str, axis: &'static str) -> Family {
    Family { title, named, without, axis, alone: None }
}

const FAMILIES: [Family; 12] = [
    family("cold open to the first page", "cold open", "-", "jobs"),
    family("first sync", "first sync", "PouchDB", "jobs"),
    family("push of 500 commands", "of 500", "-", "jobs"),
    family("sync with nothing to do", "nothing to do", "-", "jobs"),
    family("job screen", "job screen", "-", "pieces"),
    family("search, two Chinese characters", "search", "one in seven", "entries"),
    Family { alone: Some("documents"), ..family("start with unsent answers", "start with", "-", "answers") },
    Family { alone: Some("answers"), ..family("start with sealed documents", "start with", "-", "documents") },
    family("commands, one by one", "one by one", "-", "devices"),
    family("commands, batches of 100", "batches of 100", "-", "devices"),
    family("change seen elsewhere, p50", "p50", "-", "others"),
    family("hub memory for one upload", "memory for an upload", "-", "mib"),
];

const COLUMNS: usize = 3;
const WIDTH: f64 = 300.0;
const HEIGHT: f64 = 200.0;
/// Room of the plot inside its cell: left, top, right, bottom.
const ROOM: [f64; 4] = [52.0, 34.0, 16.0, 40.0];

/// A point: what grew, and what it cost us and the peer.
#[derive(Clone, Copy)]
struct Point {
    x: f64,
    ours: f64,
    peer: Option<f64>,
}

fn number(line: &Value, name: &str) -> Option<f64> {
    line.get(name).and_then(Value::as_f64)
}

fn points(lines: &[Value], family: &Family) -> Vec<Point> {
    let fits = |line: &&Value| {
        let name = line.get("name").and_then(Value::as_str).unwrap_or_default();
        name.contains(family.named) && !name.contains(family.without)
    };
    let mut points: Vec<Point> = lines
        .iter()
        .filter(fits)
        .filter_map(|line| {
            let more = line.get("more")?;
            if family.alone.and_then(|other| number(more, other)).is_some_and(|other| other > 0.0) {
                return None;
            }
            // Nothing has no place on an axis of powers of ten; it stands where one would.
            let x = number(more, family.axis)?.max(1.0);
            Some(Point { x, ours: number(line, "ours")?, peer: number(line, "peer") })
        })
        .collect();
    points.sort_by(|one, other| one.x.total_cmp(&other.x));
    points
}

fn unit(lines: &[Value], family: &Family) -> String {
    let named =
        |line: &&Value| line.get("name").and_then(Value::as_str).is_some_and(|name| name.contains(family.named));
    let line = lines.iter().find(named);
    line.and_then(|line| line.get("unit")).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// The whole picture.
pub fn svg(lines: &[Value]) -> String {
    let plots: Vec<(&Family, Vec<Point>)> =
        FAMILIES.iter().map(|family| (family, points(lines, family))).filter(|(_, points)| points.len() > 1).collect();
    let rows = plots.len().div_ceil(COLUMNS);
    let (width, height) = (WIDTH * COLUMNS as f64, HEIGHT * rows as f64 + 30.0);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" \
         font-size=\"11\" role=\"img\"><title>How cost grows</title>\n<rect width=\"100%\" height=\"100%\" \
         fill=\"#fff\"/>\n"
    );
    for (place, (family, points)) in plots.iter().enumerate() {
        let (x, y) = ((place % COLUMNS) as f64 * WIDTH, (place / COLUMNS) as f64 * HEIGHT);
        let _ = writeln!(out, "<g transform=\"translate({x} {y})\">");
        plot(&mut out, family, points, &unit(lines, family));
        out.push_str("</g>\n");
    }
    let base = height - 12.0;
    let _ = writeln!(
        out,
        "<line x1=\"20\" y1=\"{base}\" x2=\"50\" y2=\"{base}\" stroke=\"#0b5cad\" stroke-width=\"2\"/><text x=\"56\" \
         y=\"{0}\">ours</text><line x1=\"110\" y1=\"{base}\" x2=\"140\" y2=\"{base}\" stroke=\"#8a4b08\" \
         stroke-width=\"2\" stroke-dasharray=\"4 3\"/><text x=\"146\" y=\"{0}\">the peer of the table's line</text>\n</svg>",
        base + 4.0
    );
    out
}

/// Powers of ten around these values.
fn decades(values: impl Iterator<Item = f64>) -> (i32, i32) {
    let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
    for value in values.filter(|value| *value > 0.0) {
        least = least.min(value.log10().floor());
        most = most.max(value.log10().ceil());
    }
    if least.is_finite() { (least as i32, (most as i32).max(least as i32 + 1)) } else { (0, 1) }
}

fn plot(out: &mut String, family: &Family, points: &[Point], unit: &str) {
    let [left, top, right, bottom] = ROOM;
    let (wide, tall) = (WIDTH - left - right, HEIGHT - top - bottom);
    let (from_x, to_x) = decades(points.iter().map(|point| point.x));
    let all = points.iter().flat_map(|point| [Some(point.ours), point.peer]).flatten();
    let (from_y, to_y) = decades(all);
    let at_x = |x: f64| left + wide * (x.log10() - f64::from(from_x)) / f64::from(to_x - from_x);
    let lowest = 10_f64.powi(from_y);
    let at_y = |y: f64| top + tall * (1.0 - (y.max(lowest).log10() - f64::from(from_y)) / f64::from(to_y - from_y));
    let _ = writeln!(out, "<text x=\"{left}\" y=\"18\" font-weight=\"bold\">{}, {unit}</text>", family.title);
    for power in from_y..=to_y {
        let y = at_y(10_f64.powi(power));
        let _ = writeln!(
            out,
            "<line x1=\"{left}\" y1=\"{y:.1}\" x2=\"{:.1}\" y2=\"{y:.1}\" stroke=\"#ddd\"/><text x=\"{}\" y=\"{:.1}\" \
             text-anchor=\"end\" fill=\"#555\">{}</text>",
            left + wide,
            left - 5.0,
            y + 4.0,
            power_of_ten(power)
        );
    }
    for power in from_x..=to_x {
        let x = at_x(10_f64.powi(power));
        let _ = writeln!(
            out,
            "<text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\" fill=\"#555\">{}</text>",
            top + tall + 15.0,
            power_of_ten(power)
        );
    }
    let _ = writeln!(
        out,
        "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\" fill=\"#555\">{}</text>",
        left + wide / 2.0,
        top + tall + 29.0,
        family.axis
    );
    let peers: Vec<(f64, f64)> = points.iter().filter_map(|point| Some((point.x, point.peer?))).collect();
    let ours: Vec<(f64, f64)> = points.iter().map(|point| (point.x, point.ours)).collect();
    for (values, look) in [(peers, "stroke=\"#8a4b08\" stroke-dasharray=\"4 3\""), (ours, "stroke=\"#0b5cad\"")] {
        let line: Vec<String> = values.iter().map(|(x, y)| format!("{:.1},{:.1}", at_x(*x), at_y(*y))).collect();
        let _ = writeln!(out, "<polyline points=\"{}\" fill=\"none\" stroke-width=\"2\" {look}/>", line.join(" "));
        for (x, y) in values {
            let (at_x, at_y) = (at_x(x), at_y(y));
            let _ = writeln!(out, "<circle cx=\"{at_x:.1}\" cy=\"{at_y:.1}\" r=\"3\" fill=\"#fff\" {look}/>");
        }
    }
}

fn power_of_ten(power: i32) -> String {
    match power {
        -2..=-1 => format!("{:.*}", power.unsigned_abs() as usize, 10_f64.powi(power)),
        0..=3 => format!("{:.0}", 10_f64.powi(power)),
        4..=5 => format!("{:.0}k", 10_f64.powi(power - 3)),
        _ => format!("1e{power}"),
    }
}
