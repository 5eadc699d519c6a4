//! Whom a device believes to be its hub: the one TLS key that its invitation or the tenant's key named, or else the public
//! authorities.
//!
//! Whoever this lets in is still only a carrier: receipts and credentials are checked against the tenant's pinned key.

use std::sync::{Arc, Mutex, PoisonError};

use countersign_model::Digest;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::{
    CertificateError, ClientConfig, ConfigBuilder, DigitallySignedStruct, RootCertStore, SignatureScheme, WantsVerifier,
};
use rustls_pki_types::{CertificateDer, ServerName, UnixTime};

use crate::sync::failure::Failure;

/// The client's side of TLS.
pub(super) fn config(pin: Option<Digest>) -> Result<ClientConfig, Failure> {
    match pin {
        Some(pin) => by_key(ByKey::new(Some(pin))),
        None => finish(builder()?.with_root_certificates(public_roots()).with_no_client_auth()),
    }
}

/// Takes whatever key answers and says which it was: for the one question that may be asked of a stranger.
pub(super) fn anybody() -> Result<(ClientConfig, Seen), Failure> {
    let verifier = ByKey::new(None);
    let seen = verifier.seen.clone();
    Ok((by_key(verifier)?, seen))
}

fn builder() -> Result<ConfigBuilder<ClientConfig, WantsVerifier>, Failure> {
    ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| Failure::Untrusted(error.to_string()))
}

fn by_key(verifier: ByKey) -> Result<ClientConfig, Failure> {
    let builder = builder()?.dangerous().with_custom_certificate_verifier(Arc::new(verifier));
    finish(builder.with_no_client_auth())
}

fn finish(mut config: ClientConfig) -> Result<ClientConfig, Failure> {
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

fn public_roots() -> RootCertStore {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter().cloned());
    roots
}

/// Which TLS key answered last: SHA-256 of its SPKI.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen(Arc<Mutex<Option<Digest>>>);

impl Seen {
    pub fn get(&self) -> Option<Digest> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Believes one key, whatever its certificate says about names and dates, because the invitation or the tenant's key
/// vouches for it; without a key it lets anybody answer. Whoever answers has proved to hold the key that was seen.
#[derive(Debug)]
struct ByKey {
    pin: Option<Digest>,
    seen: Seen,
    provider: Arc<CryptoProvider>,
}

impl ByKey {
    fn new(pin: Option<Digest>) -> ByKey {
        ByKey { pin, seen: Seen::default(), provider: Arc::new(rustls::crypto::ring::default_provider()) }
    }
}

impl ServerCertVerifier for ByKey {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let (_, certificate) = x509_parser::parse_x509_certificate(end_entity)
            .map_err(|_| rustls::Error::InvalidCertificate(CertificateError::BadEncoding))?;
        let key = Digest::of(certificate.tbs_certificate.subject_pki.raw);
        *self.seen.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(key);
        match self.pin.is_none_or(|pin| pin == key) {
            true => Ok(ServerCertVerified::assertion()),
            false => Err(rustls::Error::InvalidCertificate(CertificateError::ApplicationVerificationFailure)),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signed, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signed, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
