//! The inputs of the commands that take many files, and how they go through them.

use std::num::NonZero;
use std::path::PathBuf;

use clap::Args;

/// The inputs of a command.
#[derive(Debug, Args)]
pub struct Files {
    #[arg(
        value_name = "文件",
        required_unless_present = "files_from",
        num_args = 1..,
        help = "要核对的表格文件、文件夹（连同各级子文件夹）、zip 压缩包，\n或 '*.xlsx' 这样的写法，可以多个；- 表示从标准输入读"
    )]
    pub files: Vec<PathBuf>,
    #[arg(
        long,
        value_name = "清单",
        help = "另外核对这个文本文件里列出的文件或文件夹，每行一个路径；\n写 - 就从标准输入读清单"
    )]
    pub files_from: Option<PathBuf>,
}

/// How to go through many files.
#[derive(Debug, Args)]
pub struct BatchOptions {
    #[arg(
        long,
        value_name = "个数",
        value_parser = threads,
        help = "同时核对几个文件；不写就用全部处理器，结果都一样"
    )]
    pub threads: Option<NonZero<usize>>,
    #[arg(long, help = "不显示进度；输出不在终端上时本来就不显示")]
    pub no_progress: bool,
}

impl BatchOptions {
    /// As many as asked for, else one for each processor.
    pub fn threads(&self) -> NonZero<usize> {
        let all = || std::thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN);
        self.threads.unwrap_or_else(all)
    }
}

fn threads(text: &str) -> Result<NonZero<usize>, String> {
    let number = text.parse::<NonZero<usize>>().ok();
    number
        .filter(|number| number.get() <= 1024)
        .ok_or_else(|| "要写 1 到 1024 的整数".to_owned())
}
