//! A public key that signs statements or the log.

use super::rules;
use super::{Choice, Field, Kind, KindSpec, Type};

/// The kind `key`.
pub static SPEC: KindSpec = KindSpec {
    kind: Kind::Key,
    name: "key",
    label: ["签名公钥", "簽名公鑰", "Signing key"],
    fields: FIELDS,
    required_columns: &[&["算法"], &["公钥"], &["持有机构"], &["启用日期"]],
    also: &[],
    transitions: &[
        ("pending", "active"),
        ("active", "retired"),
        ("active", "revoked"),
        ("pending", "revoked"),
        ("retired", "revoked"),
    ],
    key: rules::supplied_key,
    check: rules::no_check,
    title: |body| rules::titles(body, &["holder", "algorithm"]),
};

/// Fields, in the order templates and pages show them.
pub const FIELDS: &[Field] = &[
    Field::new("algorithm", Type::Enum(ALGORITHM), ["算法", "算法", "Algorithm"])
        .required()
        .column("算法")
        .example("ed25519"),
    Field::new("public_key", Type::Bytes, ["公钥", "公鑰", "Public key"])
        .required()
        .column("公钥")
        .example("AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"),
    Field::new("holder", Type::Text { max: 500 }, ["持有机构", "持有機構", "Held by"])
        .required()
        .column("持有机构")
        .example("示例平台"),
    Field::new("valid_from", Type::Date, ["启用日期", "啟用日期", "From"])
        .required()
        .column("启用日期")
        .example("2024-01-01"),
    Field::new("valid_to", Type::Date, ["停用日期", "停用日期", "To"])
        .column("停用日期")
        .example("2026-12-31"),
    Field::new("status", Type::Enum(STATUS), ["状态", "狀態", "Status"])
        .required()
        .column("状态")
        .example("active"),
    Field::new("reason", Type::Text { max: 500 }, ["原因", "原因", "Reason"])
        .column("原因")
        .example("到期轮换"),
];

/// Values of `algorithm`.
pub const ALGORITHM: &[Choice] = &[
    Choice::new("ed25519", ["Ed25519", "Ed25519", "Ed25519"]),
    Choice::new("sm2", ["SM2", "SM2", "SM2"]),
];

/// Values of `status`.
pub const STATUS: &[Choice] = &[
    Choice::new("pending", ["待启用", "待啟用", "pending"]),
    Choice::new("active", ["启用", "啟用", "active"]),
    Choice::new("retired", ["停用", "停用", "retired"]),
    Choice::new("revoked", ["吊销", "吊銷", "revoked"]),
];
