//! Servers of others that take a file: nginx with WebDAV, and @tus/server.

use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use countersign_tests::http::client;
use countersign_tests::measure::peak_memory;
use reqwest::header::LOCATION;

use crate::peers::Peers;

/// What both speak of where something went wrong.
pub fn words(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// A free port of loopback.
fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).map_err(words)?;
    Ok(listener.local_addr().map_err(words)?.port())
}

/// A program of somebody else that runs as long as this lives.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// nginx that takes PUT.
pub struct Nginx {
    _running: Running,
    url: String,
    folder: PathBuf,
}

impl Nginx {
    /// Starts it in this folder.
    pub fn start(peers: &Peers, folder: &Path) -> Result<Nginx, String> {
        let program = peers.unpacked("nginx/usr/sbin/nginx")?;
        let port = free_port()?;
        for part in ["files", "bodies"] {
            std::fs::create_dir_all(folder.join(part)).map_err(words)?;
        }
        let settings = format!(
            "daemon off; master_process off; pid {0}/pid; error_log {0}/error.log; events {{}} http {{ access_log off; \
             client_body_temp_path {0}/bodies; proxy_temp_path {0}/bodies; fastcgi_temp_path {0}/bodies; \
             uwsgi_temp_path {0}/bodies; scgi_temp_path {0}/bodies; client_max_body_size 0; \
             server {{ listen 127.0.0.1:{port}; location / {{ root {0}/files; dav_methods PUT; }} }} }}",
            folder.display()
        );
        std::fs::write(folder.join("nginx.conf"), settings).map_err(words)?;
        let mut command = Command::new(program);
        command.arg("-p").arg(folder).arg("-c").arg(folder.join("nginx.conf")).arg("-e").arg(folder.join("error.log"));
        let running = Running(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().map_err(words)?);
        wait_for(port)?;
        Ok(Nginx { _running: running, url: format!("http://127.0.0.1:{port}"), folder: folder.to_owned() })
    }

    /// Puts a file there, read by the client from memory; seconds, and where it lies.
    pub async fn put(&self, file: &[u8]) -> Result<(f64, PathBuf), String> {
        let client = client()?;
        let body = file.to_vec();
        let begun = Instant::now();
        let sent = client.put(format!("{}/file.bin", self.url)).body(body).send().await.map_err(words)?;
        let took = begun.elapsed().as_secs_f64();
        if !sent.status().is_success() {
            return Err(format!("nginx answered {}", sent.status()));
        }
        Ok((took, self.folder.join("files/file.bin")))
    }
}

/// Waits until somebody listens there.
fn wait_for(port: u16) -> Result<(), String> {
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(10) {
        if TcpStream::connect_timeout(&address, Duration::from_millis(100)).is_ok() {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Err(format!("nobody listens on port {port}"))
}

/// @tus/server.
pub struct Tus {
    running: Option<Running>,
    folder: PathBuf,
    port: u16,
}

impl Tus {
    /// Starts it over this folder.
    pub fn start(peers: &Peers, folder: &Path) -> Result<Tus, String> {
        let mut tus = Tus { running: None, folder: folder.to_owned(), port: free_port()? };
        tus.again(peers)?;
        Ok(tus)
    }

    /// Starts it again after it was killed.
    pub fn again(&mut self, peers: &Peers) -> Result<(), String> {
        let mut command = peers.node("tus.js")?;
        command.arg(&self.folder).arg(self.port.to_string()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(words)?;
        let output = child.stdout.take().ok_or("tus.js says nothing")?;
        self.running = Some(Running(child));
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line).map_err(words)?;
        if line.contains("listening") { Ok(()) } else { Err("@tus/server did not start".to_owned()) }
    }

    /// Kills it without a word.
    pub fn kill(&mut self) {
        self.running = None;
    }

    /// The most memory that it held, kilobytes.
    pub fn peak_memory(&self) -> u64 {
        self.running.as_ref().map_or(0, |Running(child)| peak_memory(&child.id().to_string()))
    }

    /// Makes an upload of so many bytes; its address.
    pub async fn create(&self, bytes: usize) -> Result<String, String> {
        let request = client()?.post(format!("http://127.0.0.1:{}/files", self.port));
        let made =
            request.header("tus-resumable", "1.0.0").header("upload-length", bytes).send().await.map_err(words)?;
        let place = made.headers().get(LOCATION).and_then(|place| place.to_str().ok()).map(str::to_owned);
        let place = place.ok_or_else(|| format!("@tus/server answered {}", made.status()))?;
        Ok(match place.strip_prefix("//") {
            Some(rest) => format!("http://{rest}"),
            None => place,
        })
    }

    /// How much of it the server has.
    pub async fn offset(&self, place: &str) -> Result<usize, String> {
        let told = client()?.head(place).header("tus-resumable", "1.0.0").send().await.map_err(words)?;
        let offset = told.headers().get("upload-offset").and_then(|offset| offset.to_str().ok());
        offset.and_then(|offset| offset.parse().ok()).ok_or_else(|| format!("@tus/server answered {}", told.status()))
    }

    /// Sends the rest of it.
    pub async fn patch(&self, place: &str, offset: usize, body: reqwest::Body) -> Result<(), String> {
        let request = client()?.patch(place).header("tus-resumable", "1.0.0").header("upload-offset", offset);
        let sent = request.header("content-type", "application/offset+octet-stream").body(body).send().await;
        let status = sent.map_err(words)?.status();
        if status.is_success() { Ok(()) } else { Err(format!("@tus/server answered {status}")) }
    }
}
