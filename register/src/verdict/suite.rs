//! Random questions, the same everywhere: the server's build and the browser's answer them, and
//! their answers are compared by one hash over all of them, word for word.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{Asked, Finding, Outcome, Question, Rule, Verdict, View, judge};
use crate::code::{Batch, CreditCode, Pepper, Statement};
use crate::id::key::hex;
use crate::signature::{self, Algorithm, KeyRecord, KeyStatus, SecretKey, Signer};
use crate::{Entry, Kind, Reason, ReasonCode, SourceRef};

const HOLDER: &str = "91350100M000100Y43";
const OTHER: &str = "91440606722473344C";
const PRODUCT: &str = "p-d58030165a9c";
const MODEL: &str = "SL-100A";
const SCHEMES: [&str; 5] = ["current", "historical", "superseded", "unverified", "lost"];

/// SplitMix64 (Steele, Lea and Flood 2014): small, the same everywhere.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// A stream of numbers.
    #[must_use]
    pub const fn new(seed: u64) -> Random {
        Random(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    /// A number below `n`, which is not 0.
    pub fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[(self.next() % from.len() as u64) as usize]
    }

    fn bytes(&mut self) -> [u8; 16] {
        (u128::from(self.next()) << 64 | u128::from(self.next())).to_be_bytes()
    }

    /// A day: mostly within two days of this one, else within some years.
    fn around(&mut self, day: NaiveDate) -> NaiveDate {
        let span = if self.one_in(2) { 2 } else { 1500 };
        day - Days::new(span) + Days::new(self.below(2 * span + 1))
    }

    /// A day on which something is over or not yet over, mostly not.
    fn end(&mut self, day: NaiveDate) -> NaiveDate {
        if self.one_in(4) { self.around(day) } else { day + Days::new(self.below(900)) }
    }

    fn start(&mut self, day: NaiveDate) -> NaiveDate {
        if self.one_in(8) { self.around(day) } else { day - Days::new(self.below(900)) }
    }
}

/// What all cases share: a batch of unit codes, signed statements and the keys that signed them.
#[derive(Debug)]
pub struct Stage {
    day: NaiveDate,
    now: DateTime<Utc>,
    pepper: Pepper,
    units: Vec<CreditCode>,
    batch: Batch,
    statements: Vec<Statement>,
    keys: Vec<KeyRecord>,
}

/// One random question with everything it borrows.
#[derive(Clone, Debug)]
pub struct Case {
    typed: String,
    statement: Option<(Statement, signature::SignatureState)>,
    parsed: Result<CreditCode, crate::code::Malformed>,
    lot: Option<&'static str>,
    /// The record of the code, where there is one.
    pub code: Option<Entry>,
    unit: Option<Entry>,
    /// The listing named as deciding.
    pub listing: Option<Entry>,
    /// The records around it.
    pub records: Vec<Entry>,
    findings: Vec<Finding>,
    /// The view.
    pub view: View,
    day: NaiveDate,
}

fn date(day: NaiveDate) -> Value {
    day.to_string().into()
}

/// An entry of these fields; those that are null are left out.
fn entry(kind: Kind, key: &str, valid_from: NaiveDate, fields: Value) -> Entry {
    let mut body = fields.as_object().cloned().unwrap_or_default();
    body.retain(|_, value| !value.is_null());
    Entry {
        seq: 0,
        recorded_at: DateTime::UNIX_EPOCH,
        valid_from,
        kind,
        key: key.to_owned(),
        reason: Reason::said(ReasonCode::Listed, None),
        source: SourceRef { id: "suite".to_owned(), locator: Default::default() },
        body,
    }
}

impl Stage {
    /// Sets the stage for a seed.
    ///
    /// # Panics
    /// Never: the days and keys are fixed and right.
    #[must_use]
    pub fn new(random: &mut Random) -> Stage {
        let day = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap_or_default();
        let now = day.and_hms_opt(4, 0, 0).unwrap_or_default().and_utc();
        let pepper = Pepper::new([3; 32]);
        let units: Vec<CreditCode> =
            (0..16).map(|_| CreditCode::mint_unit(random.bytes())).collect();
        let batch = Batch::new(units.iter().map(|unit| pepper.hash(unit)));
        let mut statements = Vec::new();
        let mut keys = Vec::new();
        for algorithm in Algorithm::ALL {
            // The last key stays unknown to the register.
            let known = KeyStatus::ALL.into_iter().map(Some).chain([None]);
            for (n, status) in (1..).zip(known) {
                let Ok(secret) = SecretKey::from_bytes(algorithm, &[n; 32]) else { continue };
                for code in units.iter().take(3) {
                    let (from, to) = (random.start(day), random.end(day));
                    statements.extend(Statement::sign(*code, None, from, to.max(from), &secret));
                }
                keys.extend(status.map(|status| KeyRecord {
                    public_key: secret.public_key().clone(),
                    valid_from: day - Days::new(700),
                    valid_to: random.one_in(2).then(|| random.end(day)),
                    status,
                    since: random.around(day),
                }));
            }
        }
        Stage { day, now, pepper, units, batch, statements, keys }
    }

    /// A random case.
    pub fn case(&self, random: &mut Random) -> Case {
        let day = if random.one_in(12) { random.around(self.day) } else { self.day };
        let mut statement = None;
        let code = match random.below(8) {
            0 | 1 => self.units[random.below(16) as usize],
            2 => {
                let read = &self.statements[random.below(self.statements.len() as u64) as usize];
                let mut digits = read.digits();
                if random.one_in(4) {
                    digits.replace_range(200..201, random.pick(&["0", "7"]));
                }
                let read = Statement::parse(&digits).unwrap_or_else(|_| read.clone());
                // Now and then by a program without SM2.
                let without = random.one_in(4).then_some(Algorithm::Sm2);
                let state = signature::judge_by(&read, &self.keys, |key, message, signature| {
                    if Some(key.algorithm()) == without {
                        return None;
                    }
                    key.holds(message, signature)
                });
                let code = *read.code();
                statement = Some((read, state));
                code
            }
            // Forty-four is a province.
            _ => CreditCode::mint_model("44", random.bytes()).unwrap_or(self.units[0]),
        };
        let mut typed = if random.one_in(2) { code.grouped() } else { code.to_string() };
        if random.one_in(24) {
            let at = random.below(typed.len() as u64) as usize;
            typed.replace_range(at..=at, random.pick(&["V", "８", "o", " ", "", "\u{200b}", "7"]));
        }
        let parsed = CreditCode::parse(&typed);
        let unit_level = matches!(parsed, Ok(code) if code.level() == crate::code::Level::Unit);
        let key = match &parsed {
            Ok(code) if unit_level && self.batch.contains(&self.pepper.hash(code)) => {
                self.batch.key()
            }
            _ => code.to_string(),
        };
        let code = (!random.one_in(20)).then(|| self.code(random, &key, day));
        let unit = (unit_level && random.one_in(4)).then(|| {
            let hash = parsed.as_ref().map(|code| self.pepper.hash(code)).unwrap_or_default();
            self.code(random, &crate::code::unit_key(&key, &hash), day)
        });
        let records = self.records(random, day);
        let listing = records.iter().find(|e| e.kind == Kind::Listing && random.one_in(2)).cloned();
        let findings = random.one_in(30).then(|| Finding {
            rule: Rule::ALL[random.below(22) as usize],
            record: (Kind::Product, PRODUCT.to_owned()),
            about: Vec::new(),
            source: None,
            date: Some(day),
            words: ["甲", "乙", "c"].map(str::to_owned),
        });
        Case {
            lot: random.one_in(3).then(|| random.pick(&["B2403", "b2404"])),
            view: self.view(random),
            findings: findings.into_iter().collect(),
            typed,
            statement,
            parsed,
            code,
            unit,
            listing,
            records,
            day,
        }
    }

    fn view(&self, random: &mut Random) -> View {
        let age = TimeDelta::seconds(match random.below(24) {
            0 => random.below(1_000_000) as i64,
            1 => -1,
            2 => 601,
            _ => random.below(601) as i64,
        });
        View {
            log_time: (!random.one_in(40)).then(|| self.now - age),
            complete: !random.one_in(40),
            offline: random.one_in(40),
            ..View::fresh(self.now, random.below(1_000_000))
        }
    }

    fn code(&self, random: &mut Random, key: &str, day: NaiveDate) -> Entry {
        let status = match random.below(10) {
            0 => random.pick(&["draft", "suspended", "withdrawn", "cancelled", "superseded", "?"]),
            _ => "valid",
        };
        let mut entry = entry(
            Kind::Code,
            key,
            random.start(day),
            json!({
                "level": "M", "product": PRODUCT, "holder": HOLDER, "status": status,
                "issued_on": date(random.start(day)),
                "expires_on": random.one_in(2).then(|| date(random.end(day))),
                "decision": random.one_in(3).then_some("示例决定〔2026〕3号"),
                "listing": random.one_in(6).then(|| random.pick(&["current/0", "current/1"])),
            }),
        );
        entry.reason.text = random.one_in(2).then(|| "整改中".to_owned());
        entry
    }

    fn records(&self, random: &mut Random, day: NaiveDate) -> Vec<Entry> {
        let mut out = Vec::new();
        if !random.one_in(30) {
            let status = random.pick(&["on_sale", "on_sale", "discontinued"]);
            let standards = random.one_in(4).then_some(["GB 12021.2-2015"]);
            out.push(entry(
                Kind::Product,
                PRODUCT,
                random.start(day),
                json!({
                    "name_zh": "家用电冰箱", "holder": HOLDER, "model": MODEL, "status": status,
                    "standards": standards, "gtins": ["09521234543213"],
                }),
            ));
        }
        if !random.one_in(30) {
            let status =
                random.pick(&["active", "active", "active", "deregistered", "revoked", "moved"]);
            let fields = json!({ "name_zh": "示例电器有限公司", "status": status });
            out.push(entry(Kind::Enterprise, HOLDER, random.start(day), fields));
        }
        for status in SCHEMES {
            if !random.one_in(30) {
                let fields = json!({
                    "name_zh": "示例名录", "status": status, "starts_on": "2022-06-01",
                    "ends_on": random.one_in(4).then_some("2026-06-01"),
                    "legal_basis": [{ "policy": random.pick(&["gd-2016-x", "示例办法"]) }],
                });
                out.push(entry(Kind::Scheme, status, random.start(day), fields));
            }
        }
        for n in 0..random.below(4) {
            out.push(self.listing(random, n, day));
        }
        self.adverse(random, day, &mut out);
        out
    }

    fn listing(&self, random: &mut Random, n: u64, day: NaiveDate) -> Entry {
        let status = match random.below(3) {
            0 => random.pick(&["suspended", "withdrawn", "cancelled", "exited", "replaced", "?"]),
            _ => "valid",
        };
        let scheme = match random.below(3) {
            0 => random.pick(&["historical", "superseded", "unverified", "lost", "ccc", "none"]),
            _ => "current",
        };
        let subject = match random.below(8) {
            0 => json!({ "kind": "enterprise", "key": HOLDER }),
            1 => json!({ "kind": "product", "key": "p-000000000000" }),
            _ => json!({ "kind": "product", "key": PRODUCT }),
        };
        let mut entry = entry(
            Kind::Listing,
            &format!("{scheme}/{n}"),
            random.start(day),
            json!({
                "scheme": scheme, "subject": subject, "holder": HOLDER, "status": status,
                "granted_on": date(random.start(day)), "valid_until": date(random.end(day)),
                "certificate_number": format!("FSB-2023-{n}"),
                "models": random.one_in(2).then(|| [random.pick(&["sl－100a", "SL-200"])]),
                "standards": random.one_in(3).then_some(["T/FSAS 12-2021"]),
                "exit_reason": random.one_in(2).then_some("failed_inspection"),
                "decision": random.one_in(2).then_some(json!({ "number": "示例〔2024〕3号" })),
                "mark_licence": random.one_in(4).then_some(json!({ "number": "BS-1" })),
            }),
        );
        entry.reason.text = random.one_in(2).then(|| "复查不合格".to_owned());
        entry
    }

    /// Records that speak against the code, each in one case of some.
    fn adverse(&self, random: &mut Random, day: NaiveDate, out: &mut Vec<Entry>) {
        let maker = match random.below(4) {
            0 => json!({ "name": "示例电器有限公司" }),
            1 => json!({ "name": "别家", "uscc": OTHER }),
            _ => json!({ "name": "示例电器有限公司", "uscc": HOLDER }),
        };
        let mut add = |random: &mut Random, kind, key: &str, fields: Value| {
            if random.one_in(10) {
                let from = random.start(day);
                out.push(entry(kind, key, from, fields));
            }
        };
        let fields = json!({
            "number": "示召2024-001", "producer": maker, "product_name": "电冰箱",
            "models": random.one_in(2).then_some([MODEL]),
            "lots": random.one_in(2).then_some(["B2403"]), "started_on": date(random.start(day)),
            "alert_type": random.pick(&["recall", "recall", "notification", "refusal"]),
            "status": random.pick(&["announced", "in_progress", "completed", "terminated", "?"]),
        });
        add(random, Kind::Recall, "示例/1", fields);
        let fields = json!({
            "list": random.pick(&["abnormal_operations", "quality_blacklist"]),
            "subject": random.pick(&[HOLDER, HOLDER, OTHER]), "cause": "撤销证书FSB-2023-0",
            "decision": { "number": random.pick(&["示例〔2024〕3号", "示例〔2024〕4号"]) },
            "listed_on": date(random.start(day)), "publish_until": date(random.end(day)),
            "removed_on": random.one_in(4).then(|| date(random.end(day))),
            "status": random.pick(&["listed", "listed", "removed"]),
        });
        add(random, Kind::Restriction, "list/1", fields);
        let fields = json!({
            "producer": maker, "model": random.pick(&[MODEL, "SL-200"]), "round": "2024年第1期",
            "result": random.pick(&["pass", "fail", "fail"]), "announced_on": date(random.start(day)),
            "follow_up": random.pick(&["none", "ordered", "rechecked_pass", "closed"]),
        });
        add(random, Kind::Inspection, "示例/2", fields);
        for number in ["T/FSAS 12-2021", "GB 12021.2-2015"] {
            let fields = json!({
                "number": number, "status": random.pick(&["current", "withdrawn", "replaced"]),
                "withdrawn_on": random.one_in(2).then(|| date(random.around(day))),
                "replaced_by": random.one_in(2).then_some(["T/FSAS 12-2024"]),
            });
            add(random, Kind::Standard, number, fields);
        }
        let subject = json!({ "kind": "product", "key": PRODUCT });
        let fields = json!({
            "subject": subject, "evaluator": random.pick(&[HOLDER, OTHER, OTHER]),
            "evaluated_on": date(random.start(day)), "report_number": "BG-1",
        });
        add(random, Kind::Evaluation, "current/1", fields);
        let fields = json!({
            "party": { "name": "示例检测", "uscc": random.pick(&[OTHER, HOLDER]) },
            "act": random.pick(&["出具虚假报告", "未按期公示"]),
            "report_numbers": random.one_in(2).then(|| [random.pick(&["BG-1", "BG-2"])]),
            "decided_on": date(random.start(day)), "publish_until": date(random.end(day)),
            "status": random.pick(&["in_force", "in_force", "revoked"]),
        });
        add(random, Kind::Penalty, "示罚1", fields);
        let fields = json!({
            "subject": subject, "name_zh": "耗电量", "unit": "kW·h/d", "direction": "lower_better",
            "limit": "0.40", "claim": random.pick(&["stricter", "looser"]),
            "measured": { "value": "0.35", "report_number": "BG-2" },
            "baselines": [{
                "standard": "GB 12021.2-2015", "limit": "0.55", "unit": "kW·h/d",
                "method_equivalent": "yes", "checked_on": date(random.start(day)),
            }],
        });
        add(random, Kind::Comparison, "p/energy", fields);
    }
}

impl Case {
    /// Asks it; the records are handed over in the order of `refs`.
    #[must_use]
    pub fn question<'c>(&'c self, refs: &'c [&'c Entry]) -> Question<'c> {
        let asked = match (&self.statement, &self.parsed) {
            (Some((statement, state)), _) => Asked::Statement(statement, *state),
            (None, Ok(code)) => Asked::Code(code),
            (None, Err(malformed)) => Asked::Malformed(*malformed),
        };
        Question {
            lot: self.lot,
            code: self.code.as_ref(),
            unit: self.unit.as_ref(),
            listing: self.listing.as_ref(),
            records: refs,
            findings: &self.findings,
            ..Question::new(asked, self.view, self.day)
        }
    }

    /// Its verdict.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let refs: Vec<&Entry> = self.records.iter().collect();
        judge(&self.question(&refs))
    }
}

/// What a run came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// SHA-256 over the JSON of every verdict, in hex.
    pub digest: String,
    /// How many verdicts had each outcome, in the order of [`Outcome::ALL`].
    pub outcomes: [u32; 10],
}

impl std::fmt::Display for Summary {
    /// The digest, then the number of each outcome.
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(&self.digest)?;
        for outcome in Outcome::ALL {
            write!(f, " {}={}", outcome.code(), self.outcomes[outcome as usize])?;
        }
        Ok(())
    }
}

/// Judges that many random cases.
#[must_use]
pub fn run(seed: u64, cases: u32) -> Summary {
    let mut random = Random::new(seed);
    let stage = Stage::new(&mut random);
    let mut hash = Sha256::new();
    let mut outcomes = [0; 10];
    for _ in 0..cases {
        let case = stage.case(&mut random);
        let verdict = case.verdict();
        outcomes[verdict.outcome as usize] += 1;
        hash.update(verdict.json(&case.typed).to_string());
        hash.update(b"\n");
    }
    Summary { digest: hex(&hash.finalize()), outcomes }
}
