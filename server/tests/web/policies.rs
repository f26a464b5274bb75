//! Policies, targets, departments; and that every system of the documents has its place.

use register::{Kind, ReasonCode};
use serde_json::json;

use crate::fixture::{Site, draft};

#[tokio::test]
async fn every_system_is_shown_somewhere_or_says_how_to_load_it() {
    let site = Site::new();
    let mut asked = std::collections::BTreeSet::new();
    let mut loaded = 0;
    for system in server::reference::systems() {
        let json = site.get(&format!("/systems/{}.json", system.id)).await.json();
        let record = &json["record"];
        let texts = |name: &str| -> Vec<String> {
            let list = record[name].as_array().cloned().unwrap_or_default();
            list.iter().filter_map(|text| text.as_str().map(str::to_owned)).collect()
        };
        let places = texts("shown_at");
        if record["records_loaded"] == 0 {
            let commands = texts("load_with");
            let load = commands.last().expect("a command");
            assert!(load.starts_with("liangbiao import --"), "{}: {load}", system.id);
            let kind = commands[0].strip_prefix("liangbiao template ");
            let kind = kind.and_then(|rest| rest.split(' ').next());
            let known = |name| server::import::template::kind_named(name).is_ok();
            assert!(
                kind.is_none_or(known) && (kind.is_some() || system.kind == Kind::Source),
                "{}",
                system.id
            );
        } else {
            loaded += 1;
            assert!(!places.is_empty(), "{} is shown nowhere", system.id);
        }
        asked.extend(places.iter().map(|to| to.split('#').next().unwrap_or_default().to_owned()));
    }
    assert!(loaded > 60, "{loaded}");
    for to in asked {
        assert_eq!(site.get(&to).await.status, 200, "{to}");
    }
    // What is not loaded says so on the page as well.
    let page = site.get("/systems/product-hospital").await.text();
    assert!(
        page.contains("还没有它的数据") && page.contains("liangbiao template service"),
        "{page}"
    );
}

#[tokio::test]
async fn a_policy_says_who_does_what_and_who_took_over() {
    let site = Site::new();
    let page = site.get("/policies/gd-2016-quality-province").await.text();
    assert!(page.contains("粤办函〔2016〕517号") && page.contains("id=\"c-十六\""));
    assert!(page.contains("/departments/gd-qtsb") && page.contains("/targets/gd16-gi"));
    let hash = "a0561ded1cbd39dd741475712784ca5be6e837af47ba3f7dbabde1d67fb19a1f";
    assert!(page.contains(hash));
    let old = site.get("/departments/gd-qtsb").await.text();
    assert!(old.contains("/departments/gd-amr") && old.contains("2018"));
    let new = site.get("/departments/gd-amr").await.text();
    for before in ["gd-qtsb", "gd-aic", "gd-fda", "gd-ipo"] {
        assert!(new.contains(&format!("/departments/{before}")), "{before}");
    }
    let list = site.get("/policies.json").await.json();
    assert_eq!(list["total"], 5);
    let over = site.get("/policies.json?status=over").await.json();
    assert_eq!(over["total"], 3, "two plans and the three-year term of 2023");
    let then = site.get("/policies.json?status=over&as_of=2017-06-30").await.json();
    assert_eq!(then["total"], 0);
    let json = site.get("/policies/fs-2020-foshan-standard.json").await.json();
    assert_eq!(json["source"]["locator"]["file"], "佛山市人民政府打造“佛山标准”的实施意见");
}

#[tokio::test]
async fn a_target_is_counted_and_can_be_counted_again() {
    let site = Site::new();
    // One listing of the fixture is valid, one was withdrawn in 2025.
    let missed = site.get("/targets.json?status=missed").await.json();
    let items = missed["items"].as_array().expect("items");
    let of = |key: &str| items.iter().find(|item| item["key"] == key);
    let target = of("fs-products-2025").expect("missed");
    assert_eq!((&target["value"], &target["goal"]), (&"1".into(), &"500".into()));
    assert!(of("gd16-pm25").is_none(), "what cannot be computed is not missed");
    let total = |status: &str| {
        let facet = missed["facets"]["status"].as_array().expect("a facet");
        facet.iter().find(|v| v["value"] == status).map_or(0, |v| v["count"].as_u64().unwrap_or(0))
    };
    let all = ["reached", "missed", "open", "not_computable"].map(total);
    assert_eq!(all.iter().sum::<u64>(), 55, "{all:?}");

    let record = site.get("/targets/fs-products-2025.json").await.json();
    assert_eq!(record["computed"]["status"], "missed");
    assert_eq!(record["computed"]["decided_on"], "2025-12-31");
    let again = site.get("/targets/fs-products-2025/recount.json").await.json();
    assert_eq!((&again["total"], &again["value"]), (&1.into(), &"1".into()));
    // An independent reader: the formula over the records handed out gives the same value.
    let formula = register::formula::Formula::parse(again["formula"].as_str().expect("a formula"));
    let formula = formula.expect("it is read");
    let records = Handed(again["items"].as_array().cloned().expect("items"));
    let day = again["counted_on"].as_str().and_then(|day| day.parse().ok()).expect("a day");
    let value = formula.evaluate(&records, day, Some(day)).expect("a value");
    assert_eq!(value.as_whole(), Some(1));
    let csv = site.get("/targets/fs-products-2025/recount.csv").await.text();
    assert!(csv.contains("foshan-standard/FSB-2023-0012"), "{csv}");
    // Before the withdrawal both counted, and the target was open.
    let then = site.get("/targets/fs-products-2025.json?as_of=2024-06-30").await.json();
    assert_eq!(
        (&then["computed"]["status"], &then["computed"]["value"]),
        (&"open".into(), &"2".into())
    );
    let then = site.get("/targets/fs-products-2025/recount.json?as_of=2024-06-30").await.json();
    assert_eq!(then["total"], 2);
    assert_eq!(site.get("/targets/fs-products-2025/recount?page=9").await.status, 404);
    assert_eq!(site.get("/targets/fs-products-2025/recount?page=x").await.status, 400);
}

/// Counted from the answer alone, by a set of records that knows no register.
#[tokio::test]
async fn every_target_with_a_value_is_counted_again_from_its_json_alone() {
    use register::formula::{Recounted, recounted};
    let site = Site::sample(200);
    let targets = site.get("/targets.json?per_page=100").await.json();
    let mut counted = 0;
    for target in targets["items"].as_array().unwrap() {
        let key = target["key"].as_str().unwrap();
        let path = format!("/targets/{key}/recount.json");
        let json = site.get(&format!("{path}?records=all")).await.json();
        let official = json["counts"].as_array().unwrap().is_empty();
        if json["formula"].is_null() || !json["reason"].is_null() || official {
            continue;
        }
        let said = json["value"].as_str().unwrap();
        assert_eq!(recounted(&json, said), Recounted::Equal(said.to_owned()), "{key}");
        counted += 1;
        // A formula of more, and it shows.
        let mut other = json.clone();
        other["formula"] = format!("{} + 1", json["formula"].as_str().unwrap()).into();
        assert!(matches!(recounted(&other, said), Recounted::Differs(_)), "{key}");
        other["records"] = serde_json::Value::Null;
        assert_eq!(recounted(&other, said), Recounted::TooMany);
        other.as_object_mut().unwrap().remove("records");
        assert_eq!(recounted(&other, said), Recounted::Unreadable);
        let plain = site.get(&path).await.json();
        assert!(plain.get("records").is_none(), "only where it is asked for");
    }
    assert!(counted >= 5, "{counted} targets were counted again");
    let some = "/targets/fs-products-2025/recount";
    assert_eq!(site.get(&format!("{some}.json?records=some")).await.status, 400);
    assert_eq!(site.get(&format!("{some}?records=all")).await.status, 400, "for programs only");
}

/// The records of a recount's JSON.
struct Handed(Vec<serde_json::Value>);

impl register::formula::Records for Handed {
    fn each(&self, kind: Kind, see: &mut dyn FnMut(&str, &register::Body)) {
        for item in self.0.iter().filter(|item| item["kind"] == kind.name()) {
            if let (Some(key), Some(body)) = (item["key"].as_str(), item["record"].as_object()) {
                see(key, body);
            }
        }
    }
    fn record(&self, _: Kind, _: &str) -> Option<register::Body> {
        None
    }
    fn comparisons_of(&self, _: &str) -> Vec<register::Body> {
        Vec::new()
    }
}

#[tokio::test]
async fn a_target_of_the_operator_s_own_is_listed_at_once() {
    let target = draft(
        Kind::Target,
        "own",
        "2024-01-01",
        ReasonCode::Listed,
        json!({
            "policy": "fs-2020-foshan-standard", "clause": "一（三）1", "measure_zh": "示例指标",
            "operator": ">=", "value": "1", "unit": "家", "computable": "yes",
            "formula": "count(enterprise where place under 4406)", "lead_departments": ["fs-amr"],
        }),
    );
    let site = Site::with(vec![target]);
    let json = site.get("/targets.json?q=%E7%A4%BA%E4%BE%8B%E6%8C%87%E6%A0%87").await.json();
    assert_eq!((&json["total"], &json["items"][0]["status"]), (&1.into(), &"reached".into()));
    let page = site.get("/en/departments/fs-amr").await.text();
    assert!(page.contains("/en/targets/own"), "{page}");
}
