//! Two batches as text: what does not fit first, then a line a table, then what has no like, then the sum.

use std::io;

use hebiao::diff::{BatchComparison, ComparedTables, FindingState, misfits_sentence};
use hebiao::write::{batch_totals, unpaired};

use super::text::{bold, one_line, wrap};

/// Lines about each kind of what has no like in the other batch, at most; the workbook has them all.
const MOST_UNPAIRED: usize = 20;

/// Gives everything that `diff` says of two folders, piece by piece.
///
/// # Errors
/// When a table cannot be read back, or `take` fails.
pub fn batch_text(
    comparison: &BatchComparison,
    width: usize,
    mut take: impl FnMut(&str) -> io::Result<()>,
) -> io::Result<()> {
    take(&format!(
        "旧：{}\n新：{}\n",
        one_line(&comparison.old.file),
        one_line(&comparison.new.file)
    ))?;
    if !comparison.misfits.is_empty() {
        let line = format!("注意：{}", misfits_sentence(&comparison.misfits));
        take(&wrap(&line, 0, width))?;
    }
    let unlike = comparison.batches.as_ref().map_or(0, |batches| batches.unlike.len());
    if unlike > 0 {
        let line = format!(
            "注意：文件名相同而不像同一张表的有 {unlike} 对，列在下面“没有对上”里；没有把它们的哪个问题算作已解决，\
             --anyway 才硬要对比。"
        );
        take(&wrap(&line, 0, width))?;
    }
    take(&format!("\n{}\n", bold("每张表")))?;
    for table in comparison.tables.lines() {
        let table = table?;
        if table.new.is_none() || table.old.is_none() {
            continue;
        }
        let [resolved, remaining, new] = FindingState::ALL.map(|state| table.count(state));
        let name = [table.unit_name(), table.name.as_deref()].into_iter().flatten();
        let name: Vec<String> = name.map(one_line).collect();
        take(&format!(
            "  已解决 {resolved:>3}  仍存在 {remaining:>3}  新增 {new:>3}  改动 {:>3}  {}\n",
            table.changes,
            name.join("　")
        ))?;
    }
    let mut kinds: Vec<UnpairedKind> = Vec::new();
    for line in unpaired(comparison) {
        let [what, name, why] = line?;
        match kinds.last_mut() {
            Some(kind) if kind.what == what => kind.add(name, why),
            _ => kinds.push(UnpairedKind::new(what, name, why)),
        }
    }
    if !kinds.is_empty() {
        take(&format!("\n{}\n", bold("没有对上")))?;
    }
    for kind in &kinds {
        take(&kind.text(width))?;
    }
    take(&format!("\n{}\n", batch_totals(comparison)?))
}

/// What has no like in one way.
struct UnpairedKind {
    what: String,
    count: usize,
    /// Names of the first ones, and why or what follows.
    first: Vec<[String; 2]>,
    /// What follows, where that is one thing for all.
    reason: Option<String>,
}

impl UnpairedKind {
    fn new(what: String, name: String, why: String) -> Self {
        Self {
            what,
            count: 1,
            reason: Some(why.clone()),
            first: vec![[name, why]],
        }
    }

    fn add(&mut self, name: String, why: String) {
        self.count += 1;
        if self.reason.as_ref() != Some(&why) {
            self.reason = None;
        }
        if self.first.len() < MOST_UNPAIRED {
            self.first.push([name, why]);
        }
    }

    fn text(&self, width: usize) -> String {
        let mut head = format!("{} {} 个", self.what, self.count);
        if let Some(why) = self.reason.as_deref().filter(|why| !why.is_empty()) {
            head.push_str(&format!("（{}）", one_line(why)));
        }
        let mut text = wrap(&format!("{head}："), 2, width);
        for [name, why] in &self.first {
            let line = match self.reason {
                Some(_) => one_line(name),
                None => format!("{}：{}", one_line(name), one_line(why)),
            };
            text.push_str(&wrap(&line, 4, width));
        }
        if self.count > self.first.len() {
            let left = self.count - self.first.len();
            text.push_str(&format!("    其余 {left} 个见 -o 写出的工作簿“没有对上”一页\n"));
        }
        text
    }
}
