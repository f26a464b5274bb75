//! The desk's pages over HTTP, at a listener of their own.
//!
//! [`routes`] is the site map: every way in says who may take it. A request comes through [`guard`] (its
//! session, where it was sent from, its token), then to the handler of its act, which gives an [`Outcome`].

mod cases;
mod drafts;
mod forms;
mod guard;
mod passkeys;
mod reply;
pub mod routes;
mod sign;
mod trail;

use std::convert::Infallible;
use std::net::IpAddr;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use app::i18n::desk as words;
use app::model::{DeskPage, PageContext};
use axum::BoxError;
use axum::body::{Body, Bytes, HttpBody};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, Request, Response, StatusCode, header};
use register::Lang;
use tokio::sync::Semaphore;

use self::drafts::Sent;
use self::forms::Form;
use self::reply::{
    forbidden, forged, internal, missing, must_wait, refused, see, show, show_with, static_file,
};
use self::routes::{Act, Route};
use super::publishing::{tidy, work::Works};
use super::{Office, Party, Role, SignIn, Who};
use crate::store::{Place, StoreError};
use crate::web::assets::Assets;
use crate::web::failure::Failure;
use crate::web::{blocking, limits, upload};

/// What an operator sets.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Name of the authority that publishes the register.
    pub office: String,
    /// Where the desk is reached, `https://desk.example`; empty: over plain HTTP, by whatever name. With
    /// `https` cookies are kept from plain HTTP.
    pub origin: String,
    /// The register's file.
    pub register: Place,
    /// Folder of the mapping files lists may be sent with.
    pub maps: PathBuf,
    /// Where readers reach the portal, for links to what was published.
    pub portal: String,
    /// Reports of errors and requests for corrections; none: there are none.
    pub cases: Option<Arc<crate::cases::Cases>>,
}

impl Settings {
    /// Publisher of the office's own entries, as the commands name it.
    fn issuer(&self) -> String {
        if self.office.is_empty() { "本登记簿".to_owned() } else { self.office.clone() }
    }
}

/// Seconds after which a page of work asks for itself again.
const REFRESH_SECONDS: u32 = 2;

/// The desk: everything a request needs.
#[derive(Debug)]
pub struct Desk {
    office: Arc<Office>,
    works: Arc<Works>,
    uploads: Semaphore,
    assets: Assets,
    settings: Settings,
    hashes: Semaphore,
    /// Where passkeys are good, where the origin is configured.
    party: Option<Arc<Party>>,
}

impl Desk {
    /// A desk over its open file. Appends that were cut off by a stop are looked up in the log.
    ///
    /// # Errors
    /// The register, or the desk's file, cannot be read.
    pub fn new(office: Office, assets: Assets, settings: Settings) -> Result<Desk, StoreError> {
        let office = Arc::new(office);
        let works = Works::new(Arc::clone(&office));
        works.take_up(&settings.register)?;
        let party = Party::of(&settings.origin, &settings.office).map(Arc::new);
        Ok(Desk {
            office,
            works: Arc::new(works),
            uploads: Semaphore::new(limits::DESK_UPLOADS_MAX),
            assets,
            settings,
            hashes: Semaphore::new(limits::DESK_HASHES_MAX),
            party,
        })
    }

    /// Deletes the files of drafts that were kept long enough; of how many drafts.
    ///
    /// # Errors
    /// The desk's file, or the disk.
    pub fn tidy(&self) -> Result<u64, StoreError> {
        tidy::tidy(self.office.file(), &self.settings.register.path, self.office.now())
    }

    /// Accounts and trail.
    #[must_use]
    pub fn office(&self) -> &Office {
        &self.office
    }

    fn is_https(&self) -> bool {
        self.settings.origin.starts_with("https://")
    }
}

/// Answers requests for a desk. Cloned for every connection.
#[derive(Clone, Debug)]
pub struct Service {
    desk: Arc<Desk>,
    peer: Option<IpAddr>,
}

/// The desk as a service.
#[must_use]
pub fn service(desk: Arc<Desk>) -> Service {
    Service { desk, peer: None }
}

impl crate::web::listen::Listening for Service {
    fn of(&self, peer: IpAddr) -> Service {
        Service { desk: Arc::clone(&self.desk), peer: Some(peer) }
    }
}

type Answering = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

impl<B> tower_service::Service<Request<B>> for Service
where
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Answering;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Answering {
        let (parts, body) = request.into_parts();
        let desk = Arc::clone(&self.desk);
        let whence = self.peer.map_or_else(|| "-".to_owned(), |peer| peer.to_string());
        Box::pin(async move { Ok(answer(desk, parts, Body::new(body), whence).await) })
    }
}

/// A request that has come through the guard.
#[derive(Clone, Debug)]
struct Asked {
    lang: Lang,
    large: bool,
    /// Path without language prefix.
    path: String,
    query: Form,
    /// Who asks; none: nobody is signed in.
    who: Option<Who>,
    /// The id in the cookie, or a new one that is not signed in.
    id: String,
    /// Where from.
    whence: String,
    /// Where passkeys are good; none: they are not offered.
    party: Option<Arc<Party>>,
    /// Whether who asks has a passkey.
    has_passkeys: bool,
    act: Act,
}

impl Asked {
    /// Name of who asks; empty: nobody is signed in.
    fn name(&self) -> &str {
        self.who.as_ref().map_or("", |who| who.name.as_str())
    }

    /// Whether who asks has a role.
    fn has(&self, role: Role) -> bool {
        self.who.as_ref().is_some_and(|who| who.roles.contains(&role))
    }

    /// A link of the desk in the page's language and size.
    fn link(&self, path: &str) -> String {
        PageContext { lang: self.lang, large: self.large, ..PageContext::default() }.now(path)
    }
}

/// What a handler made of a request.
#[derive(Debug)]
enum Outcome {
    /// A page.
    Page(DeskPage),
    /// The page again, with what was wrong (422).
    Again(DeskPage, String),
    /// On to another path of the desk.
    See(String),
    /// A session begins, then on.
    Begin(String, String),
    /// A session begins, with a page.
    BeginPage(String, DeskPage),
    /// The session ends, then on to sign in.
    End,
    /// JSON for a script of ours.
    Json(String),
    /// A file to be kept, and its name.
    File(Vec<u8>, String),
    /// Who asks may not.
    Forbidden,
    /// Nothing of that name.
    Missing,
}

async fn answer(desk: Arc<Desk>, parts: Parts, body: Body, whence: String) -> Response<Body> {
    let head = parts.method == Method::HEAD;
    let posted = parts.method == Method::POST;
    let (lang, path) = Lang::of_path(parts.uri.path());
    if let Some(asset) = desk.assets.get(parts.uri.path()).filter(|_| !posted) {
        return static_file(asset, &parts, head);
    }
    let query = Form::parse(parts.uri.query().unwrap_or_default().as_bytes());
    let large = query.get("size") == "large";
    let path = path.to_owned();
    let office = Arc::clone(&desk);
    let cookie = guard::session_id(&parts.headers, desk.is_https());
    let given = cookie.clone();
    let who = blocking(move || match given {
        Some(id) => match office.office.who(&id)? {
            Some(who) => {
                let has = !office.office.file().passkeys(&who.name)?.is_empty();
                Ok((Some(who), has))
            }
            None => Ok((None, false)),
        },
        None => Ok((None, false)),
    })
    .await;
    let fresh = super::sign::new_id();
    let ((who, has_passkeys), fresh) = match (who, fresh) {
        (Ok(who), Ok(fresh)) => (who, fresh),
        (Err(failure), _) => return internal(&failure),
        (_, Err(error)) => return internal(&error.into()),
    };
    let new = cookie.is_none();
    let id = cookie.unwrap_or(fresh);
    let party = passkeys::party(&desk, &parts.headers);
    let act = Act::SignInForm;
    let mut asked = Asked { lang, large, path, query, who, id, whence, party, has_passkeys, act };
    let mut response = match routes::find(&asked.path, posted) {
        Err(Some(allowed)) => {
            let mut refused = show(&desk, &asked, StatusCode::METHOD_NOT_ALLOWED, refused(&asked));
            refused.headers_mut().insert(header::ALLOW, HeaderValue::from_static(allowed));
            refused
        }
        Err(None) => missing(&desk, &asked),
        Ok(route) => {
            asked.act = route.act;
            guarded(&desk, route, asked.clone(), &parts, body).await
        }
    };
    // Forms of those who are not signed in are tied to a cookie too: else a stranger could sign a reader
    // in to an account of the stranger's.
    let sets = response.headers().contains_key(header::SET_COOKIE);
    if new && !sets && asked.who.is_none() {
        guard::set_cookie(&mut response, &asked.id, desk.is_https());
    }
    tracing::debug!(desk = %asked.path, status = response.status().as_u16(), "answered");
    if head {
        *response.body_mut() = Body::empty();
    }
    response
}

/// Whether the request may go on, and on it goes.
async fn guarded(
    desk: &Arc<Desk>,
    route: &'static Route,
    asked: Asked,
    parts: &Parts,
    body: Body,
) -> Response<Body> {
    let is_post = route.post;
    if is_post && !guard::is_own(&parts.headers, &desk.settings.origin) {
        return forged(desk, &asked, "origin").await;
    }
    match guard::may(route.need, asked.who.as_ref()) {
        guard::May::Go => {}
        guard::May::SignIn => return see(&asked.link("/sign-in")),
        guard::May::Not => return forbidden(desk, &asked).await,
    }
    let is_file = route.act == Act::New;
    // Held until the list is on the disk.
    let room = match is_file {
        true => match desk.uploads.try_acquire() {
            Ok(room) => Some(room),
            Err(_) => return internal(&Failure::Busy),
        },
        false => None,
    };
    let most = if is_file { limits::DESK_UPLOAD_BYTES_MAX } else { limits::DESK_FORM_BYTES_MAX };
    let sent = if is_post {
        match upload::collected(body, most).await {
            Ok(bytes) if is_file => drafts::upload(parts, bytes).await,
            Ok(bytes) => Sent { form: Form::parse(&bytes), file: None },
            Err(_) => {
                let page = DeskPage::Plain {
                    title: words::REFUSED.to(asked.lang).to_owned(),
                    text: words::TOO_LONG.to(asked.lang).to_owned(),
                };
                return show(desk, &asked, StatusCode::PAYLOAD_TOO_LARGE, page);
            }
        }
    } else {
        Sent::default()
    };
    if is_post && !guard::is_token(sent.form.get("csrf"), &asked.id) {
        return forged(desk, &asked, "token").await;
    }
    // Hashing a password takes memory and a core: only so many at a time.
    let turn = match route.act {
        Act::SignIn | Act::Enrol => {
            let waiting = desk.hashes.acquire();
            match tokio::time::timeout(limits::RENDER_WAIT, waiting).await {
                Ok(Ok(turn)) => Some(turn),
                _ => return internal(&Failure::Busy),
            }
        }
        _ => None,
    };
    let working = (Arc::clone(desk), asked.clone());
    let outcome = blocking(move || {
        let (desk, asked) = working;
        handle(&desk, &asked, &sent)
    })
    .await;
    drop((turn, room));
    let mut asked = asked;
    match outcome {
        Ok(Outcome::Page(page)) => show(desk, &asked, StatusCode::OK, page),
        Ok(Outcome::Again(page, alert)) => {
            show_with(desk, &asked, StatusCode::UNPROCESSABLE_ENTITY, page, alert)
        }
        Ok(Outcome::See(path)) => see(&asked.link(&path)),
        Ok(Outcome::Begin(id, path)) => {
            let mut response = see(&asked.link(&path));
            guard::set_cookie(&mut response, &id, desk.is_https());
            response
        }
        Ok(Outcome::BeginPage(id, page)) => {
            asked.id = id;
            let mut response = show(desk, &asked, StatusCode::OK, page);
            guard::set_cookie(&mut response, &asked.id, desk.is_https());
            response
        }
        Ok(Outcome::End) => {
            let mut response = see(&asked.link("/sign-in"));
            guard::drop_cookie(&mut response, desk.is_https());
            response
        }
        Ok(Outcome::Json(text)) => reply::json(&text),
        Ok(Outcome::File(bytes, name)) => reply::file(&bytes, &name),
        Ok(Outcome::Forbidden) => forbidden(desk, &asked).await,
        Ok(Outcome::Missing) => missing(desk, &asked),
        Err(failure) => {
            tracing::error!(?failure, path = %asked.path, "a request to the desk failed");
            let page = DeskPage::Plain {
                title: words::REFUSED.to(asked.lang).to_owned(),
                text: words::INTERNAL.to(asked.lang).to_owned(),
            };
            show(desk, &asked, StatusCode::INTERNAL_SERVER_ERROR, page)
        }
    }
}

fn handle(desk: &Desk, asked: &Asked, sent: &Sent) -> Result<Outcome, Failure> {
    let form = &sent.form;
    match asked.act {
        Act::SignInForm | Act::SignIn | Act::SignOut | Act::SignOutEverywhere => {
            sign::signing(desk, asked, form)
        }
        Act::EnrolForm | Act::Enrol | Act::EnrolCodeForm | Act::EnrolCode => {
            sign::enrolling(desk, asked, form)
        }
        Act::Account => sign::account(desk, asked),
        Act::PasskeyAsk | Act::PasskeySignIn | Act::PasskeyAdd | Act::PasskeyRemove => {
            passkeys::answer(desk, asked, form)
        }
        Act::Trail => trail::page(desk, asked),
        Act::New => drafts::list(desk, asked, sent),
        Act::Cases
        | Act::Case
        | Act::CaseExamine
        | Act::CaseContest
        | Act::CaseSettle
        | Act::CaseAnswer
        | Act::CaseReturn
        | Act::CaseClose => cases::answer(desk, asked, form),
        _ => drafts::answer(desk, asked, form),
    }
}

/// The alert of a failed sign-in.
fn sign_in_alert(lang: Lang, of: &SignIn, wrong: app::i18n::Words) -> String {
    match of {
        SignIn::Wait(seconds) => must_wait(lang, *seconds),
        SignIn::Wrong | SignIn::In(_) => wrong.to(lang).to_owned(),
    }
}
