//! What is typed or picked into a field of a form, as it is stored: the same in every shell.

use countersign_forms::{QuestionKind, stored_date_time, stored_time, together};
use countersign_texts::{Zone, typed_number};

/// An answer as it is stored. `kind` is that of the question; of several values each is one that was chosen. A date and
/// time is picked by the clock of `zone`, such as `2026-11-29T14:03`. What is none of its kind comes back as it is, for a
/// rule to refuse.
pub fn typed_answer(kind: &str, typed: &[&str], zone: &Zone) -> String {
    let is = |known: QuestionKind| kind == known.word();
    if is(QuestionKind::SelectMany) {
        return together(typed.iter().copied());
    }
    let one = typed.first().copied().unwrap_or_default();
    if is(QuestionKind::Integer) {
        one.trim().to_owned()
    } else if is(QuestionKind::Decimal) {
        typed_number(one)
    } else if is(QuestionKind::Time) {
        stored_time(one)
    } else if is(QuestionKind::DateTime) {
        let moment = zone.moment_counted_on(one).and_then(|moment| zone.local(moment));
        moment.map_or_else(|| one.to_owned(), stored_date_time)
    } else {
        one.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_becomes_what_is_stored() {
        let madrid = Zone::of("Europe/Madrid", 0);
        let rows: &[(&str, &[&str], &str)] = &[
            ("select_many", &["pump", "", "hose"], "pump hose"),
            ("select_many", &[""], ""),
            ("select_one", &["pump"], "pump"),
            ("integer", &[" 7 "], "7"),
            ("decimal", &["1,50"], "1.50"),
            ("decimal", &["1,2,3"], "1,2,3"),
            ("text", &[" as typed, "], " as typed, "),
            ("date", &["2026-11-29"], "2026-11-29"),
            ("time", &["12:05"], "12:05:00.000"),
            ("date_time", &["2026-11-29T12:05"], "2026-11-29T12:05:00.000+01:00"),
            ("date_time", &["2026-07-01T12:05"], "2026-07-01T12:05:00.000+02:00"),
            ("date_time", &["2026-03-29T02:30"], "2026-03-29T03:30:00.000+02:00"),
            ("date_time", &["2026-11-29T12:05:30"], "2026-11-29T12:05:30.000+01:00"),
            ("date_time", &["2026-11-29T12:05:00.000+05:00"], "2026-11-29T12:05:00.000+05:00"),
            ("date_time", &["soon"], "soon"),
            ("date_time", &[], ""),
            ("star", &["*"], "*"),
        ];
        for (kind, typed, want) in rows {
            assert_eq!(typed_answer(kind, typed, &madrid), *want, "{kind} {typed:?}");
        }
        let utc = typed_answer("date_time", &["2026-07-01T12:05"], &Zone::utc());
        assert_eq!(utc, "2026-07-01T12:05:00.000+00:00");
    }
}
