//! Files of master data.

mod line;

pub(crate) use line::csv_line;
