//! G07: works, repairs and purchases without any indicator of their cost.

use crate::model::measure::Dimension;
use crate::model::{Indicator, TableKind};
use crate::rules::kit::texts::{Word, words};
use crate::rules::kit::{level_sums, signs, words};
use crate::rules::{Finding, Findings, RuleContext};

rule! { "G07", "cost-missing", "工程、修缮、购置项目没有成本指标", Info, WeightTotals }

/// A project of fewer indicators measures the main thing only.
const FEWEST: usize = 5;

/// Names of projects that build, repair or buy.
const KINDS: [&str; 16] = [
    "新建",
    "改建",
    "扩建",
    "重建",
    "迁建",
    "修缮",
    "大修",
    "购置",
    "装修",
    "维修改造",
    "改造工程",
    "建设工程",
    "加固工程",
    "设备采购",
    "基础设施建设",
    "配套设施建设",
];

/// Work about buildings that builds nothing: 前期, 规划, 维护 and lent money.
const OTHER_WORK: [Word; 11] = words![
    "补贴", "补助", "奖补", "贴息", "前期", "规划", "设计", "监理", "监管", "管理", "培训",
];

/// Other names of costs.
const COSTS: [Word; 8] = words!["成本", "造价", "单价", "费用", "节约", "概算", "投资控制", "价格"];

fn check(context: &RuleContext, findings: &mut Findings) {
    let evaluation = context.evaluation();
    let Some(name) = &evaluation.project_name else { return };
    let key = words::tight(&name.value);
    let Some(kind) = KINDS.iter().find(|kind| key.contains(**kind)) else {
        return;
    };
    if context.table.kind != TableKind::ProjectSelfEvaluation
        || key.has_any(&OTHER_WORK)
        || evaluation.indicators.len() < FEWEST
        || !context.is_scored()
        || !level_sums::names_its_levels(context)
        || context
            .indicators()
            .any(|(row, indicator)| is_about_cost(context, row, indicator))
        || findings.is_condemned(name.cell)
        || findings.are_weights_explained()
    {
        return;
    }
    findings.report(
        Finding::new(
            name.cell,
            format!(
                "工程基建、大型修缮和购置类项目应设成本指标；项目名称（{}）中有“{kind}”，{} 项指标中没有一项考核成本。",
                name.cell,
                evaluation.indicators.len()
            ),
            "按批复的绩效目标补上单位造价、购置单价等成本指标及其分值。",
        )
        .field("project_name")
        .declared(words::shortened(&name.value))
        .basis("财预〔2021〕101号：工程基建类、大型修缮类、购置类项目应设置成本指标"),
    );
}

/// Returns whether the row is a cost by its levels or name, or limits an amount of money.
fn is_about_cost(context: &RuleContext, row: usize, indicator: &Indicator) -> bool {
    let names = [&indicator.level1, &indicator.level2, &indicator.level3];
    let is_named = names.into_iter().any(|field| {
        let name = signs::tight(field.as_ref());
        name.has_any(&COSTS)
    });
    is_named
        || context.assessment(row).is_some_and(|assessment| {
            signs::dimension(assessment) == Some(Dimension::Money)
                && signs::sign(assessment).is_some_and(signs::asks_for_less)
        })
}
