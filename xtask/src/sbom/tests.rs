use super::*;

/// Whether a text is so many characters of lower-case hex.
fn is_hex(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

#[test]
fn the_bill_has_everything_that_is_shipped_once_and_nothing_else() {
    let bom = bom().expect("a bill of materials");
    assert_eq!(bom["bomFormat"], "CycloneDX");
    assert_eq!(bom["specVersion"], "1.6");
    let components = bom["components"].as_array().expect("components");
    let text = |of: &Value, name: &str| of[name].as_str().unwrap_or_default().to_owned();
    let refs: BTreeSet<String> = components.iter().map(|one| text(one, "bom-ref")).collect();
    assert_eq!(refs.len(), components.len(), "every component once");
    for one in components {
        let name = text(one, "bom-ref");
        let ours = text(one, "purl").is_empty();
        assert!(
            !one["licenses"][0]["expression"].as_str().unwrap_or_default().is_empty(),
            "{name}"
        );
        let length = match one["hashes"][0]["alg"].as_str() {
            Some("SHA-256") => 64,
            Some("SHA-512") => 128,
            _ => 0,
        };
        let sum = one["hashes"][0]["content"].as_str().unwrap_or_default();
        assert_eq!(ours, length == 0, "{name}: crates of a registry have a hash, ours have none");
        assert!(is_hex(sum, length), "{name}: {sum}");
    }

    // What the manifests ask for, read another way than by `cargo tree`.
    let metadata = about().expect("metadata");
    let names: BTreeSet<String> = components.iter().map(|one| text(one, "name")).collect();
    let mut seen = 0;
    for package in Part::ALL.map(Part::name).into_iter().chain([BINARY]) {
        let package = metadata.iter().find(|((name, _), _)| name == package).expect("a member").1;
        for needed in package["dependencies"].as_array().expect("dependencies") {
            let name = text(needed, "name");
            let shipped = needed["kind"].is_null() && needed["optional"] == false;
            assert!(!shipped || names.contains(&name), "{name} is missing");
            seen += usize::from(shipped);
        }
    }
    assert!(seen > 50, "the manifests name {seen} dependencies");
    for tool in ["proptest", "tempfile", "resvg", "rqrr", "xtask", "bench", "cc"] {
        assert!(!names.contains(tool), "{tool} is not shipped");
    }

    // The graph names only what is listed, and reaches all of it.
    let mut reached = BTreeSet::from([text(&bom["metadata"]["component"], "bom-ref")]);
    let mut graph = BTreeMap::new();
    for node in bom["dependencies"].as_array().expect("a graph") {
        let needs: Vec<String> = node["dependsOn"]
            .as_array()
            .expect("what it needs")
            .iter()
            .map(|one| one.as_str().expect("a reference").to_owned())
            .collect();
        assert!(needs.iter().all(|one| refs.contains(one)), "{node}");
        assert!(graph.insert(text(node, "ref"), needs).is_none(), "each node once");
    }
    let mut waiting: Vec<String> = reached.iter().cloned().collect();
    while let Some(one) = waiting.pop() {
        for next in graph.get(&one).into_iter().flatten() {
            if reached.insert(next.clone()) {
                waiting.push(next.clone());
            }
        }
    }
    for one in components.iter().filter(|one| one["scope"] == "required") {
        assert!(reached.contains(&text(one, "bom-ref")), "{one} hangs on nothing");
    }

    let again = super::bom().expect("a second one");
    assert_eq!(again.to_string(), bom.to_string(), "the same checkout, the same bytes");
}

#[test]
fn a_tree_is_read_by_its_depths() {
    let tree = parse("0 a v1.0.0 (/place)\n1 b v2.0.0\n2 c v3.0.0\n1 c v3.0.0\n1 b v2.0.0 (*)\n")
        .expect("a tree");
    let of = |name: &str, version: &str| (name.to_owned(), version.to_owned());
    assert_eq!(tree.edges.len(), 3);
    assert_eq!(tree.edges[&of("a", "1.0.0")], BTreeSet::from([of("b", "2.0.0"), of("c", "3.0.0")]));
    assert_eq!(tree.edges[&of("b", "2.0.0")], BTreeSet::from([of("c", "3.0.0")]));
    assert!(parse("a b c").is_err());
}

#[test]
fn hashes_of_npm_become_hex() {
    // RFC 4648 section 10.
    for (base64, hex) in [("Zg==", "66"), ("Zm8=", "666f"), ("Zm9vYmFy", "666f6f626172")] {
        assert_eq!(hex_of_base64(base64).as_deref(), Ok(hex));
    }
    assert!(hex_of_base64("?").is_err());
}
