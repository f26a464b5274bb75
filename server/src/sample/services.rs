//! Fictional services: at least one of every system of the policy documents that is kept as a service,
//! laboratories with their test items, and what listings entitle to.

use register::{Kind, ReasonCode};
use serde_json::json;

use super::institutions::tester;
use super::random::Random;
use super::sources::Source;
use super::{Event, Out, TODAY, days_before};
use crate::reference;

/// A service: system, name, for whom, needs, test items or scope, place, cost.
type Service = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

const SMALL: &str = "中小微企业";
const FIRM: &str = "企业";
const CONSUMER: &str = "消费者";

/// Services with words of their own.
const KNOWN: &[Service] = &[
    ("product-hospital", "示例陶瓷产品医院", SMALL, "质量问题诊断", "陶瓷", "440604", "首次免费"),
    ("product-hospital", "示例家电产品医院", SMALL, "质量问题诊断", "家电", "440606", "首次免费"),
    (
        "product-hospital",
        "示例铝型材产品医院",
        SMALL,
        "质量问题诊断",
        "铝型材",
        "440605",
        "首次免费",
    ),
    (
        "nqi-one-stop",
        "示例质量服务一站式窗口",
        FIRM,
        "计量、标准、检测、认证",
        "",
        "440604",
        "免费咨询",
    ),
    ("nqi-one-stop", "示例中山质量服务站", FIRM, "检测、认证", "", "442000", "免费咨询"),
    ("gansu-one-stop", "示例兰州质量服务站", FIRM, "标准、检测", "", "620102", "免费咨询"),
    (
        "public-testing-platform",
        "示例公共检测平台",
        FIRM,
        "检测",
        "破坏强度、吸水率、耐磨性",
        "442000",
        "按收费标准",
    ),
    (
        "public-testing-platform",
        "示例陶瓷检测实验室",
        FIRM,
        "检测",
        "破坏强度、吸水率、放射性",
        "440604",
        "按收费标准",
    ),
    (
        "public-testing-platform",
        "示例电器检测实验室",
        FIRM,
        "检测",
        "能效、噪声、泄漏电流",
        "440606",
        "按收费标准",
    ),
    (
        "public-testing-platform",
        "示例消费品检测实验室",
        FIRM,
        "检测",
        "重金属、甲醛、阻燃性",
        "620102",
        "按收费标准",
    ),
    (
        "shared-instruments",
        "示例仪器共享平台",
        FIRM,
        "预约仪器",
        "噪声、耐磨性",
        "440606",
        "按小时",
    ),
    (
        "instrument-leasing",
        "示例实验外包平台",
        SMALL,
        "预约仪器、检测",
        "能效、阻燃性",
        "440605",
        "按小时",
    ),
    (
        "consumer-metrology-service",
        "示例消费品计量站",
        FIRM,
        "计量",
        "净含量",
        "620503",
        "按收费标准",
    ),
    ("rights-window", "示例消费维权窗口", CONSUMER, "消费维权", "", "440604", "免费"),
    ("rights-window", "示例顺德消费维权窗口", CONSUMER, "消费维权", "", "440606", "免费"),
    ("fast-redress", "示例快速维权通道", CONSUMER, "消费维权", "", "440604", "免费"),
    ("foshan-pay-first", "示例先行赔付受理处", CONSUMER, "赔付", "", "440604", "免费"),
    ("quality-online-training", "示例质量网络课堂", FIRM, "培训", "", "440604", "免费"),
    ("ip-aid-centre", "示例维权援助中心", FIRM, "知识产权保护", "", "440604", "免费"),
    ("trademark-station", "示例商标品牌指导站", SMALL, "品牌指导", "", "440606", "免费"),
    (
        "trademark-cultivation-station",
        "示例陶瓷商标培育指导站",
        SMALL,
        "品牌指导",
        "陶瓷",
        "440604",
        "免费",
    ),
    ("quality-loan", "示例质量贷", FIRM, "融资", "", "440604", "按合同"),
];

/// Systems whose services ask for a listing: system, scheme, status.
const ENTITLED: &[(&str, &str, &str)] = &[
    ("quality-loan", "foshan-standard", "valid"),
    ("foshan-green-channel", "foshan-standard", "valid"),
    ("foshan-joint-incentives", "foshan-standard", "valid"),
    ("foshan-pay-first", "foshan-standard", "valid"),
    ("fast-redress", "foshan-standard", "valid"),
    ("platform-promotion", "foshan-standard", "valid"),
    ("tech-upgrade-support", "foshan-benchmark-enterprise", "valid"),
    ("quality-credit-enhancement", "guangdong-quality-certification", "valid"),
    ("quality-credit-enhancement", "qms-certification", "valid"),
    ("sme-risk-compensation", "provincial-srdi-sme", "valid"),
    ("title-fast-track", "guangdong-quality-award", "valid"),
    ("international-standard-training", "little-giant", "valid"),
    ("quality-work-grant", "guangdong-quality-award", "valid"),
];

/// Places of the services without one of their own.
const PLACES: [&str; 8] =
    ["440604", "440605", "440606", "440607", "442000", "440106", "620102", "440306"];

/// What the services of a group of systems are for, and what they cost.
fn of_group(group: char) -> (&'static str, &'static str) {
    match group {
        'A' => ("政策办理", "免费"),
        'B' => ("标准", "免费咨询"),
        'C' => ("检测、认证", "按收费标准"),
        'D' | 'F' => ("信息查询", "免费"),
        'E' => ("品牌指导、培训", "免费咨询"),
        'G' => ("消费维权、赔付", "免费"),
        _ => ("质量问题诊断、标准", "免费咨询"),
    }
}

pub(super) fn push(out: &mut Out, seed: u64) {
    let mut number = 0;
    for (system, name, for_whom, needs, scope, place, cost) in KNOWN {
        one(out, seed, &mut number, system, name, [for_whom, needs, scope, place, cost]);
    }
    for system in reference::systems() {
        if system.kind != Kind::Service || KNOWN.iter().any(|(known, ..)| *known == system.id) {
            continue;
        }
        let plain: String = system.name[0].chars().filter(|c| !"“”《》".contains(*c)).collect();
        let name = format!("示例{}", plain.chars().take(24).collect::<String>());
        let for_whom = match system.users.as_str() {
            "C" | "CJ" => CONSUMER,
            _ => FIRM,
        };
        let (needs, cost) = of_group(system.group);
        let place = PLACES[number % PLACES.len()];
        one(out, seed, &mut number, &system.id, &name, [for_whom, needs, "", place, cost]);
    }
}

fn one(
    out: &mut Out,
    seed: u64,
    number: &mut usize,
    system: &str,
    name: &str,
    [for_whom, needs, scope, place, cost]: [&str; 5],
) {
    let mut r = Random::of(seed, "service", *number as u64);
    let opened = days_before(TODAY, r.between(200, 1400));
    let mut body = json!({
        "name": name,
        "system": system,
        "operator": tester(*number as u64),
        "place": place,
        "for_whom": for_whom,
        "needs": needs,
        "contact": "示例服务热线",
        "hours": "工作日 9:00–17:00",
        "cost": cost,
        "status": "open",
    });
    if !scope.is_empty() {
        body["scope"] = json!(scope);
    }
    let eligibility: Vec<_> = ENTITLED
        .iter()
        .filter(|(entitled, ..)| *entitled == system)
        .map(|(_, scheme, status)| json!({ "scheme": scheme, "status": status }))
        .collect();
    if !eligibility.is_empty() {
        body["eligibility"] = json!(eligibility);
    }
    let event = Event::on(opened, ReasonCode::Published, Source::Services);
    out.push(Kind::Service, event, &body);
    if *number % 13 == 5 {
        body["status"] = json!("closed");
        let closed = Event::on(days_before(TODAY, 60), ReasonCode::Removed, Source::Services);
        out.push(Kind::Service, closed, &body);
    }
    *number += 1;
}
