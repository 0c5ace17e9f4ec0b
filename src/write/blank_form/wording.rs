//! What each form says: the wording of the ministry's forms, block by block. It knows no standard.

use crate::model::{FundSource, TableKind};
use crate::write::normalized::wording::{FormWording, form_wording};

/// A field of the heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeadingSlot {
    /// 项目名称.
    Project,
    /// 主管部门.
    Department,
    /// 实施单位.
    Unit,
    /// 中央主管部门.
    HigherDepartment,
}

/// One line of the heading.
pub type HeadingLine = &'static [HeadingSlot];

/// The wording of one form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlankFormWording {
    /// The kind of table.
    pub kind: TableKind,
    /// The sheet's name.
    pub sheet: &'static str,
    /// The title.
    pub title: &'static str,
    /// Labels and headers, the same as those of the normalized workbook.
    pub form: FormWording,
    /// The lines of the heading.
    pub heading: &'static [HeadingLine],
    /// Rows of the fund block.
    pub fund_rows: &'static [(FundSource, &'static str)],
    /// Subjects of 资金管理情况; empty where the form has no such block.
    pub management: &'static [&'static str],
    /// Whether indicators have points.
    pub is_scored: bool,
    /// Whether the fund block has points of the hundred.
    pub has_fund_points: bool,
    /// Whether the standard's 一级指标 weights are printed with the names.
    pub has_level_weights: bool,
    /// Whether there is a 评价等次.
    pub has_grade: bool,
    /// The block below the table: a label for 说明, if the form has one.
    pub remark: Option<&'static str>,
    /// Who fills it in.
    pub signatures: [&'static str; 3],
}

const PROJECT_HEADING: &[HeadingLine] = &[&[HeadingSlot::Project], &[HeadingSlot::Department, HeadingSlot::Unit]];

const PROJECT_FUNDS: &[(FundSource, &str)] = &[
    (FundSource::Total, "年度资金总额"),
    (FundSource::Fiscal, "其中：当年财政拨款"),
    (FundSource::Carryover, "　　　上年结转资金"),
    (FundSource::Other, "　　　其他资金"),
];

/// 财预〔2020〕10号 附件1.
const PROJECT: BlankFormWording = BlankFormWording {
    kind: TableKind::ProjectSelfEvaluation,
    sheet: "自评表",
    title: "项目支出绩效自评表",
    form: form_wording(TableKind::ProjectSelfEvaluation),
    heading: PROJECT_HEADING,
    fund_rows: PROJECT_FUNDS,
    management: &[],
    is_scored: true,
    has_fund_points: true,
    has_level_weights: true,
    has_grade: false,
    remark: None,
    signatures: ["填报人：", "联系电话：", "填报日期："],
};

/// The framework of 财预〔2020〕10号 附件2 in the frame of 附件1, as counties print it.
const DEPARTMENT: BlankFormWording = BlankFormWording {
    kind: TableKind::DepartmentEvaluation,
    sheet: "评价表",
    title: "项目支出绩效部门评价表",
    has_fund_points: false,
    has_level_weights: false,
    has_grade: true,
    signatures: ["评价人员：", "联系电话：", "评价日期："],
    ..PROJECT
};

/// The self-evaluation of all that a department spends.
const OVERALL: BlankFormWording = BlankFormWording {
    kind: TableKind::OverallSelfEvaluation,
    title: "部门整体支出绩效自评表",
    form: form_wording(TableKind::OverallSelfEvaluation),
    heading: &[&[HeadingSlot::Department, HeadingSlot::Unit]],
    has_level_weights: false,
    ..PROJECT
};

/// 转移支付区域（项目）绩效目标自评表: no points.
const TRANSFER: BlankFormWording = BlankFormWording {
    kind: TableKind::TransferSelfEvaluation,
    title: "转移支付区域（项目）绩效目标自评表",
    form: form_wording(TableKind::TransferSelfEvaluation),
    heading: &[
        &[HeadingSlot::Project],
        &[HeadingSlot::HigherDepartment],
        &[HeadingSlot::Department, HeadingSlot::Unit],
    ],
    fund_rows: &[
        (FundSource::Total, "年度资金总额："),
        (FundSource::Central, "其中：中央财政资金"),
        (FundSource::Local, "　　　地方资金"),
        (FundSource::Other, "　　　其他资金"),
    ],
    management: &[
        "分配科学性",
        "下达及时性",
        "拨付合规性",
        "使用规范性",
        "执行准确性",
        "预算绩效管理情况",
        "支出责任履行情况",
    ],
    is_scored: false,
    has_fund_points: false,
    has_level_weights: false,
    remark: Some("说明"),
    ..PROJECT
};

impl HeadingSlot {
    /// Returns its label in a form.
    pub const fn label(self, form: &FormWording) -> &'static str {
        match self {
            Self::Project => form.project,
            Self::Department => form.department,
            Self::Unit => form.unit,
            Self::HigherDepartment => "中央主管部门",
        }
    }
}

impl BlankFormWording {
    /// Returns the form of a kind; `None` for other kinds.
    pub const fn of(kind: TableKind) -> Option<&'static Self> {
        match kind {
            TableKind::ProjectSelfEvaluation => Some(&PROJECT),
            TableKind::DepartmentEvaluation => Some(&DEPARTMENT),
            TableKind::OverallSelfEvaluation => Some(&OVERALL),
            TableKind::TransferSelfEvaluation => Some(&TRANSFER),
            TableKind::Other => None,
        }
    }
}

/// 决策, 过程, 产出, 效益 with their 二级指标 (财预〔2020〕10号 附件2).
pub const EVALUATION_FRAME: &[(&str, &[&str])] = &[
    ("决策", &["项目立项", "绩效目标", "资金投入"]),
    ("过程", &["资金管理", "组织实施"]),
    ("产出", &["产出数量", "产出质量", "产出时效", "产出成本"]),
    ("效益", &["项目效益"]),
];

/// 一级指标 of self-evaluations where the standard leaves them open.
pub const SELF_EVALUATION_LEVELS: &[&str] = &["产出指标", "效益指标", "满意度指标"];

/// 二级指标 of a 一级指标 of self-evaluations. Where costs have their own 一级指标 (财预〔2021〕101号), 产出 has none of
/// them and 效益 no 可持续影响. Empty for a name that is not known.
pub fn second_levels(level1: &str, costs_apart: bool) -> &'static [&'static str] {
    let is = |word: &str| level1.contains(word);
    if is("成本") {
        &["经济成本指标", "社会成本指标", "生态环境成本指标"]
    } else if is("产出") && costs_apart {
        &["数量指标", "质量指标", "时效指标"]
    } else if is("产出") {
        &["数量指标", "质量指标", "时效指标", "成本指标"]
    } else if is("满意") {
        &["服务对象满意度指标"]
    } else if is("效益") && costs_apart {
        &["经济效益指标", "社会效益指标", "生态效益指标"]
    } else if is("效益") {
        &["经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"]
    } else {
        &[]
    }
}

/// Returns rows that a 二级指标 usually needs.
pub fn usual_rows(level2: &str) -> u32 {
    let is = |word: &str| level2.contains(word);
    if is("数量") {
        3
    } else if is("社会成本") || is("生态") || is("可持续") || is("满意") {
        1
    } else {
        2
    }
}
