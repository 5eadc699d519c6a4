//! TLS: certificates from files, or a self-signed one whose key devices pin. Nothing here trusts a client.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use countersign_model::Digest;
use rustls::ServerConfig;
use rustls_pki_types::pem::PemObject as _;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};

use crate::error::{HubError, Outcome};
use crate::keys::write_secret;

/// How the hub encrypts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tls {
    /// Not at all: on loopback, or behind a proxy that does.
    None,
    /// With a certificate that an authority issued.
    Files {
        /// The certificate chain, PEM.
        certificate: PathBuf,
        /// Its private key, PEM.
        key: PathBuf,
    },
    /// With a certificate of its own; invitations carry the fingerprint of its key.
    SelfSigned,
}

/// A server's TLS with the fingerprint that devices pin, where they must.
pub(crate) struct Prepared {
    pub(crate) config: Arc<ServerConfig>,
    pub(crate) pinned: Option<Digest>,
}

fn refused(error: impl std::fmt::Display) -> HubError {
    HubError::Certificate(error.to_string())
}

/// Prepares TLS; `None` for none.
pub(crate) fn prepare(tls: &Tls, keys: &Path, names: Vec<String>) -> Outcome<Option<Prepared>> {
    let (certificate, key, own) = match tls {
        Tls::None => return Ok(None),
        Tls::Files { certificate, key } => (certificate.clone(), key.clone(), false),
        Tls::SelfSigned => {
            let (certificate, key) = (keys.join("tls.crt"), keys.join("tls.key"));
            if !key.exists() || !certificate.exists() {
                make_self_signed(&certificate, &key, names)?;
            }
            (certificate, key, true)
        }
    };
    let chain = read_chain(&certificate)?;
    let private = PrivateKeyDer::from_pem_file(&key).map_err(|error| refused(format!("{}: {error}", key.display())))?;
    let pinned = if own { Some(spki_fingerprint(&chain)?) } else { None };
    Ok(Some(Prepared { config: Arc::new(server_config(chain, private)?), pinned }))
}

fn read_chain(certificate: &Path) -> Outcome<Vec<CertificateDer<'static>>> {
    let unreadable = |error| refused(format!("{}: {error}", certificate.display()));
    CertificateDer::pem_file_iter(certificate).map_err(unreadable)?.collect::<Result<_, _>>().map_err(unreadable)
}

fn server_config(chain: Vec<CertificateDer<'static>>, key: PrivateKeyDer<'static>) -> Outcome<ServerConfig> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(refused)?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(refused)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

/// SHA-256 of the SubjectPublicKeyInfo: it stays when the certificate is renewed with the same key.
fn spki_fingerprint(chain: &[CertificateDer<'static>]) -> Outcome<Digest> {
    let leaf = chain.first().ok_or_else(|| refused("the file holds no certificate"))?;
    let (_, parsed) = x509_parser::parse_x509_certificate(leaf).map_err(refused)?;
    Ok(Digest::of(parsed.public_key().raw))
}

/// Makes a new self-signed key and certificate in place of the one that is kept, for the next start.
pub(crate) fn renew_self_signed(keys: &Path, names: Vec<String>) -> Outcome<Digest> {
    let (certificate, key) = (keys.join("tls.crt"), keys.join("tls.key"));
    make_self_signed(&certificate, &key, names)?;
    let chain = read_chain(&certificate)?;
    spki_fingerprint(&chain)
}

/// The key is written first: a certificate without its key would be kept and never work.
fn make_self_signed(certificate: &Path, key: &Path, names: Vec<String>) -> Outcome {
    let made = rcgen::generate_simple_self_signed(names).map_err(refused)?;
    for path in [certificate, key] {
        if path.exists() {
            fs::remove_file(path).map_err(HubError::file(path))?;
        }
    }
    write_secret(key, made.signing_key.serialize_pem().as_bytes())?;
    write_secret(certificate, made.cert.pem().as_bytes())
}
