//! Lists and directories.

use app::model::*;
use register::Lang;
use search::Catalogue;

use super::Maker;

impl Maker<'_> {
    fn view(&self, catalogue: Catalogue, lang: Lang, path: &str, rows: usize) -> ListView {
        let names = [
            "瓷质抛光砖",
            "IH 电饭煲",
            "智能坐便器",
            "断桥铝合金窗",
            "陶瓷片密封水嘴",
            "燃气热水器",
            "数控陶瓷压砖机",
            "房间空调器",
        ];
        let states =
            ["valid", "valid", "valid", "suspended", "valid", "withdrawn", "expired", "cancelled"];
        let items = (0..rows)
            .map(|i| Item {
                key: format!("p-{i:012x}"),
                path: format!("/products/p-{:012x}", i * 7_919_919_919),
                title: self.s(&format!(
                    "{}{}",
                    ["澄瓦牌", "晴川", "云汀", "岭禾"][i % 4],
                    names[i % 8]
                )),
                subtitle: self.s(&format!("CW-Y{}", 1260 + i * 17)),
                line: vec![
                    self.s(&format!(
                        "{}（示例）有限公司",
                        ["澄瓦陶瓷", "晴川电器", "云汀卫浴", "岭禾铝业"][i % 4]
                    )),
                    self.s("佛山"),
                ],
                small: vec![self.s(&format!("T/LBX {:03}-2025", i + 3))],
                measure: (catalogue == Catalogue::Products).then(|| Measure {
                    indicator: self.s(["破坏强度", "热效率", "平均用水量", "传热系数"][i % 4]),
                    value: self.s(["2240 N", "88.6%", "3.6 L", "1.7 W/(m²·K)"][i % 4]),
                    limit: Some([385, 103, 230, 115][i % 4]),
                    measured: Some([723, 247, 362, 212][i % 4]),
                    direction: "higher_better".into(),
                }),
                fact: self.s("2024"),
                spark: String::new(),
                status: Some(Status {
                    of: StatusOf::Listing,
                    code: states[i % 8].into(),
                    since: Some(self.s("2026-09-30")),
                    until: Some(self.s(&format!("2028-{:02}-14", i % 12 + 1))),
                }),
                contested: false,
                sample: false,
            })
            .collect();
        let spec = catalogue.spec();
        let facets = spec
            .facets
            .iter()
            .filter(|f| f.shown)
            .map(|f| {
                let values = f.values();
                let values: Vec<FacetValue> = if values.is_empty() {
                    (0..18)
                        .map(|i| FacetValue {
                            value: self.s(&format!("44{i:02}00")),
                            label: self
                                .s(&format!("{}{i}", ["佛山", "中山", "东莞", "家电制冷"][i % 4])),
                            count: 318 - 17 * i as u64,
                            selected: i < 2 && f.name == "place",
                        })
                        .collect()
                } else {
                    values
                        .iter()
                        .map(|v| FacetValue {
                            value: v.code.into(),
                            label: self.s(v.label[lang as usize]),
                            count: 409,
                            selected: false,
                        })
                        .collect()
                };
                FacetView { name: f.name.into(), label: self.s(f.label[lang as usize]), values }
            })
            .collect();
        ListView {
            catalogue,
            lang,
            path: path.into(),
            q: self.s("砖"),
            pairs: vec![
                ("q".into(), self.s("砖")),
                ("place".into(), self.s("440600")),
                ("place".into(), self.s("440100")),
            ],
            total: 458,
            page: 2,
            items,
            facets,
            tags: vec![
                Tag {
                    label: self.s("砖"),
                    facet: self.s("查找"),
                    name: "q".into(),
                    value: self.s("砖"),
                },
                Tag {
                    label: self.s("佛山"),
                    facet: self.s("地区"),
                    name: "place".into(),
                    value: self.s("440600"),
                },
            ],
            sorts: spec
                .sorts
                .iter()
                .enumerate()
                .map(|(i, s)| SortOption {
                    name: s.name.into(),
                    label: self.s(s.label[lang as usize]),
                    selected: i == 0,
                })
                .collect(),
            day: "2026-11-22".into(),
            ..ListView::default()
        }
    }

    pub fn list(&self, catalogue: Catalogue, lang: Lang, rows: usize) -> ListPage {
        ListPage {
            view: self.view(catalogue, lang, list_path(catalogue), rows),
            all: 547,
            sources: vec![self.source()],
            more_sources: 3,
            coverage: Some(self.coverage()),
            shelf: "/shelf/products-0123456789abcdef".into(),
            shelf_sha256: "00".repeat(32),
            combined: false,
            standings: Vec::new(),
            too_large_for_past: false,
        }
    }

    pub fn entitlement(&self) -> Entitlement {
        Entitlement {
            service: self.link("标准馆免费查阅", "/services/x"),
            line: vec![self.s("示例标准化研究院"), self.s("工作日 9:00–17:00")],
            by: self.link("佛山标准产品", "/directories/foshan-standard"),
        }
    }

    pub fn directories(&self) -> DirectoryIndexPage {
        let card = |name: &str, n: u64| DirectoryCard {
            link: self.link(name, "/directories/x"),
            authority: self.s("国家知识产权局"),
            status: self.status(StatusOf::Scheme, if n > 0 { "current" } else { "historical" }),
            current: n,
            ended: n / 10,
            subject: self.s("产品"),
        };
        DirectoryIndexPage {
            schemes: vec![
                card("佛山标准产品", 486),
                card("地理标志产品", 118),
                card("中国驰名商标", 0),
            ],
        }
    }

    pub fn directory(&self, lang: Lang) -> DirectoryPage {
        let path = "/directories/geographical-indication";
        let mut list = self.list(Catalogue::Listings, lang, 9);
        list.view.path = path.into();
        DirectoryPage {
            meta: self.meta(),
            name: self.s("地理标志产品"),
            authority: self.s("国家知识产权局"),
            status: self.status(StatusOf::Scheme, "current"),
            granted_years: None,
            basis_year: Some(2023),
            successor: Some(self.link("后继", "/directories/y")),
            proves: self.s("产自特定地方，质量和名声由当地水土或手艺决定。"),
            does_not_prove: self.s("不证明手中这件产自当地。"),
            facts: vec![self.fact("依据文件", "商标法"), self.fact("退出规则", "不再符合的撤销")],
            current: 118,
            ended: 9,
            years: (2013..=2026)
                .map(|y| YearCount {
                    year: y,
                    current: (y as u64 * 7) % 15 + 1,
                    ended: (y as u64) % 3,
                })
                .collect(),
            places: vec![PlaceCount {
                link: self.link("佛山", "/directories/x?place=440600"),
                count: 31,
            }],
            exits: vec![PlaceCount {
                link: self.link("抽查不合格", "/directories/x?status=withdrawn"),
                count: 4,
            }],
            entitlements: vec![self.entitlement()],
            coverage: Some(self.coverage()),
            list,
            history: self.events(),
        }
    }
}
