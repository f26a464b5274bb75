//! Inconsistencies: findings of the cross-record rules, published with their sources.

use super::words::v;
use super::{Catalogue, CatalogueSpec, Facet, FacetOrder, Sort, SortBy, Text};

pub(super) const SPEC: CatalogueSpec = CatalogueSpec {
    catalogue: Catalogue::Inconsistencies,
    name: "inconsistencies",
    texts: &[
        Text { name: "name", number: false },
        Text { name: "name_hant", number: false },
        Text { name: "name_en", number: false },
        Text { name: "records", number: false },
    ],
    facets: &[
        Facet {
            name: "rule",
            label: ["规则", "規則", "Rule"],
            order: FacetOrder::Fixed(&[
                v(
                    "I01",
                    "I01 在惩戒名单上又获授予",
                    "I01 在懲戒名單上又獲授予",
                    "I01 Restricted, yet listed",
                ),
                v("I02", "I02 所需证书已过期", "I02 所需證書已過期", "I02 Needed licence expired"),
                v(
                    "I03",
                    "I03 引用的标准已停用",
                    "I03 引用的標準已停用",
                    "I03 Cited standard no longer current",
                ),
                v(
                    "I04",
                    "I04 授予日期不在名录存续期内",
                    "I04 授予日期不在名錄存續期內",
                    "I04 Granted outside the scheme’s dates",
                ),
                v(
                    "I05",
                    "I05 出具虚假报告的机构",
                    "I05 出具虛假報告的機構",
                    "I05 Body penalised for a false report",
                ),
                v(
                    "I06",
                    "I06 召回中仍登记有效",
                    "I06 召回中仍登記有效",
                    "I06 Under recall, still recorded as valid",
                ),
                v(
                    "I07",
                    "I07 同一代码不同名称",
                    "I07 同一代碼不同名稱",
                    "I07 One code, different names",
                ),
                v(
                    "I08",
                    "I08 比对基线已更新",
                    "I08 比對基線已更新",
                    "I08 Baseline of a comparison renewed",
                ),
                v(
                    "I09",
                    "I09 结论与数据不符",
                    "I09 結論與數據不符",
                    "I09 Claim contradicts its figures",
                ),
                v(
                    "I10",
                    "I10 登记已终止而标识许可未终止",
                    "I10 登記已終止而標識許可未終止",
                    "I10 Mark licence without a valid listing",
                ),
                v("I11", "I11 持有人已不存在", "I11 持有人已不存在", "I11 Holder no longer exists"),
                v(
                    "I12",
                    "I12 抽查不合格未办结仍登记有效",
                    "I12 抽查不合格未辦結仍登記有效",
                    "I12 Failed inspection open, still valid",
                ),
                v(
                    "I13",
                    "I13 六个月内重复抽查",
                    "I13 六個月內重複抽查",
                    "I13 Sampled again within six months",
                ),
                v(
                    "I14",
                    "I14 级别不在名录级别之内",
                    "I14 級別不在名錄級別之內",
                    "I14 Level unknown to the scheme",
                ),
                v(
                    "I15",
                    "I15 证书型号与产品型号不符",
                    "I15 證書型號與產品型號不符",
                    "I15 Model differs from the certificate",
                ),
                v(
                    "I16",
                    "I16 标准代替关系有误",
                    "I16 標準代替關係有誤",
                    "I16 Chain of editions broken",
                ),
                v(
                    "I17",
                    "I17 登记已终止而码仍有效",
                    "I17 登記已終止而碼仍有效",
                    "I17 Code outlives its listing",
                ),
                v("I18", "I18 公示期限已过", "I18 公示期限已過", "I18 Publication term over"),
                v("I19", "I19 自己评价自己", "I19 自己評價自己", "I19 Evaluated by itself"),
                v(
                    "I20",
                    "I20 把荣誉说成认证",
                    "I20 把榮譽說成認證",
                    "I20 Honour presented as a certification",
                ),
                v(
                    "I21",
                    "I21 依据文件已过有效期",
                    "I21 依據文件已過有效期",
                    "I21 Legal basis expired",
                ),
                v(
                    "I22",
                    "I22 条数与来源公布的不一致",
                    "I22 條數與來源公布的不符",
                    "I22 Row count differs from the source’s",
                ),
            ]),
            shown: true,
        },
        Facet {
            name: "kind",
            label: ["涉及的记录", "涉及的記錄", "Record concerned"],
            order: FacetOrder::Fixed(&[
                v("listing", "名录", "名錄", "Listing"),
                v("product", "产品", "產品", "Product"),
                v("enterprise", "企业", "企業", "Enterprise"),
                v("standard", "标准", "標準", "Standard"),
                v("scheme", "评价方案", "評價方案", "Scheme"),
                v("evaluation", "评价", "評價", "Evaluation"),
                v("comparison", "比对", "比對", "Comparison"),
                v("code", "质量信用码", "質量信用碼", "Quality credit code"),
                v("inspection", "监督抽查", "監督抽查", "Inspection"),
                v("source", "来源", "來源", "Source"),
            ]),
            shown: true,
        },
        Facet {
            name: "effect",
            label: ["对核验结果的影响", "對核驗結果的影響", "Effect on the verdict"],
            order: FacetOrder::Fixed(&[
                v("notice", "提示", "提示", "Notice"),
                v("recalled", "召回", "召回", "Recall"),
                v("none", "无", "無", "None"),
            ]),
            shown: true,
        },
        Facet {
            name: "reply",
            label: ["异议", "異議", "Reply"],
            order: FacetOrder::Fixed(&[
                v("contested", "有异议", "有異議", "Contested"),
                v("none", "无异议", "無異議", "Not contested"),
            ]),
            shown: true,
        },
        Facet {
            name: "enterprise",
            label: ["企业", "企業", "Enterprise"],
            order: FacetOrder::Count,
            shown: false,
        },
    ],
    sorts: &[
        Sort {
            name: "rule",
            label: ["规则", "規則", "Rule"],
            by: SortBy::Number(1),
            descending: false,
        },
        Sort {
            name: "since",
            label: ["发生日期", "發生日期", "Since"],
            by: SortBy::Number(0),
            descending: true,
        },
    ],
    numbers: &["since", "order"],
    display: &["sources"],
    ended: &[],
};
