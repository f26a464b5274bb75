//! Made-up models for the preview and for the tests of the pages. Companies, products and numbers are fictional.
#![allow(missing_docs, dead_code, reason = "shared by two targets that each use a part")]

use app::model::*;
use register::{Kind, Lang};
use search::Catalogue;

pub fn context(lang: Lang, large: bool, path: &str) -> PageContext {
    PageContext {
        lang,
        large,
        sample: Sample::All,
        domain: "liangbiao.example".into(),
        office: "示例市市场监督管理局".into(),
        path: path.into(),
        query: String::new(),
        log_size: 48_213,
        recorded_at: "2026-11-21 22:51".into(),
        recorded_at_iso: "2026-11-21T22:51:07+08:00".into(),
        day: "2026-11-22".into(),
        as_of: None,
        known: None,
        assets: Assets {
            verify_css: String::new(),
            css: "/liangbiao.css".into(),
            boot: "/boot.js".into(),
            island: "/frontend.js".into(),
            wasm: "/frontend_bg.wasm".into(),
            scan: "/scan.js".into(),
            camera: "/camera.js".into(),
            scan_worker: "/scan-worker.js".into(),
            scanner: "/scanner.js".into(),
            scanner_bytes: 172_000,
            icon: "/mark.svg".into(),
        },
        origin: "https://liangbiao.example".into(),
    }
}

/// Puts `x` behind every text, so that a hostile string stands in every field.
#[derive(Clone, Copy)]
pub struct Maker<'a> {
    pub x: &'a str,
}

impl Maker<'_> {
    fn s(&self, text: &str) -> String {
        format!("{text}{}", self.x)
    }

    fn link(&self, text: &str, href: &str) -> Link {
        Link::to(self.s(text), href)
    }

    fn status(&self, of: StatusOf, code: &str) -> Status {
        Status {
            of,
            code: if self.x.is_empty() { code.into() } else { self.s(code) },
            since: Some(self.s("2026-09-30")),
            until: Some(self.s("2028-03-14")),
        }
    }

    fn valid(&self) -> Status {
        Status {
            of: StatusOf::Listing,
            code: "valid".into(),
            since: None,
            until: Some(self.s("2028-03-14")),
        }
    }

    pub fn source(&self) -> Source {
        Source {
            title: self.s("第 9 批佛山标准产品目录公告"),
            publisher: self.s("示例市市场监督管理局"),
            url: Some(format!("https://example.org/{}", self.x)),
            retrieved_on: self.s("2026-11-18"),
            checked_on: self.s("2026-11-20"),
            locator: self.s("第 12 行"),
            licence: self.s("CC BY 4.0"),
            sample: true,
            built_in: false,
        }
    }

    pub fn coverage(&self) -> Coverage {
        Coverage {
            from: "2021-01-01".parse().ok(),
            to: "2025-12-31".parse().ok(),
            holds: 127,
            stated_total: Some(130),
            complete: register::coverage::Complete::No,
            last_read_on: "2026-11-20".parse().ok(),
            gaps: vec![self.s("3 项的原公告只有扫描件")],
        }
    }

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
                status: Some(Status {
                    of: StatusOf::Listing,
                    code: states[i % 8].into(),
                    since: Some(self.s("2026-09-30")),
                    until: Some(self.s(&format!("2028-{:02}-14", i % 12 + 1))),
                }),
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
            too_large_for_past: false,
        }
    }

    pub fn comparisons(&self) -> Vec<Comparison> {
        let rows = [
            ("破坏强度", "N", Direction::Higher, "1800", "2240", "1300", 385, 723),
            ("断裂模数", "MPa", Direction::Higher, "42", "47", "35", 200, 343),
            ("吸水率", "%", Direction::Lower, "0.2", "0.08", "0.5", 600, 840),
            ("内照射指数", "1", Direction::Lower, "0.7", "0.42", "1.0", 300, 580),
            ("抗热震性", "次", Direction::Higher, "10", "10", "10", 0, 0),
        ];
        rows.iter()
            .map(|(name, unit, direction, limit, measured, base, a, b)| Comparison {
                name: self.s(name),
                unit: self.s(unit),
                direction: *direction,
                method: Some(self.link("GB/T 3810.4-2016", "/standards/GB_T-3810.4-2016")),
                limit: Some(Limit { value: self.s(limit), strictness: Some(*a) }),
                own_standard: Some(self.link("T/LBX 012-2025", "/standards/T_LBX-012-2025")),
                measured: Some(Measured {
                    limit: Limit { value: self.s(measured), strictness: Some(*b) },
                    report_number: self.s("BG-2023-001"),
                    tester: self.s("示例检测中心"),
                    date: self.s("2026-03-01"),
                }),
                baselines: vec![
                    Baseline {
                        standard: self.link("GB/T 4100-2015", "/standards/GB_T-4100-2015"),
                        limit: Limit { value: self.s(base), strictness: Some(0) },
                        own: Some(*a),
                        measured: Some(*b),
                        method_equivalent: Some(true),
                        checked_on: self.s("2026-10-30"),
                        ..Baseline::default()
                    },
                    Baseline {
                        standard: Link::plain(self.s("EN 14411")),
                        limit: Limit {
                            value: if *name == "内照射指数" {
                                String::new()
                            } else {
                                self.s(base)
                            },
                            strictness: Some(200),
                        },
                        own: Some(*a - 200),
                        method_equivalent: if *name == "断裂模数" {
                            Some(false)
                        } else {
                            Some(true)
                        },
                        ..Baseline::default()
                    },
                ],
                claim: "stricter".into(),
            })
            .collect()
    }

    pub fn events(&self) -> Vec<Event> {
        ["renewed", "inspection_pass", "corrected", "suspended", "withdrawn", "listed"]
            .iter()
            .enumerate()
            .map(|(i, code)| Event {
                code: (*code).into(),
                date: self.s(&format!("202{}-03-15", 6 - i)),
                text: self.s("四个方面全部达标"),
                about: (i == 1).then(|| self.link("瓷质抛光砖", "/products/p-1")),
                seq: Some(41_207 - i as u64),
                recorded_at: self.s("2026-11-21 22:51"),
                diffs: if *code == "corrected" {
                    vec![Diff {
                        field: self.s("规格"),
                        old: self.s("600×1220"),
                        new: self.s("600×1200"),
                    }]
                } else {
                    Vec::new()
                },
                source: self.s("第 9 批目录公告"),
            })
            .collect()
    }

    fn meta(&self) -> RecordMeta {
        RecordMeta {
            key: self.s("p-d58030165a9c"),
            seq: 41_207,
            valid_from: self.s("2026-03-15"),
            recorded_at: self.s("2026-03-16 09:00"),
            sample: true,
        }
    }

    pub fn fact(&self, label: &str, value: &str) -> Fact {
        Fact { label: self.s(label), values: vec![Link::plain(self.s(value))] }
    }

    pub fn listing(&self, code: &str) -> Listing {
        Listing {
            scheme: self.link("佛山标准产品", "/directories/foshan-standard"),
            subject: None,
            status: Status { code: code.into(), ..self.valid() },
            certificate_number: self.s("FSB-2023-0012"),
            detail: self.s("2023 年第 2 批，市级"),
            granted_on: self.s("2023-06-30"),
            valid_until: self.s("2028-03-14"),
            issuer: self.s("示例评价机构"),
            exit_reason: if code == "valid" { String::new() } else { self.s("抽查不合格") },
            decision: Some(self.link("示例〔2024〕1号", "https://example.org/1")),
            proves: self.s("该型号通过了评价"),
            does_not_prove: self.s("不证明手中这件是正品"),
            scheme_status: Some(self.status(StatusOf::Scheme, "unverified")),
        }
    }

    pub fn product(&self) -> ProductPage {
        ProductPage {
            meta: self.meta(),
            name: self.s("澄瓦牌瓷质抛光砖"),
            machine: false,
            brand: self.s("澄瓦"),
            model: self.s("CW-Y1260"),
            spec: self.s("600×1200 毫米"),
            holder: Link::record(
                self.s("澄瓦陶瓷（示例）有限公司"),
                Kind::Enterprise,
                "91440605MA0CW1X6A2",
            ),
            place: self.s("广东佛山"),
            category: vec![self.link("陶瓷", "/products?category=%E9%99%B6%E7%93%B7")],
            status: self.valid(),
            production: Some(self.status(StatusOf::Product, "on_sale")),
            scheme: Some(self.link("佛山标准产品", "/directories/foshan-standard")),
            comparisons: self.comparisons(),
            comparison_sources: vec![self.source()],
            scores: ["标准水平", "质量稳定", "科技创新", "效益提升"]
                .iter()
                .zip([91, 86, 78, 74])
                .map(|(name, n)| Score {
                    name: self.s(name),
                    score: self.s(&n.to_string()),
                    grade: String::new(),
                    full_mark: self.s("100"),
                    share: Some(n * 10),
                    evidence: self.s("标准比对报告"),
                })
                .collect(),
            evaluation: vec![
                self.fact("评价机构", "示例评价中心"),
                self.fact("评价日期", "2026-03-10"),
            ],
            evaluation_result: "passed".into(),
            evaluation_sources: vec![self.source()],
            standards: vec![(
                self.link("T/LBX 012-2025", "/standards/T_LBX-012-2025"),
                Some(self.status(StatusOf::Standard, "current")),
            )],
            listings: vec![self.listing("valid"), self.listing("withdrawn")],
            listing_sources: vec![self.source()],
            notices: vec![self.link("关于瓷质砖的消费提示", "/notices/x")],
            inspections: self.events(),
            codes: vec![self.fact("商品条码", "9520000010010")],
            history: self.events(),
            sources: vec![self.source()],
        }
    }

    pub fn home(&self) -> HomePage {
        HomePage {
            products_valid: 486,
            products_ended: 61,
            schemes: 12,
            listings: 3918,
            enterprises: 1204,
            standards: 2310,
            notices: 41,
            changes: self
                .events()
                .into_iter()
                .map(|e| Change {
                    code: e.code,
                    date: e.date,
                    about: self.link("澄瓦牌瓷质抛光砖 CW-Y1260", "/products/p-1"),
                    text: self.s("复评通过"),
                })
                .collect(),
            example: self
                .comparisons()
                .into_iter()
                .next()
                .map(|c| (self.link("澄瓦牌瓷质抛光砖", "/products/p-1"), c)),
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
            coverage: Some(self.coverage()),
            list,
            history: self.events(),
        }
    }

    pub fn enterprise(&self) -> EnterprisePage {
        EnterprisePage {
            meta: self.meta(),
            name: self.s("澄瓦陶瓷（示例）有限公司"),
            uscc: Some(self.s("91440605MA0CW1X6A2")),
            status: Some(self.status(StatusOf::Enterprise, "active")),
            place: self.s("广东佛山禅城"),
            facts: vec![self.fact("行业", "陶瓷"), self.fact("曾用名", "澄瓦瓷厂")],
            numbers: [("在册产品", 6), ("退出产品", 2), ("荣誉", 3), ("处罚", 1)]
                .iter()
                .map(|(l, n)| Number { label: self.s(l), count: *n, href: String::new() })
                .collect(),
            products: vec![(
                self.link("澄瓦牌瓷质抛光砖 CW-Y1260", "/products/p-1"),
                self.s("T/LBX 012-2025，佛山标准产品"),
                self.valid(),
            )],
            products_total: 8,
            products_href: "/products?enterprise=91440605MA0CW1X6A2".into(),
            listings: vec![self.listing("valid")],
            standards: vec![(self.link("T/LBX 012-2025", "/standards/x"), None)],
            timeline: self.events(),
            checks: vec![
                Check {
                    level: CheckLevel::Act,
                    text: self.s("保单号缺失。"),
                    link: Some(self.link("瓷质抛光砖", "/products/p-1")),
                },
                Check {
                    level: CheckLevel::Soon,
                    text: self.s("登记 2027-01-08 到期，还有 48 天。"),
                    link: None,
                },
                Check {
                    level: CheckLevel::Good,
                    text: self.s("统一社会信用代码、地址都齐。"),
                    link: None,
                },
            ],
            history: self.events(),
            sources: vec![self.source()],
        }
    }

    pub fn standard(&self) -> StandardPage {
        StandardPage {
            meta: self.meta(),
            number: self.s("GB/T 4100-2015"),
            title: self.s("陶瓷砖"),
            title_en: self.s("Ceramic tiles"),
            kind: "national".into(),
            mandatory: false,
            status: Status {
                of: StatusOf::Standard,
                code: "current".into(),
                since: Some(self.s("2015-12-01")),
                until: None,
            },
            facts: vec![self.fact("发布单位", "国家质检总局"), self.fact("ICS", "91.100.25")],
            chain: self.chain(),
            products: vec![(
                self.link("瓷质抛光砖", "/products/p-1"),
                self.s("澄瓦陶瓷"),
                self.valid(),
            )],
            products_total: 128,
            products_href: "/products?standard=GB%2FT%204100-2015".into(),
            comparisons: self.comparisons(),
            history: self.events(),
            sources: vec![self.source()],
        }
    }

    fn chain(&self) -> Chain {
        let edition = |number: &str, href: &str, code: &str, issued: &str| Edition {
            link: self.link(number, href),
            status: Some(self.status(StatusOf::Standard, code)),
            issued_on: self.s(issued),
            here: href.is_empty(),
        };
        Chain {
            editions: vec![
                Edition { link: Link::plain("GB/T 4100-2026"), ..Edition::default() },
                edition("GB/T 4100-2015", "", "current", "2015-05-15"),
                edition("GB/T 4100-2006", "/standards/x", "replaced", "2006-02-07"),
            ],
            faults: vec![
                ChainFault::NotHeld("GB/T 4100-2026".into()),
                ChainFault::NotANumber { printed: "TC291".into(), of: "GB/T 4100-2006".into() },
            ],
            ..Chain::default()
        }
    }

    pub fn notice(&self) -> NoticePage {
        NoticePage {
            meta: self.meta(),
            title: self.s("晴川电暖器 QC-N20 召回"),
            recall: true,
            status: Status {
                of: StatusOf::Recall,
                code: "in_progress".into(),
                since: Some(self.s("2026-11-19")),
                until: None,
            },
            issuer: self.s("示例市市场监督管理局"),
            date: self.s("2026-11-19"),
            sections: vec![
                (self.s("缺陷情况"), vec![self.s("接线端子松动。")]),
                (self.s("召回措施"), vec![self.s("免费更换。")]),
            ],
            facts: vec![self.fact("召回编号", "示召2026-001"), self.fact("数量", "1,842")],
            about: vec![self.link("晴川电暖器", "/products/p-2")],
            url: Some(format!("https://example.org/{}", self.x)),
            history: self.events(),
            sources: vec![self.source()],
        }
    }

    pub fn system(&self, loaded: u64) -> SystemPage {
        SystemPage {
            id: self.s("foshan-standard"),
            name: self.s("佛山标准产品"),
            meaning: self.s("通过佛山标准产品评价的具体产品型号"),
            basis: vec![self.fact("佛山市人民政府 2020 年实施意见", "一（三）1、二（二）1")],
            users: vec![self.s("消费者"), self.s("采购单位")],
            group: self.s("名录"),
            standing: self.s("2020 年起现行"),
            places: vec![self.link("名录：佛山标准产品", "/directories/foshan-standard")],
            loaded,
            kind: self.s("列入"),
            template: self.s("liangbiao template listing"),
            related: vec![self.link("佛山标准专用标识", "/systems/foshan-mark")],
        }
    }

    pub fn scan(&self) -> ScanPage {
        let codes = [
            Scanned::Own { path: "/q/44M3QMX9D2R4".into() },
            Scanned::Code { grouped: self.s("44M3-QMX9-D2R4"), path: "/q/44M3QMX9D2R4".into() },
            Scanned::Goods {
                product: Some(Link::to(self.s("家用电冰箱"), "/products/p-1")),
                products: 1,
                path: "/products?q=9521234543213".into(),
            },
            Scanned::Goods { product: None, products: 2, path: "/products?q=9521234543213".into() },
            Scanned::Goods { product: None, products: 0, path: "/products".into() },
            Scanned::Foreign {
                domain: self.s("evil.example"),
                code: Some((self.s("44M3-QMX9-D2R4"), "/q/44M3QMX9D2R4".into())),
            },
            Scanned::Foreign { domain: self.s("evil.example"), code: None },
            Scanned::Text,
        ];
        let codes =
            codes.map(|is| ScannedCode { text: self.s("javascript:alert(1)"), cut: true, is });
        ScanPage { photo: Some(Photo::Read(codes.into())) }
    }

    pub fn data(&self) -> DataPage {
        DataPage {
            files: vec![DataFile {
                name: self.s("产品目录"),
                rows: 547,
                csv: "/products.csv".into(),
                json: "/products.json".into(),
                shelf: String::new(),
            }],
            sources: vec![self.source()],
            numbers: vec![Number { label: self.s("产品"), count: 547, href: "/products".into() }],
        }
    }

    pub fn error(&self, kind: ErrorKind) -> ErrorPage {
        ErrorPage {
            kind,
            detail: self.s("没有叫 colour 的条件。"),
            guess: self.s("澄瓦 CW-Y126"),
            near: vec![(
                self.link("澄瓦牌瓷质抛光砖", "/products/p-1"),
                self.s("网址只差一个字符"),
            )],
        }
    }

    pub fn gone(&self) -> GonePage {
        GonePage {
            title: self.s("澄瓦牌瓷质抛光砖"),
            first: self.s("2024-03-15"),
            status: Some(self.valid()),
            now: "/products/p-1".into(),
            history: self.events(),
        }
    }
}

/// Every page in one language, by a name fit for a file.
pub fn every_page(lang: Lang, large: bool, maker: Maker<'_>) -> Vec<(&'static str, String)> {
    use app::pages::*;
    let at = |path: &str| context(lang, large, path);
    let mut pages = vec![
        ("home", home::render(&at("/"), &maker.home())),
        ("product", product::render(&at("/products/p-1"), &maker.product())),
        (
            "product-bare",
            product::render(
                &at("/products/p-2"),
                &ProductPage {
                    name: maker.s("只有名称的产品"),
                    status: Status { code: "none".into(), ..Status::default() },
                    ..ProductPage::default()
                },
            ),
        ),
        ("directories", directories::render(&at("/directories"), &maker.directories())),
        (
            "directory",
            directory::render(&at("/directories/x"), &{
                let mut model = maker.directory(lang);
                model.list.view.large = large;
                model
            }),
        ),
        ("enterprise", enterprise::render(&at("/enterprises/x"), &maker.enterprise())),
        ("standard", standard::render(&at("/standards/x"), &maker.standard())),
        ("notice", notice::render(&at("/notices/x"), &maker.notice())),
        ("system", system::render(&at("/systems/x"), &maker.system(12))),
        ("system-empty", system::render(&at("/systems/y"), &maker.system(0))),
        ("data", data::render(&at("/data"), &maker.data())),
        ("scan", scan::render(&at("/scan"), &ScanPage::default())),
        ("scan-codes", scan::render(&at("/scan"), &maker.scan())),
        (
            "scan-refused",
            scan::render(
                &at("/scan"),
                &ScanPage { photo: Some(Photo::Refused(maker.s("照片太大。"))) },
            ),
        ),
        ("error-404", error::render(&at("/nothing"), &maker.error(ErrorKind::NotFound))),
        ("error-400", error::render(&at("/products"), &maker.error(ErrorKind::BadRequest))),
        ("error-410", error::render(&at("/x"), &maker.error(ErrorKind::Gone))),
        ("error-503", error::render(&at("/x"), &maker.error(ErrorKind::Unavailable))),
        (
            "gone",
            gone::render(
                &PageContext { as_of: Some("2020-01-01".into()), ..at("/products/p-1") },
                &maker.gone(),
            ),
        ),
    ];
    for (name, catalogue) in [
        ("products", Catalogue::Products),
        ("enterprises", Catalogue::Enterprises),
        ("standards", Catalogue::Standards),
        ("notices", Catalogue::Notices),
        ("systems", Catalogue::Systems),
    ] {
        pages.push((
            name,
            list::render(&at(list_path(catalogue)), &{
                let mut model = maker.list(catalogue, lang, 24);
                model.view.large = large;
                model
            }),
        ));
    }
    let mut none = maker.list(Catalogue::Products, lang, 0);
    none.view.total = 0;
    none.view.large = large;
    none.view.page = 1;
    pages.push(("products-none", list::render(&at("/products"), &none)));
    for (name, topic) in [
        ("about", AboutTopic::About),
        ("methods", AboutTopic::Methods),
        ("accessibility", AboutTopic::Accessibility),
        ("privacy", AboutTopic::Privacy),
        ("12315", AboutTopic::Report),
    ] {
        pages.push((name, about::render(&at("/about"), &topic)));
    }
    pages
}
