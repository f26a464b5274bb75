//! Notices and recalls in one list.

use super::words::{CONTESTED, v};
use super::{Catalogue, CatalogueSpec, Facet, FacetOrder, Sort, SortBy, Text};

pub(super) const SPEC: CatalogueSpec = CatalogueSpec {
    catalogue: Catalogue::Notices,
    name: "notices",
    texts: &[
        // Title of the notice; of a recall, its product name.
        Text { name: "title", number: false },
        // Number of the recall.
        Text { name: "number", number: false },
        Text { name: "models", number: false },
        Text { name: "producer", number: false },
        // Who published it.
        Text { name: "authority", number: false },
        // The other language's words for the goods, added by the register: never the source's.
        Text { name: "added_words", number: false },
    ],
    facets: &[
        Facet {
            name: "kind",
            label: ["种类", "種類", "Kind"],
            order: FacetOrder::Fixed(&[
                v("notice", "公告", "公告", "Notice"),
                v("recall", "召回", "召回", "Recall"),
            ]),
            shown: true,
        },
        // Type of the notice, or alert type of the recall.
        Facet {
            name: "type",
            label: ["类型", "類型", "Type"],
            order: FacetOrder::Fixed(&[
                v("announcement", "公告", "公告", "Announcement"),
                v("warning", "预警", "預警", "Warning"),
                v("consumer_tip", "消费提示", "消費提示", "Consumer tip"),
                v("priority_fields", "重点领域", "重點領域", "Priority fields"),
                v("round_result", "抽查结果", "抽查結果", "Inspection results"),
                v("tbt", "技术性贸易措施", "技術性貿易措施", "Technical barrier to trade"),
                v("public_comment", "征求意见", "徵求意見", "Public comment"),
                v("exit", "退出", "退出", "Exit"),
                v("correction", "更正", "更正", "Correction"),
                v("event", "活动", "活動", "Event"),
                v("case", "案例", "案例", "Case"),
                v("patent-navigation", "专利导航", "專利導航", "Patent navigation"),
                v("recall", "召回", "召回", "Recall"),
                v("notification", "境外通报", "境外通報", "Overseas notification"),
                v("refusal", "退运", "退運", "Refusal at the border"),
            ]),
            shown: true,
        },
        // `CN`, or an ISO 3166 country code.
        Facet {
            name: "region",
            label: ["涉及地区", "涉及地區", "Region"],
            order: FacetOrder::Count,
            shown: true,
        },
        Facet {
            name: "year",
            label: ["发布年份", "發布年份", "Year published"],
            order: FacetOrder::CodeDescending,
            shown: true,
        },
        Facet {
            name: "authority",
            label: ["发布单位", "發布單位", "Published by"],
            order: FacetOrder::Count,
            shown: true,
        },
        // Of a notice: in force unless its day of expiry is past.
        Facet {
            name: "status",
            label: ["状态", "狀態", "Status"],
            order: FacetOrder::Fixed(&[
                v("in_force", "有效", "有效", "In force"),
                v("announced", "已公告", "已公告", "Announced"),
                v("in_progress", "实施中", "實施中", "In progress"),
                v("completed", "已完成", "已完成", "Completed"),
                v("terminated", "已终止", "已終止", "Terminated"),
                v("expired", "已失效", "已失效", "No longer in force"),
            ]),
            shown: true,
        },
        // Whether comments are still taken: drafts and technical regulations with a deadline.
        Facet {
            name: "comments",
            label: ["征求意见", "徵求意見", "Comments"],
            order: FacetOrder::Fixed(&[
                v("open", "可提意见", "可提意見", "Open for comment"),
                v("closed", "已截止", "已截止", "Closed"),
            ]),
            shown: true,
        },
        // Where the goods were made, as far as the source says: ISO 3166 codes.
        Facet {
            name: "country",
            label: ["产地", "產地", "Made in"],
            order: FacetOrder::Count,
            shown: true,
        },
        CONTESTED,
        // Keys of enterprises concerned.
        Facet {
            name: "enterprise",
            label: ["企业", "企業", "Enterprise"],
            order: FacetOrder::Count,
            shown: false,
        },
    ],
    sorts: &[
        Sort {
            name: "published",
            label: ["发布日期", "發布日期", "Date published"],
            by: SortBy::Number(0),
            descending: true,
        },
        Sort {
            name: "units",
            label: ["涉及数量", "涉及數量", "Units concerned"],
            by: SortBy::Number(1),
            descending: true,
        },
        Sort {
            name: "title",
            label: ["标题", "標題", "Title"],
            by: SortBy::Text(0),
            descending: false,
        },
    ],
    numbers: &[
        "published", // Pieces recalled.
        "units",
        // Day a notice loses force or a recall ends.
        "ends", // Last day for comments.
        "deadline",
    ],
    display: &[
        // Of a recall, shortened to what one result line holds.
        "hazard", "remedy",
    ],
    ended: &["completed", "terminated", "expired"],
};
