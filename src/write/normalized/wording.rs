//! The words of the ministry's form for each kind of table; the layout is the same for all.

use crate::model::TableKind;

/// Labels and headers that differ from form to form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormWording {
    /// Label of the project's name.
    pub project: &'static str,
    /// Label of the 主管部门.
    pub department: &'static str,
    /// Label of the 实施单位.
    pub unit: &'static str,
    /// Head of the fund block, without its unit.
    pub funds: &'static str,
    /// Header of the 全年预算数.
    pub annual_budget: &'static str,
    /// Header of the 全年执行数.
    pub executed: &'static str,
    /// Header of the rate.
    pub execution_rate: &'static str,
    /// Head of the goals.
    pub goals: &'static str,
    /// Header of the goals set.
    pub expected: &'static str,
    /// Header of what became of them.
    pub actual_goal: &'static str,
    /// Header of the targets.
    pub target: &'static str,
    /// Header of the actuals.
    pub actual: &'static str,
    /// Header of the reasons.
    pub reason: &'static str,
}

/// 财预〔2020〕10号 附件1: 项目支出绩效自评表; 部门评价 and 整体支出自评 are filled in on its frame.
const PROJECT: FormWording = FormWording {
    project: "项目名称",
    department: "主管部门",
    unit: "实施单位",
    funds: "项目资金",
    annual_budget: "全年预算数",
    executed: "全年执行数",
    execution_rate: "执行率",
    goals: "年度总体目标",
    expected: "预期目标",
    actual_goal: "实际完成情况",
    target: "年度指标值",
    actual: "实际完成值",
    reason: "偏差原因分析及改进措施",
};

/// 转移支付区域（项目）绩效目标自评表.
const TRANSFER: FormWording = FormWording {
    project: "转移支付（项目）名称",
    department: "地方主管部门",
    unit: "资金使用单位",
    funds: "资金投入情况",
    annual_budget: "全年预算数（A）",
    executed: "全年执行数（B）",
    execution_rate: "预算执行率（B/A）",
    goals: "总体目标完成情况",
    expected: "总体目标",
    actual_goal: "全年实际完成情况",
    target: "指标值",
    actual: "全年实际完成值",
    reason: "未完成原因和改进措施",
};

/// 部门整体支出绩效自评表.
const OVERALL: FormWording = FormWording {
    department: "部门名称",
    unit: "预算单位",
    funds: "预算执行情况",
    ..PROJECT
};

/// Returns the wording of a kind's form.
pub const fn form_wording(kind: TableKind) -> FormWording {
    match kind {
        TableKind::TransferSelfEvaluation => TRANSFER,
        TableKind::OverallSelfEvaluation => OVERALL,
        _ => PROJECT,
    }
}
