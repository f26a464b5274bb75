//! The files described for catalogues of open data: DCAT 3 in the terms DCAT-AP asks for, as JSON-LD.

use register::Lang;
use serde_json::{Value, json};

use super::{FileSet, PARQUET, latest_name, media_type};
use crate::opendata::{Made, Packing};
use crate::web::Portal;
use crate::web::bodies::Coding;
use crate::web::failure::Failure;
use crate::web::reply::{Answer, Policy};

/// Answers for `/data/dcat.jsonld`.
pub(super) fn answer(portal: &Portal, coding: Coding) -> Result<Answer, Failure> {
    let set = portal.downloads.current(&portal.indexes)?;
    let text = description(&set, &portal.origin, &portal.office).to_string() + "\n";
    Ok(Answer::ok("application/ld+json", Policy::Data, text.as_bytes(), coding))
}

fn words(texts: [&str; 3]) -> Value {
    Lang::ALL
        .map(|lang| json!({ "@language": lang.tag(), "@value": texts[lang.index()] }))
        .into_iter()
        .collect()
}

/// The EU's list of languages.
const LANGUAGES: &str = "http://publications.europa.eu/resource/authority/language/";

const KEYWORDS: [[&str; 3]; 4] = [
    ["产品质量", "產品品質", "product quality"],
    ["标准", "標準", "standards"],
    ["认证", "認證", "certification"],
    ["召回", "召回", "recalls"],
];

fn words_of(several: &[[&str; 3]]) -> Value {
    several.iter().flat_map(|texts| words(*texts).as_array().cloned().unwrap_or_default()).collect()
}

/// Media type of what is inside a file (IANA's, where there is one).
fn inside(format: &str) -> &'static str {
    match format {
        "csv" => "text/csv",
        "parquet" => PARQUET,
        "sqlite" => "application/vnd.sqlite3",
        _ => super::JSON_LINES,
    }
}

/// `rights` and not `license`: each source sets its own, and says so in each record.
fn description(set: &FileSet, origin: &str, office: &str) -> Value {
    let rights = words([
        "各条记录的许可由其来源决定，见每条记录的 source.licence；请注明来源、登记簿、日期和条目数。",
        "各條記錄的許可由其來源決定，見每條記錄的 source.licence；請註明來源、登記簿、日期和條目數。",
        "The licence of each record is its source's (source.licence). Name the source, the register, the day and the log size.",
    ]);
    let media = |name: &str| format!("https://www.iana.org/assignments/media-types/{name}");
    let file = |made: &Made| {
        let mut distribution = json!({
            "@id": format!("{origin}/data/latest/{}", latest_name(&made.what, &made.format, made.packing)),
            "@type": "dcat:Distribution",
            "dct:title": made.name,
            "dcat:accessURL": { "@id": format!("{origin}/data") },
            "dcat:downloadURL": { "@id": format!("{origin}/data/{}", made.name) },
            "dcat:mediaType": { "@id": media(inside(&made.format)) },
            "dcat:byteSize": { "@type": "xsd:nonNegativeInteger", "@value": made.bytes.to_string() },
            "spdx:checksum": {
                "@type": "spdx:Checksum",
                "spdx:algorithm": { "@id": "spdx:checksumAlgorithm_sha256" },
                "spdx:checksumValue": { "@type": "xsd:hexBinary", "@value": made.sha256 },
            },
            "dct:conformsTo": { "@id": format!("{origin}/data/schema.json") },
            "dct:rights": { "@type": "dct:RightsStatement", "rdfs:label": rights },
        });
        if made.packing != Packing::None {
            distribution["dcat:compressFormat"] = json!({ "@id": media(media_type(made.packing)) });
        }
        distribution
    };
    let title = words(["亮标登记簿", "亮標登記簿", "The Liangbiao register"]);
    let about = words([
        "产品质量的公开登记：谁、在何时、依据什么标准，给了哪件产品什么，以及每一条的来源。",
        "產品品質的公開登記：誰、在何時、依據什麼標準，給了哪件產品什麼，以及每一條的來源。",
        "A public register of product quality: who granted what to which product, against which standard, until when, and the source of each fact.",
    ]);
    let name = if office.is_empty() { title.clone() } else { json!(office) };
    let publisher = json!({ "@type": "foaf:Agent", "foaf:name": name });
    // DCAT-AP takes languages from the EU's list (LinguisticSystem); it has one Chinese.
    let language = |code: &str| json!({ "@id": format!("{LANGUAGES}{code}") });
    let languages = [language("ZHO"), language("ENG")];
    let modified = json!({ "@type": "xsd:date", "@value": set.at.as_of.to_string() });
    let dataset = json!({
        "@id": format!("{origin}/data"),
        "@type": "dcat:Dataset",
        "dct:title": title,
        "dct:description": about,
        "dct:identifier": format!("{}-{}", set.at.as_of, set.at.known),
        "dct:modified": modified,
        "dcat:version": set.at.known.to_string(),
        "dct:publisher": publisher,
        "dct:language": languages,
        "dcat:keyword": words_of(&KEYWORDS),
        "dcat:landingPage": { "@id": format!("{origin}/data") },
        "dcat:distribution": set.files.iter().map(file).collect::<Vec<_>>(),
    });
    let service = json!({
        "@id": format!("{origin}/api/v1"),
        "@type": "dcat:DataService",
        "dct:title": words(["亮标登记簿接口", "亮標登記簿介面", "API of the Liangbiao register"]),
        "dct:publisher": publisher,
        "dcat:endpointURL": { "@id": format!("{origin}/api/v1") },
        "dcat:endpointDescription": { "@id": format!("{origin}/api/v1/openapi.json") },
        "dcat:servesDataset": { "@id": format!("{origin}/data") },
    });
    json!({
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
            "spdx": "http://spdx.org/rdf/terms#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": format!("{origin}/data/dcat.jsonld"),
        "@type": "dcat:Catalog",
        "dct:title": title,
        "dct:description": about,
        "dct:publisher": publisher,
        "dct:language": languages,
        "dct:modified": modified,
        "foaf:homepage": { "@id": format!("{origin}/") },
        "dcat:dataset": [dataset],
        "dcat:service": [service],
    })
}
