//! Pairs of a report and its tables in `tests/prose/pairs`, each with its truth: every claim with what it was compared
//! with, every finding and no other, and neighbours with one figure changed.
//!
//! A page holds pipe tables and fenced blocks: `报告` (the prose, a paragraph a line), `说法` (paragraph, kind, figure,
//! cell and verdict of each claim), `发现` (code, level and cell of each finding), `改动` (old => new | the findings
//! that this adds, each quoting the changed words).
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::expect_used)]

mod support;

use std::fs;
use std::path::Path;

use hebiao::grid::Workbook;
use hebiao::report::FileReport;
use hebiao::standard::Standard;
use hebiao::{CheckOptions, Reports, check_workbook};
use support::markdown_table;
use support::tables::report_text;

fn pages() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/prose/pairs");
    let mut pages: Vec<(String, String)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect();
    pages.sort();
    pages
}

fn block<'a>(page: &'a str, name: &str) -> &'a str {
    page.split_once(&format!("```{name}\n"))
        .and_then(|(_, rest)| rest.split("```").next())
        .unwrap_or_else(|| panic!("a block {name}"))
}

fn lines(block: &str) -> Vec<String> {
    block
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|line| !line.is_empty())
        .collect()
}

fn checked(page: &str, report: &str) -> FileReport {
    let tables = page.split("```").next().unwrap();
    let workbook: Workbook = markdown_table::workbook(tables);
    let reports = [report_text(report)];
    let mut options = CheckOptions::new(Standard::ministry());
    options.reports = Reports::Named(&reports);
    check_workbook("表.xlsx", workbook, &options).report
}

/// Every claim: paragraph, kind, figure, cell and verdict.
fn claims(report: &FileReport) -> Vec<String> {
    let Some(text) = &report.report_text else {
        return Vec::new();
    };
    text.claims
        .iter()
        .map(|claim| {
            let figure = claim.value.map(|value| value.to_string()).unwrap_or_default();
            let cell = claim
                .compared_with
                .map_or_else(|| "-".to_owned(), |cell| cell.to_string());
            let verdict = match claim.agrees {
                Some(true) => "符",
                Some(false) => "不符",
                None => "-",
            };
            let about = if claim.about { "约" } else { "" };
            let unit = claim.unit.clone().unwrap_or_default();
            format!(
                "{} {} {about}{figure}{unit} {cell} {verdict}",
                claim.paragraph, claim.kind
            )
        })
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect()
}

/// Every finding about the prose with the sentence that it quotes: code, level and cell, with the sheet where there are
/// several.
fn quoted_findings(report: &FileReport) -> Vec<(String, String)> {
    let several = report.tables.len() > 1;
    let mut lines: Vec<(String, String)> = report
        .tables
        .iter()
        .flat_map(|table| table.discrepancies.iter().map(move |finding| (table, finding)))
        .filter_map(|(table, finding)| {
            let quote = finding.quote.as_ref()?;
            let sheet = if several {
                format!("{}!", table.sheet)
            } else {
                String::new()
            };
            let line = format!("{} {} {sheet}{}", finding.code, finding.severity.title(), finding.cell);
            Some((line, quote.text.clone()))
        })
        .collect();
    lines.sort();
    lines
}

fn findings(report: &FileReport) -> Vec<String> {
    quoted_findings(report).into_iter().map(|(line, _)| line).collect()
}

fn differing(name: &str, what: &str, found: &[String], expected: &[String]) -> Option<String> {
    if found == expected {
        return None;
    }
    let missing: Vec<&String> = expected.iter().filter(|line| !found.contains(line)).collect();
    let surplus: Vec<&String> = found.iter().filter(|line| !expected.contains(line)).collect();
    Some(format!(
        "{name} {what}\n  not found: {missing:#?}\n  not expected: {surplus:#?}\n{}",
        found.join("\n")
    ))
}

#[test]
fn every_claim_is_read_and_compared_as_the_page_says() {
    let failures: Vec<String> = pages()
        .iter()
        .filter_map(|(name, page)| {
            let report = checked(page, block(page, "报告"));
            differing(name, "claims", &claims(&report), &lines(block(page, "说法")))
        })
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

#[test]
fn every_finding_is_given_and_no_other() {
    let failures: Vec<String> = pages()
        .iter()
        .filter_map(|(name, page)| {
            let report = checked(page, block(page, "报告"));
            differing(name, "findings", &findings(&report), &lines(block(page, "发现")))
        })
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

#[test]
fn a_changed_figure_gives_its_findings_and_no_other() {
    let mut failures = Vec::new();
    let mut changes = 0;
    for (name, page) in pages() {
        let text = block(&page, "报告");
        let before = quoted_findings(&checked(&page, text));
        for change in block(&page, "改动").lines().filter(|line| !line.trim().is_empty()) {
            changes += 1;
            let (edit, expected) = change.split_once('|').expect("change | findings");
            let (old, new) = edit.split_once("=>").expect("old => new");
            let (old, new) = (old.trim(), new.trim());
            assert_eq!(text.matches(old).count(), 1, "{name}: “{old}” stands there once");
            let after = quoted_findings(&checked(&page, &text.replacen(old, new, 1)));
            let added: Vec<(String, String)> = after.into_iter().filter(|finding| !before.contains(finding)).collect();
            for (line, quote) in &added {
                assert!(quote.contains(new), "{name}: {line} quotes “{quote}” and not “{new}”");
            }
            let added: Vec<String> = added.into_iter().map(|(line, _)| line).collect();
            let expected: Vec<String> = expected
                .split('、')
                .map(|line| line.trim().to_owned())
                .filter(|line| !line.is_empty() && line != "无")
                .collect();
            failures.extend(differing(&name, &format!("{old} => {new}"), &added, &expected));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
    assert!(changes >= 90, "{changes} changes");
}
