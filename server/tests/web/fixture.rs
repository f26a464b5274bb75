//! A small register, the portal over it, and requests to its router.

use std::path::PathBuf;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use chrono::{DateTime, NaiveDate, Utc};
use http_body_util::BodyExt;
use register::{Draft, Kind, Reason, ReasonCode, SourceRef};
use serde_json::{Value, json};
use server::store::Register;
use server::web::assets::Assets;
use server::web::index::Indexes;
use server::web::{Portal, Settings, service};
use tower::ServiceExt;

/// The holder of everything.
pub const HOLDER: &str = "91350100M000100Y43";
/// A product with a valid grant, a comparison and an evaluation.
pub const PRODUCT: &str = "p-d58030165a9c";
/// A product whose grant was withdrawn.
pub const WITHDRAWN: &str = "p-000000000002";
/// A standard with a slash and a space in its number.
pub const STANDARD: &str = "T/FSAS 12-2021";
/// A recall whose key has a slash.
pub const RECALL: &str = "示例局/2024-001";
/// A service that a valid listing of the fixture's scheme entitles to.
pub const SERVICE: &str = "quality-loan/示例质量贷";
/// An inspection, a penalty and an entry of an adverse list.
pub const INSPECTION: &str = "示例局/F1";
/// See [`INSPECTION`].
pub const PENALTY: &str = "示例罚2024-1";
/// See [`INSPECTION`].
pub const RESTRICTION: &str = "abnormal_operations/91350100M000100Y43/2024-06-01";
/// "Today" in the tests.
pub const TODAY: &str = "2026-11-22";

/// A draft of a record.
pub fn draft(kind: Kind, key: &str, valid_from: &str, reason: ReasonCode, body: Value) -> Draft {
    Draft {
        valid_from: valid_from.parse::<NaiveDate>().expect("a date of the fixture"),
        kind,
        key: key.to_owned(),
        reason: Reason::from(reason),
        source: SourceRef { id: "list-2023".to_owned(), locator: Default::default() },
        body: body.as_object().cloned().expect("an object"),
    }
}

fn listed(kind: Kind, key: &str, valid_from: &str, body: Value) -> Draft {
    draft(kind, key, valid_from, ReasonCode::Listed, body)
}

/// A grant of the fixture's scheme.
pub fn grant(product: &str, number: &str, status: &str, until: &str) -> Value {
    json!({
        "scheme": "foshan-standard",
        "subject": { "kind": "product", "key": product },
        "holder": HOLDER, "certificate_number": number, "granted_on": "2023-06-30",
        "valid_until": until, "issuer": "示例评价机构", "status": status,
        "standards": [STANDARD], "round": "2023年第2批", "level": "市",
    })
}

/// The service of the fixture.
pub fn offer(status: &str) -> Value {
    json!({
        "name": "示例质量贷", "system": "quality-loan", "operator": "示例银行", "place": "440604",
        "for_whom": "企业", "needs": "融资、检测", "scope": "吸水率", "contact": "示例服务热线",
        "hours": "工作日 9:00–17:00", "cost": "按合同", "status": status,
        "eligibility": [{ "scheme": "foshan-standard", "status": "valid" }],
    })
}

/// A product of the fixture.
pub fn product(name: &str, model: &str) -> Value {
    json!({
        "name_zh": name, "name_en": "Household refrigerator", "holder": HOLDER, "brand": "示例牌",
        "model": model, "category": "家电/制冷", "sector": "家电", "gtins": ["09521234543213"],
        "standards": [STANDARD], "status": "on_sale",
    })
}

/// The records of the fixture.
pub fn drafts() -> Vec<Draft> {
    let mut drafts = server::reference::drafts();
    drafts.extend([
        listed(
            Kind::Source,
            "list-2023",
            "2023-07-01",
            json!({
                "publisher": "示例市场监管局", "title": "示例产品目录（2023年第2批）",
                "url": "https://example.com/list", "retrieved_on": "2026-01-10",
                "file_hash": "0".repeat(64), "licence": "政府信息公开", "sample": false,
                "coverage": { "from": "2023-01-01", "to": "2023-12-31", "complete": "unknown" },
            }),
        ),
        listed(
            Kind::Enterprise,
            HOLDER,
            "2020-01-01",
            json!({
                "name_zh": "示例电器有限公司", "name_en": "Example Appliances Co., Ltd.",
                "uscc": HOLDER, "place": "440606", "status": "active", "roles": ["producer"],
            }),
        ),
        listed(
            Kind::Standard,
            STANDARD,
            "2021-06-01",
            json!({
                "number": STANDARD, "title_zh": "家用电冰箱", "type": "group", "mandatory": false,
                "issuer": "示例标准化协会", "issued_on": "2021-06-01", "effective_on": "2021-07-01",
                "status": "current", "replaces": ["T/FSAS 12-2018"],
            }),
        ),
        listed(Kind::Product, PRODUCT, "2023-06-30", product("家用电冰箱", "SL-100A")),
        listed(Kind::Product, WITHDRAWN, "2023-06-30", product("卧式冷柜", "SL-200B")),
        listed(
            Kind::Listing,
            "foshan-standard/FSB-2023-0012",
            "2023-06-30",
            grant(PRODUCT, "FSB-2023-0012", "valid", "2028-06-30"),
        ),
        listed(
            Kind::Listing,
            "foshan-standard/FSB-2023-0013",
            "2023-06-30",
            grant(WITHDRAWN, "FSB-2023-0013", "valid", "2028-06-30"),
        ),
        listed(
            Kind::Comparison,
            &format!("{PRODUCT}/energy_daily"),
            "2023-06-30",
            json!({
                "subject": { "kind": "product", "key": PRODUCT }, "indicator": "energy_daily",
                "name_zh": "耗电量", "unit": "kW·h/d", "direction": "lower_better",
                "method": "GB/T 8059-2016", "limit": "0.40",
                "measured": { "value": "0.35", "report_number": "BG-1" },
                "baselines": [{
                    "standard": "GB 12021.2-2015", "limit": "0.55", "unit": "kW·h/d",
                    "method_equivalent": "yes",
                }],
            }),
        ),
        listed(
            Kind::Evaluation,
            &format!("foshan-standard/{PRODUCT}/2023-06-15"),
            "2023-06-15",
            json!({
                "scheme": "foshan-standard", "subject": { "kind": "product", "key": PRODUCT },
                "evaluator": HOLDER, "specification": { "title": "评价规范" },
                "evaluated_on": "2023-06-15", "result": "passed",
                "dimensions": [
                    { "id": "standard_level", "score": "92", "full_mark": "100" },
                    { "id": "quality_stability", "score": "88", "full_mark": "100" },
                ],
            }),
        ),
        listed(
            Kind::Recall,
            RECALL,
            "2024-08-01",
            json!({
                "number": "2024-001", "authority": "示例局", "region": "CN", "alert_type": "recall",
                "product_name": "示例电暖器", "started_on": "2024-08-01", "status": "in_progress",
                "hazard": "可能起火",
            }),
        ),
        listed(
            Kind::Notice,
            "示例局/2024-06-01/tip",
            "2024-06-01",
            json!({
                "type": "warning", "title": "关于示例产品的风险提示", "published_on": "2024-06-01",
                "issuer": "示例局", "products": [PRODUCT],
            }),
        ),
        listed(Kind::Service, SERVICE, "2024-01-01", offer("open")),
        listed(
            Kind::Inspection,
            INSPECTION,
            "2024-06-01",
            json!({
                "authority": "示例局", "level": "省", "round": "2024年第1期", "sample_number": "F1",
                "sampled_on": "2024-05-01", "product_name": "示例插座", "model": "C-1",
                "producer": { "name": "示例插座厂" }, "result": "pass", "follow_up": "none",
            }),
        ),
        listed(
            Kind::Penalty,
            PENALTY,
            "2024-06-01",
            json!({
                "number": PENALTY, "authority": "示例局", "party": { "name": "示例插座厂" },
                "act": "标签不符", "basis": [{ "law": "示例质量法" }], "measure": ["warning"],
                "content": "警告", "decided_on": "2024-06-01", "publish_until": "2027-06-01",
                "status": "in_force",
            }),
        ),
        listed(
            Kind::Restriction,
            RESTRICTION,
            "2024-06-01",
            json!({
                "list": "abnormal_operations", "subject": HOLDER, "cause": "未公示年报",
                "basis": [{ "law": "示例条例" }], "authority": "示例局", "listed_on": "2024-06-01",
                "removed_on": "2024-07-01", "removal_reason": "repaired", "status": "removed",
                "publish_until": "2027-06-01",
            }),
        ),
        draft(
            Kind::Listing,
            "foshan-standard/FSB-2023-0013",
            "2025-03-01",
            ReasonCode::Withdrawn,
            {
                let mut body = grant(WITHDRAWN, "FSB-2023-0013", "withdrawn", "2028-06-30");
                body["exit_reason"] = json!("failed_inspection");
                body
            },
        ),
    ]);
    drafts
}

/// A portal and the register under it.
pub struct Site {
    /// Keeps the file until the test is over.
    pub folder: tempfile::TempDir,
    /// The register's file.
    pub path: PathBuf,
    router: server::web::Service,
}

/// What came back.
#[derive(Debug)]
pub struct Got {
    /// Status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// Body, as it came.
    pub bytes: Vec<u8>,
}

impl Got {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8(self.bytes.clone()).expect("UTF-8")
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).expect("JSON")
    }

    /// A header, empty where it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("ASCII"))
    }
}

/// The tests' present instant.
pub fn clock() -> DateTime<Utc> {
    format!("{TODAY}T04:00:00Z").parse().expect("an instant")
}

impl Site {
    /// The fixture's register with more drafts.
    pub fn with(more: Vec<Draft>) -> Site {
        Self::at_origin(more, "")
    }

    /// The same, reached at an origin.
    pub fn at_origin(more: Vec<Draft>, origin: &str) -> Site {
        Self::set(more, Settings { origin: origin.to_owned(), ..Settings::default() })
    }

    /// The same, as an operator set it; the office is the fixture's.
    pub fn set(more: Vec<Draft>, settings: Settings) -> Site {
        Self::of(drafts().into_iter().chain(more), settings)
    }

    /// A register with these records and no others.
    pub fn empty(drafts: Vec<Draft>) -> Site {
        Self::of(drafts.into_iter(), Settings::default())
    }

    /// The sample register of so many products.
    pub fn sample(products: u64) -> Site {
        Self::of(
            server::reference::drafts().into_iter().chain(server::sample::drafts(products, 1)),
            Settings::default(),
        )
    }

    fn of(mut all: impl Iterator<Item = Draft>, settings: Settings) -> Site {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("register.db");
        Register::create_with(
            &path,
            &"a".repeat(32),
            Arc::new(server::store::FixedClock(clock())),
            &mut all,
        )
        .expect("a register");
        let indexes = Indexes::open(&path, Box::new(clock)).expect("indexes");
        let assets = Assets::load().expect("assets");
        let settings = Settings { office: "示例市场监管局".to_owned(), ..settings };
        let router = service(Arc::new(Portal::new(indexes, assets, settings)));
        Site { folder, path, router }
    }

    /// The fixture's register.
    pub fn new() -> Site {
        Self::with(Vec::new())
    }

    /// Sends a request.
    pub async fn send(&self, request: Request<Body>) -> Got {
        let response = self.router.clone().oneshot(request).await.expect("infallible");
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("a body").to_bytes().to_vec();
        Got { status: parts.status, headers: parts.headers, bytes }
    }

    /// GET with headers.
    pub async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Got {
        let mut request = Request::get(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::empty()).expect("a request")).await
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Got {
        self.get_with(path, &[]).await
    }
}

fn record(folder: &str, key: &str) -> String {
    format!("/{folder}/{}", app::model::encode_key(key))
}

/// The end of the id of the fixture's one inconsistency: its holder evaluated its own product.
fn self_evaluated() -> String {
    let evaluation = format!("foshan-standard/{PRODUCT}/2023-06-15");
    let records = format!("evaluation\n{evaluation}\nproduct\n{PRODUCT}\n");
    register::id::key::sha256_hex(records.as_bytes())[..12].to_owned()
}

/// Every page of the site map, with a key where it needs one, without language prefix.
pub fn pages() -> Vec<String> {
    [
        "/",
        "/products",
        &format!("/products/{PRODUCT}"),
        &format!("/products/{WITHDRAWN}"),
        &format!("/products/{PRODUCT}/state"),
        &format!("/enterprises/{HOLDER}/state"),
        "/directories",
        "/directories/foshan-standard",
        "/listings",
        "/enterprises",
        &format!("/enterprises/{HOLDER}"),
        "/standards",
        "/standards/T_FSAS-12-2021",
        "/notices",
        "/notices/%E7%A4%BA%E4%BE%8B%E5%B1%80_2024-001",
        "/notices/%E7%A4%BA%E4%BE%8B%E5%B1%80_2024-06-01_tip",
        "/inspections",
        "/penalties",
        "/restrictions",
        "/inconsistencies",
        &format!("/enterprises/{HOLDER}/credit"),
        &record("inspections", INSPECTION),
        &record("penalties", PENALTY),
        &record("restrictions", RESTRICTION),
        &format!("/inconsistencies/I19-{}", self_evaluated()),
        "/systems",
        "/systems/foshan-standard",
        "/services",
        "/statistics",
        "/changes",
        "/services/quality-loan_%E7%A4%BA%E4%BE%8B%E8%B4%A8%E9%87%8F%E8%B4%B7",
        "/policies",
        "/policies/gd-2016-quality-province",
        "/targets",
        "/targets/fs-products-2025",
        "/targets/fs-products-2025/recount",
        "/departments",
        "/departments/gd-qtsb",
        "/places",
        "/places/440606",
        "/scan",
        "/offline",
        "/match",
        "/cite",
        "/log",
        "/data",
        "/about",
        "/methods",
        "/accessibility",
        "/privacy",
        "/12315",
    ]
    .map(str::to_owned)
    .to_vec()
}

/// Lists with all twins.
pub const LISTS: [&str; 15] = [
    "/products",
    "/directories/foshan-standard",
    "/listings",
    "/enterprises",
    "/standards",
    "/notices",
    "/systems",
    "/services",
    "/policies",
    "/targets",
    "/departments",
    "/inspections",
    "/penalties",
    "/restrictions",
    "/inconsistencies",
];
