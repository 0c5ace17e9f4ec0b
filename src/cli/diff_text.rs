//! A comparison as text: for each table what is new, what remains, what is resolved, then what was changed.

use hebiao::diff::{
    Change, ChangeKind, ComparedFinding, Comparison, FindingState, TableComparison, TablePlace, misfits_sentence,
};

use super::text::{bold, dim, level, one_line, wrap};

/// Letters of a value that a line shows; the other formats have all of it.
const MOST_LETTERS: usize = 100;

/// Everything that `diff` says.
pub fn comparison_text(comparison: &Comparison, width: usize) -> String {
    let mut text = format!(
        "旧表：{}\n新表：{}\n",
        one_line(&comparison.old.file),
        one_line(&comparison.new.file)
    );
    if !comparison.misfits.is_empty() {
        let line = format!("注意：{}", misfits_sentence(&comparison.misfits));
        text.push_str(&wrap(&line, 0, width));
    }
    for table in &comparison.tables {
        text.push('\n');
        text.push_str(&table_text(table, width));
    }
    let counts = FindingState::ALL.map(|state| format!("{} {} 项", state.title(), comparison.count(state)));
    text.push_str(&format!(
        "\n共 {} 张表：问题{}；内容改动 {} 处\n",
        comparison.tables.len(),
        counts.join("，"),
        comparison.changes()
    ));
    text
}

fn table_text(table: &TableComparison, width: usize) -> String {
    let name = table
        .name
        .as_deref()
        .map_or_else(|| "（没有名称的表）".to_owned(), one_line);
    let mut text = format!("{}\n", bold(&name));
    match (&table.old, &table.new) {
        (Some(old), Some(new)) if place(old) == place(new) => text.push_str(&format!("  {}\n", place(new))),
        (Some(old), Some(new)) => text.push_str(&format!("  {} → {}\n", place(old), place(new))),
        (None, Some(new)) => text.push_str(&format!("  {}　新文件才有的表\n", place(new))),
        (Some(old), None) => {
            text.push_str(&format!("  {}　新文件里没有这张表，原有问题不作比较\n", place(old)));
            return text;
        }
        (None, None) => {}
    }
    // What is still to be done stands first.
    for state in [FindingState::New, FindingState::Remaining, FindingState::Resolved] {
        let count = table.count(state);
        text.push_str(&format!(
            "\n  {} {count} 项\n",
            bold(&format!("{}的问题", state.title()))
        ));
        for finding in table.of(state) {
            text.push_str(&finding_text(finding, width));
        }
    }
    if table.old.is_some() {
        text.push_str(&format!("\n  {} {} 处\n", bold("内容改动"), table.changes.len()));
        for change in &table.changes {
            text.push_str(&change_text(change, width));
        }
    }
    text
}

fn finding_text(finding: &ComparedFinding, width: usize) -> String {
    let cells = finding.cells();
    let field = finding.field.as_deref().map(|field| format!("　{}", one_line(field)));
    let head = format!(
        "    {}  {}  {cells}  {}{}\n",
        level(finding.severity, finding.severity.title()),
        finding.code,
        one_line(&finding.title),
        dim(&field.unwrap_or_default()),
    );
    if finding.state == FindingState::Resolved {
        return head;
    }
    format!("{head}{}", wrap(&finding.message, 10, width))
}

fn change_text(change: &Change, width: usize) -> String {
    let value = |side: &Option<String>| side.as_deref().map_or_else(|| "（空）".to_owned(), shortened);
    let what = match change.kind {
        ChangeKind::Added => value(&change.new),
        ChangeKind::Removed => value(&change.old),
        _ => format!("{} → {}", value(&change.old), value(&change.new)),
    };
    let cells = change.cells();
    let line = format!("{} {cells} {} {what}", change.kind.title(), one_line(&change.title));
    wrap(&line, 4, width)
}

fn place(place: &TablePlace) -> String {
    format!("工作表“{}” {}", one_line(&place.sheet), place.range)
}

fn shortened(text: &str) -> String {
    let line = one_line(text);
    if line.chars().count() <= MOST_LETTERS {
        return line;
    }
    line.chars().take(MOST_LETTERS).chain(['…']).collect()
}
