//! Random records and queries.

use crate::catalogue::{CatalogueSpec, Row};
use crate::labels::Labels;
use crate::query::Query;
use crate::{fold, pinyin};

/// SplitMix64: small, the same everywhere.
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Random {
        Random(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    /// Below `n`; 0 for 0.
    pub(super) fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

/// Few characters, so that texts overlap; with traditional and simplified pairs, polyphones, compatibility forms.
const CHARS: &[&str] = &[
    "陶", "瓷", "砖", "磚", "调", "調", "空", "机", "機", "行", "长", "長", "厂", "廠", "率", "绿",
    "a", "B", "b", "x", "Ｘ", "t", "1", "２", "4", "0", "-", "—", " ", "  ", "　", "/", "（", "(",
    "㎡", "①", "É", "é", "ß", "ﬁ", "Ω", "电", "電", "西", "安", "先",
];
const NUMBERS: &[&str] = &[
    "GB/T 4100-2015",
    "GB/T 41001-2020",
    "GB 4100-1999",
    "T/LBX 012—2025",
    "T/LBX 0121-2025",
    "Q/GDMD001-2019",
    "ISO 9001:2015",
    "DB44/T 2599-2024",
    "IEC 62552-3:2015",
    "GB 21455-2019",
];

fn text(random: &mut Random, number: bool) -> String {
    if number && !random.one_in(6) {
        return (*random.pick(NUMBERS)).to_owned();
    }
    let len = 1 + random.below(6);
    (0..len).map(|_| *random.pick(CHARS)).collect()
}

fn codes(random: &mut Random, spec: &CatalogueSpec, facet: usize) -> Vec<String> {
    let facet = &spec.facets[facet];
    let count = [0, 1, 1, 1, 2, 3][random.below(6)];
    let mut list = Vec::new();
    for _ in 0..count {
        list.push(code(random, facet));
        if facet.name == "place" {
            list.extend(["440000".to_owned(), "440600".to_owned()]);
        }
    }
    list
}

fn code(random: &mut Random, facet: &crate::Facet) -> String {
    if !facet.values().is_empty() && !random.one_in(10) {
        return facet.values()[random.below(facet.values().len())].code.to_owned();
    }
    ["甲", "乙", "440606", "440604", "x y", "家电/制冷", "2024", "2025"][random.below(8)].to_owned()
}

fn row(random: &mut Random, spec: &CatalogueSpec) -> Row {
    let mut row = spec.blank_row();
    row.key = if random.one_in(3) {
        format!("K/{}-{}", random.below(400), random.pick(CHARS).trim())
    } else {
        format!("p-{:012x}", random.next() >> 16)
    };
    for (i, column) in spec.texts.iter().enumerate() {
        let count = [0, 1, 1, 1, 1, 2, 3][random.below(7)];
        let values: Vec<String> = (0..count).map(|_| text(random, column.number)).collect();
        row.texts[i] = values.join("\n");
    }
    for i in 0..spec.facets.len() {
        row.facets[i] = codes(random, spec, i);
    }
    for number in &mut row.numbers {
        *number = match random.below(12) {
            0..3 => None,
            3 => Some(-(random.below(1000) as i64)),
            4 => Some(i64::MAX - random.below(3) as i64),
            _ => Some(20_000 + random.below(40) as i64),
        };
    }
    for display in &mut row.display {
        if !random.one_in(3) {
            *display = format!("{}", random.below(30));
        }
    }
    row
}

/// Records with distinct keys. Half the sets have keys of one form, as products do.
pub(super) fn rows(random: &mut Random, spec: &CatalogueSpec, count: usize) -> Vec<Row> {
    let one_form = random.one_in(2);
    let mut rows: Vec<Row> = (0..count).map(|_| row(random, spec)).collect();
    if one_form {
        rows.iter_mut().for_each(|r| r.key = format!("p-{:012x}", random.next() >> 16));
    }
    rows.sort_by(|a, b| a.key.cmp(&b.key));
    rows.dedup_by(|a, b| a.key == b.key);
    rows
}

/// Words for some codes.
pub(super) fn labels(random: &mut Random, spec: &CatalogueSpec) -> Labels {
    let mut labels = Labels::new();
    for facet in spec.facets {
        for code in ["甲", "440606", "440600", "家电/制冷", "2024"] {
            if random.one_in(2) {
                let english =
                    if random.one_in(2) { code.to_owned() } else { format!("{code} in English") };
                labels.insert(facet.name, code, [code.to_owned(), format!("{code}繁"), english]);
            }
        }
    }
    labels
}

/// An earlier state, and the changes that lead from it to `rows`.
pub(super) fn history(
    random: &mut Random,
    spec: &CatalogueSpec,
    rows: &[Row],
) -> (Vec<Row>, Vec<Row>, Vec<String>) {
    let mut before = Vec::new();
    let mut changed = Vec::new();
    let mut removed = Vec::new();
    for now in rows {
        match random.below(6) {
            0 => changed.push(now.clone()),
            1 => {
                before.push(Row { key: now.key.clone(), ..row(random, spec) });
                changed.push(now.clone());
            }
            _ => before.push(now.clone()),
        }
    }
    for i in 0..random.below(5) {
        let gone = Row { key: format!("gone-{i}"), ..row(random, spec) };
        removed.push(gone.key.clone());
        before.push(gone);
    }
    (before, changed, removed)
}

fn term(random: &mut Random, spec: &CatalogueSpec, rows: &[Row]) -> String {
    if rows.is_empty() || random.one_in(8) {
        let number = random.one_in(2);
        return text(random, number);
    }
    let text = random.pick(rows).texts[random.below(spec.texts.len())].clone();
    let value = text.split('\n').next().unwrap_or_default();
    let folded = fold::fold(value);
    let slice = |random: &mut Random, text: &str| -> String {
        let chars: Vec<char> = text.chars().collect();
        let from = random.below(chars.len());
        let len = 1 + random.below(4);
        chars.iter().skip(from).take(len).collect()
    };
    let spelled = |random: &mut Random, initials: bool| -> String {
        let part = slice(random, &folded);
        let mut out = String::new();
        for c in part.chars() {
            let list = pinyin::readings(c);
            if list.is_empty() {
                continue;
            }
            let reading = random.pick(&list);
            out.push_str(if initials { &reading[..1] } else { reading });
        }
        out
    };
    match random.below(9) {
        0 => value.to_owned(),
        1 => folded.clone(),
        2 => fold::squeeze(&folded),
        3 => fold::squeeze(fold::without_year(&folded)),
        4 => spelled(random, false),
        5 => spelled(random, true),
        6 => slice(random, &folded).to_uppercase(),
        _ => slice(random, value),
    }
}

/// A query made from the records, and sometimes from nothing.
pub(super) fn query(random: &mut Random, spec: &'static CatalogueSpec, rows: &[Row]) -> Query {
    let mut query = Query::all(spec);
    let terms = [0, 1, 1, 1, 1, 2, 2, 3][random.below(8)];
    let typed: Vec<String> = (0..terms).map(|_| term(random, spec, rows)).collect();
    query.q = typed.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
    for _ in 0..[0, 0, 0, 0, 1, 1, 2, 3, 5][random.below(9)] {
        let facet = random.below(spec.facets.len());
        let code = match rows.is_empty() || random.one_in(6) {
            true => code(random, &spec.facets[facet]),
            false => match random.pick(rows).facets[facet].first() {
                Some(code) => code.clone(),
                None => "no such".to_owned(),
            },
        };
        query.filters[facet].push(code);
    }
    for chosen in &mut query.filters {
        chosen.sort();
        chosen.dedup();
    }
    if random.one_in(2) {
        query.sort = Some(random.below(spec.sorts.len()));
    }
    query.per_page = [1, 3, 24, 100][random.below(4)];
    query.page = [1, 1, 1, 2, 3, 50][random.below(6)];
    query
}
