//! The Swift side of the border: Debian's Swift compiler in a folder of its own, the generated Swift compiled with it, and a
//! program of ours that calls the border as an app does. Linux only; what needs a Mac is no part of it.

mod apt;
mod border;
mod compile;
mod debian;
mod sandbox;
mod toolchain;

use crate::steps::{self, Outcome, Problem};

use sandbox::Namespaces;
use toolchain::Found;

/// What stays unproven when everything here passes.
const MISSING: &str = "the iOS app itself is not part of this version";

/// Gets the compiler, generates the Swift of the border, compiles it and runs `bindings/swift-check` against the library.
pub fn run() -> Result<Outcome, Problem> {
    let skipped =
        |why: String| Ok(Outcome::Skipped(format!("{why}: the Swift of the border was not compiled; {MISSING}")));
    let namespaces = match Namespaces::here() {
        Ok(namespaces) => namespaces,
        Err(why) => return skipped(why),
    };
    let cache = steps::cache_folder().join("swift");
    let toolchain = match toolchain::get(&cache, &namespaces)? {
        Found::Ready(toolchain) => toolchain,
        Found::Missing(why) => return skipped(why),
    };
    let border = border::get()?;
    let program = compile::check(&toolchain, &border, &cache)?;
    compile::run(&toolchain, &border, &program)?;
    Ok(Outcome::Partly(format!("the border compiles and answers in Swift; {MISSING}")))
}
