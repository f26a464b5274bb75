//! The bodies that evaluate, test and certify. All fictional.

use register::{Kind, ReasonCode};
use serde_json::json;

use super::makers::impossible_uscc;
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

pub(super) fn push(out: &mut Out) {
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
}
