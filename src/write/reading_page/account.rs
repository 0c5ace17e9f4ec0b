//! The account beside the picture: form, confidence, reasons, columns, what was taken for granted, what was not read.

use std::fmt::Write;

use super::Shown;
use crate::layout::LEAST_CONFIDENCE;
use crate::model::continued_text;
use crate::write::kit::html_text::{escape, shorten};

/// Unread cells listed one by one; a picture of a wrong sheet would have thousands.
const MOST_UNREAD: usize = 300;

/// Returns what is said where a table goes on that begins on another sheet.
pub(super) fn further_part(shown: &Shown<'_>) -> String {
    let table = shown.reading;
    format!(
        "<section class=\"table\"><p>这里是工作表“{}”{} 那张评价表的续表（{}），说明见那里。</p></section>\n",
        escape(&table.sheet),
        table.range,
        shown.range()
    )
}

/// Returns all that is said about one table.
pub(super) fn table(shown: &Shown<'_>) -> String {
    let table = shown.reading;
    let recognition = &table.recognition;
    let coverage = &table.coverage;
    let mut html = format!(
        "<section class=\"table\"><h4>{} {}{}</h4>\n<p>表式：{}（{}）<br>评价类型：{}<br>把握：<b>{}%</b>（{LEAST_CONFIDENCE}% 以上才审核）\
         <br>格子：{} 个有字，其中字段 {} 个、标题和标签 {} 个、<b{}>未读 {} 个</b></p>\n",
        escape(&table.sheet),
        table.range,
        escape(&continued_text(&table.continued)),
        escape(&recognition.title),
        escape(&recognition.form),
        table.kind.title(),
        recognition.confidence,
        coverage.filled,
        coverage.bound,
        coverage.decorative,
        if coverage.unread.is_empty() {
            ""
        } else {
            " class=\"alarm\""
        },
        coverage.unread.len()
    );
    html.push_str(&list("理由", recognition.reasons.iter().cloned()));
    html.push_str(&list("没有见到的", recognition.missing.iter().cloned()));
    if !table.columns.is_empty() {
        html.push_str(
            "<h5>表头读作什么</h5>\n<table class=\"columns\"><tr><th>格</th><th>表头</th><th>读作</th></tr>\n",
        );
        for column in &table.columns {
            let _ = writeln!(
                html,
                "<tr{}><td>{}</td><td>{}</td><td>{}</td></tr>",
                if column.field.is_none() { " class=\"aside\"" } else { "" },
                column.cell,
                escape(&shorten(&column.header, 60)),
                escape(&column.meaning)
            );
        }
        html.push_str("</table>\n");
    }
    let guesses = table
        .guesses
        .iter()
        .map(|guess| format!("{} {}", guess.cell, guess.message));
    let directions = shown.directions.iter().map(|assumed| {
        let cells: Vec<String> = assumed.cells.iter().map(ToString::to_string).collect();
        format!("{} {}", cells.join("、"), assumed.message)
    });
    html.push_str(&list("推定（请核对）", guesses.chain(directions)));
    let unread = coverage.unread.iter().take(MOST_UNREAD);
    let mut unread: Vec<String> = unread
        .map(|cell| format!("{} “{}”", cell.cell, shorten(&cell.text, 60)))
        .collect();
    if coverage.unread.len() > MOST_UNREAD {
        unread.push(format!("……共 {} 个", coverage.unread.len()));
    }
    html.push_str(&list("未读的格子", unread.into_iter()));
    html.push_str("</section>\n");
    html
}

/// Returns a heading and its lines; nothing where there are none.
pub(super) fn list(heading: &str, lines: impl Iterator<Item = String>) -> String {
    let lines: String = lines.map(|line| format!("<li>{}</li>\n", escape(&line))).collect();
    if lines.is_empty() {
        return lines;
    }
    format!("<h5>{heading}</h5>\n<ul>\n{lines}</ul>\n")
}
