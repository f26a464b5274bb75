//! What the portal writes about itself: log lines on standard error, and measures on a listener of their own.

use std::net::SocketAddr;

use clap::ValueEnum;

/// How and how much is logged.
#[derive(Clone, Debug, clap::Args)]
pub struct LogArgs {
    /// Form of the log on standard error: lines of text, or a JSON object a line.
    #[arg(long, env = "LIANGBIAO_LOG_FORMAT", value_enum, default_value = "text")]
    pub log_format: Form,
    /// The least level that is logged: error, warn, info, debug or trace.
    #[arg(long, env = "LIANGBIAO_LOG_LEVEL", value_name = "LEVEL", default_value = "info")]
    pub log_level: tracing::Level,
    /// Logs a line for each request: page of the site map, class, status, bytes and time. Never an address, a path, a
    /// query or a browser.
    #[arg(long, env = "LIANGBIAO_LOG_REQUESTS")]
    pub log_requests: bool,
    /// Address and port of /metrics (Prometheus), with /healthz and /readyz; for the operator's network, never
    /// the public one. Off unless given.
    #[arg(long, env = "LIANGBIAO_METRICS", value_name = "ADDRESS")]
    pub metrics: Option<SocketAddr>,
}

/// Form of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// Lines of text.
    Text,
    /// A JSON object a line.
    Json,
}

impl LogArgs {
    /// Sets logging up for the whole process; only the first call has an effect.
    pub fn begin(&self) {
        let plain =
            tracing_subscriber::fmt().with_max_level(self.log_level).with_writer(std::io::stderr);
        let _ = match self.log_format {
            Form::Text => plain.try_init(),
            Form::Json => plain.json().flatten_event(true).with_current_span(false).try_init(),
        };
    }
}
