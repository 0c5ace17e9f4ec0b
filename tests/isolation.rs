//! A worker that is killed, or stopped, over a file costs that file only; and the manual says what the limits are.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod common;

use hebiao::read::Limits;

#[test]
fn the_manual_states_the_limits() {
    let manual = include_str!("../docs/手册.md");
    let line = manual
        .lines()
        .find(|line| line.starts_with("- 一个文件最多："))
        .unwrap();
    let limits = Limits::default();
    let mebibytes = |bytes: u64| format!("{} MB", bytes / (1024 * 1024));
    for stated in [
        format!("一个文件最多：{}", mebibytes(limits.file_bytes)),
        format!("单个部件 {}", mebibytes(limits.part_bytes)),
        format!("合计 {}", mebibytes(limits.unpacked_bytes)),
        format!("{} 张工作表", limits.sheets),
        format!("{} 个有内容的单元格", limits.cells),
        format!("{} 个合并区域", limits.merges),
        format!("{} 条批注", limits.notes),
        format!("一格 {} 字", limits.text_length),
        format!("全部文字 {}", mebibytes(limits.text_bytes as u64)),
        format!("嵌套 {} 层", limits.xml_depth),
    ] {
        assert!(line.contains(&stated), "{stated}: {line}");
    }
}

#[cfg(target_os = "linux")]
mod killed {
    use std::path::Path;
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};

    use serde_json::Value;

    use crate::common::{CLEAN, Folder};

    const GOOD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/部门评价表-信丰.xls");

    /// An ods that takes a while: many filled cells.
    fn slow(folder: &Folder) -> String {
        use std::io::Write as _;
        let cell =
            "<table:table-cell office:value-type=\"string\"><text:p>绩效指标说明文字</text:p></table:table-cell>";
        let row = format!("<table:table-row>{}</table:table-row>", cell.repeat(100));
        let content = format!(
            "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
             xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\">\
             <office:body><office:spreadsheet><table:table table:name=\"a\">{}</table:table></office:spreadsheet></office:body></office:document-content>",
            row.repeat(2_900)
        );
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        for (name, part) in [
            ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
            ("content.xml", content.as_str()),
        ] {
            zip.start_file(name, options).unwrap();
            zip.write_all(part.as_bytes()).unwrap();
        }
        folder.file("慢.ods", &zip.finish().unwrap().into_inner())
    }

    /// The workers of a running program: the children of its threads, told by their command line.
    fn workers(program: u32) -> Vec<String> {
        let is_worker = |id: &&str| {
            let words = std::fs::read(Path::new("/proc").join(id).join("cmdline")).unwrap_or_default();
            String::from_utf8_lossy(&words).contains("__read-workbook")
        };
        let Ok(threads) = std::fs::read_dir(format!("/proc/{program}/task")) else {
            return Vec::new();
        };
        threads
            .filter_map(|thread| std::fs::read_to_string(thread.ok()?.path().join("children")).ok())
            .flat_map(|children| {
                let workers = children.split_whitespace().filter(is_worker).map(str::to_owned);
                workers.collect::<Vec<_>>()
            })
            .collect()
    }

    #[test]
    fn a_worker_that_is_killed_costs_its_file_only() {
        let folder = Folder::new();
        let slow = slow(&folder);
        let output = folder.path("结果.json");
        let mut program = Command::new(env!("CARGO_BIN_EXE_hebiao"))
            .args(["check", "--threads", "1", "--format", "json", CLEAN, &slow, GOOD])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .stdout(std::fs::File::create(&output).unwrap())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let start = Instant::now();
        let worker = loop {
            if let Some(worker) = workers(program.id()).pop() {
                break worker;
            }
            assert!(start.elapsed() < Duration::from_secs(60), "no worker was started");
            std::thread::sleep(Duration::from_millis(2));
        };
        assert!(Command::new("kill").args(["-9", &worker]).status().unwrap().success());
        let status = program.wait().unwrap();
        let report: Value = serde_json::from_str(&std::fs::read_to_string(&output).unwrap()).unwrap();
        let of = |index: usize, key: &str| report["files"][index][key].as_str().unwrap_or_default().to_owned();
        assert_eq!(status.code(), Some(3));
        assert_eq!(
            [of(0, "status"), of(1, "status"), of(2, "status")],
            ["clean", "unreadable", "findings"]
        );
        assert_eq!(report["files"][1]["error"]["code"], "damaged");
        assert!(workers(program.id()).is_empty());
    }
}
