//! Vocabularies that more than one catalogue uses.

use super::Value;

/// A value in one line.
pub(super) const fn v(
    code: &'static str,
    zh: &'static str,
    hant: &'static str,
    en: &'static str,
) -> Value {
    Value { code, label: [zh, hant, en] }
}

/// Computed status of a listing, best first.
pub(super) const LISTING_STATUS: &[Value] = &[
    v("valid", "有效", "有效", "Valid"),
    v("suspended", "暂停", "暫停", "Suspended"),
    v("expired", "已过期", "已過期", "Expired"),
    v("withdrawn", "已撤销", "已撤銷", "Withdrawn"),
    v("cancelled", "已注销", "已註銷", "Cancelled"),
    v("exited", "已退出", "已退出", "Exited"),
    v("replaced", "已换证", "已換證", "Replaced"),
    v("none", "未列入", "未列入", "Not listed"),
];

/// Those of [`LISTING_STATUS`] that rank behind.
pub(super) const LISTING_ENDED: &[&str] =
    &["expired", "withdrawn", "cancelled", "exited", "replaced"];
