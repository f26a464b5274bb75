//! The systems the policy documents name, from the table built into the binary.

use super::words::v;
use super::{Catalogue, CatalogueSpec, Facet, FacetOrder, Sort, SortBy, Text};

pub(super) const SPEC: CatalogueSpec = CatalogueSpec {
    catalogue: Catalogue::Systems,
    name: "systems",
    texts: &[
        Text { name: "name", number: false },
        Text { name: "name_en", number: false },
        Text { name: "meaning", number: false },
        // Clauses as cited, one per line, e.g. `S3 二(四)1`.
        Text { name: "clause", number: false },
    ],
    facets: &[
        Facet {
            name: "group",
            label: ["组别", "組別", "Group"],
            order: FacetOrder::Fixed(&[
                v(
                    "A",
                    "佛山标准与先进标准",
                    "佛山標準與先進標準",
                    "Foshan Standard and advanced standards",
                ),
                v("B", "标准公开与标准化", "標準公開與標準化", "Declaration and standardisation"),
                v("C", "认证与品牌", "認證與品牌", "Certification and brands"),
                v(
                    "D",
                    "质量信用码与信息公开",
                    "質量信用碼與資訊公開",
                    "Quality credit code and disclosure",
                ),
                v("E", "质量奖与称号", "質量獎與稱號", "Awards and titles"),
                v("F", "监督抽查与监管", "監督抽查與監管", "Inspection and supervision"),
                v("G", "赔付与保险", "賠付與保險", "Redress and insurance"),
                v("H", "质量服务", "質量服務", "Quality services"),
                v("I", "统计指标", "統計指標", "Indicators"),
                v("J", "组织与落实", "組織與落實", "Organisation and delivery"),
            ]),
            shown: true,
        },
        // Kind of record that carries it in this register.
        Facet {
            name: "kind",
            label: ["登记类型", "登記類型", "Kind of record"],
            order: FacetOrder::Fixed(&[
                v("listing", "名录", "名錄", "Listing"),
                v("scheme", "评价方案", "評價方案", "Scheme"),
                v("product", "产品", "產品", "Product"),
                v("enterprise", "企业", "企業", "Enterprise"),
                v("standard", "标准", "標準", "Standard"),
                v("evaluation", "评价", "評價", "Evaluation"),
                v("comparison", "比对", "比對", "Comparison"),
                v("code", "质量信用码", "質量信用碼", "Quality credit code"),
                v("inspection", "监督抽查", "監督抽查", "Inspection"),
                v("penalty", "行政处罚", "行政處罰", "Penalty"),
                v("restriction", "失信惩戒", "失信懲戒", "Restriction"),
                v("recall", "召回", "召回", "Recall"),
                v("notice", "公告", "公告", "Notice"),
                v("service", "服务", "服務", "Service"),
                v("policy", "政策", "政策", "Policy"),
                v("target", "目标", "目標", "Target"),
                v("department", "部门", "部門", "Department"),
                v("place", "地区", "地區", "Place"),
                v("source", "来源", "來源", "Source"),
            ]),
            shown: true,
        },
        // First word of the standing: the year that may follow it is in the display column.
        Facet {
            name: "standing",
            label: ["现况", "現況", "Standing"],
            order: FacetOrder::Fixed(&[
                v("current", "现行", "現行", "Current"),
                v("historical", "历史", "歷史", "Historical"),
                v("superseded", "已被取代", "已被取代", "Superseded"),
                v("unverified", "未核实", "未核實", "Unverified"),
            ]),
            shown: true,
        },
        // Document that names it: S0 to S4.
        Facet {
            name: "policy",
            label: ["政策文件", "政策文件", "Policy"],
            order: FacetOrder::Code,
            shown: true,
        },
        // Clauses that name it, `policy clause`: what the pages of policies link to.
        Facet {
            name: "clause",
            label: ["条款", "條款", "Clause"],
            order: FacetOrder::Code,
            shown: false,
        },
        // Whether this register holds records of it.
        Facet {
            name: "data",
            label: ["数据", "數據", "Data"],
            order: FacetOrder::Fixed(&[
                v("loaded", "已收录", "已收錄", "Data loaded"),
                v("none", "尚无数据", "尚無數據", "No data loaded"),
            ]),
            shown: true,
        },
        // For whom it matters.
        Facet {
            name: "users",
            label: ["相关的人", "相關的人", "For"],
            order: FacetOrder::Fixed(&[
                v("C", "消费者", "消費者", "Consumers"),
                v("E", "企业", "企業", "Enterprises"),
                v("J", "机关", "機關", "Authorities"),
            ]),
            shown: true,
        },
    ],
    sorts: &[
        Sort {
            name: "order",
            label: ["原表顺序", "原表順序", "Table order"],
            by: SortBy::Number(0),
            descending: false,
        },
        Sort {
            name: "records",
            label: ["已收录条数", "已收錄條數", "Records"],
            by: SortBy::Number(1),
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
        // Position in the table.
        "order", // Records this register holds of it.
        "records",
    ],
    display: &[
        // Path template of where it is in this portal.
        "how", // Standing as the table has it, with its year.
        "standing",
    ],
    ended: &[],
};
