//! Administrative penalties within their publication term.

use super::words::{CONTESTED, v};
use super::{Catalogue, CatalogueSpec, Facet, FacetOrder, Sort, SortBy, Text};

pub(super) const SPEC: CatalogueSpec = CatalogueSpec {
    catalogue: Catalogue::Penalties,
    name: "penalties",
    texts: &[
        Text { name: "number", number: false },
        Text { name: "party", number: false },
        Text { name: "act", number: false },
        Text { name: "authority", number: false },
    ],
    facets: &[
        Facet {
            name: "status",
            label: ["状态", "狀態", "Status"],
            order: FacetOrder::Fixed(&[
                v("in_force", "生效", "生效", "In force"),
                v("under_review", "复议诉讼", "複議訴訟", "Under review"),
                v("revoked", "撤销", "撤銷", "Revoked"),
                v("repaired", "信用修复", "信用修復", "Credit repaired"),
            ]),
            shown: true,
        },
        Facet {
            name: "measure",
            label: ["处罚类别", "處罰類別", "Kind of penalty"],
            order: FacetOrder::Fixed(&[
                v("warning", "警告", "警告", "Warning"),
                v("fine", "罚款", "罰款", "Fine"),
                v("confiscation", "没收", "沒收", "Confiscation"),
                v("revocation", "吊销许可", "吊銷許可", "Revocation of a licence"),
                v("order", "责令改正", "責令改正", "Order to put right"),
            ]),
            shown: true,
        },
        Facet {
            name: "authority",
            label: ["处罚机关", "處罰機關", "Decided by"],
            order: FacetOrder::Count,
            shown: true,
        },
        Facet {
            name: "year",
            label: ["年份", "年份", "Year"],
            order: FacetOrder::CodeDescending,
            shown: true,
        },
        Facet {
            name: "place",
            label: ["地区", "地區", "Place"],
            order: FacetOrder::Code,
            shown: true,
        },
        CONTESTED,
        Facet {
            name: "enterprise",
            label: ["企业", "企業", "Enterprise"],
            order: FacetOrder::Count,
            shown: false,
        },
    ],
    sorts: &[
        Sort {
            name: "decided",
            label: ["决定日期", "決定日期", "Date decided"],
            by: SortBy::Number(0),
            descending: true,
        },
        Sort {
            name: "amount",
            label: ["罚款金额", "罰款金額", "Fine"],
            by: SortBy::Number(2),
            descending: true,
        },
        Sort {
            name: "number",
            label: ["文号", "文號", "Number"],
            by: SortBy::Text(0),
            descending: false,
        },
    ],
    numbers: &["decided", "until", "amount_fen"],
    display: &["content"],
    ended: &["revoked", "repaired"],
};
