//! The bodies that evaluate, test and certify, and the services on offer. All fictional.

use register::{Kind, ReasonCode};
use serde_json::json;

use super::makers::impossible_uscc;
use super::random::Random;
use super::sources::Source;
use super::{Event, Out, TODAY, days_before};

/// Name, role, division code.
const BODIES: [(&str, &str, &str); 7] = [
    ("示例市标准评价中心", "evaluator", "440604"),
    ("示例质量评价（示例）有限公司", "evaluator", "440605"),
    ("示例检测中心", "tester", "440606"),
    ("示例产品检验（示例）有限公司", "tester", "442000"),
    ("示例认证（示例）有限公司", "certifier", "440106"),
    ("示例标准化促进会", "association", "440604"),
    ("示例评估（示例）有限公司", "evaluator", "442000"),
];

/// Serial numbers of these bodies begin where no maker's can be.
const SERIALS: u64 = 28_000_000;

/// Social credit code and name of evaluation body `n`.
pub(super) fn evaluator(n: u64) -> (String, &'static str) {
    let index = usize::try_from(n % 2).unwrap_or(0);
    (uscc(index), BODIES[index].0)
}

/// Social credit code and name of the evaluation body that was penalised for its reports. It evaluated
/// few products, so that few verdicts carry the notice.
pub(super) fn discredited() -> (String, &'static str) {
    (uscc(6), BODIES[6].0)
}

/// Name of testing body `n`.
pub(super) fn tester(n: u64) -> &'static str {
    BODIES[2 + usize::try_from(n % 2).unwrap_or(0)].0
}

/// Name of the certification body.
pub(super) fn certifier() -> &'static str {
    BODIES[4].0
}

fn uscc(index: usize) -> String {
    impossible_uscc(BODIES[index].2, SERIALS + index as u64)
}

/// System, name, for whom, needs, place, cost.
const SERVICES: [(&str, &str, &str, &str, &str, &str); 14] = [
    ("product-hospital", "示例陶瓷产品医院", "中小微企业", "质量问题诊断", "440604", "首次免费"),
    ("product-hospital", "示例家电产品医院", "中小微企业", "可靠性问题诊断", "440606", "首次免费"),
    ("product-hospital", "示例铝型材产品医院", "中小微企业", "表面缺陷诊断", "440605", "首次免费"),
    (
        "nqi-one-stop",
        "示例质量服务一站式窗口",
        "企业",
        "计量、标准、检测、认证一次办",
        "440604",
        "免费咨询",
    ),
    ("nqi-one-stop", "示例中山质量服务站", "企业", "检测和认证受理", "442000", "免费咨询"),
    ("gansu-one-stop", "示例兰州质量服务站", "消费品企业", "标准和检测咨询", "620102", "免费咨询"),
    ("quality-loan", "示例质量贷", "名录内企业", "凭有效登记申请", "440604", "按合同"),
    ("nqi-one-stop-base", "示例一站式服务基地", "产业集群", "集群共性质量问题", "440605", "按项目"),
    ("shared-instruments", "示例仪器共享平台", "企业、高校", "预约大型仪器", "440606", "按小时"),
    ("rights-window", "示例消费维权窗口", "消费者", "消费纠纷受理", "440604", "免费"),
    ("fast-redress", "示例快速维权通道", "消费者", "佛山标准产品售后争议", "440604", "免费"),
    ("quality-online-training", "示例质量网络课堂", "企业员工", "在线报名", "440604", "免费"),
    ("ip-aid-centre", "示例维权援助中心", "企业", "知识产权维权咨询", "440604", "免费"),
    ("public-testing-platform", "示例公共检测平台", "企业", "委托检测", "442000", "按收费标准"),
];

pub(super) fn push(out: &mut Out, seed: u64) {
    for (index, (name, role, place)) in BODIES.iter().enumerate() {
        let body = json!({
            "name_zh": name,
            "name_en": format!("Sample {role} {}", index + 1),
            "uscc": uscc(index),
            "place": place,
            "status": "active",
            "roles": [role],
            "sector_group": "other",
        });
        let event = Event::on(days_before(TODAY, 4200), ReasonCode::Listed, Source::Enterprises);
        out.push(Kind::Enterprise, event, &body);
    }
    for (index, (system, name, for_whom, needs, place, cost)) in SERVICES.iter().enumerate() {
        let mut r = Random::of(seed, "service", index as u64);
        let opened = days_before(TODAY, r.between(200, 1400));
        let mut body = json!({
            "name": name,
            "system": system,
            "operator": tester(index as u64),
            "place": place,
            "for_whom": for_whom,
            "needs": needs,
            "contact": "示例服务热线",
            "hours": "工作日 9:00–17:00",
            "cost": cost,
            "status": "open",
        });
        if *system == "quality-loan" {
            body["eligibility"] = json!([{ "scheme": "foshan-standard", "status": "valid" }]);
        }
        let event = Event::on(opened, ReasonCode::Published, Source::Services);
        out.push(Kind::Service, event, &body);
        if index % 7 == 5 {
            body["status"] = json!("closed");
            let closed = Event::on(days_before(TODAY, 60), ReasonCode::Removed, Source::Services);
            out.push(Kind::Service, closed, &body);
        }
    }
}
