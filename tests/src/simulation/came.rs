//! What came of a simulation at the hub: for its trace, for comparing two runs, and for counting.

use std::path::Path;

use countersign_model::Digest;

use super::coverage::Coverage;
use super::invariants::reading;

/// A digest of every record of the hub.
pub fn digest_of_hub(office: &Path) -> Digest {
    let office = reading(&office.join("hub.db"));
    let sql = "SELECT kind, hex(id), scope, rev, seq, coalesce(body, '') FROM record ORDER BY seq";
    let mut statement = office.prepare(sql).expect("records are there");
    let rows = statement
        .query_map([], |row| {
            let texts: (String, String, String, i64, i64, String) =
                (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?);
            Ok(format!("{texts:?}"))
        })
        .expect("a read");
    let lines: Vec<String> = rows.map(|row| row.expect("a row")).collect();
    Digest::of(lines.join("\n").as_bytes())
}

/// What became of each command in the order of receipt, and which command gave each answer: all without times.
pub fn what_came_of_it(office: &Path) -> Vec<String> {
    let office = reading(&office.join("hub.db"));
    let texts = |sql: &str| -> Vec<String> {
        let mut statement = office.prepare(sql).expect("the tables are there");
        statement.query_map([], |row| row.get(0)).expect("a read").map(|text| text.expect("a text")).collect()
    };
    let mut came = texts(
        "SELECT kind || ' ' || state || ' ' || coalesce(outcome, '') || ' '
           || coalesce(json_extract(decision, '$.refusal.code'), '') FROM inbox ORDER BY arrival",
    );
    came.extend(texts(
        "SELECT json_extract(a.body, '$.instance.path') || ' by ' || i.arrival FROM record AS a
           JOIN inbox AS i ON lower(hex(i.command)) = replace(json_extract(a.body, '$.current.command'), '-', '')
         WHERE a.kind = 'answer' AND a.body IS NOT NULL ORDER BY 1",
    ));
    came
}

/// Counts what the hub saw: commands by kind and outcome, refusals, flags.
pub fn count(office: &Path, coverage: &mut Coverage) {
    let office = reading(&office.join("hub.db"));
    let queries = [
        ("command", "SELECT kind FROM inbox WHERE device IS NOT NULL"),
        ("office-command", "SELECT kind FROM inbox WHERE device IS NULL"),
        ("outcome", "SELECT coalesce(outcome, state) FROM inbox"),
        ("refusal", "SELECT json_extract(decision, '$.refusal.code') FROM inbox WHERE outcome = 'refused'"),
        ("flag", "SELECT json_extract(body, '$.code') FROM record WHERE kind = 'flag' AND body IS NOT NULL"),
    ];
    for (kind, sql) in queries {
        let mut statement = office.prepare(sql).expect("the table is there");
        let names = statement.query_map([], |row| row.get::<_, Option<String>>(0)).expect("a read");
        names.for_each(|name| coverage.hit(kind, &name.expect("a row").unwrap_or_default()));
    }
}
