//! The page of a failure.

use app::model::{self, PageContext};
use app::pages;
use register::Lang;
use search::Query;
use search::catalogue::Catalogue;

use super::{Asking, context};
use crate::web::Portal;
use crate::web::failure::Failure;
use crate::web::index::Moment;
use crate::web::project::view::View;
use crate::web::project::{coverage, list};
use crate::web::router::{Format, Page, Route};

/// The page of a failure, with links that lead on.
#[must_use]
pub fn error_page(
    portal: &Portal,
    present: Option<&Moment>,
    lang: Lang,
    path: &str,
    failure: &Failure,
) -> String {
    let guess = path.rsplit('/').next().unwrap_or_default();
    let guess = guess.strip_suffix(".json").or(guess.strip_suffix(".csv")).unwrap_or(guess);
    let guess: String = percent_encoding::percent_decode_str(guess)
        .decode_utf8_lossy()
        .chars()
        .filter(|c| !c.is_control() && *c != '\u{fffd}')
        .take(100)
        .collect();
    let near = match (failure, present) {
        (Failure::NotFound, Some(present)) => near(present, &guess, lang),
        _ => Vec::new(),
    };
    let page = model::ErrorPage {
        kind: match failure {
            Failure::NotFound => model::ErrorKind::NotFound,
            Failure::Gone => model::ErrorKind::Gone,
            Failure::Internal(_) => model::ErrorKind::Internal,
            Failure::TooMany { .. } => model::ErrorKind::TooMany,
            Failure::Busy | Failure::Opening => model::ErrorKind::Unavailable,
            _ => model::ErrorKind::BadRequest,
        },
        detail: failure.sentence(lang),
        guess,
        near,
        coverage: match (failure, present) {
            (Failure::NotFound, Some(present)) => looked_in(portal, present, lang, path),
            _ => None,
        },
    };
    let route = Route {
        lang,
        page: Page::Home,
        format: Format::Html,
        path: "/".to_owned(),
        key: String::new(),
    };
    let asking = Asking::of(route);
    let context = match present {
        Some(present) => context(portal, &asking, present),
        None => PageContext { lang, assets: portal.page_assets.clone(), ..PageContext::default() },
    };
    // There is nothing here to quote.
    let context = PageContext { cite: String::new(), ..context };
    pages::error::render(&context, &page)
}

/// What the list holds that an address was looked for in: "not found" means no more than that.
fn looked_in(portal: &Portal, present: &Moment, lang: Lang, path: &str) -> Option<model::Coverage> {
    let (_, path) = Lang::of_path(path);
    let folder = path.trim_start_matches('/').split(['/', '.']).next()?;
    let catalogue = match folder {
        "directories" => Catalogue::Listings,
        name => Catalogue::from_name(name)?,
    };
    let mut found = None;
    let read = portal.indexes.read(|reader| {
        let all_sample = present.head.all_sample;
        let view = View::new(reader, present.at, lang, &present.places, all_sample);
        let rows = present.rows(catalogue) as u64;
        found = Some(coverage::of_list(&view, present.sources(catalogue), rows)?);
        Ok(())
    });
    read.ok().and(found)
}

/// Records close to what the reader may have looked for: what a search for it, or for its beginning, finds.
fn near(present: &Moment, guess: &str, lang: Lang) -> Vec<(model::Link, String)> {
    const NEAR_SHOWN: usize = 5;
    let mut found: Vec<(model::Link, String)> = Vec::new();
    let words = guess.replace(['_', '-'], " ");
    let mut tries = vec![guess.to_owned(), words.trim().to_owned()];
    let shorter: String = guess.chars().take(guess.chars().count() * 2 / 3).collect();
    if shorter.chars().count() >= 4 {
        tries.push(shorter);
    }
    for text in tries.iter().filter(|text| !text.is_empty()) {
        for catalogue in [
            Catalogue::Products,
            Catalogue::Standards,
            Catalogue::Enterprises,
            Catalogue::Notices,
            Catalogue::Services,
            Catalogue::Systems,
        ] {
            let Ok(query) =
                Query::parse(search::spec(catalogue), [("q", text.as_str()), ("per_page", "5")])
            else {
                continue;
            };
            for row in present.search(&query).rows {
                let link = model::Link::to(
                    list::title(catalogue, &row, lang),
                    list::path(catalogue, &row),
                );
                if !found.iter().any(|(known, _)| *known == link) {
                    found.push((link, row.key.clone()));
                }
                if found.len() == NEAR_SHOWN {
                    return found;
                }
            }
        }
    }
    found
}
