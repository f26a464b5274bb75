//! Whether a printed name is that of a natural person.

use super::{Check, Code, Message, text};
use crate::id::Uscc;
use crate::id::text::nfkc;

/// Words of which any makes a name that of an organisation, wherever it stands in it. Simplified and
/// traditional forms; one place for the whole project.
const ORGANISATION: &[&str] = &[
    "公司",
    "集团",
    "集團",
    "企业",
    "企業",
    "工厂",
    "工廠",
    "商店",
    "商行",
    "商社",
    "商会",
    "商會",
    "协会",
    "協會",
    "学会",
    "學會",
    "工会",
    "工會",
    "理事会",
    "理事會",
    "委员会",
    "委員會",
    "合作社",
    "供销社",
    "供銷社",
    "报社",
    "報社",
    "旅行社",
    "出版社",
    "通讯社",
    "通訊社",
    "银行",
    "銀行",
    "支行",
    "车行",
    "車行",
    "洋行",
    "中心",
    "学校",
    "學校",
    "中学",
    "中學",
    "小学",
    "小學",
    "大学",
    "大學",
    "医院",
    "醫院",
    "学院",
    "學院",
    "法院",
    "研究院",
    "诊所",
    "診所",
    "事务所",
    "事務所",
    "研究所",
    "超市",
    "商场",
    "商場",
    "市场",
    "市場",
    "农场",
    "農場",
    "门市",
    "門市",
    "经营部",
    "經營部",
    "服务部",
    "服務部",
    "个体工商户",
    "個體工商戶",
    "个体户",
    "個體戶",
    "作坊",
    "车间",
    "車間",
    "基地",
    "酒楼",
    "酒樓",
    "饭庄",
    "飯莊",
    "餐厅",
    "餐廳",
    "食堂",
    "宾馆",
    "賓館",
    "茶楼",
    "茶樓",
    "幼儿园",
    "幼兒園",
    "电器",
    "電器",
    "检测",
    "檢測",
    "检验",
    "檢驗",
    "认证",
    "認證",
    "人民政府",
    "管理局",
];

/// Endings that make a name that of an organisation. In the middle of a name they are often part of a
/// given name (会, 行, 社, 所), so only the end counts.
const ENDINGS: &str = "厂廠店铺鋪院所部站场場馆館局坊户戶庄莊园園轩軒阁閣斋齋吧摊攤档檔城";

/// Endings that given names have too (李建社, 王德行): with these a name needs four characters.
const DOUBTFUL_ENDINGS: &str = "社会會行";

/// What introduces a person in brackets: 示例小吃店（经营者：示例人）.
const PERSON_FOLLOWS: &[&str] = &[
    "经营者",
    "經營者",
    "业主",
    "業主",
    "负责人",
    "負責人",
    "法定代表人",
    "实际控制人",
    "實際控制人",
    "投资人",
    "投資人",
    "当事人",
    "當事人",
    "姓名",
];

/// The dots between the parts of a name of a minority or a foreigner (after NFKC).
const DOTS: [char; 5] = ['·', '•', '‧', '・', '.'];

/// Signs with which a source hides a character of a person's name: 示某*.
const HIDDEN: [char; 5] = ['*', '×', '○', '〇', '□'];

/// Whether a name printed without any code must be taken for a natural person's: two to four Chinese
/// characters, or two to twenty with dots between, without a word or an ending of an organisation. A
/// list of several names is one as soon as one of them is; so is a person named in brackets.
///
/// Without a code nobody can tell for certain, so the rule leans to the person's side: a shop of that
/// shape gets in under its social credit code, which every shop has.
#[must_use]
pub fn is_persons_name(name: &str) -> bool {
    let name: String = nfkc(name).chars().filter(|c| !c.is_whitespace()).collect();
    let (outside, inside) = brackets(&name);
    names(&outside).any(is_one_or_two) || inside.iter().any(|text| names_in_brackets(text))
}

/// The text without what stands in round brackets, and what stands in them.
fn brackets(name: &str) -> (String, Vec<String>) {
    let (mut outside, mut inside, mut depth) = (String::new(), Vec::new(), 0_usize);
    for c in name.chars() {
        match c {
            '(' | '[' | '〔' | '【' => {
                depth += 1;
                inside.push(String::new());
            }
            ')' | ']' | '〕' | '】' => depth = depth.saturating_sub(1),
            c if depth == 0 => outside.push(c),
            c => inside.iter_mut().last().into_iter().for_each(|text| text.push(c)),
        }
    }
    // 示例人（示例店）is the person; what is only brackets is read as if there were none.
    if outside.is_empty() { (inside.concat(), Vec::new()) } else { (outside, inside) }
}

fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split(['、', ',', ';', '/'])
        .map(|name| name.trim_end_matches("等人").trim_end_matches('等'))
}

fn names_in_brackets(text: &str) -> bool {
    names(text).any(|part| {
        PERSON_FOLLOWS
            .iter()
            .find_map(|word| part.strip_prefix(word))
            .is_some_and(|name| is_one(name.trim_start_matches([':', '为', '為'])))
    })
}

/// 和 joins two names, and stands in one: 张和平.
fn is_one_or_two(name: &str) -> bool {
    is_one(name)
        || ['和', '及']
            .iter()
            .any(|and| name.split_once(*and).is_some_and(|(a, b)| is_one(a) && is_one(b)))
}

fn is_one(name: &str) -> bool {
    let letters = name.chars().filter(|c| !DOTS.contains(c)).count();
    let dotted = letters < name.chars().count();
    let shape = name.chars().all(|c| is_han(c) || HIDDEN.contains(&c) || DOTS.contains(&c))
        && name.chars().next().is_some_and(is_han)
        && !name.ends_with(DOTS);
    let long_enough = if dotted { 2..=20 } else { 2..=4 };
    shape && long_enough.contains(&letters) && !is_organisation(name, letters)
}

fn is_organisation(name: &str, letters: usize) -> bool {
    ORGANISATION.iter().any(|word| name.contains(word))
        || name.chars().next_back().is_some_and(|last| {
            ENDINGS.contains(last) || (DOUBTFUL_ENDINGS.contains(last) && letters > 3)
        })
}

/// CJK ideographs that names are written with: the basic block, extension A, and the planes beyond.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}

/// A party without a social credit code whose name is a natural person's (E28).
pub fn no_natural_person(c: &Check, field: &str, column: &str, out: &mut Vec<Message>) {
    let coded =
        text(c.body, &format!("{field}.uscc")).is_some_and(|code| Uscc::parse(code).is_ok());
    if let Some(name) = text(c.body, &format!("{field}.name"))
        && !coded
        && is_persons_name(name)
    {
        out.push(Message::new(Code::E28).column(column).value(name));
    }
}

/// The same for a party known by a key only: `N-CN-示例人` is made of the name (E28).
pub fn no_natural_persons_key(c: &Check, field: &str, out: &mut Vec<Message>) {
    if let Some(key) = text(c.body, field)
        && let Some(("N", rest)) = key.split_once('-')
        && let Some((_, name)) = rest.split_once('-')
        && is_persons_name(name)
    {
        out.push(Message::new(Code::E28).column(c.heading(field)).value(name));
    }
}

#[cfg(test)]
mod tests {
    use super::is_persons_name;

    #[test]
    fn names_of_persons_are_known() {
        for name in [
            "示例人",
            "示例人甲",
            "张三",
            "張三",
            " 张 三 ",
            "李建社",
            "王会",
            "张会芳",
            "陈行之",
            "刘所生",
            "买买提·吐尔逊",
            "阿依古丽•买买提",
            "张某某",
            "张*三",
            "李×",
            "张三、李四",
            "张三等",
            "张和平",
            "张三和李四",
            "示例电器有限公司、张三",
            "张三（示例小吃店）",
            "示例小吃店（经营者：张三）",
            "示例小吃店(业主张三)",
            "𠮷田三",
        ] {
            assert!(is_persons_name(name), "{name}");
        }
    }

    #[test]
    fn shops_and_firms_are_not_taken_for_persons() {
        for name in [
            "示例电器有限公司",
            "示例插座厂",
            "張記餐廳",
            "老王包子铺",
            "张记面馆",
            "王家饭店",
            "李记商行",
            "好又多超市",
            "新华书店",
            "某某经营部",
            "示例市示例区张三小吃店（个体工商户）",
            "示例（佛山）电器",
            "示例消费者协会",
            "示例农民专业合作社",
            "阿里郎·烤肉店",
            "示例中学",
            "Example Ltd",
            "A店",
            "示",
            "",
            "示例当事人甲乙",
        ] {
            assert!(!is_persons_name(name), "{name}");
        }
    }
}
