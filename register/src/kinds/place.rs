//! A province, prefecture, district, park or zone.

use super::rules;
use super::{Choice, Field, Kind, KindSpec, Type};

/// The kind `place`.
pub static SPEC: KindSpec = KindSpec {
    kind: Kind::Place,
    name: "place",
    label: ["地区", "地區", "Place"],
    fields: FIELDS,
    required_columns: &[&["区划代码"], &["名称"], &["级别"]],
    also: &[],
    transitions: &[],
    key: rules::place_key,
    check: rules::no_check,
    title: |body| rules::titles(body, &["name"]),
};

/// Fields, in the order templates and pages show them.
pub const FIELDS: &[Field] = &[
    Field::new("code", Type::DivisionCode, ["区划代码", "區劃代碼", "Division code"])
        .required()
        .column("区划代码")
        .example("440606"),
    Field::new("name", Type::Text { max: 500 }, ["名称", "名稱", "Name"])
        .required()
        .column("名称")
        .example("顺德区"),
    Field::new("level", Type::Enum(LEVEL), ["级别", "級別", "Level"])
        .required()
        .column("级别")
        .example("县"),
    Field::new("valid_from", Type::Date, ["启用日期", "啟用日期", "From"])
        .column("启用日期")
        .example("2002-12-08"),
    Field::new("valid_to", Type::Date, ["停用日期", "停用日期", "To"]).column("停用日期"),
    Field::new(
        "replaced_by",
        Type::List(&Type::Key(Kind::Place)),
        ["变更后代码", "變更後代碼", "Replaced by"],
    )
    .column("变更后代码")
    .example("440606"),
    Field::new("centroid", Type::Struct(CENTROID), ["中心坐标", "中心座標", "Centre"])
        .unit("degree")
        .column("中心坐标")
        .example("22.84 113.24"),
];

/// Fields of one `centroid`.
pub const CENTROID: &[Field] = &[
    Field::new("lat", Type::Decimal, ["纬度", "緯度", "Latitude"]).required().unit("degree"),
    Field::new("lon", Type::Decimal, ["经度", "經度", "Longitude"]).required().unit("degree"),
];

/// Values of `level`.
pub const LEVEL: &[Choice] = &[
    Choice::new("省", ["省", "省", "province"]),
    Choice::new("市", ["市", "市", "city"]),
    Choice::new("县", ["县", "縣", "county or district"]),
    Choice::new("园区", ["园区", "園區", "park or zone"]),
];
