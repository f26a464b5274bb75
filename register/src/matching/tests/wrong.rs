//! Every kind of wrong match that was seen on real lists, once, with fictional names; and beside each the
//! right match that its rule must not lose.

use super::*;

/// A refrigerator of a brand, listed in 2015.
fn fridge(brand: &str, model: &str) -> Entry {
    entry(
        Kind::Product,
        "p-1",
        json!({ "name_zh": "上置冷冻室电冰箱", "name_en": format!("{brand} {model}"), "brand": brand, "model": model }),
    )
}

fn listing(models: &[&str]) -> Vec<Entry> {
    let body =
        json!({ "granted_on": "2015-03-01", "certificate_number": "C-0012345", "models": models });
    vec![entry(Kind::Listing, "l-1", body)]
}

fn recall(fields: Value) -> Entry {
    let mut body = json!({ "started_on": "2018-05-06" });
    body.as_object_mut().unwrap().extend(fields.as_object().cloned().unwrap());
    entry(Kind::Recall, "r-1", body)
}

fn judged(product: &Entry, recall: &Entry) -> Option<Match> {
    about_item(recall, &Item::of(product, None, &listing(&[])), &READ)
}

/// What a recall of this product name says about a refrigerator of this brand, no model printed.
fn named(brand: &str, name: &str) -> Option<Match> {
    judged(&fridge(brand, "GX-100A"), &recall(json!({ "product_name": name })))
}

/// The same by the heading, of goods printed without a brand.
fn headed(brand: &str, heading: &str) -> Option<Match> {
    let fields = json!({ "product_name": "Top freezer refrigerators", "heading": heading });
    judged(&fridge(brand, "GX-100A"), &recall(fields))
}

/// With a description.
fn described(brand: &str, model: &str, name: &str, text: &str) -> Option<Match> {
    let fields = json!({ "product_name": name, "description": text });
    judged(&fridge(brand, model), &recall(fields))
}

const GOODS: Option<Match> = Some(Match::Possible(Alike::BrandGoods));
const PATTERN: Option<Match> = Some(Match::Possible(Alike::BrandModel));
const SAME: Option<Match> = Some(Match::Certain(By::BrandModel));

#[test]
fn a_brand_and_the_same_goods_are_a_possible_match() {
    assert_eq!(named("Auriga", "Auriga refrigerators"), GOODS);
    assert_eq!(named("AURIGA", "Auriga® Top Freezer and Multi-door Refrigerators"), GOODS);
    assert_eq!(named("Auriga", "Nordlys and Auriga Refrigerators"), GOODS);
    assert_eq!(
        named("Auriga", "Auriga-brand Mini Fridges, limited to listed serial numbers"),
        GOODS
    );
    assert_eq!(named("Auriga", "Auriga Built-In 24-Inch Wide Single Door Refrigerators"), GOODS);
    assert_eq!(
        named("Auriga", "Auriga Branded Side by Side Refrigerators with Slim Buckets"),
        GOODS
    );
    assert_eq!(named("示例", "示例牌电冰箱"), GOODS);
    assert_eq!(named("示例牌", "示例电冰箱"), GOODS);
}

#[test]
fn wrong_1_a_brand_that_is_an_ordinary_word() {
    assert_eq!(named("Summit", "Summit refrigerators"), None);
    assert_eq!(headed("Summit", "Summit Recalls Refrigerators Due to Fire Hazard"), None);
    assert_eq!(named("Home", "Home refrigerators"), None);
    assert_eq!(named("Auriga", "auriga refrigerators"), None, "no name is printed small");
    assert_eq!(named("家用", "家用电冰箱"), None);
    // Where the text says that it is a brand, it is one.
    assert_eq!(named("Summit", "Summit brand refrigerators"), GOODS);
    assert_eq!(named("Summit", "Summit® refrigerators"), GOODS);
}

#[test]
fn wrong_2_a_shop_or_firm_whose_name_contains_the_brand() {
    assert_eq!(
        headed("Auriga", "Auriga Outdoor Stores Recalls Refrigerators Due to Fire Hazard"),
        None
    );
    assert_eq!(
        headed("Auriga", "Refrigerators Recalled by Auriga Outdoor Stores Due to Fire Hazard"),
        None
    );
    assert_eq!(headed("Auriga", "Nordlys Recalls Refrigerators; Sold at Auriga"), None);
    assert_eq!(named("Auriga", "Refrigerators sold at Auriga"), None);
    assert_eq!(headed("Auriga", "Auriga USA Recalls Refrigerators Due to Fire Hazard"), GOODS);
    assert_eq!(headed("Auriga", "Refrigerators Recalled by Auriga Due to Fire Hazard"), GOODS);
}

#[test]
fn wrong_3_other_goods_of_the_brand() {
    assert_eq!(named("Auriga", "Auriga electric kettles"), None);
    assert_eq!(
        named("Auriga", "Auriga kettles; Nordlys refrigerators"),
        None,
        "two goods, two brands"
    );
    assert_eq!(named("Auriga", "Auriga things"), None, "goods the table does not know");
}

#[test]
fn wrong_4_an_accessory_of_the_goods() {
    assert_eq!(named("Auriga", "Auriga refrigerator magnets"), None);
    assert_eq!(named("Auriga", "Auriga electric refrigerator defrosters"), None);
    assert_eq!(named("Auriga", "Auriga kettles for refrigerators"), None);
    assert_eq!(named("示例", "示例牌冰箱贴"), None);
    assert_eq!(named("Auriga", "Auriga refrigerators with ice buckets"), GOODS);
}

#[test]
fn wrong_5_a_recall_older_than_the_product() {
    let product = fridge("Auriga", "GX-100A");
    let on = |day: &str, text: &str| {
        let fields = json!({ "product_name": "Auriga refrigerators", "started_on": day, "description": text });
        judged(&product, &recall(fields))
    };
    assert_eq!(on("2015-02-28", ""), None);
    assert_eq!(on("2015-03-01", ""), GOODS);
    let model = "The model number is GX-100A.";
    assert_eq!(on("2015-02-28", model), PATTERN, "the same number, listed anew: not certain");
    assert_eq!(on("2005-02-28", model), None, "a number used again");
}

#[test]
fn wrong_6_a_parent_company_in_the_heading() {
    let fields = |name: &str| json!({ "product_name": name, "heading": "Nordlys Appliances, an Auriga Company, Recalls Refrigerators Due to Fall Hazard" });
    let auriga = fridge("Auriga", "GX-100A");
    assert_eq!(judged(&auriga, &recall(fields("Refrigerators"))), None);
    assert_eq!(judged(&auriga, &recall(fields("Nordlys-brand refrigerators"))), None);
    let nordlys = fridge("Nordlys", "GX-100A");
    assert_eq!(judged(&nordlys, &recall(fields("Refrigerators"))), GOODS);
}

#[test]
fn wrong_7_the_firm_that_recalls_is_not_the_brand() {
    let fields = json!({ "product_name": "Nordlys refrigerators", "heading": "Auriga Group Recalls Nordlys Refrigerators" });
    assert_eq!(judged(&fridge("Auriga", "GX-100A"), &recall(fields.clone())), None);
    assert_eq!(judged(&fridge("Nordlys", "GX-100A"), &recall(fields)), GOODS);
    let unknown = json!({ "product_name": "Boreal-brand refrigerators", "heading": "Auriga Group Recalls Refrigerators" });
    assert_eq!(judged(&fridge("Auriga", "GX-100A"), &recall(unknown)), None);
}

#[test]
fn wrong_8_a_sub_brand_is_another_brand() {
    assert_eq!(named("Auriga", "Auriga Elite refrigerators"), None);
    assert_eq!(named("Auriga", "Auriga Trio-brand refrigerators"), None);
    assert_eq!(named("Auriga Elite", "Auriga refrigerators"), None);
    assert_eq!(named("Auriga Elite", "Auriga Elite refrigerators"), GOODS);
}

#[test]
fn wrong_9_a_freezer_is_no_refrigerator() {
    assert_eq!(named("Auriga", "Auriga chest freezers"), None);
    assert_eq!(named("Auriga", "Auriga upright freezers with ice makers"), None);
    assert_eq!(named("Auriga", "Auriga Refrigerator/Freezers"), GOODS);
}

#[test]
fn wrong_10_one_design_is_not_every_model() {
    let name = "Auriga refrigerators";
    let says = |model: &str, text: &str| described("Auriga", model, name, text);
    assert_eq!(says("GX-100A", "The affected model numbers are GX200A and GX300A."), None);
    assert_eq!(says("GX-100A", "Models include GX100AB."), None, "a longer number");
    assert_eq!(says("GX-100A", "The affected model numbers are GX100A and GX200A."), SAME);
    assert_eq!(says("GX100***", "The affected model number is GX100ABS."), PATTERN);
    assert_eq!(says("GX100R/L", "The affected model number is GX100L."), SAME);
    assert_eq!(says("GX-100A", "Model numbers starting with GX100."), PATTERN);
    assert_eq!(says("GX-100A", "Model numbers starting with GX200."), None);
    let unread = "Model numbers beginning with the letters below.";
    assert_eq!(says("GX-100A", unread), None, "some models are meant, which cannot be read");
    let serial = "The model and serial numbers are on the back. Serial numbers begin with 19.";
    assert_eq!(says("GX-100A", serial), GOODS);
    assert_eq!(says("1000*", "The model number is 10005."), GOODS, "digits alone fit by chance");
    let more = listing(&["GX100AS"]);
    let product = fridge("Auriga", "GX-100A");
    let item = Item::of(&product, None, &more);
    let of_more = recall(json!({ "product_name": name, "description": "Model GX100AS." }));
    assert_eq!(about_item(&of_more, &item, &READ), PATTERN, "a model the listing names besides");
}

#[test]
fn wrong_11_goods_for_business_are_not_those_for_homes() {
    assert_eq!(named("Auriga", "Auriga commercial refrigerators"), None);
    assert_eq!(headed("Auriga", "Auriga Recalls Commercial Refrigerators"), None);
    assert_eq!(named("示例", "示例牌商用电冰箱"), None);
    let mut product = fridge("Auriga", "GX-100A");
    product.body.insert("name_en".to_owned(), "Auriga commercial refrigerator".into());
    let of = |name: &str| judged(&product, &recall(json!({ "product_name": name })));
    assert_eq!(of("Auriga commercial refrigerators"), GOODS);
    assert_eq!(of("Auriga refrigerators"), None);
}

#[test]
fn wrong_12_several_brands_in_one_cell() {
    let cell = "Auriga or Auriga White, Nordlys";
    assert_eq!(named(cell, "Nordlys refrigerators"), GOODS);
    assert_eq!(named(cell, "Auriga White refrigerators"), GOODS);
    assert_eq!(named(cell, "White refrigerators"), None);
    assert_eq!(named("Auriga & Nordlys", "Nordlys refrigerators"), None, "one brand of two names");
    let text = "The model number is GX-100A.";
    assert_eq!(
        described(cell, "GX-100A", "Nordlys refrigerators", text),
        PATTERN,
        "which of them?"
    );
    assert_eq!(described("Nordlys", "GX-100A", "Nordlys refrigerators", text), SAME);
}

#[test]
fn a_barcode_under_its_symbol_and_a_certificate_prove_and_other_numbers_do_not() {
    let mut product = fridge("Auriga", "GX-100A");
    product.body.insert("gtins".to_owned(), json!(["09521234543213"]));
    let says = |text: &str| {
        judged(&product, &recall(json!({ "product_name": "Kettles", "description": text })))
    };
    assert_eq!(says("UPC 9-521234-543213"), Some(Match::Certain(By::Gtin)));
    assert_eq!(says("certificate C-0012345"), Some(Match::Certain(By::Certificate)));
    assert_eq!(says("证书编号：C-0012345"), Some(Match::Certain(By::Certificate)));
    assert_eq!(says("serial number C-0012345"), None);
    assert_eq!(says("certificate C-00123456"), None);
}

#[test]
fn a_firm_that_a_heading_calls_by_its_name_is_perhaps_meant_if_it_has_such_goods() {
    let firm = entry(Kind::Enterprise, "N-ZZ-auriga", json!({ "name_zh": "Auriga" }));
    let products = [fridge("Auriga", "GX-100A")];
    let firm = Firm::of(&firm).with_products(&products);
    let of = |heading: &str, name: &str| {
        let record = recall(json!({ "heading": heading, "product_name": name }));
        about_firm(&record, &firm, &READ)
    };
    let alike = Some(Match::Possible(Alike::Firm));
    assert_eq!(of("Auriga Recalls Refrigerators Due to Fire Hazard", "Refrigerators"), alike);
    assert_eq!(of("Auriga Recalls Backpacks Due to Choking Hazard", "Backpacks"), None);
    assert_eq!(of("Auriga Outdoor Recalls Refrigerators", "Refrigerators"), None);
    assert_eq!(of("Nordlys, an Auriga Company, Recalls Refrigerators", "Refrigerators"), None);
}
