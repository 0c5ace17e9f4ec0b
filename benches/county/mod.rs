//! A county's files made in code: tables of 60 rows in the ministry's form, some with mistakes, in mixed formats.

use std::path::Path;

use hebiao::grid::{Cell, CellAddress, CellRange, CellValue, Sheet};
use rust_decimal::Decimal;
use rust_xlsxwriter::{Format, FormatBorder, Workbook};

use crate::{biff, ods, table_writers};

const INDICATORS: u32 = 44;
const LEVELS: [(&str, &str, u32); 5] = [
    ("产出指标", "数量指标", 12),
    ("产出指标", "质量指标", 10),
    ("产出指标", "时效指标", 6),
    ("效益指标", "社会效益指标", 10),
    ("满意度指标", "服务对象满意度指标", 6),
];

struct Draft {
    cells: Vec<Cell>,
    merges: Vec<CellRange>,
}

impl Draft {
    fn text(&mut self, row: u32, column: u32, text: &str) {
        self.put(row, column, CellValue::Text(text.to_owned()), text.to_owned());
    }

    fn number(&mut self, row: u32, column: u32, number: Decimal) {
        self.put(row, column, CellValue::Number(number), number.normalize().to_string());
    }

    fn put(&mut self, row: u32, column: u32, value: CellValue, shown: String) {
        self.cells.push(Cell {
            address: CellAddress::new(row, column),
            shown_otherwise: value.shown_as(shown),
            value,
            shown_unsure: false,
            formula: None,
            number_format: None,
        });
    }

    fn merge(&mut self, first: (u32, u32), last: (u32, u32)) {
        self.merges.push(CellRange::new(
            CellAddress::new(first.0, first.1),
            CellAddress::new(last.0, last.1),
        ));
    }
}

/// A generator of the same numbers on every machine.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

/// The table of the project with this number: 60 rows, 10 columns.
pub fn sheet(number: u32) -> Sheet {
    let mut numbers = Numbers(u64::from(number) + 1);
    let mut draft = Draft {
        cells: Vec::new(),
        merges: Vec::new(),
    };
    draft.text(0, 0, "项目支出绩效自评表");
    draft.merge((0, 0), (0, 9));
    draft.text(1, 0, "（2023年度）");
    draft.merge((1, 0), (1, 9));
    draft.text(2, 0, "项目名称");
    draft.text(2, 1, &format!("第{number}号农村公路养护和人居环境整治项目"));
    draft.merge((2, 1), (2, 9));
    draft.text(3, 0, "主管部门");
    draft.text(3, 1, &format!("示例县第{}局", number % 40 + 1));
    draft.merge((3, 1), (3, 4));
    draft.text(3, 5, "实施单位");
    draft.text(3, 6, &format!("示例县第{number}中心"));
    draft.merge((3, 6), (3, 9));
    draft.text(4, 0, "项目资金（万元）");
    draft.merge((4, 0), (7, 0));
    for (column, head) in (3..).zip([
        "年初预算数",
        "全年预算数",
        "全年执行数",
        "分值",
        "执行率",
        "得分",
        "原因",
    ]) {
        draft.text(4, column, head);
    }
    let budget = Decimal::from(100 + numbers.below(900));
    for (row, label) in (5..).zip(["年度资金总额", "其中：当年财政拨款", "上年结转资金"]) {
        draft.text(row, 1, label);
        draft.merge((row, 1), (row, 2));
        let amount = if row == 7 { Decimal::ZERO } else { budget };
        for column in 3..6 {
            draft.number(row, column, amount);
        }
    }
    draft.number(5, 6, Decimal::TEN);
    draft.text(5, 7, "100%");
    draft.number(5, 8, Decimal::TEN);
    draft.text(8, 0, "年度总体目标");
    draft.merge((8, 0), (9, 0));
    draft.text(8, 1, "预期目标");
    draft.merge((8, 1), (8, 5));
    draft.text(8, 6, "实际完成情况");
    draft.merge((8, 6), (8, 9));
    draft.text(9, 1, "养护农村公路，整治村庄环境，群众出行条件明显改善。");
    draft.merge((9, 1), (9, 5));
    draft.text(9, 6, "已养护全部农村公路，完成村庄环境整治，群众出行条件改善。");
    draft.merge((9, 6), (9, 9));
    for (column, head) in (0..).zip([
        "绩效指标",
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "计量单位",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因分析及改进措施",
    ]) {
        draft.text(10, column, head);
    }
    draft.merge((10, 0), (10 + INDICATORS, 0));
    indicators(&mut draft, &mut numbers);
    draft.cells.sort_by_key(|cell| cell.address);
    Sheet::new("自评表", draft.cells, draft.merges)
}

fn indicators(draft: &mut Draft, numbers: &mut Numbers) {
    let weight = Decimal::new(200, 2);
    let mut total = Decimal::TEN;
    let mut row = 11;
    let mut index = 0;
    for (level1, level2, count) in LEVELS {
        draft.text(row, 1, level1);
        draft.merge((row, 1), (row + count - 1, 1));
        draft.text(row, 2, level2);
        draft.merge((row, 2), (row + count - 1, 2));
        for _ in 0..count {
            index += 1;
            let target = 20 + numbers.below(80);
            let missed = numbers.below(12) == 0;
            let actual = if missed { target / 2 } else { target };
            let points = if index > 42 { Decimal::from(3) } else { weight };
            let due = if missed {
                (points * Decimal::from(actual) / Decimal::from(target)).round_dp(2)
            } else {
                points
            };
            // Now and then a unit claims more than it is due.
            let score = if numbers.below(60) == 0 { points } else { due };
            draft.text(row, 3, &format!("第{index}段养护整治任务完成量"));
            draft.text(row, 4, &format!("≥{target}"));
            draft.text(row, 5, "公里");
            draft.text(row, 6, &actual.to_string());
            draft.number(row, 7, points);
            draft.number(row, 8, score);
            if missed {
                draft.text(row, 9, "原因：连续降雨影响施工；措施：倒排工期，明年三月前补齐。");
            }
            total += score;
            row += 1;
        }
    }
    draft.text(row, 0, "总分");
    draft.merge((row, 0), (row, 6));
    draft.number(row, 7, Decimal::ONE_HUNDRED);
    draft.number(row, 8, total);
}

/// The table as a workbook such as people save.
pub fn xlsx(sheet: &Sheet) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let worksheet = workbook.add_worksheet();
    worksheet.set_name(&sheet.name).unwrap();
    let format = Format::new()
        .set_border(FormatBorder::Thin)
        .set_text_wrap()
        .set_font_name("宋体");
    for range in sheet.merges() {
        let (first, last) = (range.first, range.last);
        worksheet
            .merge_range(
                first.row,
                first.column as u16,
                last.row,
                last.column as u16,
                "",
                &format,
            )
            .unwrap();
    }
    for cell in sheet.cells() {
        let (row, column) = (cell.address.row, cell.address.column as u16);
        match &cell.value {
            CellValue::Number(number) => {
                let number: f64 = number.to_string().parse().unwrap();
                worksheet
                    .write_number_with_format(row, column, number, &format)
                    .unwrap();
            }
            _ => {
                worksheet
                    .write_string_with_format(row, column, cell.shown(), &format)
                    .unwrap();
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// Writes a county of so many files in folders by department: 80 % xlsx, 12 % xls, 4 % ods, 2 % csv and HTML, 2 % broken.
/// Says what was written.
pub fn write(folder: &Path, files: usize) -> String {
    let mut counts = [0_usize; 5];
    for number in 0..files {
        let sheet = sheet(number as u32);
        let place = folder.join(format!("第{}局", number % 40 + 1));
        std::fs::create_dir_all(&place).unwrap();
        let (kind, extension, bytes) = match number % 50 {
            0..40 => (0, "xlsx", xlsx(&sheet)),
            40..46 => (1, "xls", biff::Book::from_sheets(&[sheet], biff::Version::Biff8).file()),
            46..48 => (
                2,
                "ods",
                ods::Document::from_sheets(&[sheet], ods::Shown::InTheFile).file(),
            ),
            48 if number % 100 == 48 => (3, "csv", table_writers::csv(&sheet, ',').into_bytes()),
            48 => (3, "html", table_writers::html(&sheet, "utf-8").into_bytes()),
            _ => {
                let mut whole = xlsx(&sheet);
                whole.truncate(whole.len() / 2);
                (4, "xlsx", whole)
            }
        };
        counts[kind] += 1;
        std::fs::write(place.join(format!("项目{number}.{extension}")), bytes).unwrap();
    }
    let [xlsx, xls, ods, text, broken] = counts;
    format!("{files} 个文件（xlsx {xlsx}、xls {xls}、ods {ods}、csv 和 html {text}、损坏 {broken}）")
}
