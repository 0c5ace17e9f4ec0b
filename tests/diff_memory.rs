//! A comparison of two batches keeps few bytes a table in memory: what was compared waits on disk.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod common;

use common::{Folder, peak};

/// Writes so many tables, each of another unit and project; those handed in again have another score and reason.
fn write_batch(folder: &Folder, batch: &str, count: usize, is_later: bool) {
    let score = if is_later { 18 } else { 20 };
    for number in 0..count {
        let mut text = format!(
            "项目支出绩效自评表\n（2023年度）\n项目名称,第{number}号培训项目\n\
             主管部门,第{number}号局,实施单位,第{number}号中心\n\
             一级指标,二级指标,三级指标,年度指标值,实际完成值,分值,得分,偏差原因分析及改进措施\n"
        );
        for indicator in 0..10 {
            text.push_str(&format!(
                "产出指标,数量指标,第{indicator}期培训人数,≥50人,{}人,20,{score},第{number}号单位第{indicator}期的说明\n",
                40 + indicator
            ));
        }
        text.push_str("总分,,,,,100,90,\n");
        folder.file(&format!("{batch}/{}/第{number}号表.csv", number % 40), text.as_bytes());
    }
}

/// The most memory of a comparison of so many tables, by one thread: what several hold at once depends on who is faster.
fn peak_of(folder: &Folder, count: usize, more: &[&str]) -> u64 {
    let [old, new] = [(false, "原"), (true, "新")].map(|(is_later, batch)| {
        let batch = format!("{count}{batch}");
        if !folder.path(&batch).exists() {
            write_batch(folder, &batch, count, is_later);
        }
        folder.word(&batch)
    });
    let mut words = vec!["diff", &old, &new, "--threads", "1", "--fail-on", "never"];
    words.extend(more);
    peak(&words, 0)
}

/// A pair of tables more costs less than this: above the paths and marks that are kept of the two and what buffers still
/// take at these numbers, far below what their comparison says, which is about 40,000.
const BYTES: u64 = 8_192;
const FEW: usize = 200;
const MANY: usize = 600;

#[test]
fn batches_of_more_tables_take_hardly_more_memory() {
    let folder = Folder::new();
    let workbook = folder.word("对比.xlsx");
    for more in [
        ["--format", "text"].as_slice(),
        &["--format", "json"],
        &["--force", "-o", &workbook],
    ] {
        let (few, many) = (peak_of(&folder, FEW, more), peak_of(&folder, MANY, more));
        let growth = many.saturating_sub(few) / (MANY - FEW) as u64;
        assert!(
            growth < BYTES,
            "{more:?}: {growth} bytes a pair, from {few} to {many} in all"
        );
    }
}
