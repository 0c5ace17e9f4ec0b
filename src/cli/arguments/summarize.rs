//! The arguments of `hebiao summarize`.

use std::path::{Path, PathBuf};

use chrono::{Datelike, NaiveDate};
use clap::{Args, ValueEnum};

use super::{Basis, BatchOptions, ConfirmOption, FailOn, Files};

/// How to use it.
pub const SUMMARIZE_HELP: &str = "\
示例：
  hebiao summarize 报送 -o 汇总.xlsx --roster 名单.xlsx --previous 上年汇总.xlsx
  hebiao check 报送 --format ndjson --output 结果.ndjson
  hebiao summarize --from 结果.ndjson -o 汇总.xlsx
  hebiao summarize --from 结果.ndjson --notices 修改通知 --dataset 数据集

名单的第一行（或前几行中的一行）是表头，要有“项目名称”或“单位名称”，可以另有“主管部门”
“实施单位”“预算数（万元）”“年度”；名称大致相同的自动对上，拿不准的列出来请人确认。
有文件读不了时，它在“未能读取”中占一行，其余照常汇总，程序以 3 结束。
有问题的表是汇总要列的内容，不算失败；要它以 1 结束，请加 --fail-on error。";

/// `hebiao summarize`.
#[derive(Debug, Args)]
pub struct Summarize {
    #[arg(
        value_name = "文件",
        help = "要汇总的表格文件、文件夹（连同各级子文件夹）、zip 压缩包，\n或 '*.xlsx' 这样的写法，可以多个"
    )]
    pub files: Vec<PathBuf>,
    #[arg(
        long,
        value_name = "清单",
        help = "另外汇总这个文本文件里列出的文件或文件夹，每行一个路径；\n写 - 就从标准输入读清单"
    )]
    pub files_from: Option<PathBuf>,
    #[arg(
        long,
        value_name = "结果",
        num_args = 1..,
        help = "从 check --format ndjson 的结果汇总，可以多个，\n先后和分法不影响汇总"
    )]
    pub from: Vec<PathBuf>,
    #[arg(
        short,
        long,
        value_name = "文件",
        help = "写到哪个文件；- 表示标准输出（xlsx 以外的格式可以不写 -o）"
    )]
    pub output: Option<PathBuf>,
    #[arg(
        long,
        value_name = "格式",
        help = "输出格式：xlsx 工作簿，csv 项目汇总表，json 全部内容，\nndjson 每张表一行；不写就按 -o 的扩展名，默认 xlsx",
        hide_possible_values = true
    )]
    pub format: Option<SummaryFormat>,
    #[arg(
        long,
        value_name = "文件夹",
        help = "给每个有错误、预警或者文件读不了的单位写一份修改通知\n（docx），放在这个文件夹里；只写这些时可以不写 -o"
    )]
    pub notices: Option<PathBuf>,
    #[arg(
        long,
        value_name = "日期",
        value_parser = deadline,
        requires = "notices",
        help = "修改通知里的报送期限，如 2026-12-15；不写就留空手填"
    )]
    pub deadline: Option<String>,
    #[arg(
        long,
        value_name = "单位",
        requires = "notices",
        help = "修改通知的发文单位；不写就留空"
    )]
    pub issuer: Option<String>,
    #[arg(
        long,
        value_name = "联系人",
        requires = "notices",
        help = "修改通知里的联系人和电话；不写就留空"
    )]
    pub contact: Option<String>,
    #[arg(
        long,
        value_name = "文件夹",
        help = "把评价表、指标、资金和差异写成 Parquet 数据集，\n供 DuckDB、pandas、Spark 分析；只写这些时可以不写 -o"
    )]
    pub dataset: Option<PathBuf>,
    #[arg(long, value_name = "名单", help = "应报名单（xlsx、csv 等），列出未报的和覆盖率")]
    pub roster: Option<PathBuf>,
    #[arg(
        long,
        value_name = "上年",
        help = "上年的结果（ndjson）或汇总（xlsx），逐个项目与上年比较"
    )]
    pub previous: Option<PathBuf>,
    #[command(flatten)]
    pub basis: Basis,
    #[command(flatten)]
    pub batch: BatchOptions,
    #[command(flatten)]
    pub confirm: ConfirmOption,
    #[arg(long, help = "覆盖已有的结果文件")]
    pub force: bool,
    #[arg(
        long,
        value_name = "级别",
        default_value = "never",
        help = "有这一级及以上的问题就以 1 退出：\nerror 错误，warning 预警，info 提示，never 从不（默认）",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub fail_on: FailOn,
}

/// How a summary is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SummaryFormat {
    Xlsx,
    Csv,
    Json,
    Ndjson,
}

impl Summarize {
    /// Returns the inputs as other commands name them.
    pub fn inputs(&self) -> Files {
        Files {
            files: self.files.clone(),
            files_from: self.files_from.clone(),
        }
    }

    /// Returns whether there is to be a summary: not where only notices or a dataset are asked for.
    pub const fn wants_summary(&self) -> bool {
        let has_others = self.notices.is_some() || self.dataset.is_some();
        self.output.is_some() || self.format.is_some() || !has_others
    }

    /// Returns why the format asked for and the output's extension cannot both be meant.
    pub fn contradiction(&self) -> Option<String> {
        let (format, output) = (self.format?, self.output.as_deref()?);
        let by_extension = format_of(output)?;
        (format != by_extension).then(|| {
            let name = format.to_possible_value().map(|value| value.get_name().to_owned());
            let name = name.unwrap_or_default();
            format!(
                "--format {name} 与 -o {} 的扩展名不一致，写出来会打不开；请去掉 --format，或把扩展名改成 .{name}",
                output.display()
            )
        })
    }

    /// Returns the format asked for, else the one that the output's extension calls for.
    pub fn wanted_format(&self) -> SummaryFormat {
        let by_extension = || format_of(self.output.as_deref()?);
        self.format.or_else(by_extension).unwrap_or(SummaryFormat::Xlsx)
    }
}

fn format_of(output: &Path) -> Option<SummaryFormat> {
    match output.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "xlsx" => Some(SummaryFormat::Xlsx),
        "csv" => Some(SummaryFormat::Csv),
        "json" => Some(SummaryFormat::Json),
        "ndjson" | "jsonl" => Some(SummaryFormat::Ndjson),
        _ => None,
    }
}

/// Returns a date as letters write it.
fn deadline(text: &str) -> Result<String, String> {
    let text = text.trim();
    ["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y%m%d"]
        .into_iter()
        .find_map(|form| NaiveDate::parse_from_str(text, form).ok())
        .map(|date| format!("{}年{}月{}日", date.year(), date.month(), date.day()))
        .ok_or_else(|| "要写日期，如 2026-12-15".to_owned())
}
