//! The arguments of `hebiao template`.

use std::fmt::Display;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, ValueEnum};
use hebiao::model::TableKind;

use super::Basis;

/// `hebiao template`.
#[derive(Debug, Args)]
pub struct Template {
    #[arg(
        value_name = "种类",
        help = "哪一种表：项目支出自评、部门评价、整体支出自评、转移支付自评\n（或 project_self_evaluation、department_evaluation、\noverall_self_evaluation、transfer_self_evaluation）",
        hide_possible_values = true
    )]
    pub kind: TemplateKind,
    #[arg(short, long, value_name = "文件", help = "写到哪个 .xlsx 文件；写 - 就写到标准输出")]
    pub output: PathBuf,
    #[arg(long, help = "覆盖已有的文件")]
    pub force: bool,
    #[arg(
        long,
        value_name = "年度",
        value_parser = year,
        help = "表上的年度，如 2024；不写就用 --from 里的，都没有就留空"
    )]
    pub year: Option<i32>,
    #[arg(
        long,
        value_name = "单位",
        help = "填表单位的名称；不写就用 --from 里的，都没有就留空"
    )]
    pub unit: Option<String>,
    #[arg(
        long,
        value_name = "目标表",
        help = "从批复的绩效目标表（或规范表、上年的表）取项目名称、单位、\n资金、指标、指标值、计量单位和分值；取来的指标锁定"
    )]
    pub from: Option<PathBuf>,
    #[arg(
        long,
        value_name = "行数",
        value_parser = rows,
        help = "每个二级指标留几行；不写就按二级指标留 1 至 3 行，\n有 --from 时只留取来的行"
    )]
    pub rows: Option<u32>,
    #[command(flatten)]
    pub basis: Basis,
}

/// The kinds of table that have a blank form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TemplateKind {
    #[value(name = "项目支出自评", alias = "project_self_evaluation")]
    Project,
    #[value(name = "部门评价", alias = "department_evaluation")]
    Department,
    #[value(name = "整体支出自评", alias = "overall_self_evaluation")]
    Overall,
    #[value(name = "转移支付自评", alias = "transfer_self_evaluation")]
    Transfer,
}

impl From<TemplateKind> for TableKind {
    fn from(kind: TemplateKind) -> Self {
        match kind {
            TemplateKind::Project => Self::ProjectSelfEvaluation,
            TemplateKind::Department => Self::DepartmentEvaluation,
            TemplateKind::Overall => Self::OverallSelfEvaluation,
            TemplateKind::Transfer => Self::TransferSelfEvaluation,
        }
    }
}

fn year(text: &str) -> Result<i32, String> {
    whole(text, 1990..=2100)
}

fn rows(text: &str) -> Result<u32, String> {
    whole(text, 1..=50)
}

fn whole<T: FromStr + PartialOrd + Display>(text: &str, range: RangeInclusive<T>) -> Result<T, String> {
    let number = text.trim().parse().ok().filter(|number| range.contains(number));
    number.ok_or_else(|| format!("要写 {} 到 {} 的整数", range.start(), range.end()))
}
