//! Two batches as text: what does not fit first, then a line a table, then what has no like, then the sum.

use hebiao::diff::{Comparison, FindingState, misfits_sentence};
use hebiao::write::{batch_totals, unpaired};

use super::text::{bold, one_line, wrap};

/// Lines about each kind of what has no like in the other batch, at most; the workbook has them all.
const MOST_UNPAIRED: usize = 20;

/// Everything that `diff` says of two folders.
pub fn batch_text(comparison: &Comparison, width: usize) -> String {
    let mut text = format!(
        "旧：{}\n新：{}\n",
        one_line(&comparison.old.file),
        one_line(&comparison.new.file)
    );
    let Some(batches) = &comparison.batches else {
        return text;
    };
    if !comparison.misfits.is_empty() {
        let line = format!("注意：{}", misfits_sentence(&comparison.misfits));
        text.push_str(&wrap(&line, 0, width));
    }
    if !batches.unlike.is_empty() {
        let line = format!(
            "注意：文件名相同而不像同一张表的有 {} 对，列在下面“没有对上”里；没有把它们的哪个问题算作已解决，\
             --anyway 才硬要对比。",
            batches.unlike.len()
        );
        text.push_str(&wrap(&line, 0, width));
    }
    text.push_str(&format!("\n{}\n", bold("每张表")));
    for table in comparison
        .tables
        .iter()
        .filter(|table| table.new.is_some() && table.old.is_some())
    {
        let [resolved, remaining, new] = FindingState::ALL.map(|state| table.count(state));
        let name = [&table.unit, &table.name].into_iter().flatten();
        let name: Vec<String> = name.map(|name| one_line(name)).collect();
        text.push_str(&format!(
            "  已解决 {resolved:>3}  仍存在 {remaining:>3}  新增 {new:>3}  改动 {:>3}  {}\n",
            table.changes.len(),
            name.join("　")
        ));
    }
    let lines = unpaired(comparison, batches);
    if !lines.is_empty() {
        text.push_str(&format!("\n{}\n", bold("没有对上")));
    }
    for of_kind in lines.chunk_by(|one, other| one[0] == other[0]) {
        text.push_str(&unpaired_text(of_kind, width));
    }
    text.push_str(&format!("\n{}\n", batch_totals(comparison)));
    text
}

/// Returns what has no like in one way: how many, what follows from it where that is one thing, and their names.
fn unpaired_text(lines: &[[String; 3]], width: usize) -> String {
    let Some([what, _, why]) = lines.first() else {
        return String::new();
    };
    let is_one_reason = lines.iter().all(|[_, _, other]| other == why);
    let mut head = format!("{what} {} 个", lines.len());
    if is_one_reason && !why.is_empty() {
        head.push_str(&format!("（{}）", one_line(why)));
    }
    let mut text = wrap(&format!("{head}："), 2, width);
    for [_, name, why] in lines.iter().take(MOST_UNPAIRED) {
        let line = match is_one_reason {
            true => one_line(name),
            false => format!("{}：{}", one_line(name), one_line(why)),
        };
        text.push_str(&wrap(&line, 4, width));
    }
    if lines.len() > MOST_UNPAIRED {
        let left = lines.len() - MOST_UNPAIRED;
        text.push_str(&format!("    其余 {left} 个见 -o 写出的工作簿“没有对上”一页\n"));
    }
    text
}
