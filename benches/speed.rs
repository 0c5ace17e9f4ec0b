//! How fast, as ratios in one run: `cargo bench --bench speed`, or `-- 20000` for that many files.
//!
//! One table in memory against calamine reading it and the library writing it; then a county of mixed files through the
//! program, with one thread and two, and against `openpyxl_sum.py` where Python and openpyxl are at hand.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

#[path = "../tests/support/biff.rs"]
mod biff;
mod county;
#[path = "../tests/support/ods.rs"]
mod ods;
#[path = "../tests/support/package.rs"]
mod package;
mod peers;
#[path = "../tests/support/table_writers.rs"]
mod table_writers;

use std::hint::black_box;
use std::io::Cursor;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use calamine::{Reader, Xlsx};
use hebiao::grid::CellValue;
use hebiao::prose::ReportText;
use hebiao::read::{Limits, read_confirmed, read_workbook};
use hebiao::standard::Standard;
use hebiao::write::{ListFormat, ReportWriter, Sources, TextEncoding, discrepancy_list, normalized_workbook};
use hebiao::{CheckOptions, check_bytes, check_bytes_with};

/// The program's own allocator, for everyone here.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ROUNDS: usize = 60;

fn main() {
    let files = std::env::args()
        .skip(1)
        .find_map(|word| word.parse().ok())
        .unwrap_or(2_000);
    peers::one_file();
    one_table();
    one_report();
    let folder = tempfile::tempdir().unwrap();
    let counted = county::write(folder.path(), files);
    println!("\n县：{counted}");
    whole_run(folder.path());
    peers::folders(&folder.path().join("同样的文件"));
    start(folder.path());
}

/// The median time of each piece of work, all of them taken in turn in every round.
fn medians(work: &mut [(&str, &mut dyn FnMut())]) -> Vec<Duration> {
    let mut times: Vec<Vec<Duration>> = vec![Vec::with_capacity(ROUNDS); work.len()];
    for round in 0..ROUNDS + 5 {
        for (index, (_, run)) in work.iter_mut().enumerate() {
            let start = Instant::now();
            run();
            if round >= 5 {
                times[index].push(start.elapsed());
            }
        }
    }
    times
        .into_iter()
        .map(|mut times| {
            times.sort_unstable();
            times[times.len() / 2]
        })
        .collect()
}

fn one_table() {
    let bytes = county::xlsx(&county::sheet(7));
    let standard = Standard::ministry();
    let report = check_bytes("表.xlsx", &bytes, standard).report;
    assert_eq!(report.tables.len(), 1);
    let (normalized, list) = (
        normalized_workbook(&report).unwrap(),
        discrepancy_list(&report, "表").unwrap(),
    );
    let written = [cells_of(&normalized), cells_of(&list)].concat();
    let options = CheckOptions::new(standard);
    let mut twice = options;
    twice.read_confirmed = Some(read_confirmed);
    let times = medians(&mut [
        ("calamine", &mut || {
            let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes.as_slice())).unwrap();
            let name = workbook.sheet_names()[0].clone();
            black_box(workbook.worksheet_range(&name).unwrap());
            black_box(workbook.merge_cells_by_sheet_name(&name).unwrap());
        }),
        ("读", &mut || {
            black_box(read_workbook(&bytes, Some("表.xlsx"), &Limits::default()).unwrap());
        }),
        ("读和核对", &mut || {
            black_box(check_bytes_with("表.xlsx", &bytes, &options));
        }),
        ("写同样的格", &mut || {
            black_box(plain(&written));
        }),
        ("读、核对、写", &mut || {
            let report = check_bytes_with("表.xlsx", &bytes, &options).report;
            let writer = ReportWriter::new(&report);
            black_box(writer.normalized_workbook(Sources::default()).unwrap());
            black_box(writer.list(ListFormat::Xlsx, "表", TextEncoding::Utf8).unwrap());
        }),
        ("读两次并核对", &mut || {
            black_box(check_bytes_with("表.xlsx", &bytes, &twice));
        }),
        ("读两次、核对、写", &mut || {
            let report = check_bytes_with("表.xlsx", &bytes, &twice).report;
            let writer = ReportWriter::new(&report);
            black_box(writer.normalized_workbook(Sources::default()).unwrap());
            black_box(writer.list(ListFormat::Xlsx, "表", TextEncoding::Utf8).unwrap());
        }),
    ]);
    let micros = |time: Duration| format!("{:.0} 微秒", time.as_secs_f64() * 1e6);
    let ratio = |one: Duration, other: Duration| one.as_secs_f64() / other.as_secs_f64();
    let cells = check_bytes("表.xlsx", &bytes, standard).report.tables[0]
        .coverage
        .filled;
    println!(
        "一张表（{cells} 个有字格，{} 字节），{ROUNDS} 轮的中位数：",
        bytes.len()
    );
    println!("  calamine 打开、取区域和合并区域　{}", micros(times[0]));
    println!(
        "  读　　　　　　　　　　　　　　　　{}　是前者的 {:.2} 倍",
        micros(times[1]),
        ratio(times[1], times[0])
    );
    println!(
        "  读和核对　　　　　　　　　　　　　{}　是前者的 {:.2} 倍",
        micros(times[2]),
        ratio(times[2], times[0])
    );
    println!(
        "  rust_xlsxwriter 写同样的 {} 格　{}",
        written.iter().map(Vec::len).sum::<usize>(),
        micros(times[3])
    );
    println!(
        "  读一次、核对、写规范表和清单　　　{}　是读和核对的 {:.1} 倍，（读和核对＋写同样的格）的 {:.2} 倍",
        micros(times[4]),
        ratio(times[4], times[2]),
        ratio(times[4], times[2] + times[3])
    );
    println!(
        "  双读核对　　　　　　　　　　　　　多用 {}　是读和核对的 {:.2} 倍、读核对写的 {:.2} 倍",
        micros(times[5].saturating_sub(times[2])),
        ratio(times[5].saturating_sub(times[2]), times[2]),
        ratio(times[5].saturating_sub(times[2]), times[4])
    );
    println!(
        "  连双读核对在内：读、核对、写　　　{}　是读和核对的 {:.1} 倍",
        micros(times[6]),
        ratio(times[6], times[2])
    );
}

/// A report of 20 pages beside the table: reading its file, and its paragraphs and claims.
fn one_report() {
    const PAGES: usize = 20;
    const CHARACTERS_A_PAGE: usize = 700;
    let source = include_str!("../tests/prose/county_report.txt");
    let mut characters = 0;
    let paragraphs: String = source
        .lines()
        .cycle()
        .take_while(|line| {
            characters += line.chars().count();
            characters < PAGES * CHARACTERS_A_PAGE
        })
        .map(|line| format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", table_writers::escape(line)))
        .collect();
    let document = table_writers::docx(&paragraphs);
    let table = county::xlsx(&county::sheet(7));
    let blocks = read_workbook(&document, Some("报告.docx"), &Limits::default())
        .unwrap()
        .text;
    let claims = ReportText::new("报告.docx", &blocks).claims.len();
    assert!(claims > 100, "{claims}");
    let times = medians(&mut [
        ("读表", &mut || {
            black_box(read_workbook(&table, Some("表.xlsx"), &Limits::default()).unwrap());
        }),
        ("读报告", &mut || {
            black_box(read_workbook(&document, Some("报告.docx"), &Limits::default()).unwrap());
        }),
        ("段落和数", &mut || {
            black_box(ReportText::new("报告.docx", &blocks));
        }),
    ]);
    let both = times[1] + times[2];
    println!(
        "一份 {PAGES} 页的文字报告（{claims} 处可核对的数）：\n  读文件　{:.2} 毫秒；取段落和数　{:.2} 毫秒；一共是读一张表的 {:.1} 倍",
        times[1].as_secs_f64() * 1e3,
        times[2].as_secs_f64() * 1e3,
        both.as_secs_f64() / times[0].as_secs_f64()
    );
}

type Written = (u32, u16, CellValue);

fn cells_of(bytes: &[u8]) -> Vec<Vec<Written>> {
    let workbook = read_workbook(bytes, Some("a.xlsx"), &Limits::default()).unwrap();
    let cells = |sheet: &hebiao::grid::Sheet| {
        let cell = |cell: &hebiao::grid::Cell| (cell.address.row, cell.address.column as u16, cell.value.clone());
        sheet.cells().iter().map(cell).collect()
    };
    workbook.sheets.iter().map(cells).collect()
}

/// The same cells as the library writes them, in one workbook, with one format.
fn plain(sheets: &[Vec<Written>]) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let format = rust_xlsxwriter::Format::new().set_text_wrap();
    for cells in sheets {
        let worksheet = workbook.add_worksheet();
        for (row, column, value) in cells {
            match value {
                CellValue::Text(text) => worksheet.write_string_with_format(*row, *column, text, &format),
                CellValue::Number(number) => {
                    let number: f64 = number.to_string().parse().unwrap();
                    worksheet.write_number_with_format(*row, *column, number, &format)
                }
                _ => worksheet.write_blank(*row, *column, &format),
            }
            .unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

fn hebiao() -> Command {
    Command::new(env!("CARGO_BIN_EXE_hebiao"))
}

/// Runs to its end; how long, and the most memory of the program or a child of it, in MB.
fn timed(command: &mut Command) -> (Duration, u64) {
    use wait4::Wait4;
    let start = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let usage = child.wait4().unwrap();
    (start.elapsed(), usage.rusage.maxrss / 1024 / 1024)
}

fn whole_run(folder: &Path) {
    let check = |threads: &str| {
        let mut command = hebiao();
        command
            .args(["check", "--format", "ndjson", "--threads", threads])
            .arg(folder);
        timed(&mut command)
    };
    check("2");
    let (one, memory) = check("1");
    let mut twice = hebiao();
    twice
        .args(["check", "--format", "ndjson", "--confirm-reading", "--threads", "1"])
        .arg(folder);
    let second_reading = timed(&mut twice).0.saturating_sub(one);
    let (two, _) = check("2");
    println!("  核对全部，1 个线程　{:.2} 秒，最多 {memory} MB", one.as_secs_f64());
    println!(
        "  核对全部，2 个线程　{:.2} 秒，快 {:.2} 倍",
        two.as_secs_f64(),
        one.as_secs_f64() / two.as_secs_f64()
    );
    let writes = |command: &str, output: &str, threads: &str| {
        // A folder for each run: what an earlier one wrote would be read before it is replaced.
        let outputs = tempfile::tempdir().unwrap();
        let mut program = hebiao();
        program
            .args([command, "--no-progress", "--force", "--threads", threads, "-o"])
            .arg(outputs.path().join(output))
            .arg(folder);
        timed(&mut program)
    };
    let mut sums = Vec::new();
    for (name, command, output) in [("转换", "convert", "结果"), ("汇总", "summarize", "汇总.xlsx")] {
        let (one_thread, memory) = writes(command, output, "1");
        let (two_threads, _) = writes(command, output, "2");
        println!(
            "  {name}全部，1 个线程　{:.2} 秒，是核对的 {:.1} 倍，最多 {memory} MB；2 个线程　{:.2} 秒，快 {:.2} 倍",
            one_thread.as_secs_f64(),
            one_thread.as_secs_f64() / one.as_secs_f64(),
            two_threads.as_secs_f64(),
            one_thread.as_secs_f64() / two_threads.as_secs_f64()
        );
        if command == "convert" {
            println!(
                "  　其中双读核对（核对时加它多用的时间）{:.2} 秒；不算它，转换是核对的 {:.1} 倍",
                second_reading.as_secs_f64(),
                one_thread.saturating_sub(second_reading).as_secs_f64() / one.as_secs_f64()
            );
        }
        sums = vec![one_thread, two_threads];
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/openpyxl_sum.py");
    let has_openpyxl = Command::new("python3")
        .args(["-c", "import openpyxl"])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if has_openpyxl {
        let (python, _) = timed(Command::new("python3").arg(script).arg(folder));
        println!(
            "  openpyxl 脚本（只读 xlsx，求和）　{:.2} 秒；核对全部（2 个线程）快 {:.0} 倍",
            python.as_secs_f64(),
            python.as_secs_f64() / two.as_secs_f64()
        );
        let ratios: Vec<f64> = sums
            .iter()
            .map(|sum| python.as_secs_f64() / sum.as_secs_f64())
            .collect();
        println!(
            "  汇总全部比 openpyxl 脚本快：1 个线程 {:.0} 倍，2 个线程 {:.0} 倍",
            ratios[0], ratios[1]
        );
    } else {
        println!("  没有 Python 和 openpyxl，不比较");
    }
}

/// Starting the program and checking one small file.
fn start(folder: &Path) {
    let file = folder.join("单个.xlsx");
    std::fs::write(&file, county::xlsx(&county::sheet(1))).unwrap();
    let mut times: Vec<Duration> = (0..21).map(|_| timed(hebiao().arg("check").arg(&file)).0).collect();
    times.sort_unstable();
    println!(
        "  启动并核对一个文件　{:.1} 毫秒（21 次的中位数）",
        times[10].as_secs_f64() * 1e3
    );
}
