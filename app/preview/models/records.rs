//! Records.

use app::model::*;
use register::Kind;

use super::Maker;

impl Maker<'_> {
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
            entitlements: vec![self.entitlement()],
            listing_sources: vec![self.source()],
            notices: vec![self.link("关于瓷质砖的消费提示", "/notices/x")],
            possible: Vec::new(),
            inspections: self.events(),
            codes: vec![self.fact("商品条码", "9520000010010")],
            history: self.events(),
            sources: vec![self.source()],
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
            entitlements: vec![self.entitlement()],
            standards: vec![(self.link("T/LBX 012-2025", "/standards/x"), None)],
            credit: Vec::new(),
            credit_total: 0,
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

    pub fn check(&self) -> CheckPage {
        let entry = |role| CheckEntry {
            seq: 41_207,
            kind: self.s("产品"),
            key: self.s("p-d58030165a9c"),
            valid_from: self.s("2026-03-15"),
            role,
        };
        CheckPage {
            of: self.link("家用电冰箱", "/products/p-1?as_of=2026-11-22&known=48213"),
            data: "/products/p-1.json?as_of=2026-11-22&known=48213".into(),
            size: 48_213,
            key: self.s("liangbiao/register/0+00000000+AAAA"),
            entries: vec![
                entry(CheckRole::Record),
                entry(CheckRole::Joined),
                entry(CheckRole::History),
            ],
            left_out: 3,
        }
    }

    pub fn state(&self) -> StatePage {
        StatePage {
            of: self.link("家用电冰箱", "/products/p-1"),
            identifier: self.s("p-d58030165a9c"),
            holder: Some(self.link("示例电器有限公司", "/enterprises/91350100M000100Y43")),
            status: self.valid(),
            as_of: self.s("2026-11-22"),
            known: 48_213,
            known_at: self.s("2026-11-21 22:51"),
            listings: vec![StateLine {
                scheme: self.link("佛山标准产品", "/directories/foshan-standard"),
                subject: Some(self.link("家用电冰箱", "/products/p-1")),
                certificate: self.s("FSB-2023-0012"),
                status: self.valid(),
                granted_on: self.s("2023-06-30"),
                valid_until: self.s("2028-06-30"),
                source: self.s("示例产品目录"),
                seq: 41_207,
            }],
            left_out: 2,
            link: self
                .s("https://liangbiao.example/products/p-1/state?as_of=2026-11-22&known=48213"),
            qr: Some(QrPath { side: 29, path: "M4 4h7v1h-7z".into() }),
            root: self.s("AAAA"),
            signature: Some(StateSignature {
                kid: self.s("530d903a00000000"),
                holder: self.s("示例机关"),
                dated: self.s("2026-11-21"),
                value: self.s("AAAA"),
            }),
            sample: true,
        }
    }
}
