//! One grant under a scheme to one subject.

use super::rules::{self, Check};
use super::{Choice, Field, Kind, KindSpec, Type};
use crate::message::Message;

/// The kind `listing`.
pub static SPEC: KindSpec = KindSpec {
    kind: Kind::Listing,
    name: "listing",
    label: ["获证（上榜）", "獲證（上榜）", "Listing"],
    fields: FIELDS,
    required_columns: &[
        &["企业名称", "姓名", "地区名称", "标准编号", "名称"],
        &["统一社会信用代码", "姓名", "地区名称", "标准编号", "名称"],
        &["获证（认定）日期", "获证日期", "认定日期"],
    ],
    also: &[
        ("企业名称", "enterprise.name_zh"),
        ("获证日期", "granted_on"),
        ("认定日期", "granted_on"),
        ("商标", "product.brand"),
        ("规格型号", "product.model"),
        ("年度", "round"),
        ("公告链接", "decision.url"),
        ("地区名称", "subject.place"),
        ("标准编号", "subject.standard"),
        ("姓名", "person_name"),
        ("名称", "subject.name"),
    ],
    transitions: &[
        ("valid", "suspended"),
        ("suspended", "valid"),
        ("suspended", "withdrawn"),
        ("suspended", "cancelled"),
        ("valid", "withdrawn"),
        ("valid", "cancelled"),
        ("valid", "exited"),
        ("valid", "replaced"),
    ],
    key: rules::listing_key,
    check,
    title: |body| rules::titles(body, &["certificate_number", "scheme"]),
};

/// Fields, in the order templates and pages show them.
pub const FIELDS: &[Field] = &[
    Field::new("scheme", Type::Key(Kind::Scheme), ["名录", "名錄", "Directory"])
        .required()
        .column("名录名称")
        .example("foshan-standard"),
    Field::new("subject", Type::Subject, ["获证（上榜）对象", "獲證（上榜）對象", "Granted to"])
        .required()
        .column("产品名称")
        .example("product p-d58030165a9c"),
    Field::new("holder", Type::Key(Kind::Enterprise), ["持有人", "持有人", "Holder"])
        .column("统一社会信用代码")
        .example("91350100M000100Y43"),
    Field::new(
        "certificate_number",
        Type::Text { max: 500 },
        ["证书编号", "證書編號", "Certificate number"],
    )
    .column("证书编号")
    .example("FSB-2023-0012"),
    Field::new("round", Type::Text { max: 500 }, ["批次", "批次", "Round"])
        .column("批次")
        .example("2023年第2批"),
    Field::new("level", Type::Text { max: 500 }, ["级别", "級別", "Level"])
        .column("级别")
        .example("市"),
    Field::new("grade", Type::Text { max: 500 }, ["等级", "等級", "Grade"])
        .column("等级")
        .example("A"),
    Field::new("rank", Type::Int, ["名次", "名次", "Rank"]).column("名次").example("1"),
    Field::new("granted_on", Type::Date, ["获证（认定）日期", "獲證（認定）日期", "Granted on"])
        .required()
        .column("获证（认定）日期")
        .example("2023-06-30"),
    Field::new("valid_from", Type::Date, ["生效日期", "生效日期", "Valid from"])
        .column("生效日期")
        .example("2023-07-01"),
    Field::new("valid_until", Type::Date, ["有效期至", "有效期至", "Valid until"])
        .column("有效期至")
        .example("2026-06-30"),
    Field::new("issuer", Type::Text { max: 500 }, ["发证机构", "發證機構", "Issuer"])
        .required()
        .column("发证机构")
        .example("示例评价机构"),
    Field::new(
        "standards",
        Type::List(&Type::Key(Kind::Standard)),
        ["执行标准", "執行標準", "Standards"],
    )
    .column("执行标准")
    .example("T/FSAS 12-2021"),
    Field::new("models", Type::List(&Type::Text { max: 500 }), ["规格型号", "規格型號", "Models"])
        .column("规格型号")
        .example("SL-100A"),
    Field::new("scope", Type::Text { max: 500 }, ["认证范围", "認證範圍", "Scope"])
        .column("认证范围")
        .example("家用电冰箱的设计和制造"),
    Field::new(
        "mark_licence",
        Type::Struct(MARK_LICENCE),
        ["标识许可", "標識許可", "Mark licence"],
    )
    .column("标识许可")
    .example("BS-2023-0012 包装、广告 2026-06-30"),
    Field::new(
        "trademark_number",
        Type::Text { max: 500 },
        ["商标注册号", "商標註冊號", "Trademark number"],
    )
    .column("商标注册号")
    .example("第00000000号"),
    Field::new("area", Type::Key(Kind::Place), ["地域范围", "地域範圍", "Area"])
        .column("地域范围")
        .example("440606"),
    Field::new("decision", Type::Struct(DECISION), ["决定文书", "決定文書", "Decision"])
        .column("文号")
        .example("示例〔2024〕1号"),
    Field::new("status", Type::Enum(STATUS), ["状态", "狀態", "Status"])
        .required()
        .column("状态")
        .example("valid"),
    Field::new("exit_reason", Type::Enum(EXIT_REASON), ["退出原因", "退出原因", "Reason for exit"])
        .column("退出原因")
        .example("failed_inspection"),
    Field::new("person_name", Type::Text { max: 500 }, ["姓名", "姓名", "Name of the person"])
        .removable()
        .column("姓名")
        .example("示例人丙"),
];

/// Fields of one `mark_licence`.
pub const MARK_LICENCE: &[Field] = &[
    Field::new("number", Type::Text { max: 500 }, ["许可编号", "許可編號", "Licence number"])
        .required(),
    Field::new("uses", Type::List(&Type::Text { max: 500 }), ["使用范围", "使用範圍", "Uses"]),
    Field::new("valid_until", Type::Date, ["有效期至", "有效期至", "Valid until"]),
];

/// Fields of one `decision`.
pub const DECISION: &[Field] = &[
    Field::new("number", Type::Text { max: 500 }, ["文号", "文號", "Number"]).required(),
    Field::new("date", Type::Date, ["日期", "日期", "Date"]),
    Field::new("url", Type::Url, ["链接", "鏈接", "Link"]),
];

/// Values of `status`.
pub const STATUS: &[Choice] = &[
    Choice::new("valid", ["有效", "有效", "valid"]),
    Choice::new("suspended", ["暂停", "暫停", "suspended"]),
    Choice::new("withdrawn", ["撤销", "撤銷", "withdrawn by the authority"]),
    Choice::new("cancelled", ["注销", "註銷", "cancelled by the holder"]),
    Choice::new("exited", ["退出", "退出", "exited"]),
    Choice::new("replaced", ["换证", "換證", "replaced by a new certificate"]),
];

/// Values of `exit_reason`.
pub const EXIT_REASON: &[Choice] = &[
    Choice::new("standard_not_met", ["不再符合标准", "不再符合標準", "standard no longer met"]),
    Choice::new("failed_inspection", ["抽查不合格", "抽查不合格", "failed inspection"]),
    Choice::new("false_material", ["提供虚假材料", "提供虛假材料", "false material"]),
    Choice::new("mark_misuse", ["违规使用标识", "違規使用標識", "misuse of the mark"]),
    Choice::new("holder_request", ["持有人申请", "持有人申請", "at the holder’s request"]),
    Choice::new("holder_gone", ["持有人已不存在", "持有人已不存在", "holder no longer exists"]),
    Choice::new("not_renewed", ["到期未续", "到期未續", "not renewed"]),
    Choice::new("scheme_ended", ["名录终止", "名錄終止", "scheme ended"]),
    Choice::new("other", ["其他", "其他", "other"]),
];

fn check(c: &Check, out: &mut Vec<Message>) {
    rules::not_before(c, "granted_on", "valid_until", out);
    rules::leaving_valid(c, out);
    rules::holder_of_subject(c, out);
    rules::cited_standards(c, out);
    rules::place(c, "area", out);
    let Some(scheme) =
        rules::text(c.body, "scheme").and_then(|key| c.ctx.record(Kind::Scheme, key))
    else {
        rules::already_expired(c, out);
        return;
    };
    rules::inside_scheme_dates(c, &scheme, out);
    rules::fits_pattern(c, &scheme, out);
    rules::already_expired(c, out);
}
