//! Which files a mirror has: every page that is a function of language and log alone, and what goes with it.
//!
//! The list is made before anything is written, so that links can be made to lead only to what will be there, a stopped
//! run can go on, and progress knows its end.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use app::model::mirror::{SUFFIX, page_file, part};
use register::code::{CreditCode, Level};
use register::status_list::Kept;
use register::tlog::{TILE_WIDTH, TilePath, TileRow};
use register::verdict::{Asked, View};
use register::{Kind, Lang};
use search::Query;
use search::catalogue::Catalogue;

use super::{Maker, MirrorError, Order};
use crate::behind::Behind;
use crate::store::Reader;
use crate::web::answer::shelf_path;
use crate::web::index::Moment;
use crate::web::project::{body, list};
use crate::web::router::{PLACES, Page, Twins, segment};
use crate::web::{Portal, limits};

/// Where a file's bytes come from.
#[derive(Clone, Debug)]
pub enum What {
    /// A page.
    Page {
        /// Its address at the portal.
        address: String,
        /// Its language.
        lang: Lang,
    },
    /// A list's JSON, whose links and whose next page are made to lead to files.
    List {
        /// Its address at the portal.
        address: String,
        /// Its language.
        lang: Lang,
    },
    /// What the portal answers, byte for byte.
    As {
        /// Its address.
        address: String,
    },
    /// `/data/files.json`, without what is no file here.
    Files,
    /// A file of the register as others take it away.
    Copied {
        /// Where it is.
        from: PathBuf,
    },
    /// A text of the mirror's own.
    Text {
        /// It.
        text: String,
    },
    /// The page about the mirror, or that of an address that is not there.
    About {
        /// Its language.
        lang: Lang,
        /// It is the second.
        missing: bool,
    },
}

/// A file to be.
#[derive(Clone, Debug)]
pub struct File {
    /// Its name below the folder, with `/`, not percent-encoded.
    pub name: String,
    /// What goes into it.
    pub what: What,
}

/// The files of a mirror, and what its links need to know.
#[derive(Debug, Default)]
pub struct Plan {
    /// All files.
    pub files: Vec<File>,
    /// Addresses of files, as links write them.
    pub addresses: HashSet<String>,
    /// Lists (language prefix included) that the browser can search and filter.
    pub searched: HashSet<String>,
    /// Addresses that lead on, and where.
    pub moved: HashMap<String, String>,
    /// Pages whose names no file can have; links to them lead to the page about the mirror.
    pub unnameable: u64,
}

/// Longest file name in bytes: most file systems take 255, and a file has a longer name while it is being written.
const NAME_BYTES_MAX: usize = 220;

/// Pages that are no list of records and no record.
const PLAIN: [Page; 6] =
    [Page::Home, Page::Scan, Page::Offline, Page::Data, Page::Statistics, Page::Log];

impl Plan {
    /// Adds a file by its address; an address that cannot be a file's name is counted instead.
    fn add(&mut self, address: &str, what: What) {
        let name = percent_encoding::percent_decode_str(address.trim_start_matches('/'))
            .decode_utf8_lossy()
            .into_owned();
        let short = name.split('/').all(|part| {
            part.len() <= NAME_BYTES_MAX
                && !matches!(part, "" | "." | "..")
                && !part.contains(['\0', '\\'])
        });
        if !short {
            self.unnameable += 1;
        } else if self.addresses.insert(address.to_owned()) {
            self.files.push(File { name, what });
        }
    }

    fn page(&mut self, lang: Lang, path: &str) {
        let full = format!("{}{path}", lang.prefix());
        self.add(&page_file(&full), What::Page { address: full, lang });
    }

    /// A twin that is the portal's own bytes.
    fn twin(&mut self, lang: Lang, path: &str, extension: &str) {
        let address = format!("{}{path}{extension}", lang.prefix());
        self.add(&address.clone(), What::As { address });
    }

    fn as_is(&mut self, address: &str) {
        self.add(address, What::As { address: address.to_owned() });
    }

    /// A record's page and JSON.
    fn record(&mut self, lang: Lang, path: &str) {
        self.page(lang, path);
        self.twin(lang, path, ".json");
    }

    /// A list: all its pages, as pages and as JSON, and its CSV.
    fn list(&mut self, lang: Lang, path: &str, rows: usize, searched: bool) {
        let full = format!("{}{path}", lang.prefix());
        for page in 1..=rows.div_ceil(limits::PER_PAGE_DEFAULT).max(1) as u64 {
            let query = if page > 1 { format!("?page={page}") } else { String::new() };
            let address = format!("{full}{query}");
            self.add(&part(&full, SUFFIX, page), What::Page { address, lang });
            let address = format!("{full}.json{query}");
            self.add(&part(&full, ".json", page), What::List { address, lang });
        }
        if rows <= limits::CSV_ROWS_MAX {
            self.twin(lang, path, ".csv");
        }
        if searched {
            self.searched.insert(full);
        }
    }
}

/// Lists the files of a register's mirror.
///
/// # Errors
/// The register cannot be read.
pub(super) async fn of(
    maker: &Maker,
    portal: &Portal,
    reader: &Reader,
    present: &Arc<Moment>,
    order: &Order,
    assets: &[String],
) -> Result<Plan, MirrorError> {
    let mut plan = Plan::default();
    // Targets are evaluated when their list is first asked for.
    present.evaluated()?;
    for lang in &order.languages {
        pages(&mut plan, portal, reader, present, *lang)?;
        plan.add(
            &page_file(&format!("{}{}", lang.prefix(), app::pages::mirror::PATH)),
            What::About { lang: *lang, missing: false },
        );
        plan.as_is(&format!("{}/manifest.webmanifest", lang.prefix()));
    }
    codes(&mut plan, reader, present, &order.languages)?;
    // What stands at the root whatever the languages.
    let first = order.languages.first().copied().unwrap_or_default();
    plan.add("/index.html", What::About { lang: first, missing: false });
    plan.add("/404.html", What::About { lang: first, missing: true });
    plan.add("/robots.txt", What::Text { text: "User-agent: *\nAllow: /\n".to_owned() });
    for address in assets {
        plan.as_is(address);
    }
    for address in ["/sw.js", "/.well-known/jwks.json", "/data/schema.json", "/data/dcat.jsonld"] {
        plan.as_is(address);
    }
    for catalogue in Catalogue::ALL {
        if has_shelf(present, catalogue) {
            plan.as_is(&shelf_path(present, catalogue));
        }
    }
    log(&mut plan, portal, present.at.known);
    offline(&mut plan, maker, portal).await?;
    downloads(&mut plan, maker, portal).await?;
    Ok(plan)
}

fn has_shelf(present: &Moment, catalogue: Catalogue) -> bool {
    present.rows(catalogue) <= limits::SHELF_ROWS_MAX
}

/// All pages of a language.
fn pages(
    plan: &mut Plan,
    portal: &Portal,
    reader: &Reader,
    present: &Moment,
    lang: Lang,
) -> Result<(), MirrorError> {
    let island = portal.has_island();
    for place in PLACES.iter().filter(|place| !place.pattern.contains('{')) {
        let about = matches!(place.page, Page::About(_));
        match crate::web::answer::catalogue(place.page) {
            Some(catalogue) => {
                // The shelf of the systems holds their Chinese names and meanings only.
                let searched = island
                    && has_shelf(present, catalogue)
                    && (catalogue != Catalogue::Systems || lang == Lang::ZhHans);
                plan.list(lang, place.pattern, present.rows(catalogue), searched);
            }
            None if place.page == Page::Changes => {
                plan.page(lang, place.pattern);
                plan.add(
                    &format!("{}{}.json", lang.prefix(), place.pattern),
                    What::List {
                        address: format!("{}{}.json", lang.prefix(), place.pattern),
                        lang,
                    },
                );
            }
            None if about
                || PLAIN.contains(&place.page)
                || matches!(place.page, Page::Directories | Page::Places) =>
            {
                plan.page(lang, place.pattern);
                if place.twins != Twins::Page {
                    plan.twin(lang, place.pattern, ".json");
                }
                if place.twins == Twins::List {
                    plan.twin(lang, place.pattern, ".csv");
                }
            }
            None => {}
        }
    }
    // Every row of every list has a page; listings are shown by what they are of.
    for catalogue in Catalogue::ALL {
        if catalogue == Catalogue::Listings {
            continue;
        }
        let mut query = Query::all(search::spec(catalogue));
        query.per_page = u32::MAX;
        for row in present.search(&query).rows {
            let path = list::path(catalogue, &row);
            if path.is_empty() {
                continue;
            }
            plan.record(lang, &path);
            match catalogue {
                Catalogue::Enterprises => plan.record(lang, &format!("{path}/credit")),
                Catalogue::Targets => {
                    plan.page(lang, &format!("{path}/recount"));
                    plan.twin(lang, &format!("{path}/recount"), ".json");
                    plan.twin(lang, &format!("{path}/recount"), ".csv");
                }
                _ => {}
            }
        }
    }
    // Directories are lists of their own; how long each is stands in the counts of the facet.
    let mut rows: BTreeMap<String, usize> = BTreeMap::new();
    reader.records(Kind::Scheme, present.at, &mut |entry| {
        let query = Query::parse(search::spec(Catalogue::Listings), [("scheme", &entry.key)]);
        let found = query.map(|query| present.search(&query).total).unwrap_or_default();
        rows.insert(entry.key, found);
        Ok(())
    })?;
    let searched = island && has_shelf(present, Catalogue::Listings);
    for (scheme, rows) in rows {
        plan.list(lang, &format!("/directories/{}", segment(&scheme)), rows, searched);
    }
    let mut paths = Vec::new();
    reader.records(Kind::Place, present.at, &mut |entry| {
        paths.push(format!("/places/{}", segment(&entry.key)));
        Ok(())
    })?;
    for path in &paths {
        plan.record(lang, path);
    }
    // A grant is shown on the page of what it is about: its own address leads there.
    let mut grants = Vec::new();
    reader.records(Kind::Listing, present.at, &mut |entry| {
        if crate::published::is_published(&entry, present.at.as_of) {
            let subject = body::object(&entry.body, "subject");
            let text = |name| subject.and_then(|of| of.get(name)?.as_str()).unwrap_or_default();
            let to = Kind::from_name(text("kind"))
                .and_then(|kind| app::model::record_path(kind, text("key")))
                .unwrap_or_else(|| "/directories".to_owned());
            grants.push((format!("/listings/{}", segment(&entry.key)), to));
        }
        Ok(())
    })?;
    for (path, to) in grants {
        plan.twin(lang, &path, ".json");
        let to = page_file(&format!("{}{to}", lang.prefix()));
        plan.moved.insert(format!("{}{path}", lang.prefix()), to);
    }
    Ok(())
}

/// The pages of model codes, in every language. Unit codes are handed to nobody, and what was never issued has none.
fn codes(
    plan: &mut Plan,
    reader: &Reader,
    present: &Moment,
    languages: &[Lang],
) -> Result<(), MirrorError> {
    let at = present.at;
    let mut all = Vec::new();
    reader.records(Kind::Code, at, &mut |entry| {
        let code = CreditCode::parse(&entry.key).ok();
        let own = |code: &CreditCode| code.level() == Level::Model && code.as_str() == entry.key;
        all.extend(code.filter(own));
        Ok(())
    })?;
    let noon = at.as_of.and_time(chrono::NaiveTime::MIN).and_utc() + chrono::TimeDelta::hours(4);
    let view = View::fresh(noon, at.known);
    for code in all {
        let behind = Behind::read(reader, at, code.as_str())?;
        if Kept::of(behind.judge(Asked::Code(&code), view, at.as_of).outcome).is_none() {
            continue;
        }
        for lang in languages {
            plan.page(*lang, &format!("/q/{}", code.as_str()));
        }
    }
    Ok(())
}

/// The log: what an outsider needs to check all of it, and a proof for every entry.
fn log(plan: &mut Plan, portal: &Portal, size: u64) {
    let rows = (0..8).map(|level| (TileRow::Level(level), size >> (8 * u32::from(level))));
    for (row, nodes) in std::iter::once((TileRow::Entries, size)).chain(rows) {
        for index in 0..nodes.div_ceil(TILE_WIDTH) {
            let width = (nodes - index * TILE_WIDTH).min(TILE_WIDTH);
            let width = u16::try_from(width).unwrap_or(u16::MAX);
            plan.as_is(&format!("/log/{}", TilePath { row, index, width }));
        }
    }
    if portal.signs() {
        plan.as_is("/log/checkpoint");
        plan.as_is("/log/vkey");
        for seq in 0..size {
            plan.as_is(&format!("/log/proof/{seq}.tlog-proof"));
        }
    }
}

/// The signed copy that answers for codes.
async fn offline(plan: &mut Plan, maker: &Maker, portal: &Portal) -> Result<(), MirrorError> {
    if !portal.signs() {
        return Ok(());
    }
    let note = maker.get("/offline/copy.txt").await?;
    for line in String::from_utf8_lossy(&note.bytes).lines() {
        let mut words = line.strip_prefix("file ").unwrap_or_default().split(' ');
        let (Some(name), Some(hash)) = (words.next(), words.next()) else { continue };
        // The note names the shelves and the keys as well, which are elsewhere.
        if matches!(name, "keys" | "codes" | "status" | "barcodes") {
            plan.as_is(&format!("/offline/{name}-{}", hash.get(..16).unwrap_or_default()));
        }
    }
    plan.as_is("/offline/copy.txt");
    plan.as_is("/offline/key.txt");
    Ok(())
}

/// The register as files. They are written by now or are waited for.
async fn downloads(plan: &mut Plan, maker: &Maker, portal: &Portal) -> Result<(), MirrorError> {
    // Asking for their list is what has them written.
    let list = maker.json("/data/files.json").await?;
    plan.add("/data/files.json", What::Files);
    for file in list["files"].as_array().into_iter().flatten() {
        let text = |name: &str| file[name].as_str().unwrap_or_default().to_owned();
        let Some(from) = portal.download(&text("name")) else { continue };
        plan.add(&text("path"), What::Copied { from });
        plan.moved.insert(text("latest"), text("path"));
        if text("what") == "entries" {
            plan.moved.insert("/data/entries.jsonl".to_owned(), text("path"));
        }
    }
    Ok(())
}
