//! Writing a line of CSV that no spreadsheet program takes for a formula, and reading such a cell back.

/// A cell that begins so would be calculated by a spreadsheet program when the file is opened.
fn is_formula(cell: &str) -> bool {
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let plain_number = cell.strip_prefix('-').is_some_and(number);
    cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !plain_number
}

/// The cell as a file holds it: with an apostrophe before what would be a formula.
fn guarded(cell: &str) -> String {
    if is_formula(cell) { format!("'{cell}") } else { cell.to_owned() }
}

/// The cell as it was before [`guarded`].
pub(super) fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(cell)
}

/// A line of CSV (RFC 4180) with its end.
pub(crate) fn csv_line(cells: &[String]) -> String {
    let quoted = cells.iter().map(|cell| {
        let cell = guarded(cell);
        match cell.contains(['"', ',', ';', '\n', '\r', '\t']) || cell.starts_with(' ') || cell.ends_with(' ') {
            true => format!("\"{}\"", cell.replace('"', "\"\"")),
            false => cell,
        }
    });
    let mut line = quoted.collect::<Vec<_>>().join(",");
    line.push_str("\r\n");
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_kept_as_text_and_read_back_as_they_were() {
        let rows = [
            ("=1+1", "'=1+1"),
            ("+34 600 000 000", "'+34 600 000 000"),
            ("-3.5", "-3.5"),
            ("-cmd", "'-cmd"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("a=b", "a=b"),
            ("'t Hof", "'t Hof"),
        ];
        for (cell, file) in rows {
            assert_eq!((guarded(cell).as_str(), unguarded(file)), (file, cell));
        }
    }

    #[test]
    fn cells_with_separators_and_quotes_are_quoted() {
        let cells = ["a", "b,c", "say \"hi\"", "two\nlines", "x;y", ""].map(str::to_owned);
        assert_eq!(csv_line(&cells), "a,\"b,c\",\"say \"\"hi\"\"\",\"two\nlines\",\"x;y\",\r\n");
    }
}
