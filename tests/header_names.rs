//! Every header of `docs/header-names.md` is taken for what the page says.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::collections::BTreeSet;

use hebiao::layout::{FormLibrary, HeaderPlace};

struct Row {
    place: HeaderPlace,
    header: String,
    taken_for: String,
}

fn rows() -> Vec<Row> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/header-names.md");
    let page = std::fs::read_to_string(path).unwrap();
    let mut place = HeaderPlace::Indicators;
    let mut rows = Vec::new();
    for line in page.lines() {
        match line {
            "## 指标表的表头" => place = HeaderPlace::Indicators,
            "## 资金表的表头" => place = HeaderPlace::Funds,
            "## 表头基本信息的标签" => place = HeaderPlace::Heading,
            _ => {}
        }
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        if line.starts_with('|') && cells.len() == 2 && cells[0] != "表头" {
            rows.push(Row {
                place,
                header: cells[0].to_owned(),
                taken_for: cells[1].to_owned(),
            });
        }
    }
    rows
}

#[test]
fn every_header_of_the_page_is_taken_for_what_the_page_says() {
    let library = FormLibrary::builtin();
    let rows = rows();
    let differing: Vec<String> = rows
        .iter()
        .filter_map(|row| {
            let taken_for = library.taken_for(row.place, &row.header);
            (taken_for != row.taken_for).then(|| format!("{}：{}，实为 {taken_for}", row.header, row.taken_for))
        })
        .collect();
    assert!(
        differing.is_empty(),
        "{} 处不一致：\n{}",
        differing.len(),
        differing.join("\n")
    );
}

#[test]
fn the_page_has_four_hundred_headers_each_once() {
    let rows = rows();
    let mut seen = BTreeSet::new();
    for row in &rows {
        assert!(
            seen.insert((row.place as u8, &row.header)),
            "{} stands twice",
            row.header
        );
    }
    assert!(rows.len() >= 400, "only {} headers", rows.len());
}
