//! Words of the lists.

use register::Lang;
use search::Catalogue;

use super::{Words, count, policy, words};

words! {
    H_PRODUCTS: "产品目录", "產品目錄", "Products";
    H_ENTERPRISES: "企业", "企業", "Companies";
    H_STANDARDS: "标准", "標準", "Standards";
    H_LISTINGS: "名录", "名錄", "Directories";
    H_NOTICES: "召回和监管公告", "召回和監管公告", "Recalls and notices";
    H_SERVICES: "质量服务", "質量服務", "Quality services";
    H_SYSTEMS: "质量体系一览", "質量體系一覽", "Quality systems";
    H_INSPECTIONS: "监督抽查", "監督抽查", "Inspections";
    H_PENALTIES: "行政处罚", "行政處罰", "Penalties";
    H_RESTRICTIONS: "经营异常和失信名单", "經營異常和失信名單", "Adverse lists";
    H_INCONSISTENCIES: "信息不一致", "資訊不相符", "Inconsistencies";
    LEAD_INSPECTIONS: "监督抽查的样品，合格的和不合格的都列，一共 {n}。", "監督抽查的樣品，合格的和不合格的都列，一共 {n}。", "Samples taken in supervision inspections, passed and failed alike: {n} in all.";
    LEAD_PENALTIES: "公示期内的行政处罚决定，一共 {n}。公示期满的不再列出。", "公示期內的行政處罰決定，一共 {n}。公示期滿的不再列出。", "Penalties within their publication term: {n} in all. Those past it are no longer listed.";
    LEAD_RESTRICTIONS: "公示期内的经营异常名录、失信名单和行业名单，已移出的也写明，一共 {n}。", "公示期內的經營異常名錄、失信名單和行業名單，已移出的也寫明，一共 {n}。", "Presence on adverse lists within the publication term, removals included: {n} in all.";
    LEAD_INCONSISTENCIES: "登记簿里互相对不上的记录，两边的来源都列出，一共 {n}。对不上不等于有过错；有关企业和单位可以提出异议，提出后这里会标明。", "登記簿裡互相對不上的記錄，兩邊的來源都列出，一共 {n}。對不上不等於有過錯；有關企業和單位可以提出異議，提出後這裡會標明。", "Records of this register that do not fit one another, with the sources of both: {n} in all. Not fitting is no proof of fault; whoever is concerned may object, and the objection is shown here.";
    FIELD_INSPECTIONS: "产品、型号、企业", "產品、型號、企業", "Product, model, company";
    FIELD_PENALTIES: "文号、当事人、事由", "文號、當事人、事由", "Number, party, act";
    FIELD_RESTRICTIONS: "企业、事由", "企業、事由", "Company, cause";
    FIELD_INCONSISTENCIES: "名称、编号", "名稱、編號", "Name, number";
    SUPERVISION: "监管信息", "監管資訊", "Supervision";
    BY_NAME: "仅按名称对应", "僅按名稱對應", "matched by name only";
    LEAD_PRODUCTS: "通过标准评价的产品，连同退出的，一共 {n}。", "通過標準評價的產品，連同退出的，一共 {n}。", "Products evaluated against standards, those that left included: {n} in all.";
    LEAD_ENTERPRISES: "登记簿里的企业和机构，一共 {n}。", "登記簿裡的企業和機構，一共 {n}。", "Companies and bodies in the register: {n} in all.";
    LEAD_STANDARDS: "登记簿里的标准，连同废止的，一共 {n}。", "登記簿裡的標準，連同廢止的，一共 {n}。", "Standards in the register, withdrawn ones included: {n} in all.";
    LEAD_LISTINGS: "这个名录里现在和以前的，一共 {n}。", "這個名錄裡現在和以前的，一共 {n}。", "Current and former entries of this directory: {n} in all.";
    LEAD_NOTICES: "产品召回、预警和监管公告，一共 {n}。", "產品召回、預警和監管公告，一共 {n}。", "Recalls, warnings and notices: {n} in all.";
    LEAD_SYSTEMS: "政策文件点名的质量制度、名录和平台，一共 {n}。有数据的能点开看，没有数据的也写明。", "政策文件點名的質量制度、名錄和平台，一共 {n}。有數據的能點開看，沒有數據的也寫明。", "Quality systems, directories and platforms named in the policy documents: {n} in all. Those with data can be opened; those without say so.";
    LEAD_SERVICES: "产品医院、一站式服务、检测、维权和培训，哪里办、凭什么办，一共 {n}。关闭的也留着。", "產品醫院、一站式服務、檢測、維權和培訓，哪裡辦、憑什麼辦，一共 {n}。關閉的也留著。", "Product hospitals, one-stop services, testing, redress and training: where they are and what entitles to them. {n} in all, closed ones included.";
    FIELD_SERVICES: "名称、办什么事、检测项目", "名稱、辦什麼事、檢測項目", "Name, need or test item";
    FIELD_PRODUCTS: "名称、企业、标准号", "名稱、企業、標準號", "Name, company, standard number";
    FIELD_ENTERPRISES: "名称、统一社会信用代码", "名稱、統一社會信用代碼", "Name or credit code";
    FIELD_STANDARDS: "标准号、名称", "標準號、名稱", "Number or title";
    FIELD_LISTINGS: "名称、企业、证书编号", "名稱、企業、證書編號", "Name, company, certificate number";
    FIELD_NOTICES: "标题、编号、企业", "標題、編號、企業", "Title, number, company";
    FIELD_SYSTEMS: "名称、说明", "名稱、說明", "Name or description";
    FILTER: "筛选", "篩選", "Filter";
    FILTER_N: "筛选（已选 {n} 项）", "篩選（已選 {n} 項）", "Filter ({n} chosen)";
    FILTER_FORM: "筛选", "篩選", "Filter the list";
    CLOSE: "收起", "收起", "Close";
    APPLY: "应用筛选", "套用篩選", "Apply";
    REST: "其余 {n} 项", "其餘 {n} 項", "{n} more";
    REMOVE: "去掉条件：{f}", "去掉條件：{f}", "Remove filter: {f}";
    CLEAR: "全部清除", "全部清除", "Clear all";
    TAGS: "已选条件", "已選條件", "Filters in force";
    TEXT: "查找", "查找", "Search";
    SORT: "排序", "排序", "Sort by";
    SORT_DO: "排序", "排序", "Sort";
    RELEVANCE: "相关程度", "相關程度", "Relevance";
    KEY_BASE: "对照标准", "對照標準", "Reference standard";
    KEY_LIMIT: "本标准更严的部分", "本標準更嚴的部分", "What its standard adds";
    KEY_MEASURED: "这款产品实测", "這款產品實測", "Measured";
    SAID: "{n}。", "{n}。", "{n}.";
    NONE: "没有符合条件的", "沒有符合條件的", "Nothing matches";
    ASK_CODE: "这是一个质量信用码：看核验结果", "這是一個質量信用碼：看核驗結果", "This is a quality credit code: see its verdict";
    NONE_TEXT: "去掉一个条件，或换个词再查。这里没有，只说明登记簿里没有，不说明产品不合格。", "去掉一個條件，或換個詞再查。這裡沒有，只說明登記簿裡沒有，不說明產品不合格。", "Remove a filter or try other words. Not being here only means not being in this register; it says nothing about quality.";
    EMPTY: "登记簿里还没有这一类记录。", "登記簿裡還沒有這一類記錄。", "The register holds no such records yet.";
    PAST_LARGE: "这一类记录太多，看不了过去某一天的整个目录。单条记录仍可看任意一天。", "這一類記錄太多，看不了過去某一天的整個目錄。單條記錄仍可看任意一天。", "There are too many records to show the whole list of a past day. Single records can still be seen as of any day.";
    FEED: "订阅", "訂閱", "Feed";
    PAGES: "分页", "分頁", "Pages";
    RANGE: "第 {a}–{b}，共 {n}", "第 {a}–{b}，共 {n}", "{a}–{b} of {n}";
    FIRST: "第一页", "第一頁", "First";
    PREVIOUS: "上一页", "上一頁", "Previous";
    NEXT: "下一页", "下一頁", "Next";
    LAST: "最后一页", "最後一頁", "Last";
    TAKE: "把这份结果带走", "把這份結果帶走", "Take this result with you";
    TAKE_TEXT: "同样的筛选条件，同样的 {n}。", "同樣的篩選條件，同樣的 {n}。", "The same filters, the same {n}.";
    ON_DAY: "看某一天的目录", "看某一天的目錄", "See the list as of a day";
    VIEW: "查看", "查看", "Show";
    ADDED: "查找时也用本平台添加的中英文品名，它们不是来源的原文。", "查找時也用本平台添加的中英文品名，它們不是來源的原文。", "A search also uses product words in Chinese and English that this register added; they are not the source’s.";
    SOURCES: "来源和收录情况", "來源和收錄情況", "Sources and coverage";
    PRODUCTS_N: "产品 {n}", "產品 {n}", "{n}";
    LISTED_IN: "{y} 年列入", "{y} 年列入", "listed {y}";
    VALUE_BETTER: "比对照标准严 {n}%", "比對照標準嚴 {n}%", "{n}% stricter than the reference standard";
    VALUE_EQUAL: "和对照标准相同", "和對照標準相同", "equal to the reference standard";
    VALUE_WORSE: "比对照标准松 {n}%", "比對照標準鬆 {n}%", "{n}% looser than the reference standard";
    NOT_COMPARED: "未作百分比比较", "未作百分比比較", "no percentage";
}

/// Heading of a list.
#[must_use]
pub const fn heading(catalogue: Catalogue) -> Words {
    match catalogue {
        Catalogue::Products => H_PRODUCTS,
        Catalogue::Enterprises => H_ENTERPRISES,
        Catalogue::Standards => H_STANDARDS,
        Catalogue::Listings => H_LISTINGS,
        Catalogue::Notices => H_NOTICES,
        Catalogue::Systems => H_SYSTEMS,
        Catalogue::Services => H_SERVICES,
        Catalogue::Policies => policy::H_POLICIES,
        Catalogue::Targets => policy::H_TARGETS,
        Catalogue::Departments => policy::H_DEPARTMENTS,
        Catalogue::Inspections => H_INSPECTIONS,
        Catalogue::Penalties => H_PENALTIES,
        Catalogue::Restrictions => H_RESTRICTIONS,
        Catalogue::Inconsistencies => H_INCONSISTENCIES,
    }
}

/// The sentence under the heading.
#[must_use]
pub const fn lead(catalogue: Catalogue) -> Words {
    match catalogue {
        Catalogue::Products => LEAD_PRODUCTS,
        Catalogue::Enterprises => LEAD_ENTERPRISES,
        Catalogue::Standards => LEAD_STANDARDS,
        Catalogue::Listings => LEAD_LISTINGS,
        Catalogue::Notices => LEAD_NOTICES,
        Catalogue::Systems => LEAD_SYSTEMS,
        Catalogue::Services => LEAD_SERVICES,
        Catalogue::Policies => policy::LEAD_POLICIES,
        Catalogue::Targets => policy::LEAD_TARGETS,
        Catalogue::Departments => policy::LEAD_DEPARTMENTS,
        Catalogue::Inspections => LEAD_INSPECTIONS,
        Catalogue::Penalties => LEAD_PENALTIES,
        Catalogue::Restrictions => LEAD_RESTRICTIONS,
        Catalogue::Inconsistencies => LEAD_INCONSISTENCIES,
    }
}

/// Label of the search box.
#[must_use]
pub const fn field(catalogue: Catalogue) -> Words {
    match catalogue {
        Catalogue::Products => FIELD_PRODUCTS,
        Catalogue::Enterprises => FIELD_ENTERPRISES,
        Catalogue::Standards => FIELD_STANDARDS,
        Catalogue::Listings => FIELD_LISTINGS,
        Catalogue::Notices => FIELD_NOTICES,
        Catalogue::Systems => FIELD_SYSTEMS,
        Catalogue::Services => FIELD_SERVICES,
        Catalogue::Policies => policy::FIELD_POLICIES,
        Catalogue::Targets => policy::FIELD_TARGETS,
        Catalogue::Departments => policy::FIELD_DEPARTMENTS,
        Catalogue::Inspections => FIELD_INSPECTIONS,
        Catalogue::Penalties => FIELD_PENALTIES,
        Catalogue::Restrictions => FIELD_RESTRICTIONS,
        Catalogue::Inconsistencies => FIELD_INCONSISTENCIES,
    }
}

/// The word that counts the rows of a list, without the number.
#[must_use]
pub const fn unit(catalogue: Catalogue, lang: Lang, n: u64) -> &'static str {
    let words: [&str; 4] = match catalogue {
        Catalogue::Products => ["款", "款", "product", "products"],
        Catalogue::Enterprises => ["家", "家", "company", "companies"],
        Catalogue::Standards => ["项", "項", "standard", "standards"],
        Catalogue::Listings => ["项", "項", "entry", "entries"],
        Catalogue::Notices => ["条", "條", "notice", "notices"],
        Catalogue::Systems => ["项", "項", "system", "systems"],
        Catalogue::Services => ["处", "處", "service", "services"],
        Catalogue::Policies => ["份", "份", "document", "documents"],
        Catalogue::Targets => ["项", "項", "target", "targets"],
        Catalogue::Departments => ["个", "個", "department", "departments"],
        Catalogue::Inspections => ["批次", "批次", "sample", "samples"],
        Catalogue::Penalties => ["件", "件", "penalty", "penalties"],
        Catalogue::Restrictions => ["条", "條", "entry", "entries"],
        Catalogue::Inconsistencies => ["处", "處", "finding", "findings"],
    };
    match lang {
        Lang::ZhHans => words[0],
        Lang::ZhHant => words[1],
        Lang::En if n == 1 => words[2],
        Lang::En => words[3],
    }
}

/// A number of rows with its word: `458 款`, `458 products`.
#[must_use]
pub fn counted(catalogue: Catalogue, lang: Lang, n: u64) -> String {
    format!("{} {}", count(n), unit(catalogue, lang, n))
}
