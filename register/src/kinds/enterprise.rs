//! A legal entity that makes, sells, tests, certifies or is listed.

use super::rules::{self, Check};
use super::{Choice, Field, Kind, KindSpec, Type};
use crate::message::{Code, Message};

/// The kind `enterprise`.
pub static SPEC: KindSpec = KindSpec {
    kind: Kind::Enterprise,
    name: "enterprise",
    label: ["企业", "企業", "Enterprise"],
    fields: FIELDS,
    required_columns: &[&["企业名称"], &["统一社会信用代码"], &["所在地"]],
    also: &[
        ("企业名称（原文）", "name_zh"),
        ("单位名称", "name_zh"),
        ("社会信用代码", "uscc"),
        ("信用代码", "uscc"),
        ("注册地", "place"),
        ("区划代码", "place"),
    ],
    transitions: &[
        ("active", "deregistered"),
        ("active", "revoked"),
        ("active", "moved"),
        ("revoked", "deregistered"),
    ],
    key: rules::enterprise_key,
    check,
    title: |body| rules::title(body, "name_zh"),
};

/// Fields, in the order templates and pages show them.
pub const FIELDS: &[Field] = &[
    Field::new("name_zh", Type::Text { max: 500 }, ["名称", "名稱", "Name"])
        .required()
        .column("企业名称")
        .example("示例电器有限公司"),
    Field::new(
        "uscc",
        Type::Uscc,
        ["统一社会信用代码", "統一社會信用代碼", "Unified social credit code"],
    )
    .column("统一社会信用代码")
    .example("91350100M000100Y43"),
    Field::new(
        "name_hant",
        Type::Text { max: 500 },
        ["繁体名称", "繁體名稱", "Name in Traditional Chinese"],
    )
    .example("示例電器有限公司"),
    Field::new("name_en", Type::Text { max: 500 }, ["英文名称", "英文名稱", "English name"])
        .column("英文名称")
        .example("Example Appliances Co., Ltd."),
    Field::new(
        "former_names",
        Type::List(&Type::Text { max: 500 }),
        ["曾用名", "曾用名", "Former names"],
    )
    .column("曾用名")
    .example("示例电器厂"),
    Field::new("short_name", Type::Text { max: 500 }, ["简称", "簡稱", "Short name"])
        .column("简称")
        .example("示例电器"),
    Field::new("place", Type::PlaceOrCountry, ["所在地", "所在地", "Place of registration"])
        .required()
        .column("所在地")
        .example("440606"),
    Field::new("status", Type::Enum(STATUS), ["登记状态", "登記狀態", "Registration status"])
        .required()
        .column("登记状态")
        .example("active"),
    Field::new("roles", Type::List(&Type::Enum(ROLES)), ["企业类型", "企業類型", "Roles"])
        .required()
        .column("企业类型")
        .example("producer"),
    Field::new("sector", Type::Text { max: 500 }, ["行业", "行業", "Sector"])
        .column("行业")
        .example("电气机械和器材制造业"),
    Field::new("sector_group", Type::Enum(SECTOR_GROUP), ["行业大类", "行業大類", "Sector group"])
        .column("行业大类")
        .example("manufacturing"),
    Field::new("site", Type::Url, ["官网", "官網", "Website"])
        .column("官网")
        .example("https://example.com/"),
    Field::new(
        "legal_representative",
        Type::Text { max: 500 },
        ["法定代表人", "法定代表人", "Legal representative"],
    )
    .removable()
    .column("法定代表人")
    .example("示例人甲"),
    Field::new(
        "quality_lead",
        Type::Text { max: 500 },
        ["首席质量官", "首席質量官", "Chief quality officer"],
    )
    .removable()
    .column("首席质量官")
    .example("示例人乙"),
    Field::new(
        "first_responsible",
        Type::Text { max: 500 },
        ["质量首负责任人", "質量首負責任人", "Person first responsible for quality"],
    )
    .removable()
    .column("质量首负责任人")
    .example("示例人甲"),
];

/// Values of `status`.
pub const STATUS: &[Choice] = &[
    Choice::new("active", ["存续", "存續", "active"]),
    Choice::new("deregistered", ["注销", "註銷", "deregistered"]),
    Choice::new("revoked", ["吊销", "吊銷", "licence revoked"]),
    Choice::new("moved", ["迁出", "遷出", "moved away"]),
];

/// Values of `roles`.
pub const ROLES: &[Choice] = &[
    Choice::new("producer", ["生产企业", "生產企業", "producer"]),
    Choice::new("seller", ["销售企业", "銷售企業", "seller"]),
    Choice::new("platform", ["平台企业", "平台企業", "online platform"]),
    Choice::new("market_operator", ["市场开办者", "市場開辦者", "market operator"]),
    Choice::new("tester", ["检验检测机构", "檢驗檢測機構", "testing body"]),
    Choice::new("certifier", ["认证机构", "認證機構", "certification body"]),
    Choice::new("evaluator", ["评价机构", "評價機構", "evaluation body"]),
    Choice::new("association", ["协会", "協會", "association"]),
];

/// Values of `sector_group`.
pub const SECTOR_GROUP: &[Choice] = &[
    Choice::new("manufacturing", ["制造业", "製造業", "manufacturing"]),
    Choice::new("consumer", ["消费品", "消費品", "consumer goods"]),
    Choice::new("other", ["其他", "其他", "other"]),
];

fn check(c: &Check, out: &mut Vec<Message>) {
    rules::place(c, "place", out);
    let Some(previous) = c.ctx.previous() else { return };
    let (Some(new), Some(old)) = (rules::text(c.body, "name_zh"), rules::text(previous, "name_zh"))
    else {
        return;
    };
    let renamed = rules::texts(c.body, "former_names").any(|n| n == old);
    if new != old && !renamed {
        out.push(Message::new(Code::W02).column("企业名称").value(new).arg("a", new).arg("b", old));
    }
}
