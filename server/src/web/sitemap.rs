//! `robots.txt` and the sitemap: record pages and plain lists, never a combination of filters.
//!
//! Addresses are absolute where `--origin` is set (the sitemap protocol wants them so), else paths.

use std::fmt::Write;

use register::Lang;
use search::Query;
use search::catalogue::Catalogue;

use super::index::Moment;
use super::limits::SITEMAP_URLS_MAX;
use super::project::list;

/// Pages without a record behind them.
const PLAIN: [&str; 21] = [
    "/",
    "/products",
    "/directories",
    "/enterprises",
    "/standards",
    "/notices",
    "/policies",
    "/targets",
    "/departments",
    "/systems",
    "/services",
    "/statistics",
    "/changes",
    "/places",
    "/scan",
    "/data",
    "/about",
    "/methods",
    "/accessibility",
    "/privacy",
    "/12315",
];

/// Catalogues whose rows are pages of their own.
const LISTED: [Catalogue; 9] = [
    Catalogue::Products,
    Catalogue::Enterprises,
    Catalogue::Standards,
    Catalogue::Notices,
    Catalogue::Policies,
    Catalogue::Targets,
    Catalogue::Departments,
    Catalogue::Systems,
    Catalogue::Services,
];

/// `robots.txt`: everything may be read, combinations of filters may not be crawled.
#[must_use]
pub fn robots(origin: &str) -> String {
    let mut text = String::from("User-agent: *\nAllow: /\n");
    for prefix in Lang::ALL.map(Lang::prefix) {
        for catalogue in Catalogue::ALL {
            // One filter or one page of a plain list is fine; two parameters are a combination.
            let name = search::spec(catalogue).name;
            let _ = writeln!(text, "Disallow: {prefix}/{name}?*&");
            let _ = writeln!(text, "Disallow: {prefix}/{name}?q=");
        }
        let _ = writeln!(text, "Disallow: {prefix}/changes?");
        let _ = writeln!(text, "Disallow: {prefix}/directories/*?*&");
        let _ = writeln!(text, "Disallow: {prefix}/directories/*?q=");
    }
    let _ = writeln!(text, "Disallow: /shelf/\nDisallow: /*as_of=\nDisallow: /*known=");
    let _ = writeln!(text, "\nSitemap: {origin}/sitemap.xml");
    text
}

/// `sitemap.xml`: the parts.
#[must_use]
pub fn index(present: &Moment, origin: &str) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let mut part = |name: &str| {
        let _ = writeln!(xml, "<sitemap><loc>{origin}/sitemap/{name}.xml</loc></sitemap>");
    };
    part("pages");
    for catalogue in LISTED {
        let rows = present.rows(catalogue);
        for i in 0..rows.div_ceil(SITEMAP_URLS_MAX) {
            part(&format!("{}-{}", search::spec(catalogue).name, i + 1));
        }
    }
    xml.push_str("</sitemapindex>\n");
    xml
}

/// One part, by its file name.
#[must_use]
pub fn part(present: &Moment, origin: &str, file: &str) -> Option<String> {
    let name = file.strip_suffix(".xml")?;
    let mut paths: Vec<String> = Vec::new();
    if name == "pages" {
        paths.extend(PLAIN.map(str::to_owned));
        let schemes = present.totals().listings;
        paths.extend(
            schemes
                .keys()
                .filter_map(|scheme| app::model::record_path(register::Kind::Scheme, scheme)),
        );
    } else {
        let (catalogue, number) = name.rsplit_once('-')?;
        let catalogue =
            LISTED.into_iter().find(|listed| search::spec(*listed).name == catalogue)?;
        let number: u32 = number.parse().ok()?;
        let mut query = Query::all(search::spec(catalogue));
        query.per_page = u32::try_from(SITEMAP_URLS_MAX).ok()?;
        query.page = Some(number).filter(|number| *number > 0)?;
        let rows = present.search(&query).rows;
        if rows.is_empty() {
            return None;
        }
        paths.extend(rows.iter().map(|row| list::path(catalogue, row)));
    }
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    for path in paths {
        let _ = write!(xml, "<url><loc>{}</loc>", escaped(origin, Lang::ZhHans, &path));
        for lang in Lang::ALL {
            let (tag, href) = (lang.tag(), escaped(origin, lang, &path));
            let _ =
                write!(xml, "<xhtml:link rel=\"alternate\" hreflang=\"{tag}\" href=\"{href}\"/>");
        }
        xml.push_str("</url>\n");
    }
    xml.push_str("</urlset>\n");
    Some(xml)
}

/// An address in a language; paths are percent-encoded, the origin is the operator's.
fn escaped(origin: &str, lang: Lang, path: &str) -> String {
    let path = if path == "/" && lang != Lang::ZhHans { "" } else { path };
    format!("{origin}{}{path}", lang.prefix())
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}
