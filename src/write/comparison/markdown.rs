//! A comparison as Markdown: a section a table, with a table of findings and a table of changes.

use super::lines::{place, table_name, totals, verdict};
use crate::diff::{Comparison, misfits_sentence};
use crate::write::discrepancies::markdown::escaped;

/// Returns the comparison as Markdown with tables as GitHub knows them. Nothing from the files becomes markup.
pub fn comparison_markdown(comparison: &Comparison) -> String {
    let mut text = format!(
        "# 对比\n\n- 旧表：{}\n- 新表：{}\n- {}\n",
        escaped(&comparison.old.file),
        escaped(&comparison.new.file),
        totals(comparison)
    );
    if !comparison.misfits.is_empty() {
        let sentence = misfits_sentence(&comparison.misfits);
        text.push_str(&format!("- 注意：{}\n", escaped(&sentence)));
    }
    for table in &comparison.tables {
        text.push_str(&format!("\n## {}\n\n", escaped(&table_name(table))));
        text.push_str(&format!(
            "- 旧：{}\n- 新：{}\n- {}\n",
            escaped(&place(table.old.as_ref())),
            escaped(&place(table.new.as_ref())),
            verdict(table)
        ));
        if !table.findings.is_empty() {
            text.push_str(
                "\n| 变化 | 级别 | 编号 | 规则 | 单元格 | 字段 | 说明 |\n| --- | --- | --- | --- | --- | --- | --- |\n",
            );
            for finding in &table.findings {
                let fields = [
                    finding.state.title(),
                    finding.severity.title(),
                    &finding.code,
                    &finding.title,
                    &finding.cells(),
                    finding.field.as_deref().unwrap_or_default(),
                    &finding.message,
                ];
                text.push_str(&row(&fields));
            }
        }
        if !table.changes.is_empty() {
            text.push_str("\n| 改动 | 字段 | 单元格 | 原来 | 现在 |\n| --- | --- | --- | --- | --- |\n");
            for change in &table.changes {
                let fields = [
                    change.kind.title(),
                    &change.title,
                    &change.cells(),
                    change.old.as_deref().unwrap_or_default(),
                    change.new.as_deref().unwrap_or_default(),
                ];
                text.push_str(&row(&fields));
            }
        }
    }
    text
}

fn row(fields: &[&str]) -> String {
    let fields: Vec<String> = fields.iter().map(|field| escaped(field)).collect();
    format!("| {} |\n", fields.join(" | "))
}
