//! H16: the year of the title, of the date of filling in or of a document does not fit the year evaluated.

use crate::model::Field;
use crate::model::measure::{Measure, MeasureKind};
use crate::rules::kit::texts::{Word, words};
use crate::rules::kit::{wording, words};
use crate::rules::{Finding, Findings, RuleContext};

rule! { "H16", "year-conflict", "标题、填报日期或引用文件的年份与评价年度不符", Info, MissingValues }

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(year) = &context.evaluation().year else { return };
    if !context.table.places.year_is_explicit || findings.is_condemned(year.cell) {
        return;
    }
    title(context, findings, year);
    filled_in(context, findings, year);
    documents(context, findings, year);
}

/// The only 年度 that the title names is another.
fn title(context: &RuleContext, findings: &mut Findings, year: &Field<i32>) {
    let Some(title) = context.evaluation().title.as_ref() else {
        return;
    };
    let named = fiscal_years(&words::tight(&title.value));
    let [other] = named.as_slice() else { return };
    if title.cell == year.cell || *other == year.value {
        return;
    }
    findings.report(
        Finding::new(
            title.cell,
            format!(
                "标题的年度应与表内年度一致；{} 写的是 {other} 年度，{} 是 {} 年度。",
                title.cell, year.cell, year.value
            ),
            format!("核对 {} 和 {} 哪个写错了。", title.cell, year.cell),
        )
        .field("title")
        .declared(other.to_string())
        .expected(year.value.to_string())
        .basis(&context.standard.clauses.form)
        .related([year.cell]),
    );
}

/// Years written as 20XX年度, each once.
fn fiscal_years(text: &str) -> Vec<i32> {
    let mut years: Vec<i32> = text
        .match_indices("年度")
        .filter_map(|(at, _)| {
            let before = text.get(..at)?;
            let start = before.len().checked_sub(4)?;
            let is_longer = before
                .get(..start)?
                .ends_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '~' | '至'));
            let year = before.get(start..)?.parse().ok()?;
            (!is_longer && (2000..2100).contains(&year)).then_some(year)
        })
        .collect();
    years.dedup();
    years
}

/// The table was filled in two or more years after the year it evaluates.
fn filled_in(context: &RuleContext, findings: &mut Findings, year: &Field<i32>) {
    for (index, signature) in context.evaluation().signatures.iter().enumerate() {
        let Some(value) = &signature.value else { continue };
        let label = words::tight(&signature.label);
        let is_date = label.has_any(&const { words!["填报", "填表", "填写"] })
            && label.has_any(&const { words!["日期", "时间"] });
        let MeasureKind::Date(date) = Measure::parse(&value.value).kind else {
            continue;
        };
        let Some((first, _)) = date.span(None) else { continue };
        if !is_date || first.year <= year.value + 1 || findings.is_condemned(value.cell) {
            continue;
        }
        findings.report(
            Finding::new(
                value.cell,
                format!(
                    "自评一般在评价年度的次年进行；本表评价 {} 年度（{}），{}（{}）却是 {} 年。",
                    year.value,
                    year.cell,
                    words::shortened(&signature.label),
                    value.cell,
                    first.year
                ),
                format!("核对 {} 的日期和评价年度。", value.cell),
            )
            .field(format!("signatures[{index}].value"))
            .declared(words::shortened(&value.text))
            .basis(&context.standard.clauses.form)
            .related([year.cell]),
        );
    }
}

/// What ends the number of a document.
const NUMBER: Word = Word::new("号");

/// A document that was issued after the table can have been filled in.
fn documents(context: &RuleContext, findings: &mut Findings, year: &Field<i32>) {
    for wording in wording::texts(context, findings, |wording| wording.text.has(&NUMBER)) {
        let (binding, text) = (wording.binding, &wording.text);
        let Some(issued) = document_years(text).find(|issued| *issued > year.value + 1) else {
            continue;
        };
        findings.report(
            Finding::new(
                binding.cell,
                format!(
                    "引用的文件不应晚于自评；本表评价 {} 年度（{}），{} 引用了 {issued} 年的文件。",
                    year.value, year.cell, binding.cell
                ),
                format!("核对 {} 的文号和评价年度。", binding.cell),
            )
            .field(binding.field)
            .declared(issued.to_string())
            .basis(&context.standard.clauses.form)
            .related([year.cell]),
        );
    }
}

/// Years of document numbers: 赣财〔2023〕12号.
fn document_years(text: &str) -> impl Iterator<Item = i32> + '_ {
    text.match_indices(['〔', '[', '(', '【']).filter_map(|(at, open)| {
        let rest = text.get(at + open.len()..)?;
        let year: i32 = rest.get(..4)?.parse().ok()?;
        let after = rest.get(4..)?;
        let number = after.trim_start_matches(['〕', ']', ')', '】']);
        let digits = number
            .trim_start_matches('第')
            .trim_start_matches(|c: char| c.is_ascii_digit());
        let is_number = number.len() < after.len() && digits.len() < number.len() && digits.starts_with('号');
        (is_number && (2000..2100).contains(&year)).then_some(year)
    })
}
