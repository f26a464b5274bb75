//! What a target asks of its value, and how it stands.

use crate::comparison::{Decimal, Ratio};

/// How a target's value is compared with what was promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// 以上, 达到, a bare count: at least.
    AtLeast,
    /// 超过: more than.
    More,
    /// 清零, 3种: exactly.
    Exactly,
    /// 左右, 基本: within 5 % of the value. The five percent are this register's reading; the documents
    /// give none.
    About,
}

impl Operator {
    /// The operator of a `target` record's field `operator`.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Operator> {
        Some(match code {
            ">=" => Operator::AtLeast,
            ">" => Operator::More,
            "=" => Operator::Exactly,
            "~" => Operator::About,
            _ => return None,
        })
    }
}

/// What was promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Goal {
    /// How the value is compared.
    pub operator: Operator,
    /// The number promised, in the target's unit.
    pub value: Ratio,
}

impl Goal {
    /// The goal of a `target` record's fields `operator` and `value`.
    #[must_use]
    pub fn of(operator: &str, value: &str) -> Option<Goal> {
        Some(Goal {
            operator: Operator::from_code(operator)?,
            value: Decimal::parse(value)?.ratio()?,
        })
    }

    /// Whether a value keeps the promise.
    #[must_use]
    pub fn is_met(&self, value: Ratio) -> bool {
        match self.operator {
            Operator::AtLeast => value >= self.value,
            Operator::More => value > self.value,
            Operator::Exactly => value == self.value,
            Operator::About => {
                let away = value.minus(self.value).map(Ratio::abs);
                let five_percent = Ratio::new(1, 20).and_then(|f| self.value.abs().times(f));
                matches!((away, five_percent), (Some(away), Some(most)) if away <= most)
            }
        }
    }
}

/// How a target stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Standing {
    /// The value keeps the promise: on the due day once that is past, before it today.
    Reached,
    /// The due day is past and the value then did not keep the promise.
    Missed,
    /// Not yet, and not yet due.
    Open,
    /// There is no value here.
    NotComputable,
}

impl Standing {
    /// All, in the order of pages.
    pub const ALL: [Standing; 4] =
        [Standing::Reached, Standing::Missed, Standing::Open, Standing::NotComputable];

    /// The code in URLs and JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        ["reached", "missed", "open", "not_computable"][self as usize]
    }

    /// Judges the deciding value: the one on the due day once that is `past`, else today's.
    #[must_use]
    pub fn judge(goal: &Goal, value: Option<Ratio>, past: bool) -> Standing {
        match value {
            None => Standing::NotComputable,
            Some(value) if goal.is_met(value) => Standing::Reached,
            Some(_) if past => Standing::Missed,
            Some(_) => Standing::Open,
        }
    }
}
