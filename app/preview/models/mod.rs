//! Made-up models for the preview and for the tests of the pages. Companies, products and numbers are fictional.
#![allow(missing_docs, dead_code, reason = "shared by two targets that each use a part")]

mod lists;
mod records;
mod site;
mod verdicts;

pub use self::verdicts::every_verdict;

use app::model::*;
use register::Lang;
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
        reports: None,
        proofs: true,
        mirror: None,
        cite: "/cite?of=%2Fproducts".into(),
        check: match path.starts_with("/products/") || path.starts_with("/enterprises/") {
            true => "/check?of=%2Fproducts%2Fp-1".into(),
            false => String::new(),
        },
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
            offline: "/offline.js".into(),
            verifier: "/verifier.js".into(),
            verifier_sm2: "/verifier-sm2.js /verifier-sm2_bg.wasm".into(),
            seen: "/seen.js".into(),
            recount: String::new(),
            recounter: String::new(),
            lookup: "/lookup.js".into(),
            lookup_wasm: "/lookup-wasm.js".into(),
            check: "/check.js".into(),
            checking: "/checking.js".into(),
            checker: "/checker.js".into(),
            mirror: String::new(),
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
            kind: "product".into(),
            status: self.s("valid"),
            key: self.s("p-d58030165a9c"),
            seq: 41_207,
            valid_from: self.s("2026-03-15"),
            recorded_at: self.s("2026-03-16 09:00"),
            sample: true,
            ..RecordMeta::default()
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
        ("changes", changes::render(&at("/changes"), &maker.changes())),
        ("check", check::render(&at("/check"), &maker.check())),
        ("state", state::render(&at("/products/p-1/state"), &maker.state())),
        ("state-bare", state::render(&at("/products/p-2/state"), &StatePage::default())),
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
