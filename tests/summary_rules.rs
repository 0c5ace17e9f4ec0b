//! Every page of a rule between tables is its documentation and its test: the wrong example gives this finding and no
//! other, the right one gives none.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod summary_support;

use std::collections::BTreeSet;

use hebiao::summary::rules::{CrossRule, find, registry};
use summary_support::{summary, tables};

/// The text under a heading.
fn section<'a>(page: &'a str, heading: &str) -> Option<&'a str> {
    let (_, rest) = page.split_once(&format!("\n## {heading}\n"))?;
    Some(rest.split("\n## ").next().unwrap_or(rest))
}

/// Code, level and unit of each finding of an example.
fn found(example: &str) -> Vec<String> {
    let tables = tables(example);
    let (rows, listed) = (&tables[0], tables.get(1));
    summary(rows, listed.map(Vec::as_slice))
        .findings
        .to_vec()
        .unwrap()
        .iter()
        .map(|finding| {
            let unit = finding.unit.as_ref().or(finding.department.as_ref());
            format!("{} 于 {}", finding.code, unit.map_or("", String::as_str))
        })
        .collect()
}

fn every_rule(verdict: impl Fn(&CrossRule) -> Result<(), String>) {
    let failures: Vec<String> = registry()
        .iter()
        .filter_map(|rule| verdict(rule).err().map(|why| format!("{} {why}", rule.code)))
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn the_wrong_example_of_each_page_gives_its_finding_and_no_other() {
    every_rule(|rule| {
        section(rule.page, "错误示例").ok_or("has no wrong example")?;
        for wrong in ["错误示例", "错误示例二"].map(|heading| section(rule.page, heading)) {
            let Some(wrong) = wrong else { continue };
            let expected: Vec<String> = wrong
                .lines()
                .filter_map(|line| line.strip_prefix("应报：").map(str::to_owned))
                .collect();
            let found = found(wrong);
            if expected.is_empty() || found != expected {
                return Err(format!("expected {expected:?}, found {found:?}"));
            }
        }
        Ok(())
    });
}

#[test]
fn the_right_example_of_each_page_gives_none() {
    every_rule(|rule| {
        section(rule.page, "正确示例").ok_or("has no right example")?;
        for right in ["正确示例", "正确示例二"].map(|heading| section(rule.page, heading)) {
            let found = right.map(found).unwrap_or_default();
            if !found.is_empty() {
                return Err(format!("found {found:?}"));
            }
        }
        Ok(())
    });
}

#[test]
fn every_page_has_its_parts_and_names_its_rule() {
    every_rule(|rule| {
        for heading in ["查什么", "为什么", "依据", "错误示例", "正确示例", "怎么改", "已知误报"]
        {
            let text = section(rule.page, heading).ok_or(format!("lacks {heading}"))?;
            if text.trim().is_empty() {
                return Err(format!("says nothing under {heading}"));
            }
        }
        let opening = format!(
            "# {} {}\n\n级别：{}。名称：`{}`。\n",
            rule.code,
            rule.title,
            rule.severity.title(),
            rule.slug
        );
        if rule.page.starts_with(&opening) {
            Ok(())
        } else {
            Err(format!("does not open with {opening}"))
        }
    });
}

#[test]
fn codes_slugs_and_titles_are_one_to_one_and_none_is_a_rule_of_one_table() {
    let mut names = BTreeSet::new();
    for rule in registry() {
        for name in [rule.code, rule.slug, rule.title] {
            assert!(names.insert(name), "{name} twice");
            assert!(hebiao::rules::find(name).is_none(), "{name} is a rule of one table");
            assert_eq!(find(name).unwrap().code, rule.code);
        }
    }
    let codes: Vec<&str> = registry().iter().map(|rule| rule.code).collect();
    let mut sorted = codes.clone();
    sorted.sort_unstable();
    assert_eq!(codes, sorted);
}

/// A county of small projects and one with this budget.
fn county_with(budget: &str) -> hebiao::summary::Summary {
    let mut text = "| 单位 | 主管部门 | 项目 | 全年预算 | 执行数 | 总分 |\n|---|---|---|---|---|---|\n".to_owned();
    for (at, amount) in ["120", "45", "30.5", "260", "85", budget].iter().enumerate() {
        text.push_str(&format!(
            "| 站{at} | 县局 | 项目{at}号 | {amount} | {amount} | 9{at} |\n"
        ));
    }
    summary(&tables(&text)[0], None)
}

#[test]
fn one_table_in_yuan_is_named_with_the_sums_with_and_without_it() {
    let summary = county_with("387664.62");
    let doubtful = summary.overview.doubtful_amounts.as_ref().unwrap();
    assert_eq!((doubtful.tables, doubtful.without.tables), (1, 5));
    assert_eq!(doubtful.annual_budget.to_string(), "387664.62");
    assert_eq!(doubtful.without.annual_budget.normalize().to_string(), "540.5");
    assert_eq!(summary.overview.all.amounts.annual_budget.to_string(), "388205.12");
    let codes: Vec<String> = summary
        .findings
        .to_vec()
        .unwrap()
        .into_iter()
        .map(|found| found.code)
        .collect();
    assert_eq!(codes, ["K13"]);
}

#[test]
fn a_large_project_is_no_slip() {
    for budget in ["2599", "1200", "9900000000"] {
        let summary = county_with(budget);
        assert!(summary.overview.doubtful_amounts.is_none(), "{budget}");
        assert!(summary.findings.is_empty(), "{budget}");
    }
}
