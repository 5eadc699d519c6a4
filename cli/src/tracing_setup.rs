//! Logs go to standard error; `--verbose` or `RUST_LOG` opens them further. Secrets are never logged anywhere.

use tracing_subscriber::EnvFilter;

/// Starts logging once for the process.
pub fn start(verbose: bool) {
    let usual = if verbose { "info" } else { "warn" };
    let filter =
        EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(format!("{usual},nom_exif=error")));
    // A second start (in tests of this program) keeps the first.
    let _already = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}
