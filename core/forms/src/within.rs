//! What becomes of references when a repeat item is taken out: the items behind it move up by one.

/// What a question is called once this item is taken out of its repeat; `None` where it stood in the item. Both are
/// references as a snapshot gives them: the first item of a repeat is called by the repeat's own name, every other one by
/// its number as well.
pub fn reference_without(item: &str, question: &str) -> Option<String> {
    let stays = || Some(question.to_owned());
    let (repeat, place) = numbered(item);
    let Some((number, rest)) = question.strip_prefix(repeat).and_then(within) else { return stays() };
    match number {
        before if before < place => stays(),
        before if before == place => None,
        2 => Some(format!("{repeat}{rest}")),
        before => Some(format!("{repeat}[{}]{rest}", before - 1)),
    }
}

/// The repeat of an item and the item's number.
fn numbered(item: &str) -> (&str, usize) {
    let bracketed = item.strip_suffix(']').and_then(|item| item.rsplit_once('['));
    bracketed.and_then(|(repeat, number)| Some((repeat, number.parse().ok()?))).unwrap_or((item, 1))
}

/// What follows a repeat's name: the item's number, and the path inside it. `None` for another name that begins alike.
fn within(tail: &str) -> Option<(usize, &str)> {
    if tail.starts_with('/') {
        return Some((1, tail));
    }
    let (number, rest) = tail.strip_prefix('[')?.split_once(']')?;
    rest.starts_with('/').then_some((number.parse().ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_the_item_goes_and_what_stands_behind_it_moves_up() {
        let rows = [
            ("/v/points[2]", "/v/points/x", Some("/v/points/x")),
            ("/v/points[2]", "/v/points[2]/x", None),
            ("/v/points[2]", "/v/points[3]/x", Some("/v/points[2]/x")),
            ("/v/points[2]", "/v/points[12]/group/x", Some("/v/points[11]/group/x")),
            ("/v/points", "/v/points/x", None),
            ("/v/points", "/v/points[2]/x", Some("/v/points/x")),
            ("/v/points", "/v/points[3]/x", Some("/v/points[2]/x")),
            // A repeat inside an item is that item's alone.
            ("/v/points[2]/marks[3]", "/v/points[2]/marks[3]/x", None),
            ("/v/points[2]/marks[3]", "/v/points[2]/marks[4]/x", Some("/v/points[2]/marks[3]/x")),
            ("/v/points[2]/marks[3]", "/v/points[3]/marks[4]/x", Some("/v/points[3]/marks[4]/x")),
            ("/v/points", "/v/points[2]/marks[4]/x", Some("/v/points/marks[4]/x")),
            // Another name that begins alike.
            ("/v/points", "/v/pointsman/x", Some("/v/pointsman/x")),
            ("/v/points", "/v/points", Some("/v/points")),
            ("/v/points[x]", "/v/points[2]/x", Some("/v/points[2]/x")),
            ("", "", Some("")),
        ];
        for (item, question, want) in rows {
            assert_eq!(reference_without(item, question).as_deref(), want, "{item} out: {question}");
        }
    }
}
