//! Products: one row per product record.

use super::words::{CONTESTED, LISTING_ENDED, LISTING_STATUS, v};
use super::{Catalogue, CatalogueSpec, Facet, FacetOrder, Sort, SortBy, Text};

pub(super) const SPEC: CatalogueSpec = CatalogueSpec {
    catalogue: Catalogue::Products,
    name: "products",
    texts: &[
        Text { name: "name", number: false },
        Text { name: "name_en", number: false },
        Text { name: "model", number: false },
        Text { name: "brand", number: false },
        // Names of the holder (the key is in the facet `enterprise`).
        Text { name: "enterprise", number: false },
        Text { name: "enterprise_en", number: false },
        // Standards the product claims or is listed under, one per line; the first is shown.
        Text { name: "standard", number: true },
        Text { name: "gtin", number: false },
        // The other language's words for the goods, added by the register: never the source's.
        Text { name: "added_words", number: false },
    ],
    facets: &[
        // Text as the record has it, e.g. 家电.
        Facet {
            name: "sector",
            label: ["行业", "行業", "Sector"],
            order: FacetOrder::Count,
            shown: true,
        },
        // Every level: 家电, 家电/制冷.
        Facet {
            name: "category",
            label: ["产品类别", "產品類別", "Category"],
            order: FacetOrder::Count,
            shown: true,
        },
        // Computed status of the deciding listing.
        Facet {
            name: "status",
            label: ["状态", "狀態", "Status"],
            order: FacetOrder::Fixed(LISTING_STATUS),
            shown: true,
        },
        // Key of every scheme the product is listed under.
        Facet {
            name: "scheme",
            label: ["评价方案", "評價方案", "Scheme"],
            order: FacetOrder::Count,
            shown: true,
        },
        // Every level of the holder's place: 440000, 440600, 440606; a country code elsewhere.
        Facet {
            name: "place",
            label: ["地区", "地區", "Place"],
            order: FacetOrder::Code,
            shown: true,
        },
        // Grant year of the deciding listing.
        Facet {
            name: "year",
            label: ["列入年份", "列入年份", "Year listed"],
            order: FacetOrder::CodeDescending,
            shown: true,
        },
        // Band of the latest `standard_level` score, per hundred of its full mark.
        Facet {
            name: "score",
            label: ["标准水平得分", "標準水平得分", "Standard level score"],
            order: FacetOrder::Fixed(&[
                v("90-", "90 及以上", "90 及以上", "90 and above"),
                v("80-89", "80–89", "80–89", "80–89"),
                v("70-79", "70–79", "70–79", "70–79"),
                v("below", "70 以下", "70 以下", "below 70"),
            ]),
            shown: true,
        },
        // The product's own status.
        Facet {
            name: "production",
            label: ["在产情况", "在產情況", "Production"],
            order: FacetOrder::Fixed(&[
                v("on_sale", "在产", "在產", "In production"),
                v("discontinued", "停产", "停產", "Discontinued"),
            ]),
            shown: true,
        },
        CONTESTED,
        // Key of the holder.
        Facet {
            name: "enterprise",
            label: ["企业", "企業", "Enterprise"],
            order: FacetOrder::Count,
            shown: false,
        },
        // Keys of the standards.
        Facet {
            name: "standard",
            label: ["标准", "標準", "Standard"],
            order: FacetOrder::Count,
            shown: false,
        },
        Facet {
            name: "brand",
            label: ["品牌", "品牌", "Brand"],
            order: FacetOrder::Count,
            shown: false,
        },
    ],
    sorts: &[
        Sort {
            name: "changed",
            label: ["最近变动", "最近變動", "Latest change"],
            by: SortBy::Number(0),
            descending: true,
        },
        Sort {
            name: "strictness",
            label: ["比对照标准严多少", "比對照標準嚴多少", "Strictness"],
            by: SortBy::Number(1),
            descending: true,
        },
        Sort {
            name: "expires",
            label: ["到期日", "到期日", "Expiry date"],
            by: SortBy::Number(2),
            descending: false,
        },
        Sort {
            name: "granted",
            label: ["列入日期", "列入日期", "Date listed"],
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
    numbers: &[
        // Day of the latest entry that changed what the row says (its `valid_from`).
        "changed",
        // Strictness of the first indicator against the national standard, in tenths of a percent.
        "strictness",
        // Day the deciding listing is valid until.
        "expires",
        // Day the deciding listing was granted.
        "granted",
        // Day the deciding status began, where it is neither `valid` nor `expired`.
        "status_since",
    ],
    display: &[
        // First indicator: its id, its Chinese name, direction (`lower_better`, `higher_better`, `within`), unit.
        "indicator",
        "indicator_name",
        "direction",
        "unit",
        // Measured value (else the own limit), own limit, the national standard's limit, in `unit`:
        // decimal strings; the bar's positions follow from them.
        "value",
        "limit",
        "baseline",
        // Key of the scheme of the deciding listing.
        "deciding_scheme",
    ],
    ended: LISTING_ENDED,
};
