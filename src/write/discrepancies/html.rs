//! The list as one page for a browser and a printer. It needs nothing from outside and runs nothing.

use std::fmt::Write;

use super::columns::Column;
use super::list::{DiscrepancyList, FOR_REVIEW_HEADING, ListedDiscrepancy, Status};
use crate::model::Severity;
use crate::write::kit::html_text::escape;

const STYLE: &str = include_str!("style.css");

impl DiscrepancyList {
    /// Returns the list as a page of its own: what was checked, the totals, a table with two columns to be filled in
    /// by hand.
    pub fn to_html(&self) -> String {
        let mut summary = String::new();
        let file = [("源文件", self.file.clone())];
        for (name, value) in file.into_iter().chain(self.summary()) {
            let _ = writeln!(summary, "<dt>{name}</dt><dd>{}</dd>", escape(&value));
        }
        format!(
            "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n<title>差异清单：{}</title>\n\
             <style>\n{STYLE}</style>\n</head>\n<body>\n<h1>差异清单</h1>\n<dl>\n{summary}</dl>\n{}{}</body>\n</html>\n",
            escape(&self.file),
            self.html_table(),
            self.html_review()
        )
    }

    fn html_review(&self) -> String {
        let lines = self.review_lines();
        if lines.is_empty() {
            return String::new();
        }
        let mut list = format!("<h2>{FOR_REVIEW_HEADING}</h2>\n<ul>\n");
        for line in lines {
            let _ = writeln!(list, "<li>{}</li>", escape(&line));
        }
        list + "</ul>\n"
    }

    fn html_table(&self) -> String {
        if self.findings.is_empty() {
            return "<p>未发现差异。</p>\n".to_owned();
        }
        let all = self.columns();
        let columns = || all.iter().copied().take(self.printed());
        let mut table = String::from("<table>\n<colgroup>\n");
        for column in columns() {
            let _ = writeln!(table, "<col style=\"width:{:.1}em\">", column.width() / 2.0);
        }
        table.push_str("</colgroup>\n<thead>\n<tr>");
        for column in columns() {
            let _ = write!(
                table,
                "<th scope=\"col\"{}>{}</th>",
                class(column, None),
                column.header()
            );
        }
        table.push_str("</tr>\n</thead>\n<tbody>\n");
        for row in &self.findings {
            table.push_str("<tr>");
            for column in columns() {
                let content = self.content_beside(row, column);
                let text = content.shown();
                let _ = write!(table, "<td{}>{}</td>", class(column, Some(row)), escape(text.trim()));
            }
            table.push_str("</tr>\n");
        }
        table.push_str("</tbody>\n</table>\n");
        table
    }
}

fn class(column: Column, row: Option<&ListedDiscrepancy>) -> &'static str {
    match (column, row) {
        (Column::UnitExplanation | Column::ReviewerOpinion, _) => " class=\"fill-in\"",
        (Column::Level, Some(row)) => match row.severity {
            Severity::Error => " class=\"error\"",
            Severity::Warning => " class=\"warning\"",
            Severity::Info => " class=\"info\"",
        },
        (Column::Status, Some(row)) if row.status == Status::Explained => " class=\"explained\"",
        (
            Column::Number
            | Column::Code
            | Column::Cell
            | Column::Declared
            | Column::Expected
            | Column::Difference
            | Column::Status,
            Some(_),
        ) => " class=\"short\"",
        _ => "",
    }
}
