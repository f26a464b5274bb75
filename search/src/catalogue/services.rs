//! Public quality services: product hospitals, one-stop bases, laboratories, redress offices.

use super::words::{CONTESTED, v};
use super::{Catalogue, CatalogueSpec, Facet, FacetOrder, Sort, SortBy, Text};

pub(super) const SPEC: CatalogueSpec = CatalogueSpec {
    catalogue: Catalogue::Services,
    name: "services",
    texts: &[
        Text { name: "name", number: false },
        // What is done there, and for a laboratory its test items; one per line.
        Text { name: "needs", number: false },
        Text { name: "operator", number: false },
        // Name of the system it belongs to, and its English name.
        Text { name: "system_name", number: false },
        Text { name: "system_name_en", number: false },
    ],
    facets: &[
        // Key of the system of the policy documents.
        Facet {
            name: "system",
            label: ["服务种类", "服務種類", "Kind of service"],
            order: FacetOrder::Count,
            shown: true,
        },
        Facet {
            name: "place",
            label: ["地区", "地區", "Place"],
            order: FacetOrder::Code,
            shown: true,
        },
        // What one comes for, as the source words it: one code per thing named.
        Facet {
            name: "need",
            label: ["办什么事", "辦什麼事", "Need"],
            order: FacetOrder::Count,
            shown: true,
        },
        // Test items of a laboratory, or what else the source gives as the scope.
        Facet {
            name: "scope",
            label: ["检测项目或范围", "檢測項目或範圍", "Test item or scope"],
            order: FacetOrder::Count,
            shown: true,
        },
        Facet {
            name: "for_whom",
            label: ["服务对象", "服務對象", "For whom"],
            order: FacetOrder::Count,
            shown: true,
        },
        // Schemes whose listings entitle to the service.
        Facet {
            name: "scheme",
            label: ["凭哪个名录办理", "憑哪個名錄辦理", "Entitling directory"],
            order: FacetOrder::Count,
            shown: true,
        },
        Facet {
            name: "status",
            label: ["状态", "狀態", "Status"],
            order: FacetOrder::Fixed(&[
                v("open", "开放", "開放", "Open"),
                v("closed", "关闭", "關閉", "Closed"),
            ]),
            shown: true,
        },
        CONTESTED,
    ],
    sorts: &[
        Sort {
            name: "name",
            label: ["名称", "名稱", "Name"],
            by: SortBy::Text(0),
            descending: false,
        },
        Sort {
            name: "changed",
            label: ["最近变动", "最近變動", "Latest change"],
            by: SortBy::Number(0),
            descending: true,
        },
    ],
    numbers: &["changed"],
    display: &["contact", "hours", "cost"],
    ended: &["closed"],
};
