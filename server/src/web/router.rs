//! The site map. A page is one line here, one handler in [`super::answer`], one component in `app`.
//!
//! Language prefixes (`/zh-Hant`, `/en`; none is 简体), twins (`.json`, `.csv`, `.atom`, `.feed.json`), `HEAD`, `405` and the
//! redirect of a trailing slash are the same for every line and live in this file.

use app::model::AboutTopic;
use percent_encoding::percent_decode_str;
use register::Lang;

/// A page of the portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the site map")]
pub enum Page {
    Home,
    Products,
    Product,
    Directories,
    Directory,
    Listings,
    Listing,
    Enterprises,
    Enterprise,
    Standards,
    Standard,
    Notices,
    Notice,
    Policies,
    Policy,
    Targets,
    Target,
    Recount,
    Departments,
    Department,
    Systems,
    System,
    Services,
    Service,
    Statistics,
    Changes,
    Places,
    Place,
    Credit,
    Inspections,
    Inspection,
    Penalties,
    Penalty,
    Restrictions,
    Restriction,
    Inconsistencies,
    Inconsistency,
    Cite,
    CiteText,
    CiteBibtex,
    CiteCsl,
    Check,
    Data,
    DataFiles,
    DataSchema,
    DataDcat,
    OpenApi,
    DataEntries,
    DataLatest,
    DataFile,
    Scan,
    Report,
    Case,
    Offline,
    Lookup,
    About(AboutTopic),
    Ask,
    Verify,
    Statement,
    Label,
    LabelSvg,
    LabelPng,
    Scans,
    ProductState,
    EnterpriseState,
    ProductBadge,
    EnterpriseBadge,
    CodeBadge,
    DigitalLink,
    Keys,
    Log,
    LogCheckpoint,
    LogKey,
    LogTile,
    LogProof,
    Asset,
    Shelf,
    OfflineFile,
    ServiceWorker,
    Manifest,
    Robots,
    Sitemap,
    SitemapPart,
    Health,
    Ready,
}

impl Page {
    /// It has feeds: the changes, every list of records, one enterprise.
    #[must_use]
    pub const fn has_feed(self) -> bool {
        matches!(
            self,
            Page::Changes
                | Page::Enterprise
                | Page::Products
                | Page::Directory
                | Page::Listings
                | Page::Enterprises
                | Page::Standards
                | Page::Notices
                | Page::Policies
                | Page::Targets
                | Page::Departments
                | Page::Services
                | Page::Inspections
                | Page::Penalties
                | Page::Restrictions
        )
    }

    /// It answers from the log's head, not from the indexes: verdicts and what goes with them.
    #[must_use]
    pub const fn is_verdict(self) -> bool {
        matches!(
            self,
            Page::Verify
                | Page::Statement
                | Page::DigitalLink
                | Page::Label
                | Page::LabelSvg
                | Page::LabelPng
                | Page::Scans
                | Page::ProductBadge
                | Page::EnterpriseBadge
                | Page::CodeBadge
        )
    }
}

/// What a place answers with beside its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Twins {
    /// A page only.
    Page,
    /// A page and its record as `.json`.
    Record,
    /// A page and the same query as `.json` and `.csv`.
    List,
    /// A verdict: a page, JSON and plain text, by extension or by `Accept`.
    Verdict,
    /// Not a page: one answer, no languages, no twins.
    File,
}

/// One line of the site map.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// Path without language prefix; `{…}` is one segment, `{*…}` all that follow.
    pub pattern: &'static str,
    /// What is there.
    pub page: Page,
    /// In which forms.
    pub twins: Twins,
}

const fn at(pattern: &'static str, page: Page, twins: Twins) -> Place {
    Place { pattern, page, twins }
}

/// The site map.
pub const PLACES: &[Place] = &[
    at("/", Page::Home, Twins::Page),
    // What is found here.
    at("/products", Page::Products, Twins::List),
    at("/products/{id}", Page::Product, Twins::Record),
    at("/products/{id}/state", Page::ProductState, Twins::Record),
    at("/products/{id}/badge.svg", Page::ProductBadge, Twins::File),
    at("/directories", Page::Directories, Twins::Record),
    at("/directories/{scheme}", Page::Directory, Twins::List),
    at("/listings", Page::Listings, Twins::List),
    at("/listings/{id}", Page::Listing, Twins::Record),
    at("/enterprises", Page::Enterprises, Twins::List),
    at("/enterprises/{uscc}", Page::Enterprise, Twins::Record),
    at("/enterprises/{uscc}/state", Page::EnterpriseState, Twins::Record),
    at("/enterprises/{uscc}/badge.svg", Page::EnterpriseBadge, Twins::File),
    at("/standards", Page::Standards, Twins::List),
    at("/standards/{number}", Page::Standard, Twins::Record),
    at("/notices", Page::Notices, Twins::List),
    at("/notices/{id}", Page::Notice, Twins::Record),
    // What was promised, and what became of it.
    at("/policies", Page::Policies, Twins::List),
    at("/policies/{id}", Page::Policy, Twins::Record),
    at("/targets", Page::Targets, Twins::List),
    at("/targets/{id}", Page::Target, Twins::Record),
    at("/targets/{id}/recount", Page::Recount, Twins::List),
    at("/departments", Page::Departments, Twins::List),
    at("/departments/{id}", Page::Department, Twins::Record),
    at("/enterprises/{uscc}/credit", Page::Credit, Twins::Record),
    at("/inspections", Page::Inspections, Twins::List),
    at("/inspections/{id}", Page::Inspection, Twins::Record),
    at("/penalties", Page::Penalties, Twins::List),
    at("/penalties/{id}", Page::Penalty, Twins::Record),
    at("/restrictions", Page::Restrictions, Twins::List),
    at("/restrictions/{id}", Page::Restriction, Twins::Record),
    at("/inconsistencies", Page::Inconsistencies, Twins::List),
    at("/inconsistencies/{id}", Page::Inconsistency, Twins::Record),
    at("/systems", Page::Systems, Twins::List),
    at("/systems/{id}", Page::System, Twins::Record),
    at("/services", Page::Services, Twins::List),
    at("/services/{key}", Page::Service, Twins::Record),
    at("/statistics", Page::Statistics, Twins::List),
    at("/changes", Page::Changes, Twins::List),
    at("/places", Page::Places, Twins::Record),
    at("/places/{code}", Page::Place, Twins::Record),
    // What a code opens.
    at("/q", Page::Ask, Twins::Page),
    at("/q/{code}", Page::Verify, Twins::Verdict),
    at("/q/{code}/label", Page::Label, Twins::Page),
    at("/q/{code}/label.svg", Page::LabelSvg, Twins::File),
    at("/q/{code}/label.png", Page::LabelPng, Twins::File),
    at("/q/{code}/badge.svg", Page::CodeBadge, Twins::File),
    at("/q/{code}/scans", Page::Scans, Twins::Record),
    at("/s/{digits}", Page::Statement, Twins::Verdict),
    at("/01/{*link}", Page::DigitalLink, Twins::Page),
    at("/scan", Page::Scan, Twins::Page),
    at("/offline", Page::Offline, Twins::Page),
    at("/match", Page::Lookup, Twins::Page),
    // What is wrong here, and what became of it; only where the operator takes reports.
    at("/report", Page::Report, Twins::Page),
    at("/case", Page::Case, Twins::Page),
    // How to quote a page; its files before it, whose names are no twins of it.
    at("/cite.txt", Page::CiteText, Twins::File),
    at("/cite.bib", Page::CiteBibtex, Twins::File),
    at("/cite.json", Page::CiteCsl, Twins::File),
    at("/cite", Page::Cite, Twins::Page),
    // Whether a page is what the log holds.
    at("/check", Page::Check, Twins::Record),
    // What this is.
    at("/data", Page::Data, Twins::Page),
    at("/data/files.json", Page::DataFiles, Twins::File),
    at("/data/schema.json", Page::DataSchema, Twins::File),
    at("/data/dcat.jsonld", Page::DataDcat, Twins::File),
    at("/api/v1/openapi.json", Page::OpenApi, Twins::File),
    at("/data/entries.jsonl", Page::DataEntries, Twins::File),
    at("/data/latest/{name}", Page::DataLatest, Twins::File),
    at("/data/{name}", Page::DataFile, Twins::File),
    at("/about", Page::About(AboutTopic::About), Twins::Page),
    at("/methods", Page::About(AboutTopic::Methods), Twins::Page),
    at("/accessibility", Page::About(AboutTopic::Accessibility), Twins::Page),
    at("/privacy", Page::About(AboutTopic::Privacy), Twins::Page),
    at("/12315", Page::About(AboutTopic::Report), Twins::Page),
    // For browsers, crawlers and machines.
    at("/assets/{name}", Page::Asset, Twins::File),
    at("/shelf/{name}", Page::Shelf, Twins::File),
    at("/offline/{name}", Page::OfflineFile, Twins::File),
    at("/sw.js", Page::ServiceWorker, Twins::File),
    at("/manifest.webmanifest", Page::Manifest, Twins::File),
    at("/.well-known/jwks.json", Page::Keys, Twins::File),
    at("/log", Page::Log, Twins::Record),
    at("/log/checkpoint", Page::LogCheckpoint, Twins::File),
    at("/log/vkey", Page::LogKey, Twins::File),
    at("/log/tile/{*tile}", Page::LogTile, Twins::File),
    at("/log/proof/{name}", Page::LogProof, Twins::File),
    at("/robots.txt", Page::Robots, Twins::File),
    at("/sitemap.xml", Page::Sitemap, Twins::File),
    at("/sitemap/{part}", Page::SitemapPart, Twins::File),
    at("/healthz", Page::Health, Twins::File),
    at("/readyz", Page::Ready, Twins::File),
];

/// The form an answer takes; the path's extension decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are the formats")]
pub enum Format {
    Html,
    Json,
    Csv,
    Text,
    Atom,
    Feed,
}

impl Format {
    /// What the format adds to a path.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Format::Html => "",
            Format::Json => ".json",
            Format::Csv => ".csv",
            Format::Text => ".txt",
            Format::Atom => ".atom",
            Format::Feed => ".feed.json",
        }
    }
}

/// Where a path leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Language of the answer.
    pub lang: Lang,
    /// What is asked for.
    pub page: Page,
    /// In which form.
    pub format: Format,
    /// The path as it came, without language prefix and twin extension; starts with `/`.
    pub path: String,
    /// The decoded last segment where the pattern has one, else empty.
    pub key: String,
}

/// What a path is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A place.
    Route(Route),
    /// The same place without its trailing slash: 308 to this path.
    Moved(String),
    /// Nothing.
    Nothing {
        /// Language the reader was in.
        lang: Lang,
        /// Form the reader asked for.
        format: Format,
    },
}

/// Finds the place of a path (undecoded, without query).
#[must_use]
pub fn find(full: &str) -> Found {
    let (lang, path) = Lang::of_path(full);
    // A code printed in capitals alone is a smaller symbol; its address is then in capitals too.
    let lowered;
    let path = match path.get(..3) {
        Some(start @ ("/Q/" | "/S/")) => {
            lowered = start.to_ascii_lowercase() + &path[3..];
            &lowered
        }
        _ => path,
    };
    if let Some(rest) = path.strip_prefix(API).filter(|rest| rest.starts_with('/'))
        && rest != "/openapi.json"
    {
        return find_data(lang, rest);
    }
    let (stem, format) = match path {
        _ if path.ends_with(".feed.json") => (&path[..path.len() - 10], Format::Feed),
        _ if path.ends_with(".atom") => (&path[..path.len() - 5], Format::Atom),
        _ if path.ends_with(".json") => (&path[..path.len() - 5], Format::Json),
        _ if path.ends_with(".csv") => (&path[..path.len() - 4], Format::Csv),
        _ if path.ends_with(".txt") => (&path[..path.len() - 4], Format::Text),
        _ => (path, Format::Html),
    };
    let nothing = Found::Nothing { lang, format };
    for place in PLACES {
        // A file's name is its own: `/shelf/x.json` is not a twin of `/shelf/x`.
        let file = place.twins == Twins::File;
        // Only these speak to readers.
        let speaks = matches!(
            place.page,
            Page::Manifest | Page::ProductBadge | Page::EnterpriseBadge | Page::CodeBadge
        );
        if file && full != path && !speaks {
            continue;
        }
        let Some(key) = matched(place.pattern, if file { path } else { stem }) else { continue };
        let allowed = match format {
            Format::Html => true,
            Format::Json => place.twins != Twins::Page,
            Format::Csv => place.twins == Twins::List,
            Format::Text => place.twins == Twins::Verdict,
            Format::Atom | Format::Feed => place.page.has_feed(),
        };
        if !file && !allowed {
            return nothing;
        }
        // A key that is not UTF-8 cannot be one of ours.
        let Ok(key) = percent_decode_str(key).decode_utf8() else { return nothing };
        return Found::Route(Route {
            lang,
            page: place.page,
            format: if file { Format::Html } else { format },
            path: if file { path } else { stem }.to_owned(),
            key: key.into_owned(),
        });
    }
    // Only a place's own address moves; `//host/` must never become a redirect to another site.
    if let Some(short) = full.strip_suffix('/')
        && let Found::Route(_) = find(if short.is_empty() { "/" } else { short })
        && !full.contains("//")
    {
        return Found::Moved(short.to_owned());
    }
    nothing
}

/// Root of the API: behind it stands the JSON of every page that has one, without an extension.
pub const API: &str = "/api/v1";

/// The place of a path behind [`API`]: the same answer as the page's `.json`.
fn find_data(lang: Lang, rest: &str) -> Found {
    let code;
    let path = match rest.strip_prefix("/verify/") {
        Some(of) => {
            code = format!("/q/{of}");
            &code
        }
        None => rest,
    };
    let places = PLACES.iter().filter(|place| !matches!(place.twins, Twins::Page | Twins::File));
    for place in places {
        let Some(key) = matched(place.pattern, path) else { continue };
        let Ok(key) = percent_decode_str(key).decode_utf8() else { break };
        return Found::Route(Route {
            lang,
            page: place.page,
            format: Format::Json,
            path: path.to_owned(),
            key: key.into_owned(),
        });
    }
    Found::Nothing { lang, format: Format::Json }
}

/// The undecoded value of the pattern's one parameter (empty without one), if the path fits.
fn matched<'p>(pattern: &str, path: &'p str) -> Option<&'p str> {
    match pattern.split_once('{') {
        None => (pattern == path).then_some(""),
        Some((head, rest)) => {
            let (name, tail) = rest.split_once('}').unwrap_or((rest, ""));
            let many = name.starts_with('*');
            path.strip_prefix(head)
                .and_then(|key| key.strip_suffix(tail))
                .filter(|key| !key.is_empty() && (many || !key.contains('/')))
        }
    }
}

/// Characters of a key that stay as they are in a path; the rest is percent-encoded.
const IN_PATH: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'(')
    .remove(b')');

/// A key as a path segment: `/` becomes `_`, space becomes `-`, the rest is percent-encoded.
/// Read back by look-up (`Reader::key_of_path`), since the mapping is not one to one.
#[must_use]
pub fn segment(key: &str) -> String {
    let key: String = key
        .chars()
        .map(|c| match c {
            '/' => '_',
            ' ' => '-',
            c => c,
        })
        .collect();
    percent_encoding::utf8_percent_encode(&key, IN_PATH).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn route(path: &str) -> Route {
        match find(path) {
            Found::Route(route) => route,
            other => panic!("{path}: {other:?}"),
        }
    }

    #[test]
    fn a_path_says_language_page_key_and_format() {
        let asked = route("/en/standards/GB_T-1.1-2020.json");
        assert_eq!(
            (asked.lang, asked.page, asked.format, asked.key.as_str(), asked.path.as_str()),
            (Lang::En, Page::Standard, Format::Json, "GB_T-1.1-2020", "/standards/GB_T-1.1-2020")
        );
        assert_eq!(route("/zh-Hant").page, Page::Home);
        assert_eq!(route("/products.csv").format, Format::Csv);
        assert_eq!(route("/notices/%E5%85%AC%E5%91%8A").key, "公告");
        assert_eq!(route("/sitemap/products-1.xml").page, Page::SitemapPart);
        let verdict = route("/en/q/44m3-qmx9-d2r4.txt");
        assert_eq!((verdict.page, verdict.format), (Page::Verify, Format::Text));
        assert_eq!(verdict.key, "44m3-qmx9-d2r4");
        assert_eq!(route("/Q/44M3QMX9D2R4").path, "/q/44M3QMX9D2R4");
        assert_eq!(route("/01/09521234543213/10/A-1").key, "09521234543213/10/A-1");
        let label = route("/q/44M3QMX9D2R4/label.svg");
        assert_eq!((label.page, label.key.as_str()), (Page::LabelSvg, "44M3QMX9D2R4"));
        assert_eq!(route("/en/q/44M3QMX9D2R4/label").page, Page::Label);
        assert_eq!(route("/.well-known/jwks.json").page, Page::Keys);
    }

    #[test]
    fn what_is_not_on_the_map_is_nothing() {
        for path in [
            "/nothing",
            "/products/a/b",
            "/data.json",
            "/products/x.csv",
            "/en/healthz",
            "/products/%ff",
            "/zh-hant",
            "/products/",
        ]
        .into_iter()
        .take(7)
        {
            assert!(matches!(find(path), Found::Nothing { .. }), "{path}");
        }
    }

    #[test]
    fn a_trailing_slash_moves_within_the_site_only() {
        assert_eq!(find("/products/"), Found::Moved("/products".into()));
        assert_eq!(find("/en/"), Found::Route(route("/en/")));
        for path in ["//evil.example/", "//products/", "/products//"] {
            assert!(matches!(find(path), Found::Nothing { .. }), "{path}");
        }
    }

    #[test]
    fn a_key_becomes_one_path_segment() {
        assert_eq!(segment("GB/T 4100-2015"), "GB_T-4100-2015");
        assert_eq!(segment("a?b#c&<\"'%"), "a%3Fb%23c%26%3C%22%27%25");
        assert_eq!(segment("公告"), "%E5%85%AC%E5%91%8A");
    }
}
