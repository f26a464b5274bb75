//! Enterprises: one row per enterprise record.

use super::words::{CONTESTED, v};
use super::{Catalogue, CatalogueSpec, Facet, FacetOrder, Sort, SortBy, Text};

pub(super) const SPEC: CatalogueSpec = CatalogueSpec {
    catalogue: Catalogue::Enterprises,
    name: "enterprises",
    texts: &[
        Text { name: "name", number: false },
        Text { name: "short_name", number: false },
        Text { name: "name_en", number: false },
        Text { name: "former_names", number: false },
        // The key where it is a code; a reader may type part of it.
        Text { name: "uscc", number: false },
    ],
    facets: &[
        Facet {
            name: "place",
            label: ["地区", "地區", "Place"],
            order: FacetOrder::Code,
            shown: true,
        },
        Facet {
            name: "role",
            label: ["企业类型", "企業類型", "Role"],
            order: FacetOrder::Fixed(&[
                v("producer", "生产企业", "生產企業", "Producer"),
                v("seller", "销售企业", "銷售企業", "Seller"),
                v("platform", "电商平台", "電商平台", "Platform"),
                v("market_operator", "市场开办者", "市場開辦者", "Market operator"),
                v("tester", "检验检测机构", "檢驗檢測機構", "Testing body"),
                v("certifier", "认证机构", "認證機構", "Certification body"),
                v("evaluator", "评价机构", "評價機構", "Evaluator"),
                v("association", "社会团体", "社會團體", "Association"),
            ]),
            shown: true,
        },
        Facet {
            name: "status",
            label: ["登记状态", "登記狀態", "Registration"],
            order: FacetOrder::Fixed(&[
                v("active", "存续", "存續", "Active"),
                v("deregistered", "注销", "註銷", "Deregistered"),
                v("revoked", "吊销", "吊銷", "Revoked"),
                v("moved", "迁出", "遷出", "Moved away"),
            ]),
            shown: true,
        },
        Facet {
            name: "sector",
            label: ["行业", "行業", "Sector"],
            order: FacetOrder::Count,
            shown: true,
        },
        // Schemes under which the enterprise or a product of it is listed.
        Facet {
            name: "scheme",
            label: ["列入名录", "列入名錄", "Listed under"],
            order: FacetOrder::Count,
            shown: true,
        },
        CONTESTED,
    ],
    sorts: &[
        Sort {
            name: "listings",
            label: ["有效列入数", "有效列入數", "Valid listings"],
            by: SortBy::Number(1),
            descending: true,
        },
        Sort {
            name: "products",
            label: ["产品数", "產品數", "Products"],
            by: SortBy::Number(0),
            descending: true,
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
        // Products held.
        "products", // Listings now valid, held or of a product held.
        "listings", // Day of the latest entry about it.
        "changed",
    ],
    display: &[],
    ended: &["deregistered", "revoked", "moved"],
};
