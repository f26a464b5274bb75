//! Policy documents.

use super::words::v;
use super::{Catalogue, CatalogueSpec, Facet, FacetOrder, Sort, SortBy, Text};

pub(super) const SPEC: CatalogueSpec = CatalogueSpec {
    catalogue: Catalogue::Policies,
    name: "policies",
    texts: &[
        Text { name: "name", number: false },
        Text { name: "name_hant", number: false },
        Text { name: "name_en", number: false },
        // Document number.
        Text { name: "number", number: false },
    ],
    facets: &[
        // On the day: past its last day, within its term, or without a stated term.
        Facet {
            name: "status",
            label: ["现况", "現況", "Standing"],
            order: FacetOrder::Fixed(&[
                v("in_term", "有效期内", "有效期內", "Within its term"),
                v("no_term", "未写有效期", "未寫有效期", "No term stated"),
                v("over", "已到期", "已到期", "Term over"),
            ]),
            shown: true,
        },
        // Departments that issued it.
        Facet {
            name: "department",
            label: ["发文机关", "發文機關", "Issued by"],
            order: FacetOrder::Count,
            shown: true,
        },
        Facet {
            name: "place",
            label: ["适用地区", "適用地區", "Region"],
            order: FacetOrder::Code,
            shown: true,
        },
        Facet {
            name: "year",
            label: ["成文年份", "成文年份", "Year issued"],
            order: FacetOrder::CodeDescending,
            shown: true,
        },
    ],
    sorts: &[
        Sort {
            name: "issued",
            label: ["成文日期", "成文日期", "Date issued"],
            by: SortBy::Number(0),
            descending: true,
        },
        Sort {
            name: "targets",
            label: ["目标数", "目標數", "Targets"],
            by: SortBy::Number(3),
            descending: true,
        },
        Sort {
            name: "name",
            label: ["名称", "名稱", "Name"],
            by: SortBy::Text(0),
            descending: false,
        },
    ],
    numbers: &["issued", "expires", "clauses", "targets"],
    display: &[],
    ended: &["over"],
};
