//! `liangbiao serve`: the portal over HTTP.

use std::io::Write;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;

use chrono::{TimeDelta, Utc};

use super::RegisterArg;
use super::logging::LogArgs;
use crate::cases::{self, Cases};
use crate::code::artwork::Origin;
use crate::office::Office;
use crate::office::web::Desk;
use crate::store::{self, Clock as _, SystemClock};
use crate::tlog::{self, witness::Witness};
use crate::web::assets::Assets;
use crate::web::index::Indexes;
use crate::web::{self, Portal, Settings, listen};

/// Serves the register to readers.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    register: RegisterArg,
    /// Address and port; port 0 takes a free one.
    #[arg(long, env = "LIANGBIAO_LISTEN", default_value = "127.0.0.1:3000")]
    listen: SocketAddr,
    /// Where readers reach the portal, e.g. https://quality.example; used in canonical links and the
    /// sitemap. The Host header is never used.
    #[arg(long, env = "LIANGBIAO_ORIGIN", default_value = "", value_parser = origin)]
    origin: String,
    /// Name of the authority that publishes this register.
    #[arg(long, env = "LIANGBIAO_OFFICE", default_value = "")]
    office: String,
    /// Lets readers note, by a button on the page of a unit code, that they checked it; only the day and,
    /// if they choose one, the province are kept. Off unless given.
    #[arg(long, env = "LIANGBIAO_SCAN_FACTS")]
    scan_facts: bool,
    /// Lets readers report errors and enterprises ask for corrections, by a form on the page of each record.
    /// What they write is kept encrypted in FILE.cases and answered at the desk (--desk). Off unless given; of
    /// several machines give it to one. See docs/corrections.md.
    #[arg(long, env = "LIANGBIAO_CASES")]
    cases: bool,
    /// Days after the answer that what was written in a case is kept.
    #[arg(long, env = "LIANGBIAO_CASES_KEEP_DAYS", value_name = "DAYS", default_value_t = cases::KEEP_DAYS, value_parser = clap::value_parser!(u32).range(0..=3_650))]
    cases_keep_days: u32,
    /// A witness that is asked to cosign the log, as URL=VKEY; may be given several times. It is asked in the
    /// background whenever the log went on; readers and commands never wait for it.
    #[arg(long, env = "LIANGBIAO_WITNESS", value_name = "URL=VKEY", value_delimiter = ' ')]
    witness: Vec<Witness>,
    /// Units a minute that one network (IPv4 /24, IPv6 /56) may ask for of what is expensive: a list as
    /// JSON 1, as CSV 10, of another day 10, changes 5, a file of the register 20, a photo 20. Beyond it
    /// 429. Pages and codes are never counted; neighbours (loopback, private addresses) neither, unless
    /// they are named as proxies. 0: nobody is counted.
    #[arg(long, env = "LIANGBIAO_RATE_LIMIT", value_name = "UNITS", default_value_t = web::limits::UNITS_A_MINUTE)]
    rate_limit: u32,
    /// Address and port of the publishing desk, e.g. 127.0.0.1:3001: accounts, drafts, approval. Off unless
    /// given; never the address of the portal, and not to be reached by the public. See docs/desk.md.
    #[arg(long, env = "LIANGBIAO_DESK", value_name = "ADDR")]
    desk: Option<SocketAddr>,
    /// Where the office reaches the desk, e.g. https://desk.example; with https its cookies are kept from
    /// plain HTTP.
    #[arg(long, env = "LIANGBIAO_DESK_ORIGIN", default_value = "", value_parser = origin)]
    desk_origin: String,
    /// Folder of the mapping files (*.toml) that lists may be sent to the desk with.
    #[arg(long, env = "LIANGBIAO_MAPS", value_name = "DIR", default_value = "maps")]
    maps: std::path::PathBuf,
    /// A proxy before the portal, as an address or a network (10.0.0.0/8), whose X-Forwarded-For says who
    /// asks; may be given several times. Nobody else's is believed.
    #[arg(long, env = "LIANGBIAO_TRUSTED_PROXY", value_name = "NETWORK", value_delimiter = ',')]
    trusted_proxy: Vec<web::quota::Network>,
    #[command(flatten)]
    log: LogArgs,
    /// With --log: seconds that this node may be cut off from the log before codes are answered “cannot
    /// tell” instead of “valid”.
    #[arg(long, env = "LIANGBIAO_FRESH_FOR", value_name = "SECONDS", default_value_t = 600, value_parser = clap::value_parser!(u32).range(1..=86_400))]
    fresh_for: u32,
}

/// The same reading as for what is printed, so that no label leads where the portal is not.
pub(super) fn origin(text: &str) -> Result<String, String> {
    match text {
        "" => Ok(String::new()),
        text => Ok(Origin::parse(text)?.as_str().to_owned()),
    }
}

/// Whether two listeners would be one: the same port at the same address, or one of them at all.
fn are_one(one: SocketAddr, other: SocketAddr) -> bool {
    let both = one.ip() == other.ip() || one.ip().is_unspecified() || other.ip().is_unspecified();
    one.port() != 0 && one.port() == other.port() && both
}

/// Serves until a signal; the code says whether it could start.
pub fn run(args: Args) -> ExitCode {
    args.log.begin();
    match start(args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("liangbiao serve: {error}");
            ExitCode::FAILURE
        }
    }
}

fn start(args: Args) -> Result<(), String> {
    let place = args.register.place().map_err(|error| error.to_string())?;
    let path = &place.path;
    if !path.exists() && place.home.is_none() {
        return Err(format!(
            "there is no register at {0}.\n\
             Make one: liangbiao sample --products 600 --seed 1 --register {0}   (made-up data)\n\
             or:       liangbiao import --map MAP.toml FILE --register {0}       (a list of yours)\n\
             or name one that exists: --register FILE, or the variable LIANGBIAO_REGISTER",
            path.display()
        ));
    }
    if let Some(desk) = args.desk
        && are_one(desk, args.listen)
    {
        return Err(format!(
            "--desk {desk} and --listen {} are the same address; the desk must not be public",
            args.listen
        ));
    }
    if place.home.is_none() {
        place.check_home().map_err(|error| error.to_string())?;
    }
    let following = match &place.home {
        Some(home) => {
            tracing::info!("the log is at {home}, this node's view of it in {}", path.display());
            let clock = Arc::new(SystemClock);
            Some(store::follow(&place, clock).map_err(|error| error.to_string())?)
        }
        None => None,
    };
    let assets = Assets::load().map_err(|error| format!("the assets cannot be read: {error}"))?;
    // A view of another version is built anew here, so that a newer program can simply be started.
    crate::store::settle(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let fresh_for = TimeDelta::seconds(args.fresh_for.into());
    let indexes = match following {
        None => Indexes::open_soon(path, Box::new(Utc::now)),
        Some(following) => Indexes::following_soon(path, following, fresh_for),
    }
    .map_err(|error| format!("{}: {error}", path.display()))?;
    tlog::witness::watch(path.clone(), args.witness);
    let kept = match args.cases {
        true => Some(
            Cases::open(path, args.cases_keep_days)
                .map_err(|error| format!("the cases cannot be opened: {error}"))?,
        ),
        // What came before is still to be answered, and deleted in time.
        false => Cases::there(path, args.cases_keep_days)
            .map_err(|error| format!("the cases cannot be opened: {error}"))?,
    };
    let kept = kept.map(Arc::new);
    if let Some(cases) = &kept {
        // Before anybody is answered: a file that was put back may hold what should be gone by now.
        let today = crate::store::china_day(SystemClock.now());
        (cases.file().purge(today))
            .map_err(|error| format!("the cases cannot be purged: {error}"))?;
        super::cases::purge_by_itself(Arc::clone(cases));
    }
    let cases = kept.clone().filter(|_| args.cases);
    let desk = match args.desk {
        Some(address) => {
            let opened = Office::open(path, Arc::new(SystemClock))
                .map_err(|error| format!("the desk cannot be opened: {error}"))?;
            let settings = crate::office::web::Settings {
                office: args.office.clone(),
                origin: args.desk_origin.clone(),
                register: place.clone(),
                maps: args.maps.clone(),
                portal: args.origin.clone(),
                cases: kept,
            };
            Some((address, opened, assets.clone(), settings))
        }
        None => None,
    };
    let Args { origin, office, scan_facts, rate_limit, trusted_proxy, log, .. } = args;
    let quota =
        (rate_limit > 0).then_some(web::Quota { per_minute: rate_limit, proxies: trusted_proxy });
    let log_requests = log.log_requests;
    let settings =
        Settings { origin, office, scan_facts, cases, quota, log_requests, ..Settings::default() };
    let portal = Arc::new(Portal::new(indexes, assets, settings));
    portal.indexes().finish_small().map_err(|error| format!("{}: {error}", path.display()))?;
    portal.indexes().watch_for_damage();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .max_blocking_threads(web::limits::BLOCKING_THREADS_MAX)
        .build()
        .map_err(|error| error.to_string())?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(args.listen)
            .await
            .map_err(|error| format!("{} cannot be listened on: {error}", args.listen))?;
        let address = listener.local_addr().map_err(|error| error.to_string())?;
        println!("listening on http://{address}");
        portal.finish_opening();
        if let Some(metrics) = log.metrics {
            let listener = tokio::net::TcpListener::bind(metrics)
                .await
                .map_err(|error| format!("{metrics} cannot be listened on: {error}"))?;
            let address = listener.local_addr().map_err(|error| error.to_string())?;
            println!("metrics on http://{address}/metrics");
            // Until the process ends, so that a stop that takes its time can be watched.
            tokio::spawn(web::watch::serve(listener, Arc::clone(&portal)));
        }
        let _ = std::io::stdout().flush();
        let public = listen::serve(listener, web::service(portal), listen::stop_signal());
        let Some((at, opened, assets, mut settings)) = desk else {
            return public.await.map_err(|error| error.to_string());
        };
        if settings.portal.is_empty() {
            settings.portal = format!("http://{address}");
        }
        let desk = Desk::new(opened, assets, settings)
            .map_err(|error| format!("the desk cannot be opened: {error}"))?;
        let desk = Arc::new(desk);
        super::desk::tidy_by_itself(Arc::clone(&desk));
        let address = at;
        let listener = tokio::net::TcpListener::bind(address)
            .await
            .map_err(|error| format!("{address} cannot be listened on: {error}"))?;
        let address = listener.local_addr().map_err(|error| error.to_string())?;
        println!("desk on http://{address}");
        let _ = std::io::stdout().flush();
        let inner =
            listen::serve(listener, crate::office::web::service(desk), listen::stop_signal());
        tokio::try_join!(public, inner).map(|_| ()).map_err(|error| error.to_string())
    })?;
    tracing::info!("stopped");
    Ok(())
}
