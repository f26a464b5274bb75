//! Samples taken in supervision inspections, those that passed and those that failed.

use super::words::{CONTESTED, v};
use super::{Catalogue, CatalogueSpec, Facet, FacetOrder, Sort, SortBy, Text};

pub(super) const SPEC: CatalogueSpec = CatalogueSpec {
    catalogue: Catalogue::Inspections,
    name: "inspections",
    texts: &[
        Text { name: "product", number: false },
        Text { name: "model", number: false },
        Text { name: "brand", number: false },
        Text { name: "producer", number: false },
        Text { name: "number", number: false },
        Text { name: "standard", number: true },
    ],
    facets: &[
        Facet {
            name: "result",
            label: ["检验结果", "檢驗結果", "Result"],
            order: FacetOrder::Fixed(&[
                v("pass", "合格", "合格", "Pass"),
                v("fail", "不合格", "不合格", "Fail"),
                v("retest", "复检", "複檢", "Retest"),
            ]),
            shown: true,
        },
        Facet {
            name: "follow_up",
            label: ["后处理", "後處理", "Follow-up"],
            order: FacetOrder::Fixed(&[
                v("none", "无", "無", "None"),
                v("ordered", "责令整改", "責令整改", "Ordered to put right"),
                v("rechecked_pass", "复查合格", "複查合格", "Recheck passed"),
                v("rechecked_fail", "复查不合格", "複查不合格", "Recheck failed"),
                v("closed", "办结", "辦結", "Closed"),
            ]),
            shown: true,
        },
        Facet {
            name: "level",
            label: ["级别", "級別", "Level"],
            order: FacetOrder::Fixed(&[
                v("国家", "国家", "國家", "National"),
                v("省", "省", "省", "Provincial"),
                v("市", "市", "市", "City"),
                v("县", "县", "縣", "County"),
            ]),
            shown: true,
        },
        Facet {
            name: "authority",
            label: ["公告机关", "公告機關", "Announced by"],
            order: FacetOrder::Count,
            shown: true,
        },
        Facet {
            name: "round",
            label: ["批次", "批次", "Round"],
            order: FacetOrder::CodeDescending,
            shown: true,
        },
        Facet {
            name: "sector",
            label: ["行业", "行業", "Sector"],
            order: FacetOrder::Count,
            shown: true,
        },
        Facet {
            name: "year",
            label: ["年份", "年份", "Year"],
            order: FacetOrder::CodeDescending,
            shown: true,
        },
        Facet {
            name: "place",
            label: ["地区", "地區", "Place"],
            order: FacetOrder::Code,
            shown: true,
        },
        CONTESTED,
        Facet {
            name: "enterprise",
            label: ["企业", "企業", "Enterprise"],
            order: FacetOrder::Count,
            shown: false,
        },
    ],
    sorts: &[
        Sort {
            name: "sampled",
            label: ["抽样日期", "抽樣日期", "Date sampled"],
            by: SortBy::Number(0),
            descending: true,
        },
        Sort {
            name: "announced",
            label: ["公告日期", "公告日期", "Date announced"],
            by: SortBy::Number(1),
            descending: true,
        },
        Sort {
            name: "product",
            label: ["产品名称", "產品名稱", "Product"],
            by: SortBy::Text(0),
            descending: false,
        },
    ],
    numbers: &["sampled", "announced", "protected"],
    display: &["items", "lot", "tester"],
    ended: &[],
};
