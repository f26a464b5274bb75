//! What makes a draft: a list that is sent, a correction, an order about a code.

use app::i18n::{Words, desk::drafts as words, fill};
use app::model::{CorrectForm, DeskPage, DraftsPage, FieldView, NewForm};
use axum::body::Bytes;
use axum::http::request::Parts;
use register::kinds::Type;
use register::{Body, Entry, Kind, Lang};

use super::super::forms::Form;
use super::super::{Asked, Desk, Outcome};
use super::about;
use crate::import::template;
use crate::office::publishing::content::Turn;
use crate::office::publishing::{self, Content, OwnList, fields, propose};
use crate::store::{At, DraftPlace, DraftRow, china_day, random_id};
use crate::web::failure::Failure;
use crate::web::{limits, upload as taken};

/// What came with a form that has a file.
#[derive(Debug, Default)]
pub(in crate::office::web) struct Sent {
    /// Its other fields.
    pub form: Form,
    /// Name and bytes of the file.
    pub file: Option<(String, Bytes)>,
}

/// Reads a form with a file.
pub(in crate::office::web) async fn upload(parts: &Parts, body: Bytes) -> Sent {
    let mut sent = Sent::default();
    let Some(mut form) = taken::form(parts, body).await else { return sent };
    while let Ok(Some(field)) = form.next_field().await {
        let name = field.name().unwrap_or_default().to_owned();
        let file = field.file_name().map(str::to_owned);
        let Ok(bytes) = field.bytes().await else { break };
        match file {
            Some(file) if name == "file" => sent.file = Some((file, bytes)),
            _ => sent.form.add(name, String::from_utf8_lossy(&bytes).into_owned()),
        }
    }
    sent
}

/// Mappings of the operator's folder: names and titles, by title. What cannot be read is left out here; who
/// installs one tries it with `liangbiao import --dry-run`.
fn maps(desk: &Desk) -> Vec<(String, String)> {
    let Ok(folder) = std::fs::read_dir(&desk.settings.maps) else { return Vec::new() };
    let mut found: Vec<(String, String)> = folder
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().to_str()?.strip_suffix(".toml")?.to_owned();
            let map = propose::read_map(&desk.settings.maps, &name).ok()?;
            let title = if map.title.is_empty() { name.clone() } else { map.title };
            Some((name, title))
        })
        .collect();
    found.sort_by(|a, b| a.1.cmp(&b.1));
    found
}

/// The form with nothing typed into it.
pub(super) fn new_form(desk: &Desk, lang: Lang) -> DraftsPage {
    DraftsPage::New(Box::new(NewForm {
        own: OwnList::kinds()
            .map(|kind| (kind.name().to_owned(), kind.label(lang).to_owned()))
            .collect(),
        maps: maps(desk),
        most: limits::DESK_FILE_MEGABYTES_MAX,
        publisher: desk.settings.office.clone(),
        ..NewForm::default()
    }))
}

/// The form with what was typed into it, but for the file, which a browser never gives back.
fn typed_again(desk: &Desk, lang: Lang, form: &Form) -> DraftsPage {
    let mut page = new_form(desk, lang);
    if let DraftsPage::New(again) = &mut page {
        form.get("map").clone_into(&mut again.chosen);
        form.get("publisher").clone_into(&mut again.publisher);
        form.get("title").clone_into(&mut again.title);
        form.get("url").clone_into(&mut again.url);
        form.get("licence").clone_into(&mut again.licence);
    }
    page
}

/// A blank list to fill in; none: there is none of that name.
pub(super) fn blank(name: &str) -> Result<Outcome, Failure> {
    let kind = name.strip_suffix(".xlsx").and_then(Kind::from_name);
    let Some(kind) = kind.filter(|kind| OwnList::kinds().any(|one| one == *kind)) else {
        return Ok(Outcome::Missing);
    };
    let bytes = template::xlsx(kind).map_err(|error| Failure::Internal(error.to_string()))?;
    Ok(Outcome::File(bytes, name.to_owned()))
}

/// What the form says of a list under our own headers.
///
/// # Errors
/// What is to be typed otherwise.
fn own_list(record: Kind, form: &Form, lang: Lang) -> Result<OwnList, String> {
    let typed = |name: &str, label: Words| {
        let text = form.get(name).trim().to_owned();
        if text.chars().count() <= limits::DESK_SOURCE_CHARS_MAX {
            return Ok(text);
        }
        let most = limits::DESK_SOURCE_CHARS_MAX.to_string();
        Err(fill(words::TOO_LONG.to(lang), &[("c", label.to(lang)), ("n", &most)]))
    };
    let own = OwnList {
        record,
        publisher: typed("publisher", words::PUBLISHER)?,
        title: typed("title", words::LIST_TITLE)?,
        url: typed("url", words::LIST_URL)?,
        licence: typed("licence", words::LICENCE)?,
    };
    if own.publisher.is_empty() {
        return Err(words::NO_PUBLISHER.to(lang).to_owned());
    }
    if !own.url.is_empty() && !register::kinds::is_url(&own.url) {
        return Err(words::BAD_URL.to(lang).to_owned());
    }
    Ok(own)
}

/// The file's name without folders and what no file system takes.
fn plain_name(name: &str) -> String {
    const CHARS_MAX: usize = 120;
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String =
        last.chars().filter(|c| !c.is_control() && !"<>:\"|?*".contains(*c)).collect();
    let plain = plain.trim_start_matches('.').to_owned();
    let over = plain.chars().count().saturating_sub(CHARS_MAX);
    // The ending is what says the format.
    plain.chars().skip(over).collect()
}

/// Keeps a list that was sent, as a draft.
pub(in crate::office::web) fn list(
    desk: &Desk,
    asked: &Asked,
    sent: &Sent,
) -> Result<Outcome, Failure> {
    let lang = asked.lang;
    let told = |alert: String| {
        Ok(Outcome::Again(DeskPage::Drafts(typed_again(desk, lang, &sent.form)), alert))
    };
    let again = |alert: Words| {
        let most = limits::DESK_FILE_MEGABYTES_MAX.to_string();
        told(fill(alert.to(lang), &[("n", &most)]))
    };
    let Some((name, bytes)) = sent.file.as_ref().filter(|(_, bytes)| !bytes.is_empty()) else {
        return again(words::NO_FILE);
    };
    if bytes.len() as u64 > limits::DESK_FILE_MEGABYTES_MAX * 1_000_000 {
        return again(words::TOO_LARGE);
    }
    let file = plain_name(name);
    let lower = file.to_lowercase();
    let is_workbook = lower.ends_with(".xlsx") && bytes.starts_with(b"PK");
    // A workbook or a picture under the name of a CSV: both hold bytes that no text has.
    let is_csv =
        lower.ends_with(".csv") && !bytes.contains(&0) && !bytes.starts_with(b"PK\x03\x04");
    if !is_workbook && !is_csv {
        return again(words::WRONG_FILE);
    }
    let chosen = sent.form.get("map").to_owned();
    let kind = OwnList::kinds().find(|kind| NewForm::own_choice(kind.name()) == chosen);
    let (map, own, title) = match kind {
        Some(kind) => match own_list(kind, &sent.form, lang) {
            Ok(own) => (String::new(), Some(own), kind.label(Lang::ZhHans).to_owned()),
            Err(alert) => return told(alert),
        },
        None => match maps(desk).into_iter().find(|(name, _)| *name == chosen) {
            Some((map, title)) => (map, None, title),
            None => return again(words::WRONG_MAP),
        },
    };
    let id = random_id()?;
    let keep = || -> std::io::Result<()> {
        let folder = publishing::make_folder(&desk.settings.register.path, &id)?;
        std::fs::create_dir(folder.join("upload"))?;
        publishing::write_whole(&folder.join("upload").join(&file), bytes)
    };
    keep().map_err(|error| Failure::Internal(error.to_string()))?;
    let content = Content::File {
        map,
        own,
        sha256: register::id::key::sha256_hex(bytes),
        bytes: bytes.len() as u64,
        file: file.clone(),
    };
    added(desk, asked, id, format!("{title} · {file}"), &content)
}

/// Adds a draft of who asks and begins to find out what it would do.
fn added(
    desk: &Desk,
    asked: &Asked,
    id: String,
    title: String,
    content: &Content,
) -> Result<Outcome, Failure> {
    added_for(desk, asked, asked.name(), id, title, content)
}

/// Adds a draft that is to be somebody's: it is theirs to submit, and not theirs to approve.
pub(in crate::office::web) fn added_for(
    desk: &Desk,
    asked: &Asked,
    maker: &str,
    id: String,
    title: String,
    content: &Content,
) -> Result<Outcome, Failure> {
    let office = &desk.office;
    publishing::make_folder(&desk.settings.register.path, &id)
        .map_err(|error| Failure::Internal(error.to_string()))?;
    let now = office.now();
    let mut row = DraftRow {
        id: id.clone(),
        number: 0,
        kind: content.kind().to_owned(),
        title,
        maker: maker.to_owned(),
        made_at: now,
        changed_at: now,
        place: DraftPlace::Open,
        content: serde_json::to_string(content)
            .map_err(|error| Failure::Internal(error.to_string()))?,
        decider: String::new(),
        note: String::new(),
        plan: String::new(),
        log: None,
    };
    row.number = office.file().add_draft(&row)?;
    let mut told = about(&row);
    if let Content::File { sha256, .. } = content {
        told += &format!(" sha256:{sha256}");
    }
    office.trace(asked.name(), "draft-added", &told, &asked.whence, "ok")?;
    desk.works.look(desk.means(&id), &id, content.clone());
    Ok(Outcome::See(format!("/drafts/{id}")))
}

/// A day as a form sends it; none: empty.
fn day(text: &str) -> Result<Option<chrono::NaiveDate>, ()> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| ()),
    }
}

pub(super) fn codes(desk: &Desk, asked: &Asked, form: &Form) -> Result<Outcome, Failure> {
    let lang = asked.lang;
    let given = |name: &str| form.get(name).trim().to_owned();
    let again = |alert: Words| {
        let page = DeskPage::Drafts(DraftsPage::Codes(given("product"), given("code")));
        Ok(Outcome::Again(page, alert.to(lang).to_owned()))
    };
    let (title, content) = if form.get("do") == "issue" {
        let Ok(expires_on) = day(form.get("expires")) else { return again(words::BAD_DAY) };
        let product = given("product");
        let title = format!("{} {product}", words::ISSUE.to(Lang::ZhHans));
        let listing = given("listing");
        (title, Content::Issue { product, listing, expires_on, seed: random_id()? })
    } else {
        let (code, why, decision) = (given("code"), given("why"), given("decision"));
        let turn = Turn::ALL.into_iter().find(|turn| turn.code() == form.get("turn"));
        let Some(change) = turn.filter(|_| !why.is_empty()) else {
            return again(words::NEEDS_WHY);
        };
        let word = words::TURNS.iter().find(|(known, _)| *known == change.code());
        let word = word.map_or("", |(_, word)| word.to(Lang::ZhHans));
        (format!("{word} {code}"), Content::Status { code, change, why, decision })
    };
    added(desk, asked, random_id()?, title, &content)
}

/// Kinds that are put right here: all but those the program keeps itself.
fn kinds(lang: Lang) -> Vec<(String, String)> {
    Kind::ALL
        .into_iter()
        .filter(|kind| !matches!(kind, Kind::Key | Kind::Code | Kind::Source))
        .map(|kind| (kind.name().to_owned(), kind.label(lang).to_owned()))
        .collect()
}

/// The record a form names, as it stands today.
fn record(desk: &Desk, kind: &str, key: &str) -> Result<Option<Entry>, Failure> {
    let allowed = kinds(Lang::En);
    let kind = Kind::from_name(kind).filter(|kind| allowed.iter().any(|(k, _)| k == kind.name()));
    let Some(kind) = kind else { return Ok(None) };
    let reader = desk.settings.register.reader()?;
    let at = At { as_of: china_day(desk.office.clock().now()), known: reader.log_size()? };
    let found = reader.record(kind, key, at)?;
    if found.is_some() {
        return Ok(found);
    }
    // Addresses hold some keys in another form.
    match reader.key_of_path(kind, key)? {
        Some(key) => Ok(reader.record(kind, &key, at)?),
        None => Ok(None),
    }
}

pub(super) fn correct_form(desk: &Desk, asked: &Asked) -> Result<Outcome, Failure> {
    let (kind, key) = (asked.query.get("kind"), asked.query.get("key").trim());
    let find = || DeskPage::Drafts(DraftsPage::Find(kinds(asked.lang)));
    if key.is_empty() {
        return Ok(Outcome::Page(find()));
    }
    match record(desk, kind, key)? {
        Some(entry) => Ok(Outcome::Page(form_of(&entry, asked.lang, &entry.body))),
        None => Ok(Outcome::Again(find(), words::NO_RECORD.to(asked.lang).to_owned())),
    }
}

fn form_of(entry: &Entry, lang: Lang, body: &Body) -> DeskPage {
    let fields = fields::form(entry.kind, body)
        .into_iter()
        .map(|edited| {
            let field = edited.field;
            // Some are typed in other units than they are kept in; the column of lists says in which.
            let label = match (field.column_factor(), lang) {
                (1, _) => lang.of(&field.label).to_owned(),
                (_, Lang::En) => format!("{} ({})", lang.of(&field.label), field.column),
                _ => field.column.to_owned(),
            };
            let choices = match field.ty {
                Type::Enum(choices) => choices
                    .iter()
                    .map(|one| (one.code.to_owned(), one.label(lang).to_owned()))
                    .collect(),
                Type::Bool => [("是", words_yes(lang)), ("否", words_no(lang))]
                    .map(|(code, word)| (code.to_owned(), word.to_owned()))
                    .into(),
                _ => Vec::new(),
            };
            FieldView {
                name: field.name.to_owned(),
                label,
                value: edited.text,
                choices,
                lines: matches!(field.ty, Type::List(_)),
                editable: edited.editable,
            }
        })
        .collect();
    DeskPage::Drafts(DraftsPage::Correct(Box::new(CorrectForm {
        kind: (entry.kind.name().to_owned(), entry.kind.label(lang).to_owned()),
        key: entry.key.clone(),
        title: (entry.kind.spec().title)(&entry.body),
        valid_from: entry.valid_from.to_string(),
        fields,
        ..CorrectForm::default()
    })))
}

const fn words_yes(lang: Lang) -> &'static str {
    ["是", "是", "yes"][lang as usize]
}

const fn words_no(lang: Lang) -> &'static str {
    ["否", "否", "no"][lang as usize]
}

pub(super) fn correct(desk: &Desk, asked: &Asked, form: &Form) -> Result<Outcome, Failure> {
    let lang = asked.lang;
    let Some(entry) = record(desk, form.get("kind"), form.get("key"))? else {
        let find = DeskPage::Drafts(DraftsPage::Find(kinds(lang)));
        return Ok(Outcome::Again(find, words::NO_RECORD.to(lang).to_owned()));
    };
    let typed = |name: &str| form.find(&format!("f-{name}")).map(str::to_owned);
    let body = fields::read(entry.kind, &entry.body, &typed);
    let why = form.get("why").trim().to_owned();
    let source = form.get("source").trim().to_owned();
    let day = day(form.get("valid_from"));
    let alert = match &day {
        Err(()) | Ok(None) => Some(words::BAD_DAY),
        _ if why.is_empty() => Some(words::NEEDS_WHY),
        _ => None,
    };
    if let Some(alert) = alert {
        let mut page = form_of(&entry, lang, &body);
        if let DeskPage::Drafts(DraftsPage::Correct(form)) = &mut page {
            form.why = why;
            form.source = source;
        }
        return Ok(Outcome::Again(page, alert.to(lang).to_owned()));
    }
    let valid_from = day.ok().flatten().unwrap_or(entry.valid_from);
    let name = (entry.kind.spec().title)(&entry.body);
    let title = format!("{} {name}", entry.kind.label(Lang::ZhHans));
    let content =
        Content::Correction { record: entry.kind, key: entry.key, valid_from, why, source, body };
    added(desk, asked, random_id()?, title, &content)
}
