//! Targets the policies set, with how they stand on the day.

use super::words::v;
use super::{Catalogue, CatalogueSpec, Facet, FacetOrder, Sort, SortBy, Text};

pub(super) const SPEC: CatalogueSpec = CatalogueSpec {
    catalogue: Catalogue::Targets,
    name: "targets",
    texts: &[
        // In the document's words, else what is measured.
        Text { name: "name", number: false },
        Text { name: "name_hant", number: false },
        Text { name: "name_en", number: false },
        Text { name: "measure", number: false },
    ],
    facets: &[
        Facet {
            name: "status",
            label: ["状态", "狀態", "Status"],
            order: FacetOrder::Fixed(&[
                v("reached", "已达到", "已達到", "Reached"),
                v("missed", "到期未达到", "到期未達到", "Missed"),
                v("open", "进行中", "進行中", "Open"),
                v("not_computable", "这里算不出", "這裡算不出", "Not computable here"),
            ]),
            shown: true,
        },
        Facet {
            name: "policy",
            label: ["政策文件", "政策文件", "Policy"],
            order: FacetOrder::Count,
            shown: true,
        },
        // Departments responsible, by the name of the time.
        Facet {
            name: "department",
            label: ["责任单位", "責任單位", "Department"],
            order: FacetOrder::Count,
            shown: true,
        },
        // Year it is due.
        Facet {
            name: "due", label: ["期限", "期限", "Due"], order: FacetOrder::Code, shown: true
        },
    ],
    sorts: &[
        Sort {
            name: "due",
            label: ["期限", "期限", "Due date"],
            by: SortBy::Number(0),
            descending: true,
        },
        Sort {
            name: "name",
            label: ["名称", "名稱", "Name"],
            by: SortBy::Text(0),
            descending: false,
        },
    ],
    numbers: &["due_on"],
    display: &[
        // `>`, `>=`, `=` or `~`, and the number promised.
        "operator",
        "goal",
        "unit",
        // What decides: the value on the due day once that is past, else the day's.
        "value",
        "value_now",
        // Why there is no value.
        "reason",
        // Who counted: `computed` or `official`.
        "by",
        "clause",
        // The trend, drawn in 100 by 40: height of the goal, then the points.
        "spark",
    ],
    ended: &[],
};
