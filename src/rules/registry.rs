//! Every rule, in the order of its code.

use std::sync::LazyLock;

use super::Rule;
use super::{a_totals, b_scores, c_funds, d_values, e_reasons, f_grade, g_structure, h_text, j_report, r_reading};

/// Rules of one subject, whose codes share a letter.
#[derive(Debug)]
pub struct Family<R: 'static = Rule> {
    /// First letter of the codes.
    pub letter: char,
    /// Subject in Chinese.
    pub title: &'static str,
    /// Folder beside this file that holds the rules and their pages.
    pub folder: &'static str,
    /// The rules, by code.
    pub rules: &'static [R],
}

/// Returns the families, by letter.
pub fn families() -> &'static [Family] {
    &FAMILIES
}

/// Returns all rules, by code.
pub fn registry() -> &'static [Rule] {
    static RULES: LazyLock<Vec<Rule>> =
        LazyLock::new(|| FAMILIES.iter().flat_map(|family| family.rules).copied().collect());
    &RULES
}

/// Returns all rules in the order in which they run: by stage, then by code.
pub(super) fn in_order() -> &'static [&'static Rule] {
    static RULES: LazyLock<Vec<&Rule>> = LazyLock::new(|| {
        let mut rules: Vec<&Rule> = registry().iter().collect();
        rules.sort_by_key(|rule| rule.stage);
        rules
    });
    &RULES
}

static FAMILIES: [Family; 10] = [
    Family::new('A', "总分、分值与小计", "a_totals", a_totals::RULES),
    Family::new('B', "各项得分", "b_scores", b_scores::RULES),
    Family::new('C', "资金与执行率", "c_funds", c_funds::RULES),
    Family::new('D', "指标值与完成值", "d_values", d_values::RULES),
    Family::new('E', "原因分析", "e_reasons", e_reasons::RULES),
    Family::new('F', "评价等次", "f_grade", f_grade::RULES),
    Family::new('G', "指标体系", "g_structure", g_structure::RULES),
    Family::new('H', "表头与文字", "h_text", h_text::RULES),
    Family::new('J', "报告与表", "j_report", j_report::RULES),
    Family::new('R', "读取", "r_reading", r_reading::RULES),
];

impl<R> Family<R> {
    /// Returns a family as the program names it.
    pub(crate) const fn new(letter: char, title: &'static str, folder: &'static str, rules: &'static [R]) -> Self {
        Self {
            letter,
            title,
            folder,
            rules,
        }
    }
}
