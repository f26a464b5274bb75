//! Charts: inline SVG whose x is in percent and y in pixels, without a viewBox, so that text never
//! scales and no style attribute is needed. Written as markup with every value escaped; the numbers are
//! also in the chart's label and in a table beside it.

use register::Lang;

use crate::i18n::{count, fill, list, percent, record as words};
use crate::model::{Comparison, Measure, YearCount};

/// Text inside markup, escaped.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// Tenths of a percent `0..=1000` on an axis from `from` % to `from + width` %.
fn place(tenths: i64, from: i64, width: i64) -> String {
    let hundredths = from * 100 + tenths.clamp(0, 1000) * width / 10;
    format!("{}.{}%", hundredths / 100, hundredths % 100 / 10)
}

/// A width in percent on an axis `width` % wide.
fn extent(tenths: i64, width: i64) -> String {
    place(tenths, 0, width)
}

/// `n% stricter than the reference standard`, in words: the first baseline need not be a national one.
#[must_use]
pub fn against_base(lang: Lang, measure: &Measure) -> String {
    match measure.measured.or(measure.limit) {
        None => list::NOT_COMPARED.to(lang).to_owned(),
        Some(0) => list::VALUE_EQUAL.to(lang).to_owned(),
        Some(n) if n > 0 => fill(list::VALUE_BETTER.to(lang), &[("n", &percent(n))]),
        Some(n) => fill(list::VALUE_WORSE.to(lang), &[("n", &percent(-n))]),
    }
}

/// The strictness chart of a list row; none where nothing can be compared.
#[must_use]
pub fn mini(lang: Lang, measure: &Measure) -> Option<String> {
    if measure.limit.is_none() && measure.measured.is_none() {
        return None;
    }
    let label = format!(
        "{} {}{}{}",
        measure.indicator,
        measure.value,
        crate::i18n::comma(lang),
        against_base(lang, measure)
    );
    let mut svg = format!(
        "<svg class=\"fig mini\" role=\"img\" aria-label=\"{}\"><rect class=\"trk\" x=\"4%\" y=\"9\" width=\"92%\" height=\"2\"/><rect class=\"base\" x=\"4%\" y=\"3\" width=\"3\" height=\"14\"/>",
        escape(&label)
    );
    if let Some(limit) = measure.limit.filter(|n| *n > 0) {
        svg.push_str(&format!(
            "<rect class=\"lit\" x=\"4%\" y=\"7\" width=\"{}\" height=\"6\"/>",
            extent(limit, 92)
        ));
    }
    if let Some(measured) = measure.measured {
        svg.push_str(&format!(
            "<circle class=\"me\" cx=\"{}\" cy=\"10\" r=\"6\"/>",
            place(measured, 4, 92)
        ));
    }
    svg.push_str("</svg>");
    Some(svg)
}

/// A line over time in a list row, from `12;0,38 100,4`: the height of the goal, then the points. The
/// numbers are beside it, so it is hidden from screen readers; none where it is not all digits.
#[must_use]
pub fn spark(drawn: &str) -> Option<String> {
    let (goal, points) = drawn.split_once(';')?;
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || b", ".contains(&b));
    (digits(goal) && digits(points)).then(|| {
        format!(
            "<svg class=\"fig\" height=\"40\" viewBox=\"0 0 100 40\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><path stroke=\"currentColor\" stroke-dasharray=\"2 2\" d=\"M0 {goal}H100\"/><polyline class=\"ln\" points=\"{points}\"/></svg>"
        )
    })
}

/// A value with its unit, `2240 N`; percent stands without a space.
#[must_use]
pub fn with_unit(value: &str, unit: &str) -> String {
    match unit {
        "" | "1" => value.to_owned(),
        "%" => format!("{value}%"),
        unit => format!("{value} {unit}"),
    }
}

/// Result of a comparison against all its baselines, in words.
#[must_use]
pub fn verdict(lang: Lang, comparison: &Comparison) -> String {
    let mut parts = Vec::new();
    for baseline in &comparison.baselines {
        let s = baseline.standard.text.as_str();
        parts.push(if baseline.limit.value.is_empty() {
            fill(words::NOT_REGULATED.to(lang), &[("s", s)])
        } else if baseline.method_equivalent == Some(false) {
            fill(words::OTHER_METHOD.to(lang), &[("s", s)])
        } else {
            match baseline.own.or(baseline.measured) {
                None => continue,
                Some(0) => fill(words::EQUAL.to(lang), &[("s", s)]),
                Some(n) => {
                    let word = if n > 0 { words::STRICTER } else { words::LOOSER };
                    fill(word.to(lang), &[("s", s), ("n", &percent(n.abs()))])
                }
            }
        });
    }
    if parts.is_empty() {
        words::NO_PERCENT.to(lang).to_owned()
    } else {
        parts.join(crate::i18n::comma(lang))
    }
}

/// The strictness chart of one indicator; none where no number may be computed.
#[must_use]
pub fn strict(lang: Lang, comparison: &Comparison) -> Option<String> {
    const FROM: i64 = 2;
    const WIDTH: i64 = 96;
    let base = comparison.baselines.first()?;
    let limit = comparison.limit.as_ref().and_then(|l| Some((l.strictness?, l)));
    let measured = comparison.measured.as_ref().and_then(|m| Some((m.limit.strictness?, &m.limit)));
    if limit.is_none() && measured.is_none() {
        return None;
    }
    let unit = comparison.unit.as_str();
    let base_text = format!("{} {}", base.standard.text, with_unit(&base.limit.value, unit));
    let mut label = format!("{}{}{base_text}", comparison.name, ["：", "：", ": "][lang as usize]);
    let mut svg = String::new();
    svg.push_str("<rect class=\"trk\" x=\"2%\" y=\"26\" width=\"96%\" height=\"2\"/>");
    if let Some((n, _)) = measured.filter(|(n, _)| *n > 0) {
        svg.push_str(&format!(
            "<rect class=\"gain\" x=\"2%\" y=\"22\" width=\"{}\" height=\"10\"/>",
            extent(n, WIDTH)
        ));
    }
    if let Some((n, _)) = limit.filter(|(n, _)| *n > 0) {
        svg.push_str(&format!(
            "<rect class=\"lit\" x=\"2%\" y=\"22\" width=\"{}\" height=\"10\"/>",
            extent(n, WIDTH)
        ));
    }
    // Ticks and labels of the other standards, only where they differ from the first.
    let mut below: Vec<(i64, String)> = vec![(0, base_text)];
    for other in comparison.baselines.iter().skip(1) {
        if let Some(n) = other.limit.strictness.filter(|n| *n > 0 && !other.limit.value.is_empty())
        {
            svg.push_str(&format!(
                "<rect class=\"alt\" x=\"{}\" y=\"18\" width=\"3\" height=\"18\"/>",
                place(n, FROM, WIDTH)
            ));
            below.push((
                n,
                format!("{} {}", other.standard.text, with_unit(&other.limit.value, unit)),
            ));
        }
    }
    svg.push_str("<rect class=\"base\" x=\"2%\" y=\"18\" width=\"3\" height=\"18\"/>");
    let mut above = None;
    if let Some((n, l)) = limit {
        let text = format!("{} {}", words::OWN.to(lang), with_unit(&l.value, unit));
        label.push_str(&format!("{}{text}", crate::i18n::comma(lang)));
        above = Some((n, text));
    }
    let mut me = None;
    if let Some((n, l)) = measured {
        svg.push_str(&format!(
            "<circle class=\"me\" cx=\"{}\" cy=\"27\" r=\"9\"/>",
            place(n, FROM, WIDTH)
        ));
        let text = format!("{} {}", words::MEASURED.to(lang), with_unit(&l.value, unit));
        label.push_str(&format!("{}{text}", crate::i18n::comma(lang)));
        me = Some((n, text));
    }
    if let Some((n, text)) = above {
        let (anchor, at) = if n >= 300 { (" class=\"e\"", n) } else { ("", 0) };
        svg.push_str(&format!(
            "<text{anchor} x=\"{}\" y=\"14\">{}</text>",
            place(at, FROM, WIDTH),
            escape(&text)
        ));
    }
    // Labels below that would run into each other are written as one; the second row is for the measured value.
    let mut row_two = None;
    if let Some((n, text)) = me {
        let anchor = if n >= 450 { "a m" } else { "a" };
        let crowded =
            below.iter().any(|(at, t)| (n - at).abs() < 250 + 8 * t.chars().count() as i64);
        let y = if crowded { 74 } else { 54 };
        if crowded {
            row_two = Some(());
        }
        let (anchor, at) = if n >= 900 { ("a e", 1000) } else { (anchor, n) };
        svg.push_str(&format!(
            "<text class=\"{anchor}\" x=\"{}\" y=\"{y}\">{}</text>",
            place(at, FROM, WIDTH),
            escape(&text)
        ));
    }
    let mut last = i64::MIN / 2;
    let mut line = String::new();
    let mut start = 0;
    below.sort_by_key(|(n, _)| *n);
    for (n, text) in below {
        if n - last < 350 {
            line.push_str(crate::i18n::and(lang));
            line.push_str(&text);
        } else {
            if !line.is_empty() {
                svg.push_str(&format!(
                    "<text x=\"{}\" y=\"54\">{}</text>",
                    place(start, FROM, WIDTH),
                    escape(&line)
                ));
            }
            line = text;
            start = n;
        }
        last = n;
    }
    let (anchor, at) = if start >= 600 { (" class=\"e\"", 1000) } else { ("", start) };
    svg.push_str(&format!(
        "<text{anchor} x=\"{}\" y=\"54\">{}</text>",
        place(at, FROM, WIDTH),
        escape(&line)
    ));
    label.push_str(&format!("{}{}", crate::i18n::comma(lang), verdict(lang, comparison)));
    let height = if row_two.is_some() { 82 } else { 62 };
    Some(format!(
        "<svg class=\"fig\" height=\"{height}\" role=\"img\" aria-label=\"{}\">{svg}</svg>",
        escape(&label)
    ))
}

/// The bar of one dimension.
#[must_use]
pub fn bar(label: &str, share: u64) -> String {
    format!(
        "<svg class=\"fig\" height=\"14\" role=\"img\" aria-label=\"{}\"><rect class=\"trk\" x=\"0\" y=\"5\" width=\"100%\" height=\"4\"/><rect class=\"lit\" x=\"0\" y=\"4\" width=\"{}\" height=\"6\"/></svg>",
        escape(label),
        extent(i64::try_from(share).unwrap_or(1000), 100)
    )
}

/// A bar beside a number that stands in the text: for the eye only.
#[must_use]
pub fn plain_bar(share: u64) -> String {
    format!(
        "<svg class=\"fig\" height=\"14\" aria-hidden=\"true\"><rect class=\"lit\" x=\"0\" y=\"2\" width=\"{}\" height=\"10\"/></svg>",
        extent(i64::try_from(share).unwrap_or(1000), 100)
    )
}

/// Columns of shares from 0 to 100 %: (words under the column, tenths of a percent). At most 12.
#[must_use]
pub fn shares(lang: Lang, alt: crate::i18n::Words, points: &[(String, u64)]) -> Option<String> {
    const TALL: u64 = 120;
    let points = &points[points.len().saturating_sub(12)..];
    if points.is_empty() {
        return None;
    }
    let said: Vec<String> =
        points.iter().map(|(word, n)| format!("{word} {}%", percent(n.cast_signed()))).collect();
    let label = fill(alt.to(lang), &[("v", &said.join(crate::i18n::comma(lang)))]);
    let slot = 10_000 / points.len() as u64;
    let x = |hundredths: u64| format!("{}.{:02}%", hundredths / 100, hundredths % 100);
    let mut svg =
        String::from("<rect class=\"base\" x=\"0\" y=\"142\" width=\"100%\" height=\"1\"/>");
    for (i, (word, tenths)) in points.iter().enumerate() {
        let tall = (tenths.min(&1000) * TALL / 1000).max(1);
        let middle = x(slot * i as u64 + slot / 2);
        svg.push_str(&format!(
            "<rect class=\"lit\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{tall}\"/><text class=\"m b\" x=\"{middle}\" y=\"{}\">{}</text><text class=\"m\" x=\"{middle}\" y=\"162\">{}</text>",
            x(slot * i as u64 + slot / 5),
            142 - tall,
            x(slot * 3 / 5),
            136 - tall,
            percent(tenths.cast_signed()),
            escape(word)
        ));
    }
    Some(format!(
        "<svg class=\"fig\" height=\"170\" role=\"img\" aria-label=\"{}\">{svg}</svg>",
        escape(&label)
    ))
}

/// The chart of a directory: grants per year, current below and ended on top. At most the last 20 years.
#[must_use]
pub fn years(lang: Lang, years: &[YearCount]) -> Option<String> {
    let years = &years[years.len().saturating_sub(20)..];
    let (first, last) = (years.first()?, years.last()?);
    let most = years.iter().max_by_key(|y| y.current + y.ended)?;
    let top = (most.current + most.ended).max(1);
    let all: u64 = years.iter().map(|y| y.current + y.ended).sum();
    let ended: u64 = years.iter().map(|y| y.ended).sum();
    let label = fill(
        words::YEARS_ALT.to(lang),
        &[
            ("a", &first.year.to_string()),
            ("b", &last.year.to_string()),
            ("y", &most.year.to_string()),
            ("m", &count(most.current + most.ended)),
            ("n", &count(all)),
            ("e", &count(ended)),
        ],
    );
    let slot = 10_000 / years.len() as u64;
    let x = |hundredths: u64| format!("{}.{:02}%", hundredths / 100, hundredths % 100);
    let mut svg =
        String::from("<rect class=\"base\" x=\"0\" y=\"150\" width=\"100%\" height=\"1\"/>");
    for (i, year) in years.iter().enumerate() {
        let left = slot * i as u64 + slot / 9;
        let width = slot * 7 / 9;
        let tall = |n: u64| if n == 0 { 0 } else { (n * 128 / top).max(2) };
        let (current, out) = (tall(year.current), tall(year.ended));
        let gap = if current > 0 && out > 0 { 2 } else { 0 };
        if current > 0 {
            svg.push_str(&format!(
                "<rect class=\"lit\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{current}\"/>",
                x(left),
                150 - current,
                x(width)
            ));
        }
        if out > 0 {
            svg.push_str(&format!(
                "<rect class=\"out\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{out}\"/>",
                x(left),
                150 - current - gap - out,
                x(width)
            ));
        }
        let middle = x(slot * i as u64 + slot / 2);
        let n = year.current + year.ended;
        if n > 0 && years.len() <= 14 || n == top {
            svg.push_str(&format!(
                "<text class=\"m b\" x=\"{middle}\" y=\"{}\">{}</text>",
                144 - current - gap - out,
                count(n)
            ));
        }
        svg.push_str(&format!(
            "<text class=\"m\" x=\"{middle}\" y=\"170\">{:02}</text>",
            year.year.rem_euclid(100)
        ));
    }
    Some(format!(
        "<svg class=\"fig\" height=\"178\" role=\"img\" aria-label=\"{}\">{svg}</svg>",
        escape(&label)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Baseline, Limit, Link, Measured};

    #[test]
    fn the_axis_runs_from_equal_to_twice_as_strict() {
        assert_eq!(place(0, 4, 92), "4.0%");
        assert_eq!(place(1000, 4, 92), "96.0%");
        assert_eq!(place(385, 2, 96), "38.9%");
        assert_eq!(place(-50, 2, 96), "2.0%");
        assert_eq!(place(5000, 2, 96), "98.0%");
    }

    #[test]
    fn a_chart_says_its_numbers_and_escapes_them() {
        let comparison = Comparison {
            name: "<b>强度".into(),
            unit: "N\"".into(),
            limit: Some(Limit { value: "1800".into(), strictness: Some(385) }),
            measured: Some(Measured {
                limit: Limit { value: "2240".into(), strictness: Some(723) },
                ..Measured::default()
            }),
            baselines: vec![Baseline {
                standard: Link::plain("GB/T 4100-2015"),
                limit: Limit { value: "1300".into(), strictness: Some(0) },
                own: Some(385),
                measured: Some(723),
                ..Baseline::default()
            }],
            ..Comparison::default()
        };
        let svg = strict(Lang::ZhHans, &comparison).unwrap();
        assert!(svg.contains("实测 2240 N&quot;"), "{svg}");
        assert!(svg.contains("比 GB/T 4100-2015 严 38.5%"), "{svg}");
        assert!(!svg.contains("<b>"), "{svg}");
        let other = Comparison {
            baselines: vec![Baseline {
                method_equivalent: Some(false),
                limit: Limit { value: "1".into(), strictness: None },
                standard: Link::plain("EN 1"),
                ..Baseline::default()
            }],
            ..Comparison::default()
        };
        assert_eq!(strict(Lang::ZhHans, &other), None, "unequal methods: no bar");
        assert!(verdict(Lang::ZhHans, &other).contains("试验方法不同"));
    }
}
