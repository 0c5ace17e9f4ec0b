//! Lines of results back to reports.

use std::io::BufRead;

use hebiao::report::FileReport;

/// One report a line; empty lines are passed over. A bad line is one sentence.
pub fn read(reader: impl BufRead) -> impl Iterator<Item = Result<FileReport, String>> {
    (1..)
        .zip(reader.split(b'\n'))
        .filter(|(_, line)| !line.as_ref().is_ok_and(|line| line.trim_ascii().is_empty()))
        .map(|(number, line): (usize, _)| {
            let line = line.map_err(|_| format!("第 {number} 行读不了，磁盘或网络出错。"))?;
            serde_json::from_slice(&line).map_err(|_| {
                format!("第 {number} 行不是一个文件的核对结果；请用 hebiao check --format ndjson 重新生成。")
            })
        })
}
