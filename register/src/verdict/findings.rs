//! The cross-record rules by their numbers, and findings made elsewhere.

use chrono::NaiveDate;

use super::{Outcome, Reason, What};
use crate::{Kind, SourceRef};

/// A cross-record rule. The verdict itself applies those that have an effect and whose records it
/// is given (see [`What::rule`]); I17 is its very order, and I18 is why what is past its
/// publication term counts for nothing. The others look at whole tables: whoever applies them
/// hands their results over as [`Finding`]s.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[expect(missing_docs, reason = "the words are in `title`, one line per rule")]
pub enum Rule {
    I01,
    I02,
    I03,
    I04,
    I05,
    I06,
    I07,
    I08,
    I09,
    I10,
    I11,
    I12,
    I13,
    I14,
    I15,
    I16,
    I17,
    I18,
    I19,
    I20,
    I21,
    I22,
}

impl Rule {
    /// All, in order.
    pub const ALL: [Rule; 22] = {
        use Rule::*;
        [
            I01, I02, I03, I04, I05, I06, I07, I08, I09, I10, I11, I12, I13, I14, I15, I16, I17,
            I18, I19, I20, I21, I22,
        ]
    };

    /// The number as printed, e.g. `I05`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        [
            "I01", "I02", "I03", "I04", "I05", "I06", "I07", "I08", "I09", "I10", "I11", "I12",
            "I13", "I14", "I15", "I16", "I17", "I18", "I19", "I20", "I21", "I22",
        ][self as usize]
    }

    /// Whether readers are shown what it finds. What is past its publication term (I18) is told to the operator
    /// only: to publish that a term is over would publish the entry again.
    #[must_use]
    pub const fn is_public(self) -> bool {
        !matches!(self, Rule::I18)
    }

    /// The least outcome a finding of the rule imposes; [`Outcome::Valid`] where it has no effect
    /// on a verdict. I10 ends the right to the mark, not the registration, whose own status says
    /// how it ended; I17 and I18 impose nothing beyond that.
    #[must_use]
    pub const fn effect(self) -> Outcome {
        use Rule::*;
        match self {
            I06 => Outcome::Recalled,
            I01 | I02 | I03 | I04 | I05 | I08 | I09 | I11 | I12 | I15 | I19 => {
                Outcome::ValidButNotice
            }
            I07 | I10 | I13 | I14 | I16 | I17 | I18 | I20 | I21 | I22 => Outcome::Valid,
        }
    }
}

/// What a rule found that looks beyond the records of a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The rule.
    pub rule: Rule,
    /// The record concerned.
    pub record: (Kind, String),
    /// All records it rests on. Where the verdict itself says something by the same rule about one of
    /// them, the finding is not said again.
    pub about: Vec<(Kind, String)>,
    /// Where it was read.
    pub source: Option<SourceRef>,
    /// Since when.
    pub date: Option<NaiveDate>,
    /// The sentence for readers in simplified Chinese, traditional Chinese and English, without a
    /// full stop.
    pub words: [String; 3],
}

impl Finding {
    /// Whether one of the reasons says it already, with no lesser effect. A rule knows products and not
    /// the lot in hand: that a recall is of other lots is the last word on that recall.
    pub(super) fn is_said_by(&self, reasons: &[Reason]) -> bool {
        reasons.iter().any(|reason| {
            let last_word = reason.what == What::RecallOfOtherLots && self.rule == Rule::I06;
            (last_word
                || reason.what.rule() == Some(self.rule) && reason.effect >= self.rule.effect())
                && reason.record.as_ref().is_some_and(|record| self.about.contains(record))
        })
    }

    pub(super) fn reason(&self) -> Reason {
        let [zh, hant, en] = &self.words;
        Reason {
            record: Some(self.record.clone()),
            source: self.source.clone(),
            ..Reason::new(What::Finding(self.rule))
        }
        .date(self.date)
        .arg("zh-Hans", zh.as_str())
        .arg("zh-Hant", hant.as_str())
        .arg("en", en.as_str())
    }
}
