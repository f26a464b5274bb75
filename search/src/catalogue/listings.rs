//! Listings: one row per grant. `/directories/{scheme}` is this catalogue filtered by `scheme`.

use super::words::{CONTESTED, EXIT_REASON, LISTING_ENDED, LISTING_STATUS, v};
use super::{Catalogue, CatalogueSpec, Facet, FacetOrder, Sort, SortBy, Text};

pub(super) const SPEC: CatalogueSpec = CatalogueSpec {
    catalogue: Catalogue::Listings,
    name: "listings",
    texts: &[
        // Name of the subject (of a product, its name), and its English name.
        Text { name: "name", number: false },
        Text { name: "name_en", number: false },
        // Of a product: brand and models as printed.
        Text { name: "model", number: false },
        Text { name: "brand", number: false },
        // Name of the holder (of an enterprise listing, empty: it is the subject).
        Text { name: "holder", number: false },
        Text { name: "certificate", number: false },
        // Standards, one per line.
        Text { name: "standard", number: true },
    ],
    facets: &[
        Facet {
            name: "scheme",
            label: ["名录", "名錄", "Scheme"],
            order: FacetOrder::Count,
            shown: true,
        },
        Facet {
            name: "status",
            label: ["状态", "狀態", "Status"],
            order: FacetOrder::Fixed(LISTING_STATUS),
            shown: true,
        },
        // Year of the grant.
        Facet {
            name: "year",
            label: ["列入年份", "列入年份", "Year listed"],
            order: FacetOrder::CodeDescending,
            shown: true,
        },
        // Every level of the listing's area, else of its holder's place.
        Facet {
            name: "place",
            label: ["地区", "地區", "Place"],
            order: FacetOrder::Code,
            shown: true,
        },
        Facet {
            name: "level",
            label: ["级别", "級別", "Level"],
            order: FacetOrder::Count,
            shown: true,
        },
        Facet {
            name: "round",
            label: ["批次", "批次", "Round"],
            order: FacetOrder::CodeDescending,
            shown: true,
        },
        // Kind of the subject.
        Facet {
            name: "kind",
            label: ["授予对象", "授予對象", "Granted to"],
            order: FacetOrder::Fixed(&[
                v("product", "产品", "產品", "Product"),
                v("enterprise", "企业", "企業", "Enterprise"),
                v("place", "地区", "地區", "Place"),
                v("standard", "标准", "標準", "Standard"),
                v("person", "个人", "個人", "Person"),
                v("team", "团队", "團隊", "Team"),
                v("name", "名称", "名稱", "Name"),
            ]),
            shown: true,
        },
        // Sector of the product, else of the holder.
        Facet {
            name: "sector",
            label: ["行业", "行業", "Sector"],
            order: FacetOrder::Count,
            shown: true,
        },
        // Why it left; only of those that did.
        Facet {
            name: "exit",
            label: ["退出原因", "退出原因", "Reason of exit"],
            order: FacetOrder::Fixed(EXIT_REASON),
            shown: true,
        },
        CONTESTED,
        // Whole years it stayed in force, one code for every year reached.
        Facet {
            name: "kept",
            label: ["满几年仍在册", "滿幾年仍在冊", "Years kept"],
            order: FacetOrder::Code,
            shown: false,
        },
        // Key of the holder or of the enterprise that is the subject.
        Facet {
            name: "enterprise",
            label: ["企业", "企業", "Enterprise"],
            order: FacetOrder::Count,
            shown: false,
        },
    ],
    sorts: &[
        Sort {
            name: "granted",
            label: ["列入日期", "列入日期", "Date listed"],
            by: SortBy::Number(0),
            descending: true,
        },
        Sort {
            name: "expires",
            label: ["到期日", "到期日", "Expiry date"],
            by: SortBy::Number(1),
            descending: false,
        },
        Sort {
            name: "changed",
            label: ["最近变动", "最近變動", "Latest change"],
            by: SortBy::Number(2),
            descending: true,
        },
        Sort {
            name: "name",
            label: ["名称", "名稱", "Name"],
            by: SortBy::Text(0),
            descending: false,
        },
    ],
    numbers: &[
        "granted",
        "expires",
        "changed",
        // Day the status began, where it is neither `valid` nor `expired`.
        "status_since",
    ],
    display: &[
        // Key of the subject (its kind is the facet `kind`).
        "subject",
        "grade",
        // Code of the reason of exit.
        "exit_reason",
    ],
    ended: LISTING_ENDED,
};
