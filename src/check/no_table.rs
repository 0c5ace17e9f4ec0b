//! What is said of a file in which no evaluation table was recognised.

use crate::model::{LostContent, SkippedSheet};
use crate::report::FileError;

/// Sheets named one by one in a message; more would bury the sentence.
const SHEETS_NAMED: usize = 5;

/// The way on where sheets were left out for several reasons, or for one that names none.
const SEVERAL_WAYS: &str = "请确认是否选错了文件，或表头是否被删改";

/// Parts a reason into what was seen and what to do.
fn fact_and_way_on(reason: &str) -> (&str, &str) {
    match reason.rsplit_once('；') {
        Some((fact, way)) if way.starts_with('请') => (fact, way),
        _ => (reason, SEVERAL_WAYS),
    }
}

/// Returns why a file in which no table was recognised gives none, and what to do.
pub(super) fn no_evaluation_table(skipped: &[SkippedSheet], losses: &[LostContent]) -> FileError {
    // Sheets left out for the same reason share one mention of it, and the ways on that they share stand once, last.
    let mut facts: Vec<(&str, Vec<String>)> = Vec::new();
    let mut ways: Vec<&str> = Vec::new();
    for sheet in skipped.iter().take(SHEETS_NAMED) {
        let (fact, way) = fact_and_way_on(&sheet.reason);
        if !ways.contains(&way) {
            ways.push(way);
        }
        let name = format!("“{}”", sheet.sheet);
        match facts.iter_mut().find(|(known, _)| *known == fact) {
            Some((_, names)) => names.push(name),
            None => facts.push((fact, vec![name])),
        }
    }
    let mut found: Vec<String> = facts
        .into_iter()
        .map(|(fact, names)| format!("{}：{fact}", names.join("、")))
        .collect();
    if skipped.len() > SHEETS_NAMED {
        found.push(format!("其余 {} 张也没有", skipped.len() - SHEETS_NAMED));
    }
    // What was not read may be the reason.
    if let Some(first) = losses.first() {
        found.push(format!(
            "读取时有 {} 处须留意，第一处是“{}”",
            losses.len(),
            first.message
        ));
    }
    let way = match ways.as_slice() {
        [only] => only,
        _ => SEVERAL_WAYS,
    };
    let seen = match skipped {
        [] => "文件里没有工作表".to_owned(),
        [_] => found.join("；"),
        _ => format!("看过 {} 张工作表——{}", skipped.len(), found.join("；")),
    };
    let message = format!("没有找到绩效评价表，{seen}；{way}。");
    FileError {
        code: "no_evaluation_table".to_owned(),
        message,
    }
}
