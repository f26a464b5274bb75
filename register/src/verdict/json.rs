//! The verdict as JSON, in the names outside programs rely on.

use serde_json::{Map, Value, json};

use super::{Reason, Verdict};
use crate::Lang;

/// `{"zh-Hans": …, "zh-Hant": …, "en": …}`
fn in_every_language(text: impl Fn(Lang) -> String) -> Value {
    Value::Object(Lang::ALL.into_iter().map(|l| (l.tag().to_owned(), text(l).into())).collect())
}

impl Reason {
    /// The reason as JSON: `reason`, `effect`, and where they apply `rule`, `kind`, `key`,
    /// `source`, `date`; `params` as the source prints them; `text` in three languages.
    #[must_use]
    pub fn json(&self) -> Value {
        let mut object = Map::new();
        object.insert("reason".to_owned(), self.what.code().into());
        object.insert("effect".to_owned(), self.effect.code().into());
        if let Some(rule) = self.what.rule() {
            object.insert("rule".to_owned(), rule.code().into());
        }
        if let Some((kind, key)) = &self.record {
            object.insert("kind".to_owned(), kind.name().into());
            object.insert("key".to_owned(), key.as_str().into());
        }
        if let Some(source) = &self.source {
            object.insert("source".to_owned(), json!(source));
        }
        if let Some(date) = self.date {
            object.insert("date".to_owned(), date.to_string().into());
        }
        let params: Map<String, Value> = self
            .args
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.as_str().into()))
            .collect();
        if !params.is_empty() {
            object.insert("params".to_owned(), params.into());
        }
        object.insert("text".to_owned(), in_every_language(|lang| self.text(lang)));
        Value::Object(object)
    }
}

impl Verdict {
    /// The verdict as JSON: `code` as asked, `outcome`, `reasons`, `sentence`, `as_of`, `log_time`,
    /// `log_size`. Whoever answers adds `links`.
    #[must_use]
    pub fn json(&self, code: &str) -> Value {
        json!({
            "code": code,
            "outcome": self.outcome.code(),
            "reasons": self.reasons.iter().map(Reason::json).collect::<Vec<Value>>(),
            "sentence": in_every_language(|lang| self.sentence(lang)),
            "as_of": self.as_of.to_string(),
            "log_time": self.log_time.map(|t| t.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)),
            "log_size": self.log_size,
        })
    }
}
