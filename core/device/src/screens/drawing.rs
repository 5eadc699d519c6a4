//! What a person who draws is told.

use countersign_model::entity::{Shape, ShapeProblem, check_shapes};
use countersign_texts::Texts;

/// What is said where these are more shapes than a drawing may have; `None` where they fit. Whoever reaches the limit keeps
/// what is drawn without the shape that is one too many.
pub fn drawing_full(texts: &Texts, shapes: &[Shape]) -> Option<String> {
    (check_shapes(shapes) == Err(ShapeProblem::TooMany)).then(|| texts.get("evidence-drawing-full"))
}

#[cfg(test)]
mod tests {
    use countersign_model::Language;
    use countersign_model::entity::{Ink, MOST_SHAPES, Spot};

    use super::*;

    #[test]
    fn one_shape_too_many_is_told_in_every_language() {
        let circle = Shape::Circle { middle: Spot { x: 1, y: 1 }, radius: 9, ink: Ink::Red };
        for language in Language::ALL {
            let texts = Texts::new(language);
            assert_eq!(drawing_full(&texts, &vec![circle.clone(); MOST_SHAPES]), None);
            let said = drawing_full(&texts, &vec![circle.clone(); MOST_SHAPES + 1]).unwrap();
            assert!(!said.contains("evidence-drawing-full"), "{said}");
        }
    }
}
