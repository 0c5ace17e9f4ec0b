//! H14: a signature line that stands in the form and is not filled in.

use std::collections::BTreeMap;

use crate::grid::CellAddress;
use crate::model::{LabelledLine, LineKind};
use crate::rules::kit::texts::{FoldedText, Word, words};
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};

rule! { "H14", "signature-blank", "填报人、负责人、电话或日期没有填写", Info, MissingValues }

/// Labels whose value is typed.
const TYPED: [Word; 12] = words![
    "填报人",
    "填表人",
    "制表人",
    "经办人",
    "联系人",
    "负责人",
    "电话",
    "联系方式",
    "填报日期",
    "填表日期",
    "填报时间",
    "填表时间",
];

/// Labels whose value is put on paper, or belongs to somebody else.
const BY_HAND: [Word; 10] = words![
    "签字",
    "签章",
    "签名",
    "盖章",
    "公章",
    "审核",
    "复核",
    "单位负责人",
    "部门负责人",
    "主要负责人",
];

/// Values of signature lines by cell and label: several lines may share a cell.
type Values<'a> = BTreeMap<(CellAddress, &'a str), &'a str>;

fn check(context: &RuleContext, findings: &mut Findings) {
    if !context.is_scored() {
        return;
    }
    let values: Values = context
        .evaluation()
        .signatures
        .iter()
        .filter_map(|signature| {
            let value = signature.value.as_ref()?;
            Some(((value.cell, signature.label.as_str()), value.value.as_str()))
        })
        .collect();
    let blank: Vec<(CellAddress, FoldedText<'_>)> = context
        .table
        .places
        .lines
        .iter()
        .filter(|line| line.kind == LineKind::Signature && is_typed(&line.label) && is_blank(context, line, &values))
        .map(|line| (line.cell, words::tight(&line.label)))
        .collect();
    let Some((first, _)) = blank.first() else { return };
    let labels: Vec<&str> = blank.iter().map(|(_, label)| label.as_str()).collect();
    let labels = labels.join("、");
    findings.report(
        Finding::new(
            *first,
            format!("表上留有的{labels}应填写；{first} 起有 {} 项空着。", blank.len()),
            format!("补填{labels}；用不着的项目可以从表上删去。"),
        )
        .declared(labels)
        .basis(&context.standard.clauses.form)
        .related(blank.iter().map(|(cell, _)| *cell)),
    );
}

fn is_typed(label: &str) -> bool {
    let label = words::tight(label);
    label.has_any(&TYPED) && !label.has_any(&BY_HAND)
}

/// Returns whether nothing stands beside the label nor below it; `年 月 日` without figures is nothing.
fn is_blank(context: &RuleContext, line: &LabelledLine, values: &Values) -> bool {
    let Some(place) = line.value else {
        return !context.is_filled_below(line.cell);
    };
    values.get(&(place, line.label.as_str())).is_some_and(|value| {
        words::tight(value)
            .chars()
            .all(|c| matches!(c, '年' | '月' | '日' | '_' | '-' | '/' | '.' | '…'))
    })
}
