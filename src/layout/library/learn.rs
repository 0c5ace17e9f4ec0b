//! A vocabulary file proposed for what tables leave unknown, to be looked through by a person.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use rust_decimal::Decimal;

use super::{FormFile, FormLibrary};
use crate::grid::CellAddress;
use crate::model::{HeadingField, Indicator, IndicatorField, TableReading, UnknownHeader};
use crate::text::{gives_no_value, match_key};

/// Values quoted beside a header.
const MOST_QUOTED: usize = 3;
/// A longer text is no label.
const LONGEST_LABEL: usize = 12;

/// One line of the file: a wording, what it is proposed for, and where it was seen.
struct Proposal {
    group: &'static str,
    concept: &'static str,
    wording: String,
    seen: String,
}

impl FormLibrary {
    /// Returns the text of a vocabulary file for the headers and labels that tables leave unknown; `None` where they
    /// leave none. What is proposed rests on the columns that a table lacks and on the values below a header.
    pub fn proposed_vocabulary(&self, tables: &[TableReading]) -> Option<String> {
        let mut seen: BTreeSet<(&str, String)> = BTreeSet::new();
        let mut groups: BTreeMap<(&str, &str), Vec<Proposal>> = BTreeMap::new();
        let found = tables
            .iter()
            .flat_map(|table| header_proposals(table).into_iter().chain(label_proposals(table)));
        for proposal in found {
            let is_new = seen.insert((proposal.group, match_key(&proposal.wording)));
            if is_new && self.takes(&proposal) {
                let place = (proposal.group, proposal.concept);
                groups.entry(place).or_default().push(proposal);
            }
        }
        if groups.is_empty() {
            return None;
        }
        let mut text = String::from(
            "# 核表没有认出的表头和标签。请逐行过目：说得对的留下，不对的换到别的项或删去，再用 --forms 带上这个文件。\n\
             # extra 是照原样保留；其余的项是按缺哪一栏、下面写着什么提出来的。有哪些项可写：hebiao forms\n",
        );
        let mut group = "";
        for ((name, concept), proposals) in &groups {
            if *name != group {
                let _ = write!(text, "\n[{name}]\n");
                group = name;
            }
            for proposal in proposals {
                let _ = writeln!(text, "# {}", proposal.seen);
            }
            let wordings: Vec<String> = proposals.iter().map(|proposal| quoted(&proposal.wording)).collect();
            let _ = writeln!(text, "{concept} = [{}]", wordings.join(", "));
        }
        Some(text)
    }

    /// Returns whether a file may give a wording this meaning.
    fn takes(&self, proposal: &Proposal) -> bool {
        let text = format!(
            "[{}]\n{} = [{}]\n",
            proposal.group,
            proposal.concept,
            quoted(&proposal.wording)
        );
        let file = FormFile {
            name: String::new(),
            text,
        };
        self.extended(&[file]).is_ok()
    }
}

/// Returns a text as TOML has it.
fn quoted(text: &str) -> String {
    // A string of JSON is one of TOML.
    serde_json::Value::from(text).to_string()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join("")
}

/// Headers of columns.
fn header_proposals(table: &TableReading) -> Vec<Proposal> {
    let fund_rows: BTreeSet<u32> = table.places.fund_headers.values().map(|cell| cell.row).collect();
    let mut filled: BTreeSet<IndicatorField> = table.places.indicator_headers.keys().copied().collect();
    let mut found = Vec::new();
    for header in &table.unknown_headers {
        let (group, values) = if fund_rows.contains(&header.cell.row) {
            ("fund", Vec::new())
        } else {
            ("indicator", values_below(table, header))
        };
        let column = (group == "indicator")
            .then(|| likely_column(&values, &filled, table))
            .flatten();
        if let Some(column) = column {
            filled.insert(column);
        }
        let mut seen = format!("{}“{}”", header.cell, one_line(&header.text));
        if !values.is_empty() {
            let quoted: Vec<String> = values.iter().take(MOST_QUOTED).map(|value| one_line(value)).collect();
            let _ = write!(seen, "，下面写着：{}", quoted.join("、"));
        }
        found.push(Proposal {
            group,
            concept: column.map_or("extra", IndicatorField::path),
            wording: one_line(&header.text),
            seen,
        });
    }
    found
}

/// Returns what stands below an unknown header, row by row.
fn values_below<'t>(table: &'t TableReading, header: &UnknownHeader) -> Vec<&'t str> {
    let of_row = |indicator: &'t Indicator| {
        let extra = indicator
            .extra
            .iter()
            .find(|extra| extra.value.cell.column == header.cell.column && extra.value.cell.row > header.cell.row);
        extra.map(|extra| extra.value.value.as_str())
    };
    table.evaluation.indicators.iter().filter_map(of_row).collect()
}

/// Returns the column that a table lacks and that these values would fill.
fn likely_column(values: &[&str], filled: &BTreeSet<IndicatorField>, table: &TableReading) -> Option<IndicatorField> {
    use IndicatorField::{Actual, Reason, Score, Target, Weight};
    let rows = table.evaluation.indicators.len();
    let lacks = |column: IndicatorField| !filled.contains(&column);
    let numbers: Vec<Decimal> = values
        .iter()
        .filter_map(|value| match_key(value).parse().ok())
        .collect();
    let most = |count: usize| count > 0 && count * 3 >= rows * 2;
    if numbers.len() == values.len() && most(numbers.len()) {
        let sum: Decimal = numbers.iter().sum();
        let is_whole = [100, 90, 80].map(Decimal::from).contains(&sum);
        if lacks(Weight) && is_whole {
            return Some(Weight);
        }
        if lacks(Score) && !lacks(Weight) && sum <= Decimal::ONE_HUNDRED {
            return Some(Score);
        }
    }
    let has_sign = |value: &&&str| match_key(value).starts_with(['≥', '≤', '=', '>', '<']);
    let has_figure = |value: &&&str| value.chars().any(|c| c.is_ascii_digit());
    if lacks(Target) && most(values.iter().filter(has_sign).count()) {
        return Some(Target);
    }
    if lacks(Actual) && !lacks(Target) && most(values.iter().filter(has_figure).count()) {
        return Some(Actual);
    }
    let is_sentence = |value: &&&str| value.chars().count() >= 6 && !gives_no_value(value);
    let sentences = values.iter().filter(is_sentence).count();
    (lacks(Reason) && sentences > 0 && sentences == values.len()).then_some(Reason)
}

/// Labels above the blocks that nobody knows, each beside a value that was left unread.
fn label_proposals(table: &TableReading) -> Vec<Proposal> {
    let first_header = table
        .places
        .indicator_headers
        .values()
        .chain(table.places.fund_headers.values())
        .map(|cell| cell.row)
        .min()
        .unwrap_or_default();
    let unread = &table.coverage.unread;
    let mut named: BTreeSet<HeadingField> = table.places.headings.keys().copied().collect();
    let mut found = Vec::new();
    let mut is_value: Option<CellAddress> = None;
    for pair in unread.windows(2) {
        let [label, value] = pair else { continue };
        let text = one_line(&label.text);
        let bare = text.trim_end_matches([':', '：']);
        let is_label = label.cell.row == value.cell.row
            && label.cell.row < first_header
            && is_value != Some(label.cell)
            && (2..=LONGEST_LABEL).contains(&bare.chars().count())
            && bare.chars().all(|c| !c.is_ascii_digit())
            && bare.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        if !is_label {
            continue;
        }
        is_value = Some(value.cell);
        let field = [
            (HeadingField::ProjectName, "项目", "project_name"),
            (HeadingField::Department, "部门", "department"),
            (HeadingField::ImplementingUnit, "单位", "implementing_unit"),
        ]
        .into_iter()
        .find(|(field, word, _)| bare.contains(word) && !named.contains(field));
        let (group, concept) = match field {
            Some((field, _, concept)) => {
                named.insert(field);
                ("heading", concept)
            }
            None => ("row", "signature"),
        };
        found.push(Proposal {
            group,
            concept,
            wording: bare.to_owned(),
            seen: format!("{}“{bare}”，旁边写着：{}", label.cell, one_line(&value.text)),
        });
    }
    found
}
