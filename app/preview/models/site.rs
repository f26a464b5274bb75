//! The pages around the records.

use app::model::*;

use super::Maker;

impl Maker<'_> {
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

    pub fn changes(&self) -> ChangesPage {
        let choice = |value: &str, label: &str| ChangeChoice {
            value: self.s(value),
            label: self.s(label),
            count: 24,
            selected: value == "left",
        };
        ChangesPage {
            from: "2026-10-01".into(),
            q: self.s("空调器"),
            filters: vec![ChangeFilter {
                label: self.s("地区"),
                value: Link::plain(self.s("佛山市顺德区")),
                without: "/changes".into(),
            }],
            kinds: vec![choice("listing", "获证（上榜）")],
            changes: vec![choice("added", ""), choice("left", "")],
            schemes: vec![choice("foshan-standard", "佛山标准产品")],
            kept: vec![("place".into(), self.s("440606"))],
            total: 41,
            page: 1,
            per_page: 24,
            next: Some("/changes?page=2".into()),
            fixed: "/changes?known=48213".into(),
            lines: self
                .events()
                .into_iter()
                .zip(["changed", "left", "added"].into_iter().cycle())
                .map(|(event, change)| ChangeLine {
                    change: change.into(),
                    reason: event.code,
                    text: event.text,
                    about: self.link("海屿燃气热水器 HY-16T", "/products/p-1"),
                    detail: vec![Link::plain(self.s("产品"))],
                    diffs: event.diffs,
                    valid_from: event.date,
                    recorded_at: event.recorded_at,
                    source: event.source,
                    seq: event.seq.unwrap_or(0),
                })
                .collect(),
            ..ChangesPage::default()
        }
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
            whole: vec![WholeFile {
                what: self.s("全部现行记录"),
                format: "JSON",
                href: "/data/liangbiao-all-2026-11-22-48213.jsonl.gz".into(),
                rows: 12_904,
                bytes: 5_912_004,
                sha256: "0123456789abcdef".repeat(4),
            }],
            sources: vec![self.source()],
            numbers: vec![Number { label: self.s("产品"), count: 547, href: "/products".into() }],
        }
    }

    pub fn error(&self, kind: ErrorKind) -> ErrorPage {
        ErrorPage {
            coverage: (kind == ErrorKind::NotFound).then(|| self.coverage()),
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
