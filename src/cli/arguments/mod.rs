//! Every command, argument and option, once: one file a command, the options that several share in one.

mod about;
mod batch;
mod check;
mod convert;
mod diff;
mod forms;
mod help;
mod inspect;
mod shared;
mod summarize;
mod template;

pub use about::{
    CompletedShell, Completions, Config, ConfigCommand, ConfigShow, Explain, Rules, RulesCheck, RulesCommand, Schema,
    SchemaName, Standards,
};
pub use batch::{BatchOptions, Files};
pub use check::{Check, CheckFormat, Level, ShownOptions};
pub use convert::{Convert, TableFormat};
pub use diff::{Diff, DiffFormat};
pub use forms::{Forms, FormsCheck, FormsCommand, FormsLearn};
pub use inspect::{Inspect, InspectFormat};
pub use shared::{
    Basis, ColorOption, ConfirmOption, ExplanationsOption, FailOn, FailOnOption, Format, FormatOption, FormsOption,
    ReportsOption, RulesOption, When,
};
pub use summarize::{Summarize, SummaryFormat};
pub use template::Template;

use clap::{ArgAction, Parser, Subcommand};

use self::help::{
    BATCH_HELP, COMPLETIONS_HELP, FORMS_HELP, RULES_HELP, SETTINGS_HELP, STANDARDS_HELP, TEMPLATE_EXAMPLES,
};
use self::summarize::SUMMARIZE_HELP;
use crate::isolate;

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "hebiao",
    version,
    about = "核表：读取预算绩效评价表，复算得分，核对勾稽关系，写出规范表和差异清单",
    after_help = "退出码：\n  \
                  0  没有达到 --fail-on 的问题\n  \
                  1  有这样的问题\n  \
                  2  用法有误，或内部错误\n  \
                  3  有文件读不了、认不出，或没有可核对的表\n\n\
                  命令也可以写中文：核对、转换、汇总、查看、对比、空白表、表式、标准、设置、规则、解释、格式、补全、手册。\n\
                  不写命令、只写文件或文件夹，就核对它们，把规范表和差异清单写进旁边的“核对结果”。\n\n\
                  示例：\n  hebiao 核对 自评表.xlsx\n  hebiao check 自评表.xlsx\n  hebiao convert 自评表.xlsx -o 核对结果\n  hebiao convert 各单位报送 -o 核对结果",
    override_usage = "hebiao <命令> [参数]…",
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    arg_required_else_help = true
)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    #[arg(short, long, global = true, action = ArgAction::Help, help = "显示帮助")]
    help: Option<bool>,
    #[arg(short = 'V', long, action = ArgAction::Version, help = "显示版本")]
    version: Option<bool>,
}

/// The commands, in the order of the help.
#[derive(Debug, Subcommand)]
pub enum Command {
    #[command(
        alias = "核对",
        about = "核对表格，列出问题",
        override_usage = "hebiao check [选项] <文件或文件夹>…",
        after_help = BATCH_HELP
    )]
    Check(Check),
    #[command(
        alias = "转换",
        about = "核对表格，并写出规范表和差异清单",
        override_usage = "hebiao convert [选项] <文件或文件夹>… -o <目录>"
    )]
    Convert(Convert),
    #[command(
        alias = "汇总",
        about = "汇总许多表格：得分、等次、资金、问题、未报和重复",
        override_usage = "hebiao summarize [选项] <文件>… -o <汇总.xlsx>\n      hebiao summarize [选项] --from <结果>… -o <汇总.xlsx>",
        after_help = SUMMARIZE_HELP
    )]
    Summarize(Summarize),
    #[command(
        alias = "查看",
        about = "说明表格是怎样读的：表式、每一栏、每一格",
        override_usage = "hebiao inspect [选项] <文件>…"
    )]
    Inspect(Inspect),
    #[command(
        alias = "对比",
        about = "对比修改前后两次报送的表：问题解决了没有，改了哪些内容",
        override_usage = "hebiao diff [选项] <旧表> <新表>"
    )]
    Diff(Diff),
    #[command(
        alias = "空白表",
        about = "写一张空白的自评表或评价表，发给单位填写",
        override_usage = "hebiao template [选项] <种类> -o <文件>",
        after_help = TEMPLATE_EXAMPLES
    )]
    Template(Template),
    #[command(
        alias = "表式",
        about = "列出认得的表式，检查自己写的表式和词汇文件",
        override_usage = "hebiao forms [选项]\n      hebiao forms check [选项] <文件>",
        after_help = FORMS_HELP,
        args_conflicts_with_subcommands = true
    )]
    Forms(Forms),
    #[command(
        alias = "标准",
        about = "列出内置的评价标准，打印其中一个",
        override_usage = "hebiao standards [选项] [名称]",
        after_help = STANDARDS_HELP
    )]
    Standards(Standards),
    #[command(
        alias = "设置",
        about = "说明设置：现在用的是什么，从哪里来",
        override_usage = "hebiao config show [选项] [文件]",
        after_help = SETTINGS_HELP
    )]
    Config(Config),
    #[command(
        alias = "规则",
        about = "列出全部核对规则，检查自己写的规则",
        override_usage = "hebiao rules [选项]\n      hebiao rules check [选项] <文件或文件夹>…",
        after_help = RULES_HELP,
        args_conflicts_with_subcommands = true
    )]
    Rules(Rules),
    #[command(
        alias = "解释",
        about = "解释一条规则：查什么、依据、正误例、怎么改",
        override_usage = "hebiao explain [选项] <规则>"
    )]
    Explain(Explain),
    #[command(
        alias = "格式",
        about = "打印机器可读结果的格式说明（JSON Schema）",
        override_usage = "hebiao schema <名称>"
    )]
    Schema(Schema),
    #[command(
        alias = "补全",
        about = "打印命令补全脚本，让命令行程序用 Tab 键补全命令和选项",
        override_usage = "hebiao completions [选项] <bash|zsh|fish|powershell>",
        after_help = COMPLETIONS_HELP
    )]
    Completions(Completions),
    #[command(
        alias = "手册",
        about = "打印手册页（man 格式）",
        override_usage = "hebiao man [选项]",
        after_help = "示例：\n  hebiao man > ~/.local/share/man/man1/hebiao.1\n  man hebiao"
    )]
    Man,
    /// Not for people: this process reads files for another of its kind.
    #[command(name = isolate::COMMAND, hide = true)]
    ReadWorkbook,
}
