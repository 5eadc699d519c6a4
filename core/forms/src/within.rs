//! Names of what stands in an item of a repeat.

/// Whether a question stands in an item, both by their names as a snapshot gives them: what is kept for the questions of an
/// item goes with the item.
pub fn is_within(question: &str, item: &str) -> bool {
    !item.is_empty() && question.strip_prefix(item).is_some_and(|rest| rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_the_item_is_within_it() {
        let rows = [
            ("/v/points[0a]/x", "/v/points[0a]", true),
            ("/v/points[0a]/group/x", "/v/points[0a]", true),
            ("/v/points[0a]/marks[0b]/x", "/v/points[0a]", true),
            ("/v/points[0a]/marks[0b]/x", "/v/points[0a]/marks[0b]", true),
            ("/v/points[0a]/marks[0b]/x", "/v/points[0a]/marks[0c]", false),
            ("/v/points[0b]/x", "/v/points[0a]", false),
            ("/v/points[0a]", "/v/points[0a]", false),
            ("/v/pointsman/x", "/v/points", false),
            ("/v/x", "", false),
        ];
        for (question, item, want) in rows {
            assert_eq!(is_within(question, item), want, "{question} in {item}");
        }
    }
}
