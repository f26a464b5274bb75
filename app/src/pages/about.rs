//! The pages of plain text: about, methods, accessibility, privacy, complaints and corrections.

use leptos::prelude::*;

use crate::components::frame::{Head, Section, document};
use crate::i18n::{Words, about as words, fill, report, site};
use crate::model::{AboutTopic, PageContext};

/// The document.
#[must_use]
pub fn render(page: &PageContext, topic: &AboutTopic) -> String {
    let lang = page.lang;
    let (title, text, blocks): (Words, &[Words], &[(Words, Words)]) = match topic {
        AboutTopic::About => {
            (words::ABOUT_H, &[words::ABOUT_1, words::ABOUT_2, words::ABOUT_3], &[])
        }
        AboutTopic::Methods => (
            words::METHODS_H,
            &[],
            &[
                (words::M_STRICT_H, words::M_STRICT),
                (words::M_STATUS_H, words::M_STATUS),
                (words::M_DATE_H, words::M_DATE),
                (words::M_COUNT_H, words::M_COUNT),
                (words::M_COVER_H, words::M_COVER),
            ],
        ),
        AboutTopic::Accessibility => (words::ACCESS_H, &[words::ACCESS_1, words::ACCESS_2], &[]),
        AboutTopic::Privacy => (
            words::PRIVACY_H,
            &[
                words::PRIVACY_1,
                words::PRIVACY_2,
                words::PRIVACY_SCAN,
                words::PRIVACY_NOTE,
                words::PRIVACY_SEEN,
                words::PRIVACY_3,
            ],
            &[],
        ),
        AboutTopic::Report => (
            words::REPORT_H,
            &[],
            &[(words::R_BUY_H, words::R_BUY), (words::R_FIX_H, words::R_FIX)],
        ),
    };
    let head = Head {
        title: title.to(lang).to_owned(),
        description: text
            .first()
            .or(blocks.first().map(|(_, text)| text))
            .unwrap_or(&site::HOME_DESCRIPTION)
            .to(lang)
            .to_owned(),
        ..Head::default()
    };
    document(page, head, Section::None, || {
        let text: Vec<_> = text.iter().map(|p| view! { <p>{p.to(lang)}</p> }.into_any()).collect();
        let blocks: Vec<_> = blocks
            .iter()
            .map(|(heading, text)| {
                view! { <section class="sec"><h2>{heading.to(lang)}</h2><p>{text.to(lang)}</p></section> }.into_any()
            })
            .collect();
        let office = (!page.office.is_empty() && *topic == AboutTopic::Report).then(
            || view! { <p class="src">{site::OFFICE.to(lang).replace("{o}", &page.office)}</p> },
        );
        // Where readers can report errors, the page on complaints says so, and the one on privacy what is kept.
        let reports = page.reports.and_then(|kept| match topic {
            AboutTopic::Report => Some(view! {
                <section class="sec"><h2>{report::TITLE.to(lang)}</h2><p>{report::WAY.to(lang)}</p><p><a class="lk" href=page.now("/case")>{report::NO_CASE.to(lang)}</a></p></section>
            }.into_any()),
            AboutTopic::Privacy => {
                let kept = kept.to_string();
                Some(view! { <p>{fill(report::PRIVACY.to(lang), &[("k", &kept)])}</p> }.into_any())
            }
            _ => None,
        });
        let code = page.query.strip_prefix("code=").filter(|_| *topic == AboutTopic::Report);
        let code = code.map(|code| {
            view! { <p class="box">{words::R_CODE.to(lang)}<b>{code.to_owned()}</b></p> }
        });
        view! { <div class="head"><h1>{title.to(lang)}</h1></div><div class="text">{code}{text}{blocks}{reports}{office}</div> }.into_any()
    })
}
