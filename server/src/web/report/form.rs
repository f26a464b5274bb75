//! A form that was sent: checked field by field, then taken in.

use super::*;
use crate::cases::{Asker, Filed, What, Written};

/// What was sent.
#[derive(Debug, Default)]
struct Sent {
    about: String,
    token: String,
    form: ReportForm,
}

impl Sent {
    fn parse(bytes: &[u8]) -> Sent {
        let mut sent = Sent::default();
        for (name, value) in form_urlencoded::parse(bytes) {
            // Browsers send line breaks as CR LF; no other control character belongs in a text.
            let text: String = value
                .replace("\r\n", "\n")
                .chars()
                .filter(|c| !c.is_control() || *c == '\n')
                .collect();
            let field = match &*name {
                "about" => &mut sent.about,
                "token" => &mut sent.token,
                "what" => &mut sent.form.what,
                "who" => &mut sent.form.who,
                "right" => &mut sent.form.right,
                "evidence" => &mut sent.form.evidence,
                "name" => &mut sent.form.name,
                "contact" => &mut sent.form.contact,
                "bought" => &mut sent.form.bought,
                "homepage" => &mut sent.form.honey,
                _ => continue,
            };
            *field = text.trim().to_owned();
        }
        sent
    }
}

/// Why a form is asked for again.
struct Again {
    status: StatusCode,
    alert: String,
    errors: Vec<(&'static str, String)>,
    wait: Option<u32>,
}

impl Again {
    fn of(status: StatusCode, alert: &str) -> Again {
        Again { status, alert: alert.to_owned(), errors: Vec::new(), wait: None }
    }
}

pub(super) async fn sent(
    portal: &Arc<Portal>,
    mut asking: Asking,
    parts: &Parts,
    body: HttpBody,
    coding: Coding,
) -> Result<Answer, Failure> {
    let bytes = upload::collected(body, limits::CASE_BYTES_MAX).await;
    let network = parts.extensions.get::<Prefix>().copied();
    let _turn = portal.lanes.enter(Class::Upload).await?;
    let portal = Arc::clone(portal);
    blocking(move || {
        let desk = portal.desk.as_ref().ok_or(Failure::NotFound)?;
        let lang = asking.route.lang;
        let Ok(bytes) = bytes else { return too_large(&portal, &asking, lang, coding) };
        let sent = Sent::parse(&bytes);
        let subject = subject(&portal, &sent.about, lang)?;
        asking.narrowed = vec![(ABOUT, subject.about.clone())];
        asking.canonical = asking.narrowed_query();
        match taken(&portal, desk, &subject, &sent, network, lang)? {
            Ok(row) => {
                let size = if asking.times.large { "&size=large" } else { "" };
                let (prefix, number) = (lang.prefix(), number::grouped(&row.number));
                Ok(see_other(format!("{prefix}/case?{NUMBER}={number}{size}")))
            }
            Err(again) => {
                let mut model = page(&portal, desk, &subject, sent.form, lang)?;
                model.errors = again.errors;
                model.alert = again.alert;
                let answer = shown(&portal, &asking, &model, again.status, coding)?;
                Ok(match again.wait {
                    Some(wait) => answer.with(header::RETRY_AFTER, &wait.to_string()),
                    None => answer,
                })
            }
        }
    })
    .await
}

/// More than a form holds: nothing of it was read, so there is no record to show it with.
fn too_large(
    portal: &Portal,
    asking: &Asking,
    lang: Lang,
    coding: Coding,
) -> Result<Answer, Failure> {
    let model = ReportPage {
        alert: words::AL_LARGE.to(lang).to_owned(),
        href: "/".to_owned(),
        most: limits::CASE_CHARS_MAX,
        days: [cases::EXAMINE_DAYS, cases::ANSWER_DAYS],
        kept: portal.reports().unwrap_or(cases::KEEP_DAYS),
        ..ReportPage::default()
    };
    shown(portal, asking, &model, StatusCode::PAYLOAD_TOO_LARGE, coding)
}

/// The case a form becomes, or why not.
fn taken(
    portal: &Portal,
    desk: &Desk,
    subject: &Subject,
    sent: &Sent,
    network: Option<Prefix>,
    lang: Lang,
) -> Result<Result<CaseRow, Again>, Failure> {
    const AGAIN: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
    let again =
        |words: app::i18n::Words, n: String| Again::of(AGAIN, &fill(words.to(lang), &[("n", &n)]));
    let form = &sent.form;
    let errors = errors(form, subject.unknown, lang);
    if !errors.is_empty() || !form.honey.is_empty() {
        let n = errors.len() + usize::from(!form.honey.is_empty());
        return Ok(Err(Again { errors, ..again(words::AL_FIX, n.to_string()) }));
    }
    let now = portal.indexes.instant();
    match desk.cases.age(&sent.token, &subject.about, now.timestamp()) {
        Some(age) if age < limits::CASE_FORM_SECONDS_MIN => {
            return Ok(Err(again(words::AL_FAST, limits::CASE_FORM_SECONDS_MIN.to_string())));
        }
        Some(age) if age <= limits::CASE_FORM_SECONDS_MAX => {}
        _ => return Ok(Err(again(words::AL_OLD, String::new()))),
    }
    let (what, asker) = match (
        What::ALL.into_iter().find(|what| what.code() == form.what),
        Asker::ALL.into_iter().find(|asker| asker.code() == form.who),
    ) {
        (Some(what), Some(asker)) => (what, asker),
        // Both were looked at above.
        _ => return Err(Failure::NotFound),
    };
    let written = Written {
        name: form.name.clone(),
        contact: form.contact.clone(),
        right: form.right.clone(),
        evidence: form.evidence.clone(),
        code: subject.code.clone(),
        bought: if subject.unknown { form.bought.clone() } else { String::new() },
    };
    let filed = Filed {
        token: &sent.token,
        kind: subject.kind.name(),
        key: &subject.key,
        what,
        asker,
        written: &written,
    };
    // Sent twice, by impatience or by a reload: the same case, which costs the network nothing.
    if let Some(row) = desk.cases.before(&filed)? {
        return Ok(Ok(row));
    }
    if let Some(network) = network
        // Codes that are not on record are without number: a network has room for them as for one record.
        && let Err(Wait(seconds)) =
            desk.room(network, if subject.unknown { "code" } else { &subject.about }, Instant::now())
    {
        let minutes = seconds.div_ceil(60).max(1).to_string();
        let alert = fill(words::AL_MANY.to(lang), &[("n", &minutes)]);
        let again = Again::of(StatusCode::TOO_MANY_REQUESTS, &alert);
        return Ok(Err(Again { wait: Some(seconds), ..again }));
    }
    let most = [limits::CASES_OPEN_A_RECORD_MAX, limits::CASES_OPEN_MAX];
    let full = |words: app::i18n::Words| {
        let n = limits::CASES_OPEN_A_RECORD_MAX.to_string();
        Again::of(StatusCode::SERVICE_UNAVAILABLE, &fill(words.to(lang), &[("n", &n)]))
    };
    Ok(match desk.cases.take(&filed, china_day(now), most)? {
        CaseTaken::In(row) => Ok(*row),
        CaseTaken::RecordFull => Err(full(words::AL_RECORD)),
        CaseTaken::Full => Err(full(words::AL_FULL)),
    })
}

/// What is wrong with the fields, in the order of the form.
fn errors(form: &ReportForm, unknown: bool, lang: Lang) -> Vec<(&'static str, String)> {
    let firm = form.who == Asker::Enterprise.code();
    let [right, evidence, line] = limits::CASE_CHARS_MAX;
    let mut errors = Vec::new();
    let mut check =
        |name: &'static str, wrong: Option<app::i18n::Words>, most: usize, text: &str| {
            let chars = text.chars().count();
            if let Some(words) = wrong {
                errors.push((name, words.to(lang).to_owned()));
            } else if chars > most {
                let (n, m) = (most.to_string(), chars.to_string());
                errors.push((name, fill(words::E_LONG.to(lang), &[("n", &n), ("m", &m)])));
            }
        };
    let known = |all: &[&str], code: &str| (!all.contains(&code)).then_some(words::E_CHOOSE);
    // Of what is not on record nothing can be wrong but that it is used.
    let whats: &[What] = if unknown { &[What::Fake] } else { &What::ALL };
    let whats: Vec<&str> = whats.iter().map(|what| what.code()).collect();
    check("what", known(&whats, &form.what), usize::MAX, "");
    check("who", known(&Asker::ALL.map(Asker::code), &form.who), usize::MAX, "");
    let lacks = |lacks: bool, words| lacks.then_some(words);
    let empty = form.right.is_empty();
    check("right", lacks(empty, words::E_RIGHT), right, &form.right);
    if unknown {
        check("bought", None, line, &form.bought);
    }
    let empty = firm && form.evidence.is_empty();
    check("evidence", lacks(empty, words::E_EVIDENCE), evidence, &form.evidence);
    let empty = firm && form.name.is_empty();
    check("name", lacks(empty, words::E_NAME), line, &form.name);
    let empty = firm && form.contact.is_empty();
    check("contact", lacks(empty, words::E_CONTACT), line, &form.contact);
    errors
}
