//! Many checked files at a glance: one line a file, then how often each rule was broken, then what to do next.

use std::cmp::Reverse;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use hebiao::internals::plain;
use hebiao::model::Severity;
use hebiao::report::{FileReport, SetAsideBy, TableReport, Totals};
use rust_decimal::Decimal;
use unicode_width::UnicodeWidthStr;

use super::text::{bold, level, one_line, pad};

/// Columns of a verdict.
const VERDICT: usize = 8;
/// Columns of a rule's title.
const TITLE: usize = 36;

/// Returns a file with tables on one line: the verdict, the counts, the total as declared and as rescored.
pub fn file_line(report: &FileReport) -> String {
    let totals = report.tables.iter().fold(Totals::default(), |sum, table| {
        sum.plus(Totals::of(&table.discrepancies))
    });
    let counts = [totals.errors, totals.warnings, totals.infos].map(|level| level.found);
    let is_known = report
        .tables
        .iter()
        .flat_map(|table| &table.set_aside)
        .any(|it| it.by != SetAsideBy::Settings);
    let (verdict, severity) = match counts {
        [0, 0, _] if is_known => ("无新问题", None),
        [0, 0, _] => ("一致", None),
        [0, ..] => ("有疑点", Some(Severity::Warning)),
        _ => ("不一致", Some(Severity::Error)),
    };
    let verdict = match severity {
        Some(severity) => level(severity, &pad(verdict, VERDICT)),
        None => pad(verdict, VERDICT),
    };
    let [errors, warnings, infos] = counts;
    let scores: Vec<String> = report.tables.iter().filter_map(score).collect();
    let scores = match scores.as_slice() {
        [] => "没有得分".to_owned(),
        scores => format!("总分 {}", scores.join("、")),
    };
    let tables = match report.tables.len() {
        1 => String::new(),
        tables => format!("{tables} 张表　"),
    };
    format!(
        "{verdict}  错误 {errors:>2}  预警 {warnings:>2}  提示 {infos:>2}  {}  {tables}{scores}\n",
        one_line(&report.file)
    )
}

/// Returns the total as declared, and as rescored where that is another.
fn score(table: &TableReport) -> Option<String> {
    let rescoring = &table.rescoring;
    let declared: Option<Decimal> = rescoring.declared_total.or(rescoring.sum_of_scores);
    let declared = declared.map(plain)?;
    let rescored = rescoring.rescored_total_text();
    Some(if declared == rescored {
        declared
    } else {
        format!("{declared} → {rescored}")
    })
}

/// How often each rule was broken.
#[derive(Debug, Default)]
pub struct ByRule(BTreeMap<String, Broken>);

#[derive(Debug)]
struct Broken {
    title: String,
    severity: Severity,
    findings: usize,
    files: usize,
}

impl ByRule {
    /// Takes in a file's findings.
    pub fn add(&mut self, report: &FileReport) {
        let mut seen = BTreeSet::new();
        for finding in report.tables.iter().flat_map(|table| &table.discrepancies) {
            let broken = self.0.entry(finding.code.clone()).or_insert_with(|| Broken {
                title: finding.title.clone(),
                severity: finding.severity,
                findings: 0,
                files: 0,
            });
            broken.severity = broken.severity.max(finding.severity);
            broken.findings += 1;
            broken.files += usize::from(seen.insert(finding.code.as_str()));
        }
    }

    /// Takes in what was gathered of a later file.
    pub fn add_all(&mut self, other: Self) {
        for (code, other) in other.0 {
            match self.0.entry(code) {
                Entry::Occupied(mut known) => {
                    let known = known.get_mut();
                    known.severity = known.severity.max(other.severity);
                    known.findings += other.findings;
                    known.files += other.files;
                }
                Entry::Vacant(new) => {
                    new.insert(other);
                }
            }
        }
    }

    /// Returns the table by rule, the gravest first, then those in most files; empty where no rule was broken.
    pub fn text(&self) -> String {
        if self.0.is_empty() {
            return String::new();
        }
        let mut rows: Vec<(&String, &Broken)> = self.0.iter().collect();
        rows.sort_by_key(|(code, broken)| (Reverse(broken.severity), Reverse(broken.files), *code));
        let codes = rows.iter().map(|(code, _)| code.width()).max().unwrap_or_default();
        let mut text = format!("\n{}\n", bold("各条规则"));
        for (code, broken) in rows {
            text.push_str(&format!(
                "  {}  {}  {}  {:>5} 项　{:>4} 个文件\n",
                level(broken.severity, broken.severity.title()),
                pad(code, codes),
                pad(&shortened(&broken.title), TITLE),
                broken.findings,
                broken.files
            ));
        }
        text
    }
}

/// Returns what a person does after such a list.
pub fn next_steps(has_findings: bool) -> String {
    let mut text = format!("\n{}\n", bold("接下来"));
    if has_findings {
        text.push_str("  看一个文件的问题和改法：hebiao check 那个文件；全部列出加 --details\n");
        text.push_str("  看一条规则：hebiao explain 编号；只看错误加 --min-severity error\n");
    }
    text.push_str("  写出规范表和差异清单：hebiao convert 同样的文件 -o 核对结果\n");
    text.push_str("  汇总成一个工作簿：hebiao summarize 同样的文件 -o 汇总.xlsx\n");
    text
}

fn shortened(title: &str) -> String {
    let mut width = 0;
    let mut kept = String::new();
    for letter in title.chars() {
        let mut buffer = [0; 4];
        width += letter.encode_utf8(&mut buffer).width();
        if width > TITLE {
            kept.pop();
            kept.push('…');
            break;
        }
        kept.push(letter);
    }
    kept
}
