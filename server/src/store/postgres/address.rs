//! Where a PostgreSQL home is: `postgres://…` as libpq reads it, never shown with its password.

use std::net::IpAddr;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};

use super::super::{Result, StoreError};

/// How long one attempt to connect may take where the address does not say (`connect_timeout`).
const CONNECT: Duration = Duration::from_secs(2);

/// What libpq's `sslmode` asks for (PostgreSQL 15 documentation, 34.19.1 and table 34.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trust {
    /// `disable`, `allow`, `prefer`, `require`: encrypted or not, the server is whoever answers.
    Anybody,
    /// `verify-ca`: its certificate is signed by a trusted authority.
    Signed,
    /// `verify-full`: and names the host asked for.
    Named,
}

/// A client's own certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Own {
    /// PEM file with the certificate, and those that lead to an authority (`sslcert`).
    pub(super) certificate: PathBuf,
    /// PEM file with its key, not encrypted (`sslkey`).
    pub(super) key: PathBuf,
}

/// The address of a log at home in PostgreSQL.
#[derive(Clone)]
pub struct Address {
    pub(super) config: Config,
    pub(super) trust: Trust,
    /// PEM file with the authorities trusted (`sslrootcert`); those of the web otherwise.
    pub(super) roots: Option<PathBuf>,
    /// What this node shows the server to be known by, where it asks.
    pub(super) own: Option<Own>,
    shown: String,
    database: String,
}

impl std::fmt::Display for Address {
    /// Without its password and options.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.shown)
    }
}

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.shown)
    }
}

impl Address {
    /// Whether a text is meant to be an address and not the name of a file.
    #[must_use]
    pub fn is_meant(text: &str) -> bool {
        text.starts_with("postgres://") || text.starts_with("postgresql://")
    }

    /// Reads `postgres://USER:PASSWORD@HOST:PORT/DATABASE?sslmode=…`. A password in `PGPASSWORD` is
    /// used where the address has none.
    ///
    /// # Errors
    /// What is wrong, in words that never hold the address itself.
    pub fn parse(text: &str) -> Result<Address> {
        if !Address::is_meant(text) {
            return refuse("it does not begin with postgres://");
        }
        let (base, query) = text.split_once('?').unwrap_or((text, ""));
        if query.contains('@') {
            // What stands behind it would be taken for a part of the password, sslmode as well.
            return refuse("a ? in a user's name or password is written %3F, an @ %40");
        }
        if base.matches('@').count() > 1 {
            // What stands behind the first would be taken for the host, and shown.
            return refuse("an @ in a user's name or password is written %40");
        }
        let (mut trust, mut mode, mut roots) = (Trust::Anybody, SslMode::Prefer, None);
        let (mut certificate, mut key) = (None, None);
        let mut rest = Vec::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            match pair.split_once('=') {
                Some(("sslmode", value)) => {
                    (mode, trust) = match value {
                        "disable" => (SslMode::Disable, Trust::Anybody),
                        "allow" | "prefer" => (SslMode::Prefer, Trust::Anybody),
                        "require" => (SslMode::Require, Trust::Anybody),
                        "verify-ca" => (SslMode::Require, Trust::Signed),
                        "verify-full" => (SslMode::Require, Trust::Named),
                        _ => {
                            return refuse(
                                "sslmode is one of disable, allow, prefer, require, verify-ca and \
                                 verify-full",
                            );
                        }
                    };
                }
                Some((name @ ("sslrootcert" | "sslcert" | "sslkey"), value)) => {
                    let path = percent_encoding::percent_decode_str(value).decode_utf8();
                    let Ok(path) = path else {
                        return refuse(&format!("{name} is no file's name"));
                    };
                    let path = PathBuf::from(path.as_ref());
                    match name {
                        "sslcert" => certificate = Some(path),
                        "sslkey" => key = Some(path),
                        _ => roots = (value != "system").then_some(path),
                    }
                }
                Some(("sslpassword", _)) => {
                    return refuse(
                        "sslkey is a key without a password, for the eyes of its owner only",
                    );
                }
                Some(("sslcrl" | "sslcrldir", _)) => {
                    return refuse("lists of revoked certificates are not read");
                }
                _ => rest.push(pair),
            }
        }
        let own = match (certificate, key) {
            (Some(certificate), Some(key)) => Some(Own { certificate, key }),
            (None, None) => None,
            _ => return refuse("sslcert and sslkey go together"),
        };
        // As libpq does: whoever names an authority wants it to be asked.
        if roots.is_some() && mode == SslMode::Require && trust == Trust::Anybody {
            trust = Trust::Signed;
        }
        let mut plain = base.to_owned();
        if !rest.is_empty() {
            plain.push('?');
            plain.push_str(&rest.join("&"));
        }
        // The parser's own words may quote a part of what was a password.
        let Ok(mut config) = Config::from_str(&plain) else {
            return refuse(
                "it cannot be read; characters such as @ : / ? # % in a name or a password are \
                 written %40 %3A %2F %3F %23 %25",
            );
        };
        if config.get_hosts().is_empty() {
            return refuse("it names no host");
        }
        config.ssl_mode(mode).application_name("liangbiao").tcp_user_timeout(CONNECT * 5);
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT);
        }
        if config.get_password().is_none()
            && let Ok(password) = std::env::var("PGPASSWORD")
        {
            config.password(password);
        }
        let database = config.get_dbname().or(config.get_user()).unwrap_or("liangbiao").to_owned();
        config.dbname(&database);
        let shown = shown(&config, &database);
        Ok(Address { config, trust, roots, own, shown, database })
    }

    /// Whether the log would be taken from whoever answers under a name on the network.
    pub(super) fn believes_anybody(&self) -> bool {
        let is_elsewhere = |host: &Host| match host {
            Host::Tcp(name) => {
                name != "localhost" && !name.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
            }
            #[cfg(unix)]
            Host::Unix(_) => false,
        };
        self.trust == Trust::Anybody && self.config.get_hosts().iter().any(is_elsewhere)
    }

    /// The view's file where none is named: `DATABASE.view.db` in the current folder.
    #[must_use]
    pub fn view_file(&self) -> PathBuf {
        let safe = |c: char| if c.is_alphanumeric() || c == '_' { c } else { '-' };
        PathBuf::from(format!("./{}.view.db", self.database.chars().map(safe).collect::<String>()))
    }
}

/// The address as it may be printed.
fn shown(config: &Config, database: &str) -> String {
    let hosts = config.get_hosts().iter().enumerate().map(|(i, host)| {
        let port = config.get_ports().get(i).or(config.get_ports().first()).copied();
        let host = match host {
            Host::Tcp(name) if name.contains(':') => format!("[{name}]"),
            Host::Tcp(name) => name.clone(),
            #[cfg(unix)]
            Host::Unix(folder) => folder.display().to_string(),
        };
        format!("{host}:{}", port.unwrap_or(5432))
    });
    let hosts = hosts.collect::<Vec<_>>().join(",");
    let user = config.get_user().map_or(String::new(), |user| format!("{user}@"));
    format!("postgres://{user}{hosts}/{database}")
}

fn refuse<T>(what: &str) -> Result<T> {
    Err(StoreError::Caller(format!(
        "the address of the log is not one: {what}. It is written \
         postgres://USER:PASSWORD@HOST:PORT/DATABASE?sslmode=verify-full"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_has_no_password() {
        let text = "postgres://lb:s3cret%40x@db.example:6432/quality?sslmode=verify-full";
        let address = Address::parse(text).expect("an address");
        assert_eq!(address.to_string(), "postgres://lb@db.example:6432/quality");
        assert_eq!(format!("{address:?}"), address.to_string());
        assert_eq!(address.view_file(), PathBuf::from("./quality.view.db"));
        assert_eq!(address.trust, Trust::Named);
    }

    #[test]
    fn errors_do_not_quote_the_address() {
        for bad in [
            "postgres://lb:s3c?ret@db/x",
            "postgres://lb:s3cret@/x?sslmode=verify-everything",
            "postgres://lb:s3cret@[::1/x",
            "postgres://lb:s3cret@db:port/x",
            "mysql://lb:s3cret@db/x",
            "postgres://lb:s3cret@db/x?sslkey=a",
            "postgres://lb:s3cret@db/x?sslcert=a",
            "postgres://lb:s3cret@db/x?sslcert=a&sslkey=b&sslpassword=s3cret",
            "postgres://lb:s3cret@db/x?sslcrl=a",
        ] {
            let error = Address::parse(bad).expect_err(bad).to_string();
            assert!(!error.contains("s3c") && !error.contains("ret@"), "{bad}: {error}");
            assert!(error.contains("postgres://USER:PASSWORD@HOST"), "{error}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_address_gives_its_password_away(
            user in "[a-z]{1,8}", password in "\\PC{8,20}", rest in "\\PC{0,60}",
        ) {
            let encoded = percent_encoding::utf8_percent_encode(&password, percent_encoding::NON_ALPHANUMERIC);
            // Pieces of it that stand in none of our own words.
            let letters: Vec<char> = password.chars().collect();
            let pieces: Vec<String> = letters.windows(4).map(|piece| piece.iter().collect()).collect();
            let own = |piece: &String| !piece.is_ascii() && !rest.contains(piece.as_str());
            // As it is, where it may break the address apart, and as it should be written.
            for given in [password.clone(), encoded.to_string()] {
                let said = match Address::parse(&format!("postgres://{user}:{given}@db/{rest}")) {
                    Ok(address) => format!("{address} {address:?} {}", address.view_file().display()),
                    Err(error) => error.to_string(),
                };
                for piece in pieces.iter().filter(|piece| own(piece)) {
                    proptest::prop_assert!(!said.contains(piece.as_str()), "{}: {}", piece, said);
                }
            }
        }
    }

    #[test]
    fn whoever_answers_is_believed_unless_told_otherwise_and_that_is_known() {
        let of = |text: &str| Address::parse(text).expect(text).believes_anybody();
        for near in
            ["postgres://u@localhost/d", "postgres://u@127.0.0.1,[::1]/d", "postgres://u@%2Frun/d"]
        {
            assert!(!of(near), "{near}");
        }
        for (mode, believed) in
            [("", true), ("?sslmode=require", true), ("?sslmode=verify-ca", false)]
        {
            assert_eq!(of(&format!("postgres://u@db.example/d{mode}")), believed, "{mode}");
            assert_eq!(of(&format!("postgres://u@localhost,10.0.0.7/d{mode}")), believed, "{mode}");
        }
    }

    #[test]
    fn modes_of_tls_are_those_of_libpq() {
        let of = |query: &str| {
            let address = Address::parse(&format!("postgres://u@h/d{query}")).expect(query);
            (address.config.get_ssl_mode(), address.trust, address.roots)
        };
        assert_eq!(of(""), (SslMode::Prefer, Trust::Anybody, None));
        assert_eq!(of("?sslmode=disable"), (SslMode::Disable, Trust::Anybody, None));
        assert_eq!(of("?sslmode=require"), (SslMode::Require, Trust::Anybody, None));
        let ca = Some(PathBuf::from("/c a.pem"));
        assert_eq!(
            of("?sslmode=require&sslrootcert=%2Fc%20a.pem"),
            (SslMode::Require, Trust::Signed, ca.clone())
        );
        let own = Address::parse("postgres://u@h/d?sslcert=/a%20b.crt&sslkey=/a%20b.key");
        let files = Own { certificate: "/a b.crt".into(), key: "/a b.key".into() };
        assert_eq!(own.expect("an address").own, Some(files));
        assert_eq!(
            of("?sslrootcert=/c%20a.pem&sslmode=verify-full&connect_timeout=1"),
            (SslMode::Require, Trust::Named, ca)
        );
    }
}
