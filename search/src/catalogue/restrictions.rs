//! Presence on adverse lists, within the publication term.

use super::words::{CONTESTED, v};
use super::{Catalogue, CatalogueSpec, Facet, FacetOrder, Sort, SortBy, Text};

pub(super) const SPEC: CatalogueSpec = CatalogueSpec {
    catalogue: Catalogue::Restrictions,
    name: "restrictions",
    texts: &[
        Text { name: "subject", number: false },
        Text { name: "cause", number: false },
        Text { name: "authority", number: false },
        Text { name: "decision", number: false },
    ],
    facets: &[
        Facet {
            name: "status",
            label: ["状态", "狀態", "Status"],
            order: FacetOrder::Fixed(&[
                v("listed", "列入", "列入", "Listed"),
                v("removed", "移出", "移出", "Removed"),
            ]),
            shown: true,
        },
        Facet {
            name: "list",
            label: ["名单类型", "名單類型", "List"],
            order: FacetOrder::Fixed(&[
                v("abnormal_operations", "经营异常名录", "經營異常名錄", "Abnormal operations"),
                v(
                    "serious_dishonesty",
                    "严重违法失信名单",
                    "嚴重違法失信名單",
                    "Serious dishonesty",
                ),
                v("quality_blacklist", "质量黑名单", "質量黑名單", "Quality blacklist"),
                v("sector", "行业名单", "行業名單", "Sector list"),
            ]),
            shown: true,
        },
        Facet {
            name: "authority",
            label: ["列入机关", "列入機關", "Listed by"],
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
            name: "listed",
            label: ["列入日期", "列入日期", "Date listed"],
            by: SortBy::Number(0),
            descending: true,
        },
        Sort {
            name: "until",
            label: ["公示截止期", "公示截止期", "Published until"],
            by: SortBy::Number(2),
            descending: false,
        },
        Sort {
            name: "subject",
            label: ["名称", "名稱", "Name"],
            by: SortBy::Text(0),
            descending: false,
        },
    ],
    numbers: &["listed", "removed", "until"],
    display: &[],
    ended: &["removed"],
};
