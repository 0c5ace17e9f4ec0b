//! Which report each table of a file is compared with, and the account of that.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::grid::Workbook;
use crate::model::{Discrepancy, LostContent, TableReading};
use crate::prose::{Belonging, Claim, ClaimUnit, Pairing, ReportPart, ReportText, TableHead, pair};
use crate::report::{ComparedText, FileError, TextClaim};
use crate::rules::ComparedClaim;

/// Reports that tables may be compared with.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub enum Reports<'a> {
    /// None but the prose that stands with the tables in one file.
    #[default]
    Own,
    /// These, which someone named for the tables.
    Named(&'a [ReportText]),
    /// These, which lie in the same folders.
    Nearby(&'a [ReportText]),
}

/// Returns the prose of a document, where it is a report.
pub(super) fn own_text(file: &str, workbook: &Workbook) -> Option<ReportText> {
    if workbook.text.is_empty() {
        return None;
    }
    Some(ReportText::new(file, &workbook.text)).filter(ReportText::is_report)
}

/// The report that each table is compared with.
pub(super) struct Choice<'a> {
    /// For each table its report, or the part that speaks of it.
    pub parts: Vec<Option<ReportPart<'a>>>,
    /// What was not compared, and why.
    pub notes: Vec<LostContent>,
}

/// Chooses the report of each table: the file's own prose, else of the others the only one that fits.
pub(super) fn choose<'a>(own: Option<&'a ReportText>, reports: Reports<'a>, tables: &[TableReading]) -> Choice<'a> {
    let (others, belonging) = match reports {
        Reports::Own => (&[][..], Belonging::Told),
        Reports::Named(reports) => (reports, Belonging::Told),
        Reports::Nearby(reports) => (reports, Belonging::Neighbours),
    };
    let (unread, others): (Vec<&ReportText>, Vec<&ReportText>) =
        others.iter().partition(|report| report.unread.is_some());
    // Without a report nobody asks what a table is about.
    let paired = if own.is_none() && others.is_empty() {
        &[]
    } else {
        tables
    };
    let heads: Vec<TableHead> = paired.iter().map(|table| TableHead::of(&table.evaluation)).collect();
    let candidates: Vec<(&ReportText, Vec<Pairing<'_>>)> = match own {
        Some(own) => vec![(own, pair(own, &heads, Belonging::Told))],
        None => others
            .iter()
            .map(|report| (*report, pair(report, &heads, belonging_of(belonging, others.len()))))
            .collect(),
    };
    let mut choice = Choice {
        parts: Vec::with_capacity(tables.len()),
        notes: Vec::new(),
    };
    for (index, table) in tables.iter().enumerate() {
        for report in &unread {
            let why = report.unread.as_deref().unwrap_or_default();
            choice.notes.push(not_compared(table, report, why));
        }
        let mut restating: Vec<&ReportPart<'_>> = Vec::new();
        for (report, pairings) in &candidates {
            match pairings.get(index) {
                Some(Pairing::Restates(part)) => {
                    // The same text handed in twice is one report.
                    let is_known = restating.iter().any(|known| says_the_same(known.text, report));
                    if !is_known {
                        restating.push(part);
                    }
                }
                Some(Pairing::Unsure(why)) => choice.notes.push(not_compared(table, report, why)),
                Some(Pairing::Other) | None => {}
            }
        }
        let only = match restating.as_slice() {
            [] => None,
            [only] => Some((*only).clone()),
            [first, ..] => {
                let names: Vec<String> = restating.iter().map(|part| format!("“{}”", part.text.file)).collect();
                let why = format!(
                    "有 {} 份报告都像是这张表的：{}，请用 --report 指明",
                    names.len(),
                    names.join("、")
                );
                choice.notes.push(not_compared(table, first.text, &why));
                None
            }
        };
        choice.parts.push(only);
    }
    choice
}

/// Of several named reports each must be told by its own words.
const fn belonging_of(belonging: Belonging, reports: usize) -> Belonging {
    if reports > 1 { Belonging::Neighbours } else { belonging }
}

fn says_the_same(one: &ReportText, other: &ReportText) -> bool {
    let says = |report: &ReportText| -> Vec<String> {
        report
            .claims
            .iter()
            .map(|claim| {
                report
                    .slice(claim.place.paragraph, claim.place.near, claim.place.end)
                    .to_owned()
            })
            .collect()
    };
    says(one) == says(other)
}

fn not_compared(table: &TableReading, report: &ReportText, why: &str) -> LostContent {
    LostContent {
        sheet: Some(table.sheet.clone()),
        cell: None,
        message: format!("报告“{}”没有与这张表核对：{why}", report.file),
    }
}

/// Returns the account of a report's claims after they were compared.
pub(super) fn account(
    report: &ReportText,
    compared: &BTreeMap<usize, ComparedClaim>,
    not_compared: Option<String>,
) -> ComparedText {
    let claims = report.claims.iter().enumerate();
    ComparedText {
        file: report.file.clone(),
        paragraphs: report.paragraphs.len(),
        claims: claims
            .map(|(index, claim)| text_claim(report, claim, compared.get(&index).copied()))
            .collect(),
        not_compared,
    }
}

fn text_claim(report: &ReportText, claim: &Claim, compared: Option<ComparedClaim>) -> TextClaim {
    const WORDS: usize = 24;
    let place = claim.place;
    let near = report.slice(place.paragraph, place.near, place.start);
    let skipped = near.chars().count().saturating_sub(WORDS);
    let (first, last) = report.written_range(place.paragraph, place.start, place.end);
    TextClaim {
        kind: claim.kind.name().to_owned(),
        value: claim.number().map(|(value, _)| value),
        unit: unit_of(claim),
        subject: near.chars().skip(skipped).collect(),
        paragraph: report
            .paragraphs
            .get(place.paragraph)
            .map_or(0, |paragraph| paragraph.number),
        range: [first, last],
        section: report.section(place.paragraph),
        text: report.written(place.paragraph, place.sentence, place.sentence_end),
        about: claim.is_about,
        compared_with: compared.map(|compared| compared.cell),
        agrees: compared.map(|compared| compared.agrees),
    }
}

/// Returns the unit as written: 万吨 where the number counts ten thousands.
fn unit_of(claim: &Claim) -> Option<String> {
    let title = claim.unit.title()?;
    Some(match claim.unit {
        ClaimUnit::Counted(word, factor) if factor > Decimal::ONE => format!("万{word}"),
        _ => title.to_owned(),
    })
}

/// Returns what was not read of a report.
pub(super) fn not_read(report: &ReportText) -> Option<LostContent> {
    Some(LostContent {
        sheet: None,
        cell: None,
        message: report.not_read()?,
    })
}

/// Cells are of one table each; the first table that has a claim keeps it.
pub(super) fn merge(into: &mut BTreeMap<usize, ComparedClaim>, from: BTreeMap<usize, ComparedClaim>) {
    for (claim, compared) in from {
        into.entry(claim).or_insert(compared);
    }
}

/// Returns findings about a report's prose, which an earlier result keeps without the prose itself.
pub(super) fn findings_of(findings: &[Discrepancy]) -> Vec<Discrepancy> {
    findings
        .iter()
        .filter(|finding| finding.quote.is_some())
        .cloned()
        .collect()
}

/// Puts them among the findings made again; the one that tells of the total stands for the table's own.
pub(super) fn keep_findings(findings: &mut Vec<Discrepancy>, of_text: Vec<Discrepancy>) {
    let tells_total = |cell| {
        of_text
            .iter()
            .any(|finding| finding.code == "J01" && finding.cell == cell)
    };
    findings.retain(|finding| finding.code != "A01" || !tells_total(finding.cell));
    findings.extend(of_text);
    findings.sort_by(|one, other| (one.cell, &one.code, &one.quote).cmp(&(other.cell, &other.code, &other.quote)));
}

/// Returns the verdict on a report in prose whose table is not in the file.
pub(super) fn without_table(tables: usize) -> FileError {
    let what = if tables == 0 { "没有表格" } else { "没有评价表" };
    FileError {
        code: "no_evaluation_table".to_owned(),
        message: format!(
            "这是一份文字报告，里面{what}；请与评价表一起核对：--report 后写这份报告，或把报告和表放在同一个文件夹里。"
        ),
    }
}
