//! What the fictional makers make, read from `goods.txt`.

use std::sync::OnceLock;

/// One sort of goods.
#[derive(Debug)]
pub(super) struct Goods {
    /// Position in the table; the fictional standards are numbered by it.
    pub number: u64,
    pub sector: &'static str,
    pub group: &'static str,
    pub category: &'static str,
    pub name: [&'static str; 3],
    pub specs: Vec<&'static str>,
    pub indicators: Vec<Indicator>,
}

/// One indicator of a sort of goods.
#[derive(Debug)]
pub(super) struct Indicator {
    pub code: &'static str,
    pub name: &'static str,
    pub unit: &'static str,
    pub higher_better: bool,
    /// The fictional national limit, without its decimal point.
    pub limit: i64,
    pub decimals: u32,
}

/// Every sort of goods.
pub(super) fn goods() -> &'static [Goods] {
    static GOODS: OnceLock<Vec<Goods>> = OnceLock::new();
    GOODS.get_or_init(|| {
        let mut all: Vec<Goods> = Vec::new();
        for line in include_str!("goods.txt").lines().filter(|line| !line.starts_with('#')) {
            if let Some(line) = line.strip_prefix('>') {
                let cells: Vec<&'static str> = line.split('|').collect();
                if let Some(goods) = all.last_mut()
                    && let [code, name, unit, sign, limit, decimals] = cells[..]
                {
                    goods.indicators.push(Indicator {
                        code,
                        name,
                        unit,
                        higher_better: sign == "+",
                        limit: limit.parse().unwrap_or(1),
                        decimals: decimals.parse().unwrap_or(0),
                    });
                }
            } else if let [sector, group, category, zh, hant, en, specs] =
                line.split('|').collect::<Vec<_>>()[..]
            {
                all.push(Goods {
                    number: all.len() as u64 + 1,
                    sector,
                    group,
                    category,
                    name: [zh, hant, en],
                    specs: specs.split(';').collect(),
                    indicators: Vec::new(),
                });
            }
        }
        all
    })
}

/// Sectors in the order of the table, with the word their firms' names use.
pub(super) const SECTORS: &[(&str, &str, &str)] = &[
    ("陶瓷", "陶瓷", "Ceramics"),
    ("家电", "电器", "Appliances"),
    ("卫浴", "卫浴", "Sanitary Ware"),
    ("铝型材", "铝业", "Aluminium"),
    ("机械装备", "机械", "Machinery"),
    ("燃气具", "燃具", "Gas Appliances"),
    ("照明", "照明", "Lighting"),
    ("家具", "家居", "Furniture"),
    ("食品", "食品", "Foods"),
    ("纺织", "纺织", "Textiles"),
    ("五金", "五金", "Hardware"),
    ("涂料", "涂料", "Coatings"),
    ("电缆", "线缆", "Cables"),
    ("玩具", "玩具", "Toys"),
];

/// A number written with `decimals` decimals, e.g. (35, 2) as `0.35`.
pub(super) fn decimal(mantissa: i64, decimals: u32) -> String {
    if decimals == 0 {
        return mantissa.to_string();
    }
    let unit = 10_i64.pow(decimals);
    let text =
        format!("{}.{:0width$}", mantissa / unit, mantissa.abs() % unit, width = decimals as usize);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
