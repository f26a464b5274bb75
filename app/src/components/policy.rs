//! Blocks the pages of policies, targets and departments share.

use leptos::prelude::*;
use register::Lang;

use super::chart::escape;
use super::text::{link, status};
use crate::i18n::{comma, fill, policy as words};
use crate::model::{Link, MeasureLine, Office, PageContext, Point, TargetLine};

/// The language of text that is simplified Chinese whatever the page's language.
#[must_use]
pub const fn chinese(lang: Lang) -> Option<&'static str> {
    match lang {
        Lang::ZhHans => None,
        _ => Some("zh-Hans"),
    }
}

/// The id of a clause on its policy's page: `（一）2` is `c-一-2`.
#[must_use]
pub fn anchor(clause: &str) -> String {
    let mut id = String::from("c");
    let mut gap = true;
    for c in clause.chars() {
        if c.is_alphanumeric() {
            if gap {
                id.push('-');
            }
            id.push(c);
        }
        gap = !c.is_alphanumeric();
    }
    id
}

/// Departments, each with who took over.
pub fn offices(page: &PageContext, all: &[Office]) -> Vec<AnyView> {
    all.iter()
        .map(|office| {
            let next: Vec<_> = office
                .next
                .iter()
                .map(|(to, year)| {
                    let sentence = fill(words::NOW_IS.to(page.lang), &[("y", year)]);
                    let (before, after) = sentence.split_once("{d}").unwrap_or((&sentence, ""));
                    view! { <br /><small class="q">{before.to_owned()}{link(page, to)}{super::text::some(after).map(str::to_owned)}</small> }
                        .into_any()
                })
                .collect();
            view! { <li>{link(page, &office.link)}{next}</li> }.into_any()
        })
        .collect()
}

/// Targets, one line each; `within` a heading of the third level, else of the second.
pub fn targets(page: &PageContext, all: &[TargetLine], within: bool) -> AnyView {
    let lang = page.lang;
    let rows: Vec<_> = all
        .iter()
        .map(|target| {
            let tag = target.quoted.then(|| chinese(lang)).flatten();
            let mut line = vec![target.goal.clone()];
            if !target.due.is_empty() {
                line.push(fill(words::DUE_ON.to(lang), &[("d", &target.due)]));
            }
            let value = (!target.value.is_empty())
                .then(|| view! { <p class="num"><b>{target.value.clone()}</b></p> });
            let to = link(page, &target.link);
            let heading = if within {
                view! { <h4 lang=tag>{to}</h4> }.into_any()
            } else {
                view! { <h3 lang=tag>{to}</h3> }.into_any()
            };
            view! {
                <li><article>
                    <div>{heading}<p class="sm q">{line.join(comma(lang))}</p></div>
                    <div>{status(lang, &target.status)}{value}</div>
                </article></li>
            }
            .into_any()
        })
        .collect();
    view! { <ol class="rows r2">{rows}</ol> }.into_any()
}

/// Measures, document by document.
pub fn measures(page: &PageContext, all: &[MeasureLine]) -> AnyView {
    let tag = chinese(page.lang);
    let mut groups: Vec<(&str, Vec<&Link>)> = Vec::new();
    for one in all {
        match groups.last_mut() {
            Some((policy, links)) if *policy == one.policy => links.push(&one.link),
            _ => groups.push((&one.policy, vec![&one.link])),
        }
    }
    let groups: Vec<_> = groups
        .into_iter()
        .map(|(policy, links)| {
            let links: Vec<_> = links
                .into_iter()
                .map(|to| view! { <li lang=tag>{link(page, to)}</li> }.into_any())
                .collect();
            view! { <h3 class="gap4">{policy.to_owned()}</h3><ul class="do2">{links}</ul> }
                .into_any()
        })
        .collect();
    groups.into_any()
}

/// The value of a target over time, with the goal as a dashed line.
#[must_use]
pub fn trend(
    lang: Lang,
    points: &[Point],
    goal_height: i64,
    goal: &str,
    due: Option<i64>,
) -> Option<String> {
    const TOP: i64 = 24;
    const HEIGHT: i64 = 126;
    let (first, last) = (points.first()?, points.last()?);
    if points.len() < 2 {
        return None;
    }
    let y = |thousandths: i64| TOP + HEIGHT - thousandths * HEIGHT / 1000;
    let x = |thousandths: i64| format!("{}.{}%", thousandths / 10, thousandths % 10);
    let label = fill(
        words::TREND_ALT.to(lang),
        &[
            ("a", &first.day),
            ("b", &last.day),
            ("x", &first.value),
            ("y", &last.value),
            ("g", goal),
        ],
    );
    let mut svg = format!(
        "<rect class=\"base\" x=\"0\" y=\"{}\" width=\"100%\" height=\"1\"/>",
        TOP + HEIGHT
    );
    svg.push_str(&format!(
        "<line x1=\"0\" x2=\"100%\" y1=\"{0}\" y2=\"{0}\" stroke=\"currentColor\" stroke-width=\"2\" stroke-dasharray=\"5 5\"/>",
        y(goal_height)
    ));
    if let Some(due) = due {
        svg.push_str(&format!(
            "<line x1=\"{0}\" x2=\"{0}\" y1=\"{TOP}\" y2=\"{1}\" stroke=\"currentColor\" stroke-dasharray=\"2 4\"/>",
            x(due),
            TOP + HEIGHT
        ));
    }
    for pair in points.windows(2) {
        svg.push_str(&format!(
            "<line class=\"ln\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/>",
            x(pair[0].place),
            y(pair[0].height),
            x(pair[1].place),
            y(pair[1].height)
        ));
    }
    // Above the line where there is room, else below it.
    let text_y = if goal_height > 900 { y(goal_height) - 8 } else { y(goal_height) - 6 };
    svg.push_str(&format!("<text x=\"0\" y=\"{text_y}\">{}</text>", escape(goal)));
    svg.push_str(&format!(
        "<text x=\"0\" y=\"{}\">{}</text>",
        TOP + HEIGHT + 20,
        escape(&first.day)
    ));
    svg.push_str(&format!(
        "<text class=\"e\" x=\"100%\" y=\"{}\">{}</text>",
        TOP + HEIGHT + 20,
        escape(&last.day)
    ));
    svg.push_str(&format!(
        "<circle class=\"me\" cx=\"{}\" cy=\"{}\" r=\"6\"/>",
        x(last.place),
        y(last.height)
    ));
    Some(format!(
        "<svg class=\"fig\" height=\"{}\" role=\"img\" aria-label=\"{}\">{svg}</svg>",
        TOP + HEIGHT + 28,
        escape(&label)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_has_an_address_of_its_own() {
        assert_eq!(anchor("二（四）1"), "c-二-四-1");
        assert_eq!(anchor("（十六）"), "c-十六");
        assert_eq!(anchor("17"), "c-17");
        assert_ne!(anchor("一（二）1"), anchor("一（二）11"));
    }
}
