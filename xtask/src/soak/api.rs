//! `cargo xtask soak api`: schemathesis reads the hub's own OpenAPI document and calls every operation in it with what the
//! document allows and with what it does not, as an enrolled device and as a stranger. The hub must answer each as the
//! document says, and never with an error of its own.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::steps::{self, Problem, cargo, run};

/// The tool with all that it needs, pinned; installed outside the tree.
const PINNED: &str = include_str!("../../api/requirements.txt");
/// Enrols a device and prints its token.
const ENROL: &str = "xtask/api/enrol.py";
/// What the tool is told beside the document.
const CONFIG: &str = "xtask/api/schemathesis.toml";
/// What is looked at: everything that the tool knows but whether well-formed requests are taken, since what is well-formed
/// (a signature, a code) is not for a schema to say.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,\
                      response_schema_conformance,negative_data_rejection,missing_required_header,unsupported_method,\
                      use_after_free,ignored_auth";
/// Calls a second: the hub allows a device twenty.
const RATE: &str = "18/s";

/// Calls a served hub for at most so many seconds.
pub fn run_for(seconds: u64) -> Result<(), Problem> {
    let tool = tool()?;
    cargo(&["build", "--workspace", "--bin", "countersign"])?;
    let folder = steps::cache_folder().join(format!("api-{}", std::process::id()));
    fs::create_dir_all(&folder).map_err(problem)?;
    let outcome = in_folder(&tool, &folder, seconds);
    fs::remove_dir_all(&folder).map_err(problem)?;
    outcome
}

fn in_folder(tool: &Path, folder: &Path, seconds: u64) -> Result<(), Problem> {
    let office = folder.join("office");
    run(program().args(["hub", "init"]).arg(&office).args(["--company", "Acme Service", "--sample"]))?;
    let hub = Hub::serve(&office)?;
    let invite = program()
        .args(["--json", "hub", "invite"])
        .arg(&office)
        .args(["--person", "Ana Ruiz", "--role", "engineer", "--url", &hub.url])
        .output()
        .map_err(problem)?;
    let token = said(Command::new(tool.join("python")).arg(ENROL).arg(&hub.url).arg(word(&invite.stdout, "code")?))?;
    // There, since it keeps notes where it runs.
    run(Command::new(tool.join("st"))
        .current_dir(folder)
        .arg("--config-file")
        .arg(steps::root().join(CONFIG))
        .arg("run")
        .arg(format!("{}/openapi.json", hub.url))
        .arg("--header")
        .arg(format!("Authorization: Bearer {token}"))
        .args(["--checks", CHECKS, "--rate-limit", RATE, "--generation-deterministic", "--continue-on-failure"])
        .args(["--phases", "examples,coverage,fuzzing,stateful", "--max-examples", &examples(seconds)])
        .args(["--request-timeout", "30", "--no-color"]))
}

/// Drawn requests for each operation, so that the run takes about so long.
fn examples(seconds: u64) -> String {
    (seconds / 2).max(5).to_string()
}

/// The folder with the tool's programs; installs it where it is not there yet.
fn tool() -> Result<PathBuf, Problem> {
    let folder = steps::cache_folder().join(format!("api-tool-{:016x}", steps::hash_of(PINNED.as_bytes())));
    let programs = folder.join("bin");
    if programs.join("ready").exists() {
        return Ok(programs);
    }
    fs::create_dir_all(&folder).map_err(problem)?;
    run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
    let list = folder.join("requirements.txt");
    fs::write(&list, PINNED).map_err(problem)?;
    run(Command::new(programs.join("pip")).args(["install", "--quiet", "--no-deps", "--requirement"]).arg(&list))?;
    fs::write(programs.join("ready"), b"").map_err(problem)?;
    Ok(programs)
}

fn program() -> Command {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| steps::root().join("target"), PathBuf::from);
    Command::new(target.join("debug/countersign"))
}

/// The office server; ends with this value.
struct Hub {
    child: Child,
    url: String,
}

impl Hub {
    fn serve(office: &Path) -> Result<Hub, Problem> {
        let mut serve = program();
        serve.args(["--json", "hub", "serve"]).arg(office).args(["--listen", "127.0.0.1:0"]).stdout(Stdio::piped());
        let mut child = serve.spawn().map_err(problem)?;
        let mut line = String::new();
        if let Some(out) = child.stdout.take() {
            BufReader::new(out).read_line(&mut line).map_err(problem)?;
        }
        match word(line.as_bytes(), "url") {
            Ok(url) => Ok(Hub { child, url }),
            Err(why) => {
                let _ = child.kill();
                Err(why)
            }
        }
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a command prints, without the end of the line.
fn said(command: &mut Command) -> Result<String, Problem> {
    let output = command.current_dir(steps::root()).stderr(Stdio::inherit()).output().map_err(problem)?;
    match output.status.success() {
        true => Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned()),
        false => Err(Problem(format!("{command:?}: {}", output.status))),
    }
}

/// The text with this name in a line of JSON that our own program printed.
fn word(line: &[u8], name: &str) -> Result<String, Problem> {
    let text = String::from_utf8_lossy(line).into_owned();
    let begin = format!("\"{name}\":\"");
    let found = text.split_once(&begin).and_then(|(_, rest)| rest.split_once('"')).map(|(word, _)| word.to_owned());
    found.ok_or_else(|| Problem(format!("the program printed no {name}: {text}")))
}

fn problem(error: std::io::Error) -> Problem {
    Problem(error.to_string())
}
