//! What the app uses that the oldest Android it runs on does not have, found in the compiled classes.

use crate::steps::Problem;

use super::digest;
use super::java;
use super::libraries;
use super::project::Project;
use super::{Compiled, lint};

/// Checks the app's classes against that Android, save for what `config/newer-android.txt` names.
pub fn check(project: &Project, app: &Compiled) -> Result<(), Problem> {
    let signatures = project.only("oldest")?;
    let checker = project.program("OldestAndroid", project.tool("sniffer")?)?;
    let jars = libraries::jars(&app.libraries, false)?;
    let out = project.out.join("oldest");
    let digest = project.digest("oldest").file(&signatures)?.files(&checker)?.files(&jars)?;
    digest::step("oldest Android", digest.tree(&app.classes)?.tree(&app.resources.classes)?, &out, |out| {
        let mut run = java::java("1g", &checker, "OldestAndroid");
        run.arg(&signatures).arg(project.app("src/main/kotlin")).args([&app.classes, &app.resources.classes]);
        let output = run.args(&jars).output().map_err(|error| Problem(format!("java: {error}")))?;
        if !output.status.success() {
            return Err(Problem(format!("OldestAndroid: {}", String::from_utf8_lossy(&output.stderr))));
        }
        digest::write(&out.join("uses.txt"), &output.stdout)
    })?;
    let allowed = digest::read(&project.root.join("config/newer-android.txt"))?;
    lint::faultless("oldest Android", faults(&digest::read(&out.join("uses.txt"))?, &allowed))
}

/// The uses that are not allowed, and the allowances that nothing uses.
fn faults(uses: &str, allowed: &str) -> Vec<String> {
    let lines = allowed.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let allowed: Vec<(&str, &str)> = lines.filter_map(|line| line.split_once(' ')).collect();
    let missing = uses.lines().filter(|line| !allowed.iter().any(|one| covers(one, line))).map(str::to_owned);
    let mut faults: Vec<String> = missing.collect();
    let idle = allowed.iter().filter(|one| !uses.lines().any(|line| covers(one, line)));
    faults.extend(idle.map(|(file, what)| format!("allowed, but not there: {file} {what}")));
    faults
}

/// Whether an allowance (a file's name, a part of what it names) covers a use (`path:line: …`).
fn covers((file, what): &(&str, &str), line: &str) -> bool {
    line.split(':').next().and_then(|path| path.rsplit('/').next()) == Some(file) && line.contains(what)
}

#[cfg(test)]
mod tests {
    use super::*;

    const USES: &str = "/a/Images.kt:59: Undefined reference: android.graphics.ImageDecoder.Source\n\
                        /a/Images.kt:60: Undefined reference: void android.graphics.ImageDecoder.setAllocator(int)\n";

    #[test]
    fn what_is_allowed_passes() {
        assert_eq!(faults(USES, "# guarded\nImages.kt android.graphics.ImageDecoder\n"), Vec::<String>::new());
    }

    #[test]
    fn what_is_not_allowed_and_what_nothing_uses_are_faults() {
        assert_eq!(faults(USES, "").len(), 2);
        assert_eq!(faults(USES, "Other.kt android.graphics.ImageDecoder").len(), 3);
        assert_eq!(faults("", "Images.kt android.graphics.ImageDecoder").len(), 1);
    }
}
