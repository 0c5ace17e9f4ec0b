//! G10: the same 三级指标 stands twice in a table.

use std::collections::BTreeMap;

use crate::grid::CellAddress;
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::words::Characters;

rule! { "G10", "duplicate-indicator", "三级指标重复", Warning, MissingValues }

/// Names that say only how something is measured; under another 二级指标 they mean another thing.
const GENERIC: [&str; 16] = [
    "满意度",
    "群众满意度",
    "服务对象满意度",
    "受益对象满意度",
    "完成率",
    "项目完成率",
    "任务完成率",
    "完成时间",
    "完成及时率",
    "完成及时性",
    "合格率",
    "验收合格率",
    "达标率",
    "覆盖率",
    "及时率",
    "成本",
];

fn check(context: &RuleContext, findings: &mut Findings) {
    // By their characters first: names of one table often begin alike.
    let mut seen: BTreeMap<(Characters, &str), (CellAddress, [&str; 2], &str)> = BTreeMap::new();
    for (row, indicator, texts) in context.rows() {
        let Some(name) = &indicator.level3 else { continue };
        let key = texts.level3.as_str();
        if words::says_nothing(key) || findings.is_condemned(name.cell) {
            continue;
        }
        let spelled = (texts.level3.characters(), key);
        let level2 = [texts.level1.as_str(), texts.level2.as_str()];
        let target = texts.target.as_str();
        let Some((first, first_level2, first_target)) = seen.get(&spelled) else {
            seen.insert(spelled, (name.cell, level2, target));
            continue;
        };
        // 农村公路养护 as a quantity, a quality and a time limit is one work measured in three ways.
        let is_generic = *first_level2 != level2 && (GENERIC.contains(&key) || *first_target != target);
        // A name merged over two rows is one cell.
        if *first == name.cell || is_generic {
            continue;
        }
        findings.report(
            Finding::new(
                name.cell,
                format!(
                    "一张表内三级指标不应重复；“{}”在 {first} 已经出现，{} 又出现一次，同一件事会重复计分。",
                    words::shortened(&name.value),
                    name.cell
                ),
                format!("合并两行，或在 {} 写明与 {first} 不同的考核内容。", name.cell),
            )
            .field(format!("indicators[{row}].level3"))
            .declared(words::shortened(&name.value))
            .related([*first]),
        );
    }
}
