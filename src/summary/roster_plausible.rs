//! Whether what was given for a roster is one: an evaluation table has 项目名称 and a list below it too.

use super::roster::RosterEntry;
use crate::grid::Workbook;
use crate::layout::read_tables;
use crate::text::match_key;

/// Names listed, at most.
const MOST_NAMED: usize = 3;
/// A longer text is no name of a project or a unit.
const LONGEST_NAME: usize = 80;
/// What stands in the cells of forms where a roster has names.
const WORDS_OF_FORMS: [&str; 32] = [
    "一级指标",
    "二级指标",
    "三级指标",
    "产出指标",
    "效益指标",
    "满意度指标",
    "成本指标",
    "决策",
    "过程",
    "产出",
    "效益",
    "总分",
    "合计",
    "得分",
    "分值",
    "年度总体目标",
    "预期目标",
    "总体目标",
    "绩效指标",
    "年度绩效指标",
    "实际完成情况",
    "项目资金",
    "项目资金（万元）",
    "年度资金总额",
    "资金总额",
    "当年财政拨款",
    "上年结转资金",
    "其他资金",
    "主管部门",
    "实施单位",
    "项目名称",
    "填表人",
];

/// Returns why a workbook is no roster: it holds an evaluation table.
pub(super) fn is_table(workbook: &Workbook) -> Option<String> {
    let tables = read_tables(workbook).tables;
    let table = tables.iter().find(|table| !table.evaluation.indicators.is_empty())?;
    let name = table.evaluation.project_name.as_ref();
    let name = name.map_or_else(String::new, |name| format!("（项目“{}”）", name.value.trim()));
    Some(format!(
        "这是一张绩效评价表{name}，不是名单；名单应是每个应报项目或单位占一行的清单，请检查 --roster 后面的文件"
    ))
}

/// Returns why rows are no list of projects or units: most of their names are none.
pub(super) fn is_no_list(entries: &[RosterEntry]) -> Option<String> {
    let named = |entry: &RosterEntry| entry.project.clone().or_else(|| entry.unit.clone());
    let odd: Vec<(u32, String)> = entries
        .iter()
        .filter_map(|entry| Some((entry.line, named(entry)?)))
        .filter(|(_, name)| !is_plausible(name))
        .collect();
    if odd.len() * 2 < entries.len() || odd.is_empty() {
        return None;
    }
    let shown: Vec<String> = odd
        .iter()
        .take(MOST_NAMED)
        .map(|(line, name)| format!("第 {line} 行“{}”", name.chars().take(20).collect::<String>()))
        .collect();
    let rest = if odd.len() > MOST_NAMED { " 等" } else { "" };
    Some(format!(
        "{} 行中有 {} 行的名称不像项目或单位（{}{rest}）；请检查 --roster 后面的文件，名单要每个应报项目或单位占一行",
        entries.len(),
        odd.len(),
        shown.join("、")
    ))
}

/// Returns whether a text may be the name of a project or a unit: it has letters, is no word of a form and no essay.
fn is_plausible(name: &str) -> bool {
    let key = match_key(name);
    let letters = key.chars().filter(|letter| letter.is_alphabetic()).count();
    letters > 0 && name.chars().count() <= LONGEST_NAME && !WORDS_OF_FORMS.iter().any(|word| match_key(word) == key)
}
