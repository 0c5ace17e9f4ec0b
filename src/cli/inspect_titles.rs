//! Field paths in the words of the form: which row, and which column of it.

use hebiao::model::{Evaluation, FundField, IndicatorField, field_title};

/// Lists whose rows are shown a line each.
const ROWS: [&str; 4] = ["indicators", "funds", "goals", "subtotals"];

/// Returns the row that a path is of, where it is of one, and what its column, or the field itself, is called.
pub fn row_and_title(path: &str, evaluation: &Evaluation) -> (Option<String>, String) {
    let (head, leaf) = path.split_once('.').unwrap_or((path, ""));
    let list = head.split('[').next().unwrap_or_default();
    if leaf.is_empty() || !ROWS.contains(&list) {
        return (None, field_title(path, evaluation));
    }
    let row = match list {
        "indicators" => format!("指标{}", row_number(head)),
        "funds" => format!("资金{}", row_number(head)),
        "goals" => format!("目标{}", row_number(head)),
        _ => format!("小计{}", row_number(head)),
    };
    (Some(row), column_title(list, leaf))
}

/// Returns the path of a column such as `indicators[].score` in the words of the form.
pub fn header_title(path: &str) -> String {
    let (head, leaf) = path.split_once('.').unwrap_or((path, ""));
    match head.strip_suffix("[]") {
        Some(list) if ROWS.contains(&list) => column_title(list, leaf),
        _ => field_title(path, &Evaluation::default()),
    }
}

fn row_number(head: &str) -> usize {
    let index = head.split_once('[').map(|(_, rest)| rest.trim_end_matches(']'));
    index
        .and_then(|index| index.parse::<usize>().ok())
        .map_or(1, |index| index + 1)
}

fn column_title(list: &str, leaf: &str) -> String {
    let leaf = leaf.split('[').next().unwrap_or_default();
    let title = match (list, leaf) {
        (_, "extra") => Some("附带栏目"),
        ("indicators", leaf) => IndicatorField::named(leaf).map(IndicatorField::title),
        ("funds", "label") => Some("资金来源"),
        ("funds", leaf) => FundField::named(leaf).map(FundField::title),
        ("goals", "expected") => Some("预期目标"),
        ("goals", "actual") => Some("实际完成情况"),
        (_, "label") => Some("名称"),
        (_, "weight") => Some("分值"),
        (_, "score") => Some("得分"),
        _ => None,
    };
    title.unwrap_or("其他内容").to_owned()
}
