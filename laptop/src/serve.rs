//! Serving on loopback: one shell for one store, until it is stopped.

use std::net::SocketAddr;
use std::sync::Arc;

use countersign_device::app::{App, AppError, Subscription};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::door::NoChance;
use crate::memory::Memory;
use crate::router::router;
use crate::shell::Shell;

/// How a shell is served.
#[derive(Clone, Debug, Default)]
pub struct LaptopOptions {
    /// The port on 127.0.0.1; `None` takes that of the last start, or a free one.
    pub port: Option<u16>,
}

/// Why a shell does not run.
#[derive(Debug, thiserror::Error)]
pub enum ServeProblem {
    /// The port is taken or not allowed.
    #[error("127.0.0.1:{port} cannot be listened on ({reason}): name another --port")]
    Port {
        /// Which port; 0 for any.
        port: u16,
        /// What the system says.
        reason: String,
    },
    /// The device core does not open.
    #[error(transparent)]
    Device(#[from] AppError),
    /// The system gives no random numbers.
    #[error("{0}")]
    Chance(String),
    /// The server ended by itself.
    #[error("the shell stopped: {0}")]
    Ended(String),
}

impl From<NoChance> for ServeProblem {
    fn from(problem: NoChance) -> ServeProblem {
        ServeProblem::Chance(problem.to_string())
    }
}

/// A shell that runs.
pub struct Laptop {
    /// Where it listens.
    pub address: SocketAddr,
    shell: Arc<Shell>,
    closing: watch::Sender<bool>,
    server: JoinHandle<std::io::Result<()>>,
    background: JoinHandle<()>,
    _subscription: Subscription,
}

impl std::fmt::Debug for Laptop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Laptop({})", self.address)
    }
}

impl Laptop {
    /// Serves a device. Must be called within a tokio runtime.
    pub async fn serve(app: App, options: &LaptopOptions) -> Result<Laptop, ServeProblem> {
        let memory = Memory::open(app.store().folder());
        let listener = listen(options.port, memory.get().port).await?;
        let address =
            listener.local_addr().map_err(|error| ServeProblem::Port { port: 0, reason: error.to_string() })?;
        memory.change(|kept| kept.port = address.port());
        let (closing, closed) = watch::channel(false);
        let shell = Arc::new(Shell::new(app, memory, address.port(), closed.clone()));
        let subscription = shell.subscribe()?;
        let background = tokio::spawn(run_background(shell.clone()));
        let service = router(shell.clone());
        let ended = async move {
            let mut closed = closed;
            let _closed = closed.wait_for(|closing| *closing).await;
        };
        let server = tokio::spawn(async move { axum::serve(listener, service).with_graceful_shutdown(ended).await });
        Ok(Laptop { address, shell, closing, server, background, _subscription: subscription })
    }

    /// A new one-time link; whoever opens it first is let in.
    pub fn link(&self) -> Result<String, ServeProblem> {
        let token = self.shell.door.new_link(self.shell.app.now())?;
        Ok(format!("http://{}/enter/{token}", self.address))
    }

    /// Stops it and waits until it ended; what was saved is durable in both memories then.
    pub async fn stop(self) -> Result<(), ServeProblem> {
        self.shell.sync.close();
        self.closing.send_replace(true);
        let ended = |error: &dyn std::fmt::Display| ServeProblem::Ended(error.to_string());
        self.server.await.map_err(|error| ended(&error))?.map_err(|error| ended(&error))?;
        self.background.await.map_err(|error| ended(&error))?;
        let shell = self.shell;
        let flushed = tokio::task::spawn_blocking(move || shell.app.flush()).await.map_err(|error| ended(&error))?;
        Ok(flushed?)
    }
}

async fn run_background(shell: Arc<Shell>) {
    let told = shell.clone();
    shell.sync.run(shell.app.clone(), move || told.changed()).await;
}

/// The port that is named; else that of the last start, and a free one where that is taken.
async fn listen(named: Option<u16>, last: u16) -> Result<TcpListener, ServeProblem> {
    let on = |port: u16| TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], port)));
    let problem = |port: u16| move |error: std::io::Error| ServeProblem::Port { port, reason: error.to_string() };
    match named {
        Some(port) => on(port).await.map_err(problem(port)),
        None => match on(last).await {
            Ok(listener) => Ok(listener),
            Err(_taken) => on(0).await.map_err(problem(0)),
        },
    }
}
