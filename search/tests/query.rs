//! The contract of a list's URL.

use search::{Catalogue, Query, QueryProblem};

fn parse(pairs: &[(&str, &str)]) -> Result<Query, search::QueryError> {
    Query::parse(Catalogue::Products.spec(), pairs.iter().copied())
}

#[test]
fn an_unknown_parameter_is_refused_by_name() {
    let error = parse(&[("q", "x"), ("colour", "red")]).expect_err("refused");
    assert_eq!((error.parameter.as_str(), error.problem), ("colour", QueryProblem::Unknown));
    // Known to another catalogue only.
    assert_eq!(parse(&[("round", "1")]).expect_err("refused").parameter, "round");
}

#[test]
fn a_bad_value_is_refused_by_name() {
    for (name, value) in [
        ("page", "0"),
        ("page", "-1"),
        ("page", "1000001"),
        ("per_page", "101"),
        ("per_page", "0"),
        ("as_of", "2026-02-29"),
        ("as_of", "26-01-01"),
        ("as_of", "2026-01-01Z"),
        ("known", "abc"),
        ("known", "99999999999999999999"),
        ("size", "small"),
        ("sort", "price"),
    ] {
        assert_eq!(parse(&[(name, value)]).expect_err(value).parameter, name, "{value}");
    }
    assert!(parse(&[("q", &"长".repeat(201))]).is_err());
    assert!(parse(&[("q", &"长 ".repeat(17))]).is_err());
    assert!(parse(&[("q", &"长".repeat(200))]).is_ok());
    assert!(parse(&[("page", "1"), ("page", "2")]).is_err());
}

#[test]
fn empty_fields_of_a_form_are_no_filter() {
    let query = parse(&[("q", ""), ("status", ""), ("sort", ""), ("page", ""), ("as_of", "")])
        .expect("a query");
    assert!(query.is_everything());
    assert!(query.to_pairs().is_empty());
}

#[test]
fn equal_queries_have_equal_urls() {
    let a = parse(&[
        ("status", "valid"),
        ("page", "1"),
        ("q", " 陶瓷  砖 "),
        ("status", "expired"),
        ("sort", "name"),
    ]);
    let b = parse(&[
        ("sort", "name"),
        ("q", "陶瓷 砖"),
        ("status", "expired"),
        ("status", "valid"),
        ("status", "valid"),
    ]);
    let (a, b) = (a.expect("a query"), b.expect("a query"));
    assert_eq!(a, b);
    assert_eq!(
        a.to_query_string(),
        "q=%E9%99%B6%E7%93%B7+%E7%A0%96&status=expired&status=valid&sort=name"
    );
    assert_eq!(Query::parse(a.spec(), a.to_pairs()).expect("a query"), a);
}

#[test]
fn a_prefix_of_a_division_is_the_division() {
    let query = parse(&[("place", "44"), ("place", "4406"), ("place", "440606"), ("place", "US")])
        .expect("a query");
    assert_eq!(query.chosen("place"), ["440000", "440600", "440606", "US"]);
}

#[test]
fn toggling_twice_changes_nothing_but_the_page() {
    let query = parse(&[("status", "valid"), ("page", "3"), ("size", "large")]).expect("a query");
    let on = query.with_facet_toggled("sector", "家电");
    assert!(on.has("sector", "家电") && on.page == 1 && on.large);
    assert_eq!(on.with_facet_toggled("sector", "家电"), query.with_page(1));
    assert!(query.without("status").is_everything());
}

#[test]
fn no_two_parameters_of_a_catalogue_share_a_name() {
    for catalogue in Catalogue::ALL {
        let spec = catalogue.spec();
        let mut names: Vec<&str> = spec
            .facets
            .iter()
            .map(|f| f.name)
            .chain(search::catalogue::FILTERS.iter().map(|f| f.name))
            .collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all, "{}", spec.name);
        assert_eq!(Catalogue::from_name(spec.name), Some(catalogue));
        for label in spec.facets.iter().map(|f| f.label).chain(spec.sorts.iter().map(|s| s.label)) {
            assert!(label.iter().all(|l| !l.is_empty()));
        }
        for sort in spec.sorts {
            match sort.by {
                search::SortBy::Number(i) => assert!(i < spec.numbers.len()),
                search::SortBy::Text(i) => assert!(i < spec.texts.len()),
            }
        }
    }
}
