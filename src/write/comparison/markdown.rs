//! A comparison as Markdown: a section a table, with a table of findings and a table of changes.

use std::io;

use super::lines::{batch_totals, place, table_name, totals, unpaired, verdict};
use crate::diff::{BatchComparison, ComparedTables, Comparison, FindingState, misfits_sentence};
use crate::write::discrepancies::markdown::escaped;

/// Returns the comparison of two files as Markdown with tables as GitHub knows them. Nothing from the files becomes
/// markup.
pub fn comparison_markdown(comparison: &Comparison) -> String {
    let mut text = head(comparison, &totals(comparison));
    for table in &comparison.tables {
        let line = table.line();
        text.push_str(&format!("\n## {}\n\n", escaped(&table_name(&line))));
        text.push_str(&format!(
            "- 旧：{}\n- 新：{}\n- {}\n",
            escaped(&place(table.old.as_ref())),
            escaped(&place(table.new.as_ref())),
            verdict(&line)
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

/// Gives the comparison of two batches as Markdown, piece by piece: a line a table, then what has no like in the other
/// batch.
///
/// # Errors
/// When a table cannot be read back, or `take` fails.
pub fn batch_markdown(comparison: &BatchComparison, mut take: impl FnMut(&str) -> io::Result<()>) -> io::Result<()> {
    take(&head(comparison, &batch_totals(comparison)?))?;
    take(
        "\n| 表 | 旧文件 | 新文件 | 已解决 | 仍存在 | 新增 | 内容改动 |\n| --- | --- | --- | --- | --- | --- | --- |\n",
    )?;
    for table in comparison.tables.lines() {
        let table = table?;
        let [resolved, remaining, new] = FindingState::ALL.map(|state| table.count(state).to_string());
        take(&row(&[
            &table_name(&table),
            table.old_file.as_deref().unwrap_or("没有"),
            table.new_file.as_deref().unwrap_or("没有"),
            &resolved,
            &remaining,
            &new,
            &table.changes.to_string(),
        ]))?;
    }
    for (number, line) in unpaired(comparison).enumerate() {
        if number == 0 {
            take("\n| 情形 | 名称 | 说明 |\n| --- | --- | --- |\n")?;
        }
        let [what, name, why] = line?;
        take(&row(&[&what, &name, &why]))?;
    }
    Ok(())
}

/// What is compared, and the sum.
fn head<T>(comparison: &Comparison<T>, totals: &str) -> String {
    let mut text = format!(
        "# 对比\n\n- 旧表：{}\n- 新表：{}\n- {totals}\n",
        escaped(&comparison.old.file),
        escaped(&comparison.new.file),
    );
    if !comparison.misfits.is_empty() {
        let sentence = misfits_sentence(&comparison.misfits);
        text.push_str(&format!("- 注意：{}\n", escaped(&sentence)));
    }
    text
}

fn row(fields: &[&str]) -> String {
    let fields: Vec<String> = fields.iter().map(|field| escaped(field)).collect();
    format!("| {} |\n", fields.join(" | "))
}
