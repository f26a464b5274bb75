//! A failure as the answer to a request: a page, a problem document (RFC 9457), or plain text.

use std::sync::Arc;

use axum::http::header;
use register::Lang;

use super::Failure;
use crate::web::bodies::Coding;
use crate::web::reply::{Answer, HTML, Keep, PROBLEM, Policy, TEXT};
use crate::web::router::{self, Format};
use crate::web::{Portal, answer, blocking, limits};

/// How a failure is told before it is known what was asked for: below the API never as a page.
pub(in crate::web) fn failures_as(path: &str) -> Format {
    let (_, path) = Lang::of_path(path);
    if path.starts_with(router::API) { Format::Json } else { Format::Html }
}

/// How a failure is to be told.
#[derive(Clone, Copy, Debug)]
pub(in crate::web) struct Wants {
    /// How bytes may be coded.
    pub coding: Coding,
    /// A client that asks for no page.
    pub json: bool,
}

pub(in crate::web) async fn failed(
    portal: Arc<Portal>,
    failure: Failure,
    lang: Lang,
    format: Format,
    path: String,
    wants: Wants,
) -> Answer {
    if let Failure::Internal(text) = &failure {
        tracing::error!(error = %text, "a request failed");
    }
    // Turning somebody away has to cost next to nothing: that page is made once for a language.
    // So is the one that tells of damage: it has nothing of the register.
    let busy = matches!(failure, Failure::Busy | Failure::Damaged)
        .then(|| format!("{} {:?} {lang:?}", failure.slug(), wants.coding));
    let mut answer = if format != Format::Html || wants.json {
        Answer::ok(PROBLEM, Policy::Data, &failure.problem(lang), wants.coding)
    } else if let Some(kept) = busy.as_ref().and_then(|busy| portal.bodies.get(busy)) {
        return kept;
    } else {
        let told = failure.clone();
        let keeper = Arc::clone(&portal);
        let Some(_turn) = keeper.lanes.enter_failure().await else {
            return plain_failure(&failure, lang);
        };
        let for_all = busy.is_some();
        let path = if for_all { lang.prefix().to_owned() + "/" } else { path };
        let page = blocking(move || {
            // A page for all names no moment of the register.
            let present = if for_all { None } else { portal.indexes.unchanged().ok().flatten() };
            // Nor does one of lists that are not there yet.
            let present = present.filter(|present| present.whole);
            let page = answer::error_page(&portal, present.as_deref(), lang, &path, &told);
            Ok(page)
        });
        match page.await {
            Ok(page) => {
                let mut answer = Answer::ok(HTML, Policy::Still, page.as_bytes(), wants.coding);
                answer.by_accept = true;
                let answer = finish_failure(answer, &failure);
                if let Some(busy) = busy {
                    keeper.bodies.put(busy, answer.clone(), answer.body.bytes.len());
                }
                return answer;
            }
            Err(_) => return plain_failure(&failure, lang),
        }
    };
    answer.by_accept = true;
    finish_failure(answer, &failure)
}

/// A failure without a page: when the page itself fails.
pub(in crate::web) fn plain_failure(failure: &Failure, lang: Lang) -> Answer {
    let text = failure.sentence(lang) + "\n";
    finish_failure(Answer::ok(TEXT, Policy::Data, text.as_bytes(), Coding::Identity), failure)
}

fn finish_failure(mut answer: Answer, failure: &Failure) -> Answer {
    answer.status = failure.status();
    answer.keep = Keep::Never;
    if let Failure::TooMany { wait } = failure {
        return answer.with(header::RETRY_AFTER, &wait.to_string());
    }
    if matches!(failure, Failure::Busy | Failure::Opening) {
        return answer.with(header::RETRY_AFTER, &limits::RETRY_AFTER_S.to_string());
    }
    answer
}
