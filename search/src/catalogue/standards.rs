//! Standards: one row per edition.

use super::words::{CONTESTED, v};
use super::{Catalogue, CatalogueSpec, Facet, FacetOrder, Sort, SortBy, Text};

pub(super) const SPEC: CatalogueSpec = CatalogueSpec {
    catalogue: Catalogue::Standards,
    name: "standards",
    texts: &[
        // The number is the title of a standard's page and what readers type.
        Text { name: "number", number: true },
        Text { name: "title", number: false },
        Text { name: "title_en", number: false },
        Text { name: "issuer", number: false },
    ],
    facets: &[
        Facet {
            name: "type",
            label: ["标准类别", "標準類別", "Type"],
            order: FacetOrder::Fixed(&[
                v("national", "国家标准", "國家標準", "National"),
                v("industry", "行业标准", "行業標準", "Industry"),
                v("local", "地方标准", "地方標準", "Local"),
                v("group", "团体标准", "團體標準", "Group"),
                v("enterprise", "企业标准", "企業標準", "Enterprise"),
                v("international", "国际标准", "國際標準", "International"),
                v("foreign", "国外标准", "國外標準", "Foreign"),
            ]),
            shown: true,
        },
        Facet {
            name: "status",
            label: ["状态", "狀態", "Status"],
            order: FacetOrder::Fixed(&[
                v("current", "现行", "現行", "Current"),
                v("upcoming", "即将实施", "即將實施", "Upcoming"),
                v("replaced", "被代替", "被代替", "Replaced"),
                v("withdrawn", "废止", "廢止", "Withdrawn"),
                v("unknown", "状态未知", "狀態未知", "Unknown"),
            ]),
            shown: true,
        },
        Facet {
            name: "mandatory",
            label: ["约束力", "約束力", "Force"],
            order: FacetOrder::Fixed(&[
                v("yes", "强制性", "強制性", "Mandatory"),
                v("no", "推荐性", "推薦性", "Voluntary"),
            ]),
            shown: true,
        },
        Facet {
            name: "issuer",
            label: ["发布单位", "發布單位", "Issuer"],
            order: FacetOrder::Count,
            shown: true,
        },
        // Year of issue.
        Facet {
            name: "year",
            label: ["发布年份", "發布年份", "Year issued"],
            order: FacetOrder::CodeDescending,
            shown: true,
        },
        Facet {
            name: "family",
            label: ["标准系列", "標準系列", "Family"],
            order: FacetOrder::Count,
            shown: true,
        },
        CONTESTED,
    ],
    sorts: &[
        Sort {
            name: "issued",
            label: ["发布日期", "發布日期", "Date issued"],
            by: SortBy::Number(0),
            descending: true,
        },
        Sort {
            name: "effective",
            label: ["实施日期", "實施日期", "Date effective"],
            by: SortBy::Number(1),
            descending: true,
        },
        Sort {
            name: "products",
            label: ["产品数", "產品數", "Products"],
            by: SortBy::Number(2),
            descending: true,
        },
        Sort {
            name: "number",
            label: ["标准编号", "標準編號", "Number"],
            by: SortBy::Text(0),
            descending: false,
        },
    ],
    numbers: &[
        "issued",
        "effective",
        // Products that claim it or are listed under it.
        "products",
        // Day of withdrawal.
        "withdrawn",
    ],
    display: &[
        // Key of the first standard that replaces it.
        "replaced_by",
    ],
    ended: &["replaced", "withdrawn"],
};
