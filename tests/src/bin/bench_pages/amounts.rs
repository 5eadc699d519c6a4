//! How much a company has: what the command line asks for.

use std::path::PathBuf;

/// The amounts of a made company.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amounts {
    /// Jobs, each with a visit and a voucher.
    pub jobs: usize,
    /// Lines of the machines' histories: parts, times, meter readings, photos and notes of the visits.
    pub history: usize,
    /// Parts of the catalogue.
    pub parts: usize,
    /// Customers, each with a site, a contact and a machine.
    pub customers: usize,
}

/// Everything that the command line says.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The amounts.
    pub amounts: Amounts,
    /// The program whose hub is measured.
    pub program: PathBuf,
    /// Where made companies are kept.
    pub cache: PathBuf,
    /// Measures only pages whose address begins so.
    pub only: String,
}

/// The amounts that a company of some hundred people has after a year.
const REAL: Amounts = Amounts { jobs: 10_000, history: 100_000, parts: 100_000, customers: 10_000 };

impl Asked {
    /// Reads the arguments.
    pub fn of(arguments: &[String]) -> Result<Asked, String> {
        let mut asked = Asked {
            amounts: REAL,
            program: PathBuf::from("target/release/countersign"),
            cache: PathBuf::from("target/bench"),
            only: String::new(),
        };
        let mut words = arguments.iter();
        while let Some(name) = words.next() {
            let value = words.next().ok_or_else(|| format!("{name} needs a value"))?;
            let count = || value.parse::<usize>().map_err(|_| format!("{name} {value}: name a number"));
            match name.as_str() {
                "--jobs" => asked.amounts.jobs = count()?.max(20),
                "--history" => asked.amounts.history = count()?,
                "--parts" => asked.amounts.parts = count()?.max(20),
                "--customers" => asked.amounts.customers = count()?.max(20),
                "--program" => asked.program = PathBuf::from(value),
                "--cache" => asked.cache = PathBuf::from(value),
                "--only" => asked.only.clone_from(value),
                _ => return Err(format!("{name} is not known: use --jobs, --history, --parts, --customers or --only")),
            }
        }
        Ok(asked)
    }
}

impl Amounts {
    /// The name of a folder with these amounts. The number in it is raised when what is made changes.
    pub fn folder(&self) -> String {
        format!("office-3-{}-{}-{}-{}", self.jobs, self.history, self.parts, self.customers)
    }

    /// Lines of history of one job.
    pub fn lines_of_a_job(&self) -> usize {
        self.history.div_ceil(self.jobs)
    }
}
