//! Departments: what they lead and what they promised.

use super::words::v;
use super::{Catalogue, CatalogueSpec, Facet, FacetOrder, Sort, SortBy, Text};

pub(super) const SPEC: CatalogueSpec = CatalogueSpec {
    catalogue: Catalogue::Departments,
    name: "departments",
    texts: &[
        Text { name: "name", number: false },
        Text { name: "name_hant", number: false },
        Text { name: "name_en", number: false },
        // Short names, one per line.
        Text { name: "aliases", number: false },
    ],
    facets: &[
        Facet {
            name: "status",
            label: ["现况", "現況", "Standing"],
            order: FacetOrder::Fixed(&[
                v("in_being", "没有变更记录", "沒有變更記錄", "No change on record"),
                v("succeeded", "职责已由别的部门接续", "職責已由別的部門接續", "Duties taken over"),
            ]),
            shown: true,
        },
        Facet {
            name: "level",
            label: ["级别", "級別", "Level"],
            order: FacetOrder::Fixed(&[
                v("国家", "国家", "國家", "National"),
                v("国家驻粤", "国家驻粤", "國家駐粵", "National, stationed in Guangdong"),
                v("省", "省", "省", "Provincial"),
                v("市", "市", "市", "City"),
                v("区", "区", "區", "District"),
                v("县", "县", "縣", "County"),
            ]),
            shown: true,
        },
        Facet {
            name: "place",
            label: ["地区", "地區", "Place"],
            order: FacetOrder::Code,
            shown: true,
        },
        // Policies that name it.
        Facet {
            name: "policy",
            label: ["政策文件", "政策文件", "Policy"],
            order: FacetOrder::Count,
            shown: true,
        },
    ],
    sorts: &[
        Sort {
            name: "lead",
            label: ["牵头措施数", "牽頭措施數", "Measures led"],
            by: SortBy::Number(0),
            descending: true,
        },
        Sort {
            name: "targets",
            label: ["目标数", "目標數", "Targets"],
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
    numbers: &["lead", "co", "targets"],
    display: &[],
    ended: &["succeeded"],
};
