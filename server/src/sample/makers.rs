//! Fictional enterprises.

use register::id::{alphabet31, uscc};

use super::goods::SECTORS;
use super::random::Random;

/// An enterprise of the sample register, a pure function of the seed and its number.
#[derive(Clone, Debug)]
pub(super) struct Maker {
    pub number: u64,
    pub uscc: String,
    /// Brand: simplified, traditional.
    pub brand: [String; 2],
    /// Brand in letters, e.g. `Chengwa`.
    pub pinyin: String,
    /// First letters of the brand's syllables, e.g. `CW`: models begin with it.
    pub initials: String,
    /// Firm name: simplified, English.
    pub name: [String; 2],
    pub sector: &'static str,
    pub place: Seat,
    /// How many products it makes.
    pub products: u64,
}

/// Where a maker sits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seat {
    /// Division code.
    pub code: &'static str,
    /// City, simplified.
    pub city: &'static str,
    /// City, English.
    pub city_en: &'static str,
}

impl Seat {
    pub(super) fn in_foshan(self) -> bool {
        self.code.starts_with("4406")
    }

    pub(super) fn in_gansu(self) -> bool {
        self.code.starts_with("62")
    }
}

const fn seat(code: &'static str, city: &'static str, city_en: &'static str) -> Seat {
    Seat { code, city, city_en }
}

const SEATS: &[(Seat, u64)] = &[
    (seat("440604", "佛山", "Foshan"), 15),
    (seat("440605", "佛山", "Foshan"), 17),
    (seat("440606", "佛山", "Foshan"), 17),
    (seat("440607", "佛山", "Foshan"), 6),
    (seat("440608", "佛山", "Foshan"), 4),
    (seat("442000", "中山", "Zhongshan"), 8),
    (seat("441900", "东莞", "Dongguan"), 7),
    (seat("440113", "广州", "Guangzhou"), 3),
    (seat("440111", "广州", "Guangzhou"), 2),
    (seat("440118", "广州", "Guangzhou"), 1),
    (seat("440306", "深圳", "Shenzhen"), 3),
    (seat("440307", "深圳", "Shenzhen"), 1),
    (seat("440402", "珠海", "Zhuhai"), 1),
    (seat("441302", "惠州", "Huizhou"), 1),
    (seat("440703", "江门", "Jiangmen"), 2),
    (seat("440705", "江门", "Jiangmen"), 1),
    (seat("441202", "肇庆", "Zhaoqing"), 1),
    (seat("445102", "潮州", "Chaozhou"), 2),
    (seat("440515", "汕头", "Shantou"), 1),
    (seat("445202", "揭阳", "Jieyang"), 1),
    (seat("440811", "湛江", "Zhanjiang"), 1),
    (seat("441802", "清远", "Qingyuan"), 1),
    (seat("620102", "兰州", "Lanzhou"), 2),
    (seat("620503", "天水", "Tianshui"), 1),
    (seat("620902", "酒泉", "Jiuquan"), 1),
    (seat("623001", "甘南", "Gannan"), 1),
];

/// The makers of the drawings come first, so that the smallest sample shows them.
const KNOWN: &[([&str; 2], &str, &str, usize)] = &[
    (["澄瓦", "澄瓦"], "Chengwa", "CW", 0),
    (["晴川", "晴川"], "Qingchuan", "QC", 1),
    (["云汀", "雲汀"], "Yunting", "YT", 2),
    (["岭禾", "嶺禾"], "Linghe", "LH", 3),
    (["拓衡", "拓衡"], "Tuoheng", "TH", 4),
    (["海屿", "海嶼"], "Haiyu", "HY", 5),
    (["和岚", "和嵐"], "Helan", "HL", 1),
    (["沐光", "沐光"], "Muguang", "MG", 6),
];

/// Syllables of the other brands: simplified, traditional, pinyin.
const SYLLABLES: &[(&str, &str, &str)] = &[
    ("澄", "澄", "cheng"),
    ("岚", "嵐", "lan"),
    ("汀", "汀", "ting"),
    ("禾", "禾", "he"),
    ("屿", "嶼", "yu"),
    ("衡", "衡", "heng"),
    ("沐", "沐", "mu"),
    ("霁", "霽", "ji"),
    ("溪", "溪", "xi"),
    ("朗", "朗", "lang"),
    ("砚", "硯", "yan"),
    ("芷", "芷", "zhi"),
    ("棠", "棠", "tang"),
    ("樾", "樾", "yue"),
    ("珩", "珩", "heng"),
    ("漪", "漪", "yi"),
    ("墨", "墨", "mo"),
    ("笙", "笙", "sheng"),
    ("蔚", "蔚", "wei"),
    ("栩", "栩", "xu"),
    ("峤", "嶠", "qiao"),
    ("泓", "泓", "hong"),
    ("茗", "茗", "ming"),
    ("柏", "柏", "bai"),
    ("曦", "曦", "xi"),
    ("澜", "瀾", "lan"),
    ("筱", "筱", "xiao"),
    ("苇", "葦", "wei"),
    ("岑", "岑", "cen"),
    ("昱", "昱", "yu"),
    ("舟", "舟", "zhou"),
    ("瑭", "瑭", "tang"),
    ("槿", "槿", "jin"),
    ("湛", "湛", "zhan"),
    ("荷", "荷", "he"),
    ("韶", "韶", "shao"),
    ("翎", "翎", "ling"),
    ("鹿", "鹿", "lu"),
    ("菁", "菁", "jing"),
    ("杉", "杉", "shan"),
    ("璟", "璟", "jing"),
    ("颂", "頌", "song"),
    ("潭", "潭", "tan"),
    ("岳", "岳", "yue"),
    ("梧", "梧", "wu"),
    ("筠", "筠", "yun"),
    ("榆", "榆", "yu"),
    ("凌", "凌", "ling"),
    ("琅", "琅", "lang"),
    ("渚", "渚", "zhu"),
    ("晖", "暉", "hui"),
    ("绮", "綺", "qi"),
    ("觅", "覓", "mi"),
    ("穗", "穗", "sui"),
    ("楠", "楠", "nan"),
    ("沂", "沂", "yi"),
];

/// How often each sector is drawn, beside [`SECTORS`].
const SECTOR_WEIGHTS: [u64; 14] = [22, 20, 11, 14, 9, 6, 6, 6, 4, 3, 4, 2, 2, 2];

impl Maker {
    pub(super) fn of(seed: u64, number: u64) -> Maker {
        let mut r = Random::of(seed, "maker", number);
        let known = usize::try_from(number).ok().and_then(|n| KNOWN.get(n));
        let mut place = r.weighted(SEATS);
        let (brand, pinyin, initials, sector) = match known {
            Some((brand, pinyin, initials, sector)) => {
                place = SEATS[usize::try_from(number).unwrap_or(0) % 7].0;
                (brand.map(str::to_owned), (*pinyin).to_owned(), (*initials).to_owned(), *sector)
            }
            None => {
                let (brand, pinyin, initials) = brand(number - KNOWN.len() as u64);
                let weights: Vec<(usize, u64)> =
                    SECTOR_WEIGHTS.iter().copied().enumerate().collect();
                let mut sector = r.weighted(&weights);
                if place.in_gansu() {
                    // Food, textiles and machinery: what the Gansu plan is about.
                    sector = *r.pick(&[8, 8, 9, 4]);
                }
                (brand, pinyin, initials, sector)
            }
        };
        let (sector, word, word_en) = SECTORS[sector];
        let name = [
            format!("{}{}（示例）有限公司", brand[0], word),
            format!("{pinyin} {word_en} (Sample) Co., Ltd."),
        ];
        let products = 3 + r.below(9);
        let uscc = impossible_uscc(place.code, number);
        Maker { number, uscc, brand, pinyin, initials, name, sector, place, products }
    }
}

/// The `n`th brand: every ordered pair of different syllables, then every triple, then numbered.
fn brand(n: u64) -> ([String; 2], String, String) {
    let count = SYLLABLES.len() as u64;
    let pairs = count * (count - 1);
    let triples = pairs * (count - 2);
    let (mut index, length, round) = if n < pairs {
        // A stride prime to the count walks through all pairs without showing the pattern.
        (n * 1009 % pairs, 2, 0)
    } else {
        let n = n - pairs;
        (n % triples * 100_003 % triples, 3, n / triples)
    };
    let mut left: Vec<&(&str, &str, &str)> = SYLLABLES.iter().collect();
    let mut brand = [String::new(), String::new()];
    let mut pinyin = String::new();
    let mut initials = String::new();
    for _ in 0..length {
        let len = left.len() as u64;
        let (zh, hant, sound) = left.remove(usize::try_from(index % len).unwrap_or(0));
        index /= len;
        brand[0].push_str(zh);
        brand[1].push_str(hant);
        initials.extend(sound.chars().next().map(|c| c.to_ascii_uppercase()));
        if pinyin.is_empty() {
            pinyin.push_str(&initials);
            pinyin.push_str(&sound[1..]);
        } else {
            pinyin.push_str(sound);
        }
    }
    if round > 0 {
        for text in &mut brand {
            text.push_str(&(round + 1).to_string());
        }
    }
    (brand, pinyin, initials)
}

/// A social credit code with both check characters right that nobody can hold: its division digits
/// end in 99, which GB/T 2260 assigns to no district, so no authority can have issued it.
pub(super) fn impossible_uscc(place: &str, number: u64) -> String {
    let alphabet = alphabet31::ALPHABET;
    let mut serial = [b'0'; 5];
    let mut left = number;
    for place in serial.iter_mut().rev() {
        *place = alphabet[usize::try_from(left % 31).unwrap_or(0)];
        left /= 31;
    }
    let organisation = format!("MLB{}", String::from_utf8_lossy(&serial));
    let check = uscc::organisation_check(&organisation).unwrap_or('0');
    let body = format!("91{}99{organisation}{check}", place.get(..4).unwrap_or("4406"));
    let last = uscc::check_character(&body).unwrap_or('0');
    format!("{body}{last}")
}
