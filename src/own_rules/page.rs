//! The page of a rule of one's own, as `explain` shows it.

use toml::{Table, Value};

use super::names;
use super::value::Row;
use crate::model::{Severity, TableKind};

/// A rule as it was written.
#[derive(Debug)]
pub(super) struct Written<'a> {
    pub(super) code: &'a str,
    pub(super) title: &'a str,
    pub(super) severity: Severity,
    pub(super) file: &'a str,
    pub(super) tables: &'a [TableKind],
    pub(super) each: Row,
    pub(super) when: Option<&'a str>,
    pub(super) must: &'a str,
    pub(super) why: Option<&'a str>,
    pub(super) basis: &'a str,
    pub(super) advice: &'a str,
    pub(super) wrong: &'a Table,
    pub(super) right: &'a Table,
}

/// Returns the page in Markdown, with the sections of every rule's page.
pub(super) fn page(rule: &Written<'_>) -> String {
    let tables = if rule.tables.is_empty() {
        "各种表".to_owned()
    } else {
        let titles: Vec<&str> = rule.tables.iter().map(|kind| kind.title()).collect();
        titles.join("、")
    };
    let each = match rule.each {
        Row::Table => "整张表看一次",
        Row::Indicator(_) => "逐行看指标",
        Row::Fund(_) => "逐行看资金",
    };
    let when = rule
        .when
        .map_or_else(String::new, |when| format!("只看：\n\n    {}\n\n", on_one_line(when)));
    format!(
        "# {code} {title}\n\n\
         名称：`own-{slug}`，级别：{level}，自己写的规则，写在 {file}\n\n\
         ## 查什么\n\n{tables}，{each}。{when}必须：\n\n    {must}\n\n\
         ## 为什么\n\n{why}\n\n\
         ## 依据\n\n{basis}\n\n\
         ## 错误示例\n\n{wrong}\n\
         ## 正确示例\n\n{right}\n\
         ## 怎么改\n\n{advice}\n",
        code = rule.code,
        slug = rule.code.to_lowercase(),
        title = rule.title,
        level = rule.severity.title(),
        file = rule.file,
        must = on_one_line(rule.must),
        why = rule.why.map_or("规则的作者没有说明。", str::trim),
        basis = rule.basis.trim(),
        wrong = indented(rule.wrong),
        right = indented(rule.right),
        advice = rule.advice.trim(),
    )
}

fn on_one_line(condition: &str) -> String {
    condition.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns an example, one field a line and one row of the table a line.
fn indented(example: &Table) -> String {
    let mut lines = String::new();
    for (key, value) in example {
        let key = names::chinese(names::english(key).unwrap_or(key));
        match value.as_array() {
            Some(rows) => rows
                .iter()
                .for_each(|row| lines.push_str(&format!("    {key}：{}\n", shown(row)))),
            None => lines.push_str(&format!("    {key}：{}\n", shown(value))),
        }
    }
    lines
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Table(row) => {
            let fields: Vec<String> = row.iter().map(field).collect();
            fields.join("，")
        }
        // An example holds nothing else: it has been read.
        Value::Boolean(_) | Value::Datetime(_) | Value::Array(_) => String::new(),
    }
}

fn field((key, value): (&String, &Value)) -> String {
    let name = names::chinese(names::english(key).unwrap_or(key));
    format!("{name} {}", shown(value))
}
