//! `DATASET.md`: the description of the columns, made from the columns themselves.

use std::fmt::Write;

use super::column::{Column, Kind};
use super::{FILES, SCHEMA_VERSION, discrepancies, files, funds, indicators, tables};

type Named = (&'static str, Kind);

fn named<F>(columns: &'static [Column<F>]) -> impl Iterator<Item = (Named, &'static str)> {
    columns
        .iter()
        .map(|column| ((column.name, column.kind), column.meaning))
}

fn all_files() -> Vec<(Named, &'static str)> {
    named(&files::COLUMNS).collect()
}

fn all_tables() -> Vec<(Named, &'static str)> {
    named(&tables::COLUMNS).collect()
}

fn all_indicators() -> Vec<(Named, &'static str)> {
    named(&indicators::KEYS)
        .chain(named(&indicators::COLUMNS))
        .chain(named(&indicators::RESCORED))
        .collect()
}

fn all_funds() -> Vec<(Named, &'static str)> {
    named(&funds::KEYS)
        .chain(named(&funds::COLUMNS))
        .chain(named(&funds::RESCORED))
        .collect()
}

fn all_discrepancies() -> Vec<(Named, &'static str)> {
    named(&discrepancies::KEYS)
        .chain(named(&discrepancies::COLUMNS))
        .collect()
}

fn without_meaning(columns: Vec<(Named, &'static str)>) -> Vec<Named> {
    columns.into_iter().map(|(column, _)| column).collect()
}

pub(super) fn files_columns() -> Vec<Named> {
    without_meaning(all_files())
}

pub(super) fn tables_columns() -> Vec<Named> {
    without_meaning(all_tables())
}

pub(super) fn indicators_columns() -> Vec<Named> {
    without_meaning(all_indicators())
}

pub(super) fn funds_columns() -> Vec<Named> {
    without_meaning(all_funds())
}

pub(super) fn discrepancies_columns() -> Vec<Named> {
    without_meaning(all_discrepancies())
}

/// Returns the text of `DATASET.md`: every file, every column with type, meaning and unit.
pub fn description() -> String {
    let mut page = format!(
        "{}\n\n数据集版本：{SCHEMA_VERSION}\n",
        include_str!("intro.md").trim_end()
    );
    let parts = [
        ("每个文件一行，包括未能读取的文件。", all_files()),
        ("每张评价表一行。", all_tables()),
        ("每个指标一行。", all_indicators()),
        ("资金表每行一行，总额和其中的各项都在内。", all_funds()),
        ("每项差异一行。", all_discrepancies()),
    ];
    for (name, (what, columns)) in FILES.into_iter().zip(parts) {
        let _ = write!(
            page,
            "\n## {name}.parquet\n\n{what}\n\n| 列 | 类型 | 可为空 | 含义 |\n|---|---|---|---|\n"
        );
        for ((name, kind), meaning) in columns {
            let optional = if kind.is_required() { "否" } else { "是" };
            let _ = writeln!(page, "| `{name}` | {} | {optional} | {meaning} |", kind.sql());
        }
    }
    page
}
