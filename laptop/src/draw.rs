//! Drawing over a photo: this person's layer, over the picture and over what others drew. The photo's bytes stay as they
//! are.

use askama::Template;
use countersign_device::app::AppError;
use countersign_device::evidence::drawing::{LIMITS, Limits, end, takes_words};
use countersign_device::evidence::{PixelSize, overlay_svg};
use countersign_device::model::entity::Shape;
use countersign_device::screens::{drawing_full, usual_choice};

use crate::desk::{Desk, Outcome, done, drawn, see};
use crate::facts::of_job;
use crate::fields::Asked;
use crate::files;
use crate::page::Frame;
use crate::trouble::Trouble;
use crate::words::{Choice, offered};

#[derive(Template)]
#[template(path = "draw.html")]
struct DrawPage {
    f: Frame,
    /// The page of the file.
    link: String,
    name: String,
    picture: String,
    /// This person's shapes as JSON.
    shapes: String,
    /// The revision of the layer that is looked at.
    seen: u64,
    /// What others drew, as SVG made from numbers and escaped words.
    others: String,
    /// What can be drawn, and whether it takes words; each word is also the name of its icon.
    tools: Vec<(Choice, bool)>,
    inks: Vec<Choice>,
    limits: Limits,
    /// What is said where no more shapes fit.
    full: String,
    /// Where the cross is, with places for the numbers.
    at: String,
}

/// `GET …/files/{evidence}/draw`
pub(crate) fn show(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (mut f, screen) = of_job(desk, asked, "laptop-draw")?;
    let row = files::find(&screen, asked)?;
    let link = format!("/jobs/{}/files/{}", screen.name, row.evidence);
    if !row.may_draw {
        return Ok(see(&link));
    }
    f.back.clone_from(&link);
    f.pane = Vec::new();
    // The picture stands still while somebody draws: only the strip is asked for again.
    f.live_from = "/status".to_owned();
    let words = &desk.words;
    let own = row.layers.iter().find(|layer| layer.own);
    let shapes = own.map(|layer| layer.shapes.as_slice()).unwrap_or_default();
    let others: Vec<Shape> =
        row.layers.iter().filter(|layer| !layer.own).flat_map(|layer| layer.shapes.iter().cloned()).collect();
    let page = DrawPage {
        picture: format!("{link}/preview"),
        name: row.name.clone(),
        shapes: serde_json::to_string(shapes).map_err(|error| Trouble::Shell(error.to_string()))?,
        seen: own.map_or(0, |layer| layer.revision),
        others: match others.is_empty() {
            true => String::new(),
            false => overlay_svg(&others, PixelSize::parse(&row.pixels)),
        },
        tools: offered(words, "shape", usual_choice("shape")).into_iter().map(with_words).collect(),
        inks: offered(words, "ink", usual_choice("ink")),
        limits: LIMITS,
        full: words.t("evidence-drawing-full"),
        at: words.with("laptop-draw-at", &[("x", "{x}".into()), ("y", "{y}".into())]),
        link,
        f,
    };
    drawn(&page)
}

fn with_words(tool: Choice) -> (Choice, bool) {
    let words = takes_words(&tool.value);
    (tool, words)
}

/// `POST …/files/{evidence}/draw`
pub(crate) fn keep(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (job, evidence) = (asked.path.get("job"), asked.path.get("evidence"));
    let shapes: Vec<Shape> = serde_json::from_str(asked.form.get("shapes")).map_err(|_| Trouble::Form)?;
    // The page sends free lines with every point that a finger passed.
    let shapes: Vec<Shape> = shapes.into_iter().map(|shape| end(shape.clone()).unwrap_or(shape)).collect();
    if let Some(why) = drawing_full(&desk.words.texts, &shapes) {
        return Err(AppError::Input { why }.into());
    }
    let seen = asked.form.get("seen").parse().map_err(|_| Trouble::Form)?;
    let word = if shapes.is_empty() { "undrawn" } else { "drawn" };
    desk.app().annotate_seen(job, evidence, seen, shapes)?;
    done(&format!("/jobs/{job}/files/{evidence}"), word)
}
