//! What the page of a code shows, from the records behind it.

use app::model::{
    CreditLine, Fact, Goods, Indicator, Link, Redress, Source, Status, StatusOf, VerifyPage,
};
use register::code::{CreditCode, Level, Statement};
use register::{Entry, Kind, Lang};

use super::view::View;
use super::{body, comparison, contest, product, timeline};
use crate::behind::Behind;
use crate::code::issue::IN_CREDIT_FILE;
use crate::store::Result;
use crate::web::limits;

/// Fills in everything but the verdict itself.
///
/// # Errors
/// When the register cannot be read.
pub fn page(view: &View<'_>, code: &CreditCode, behind: &Behind) -> Result<VerifyPage> {
    let empty = register::Body::new();
    let of_code = behind.code.as_ref().map_or(&empty, |entry| &entry.body);
    let mut sample = false;
    for entry in behind.code.iter().chain(&behind.product) {
        sample |= view.is_sample(entry)?;
    }
    Ok(VerifyPage {
        code: code.grouped(),
        plain: code.as_str().to_owned(),
        unit: code.level() == Level::Unit,
        sample,
        lot: behind.lot.clone(),
        goods: behind.product.as_ref().map(|product| goods(view, product, behind)),
        facts: facts(view, behind)?,
        indicators: indicators(view, &behind.comparisons)?,
        evaluation: evaluation(view, behind)?,
        sources: evaluation_sources(view, behind)?,
        pack: body::texts(of_code, "expected_pack").into_iter().map(str::to_owned).collect(),
        not_proof: not_proof(view, behind)?,
        redress: body::object(of_code, "redress").map(redress),
        credit: credit(view, of_code),
        credit_file: credit_file(view, of_code, behind),
        history: history(view, behind)?,
        contested: contest::behind(view, behind),
        ..VerifyPage::default()
    })
}

fn goods(view: &View<'_>, product: &Entry, behind: &Behind) -> Goods {
    let b = &product.body;
    let holder_key = body::text(b, "holder");
    let place = behind.holder.as_ref().map_or("", |holder| body::text(&holder.body, "place"));
    Goods {
        name: Link::record(body::name(b, view.lang), Kind::Product, &product.key),
        brand: body::text(b, "brand").to_owned(),
        model: body::text(b, "model").to_owned(),
        spec: body::text(b, "spec").to_owned(),
        holder: match &behind.holder {
            Some(holder) => Link::record(view.title(holder), Kind::Enterprise, holder_key),
            None => Link::plain(holder_key),
        },
        place: if place.is_empty() {
            String::new()
        } else {
            view.places.full_name(place, view.lang)
        },
        gtins: body::texts(b, "gtins").into_iter().map(str::to_owned).collect(),
    }
}

/// Validity, where it is listed, who listed it, who issued the code.
fn facts(view: &View<'_>, behind: &Behind) -> Result<Vec<Fact>> {
    use app::i18n::verify as words;
    let mut facts = Vec::new();
    let mut add = |label: app::i18n::Words, values: Vec<Link>| {
        if values.iter().any(|value| !value.text.is_empty()) {
            facts.push(Fact { label: label.to(view.lang).to_owned(), values });
        }
    };
    if let Some(listing) = behind.deciding() {
        let grant = product::grant(view, listing, false)?;
        let until = match grant.valid_until.as_str() {
            "" => app::i18n::fill(words::SINCE.to(view.lang), &[("d", &grant.granted_on)]),
            until => format!("{} {} {until}", grant.granted_on, words::TO.to(view.lang)),
        };
        add(words::VALIDITY, vec![Link::plain(until)]);
        add(words::STATUS, vec![Link::plain(status_word(&grant.status, view.lang))]);
        add(words::SCHEME, vec![grant.scheme]);
        add(words::GRANTED_BY, vec![Link::plain(grant.issuer)]);
    }
    if let Some(code) = &behind.code {
        let b = &code.body;
        let issued = match body::maybe(b, "expires_on") {
            Some(until) => {
                let to = words::TO.to(view.lang);
                format!("{} {to} {until}", body::text(b, "issued_on"))
            }
            None => body::text(b, "issued_on").to_owned(),
        };
        add(words::ISSUED, vec![Link::plain(issued)]);
        add(words::ISSUER, vec![Link::plain(body::text(b, "issuer"))]);
    }
    Ok(facts)
}

fn status_word(status: &Status, lang: Lang) -> String {
    let (_, _, word) = app::i18n::record::status(StatusOf::Listing, &status.code);
    word.to(lang).to_owned()
}

/// The first indicators compared, each in one line.
fn indicators(view: &View<'_>, comparisons: &[Entry]) -> Result<Vec<Indicator>> {
    use app::i18n::verify as words;
    use app::model::Direction;
    const SHOWN: usize = 3;
    let mut lines = Vec::new();
    for entry in comparisons.iter().take(SHOWN) {
        let one = comparison::model(view, entry)?;
        let with_unit = |value: &str| match one.unit.as_str() {
            "" => value.to_owned(),
            "%" => format!("{value}%"),
            unit => format!("{value} {unit}"),
        };
        let value = match (&one.measured, &one.limit) {
            (Some(measured), _) => with_unit(&measured.limit.value),
            (None, Some(limit)) => with_unit(&limit.value),
            (None, None) => continue,
        };
        let against = one
            .baselines
            .first()
            .filter(|first| !first.limit.value.is_empty() && first.method_equivalent != Some(false))
            .map(|first| {
                let sentence = match one.direction {
                    Direction::Lower => words::BASE_MAX,
                    Direction::Higher => words::BASE_MIN,
                    Direction::Within => words::BASE_IN,
                };
                // A limit in another unit comes with it.
                let limit = match first.limit.value.contains(' ') {
                    true => first.limit.value.clone(),
                    false => with_unit(&first.limit.value),
                };
                app::i18n::fill(sentence.to(view.lang), &[("v", &limit)])
            });
        lines.push(Indicator { name: one.name, value, against: against.unwrap_or_default() });
    }
    Ok(lines)
}

fn evaluation(view: &View<'_>, behind: &Behind) -> Result<Vec<Fact>> {
    use app::i18n::verify as words;
    let mut facts = Vec::new();
    let numbers: Vec<Link> = match &behind.product {
        Some(product) => body::texts(&product.body, "standards")
            .into_iter()
            .map(|number| view.link(Kind::Standard, number))
            .collect::<Result<_>>()?,
        None => Vec::new(),
    };
    if !numbers.is_empty() {
        facts.push(Fact { label: words::STANDARD.to(view.lang).to_owned(), values: numbers });
    }
    if let Some(evaluation) = behind.evaluations.first() {
        facts.extend(view.facts(evaluation, &["evaluator", "evaluated_on", "result"])?);
    }
    Ok(facts)
}

fn evaluation_sources(view: &View<'_>, behind: &Behind) -> Result<Vec<Source>> {
    let mut sources =
        view.sources(behind.evaluations.iter().take(1).chain(behind.comparisons.iter().take(1)))?;
    sources.truncate(2);
    Ok(sources)
}

/// What the deciding listing's scheme does not prove.
fn not_proof(view: &View<'_>, behind: &Behind) -> Result<Vec<String>> {
    let Some(listing) = behind.deciding() else { return Ok(Vec::new()) };
    let grant = product::grant(view, listing, false)?;
    Ok(Some(grant.does_not_prove).filter(|text| !text.is_empty()).into_iter().collect())
}

fn redress(b: &register::Body) -> Redress {
    let limit = body::int(b, "limit_fen").and_then(|fen| u64::try_from(fen).ok());
    Redress {
        pay_first: body::flag(b, "pay_first") == Some(true),
        insurer: body::text(b, "insurer").to_owned(),
        policy_number: body::text(b, "policy_number").to_owned(),
        limit: limit.map(yuan).unwrap_or_default(),
        valid_until: body::text(b, "valid_until").to_owned(),
        claim_url: body::text(b, "claim_url").to_owned(),
    }
}

/// Money in 分 as yuan: `2000000` → `20,000`, `2050` → `20.50`.
fn yuan(fen: u64) -> String {
    let whole = app::i18n::count(fen / 100);
    match fen % 100 {
        0 => whole,
        rest => format!("{whole}.{rest:02}"),
    }
}

fn credit(view: &View<'_>, of_code: &register::Body) -> Vec<CreditLine> {
    body::objects(of_code, "credit_sections")
        .into_iter()
        .filter(|line| body::text(line, "text") != IN_CREDIT_FILE)
        .take(limits::BLOCK_ROWS_MAX)
        .map(|line| CreditLine {
            section: view.choice(
                register::kinds::code::CREDIT_SECTIONS_SECTION,
                body::text(line, "section"),
            ),
            text: body::text(line, "text").to_owned(),
            source: body::text(line, "source").to_owned(),
            date: body::text(line, "date").to_owned(),
        })
        .collect()
}

/// The sections that the code's record leaves to the holder's credit file.
fn credit_file(view: &View<'_>, of_code: &register::Body, behind: &Behind) -> Vec<Link> {
    let holder = behind.holder.as_ref();
    let Some(file) = holder.and_then(|it| app::model::record_path(Kind::Enterprise, &it.key))
    else {
        return Vec::new();
    };
    body::objects(of_code, "credit_sections")
        .into_iter()
        .filter(|line| body::text(line, "text") == IN_CREDIT_FILE)
        .take(limits::BLOCK_ROWS_MAX)
        .map(|line| {
            // Sections have the same codes in records and in the credit file.
            let code = body::text(line, "section");
            let word = view.choice(register::kinds::code::CREDIT_SECTIONS_SECTION, code);
            Link::to(word, format!("{file}/credit#{code}"))
        })
        .collect()
}

/// The code's own history, that of the listing behind it, inspections and recalls; newest first.
fn history(view: &View<'_>, behind: &Behind) -> Result<Vec<app::model::Event>> {
    const SHOWN: usize = 8;
    let mut events = Vec::new();
    for entry in [&behind.code, &behind.unit].into_iter().flatten() {
        events.extend(view.history(Kind::Code, &entry.key)?);
    }
    if let Some(listing) = behind.deciding() {
        let scheme = view.link(Kind::Scheme, body::text(&listing.body, "scheme"))?;
        for mut event in view.history(Kind::Listing, &listing.key)? {
            event.about = Some(scheme.clone());
            events.push(event);
        }
        events.extend(timeline::expiry(view, listing, Some(scheme)));
    }
    let (holder, model) = match &behind.product {
        Some(product) => (body::text(&product.body, "holder"), body::text(&product.body, "model")),
        None => ("", ""),
    };
    // A match by name alone says nothing.
    let same = |entry: &&Entry| {
        let b = &entry.body;
        let by = body::object(b, "producer").map_or("", |producer| body::text(producer, "uscc"));
        let models = match entry.kind {
            Kind::Recall => body::texts(b, "models"),
            Kind::Inspection => vec![body::text(b, "model")],
            _ => Vec::new(),
        };
        !model.is_empty() && by == holder && models.contains(&model)
    };
    for entry in behind.adverse.iter().filter(same) {
        events.push(timeline::event(view, entry)?);
    }
    events.sort_by(|a, b| (&b.date, b.seq).cmp(&(&a.date, a.seq)));
    events.truncate(SHOWN);
    // The page names its entries once, below; what changed in detail is on the product's page.
    for event in &mut events {
        event.diffs.clear();
        event.source.clear();
    }
    Ok(events)
}

/// Notices and recalls that may be about the product, by what they print; the first few, since the product's
/// page has them all.
pub fn possible(view: &View<'_>, model: &mut VerifyPage, records: &[Entry]) {
    const SHOWN: usize = 3;
    /// A title is a source's text of any length, and the page has a budget.
    const CHARS_MAX: usize = 90;
    let short = |title: String| match title.char_indices().nth(CHARS_MAX) {
        Some((at, _)) => format!("{}…", title[..at].trim_end()),
        None => title,
    };
    let link = |record: &Entry| Link::record(short(view.title(record)), record.kind, &record.key);
    model.possible = records.iter().take(SHOWN).map(link).collect();
    model.possible_total = records.len() as u64;
}

/// Where the record a reason rests on can be read.
///
/// # Errors
/// When the register cannot be read.
pub fn about(view: &View<'_>, kind: Kind, key: &str) -> Result<Option<Link>> {
    Ok(Some(view.link(kind, key)?).filter(|link| link.href.is_some()))
}

/// Who signed a statement and for how long it speaks.
#[must_use]
pub fn signed(lang: Lang, statement: &Statement) -> Fact {
    use app::i18n::verify as words;
    let to = words::TO.to(lang);
    let days = format!("{} {to} {}", statement.issued(), statement.expires());
    Fact { label: words::SIGNED.to(lang).to_owned(), values: vec![Link::plain(days)] }
}
