//! What a scanned code opens.

use app::model::*;
use register::Lang;

use super::{Maker, context};

impl Maker<'_> {
    pub fn verdict(&self, look: Look) -> VerifyPage {
        let code = if look == Look::Malformed { "" } else { "44M3-QMX9-D2R4" };
        let page = VerifyPage {
            look,
            sentence: self.s("登记自2026-03-15起有效。"),
            checked: vec![self.s("编码无误")],
            reasons: vec![Reason {
                text: self.s("抽查不合格"),
                date: self.s("2026-03-15"),
                about: Some(self.link("抽查结果", "/notices/x")),
                decision: self.s("示例〔2026〕1号"),
            }],
            typed: self.s("44M3QMX9D2R4"),
            code: code.into(),
            plain: code.replace('-', ""),
            unit: look == Look::Notice,
            codes: 12_345,
            ..VerifyPage::default()
        };
        if !look.found() {
            return page;
        }
        VerifyPage {
            sample: look == Look::Valid,
            goods: Some(Goods {
                name: self.link("瓷质抛光砖", "/products/p-1"),
                brand: self.s("澄瓦"),
                model: self.s("CW-Y1260"),
                spec: self.s("600×1200 毫米"),
                holder: self.link("澄瓦陶瓷（示例）有限公司", "/enterprises/x"),
                place: self.s("广东佛山"),
                gtins: vec![self.s("9520000010010")],
            }),
            facts: vec![self.fact("有效期", "2024-03-15 至 2028-03-14")],
            indicators: vec![Indicator {
                name: self.s("破坏强度"),
                value: self.s("2240 N"),
                against: self.s("，对照标准不低于 1300 N"),
            }],
            evaluation: vec![self.fact("评价日期", "2026-03-10")],
            sources: vec![self.source()],
            pack: vec![self.s("破坏强度 2240 N")],
            not_proof: vec![self.s("不证明每一片都一样。")],
            redress: Some(Redress {
                pay_first: true,
                insurer: self.s("示例保险公司"),
                policy_number: self.s("BX-1"),
                limit: self.s("20,000"),
                valid_until: self.s("2027-12-31"),
                claim_url: format!("https://example.org/{}", self.x),
            }),
            credit: vec![CreditLine {
                section: self.s("荣誉"),
                text: self.s("示例奖"),
                source: self.s("示例局"),
                date: self.s("2024-05-01"),
            }],
            credit_file: vec![Link::to(self.s("行政处罚"), "/enterprises/X/credit#penalties")],
            history: self.events(),
            ..page
        }
    }
}

/// Every face of a verdict in one language. They hold their style within, unlike other pages.
pub fn every_verdict(lang: Lang, maker: Maker<'_>) -> Vec<(Look, String)> {
    let at = PageContext { sample: Sample::Some, ..context(lang, false, "/q/44M3QMX9D2R4") };
    Look::ALL
        .into_iter()
        .map(|look| (look, app::pages::verify::render(&at, &maker.verdict(look))))
        .collect()
}
