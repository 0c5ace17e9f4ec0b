//! G04: a 二级指标 stands under an 一级指标 that it does not belong to.

use crate::rules::kit::texts::{FoldedText, Word, words};
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
const LEVELS: [Word; 5] = words!["产出", "效益", "效果", "满意", "成本"];

/// Returns the 一级指标 that a 二级指标 belongs to, where it stands under another one.
fn home_elsewhere(above: &FoldedText, below: &FoldedText) -> Option<&'static str> {
    let (_, homes) = HOMES.iter().find(|(name, _)| *name == below.as_str())?;
    let mut levels = LEVELS.iter().filter(|level| above.has(level));
    let (only, None) = (levels.next()?, levels.next()) else {
        return None;
    };
    // The words that a level is told by are among those that it has its home by.
    (!homes.contains(&only.text())).then(|| homes.first().copied())?
}

fn check(context: &RuleContext, findings: &mut Findings) {
    // Rows below each other mostly have the same levels.
    let mut known: Option<(&str, &str, Option<&str>)> = None;
    for (row, indicator, texts) in context.rows() {
        let (Some(level1), Some(level2)) = (&indicator.level1, &indicator.level2) else {
            continue;
        };
        let (above, below) = (&texts.level1, &texts.level2);
        let home = match known {
            Some((level1, level2, home)) if level1 == above.as_str() && level2 == below.as_str() => home,
            _ => home_elsewhere(above, below),
        };
        known = Some((above.as_str(), below.as_str(), home));
        let Some(home) = home else {
            continue;
        };
        if findings.any_condemned([Some(level1.cell), Some(level2.cell)]) {
            continue;
        }
        findings.report(
            Finding::new(
                level2.cell,
                format!(
                    "二级指标应归在所属的一级指标下；“{}”（{}）属于{}指标，表中列在“{}”（{}）下。",
                    words::shortened(&level2.value),
                    level2.cell,
                    home,
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
