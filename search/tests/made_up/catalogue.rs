//! A made-up catalogue of products with the proportions of a real one: some 9 products per enterprise, names from
//! kinds of goods and their attributes, models that count within a series, standards per kind, a measured value.

use search::{Catalogue, Labels, Row};
use sha2::{Digest as _, Sha256};

pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        Random(seed)
    }

    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ z >> 31) % n as u64) as usize
    }

    pub fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }
}

const FIRST: [&str; 48] = [
    "澄", "晴", "云", "岭", "海", "拓", "青", "望", "鹭", "石", "江", "禾", "金", "华", "德", "信",
    "恒", "瑞", "天", "宏", "盛", "佳", "美", "新", "东", "南", "中", "兴", "永", "安", "泰", "和",
    "利", "丰", "源", "科", "创", "智", "光", "明", "星", "龙", "凤", "山", "峰", "林", "森", "宇",
];
const SECOND: [&str; 40] = [
    "瓦", "川", "汀", "禾", "屿", "衡", "窑", "溪", "洲", "岐", "湾", "达", "通", "远", "成", "飞",
    "翔", "博", "雅", "洁", "乐", "居", "宝", "特", "能", "力", "控", "联", "邦", "维", "诺", "迪",
    "凯", "润", "洋", "顺", "福", "泉", "康", "健",
];
/// Sector, category, kind, indicator, its name, unit, direction, baseline, standards.
type Kind = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    i64,
    [&'static str; 2],
);
const KINDS: [Kind; 14] = [
    (
        "陶瓷",
        "建筑陶瓷",
        "抛光砖",
        "breaking_strength",
        "破坏强度",
        "N",
        "higher_better",
        1300,
        ["GB/T 4100-2015", "T/LBX 012-2025"],
    ),
    (
        "陶瓷",
        "建筑陶瓷",
        "陶瓷砖",
        "water_absorption",
        "吸水率",
        "%",
        "lower_better",
        50,
        ["GB/T 4100-2015", "T/LBX 013-2025"],
    ),
    (
        "陶瓷",
        "卫生陶瓷",
        "坐便器",
        "water_use",
        "平均用水量",
        "L",
        "lower_better",
        50,
        ["GB/T 6952-2015", "T/LBX 019-2025"],
    ),
    (
        "家电",
        "家电/厨房",
        "电饭煲",
        "thermal_efficiency",
        "热效率",
        "%",
        "higher_better",
        75,
        ["GB 4706.1-2005", "T/LBX 003-2024"],
    ),
    (
        "家电",
        "家电/制冷",
        "电冰箱",
        "energy_daily",
        "耗电量",
        "kW·h/d",
        "lower_better",
        55,
        ["GB 12021.2-2015", "T/FSAS 12-2021"],
    ),
    (
        "家电",
        "家电/制冷",
        "空调器",
        "apf",
        "全年能源消耗效率",
        "",
        "higher_better",
        50,
        ["GB 21455-2019", "T/FSAS 14-2021"],
    ),
    (
        "家电",
        "家电/燃气",
        "燃气热水器",
        "thermal_efficiency",
        "热效率",
        "%",
        "higher_better",
        88,
        ["GB 6932-2015", "T/LBX 008-2024"],
    ),
    (
        "家电",
        "家电/厨房",
        "洗碗机",
        "energy_cycle",
        "单次耗电量",
        "kW·h",
        "lower_better",
        90,
        ["GB 38383-2019", "T/LBX 009-2024"],
    ),
    (
        "铝型材",
        "铝型材/门窗",
        "断桥铝合金窗",
        "u_value",
        "传热系数",
        "W/(m²·K)",
        "lower_better",
        20,
        ["GB/T 8478-2020", "T/LBX 031-2024"],
    ),
    (
        "铝型材",
        "铝型材/建筑",
        "铝合金型材",
        "film_thickness",
        "膜厚",
        "μm",
        "higher_better",
        10,
        ["GB/T 5237.1-2017", "T/LBX 032-2024"],
    ),
    (
        "机械装备",
        "机械装备/陶机",
        "数控压砖机",
        "pressing_force",
        "公称压力",
        "kN",
        "higher_better",
        5000,
        ["JB/T 11951-2014", "T/LBX 044-2025"],
    ),
    (
        "机械装备",
        "机械装备/木工",
        "封边机",
        "speed",
        "进给速度",
        "m/min",
        "higher_better",
        20,
        ["GB/T 21381-2008", "T/LBX 045-2025"],
    ),
    (
        "卫浴",
        "卫浴/水嘴",
        "陶瓷片密封水嘴",
        "lead",
        "铅析出量",
        "μg/L",
        "lower_better",
        5,
        ["GB 18145-2014", "T/LBX 022-2025"],
    ),
    (
        "照明",
        "照明/室内",
        "LED 筒灯",
        "efficacy",
        "光效",
        "lm/W",
        "higher_better",
        80,
        ["GB 30255-2019", "T/LBX 051-2025"],
    ),
];
const ATTRIBUTES: [&str; 24] = [
    "",
    "瓷质",
    "智能",
    "节能",
    "家用",
    "商用",
    "变频",
    "抗菌",
    "嵌入式",
    "台式",
    "壁挂式",
    "静音",
    "高强度",
    "轻质",
    "防滑",
    "恒温",
    "IH ",
    "双门",
    "对开门",
    "冷凝式",
    "数字化",
    "一体式",
    "连体",
    "薄型",
];
const PLACES: [(&str, &str, &str); 10] = [
    ("440604", "禅城区", "Chancheng"),
    ("440605", "南海区", "Nanhai"),
    ("440606", "顺德区", "Shunde"),
    ("440607", "三水区", "Sanshui"),
    ("440608", "高明区", "Gaoming"),
    ("442000", "中山市", "Zhongshan"),
    ("441900", "东莞市", "Dongguan"),
    ("440106", "天河区", "Tianhe"),
    ("440703", "蓬江区", "Pengjiang"),
    ("440304", "福田区", "Futian"),
];

/// That many products with the words of their codes; always the same.
pub fn products(count: usize) -> (Vec<Row>, Labels) {
    let spec = Catalogue::Products.spec();
    let mut random = Random::new(42);
    let mut labels = Labels::new();
    for (code, zh, en) in PLACES.into_iter().chain([
        ("440000", "广东省", "Guangdong"),
        ("440600", "佛山市", "Foshan"),
        ("440100", "广州市", "Guangzhou"),
        ("440700", "江门市", "Jiangmen"),
        ("440300", "深圳市", "Shenzhen"),
    ]) {
        labels.insert("place", code, [zh.into(), zh.into(), en.into()]);
    }
    for (code, zh, en) in [
        ("foshan-standard", "佛山标准产品", "Foshan Standard product"),
        ("guangdong-quality", "广东优质", "Guangdong Quality"),
        ("bay-area", "湾区认证", "Bay Area certification"),
    ] {
        labels.insert("scheme", code, [zh.into(), zh.into(), en.into()]);
    }
    let mut rows = Vec::with_capacity(count);
    let mut enterprise = 0;
    while rows.len() < count {
        enterprise += 1;
        let brand = format!("{}{}", random.pick(&FIRST), random.pick(&SECOND));
        let place = random.pick(&PLACES);
        let kind_of_house = random.below(KINDS.len());
        let trade = ["陶瓷", "卫浴", "电器", "科技", "智能家居", "建材"][random.below(6)];
        let name = format!(
            "{brand}{}{trade}（示例）有限公司",
            if enterprise % 3 == 0 { "华南" } else { "" }
        );
        let body: String = (0..9)
            .map(|_| {
                random.pick(&["1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "A", "M", "X"])
            })
            .collect();
        let uscc = format!("91{}{body}{}", place.0, random.below(10));
        labels.insert("enterprise", uscc.clone(), [name.clone(), name.clone(), name.clone()]);
        let letters: String = (0..2).map(|_| char::from(b'A' + random.below(26) as u8)).collect();
        for _ in 0..1 + random.below(18) {
            if rows.len() == count {
                break;
            }
            let kind = KINDS[(kind_of_house + random.below(2)) % KINDS.len()];
            let (
                sector,
                category,
                goods,
                indicator,
                indicator_name,
                unit,
                direction,
                baseline,
                standards,
            ) = kind;
            let model = format!(
                "{letters}-{}{}",
                ["", "Y", "FB", "W", "Z"][random.below(5)],
                10 + random.below(9_000)
            );
            let granted = 18_993 + random.below(130) as i64 * 12;
            let status = random.pick(&[
                "valid",
                "valid",
                "valid",
                "valid",
                "valid",
                "valid",
                "valid",
                "expired",
                "suspended",
                "withdrawn",
                "cancelled",
            ]);
            let expires = granted + if random.below(4) == 0 { 1_826 } else { 1_095 };
            let since = matches!(status, "suspended" | "withdrawn" | "cancelled")
                .then(|| granted + random.below(700) as i64);
            let better = 3 + random.below(60) as i64;
            let value = if direction == "higher_better" {
                baseline * (100 + better) / 100
            } else {
                baseline * (100 - better.min(70)) / 100
            };
            let limit = (value * 2 + baseline) / 3;
            let decimal = |v: i64| {
                if baseline < 100 { format!("{}.{}", v / 10, v % 10) } else { v.to_string() }
            };
            let scheme = random.pick(&[
                "foshan-standard",
                "foshan-standard",
                "guangdong-quality",
                "bay-area",
            ]);
            let mut row = spec.blank_row();
            let hash = Sha256::digest(format!("{uscc}\n{brand}\n{model}").as_bytes());
            row.key =
                format!("p-{}", hash[..6].iter().map(|b| format!("{b:02x}")).collect::<String>());
            let mut text = |column: &str, value: String| {
                row.texts[spec.text(column).expect("a column")] = value
            };
            text("name", format!("{}{goods}", random.pick(&ATTRIBUTES)));
            text("model", model);
            text("brand", brand.clone());
            text("enterprise", name.clone());
            text("standard", standards.join("\n"));
            if random.below(2) == 0 {
                text("gtin", format!("0952{:06}{:04}", enterprise * 7, random.below(10_000)));
            }
            let mut facet = |name: &str, codes: Vec<String>| {
                row.facets[spec.facet(name).expect("a facet")] = codes
            };
            facet("sector", vec![sector.into()]);
            facet(
                "category",
                category
                    .split('/')
                    .scan(String::new(), |path, step| {
                        *path = if path.is_empty() {
                            step.to_owned()
                        } else {
                            format!("{path}/{step}")
                        };
                        Some(path.clone())
                    })
                    .collect(),
            );
            facet("status", vec![status.into()]);
            facet(
                "scheme",
                if random.below(6) == 0 {
                    vec![scheme.into(), "bay-area".into()]
                } else {
                    vec![scheme.into()]
                },
            );
            facet("place", vec!["440000".into(), format!("{}00", &place.0[..4]), place.0.into()]);
            facet("year", vec![(1970 + granted * 400 / 146_097).to_string()]);
            facet("score", vec![random.pick(&["90-", "80-89", "80-89", "70-79", "below"]).into()]);
            facet(
                "production",
                vec![if random.below(12) == 0 { "discontinued" } else { "on_sale" }.into()],
            );
            facet("enterprise", vec![uscc.clone()]);
            facet("standard", standards.iter().map(|s| (*s).to_owned()).collect());
            facet("brand", vec![brand.clone()]);
            let mut number = |name: &str, value: Option<i64>| {
                row.numbers[spec.number(name).expect("a number")] = value
            };
            number("changed", Some(since.unwrap_or(granted)));
            number("granted", Some(granted));
            number("expires", Some(expires));
            number("strictness", Some((value - baseline).abs() * 1000 / baseline));
            number("status_since", since);
            let mut show = |name: &str, value: String| {
                row.display[spec.display(name).expect("a column")] = value
            };
            show("indicator", indicator.into());
            show("indicator_name", indicator_name.into());
            show("direction", direction.into());
            show("unit", unit.into());
            show("value", decimal(value));
            show("limit", decimal(limit));
            show("baseline", decimal(baseline));
            show("deciding_scheme", scheme.into());
            rows.push(row);
        }
    }
    (rows, labels)
}
