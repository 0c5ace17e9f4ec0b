//! Every rule's page is its documentation and its test: the wrong table gives this finding and no other, the right
//! table gives none.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

#[path = "../examples/make_rules_page.rs"]
mod make_rules_page;
mod support;

use std::collections::BTreeSet;

use hebiao::model::{Discrepancy, ForReview};
use hebiao::rules::{self, FOR_REVIEW, Rule};
use support::rule_page::{self, Expected};
use support::tables::checked;

fn summary(findings: &[Discrepancy]) -> Vec<Expected> {
    let mut summary: Vec<Expected> = findings
        .iter()
        .map(|found| Expected {
            cell: found.cell.to_string(),
            code: found.code.clone(),
            level: found.severity.title().to_owned(),
        })
        .collect();
    summary.sort();
    summary
}

/// What the rule lists for a person; a table may well leave more to one.
fn of_rule(rule: &Rule, entries: &[ForReview]) -> Vec<Expected> {
    let mut summary: Vec<Expected> = entries
        .iter()
        .filter(|entry| entry.code == rule.code)
        .map(|entry| Expected {
            cell: entry.cell.to_string(),
            code: entry.code.clone(),
            level: FOR_REVIEW.to_owned(),
        })
        .collect();
    summary.sort();
    summary
}

fn every_page(verdict: impl Fn(&Rule) -> Result<(), String>) {
    let failures: Vec<String> = rules::registry()
        .iter()
        .filter_map(|rule| verdict(rule).err().map(|why| format!("{} {why}", rule.code)))
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

#[test]
fn the_wrong_table_of_each_page_gives_its_finding_and_no_other() {
    every_page(|rule| {
        let wrong = rule_page::section(rule.page, "错误示例").ok_or("has no wrong table")?;
        let expected = rule_page::expected(wrong);
        let listed = rule_page::expected_for_review(wrong);
        let own = if rule.is_for_review() { &listed } else { &expected };
        if own.is_empty()
            || expected
                .iter()
                .chain(&listed)
                .any(|expected| expected.code != rule.code)
        {
            return Err("does not say what its wrong table gives".to_owned());
        }
        let found = checked(wrong);
        if summary(&found.discrepancies) == expected && of_rule(rule, &found.for_review) == listed {
            Ok(())
        } else {
            Err(format!("expected {expected:#?} {listed:#?}\nfound {found:#?}"))
        }
    });
}

#[test]
fn the_right_table_of_each_page_gives_no_finding() {
    every_page(|rule| {
        let right = rule_page::section(rule.page, "正确示例").ok_or("has no right table")?;
        let found = checked(right);
        if found.discrepancies.is_empty() && of_rule(rule, &found.for_review).is_empty() {
            Ok(())
        } else {
            Err(format!("found {found:#?}"))
        }
    });
}

#[test]
fn findings_say_rule_fact_and_way_out() {
    every_page(|rule| {
        let found = checked(rule_page::section(rule.page, "错误示例").unwrap());
        for entry in found.for_review.iter().filter(|entry| entry.code == rule.code) {
            let is_whole = entry.message.contains('；') && entry.message.contains(&entry.cell.to_string());
            if entry.title != rule.title || !is_whole {
                return Err(format!("incomplete: {entry:#?}"));
            }
        }
        for finding in found.discrepancies {
            let cell = finding.cell.to_string();
            if finding.rule != rule.slug || finding.title != rule.title {
                return Err(format!("finding names another rule: {finding:#?}"));
            }
            if !finding.message.contains('；') || !finding.message.contains(&cell) {
                return Err(format!("message lacks rule, fact or cell: {}", finding.message));
            }
            if finding.suggestion.is_empty() || finding.basis.is_empty() || finding.related.contains(&finding.cell) {
                return Err(format!("incomplete: {finding:#?}"));
            }
        }
        Ok(())
    });
}

#[test]
fn every_page_is_complete() {
    every_page(|rule| {
        let title = format!("# {} {}\n", rule.code, rule.title);
        if !rule.page.starts_with(&title) {
            return Err(format!("page does not start with {title:?}"));
        }
        if rule_page::headings(rule.page) != rule_page::SECTIONS {
            return Err(format!("sections are {:?}", rule_page::headings(rule.page)));
        }
        if !rule.page.contains(&format!("名称：`{}`", rule.slug)) || !rule.page.contains(rule.level_title()) {
            return Err("page lacks its slug or level".to_owned());
        }
        let empty = rule_page::SECTIONS
            .iter()
            .find(|name| rule_page::section(rule.page, name).unwrap().trim().is_empty());
        empty.map_or(Ok(()), |name| Err(format!("section {name} is empty")))
    });
}

/// Codes and slugs of the frozen contract, version 1.
const CONTRACT: [(&str, &str); 39] = [
    ("A01", "total-score-mismatch"),
    ("A02", "total-weight-mismatch"),
    ("A03", "execution-score-outside-hundred"),
    ("A04", "execution-score-repeated"),
    ("A05", "level-weight-mismatch"),
    ("A06", "level2-weight-mismatch"),
    ("A09", "score-exceeds-weight"),
    ("A10", "score-negative"),
    ("A11", "score-or-weight-missing"),
    ("A14", "number-stored-as-text"),
    ("A17", "weights-not-100"),
    ("B02", "quantitative-score-mismatch"),
    ("B04", "inverse-score-mismatch"),
    ("B08", "execution-score-mismatch"),
    ("B11", "qualitative-score-out-of-band"),
    ("B16", "percentage-used-as-score-rate"),
    ("B18", "over-achievement-unexplained"),
    ("B20", "text-for-quantity"),
    ("B21", "score-without-actual"),
    ("C01", "fund-sum-mismatch"),
    ("C02", "execution-rate-mismatch"),
    ("C05", "executed-exceeds-budget"),
    ("D01", "target-missing"),
    ("D02", "actual-missing"),
    ("D03", "measure-unit-mismatch"),
    ("D05", "magnitude-drift"),
    ("D13", "name-is-not-an-indicator"),
    ("D14", "hedged-target"),
    ("E01", "deviation-reason-missing"),
    ("F01", "grade-mismatch"),
    ("F04", "grade-tick-not-single"),
    ("G10", "duplicate-indicator"),
    ("G21", "execution-rate-conflict"),
    ("H01", "heading-field-missing"),
    ("R01", "formula-error"),
    ("R02", "formula-without-value"),
    ("R03", "stale-formula"),
    ("R04", "unread-content"),
    ("R05", "hidden-content"),
];

#[test]
fn codes_and_slugs_of_the_contract_are_kept_and_no_code_is_used_twice() {
    let named: Vec<(&str, &str)> = rules::registry().iter().map(|rule| (rule.code, rule.slug)).collect();
    for rule in CONTRACT {
        assert!(named.contains(&rule), "{rule:?}");
    }
    assert!(named.is_sorted_by(|before, after| before.0 < after.0), "{named:?}");
    let slugs: BTreeSet<&str> = named.iter().map(|(_, slug)| *slug).collect();
    assert_eq!(slugs.len(), named.len());
}

#[test]
fn titles_are_unique() {
    let titles: BTreeSet<&str> = rules::registry().iter().map(|rule| rule.title).collect();
    assert_eq!(titles.len(), rules::registry().len());
}

#[test]
fn a_rule_is_found_by_code_slug_and_title() {
    for rule in rules::registry() {
        for name in [rule.code, &rule.code.to_lowercase(), rule.slug, rule.title] {
            assert_eq!(rules::find(name).map(|found| found.code), Some(rule.code), "{name}");
        }
    }
    assert!(rules::find("Z99").is_none());
}

#[test]
fn a_typo_suggests_the_nearest_rule() {
    assert_eq!(rules::nearest("total-score-mismach").unwrap().code, "A01");
    assert_eq!(rules::nearest("得分超出分值").unwrap().code, "A09");
    assert!(rules::nearest("完全无关的一句话").is_none());
}

#[test]
fn the_index_of_all_rules_is_fresh_and_its_links_lead_to_pages() {
    let docs = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let index = std::fs::read_to_string(docs.join("rules.md")).unwrap();
    // Git may write line ends of its own.
    assert!(
        index.replace("\r\n", "\n") == make_rules_page::index(),
        "run: cargo run --example make_rules_page"
    );
    let links: Vec<&str> = index
        .split("](")
        .skip(1)
        .map(|rest| rest.split(')').next().unwrap())
        .collect();
    let rules = rules::registry().len() + hebiao::summary::rules::registry().len();
    assert_eq!(links.len(), rules);
    for link in links {
        assert!(docs.join(link).is_file(), "{link}");
    }
}

/// The points of review of each family that the account of checks speaks of.
const POINTS: [(char, u32); 10] = [
    ('A', 16),
    ('B', 22),
    ('C', 18),
    ('D', 22),
    ('E', 12),
    ('F', 7),
    ('G', 20),
    ('H', 17),
    ('K', 12),
    ('L', 8),
];

/// The codes that a text names, ranges like A01–A07 written out.
fn codes(text: &str) -> BTreeSet<String> {
    let letters: Vec<char> = text.chars().collect();
    let code_at = |at: usize| -> Option<(char, u32)> {
        let (letter, digits) = (*letters.get(at)?, letters.get(at + 1..at + 3)?);
        let is_code = letter.is_ascii_uppercase() && digits.iter().all(char::is_ascii_digit);
        let digits: String = digits.iter().collect();
        is_code.then(|| (letter, digits.parse().unwrap()))
    };
    let mut codes = BTreeSet::new();
    for at in 0..letters.len() {
        let Some((letter, first)) = code_at(at) else { continue };
        let last = (letters.get(at + 3) == Some(&'–')).then(|| code_at(at + 4)).flatten();
        let last = last.map_or(first, |(_, last)| last);
        codes.extend((first..=last).map(|number| format!("{letter}{number:02}")));
    }
    codes
}

#[test]
fn the_account_of_checks_leaves_no_point_out_and_names_rules_that_exist() {
    let account = include_str!("../docs/checks.md");
    let rows: Vec<&str> = account.lines().filter(|line| line.starts_with("| ")).collect();
    let known: BTreeSet<&str> = rules::registry()
        .iter()
        .map(|rule| rule.code)
        .chain(hebiao::summary::rules::registry().iter().map(|rule| rule.code))
        .collect();
    let mut points = BTreeSet::new();
    let mut wrong = Vec::new();
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").collect();
        let (point, by) = (cells[0], cells[1]);
        let named = codes(point);
        let by = if by.contains("同编号的规则") {
            named.clone()
        } else {
            codes(by)
        };
        wrong.extend(by.into_iter().filter(|code| !known.contains(code.as_str())));
        points.extend(named);
    }
    assert!(wrong.is_empty(), "no such rules: {wrong:?}");
    for (letter, count) in POINTS {
        for number in 1..=count {
            let point = format!("{letter}{number:02}");
            assert!(points.contains(&point), "{point} is not in docs/checks.md");
        }
    }
}
