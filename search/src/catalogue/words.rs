//! Vocabularies that more than one catalogue uses.

use super::{Facet, FacetOrder, Value};

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

/// Why a listing left, in the words of the kind `listing`.
pub(super) const EXIT_REASON: &[Value] = &[
    v("standard_not_met", "不再符合标准", "不再符合標準", "Standard no longer met"),
    v("failed_inspection", "抽查不合格", "抽查不合格", "Failed inspection"),
    v("false_material", "提供虚假材料", "提供虛假材料", "False material"),
    v("mark_misuse", "违规使用标识", "違規使用標識", "Misuse of the mark"),
    v("holder_request", "持有人申请", "持有人申請", "At the holder’s request"),
    v("holder_gone", "持有人已不存在", "持有人已不存在", "Holder no longer exists"),
    v("not_renewed", "到期未续", "到期未續", "Not renewed"),
    v("scheme_ended", "名录终止", "名錄終止", "Scheme ended"),
    v("other", "其他", "其他", "Other"),
];

/// Whether somebody says that the record is wrong and the office looks into it; only of those. A mark of the
/// record itself, for a product also of a listing that its row is put together from.
pub(super) const CONTESTED: Facet = Facet {
    name: "contested",
    label: ["异议", "異議", "Contested"],
    order: FacetOrder::Fixed(&[v("yes", "有异议", "有異議", "Contested")]),
    shown: true,
};
