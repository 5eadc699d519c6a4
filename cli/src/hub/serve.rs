//! `hub serve`: until Ctrl-C or a termination signal.

use std::net::SocketAddr;
use std::path::PathBuf;

use countersign_hub::{Hub, ServeOptions, Tls};
use serde_json::json;

use super::of_hub;
use crate::device::runtime;
use crate::output::{Done, Exit, Output};

/// How the hub encrypts, from the arguments.
pub fn tls(certificate: Option<PathBuf>, key: Option<PathBuf>, self_signed: bool) -> Tls {
    match (certificate, key, self_signed) {
        (Some(certificate), Some(key), _) => Tls::Files { certificate, key },
        (_, _, true) => Tls::SelfSigned,
        _ => Tls::None,
    }
}

/// Serves until it is stopped.
pub fn run(hub: &Hub, listen: SocketAddr, tls: Tls, behind_proxy: bool, output: &Output) -> Done {
    let options = ServeOptions { listen, tls, behind_proxy, ..ServeOptions::local(listen.port()) };
    runtime()?.block_on(async {
        let serving = hub.serve(options).await.map_err(|error| of_hub(&error))?;
        let object = json!({
            "url": serving.url, "address": serving.address.to_string(), "fingerprint": hub.fingerprint(),
            "tls_key": serving.tls_key,
        });
        output.result(&object, || format!("serving at {}\nstop with Ctrl-C", serving.url));
        stopped().await;
        serving.stop().await.map_err(|error| of_hub(&error))?;
        Ok(Exit::Ok)
    })
}

/// Makes a new self-signed TLS key; the hub serves with it from its next start on.
pub fn renew_tls(hub: &Hub, output: &Output) -> Done {
    let tls_key = hub.renew_tls().map_err(|error| of_hub(&error))?;
    output.result(&json!({"tls_key": tls_key}), || {
        format!(
            "a new TLS key is ready: {tls_key}\nstart the hub again with --tls-self-signed to use it; enrolled phones \
             follow by themselves, invitations made before it must be made anew"
        )
    });
    Ok(Exit::Ok)
}

/// Ready when the process is asked to end.
pub async fn stopped() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _signal = tokio::signal::ctrl_c().await;
}
