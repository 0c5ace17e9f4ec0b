//! G04: a 二级指标 stands under an 一级指标 that it does not belong to.

use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};

rule! { "G04", "level2-misplaced", "二级指标归错一级指标", Info, LevelWeights }

/// 二级指标 by their usual names, and the 一级指标 that they belong to.
const HOMES: [(&str, &[&str]); 9] = [
    ("数量指标", &["产出"]),
    ("质量指标", &["产出"]),
    ("时效指标", &["产出"]),
    ("经济效益指标", &["效益", "效果"]),
    ("社会效益指标", &["效益", "效果"]),
    ("生态效益指标", &["效益", "效果"]),
    ("可持续影响指标", &["效益", "效果"]),
    ("服务对象满意度指标", &["满意", "效益", "效果"]),
    ("生态环境成本指标", &["成本"]),
];

/// The 一级指标 among which the rule tells right from wrong.
const LEVELS: [&str; 5] = ["产出", "效益", "效果", "满意", "成本"];

fn check(context: &RuleContext, findings: &mut Findings) {
    for (row, indicator, texts) in context.rows() {
        let (Some(level1), Some(level2)) = (&indicator.level1, &indicator.level2) else {
            continue;
        };
        let (above, below) = (&texts.level1, &texts.level2);
        let Some((_, homes)) = HOMES.iter().find(|(name, _)| *name == below.as_str()) else {
            continue;
        };
        let known = LEVELS.iter().filter(|level| above.contains(**level)).count();
        if known != 1
            || homes.iter().any(|home| above.contains(home))
            || findings.any_condemned([Some(level1.cell), Some(level2.cell)])
        {
            continue;
        }
        findings.report(
            Finding::new(
                level2.cell,
                format!(
                    "二级指标应归在所属的一级指标下；“{}”（{}）属于{}指标，表中列在“{}”（{}）下。",
                    words::shortened(&level2.value),
                    level2.cell,
                    homes.first().copied().unwrap_or_default(),
                    words::shortened(&level1.value),
                    level1.cell
                ),
                format!("核对 {} 和一级指标的合并范围，移到所属的一级指标下。", level2.cell),
            )
            .field(format!("indicators[{row}].level2"))
            .declared(below.as_str())
            .basis(&context.standard.clauses.targets)
            .related([level1.cell]),
        );
    }
}
