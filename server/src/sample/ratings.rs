//! Fictional ratings of makers by bodies that stand beside one another.

use register::{Kind, ReasonCode};
use serde_json::json;

use super::institutions::evaluator;
use super::makers::Maker;
use super::random::Random;
use super::sources::Source;
use super::{Event, Out, TODAY, days_before, term_end};

/// One in ten makers is rated, half of those by two bodies that need not agree.
pub(super) fn push_of_maker(out: &mut Out, seed: u64, maker: &Maker) {
    let mut r = Random::of(seed, "ratings", maker.number);
    if !(r.chance(10) || maker.number < 3) {
        return;
    }
    let raters = if r.chance(50) || maker.number < 3 { 2 } else { 1 };
    for n in 0..raters {
        let on = days_before(TODAY, r.between(40, 700));
        let (rater, _) = evaluator(n);
        let grade = r.weighted(&[("AAA", 20), ("AA", 40), ("A", 30), ("B", 10)]);
        let body = json!({
            "scheme": "ypt-code",
            "subject": { "kind": "enterprise", "key": maker.uscc },
            "evaluator": rater,
            "specification": { "title": "企业质量信用评价规范（示例）", "version": "2023版" },
            "evaluated_on": on,
            "result": "passed",
            "dimensions": [{ "id": "质量信用", "grade": grade, "source": "企业申报材料和现场核查（示例）" }],
            "rating": {
                "method": if n == 0 { "九项指标打分（示例）" } else { "现场核查加客户回访（示例）" },
                "grade": grade,
                "valid_until": term_end(on, 24),
            },
        });
        out.push(
            Kind::Evaluation,
            Event::on(on, ReasonCode::Published, Source::Evaluations),
            &body,
        );
    }
}
