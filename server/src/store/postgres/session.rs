//! One connection, driven by the calling thread, with a limit of time on everything it waits for: a
//! server that went away without a word must not hold a node.

use std::future::poll_fn;
use std::time::Duration;

use tokio::runtime::Runtime;
use tokio::sync::mpsc;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::ToSql;
use tokio_postgres::{AsyncMessage, Client, Error, Row};

use super::super::{Result, StoreError};
use super::address::Address;
use super::tls::Tls;

/// How long the home may take to say where it stands.
pub(super) const LOOK: Duration = Duration::from_secs(2);

/// How long any other statement may take: thousands of entries, or the wait for another writer.
pub(super) const STATEMENT: Duration = Duration::from_secs(60);

/// A connection to a home.
pub(in super::super) struct Session {
    // Before the runtime, which drives it.
    client: Client,
    notices: mpsc::UnboundedReceiver<()>,
    runtime: Runtime,
    address: Address,
    listening: bool,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Session {
    /// Connects.
    ///
    /// # Errors
    /// [`StoreError::Away`] where nobody answers, [`StoreError::HomeRefused`] where somebody says no.
    pub(super) fn open(address: &Address) -> Result<Session> {
        let tls = Tls::of(address)?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (send, notices) = mpsc::unbounded_channel();
        let limit = address.config.get_connect_timeout().copied().unwrap_or(LOOK) * 2;
        let connect = async {
            let (client, mut connection) = address.config.connect(tls).await?;
            tokio::spawn(async move {
                loop {
                    match poll_fn(|cx| connection.poll_message(cx)).await {
                        // What it says does not matter: where the log stands is asked.
                        Some(Ok(AsyncMessage::Notification(_))) => {
                            if send.send(()).is_err() {
                                return;
                            }
                        }
                        Some(Ok(_)) => {}
                        // The client learns of it at its next call, who waits for notices now.
                        Some(Err(_)) | None => return,
                    }
                }
            });
            Ok(client)
        };
        let client = runtime
            .block_on(async { tokio::time::timeout(limit, connect).await })
            .map_err(|_| away(address, "no answer"))?
            .map_err(|error| told(address, &error))?;
        let session =
            Session { client, notices, runtime, address: address.clone(), listening: false };
        // A writer whose machine vanished must not keep the others out for hours, nor may a setting of
        // the server acknowledge what is not on its disk. Names are always written with their schema.
        session.batch(
            LOOK,
            "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5;
             SET tcp_keepalives_count = 3; SET idle_in_transaction_session_timeout = '15min';
             SET statement_timeout = 0; SET lock_timeout = '10s'; SET search_path = pg_catalog;
             SET bytea_output = 'hex';
             SELECT set_config('synchronous_commit', 'on', false)
             WHERE current_setting('synchronous_commit') = 'off'",
        )?;
        Ok(session)
    }

    fn run<T>(
        &self,
        limit: Duration,
        work: impl Future<Output = std::result::Result<T, Error>>,
    ) -> Result<T> {
        self.runtime
            .block_on(async { tokio::time::timeout(limit, work).await })
            .map_err(|_| away(&self.address, "no answer"))?
            .map_err(|error| told(&self.address, &error))
    }

    /// Rows of a query.
    pub(super) fn query(
        &self,
        limit: Duration,
        sql: &str,
        params: &[&(dyn ToSql + Sync)],
    ) -> Result<Vec<Row>> {
        self.run(limit, self.client.query(sql, params))
    }

    /// The one row of a query.
    pub(super) fn row(&self, limit: Duration, sql: &str) -> Result<Row> {
        self.run(limit, self.client.query_one(sql, &[]))
    }

    /// Runs a statement; gives the number of rows it touched.
    pub(super) fn execute(&self, sql: &str, params: &[&(dyn ToSql + Sync)]) -> Result<u64> {
        self.run(STATEMENT, self.client.execute(sql, params))
    }

    /// Runs statements without parameters.
    pub(super) fn batch(&self, limit: Duration, sql: &str) -> Result<()> {
        self.run(limit, self.client.batch_execute(sql))
    }

    /// Waits until the home says that the log went on, or the time is over. A home that cannot say so
    /// (a standby) is only waited for.
    ///
    /// # Errors
    /// The connection broke.
    pub(in super::super) fn wait(&mut self, limit: Duration) -> Result<()> {
        if !self.listening {
            let listened = self.batch(LOOK, &format!("LISTEN {}", super::tables::CHANNEL));
            if let Err(error @ StoreError::Away { .. }) = listened {
                return Err(error);
            }
            self.listening = true;
            // Something may have been written between the look and this.
            return Ok(());
        }
        let Session { runtime, notices, .. } = self;
        let heard = runtime.block_on(async { tokio::time::timeout(limit, notices.recv()).await });
        while notices.try_recv().is_ok() {}
        match heard {
            Ok(None) => Err(away(&self.address, "the connection broke")),
            _ => Ok(()),
        }
    }

    /// The address.
    pub(super) fn address(&self) -> &Address {
        &self.address
    }
}

pub(super) fn away(address: &Address, what: &str) -> StoreError {
    StoreError::Away { home: address.to_string(), what: what.to_owned() }
}

/// What the home said, and what can be done about it.
fn told(address: &Address, error: &Error) -> StoreError {
    let home = address.to_string();
    let refused = |what: String, how: &str| StoreError::HomeRefused {
        home: home.clone(),
        what,
        how: how.to_owned(),
    };
    let Some(said) = error.as_db_error() else {
        let cause = std::error::Error::source(error).map(ToString::to_string);
        let what = cause.unwrap_or_else(|| error.to_string());
        let text = error.to_string();
        return if text.contains("TLS") {
            refused(
                format!("no encrypted connection ({what})"),
                "See what sslmode and sslrootcert of the address ask for",
            )
        } else if text.contains("password") || text.contains("authentication") {
            refused(what, "Put the password into the address or into PGPASSWORD")
        } else {
            away(address, &what)
        };
    };
    let what = said.message().to_owned();
    match *said.code() {
        SqlState::INVALID_PASSWORD | SqlState::INVALID_AUTHORIZATION_SPECIFICATION => refused(
            what,
            "Check user and password, and what the server's pg_hba.conf allows from here",
        ),
        SqlState::INVALID_CATALOG_NAME => {
            refused(what, "Make it (createdb), or name another one at the end of the address")
        }
        SqlState::INSUFFICIENT_PRIVILEGE => refused(
            what,
            "Who reads needs USAGE on the schema liangbiao and SELECT on its tables; who writes owns \
             them, or may make the schema (CREATE on the database)",
        ),
        SqlState::READ_ONLY_SQL_TRANSACTION => refused(
            what,
            "This server is a standby or is set to be read only; name the primary to write",
        ),
        SqlState::LOCK_NOT_AVAILABLE => StoreError::Busy(home.into()),
        SqlState::DISK_FULL => StoreError::Full(home.into()),
        // Starting up, shutting down, too many connections, a broken connection: it may pass.
        ref code if code.code().starts_with("57P") || code.code().starts_with("08") => {
            away(address, &what)
        }
        SqlState::TOO_MANY_CONNECTIONS => away(address, &what),
        ref code => StoreError::HomeRefused {
            home,
            what: format!("{what} ({})", code.code()),
            how: "Nothing was written".to_owned(),
        },
    }
}
