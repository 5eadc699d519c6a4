//! `hub health`: one question to a hub on this machine, for health checks where no other program is at hand.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::{Value, json};

use crate::output::{Done, Exit, Failure, Output};

/// A hub that does not answer within this time is not well.
const PATIENCE: Duration = Duration::from_secs(3);
/// The answer is some hundred bytes.
const ANSWER: u64 = 16 * 1024;

/// Asks; exit code 0 where the hub serves, 3 where it does not.
pub fn run(address: SocketAddr, output: &Output) -> Done {
    let answer = ask(address).map_err(|error| {
        Failure::environment(format!("{address} does not answer ({error}): is the hub serving there without TLS?"))
    })?;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((answer.as_str(), ""));
    let said: Value = serde_json::from_str(body).unwrap_or_default();
    if !head.starts_with("HTTP/1.1 200 ") || said.get("ok") != Some(&Value::Bool(true)) {
        let status = head.lines().next().unwrap_or_default();
        return Err(Failure::environment(format!("{address} is not well: {status}")));
    }
    let version = said.get("version").and_then(Value::as_str).unwrap_or_default().to_owned();
    output.result(&json!({"ok": true, "version": version}), || format!("the hub {version} at {address} is well"));
    Ok(Exit::Ok)
}

fn ask(address: SocketAddr) -> std::io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    write!(stream, "GET /healthz HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.take(ANSWER).read_to_string(&mut answer)?;
    Ok(answer)
}
