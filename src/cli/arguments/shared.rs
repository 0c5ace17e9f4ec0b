//! The arguments and options that several commands share.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// `--forms`.
#[derive(Debug, Args)]
pub struct FormsOption {
    #[arg(
        long = "forms",
        value_name = "目录",
        help = "另外使用这个 .toml 文件，或这个文件夹里全部 .toml 文件的表式和词汇，\n可以写多次；写法请看 hebiao forms --help"
    )]
    pub folders: Vec<PathBuf>,
}

/// `--rules`.
#[derive(Debug, Args)]
pub struct RulesOption {
    #[arg(
        id = "rule_folders",
        long = "rules",
        value_name = "目录",
        help = "另外使用这个文件夹里自己写的规则（全部 .toml 文件），\n可以写多次；写法请看 hebiao rules --help"
    )]
    pub folders: Vec<PathBuf>,
}

/// `--targets` and `--payments`.
#[derive(Debug, Args)]
pub struct ReferencesOption {
    #[arg(
        long = "targets",
        value_name = "目标表",
        help = "批复的绩效目标表（文件，或放着这些表的文件夹），可以写多次；\n项目、单位、年度相符的，逐项核对指标、指标值和分值"
    )]
    pub targets: Vec<PathBuf>,
    #[arg(
        long = "payments",
        value_name = "支付明细",
        help = "按项目列出支付金额的清单（xlsx、csv 等），可以写多次；\n要有“项目名称”和“支付金额（元）”，合计与全年执行数核对"
    )]
    pub payments: Vec<PathBuf>,
}

/// What tables are checked by.
#[derive(Debug, Args)]
pub struct Basis {
    #[arg(
        long,
        value_name = "设置",
        help = "用这个设置文件；不写就用表格所在文件夹及其上各级里\n最近的 hebiao.toml"
    )]
    pub config: Option<PathBuf>,
    #[command(flatten)]
    pub standard: StandardOption,
    #[command(flatten)]
    pub forms: FormsOption,
    #[command(flatten)]
    pub rules: RulesOption,
    #[command(flatten)]
    pub references: ReferencesOption,
}

/// `--standard`.
#[derive(Debug, Args)]
pub struct StandardOption {
    #[arg(
        long = "standard",
        value_name = "标准",
        help = "按哪个评价标准核对：内置标准的名称，或自己写的 .toml 文件；\n不写就用 ministry-2020，部门评价、2019 年及以前的表自动选用相应的标准；\n全部请看 hebiao standards"
    )]
    pub standard: Option<PathBuf>,
}

/// `--report`.
#[derive(Debug, Args)]
pub struct ReportsOption {
    #[arg(
        long = "report",
        value_name = "报告",
        help = "与表核对的评价报告（docx 或纯文本），可以写多次；\n不写时，同一个 Word 文件里的报告、同一批文件里\n项目和年度相符的报告也会核对"
    )]
    pub reports: Vec<PathBuf>,
    #[arg(
        long,
        value_name = "文件夹",
        help = "佐证材料文件夹，可以写多次：指标行或报告写明的附件、佐证材料，\n在里面有没有名称相近的文件（规则 J13，只看文件名）"
    )]
    pub evidence: Vec<PathBuf>,
}

/// `--confirm-reading`.
#[derive(Debug, Args)]
pub struct ConfirmOption {
    #[arg(
        long,
        help = "用另一读取程序把每个文件再读一次，逐格比对（xlsx、xlsm、\nxlsb、xls、ods；convert 和 inspect 总是这样做）"
    )]
    pub confirm_reading: bool,
}

/// `--explanations`.
#[derive(Debug, Args)]
pub struct ExplanationsOption {
    #[arg(
        long = "explanations",
        value_name = "清单",
        help = "读回填了“单位说明”“处理意见”的差异清单（xlsx、csv 或\njson），可以写多次；说明过的问题标为已说明，另行计数"
    )]
    pub filled_in: Vec<PathBuf>,
}

/// `--fail-on`.
#[derive(Debug, Args)]
pub struct FailOnOption {
    #[arg(
        long,
        value_name = "级别",
        default_value = "error",
        help = "有这一级及以上的问题就以 1 退出：\nerror 错误（默认），warning 预警，info 提示，never 从不；\n已说明的预警和提示不算，错误说明了仍须改正，照算",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub fail_on: FailOn,
}

/// `--color`.
#[derive(Debug, Args)]
pub struct ColorOption {
    #[arg(
        long,
        value_name = "何时",
        default_value = "auto",
        help = "颜色：auto 在终端上用（默认），always 总用，never 不用；\nauto 遵从环境变量 NO_COLOR",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub color: When,
}

/// `--format` of commands whose output is a text or one JSON document.
#[derive(Debug, Args)]
pub struct FormatOption {
    #[arg(
        long,
        value_name = "格式",
        default_value = "text",
        help = "输出格式：text 文字（默认），json",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub format: Format,
}

/// How the other commands print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
}

/// The least level that makes a run fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    Error,
    Warning,
    Info,
    Never,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum When {
    Auto,
    Always,
    Never,
}
