//! `device annotate`: a layer over a photo out of words on the command line.

use countersign_device::app::App;
use countersign_device::model::entity::{Ink, Shape, Spot};
use serde_json::json;

use super::of_app;
use crate::arguments::Annotate;
use crate::output::{Done, Exit, Failure, Output};

/// Draws the layer, or takes it away.
pub fn annotate(app: &App, request: &Annotate, output: &Output) -> Done {
    let shapes = shapes(request)?;
    if shapes.is_empty() && !request.clear {
        return Err(Failure::usage("nothing to draw: give --arrow, --circle, --line or --text, or --clear"));
    }
    let count = shapes.len();
    let annotation = app.annotate(&request.id, &request.photo, shapes).map_err(|error| of_app(&error))?;
    output.result(&json!({"annotation": annotation, "shapes": count}), || format!("drew {count} on {}", request.photo));
    Ok(Exit::Ok)
}

fn shapes(request: &Annotate) -> Result<Vec<Shape>, Failure> {
    let ink = match Ink::from_word(&request.ink) {
        Ink::Other(word) => {
            return Err(Failure::usage(format!("--ink {word}: use red, yellow, blue, black or white")));
        }
        ink => ink,
    };
    let mut shapes = Vec::new();
    for text in &request.arrows {
        match numbers("--arrow", text)?.as_slice() {
            [x, y, to_x, to_y] => {
                let (from, to) = (Spot { x: *x, y: *y }, Spot { x: *to_x, y: *to_y });
                shapes.push(Shape::Arrow { from, to, ink: ink.clone() });
            }
            _ => return Err(Failure::usage(format!("--arrow {text}: give four numbers, X,Y,X,Y"))),
        }
    }
    for text in &request.circles {
        match numbers("--circle", text)?.as_slice() {
            [x, y, radius] => {
                let middle = Spot { x: *x, y: *y };
                shapes.push(Shape::Circle { middle, radius: *radius, ink: ink.clone() });
            }
            _ => return Err(Failure::usage(format!("--circle {text}: give three numbers, X,Y,RADIUS"))),
        }
    }
    for text in &request.lines {
        shapes.push(Shape::Line { points: spots(text)?, ink: ink.clone() });
    }
    for text in &request.texts {
        shapes.push(label(text, &ink)?);
    }
    Ok(shapes)
}

fn numbers(option: &str, text: &str) -> Result<Vec<i64>, Failure> {
    let number = |part: &str| {
        part.trim().parse().map_err(|_| Failure::usage(format!("{option} {text}: {part} is no whole number")))
    };
    text.split(',').map(number).collect()
}

fn spots(text: &str) -> Result<Vec<Spot>, Failure> {
    let numbers = numbers("--line", text)?;
    let (pairs, rest) = numbers.as_chunks::<2>();
    if pairs.len() < 2 || !rest.is_empty() {
        return Err(Failure::usage(format!("--line {text}: give at least two places, X,Y,X,Y")));
    }
    Ok(pairs.iter().map(|[x, y]| Spot { x: *x, y: *y }).collect())
}

fn label(text: &str, ink: &Ink) -> Result<Shape, Failure> {
    let mut parts = text.splitn(3, ',');
    let (Some(x), Some(y), Some(words)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(Failure::usage(format!("--text {text}: give a place and words, X,Y,WORDS")));
    };
    let place = |part: &str| numbers("--text", part).map(|numbers| numbers.first().copied().unwrap_or_default());
    let at = Spot { x: place(x)?, y: place(y)? };
    Ok(Shape::Text { at, text: words.to_owned(), ink: ink.clone() })
}
