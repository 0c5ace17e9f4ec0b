//! L08: a document of the year before, left in from last year's table.

use std::collections::BTreeSet;

use crate::summary::names::{described, listed};
use crate::summary::rows::TableDetail;
use crate::summary::rules::{CrossFinding, CrossFindings, YearPair};
use crate::text::width::nfkc;

cross_rule! { "L08", "old-document-number", "留有上年的文号", Warning, Years }

fn check(pair: &YearPair<'_>, findings: &mut CrossFindings) {
    let Some(last_year) = pair
        .last
        .year
        .or_else(|| pair.this.year.map(|year| year.saturating_sub(1)))
    else {
        return;
    };
    let before = numbers(pair.last_detail, last_year);
    let left: Vec<String> = numbers(pair.this_detail, last_year)
        .intersection(&before)
        .cloned()
        .collect();
    if left.is_empty() {
        return;
    }
    findings.report(
        CrossFinding::at(
            pair.this,
            format!(
                "依据的文件应是当年的；{}仍写着上年表中的文号：{}。",
                described(pair.this),
                listed(&left, 5)
            ),
            "请换成当年的文号；确实仍适用的不需处理。",
        )
        .related(vec![pair.last.file.clone()])
        .measure(listed(&left, 5)),
    );
}

/// Document numbers of a year, as in 某财农〔2022〕15号, from the year on.
fn numbers(detail: &TableDetail, year: i32) -> BTreeSet<String> {
    let rows = detail.indicators.iter();
    let texts = rows
        .flat_map(|row| [&row.level3, &row.target, &row.actual, &row.reason])
        .flatten();
    texts
        .chain(&detail.goals)
        .flat_map(|text| numbers_in(text, year))
        .collect()
}

fn numbers_in(text: &str, year: i32) -> Vec<String> {
    let text: String = nfkc(text)
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '〔' | '[' | '【' => '(',
            '〕' | ']' | '】' => ')',
            other => other,
        })
        .collect();
    let mark = format!("({year})");
    let mut found = Vec::new();
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once(&mark) {
        let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
        let ends = after.get(digits.len()..).is_some_and(|end| end.starts_with('号'));
        if !digits.is_empty() && ends {
            let lead: Vec<char> = before.chars().rev().take_while(|c| c.is_alphabetic()).take(2).collect();
            let lead: String = lead.into_iter().rev().collect();
            found.push(format!("{lead}〔{year}〕{digits}号"));
        }
        rest = after;
    }
    found
}
