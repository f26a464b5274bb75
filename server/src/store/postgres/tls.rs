//! TLS to the log's home: rustls under the client of PostgreSQL.

use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{
    ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
    client::verify_server_cert_signed_by_trust_anchor,
};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_postgres::tls::{ChannelBinding, MakeTlsConnect, TlsConnect};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::super::{Result, StoreError};
use super::address::{Address, Own, Trust};

/// Makes connections as an address wants them.
#[derive(Clone)]
pub(super) struct Tls(Arc<ClientConfig>);

impl Tls {
    /// The settings of an address.
    pub(super) fn of(address: &Address) -> Result<Tls> {
        let provider = Arc::new(ring::default_provider());
        let refused = |what: String| StoreError::Caller(format!("TLS to {address}: {what}"));
        let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .map_err(|error| refused(error.to_string()))?;
        let builder = match address.trust {
            Trust::Named => builder.with_root_certificates(roots(address)?),
            Trust::Signed => builder.dangerous().with_custom_certificate_verifier(Arc::new(Lax {
                roots: Some(roots(address)?),
                provider,
            })),
            Trust::Anybody => builder
                .dangerous()
                .with_custom_certificate_verifier(Arc::new(Lax { roots: None, provider })),
        };
        let config = match &address.own {
            None => builder.with_no_client_auth(),
            Some(own) => {
                let (certificates, key) = shown(own)?;
                let fits = builder.with_client_auth_cert(certificates, key);
                fits.map_err(|error| {
                    let (certificate, key) = (own.certificate.display(), own.key.display());
                    refused(format!("sslcert {certificate} with sslkey {key}: {error}"))
                })?
            }
        };
        Ok(Tls(Arc::new(config)))
    }
}

/// The certificate a node shows and its key. As libpq does, a key that others may read is not used.
fn shown(own: &Own) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>)> {
    let refused = |name: &str, path: &Path, what: String| {
        StoreError::Caller(format!("{name} {}: {what}", path.display()))
    };
    let wrong = |what: String| refused("sslcert", &own.certificate, what);
    let read = CertificateDer::pem_file_iter(&own.certificate)
        .and_then(Iterator::collect::<std::result::Result<Vec<_>, _>>);
    let certificates = read.map_err(|error| wrong(error.to_string()))?;
    if certificates.is_empty() {
        return Err(wrong("it holds no certificate (PEM)".to_owned()));
    }
    let wrong = |what: String| refused("sslkey", &own.key, what);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
        let about = std::fs::metadata(&own.key).map_err(|error| wrong(error.to_string()))?;
        let open = if about.uid() == 0 { 0o027 } else { 0o077 };
        if about.permissions().mode() & open != 0 {
            return Err(wrong("others may read it; chmod 0600".to_owned()));
        }
    }
    let key = PrivateKeyDer::from_pem_file(&own.key).map_err(|error| wrong(error.to_string()))?;
    Ok((certificates, key))
}

/// The authorities trusted: those of the file named, else those that browsers trust.
fn roots(address: &Address) -> Result<RootCertStore> {
    let Some(path) = &address.roots else {
        return Ok(RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() });
    };
    let refused =
        |what: String| StoreError::Caller(format!("sslrootcert {}: {what}", path.display()));
    let mut store = RootCertStore::empty();
    let certificates =
        CertificateDer::pem_file_iter(path).map_err(|error| refused(error.to_string()))?;
    for certificate in certificates {
        let certificate = certificate.map_err(|error| refused(error.to_string()))?;
        store.add(certificate).map_err(|error| refused(error.to_string()))?;
    }
    match store.is_empty() {
        true => Err(refused("it holds no certificate (PEM)".to_owned())),
        false => Ok(store),
    }
}

/// Verifies as much as `sslmode` asks for and no more: with roots who signed, without them nothing. The
/// handshake's own signature is always verified.
#[derive(Debug)]
struct Lax {
    roots: Option<RootCertStore>,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Lax {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        now: UnixTime,
    ) -> std::result::Result<ServerCertVerified, Error> {
        if let Some(roots) = &self.roots {
            let parsed = ParsedCertificate::try_from(certificate)?;
            let known = self.provider.signature_verification_algorithms.all;
            verify_server_cert_signed_by_trust_anchor(&parsed, roots, intermediates, now, known)?;
        }
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, Error> {
        let known = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signed, known)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, Error> {
        let known = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signed, known)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

type BoxedError = Box<dyn std::error::Error + Send + Sync>;

impl<S> MakeTlsConnect<S> for Tls
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    type Stream = Stream<S>;
    type TlsConnect = Connect;
    type Error = BoxedError;

    fn make_tls_connect(&mut self, host: &str) -> std::result::Result<Connect, BoxedError> {
        // A folder with a socket is no name of a host; TLS is not spoken there.
        let name = ServerName::try_from(host.to_owned())
            .or_else(|_| ServerName::try_from("localhost"))?
            .to_owned();
        Ok(Connect { config: Arc::clone(&self.0), name })
    }
}

/// One handshake to come.
pub(super) struct Connect {
    config: Arc<ClientConfig>,
    name: ServerName<'static>,
}

impl<S> TlsConnect<S> for Connect
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    type Stream = Stream<S>;
    type Error = BoxedError;
    type Future = Pin<Box<dyn Future<Output = std::result::Result<Stream<S>, BoxedError>> + Send>>;

    fn connect(self, stream: S) -> Self::Future {
        Box::pin(async move {
            let stream = TlsConnector::from(self.config).connect(self.name, stream).await?;
            Ok(Stream(Box::new(stream)))
        })
    }
}

/// An encrypted connection.
pub(super) struct Stream<S>(Box<TlsStream<S>>);

impl<S: AsyncRead + AsyncWrite + Unpin> tokio_postgres::tls::TlsStream for Stream<S> {
    fn channel_binding(&self) -> ChannelBinding {
        ChannelBinding::none()
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncRead for Stream<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        Pin::new(&mut *self.0).poll_read(cx, buf)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Stream<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut *self.0).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut *self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut *self.0).poll_shutdown(cx)
    }
}
