//! How published reports word what a table states too, in words of our own: each sentence with every claim in it.
//!
//! A page of `tests/prose/phrasings.txt` begins with `# ` and the kind of report; `## ` names the section of the
//! sentences below; a sentence is followed by its claims, each `- kind figure`, with `约` before what is not meant
//! exactly and `他` before what is said of another year, another subject or a standard of comparison.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::expect_used)]

mod support;

use hebiao::prose::{Claim, ClaimKind, ClaimValue, RateKind};
use support::tables::report_text;

const PHRASINGS: &str = include_str!("prose/phrasings.txt");

fn kind(claim: &Claim) -> &'static str {
    match claim.kind {
        ClaimKind::TotalScore => "总分",
        ClaimKind::Score => "得分",
        ClaimKind::BareScore => "分",
        ClaimKind::Weight => "分值",
        ClaimKind::Deduction => "扣分",
        ClaimKind::ScoreRate => "得分率",
        ClaimKind::Grade => "等级",
        ClaimKind::Amount(kind) => kind.title(),
        ClaimKind::Rate(RateKind::Arrival) => "到位率",
        ClaimKind::Rate(_) => "执行率",
        ClaimKind::Quantity => "数",
        ClaimKind::Day => "日期",
        ClaimKind::LevelCount(1) => "一级个数",
        ClaimKind::LevelCount(2) => "二级个数",
        ClaimKind::LevelCount(_) => "三级个数",
        ClaimKind::Share => "占比",
        ClaimKind::HandedOut => "发放",
        ClaimKind::HandedIn => "收回",
        _ => "另",
    }
}

fn line(claim: &Claim) -> String {
    let about = if claim.is_about { "约" } else { "" };
    let other = if claim.is_elsewhere { "他" } else { "" };
    let value = match claim.value {
        ClaimValue::Number { value, .. } => value.to_string(),
        ClaimValue::Grade(grade) => grade.title().to_owned(),
        _ => "另".to_owned(),
    };
    format!(
        "- {other}{about}{} {value}{}",
        kind(claim),
        claim.unit.title().unwrap_or_default()
    )
}

/// Claims of a sentence in a section.
fn claims(section: &str, sentence: &str) -> Vec<String> {
    let text = report_text(&format!("绩效评价报告\n一、{section}\n{sentence}"));
    text.claims.iter().map(line).collect()
}

#[test]
fn every_claim_of_every_phrasing_is_read() {
    let (mut reports, mut read) = (0, 0);
    let (mut section, mut sentence) = ("", "");
    let mut expected: Vec<String> = Vec::new();
    let mut failures = Vec::new();
    for line in PHRASINGS.lines().chain(["## "]) {
        if line.starts_with("- ") {
            expected.push(line.trim_end().to_owned());
            continue;
        }
        if line.trim().is_empty() {
            continue;
        }
        if !sentence.is_empty() {
            let found = claims(section, sentence);
            read += found.len();
            if found != expected {
                failures.push(format!("{sentence}\n{}", found.join("\n")));
            }
            expected.clear();
            sentence = "";
        }
        if let Some(title) = line.strip_prefix("## ") {
            section = title;
        } else if line.starts_with("# ") {
            reports += 1;
        } else {
            sentence = line;
        }
    }
    assert!(
        failures.is_empty(),
        "{} differ\n{}",
        failures.len(),
        failures.join("\n")
    );
    assert!(reports >= 15 && read >= 150, "{reports} reports, {read} claims");
}
