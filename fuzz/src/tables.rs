//! Arbitrary tables: a real table, or a blank sheet, and a list of changes that the bytes of an input spell.

use std::sync::OnceLock;

use hebiao::grid::{Cell, CellAddress, CellRange, CellValue, FileFormat, Sheet, Workbook};
use hebiao::read::{Limits, ReadError, read_workbook};
use rust_decimal::Decimal;

/// What cells of such tables say: headings, names, figures and the like, one a line; `\n` in a line is a line break.
const WORDS: &str = include_str!("../dictionaries/words.txt");

/// Rows and columns that changes reach: more than any real table has.
const ROWS: u32 = 48;
const COLUMNS: u32 = 12;
/// Most changes of one input.
const CHANGES: usize = 60;

fn words() -> &'static [String] {
    static LIST: OnceLock<Vec<String>> = OnceLock::new();
    LIST.get_or_init(|| WORDS.lines().map(|line| line.replace("\\n", "\n")).collect())
}

/// Real tables to start from, the last one blank.
fn bases() -> &'static [Sheet] {
    static LIST: OnceLock<Vec<Sheet>> = OnceLock::new();
    LIST.get_or_init(|| {
        let files: [&[u8]; 2] = [
            include_bytes!("../../samples/部门评价表-信丰.xlsx"),
            include_bytes!("../../samples/项目支出绩效自评表-示例.xlsx"),
        ];
        let read = |bytes| read_workbook(bytes, None, &Limits::default()).expect("samples are read");
        let mut sheets: Vec<Sheet> = files.into_iter().flat_map(|bytes| read(bytes).sheets).collect();
        sheets.push(Sheet::new("空表", Vec::new(), Vec::new()));
        sheets
    })
}

/// The workbook that the bytes spell; in the form of a reader, so that a check can be given it. Never fails.
///
/// # Errors
/// None.
pub fn spelled(bytes: &[u8], _: Option<&str>, _: &Limits) -> Result<Workbook, ReadError> {
    let mut spelling = Spelling(bytes);
    let base = bases()
        .get(usize::from(spelling.byte()) % bases().len())
        .cloned()
        .unwrap_or_default();
    let mut cells: Vec<Cell> = base.cells().to_vec();
    let mut merges: Vec<CellRange> = base.merges().to_vec();
    let mut hidden_rows = Vec::new();
    for _ in 0..CHANGES {
        if spelling.0.is_empty() {
            break;
        }
        match spelling.byte() % 16 {
            0..=6 => {
                let (address, value) = (spelling.address(), spelling.value());
                put(&mut cells, address, value);
            }
            7 => {
                let address = spelling.address();
                cells.retain(|cell| cell.address != address);
            }
            8 => {
                let (address, more) = (spelling.address(), spelling.word());
                if let Some(cell) = cells.iter_mut().find(|cell| cell.address == address) {
                    cell.shown().push_str(&more);
                    cell.value = CellValue::Text(cell.shown().to_owned());
                }
            }
            9 => {
                let (from, to) = (spelling.address(), spelling.address());
                if let Some(cell) = cells.iter().find(|cell| cell.address == from).cloned() {
                    cells.retain(|cell| cell.address != to);
                    cells.push(Cell { address: to, ..cell });
                }
            }
            10 => {
                let range = CellRange::new(spelling.address(), spelling.address());
                merges.push(range);
            }
            11 if !merges.is_empty() => {
                let at = usize::from(spelling.byte()) % merges.len();
                merges.remove(at);
            }
            12 => {
                let row = u32::from(spelling.byte()) % ROWS;
                shift_rows(&mut cells, &mut merges, row, spelling.byte() % 2 == 0);
            }
            13 => {
                let column = u32::from(spelling.byte()) % COLUMNS;
                shift_columns(&mut cells, &mut merges, column, spelling.byte() % 2 == 0);
            }
            14 => {
                let row = u32::from(spelling.byte()) % ROWS;
                if hidden_rows.last().is_none_or(|(_, last)| *last < row) {
                    hidden_rows.push((row, row));
                }
            }
            _ => {
                // The table once more below itself.
                let copies: Vec<Cell> = cells
                    .iter()
                    .filter(|cell| cell.address.row < ROWS)
                    .map(|cell| Cell {
                        address: CellAddress::new(cell.address.row + ROWS, cell.address.column),
                        ..cell.clone()
                    })
                    .collect();
                cells.retain(|cell| cell.address.row < ROWS);
                cells.extend(copies);
            }
        }
    }
    let mut sheet = Sheet::new(base.name, cells, merges);
    sheet.hidden_rows = hidden_rows;
    Ok(Workbook {
        format: FileFormat::Xlsx,
        sheets: vec![sheet],
        losses: Vec::new(),
        text: Vec::new(),
    })
}

fn put(cells: &mut Vec<Cell>, address: CellAddress, value: CellValue) {
    let shown = match &value {
        CellValue::Number(number) => number.to_string(),
        CellValue::Text(text) | CellValue::Error(text) => text.clone(),
        CellValue::Boolean(value) => value.to_string().to_uppercase(),
        CellValue::Blank => String::new(),
    };
    cells.retain(|cell| cell.address != address);
    cells.push(Cell {
        address,
        value,
        shown,
        shown_unsure: false,
        formula: None,
        number_format: None,
    });
}

fn shift_rows(cells: &mut Vec<Cell>, merges: &mut [CellRange], row: u32, is_insertion: bool) {
    let moved = |at: &mut u32| {
        if is_insertion && *at >= row {
            *at += 1;
        } else if !is_insertion && *at > row {
            *at -= 1;
        }
    };
    cells.retain(|cell| is_insertion || cell.address.row != row);
    cells.iter_mut().for_each(|cell| moved(&mut cell.address.row));
    for range in merges {
        moved(&mut range.first.row);
        moved(&mut range.last.row);
    }
}

fn shift_columns(cells: &mut Vec<Cell>, merges: &mut [CellRange], column: u32, is_insertion: bool) {
    let moved = |at: &mut u32| {
        if is_insertion && *at >= column {
            *at += 1;
        } else if !is_insertion && *at > column {
            *at -= 1;
        }
    };
    cells.retain(|cell| is_insertion || cell.address.column != column);
    cells.iter_mut().for_each(|cell| moved(&mut cell.address.column));
    for range in merges {
        moved(&mut range.first.column);
        moved(&mut range.last.column);
    }
}

/// The rest of an input; zeros when it has ended.
struct Spelling<'a>(&'a [u8]);

impl Spelling<'_> {
    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else {
            return 0;
        };
        self.0 = rest;
        *first
    }

    fn address(&mut self) -> CellAddress {
        CellAddress::new(u32::from(self.byte()) % ROWS, u32::from(self.byte()) % COLUMNS)
    }

    fn word(&mut self) -> String {
        let index = usize::from(self.byte()) | usize::from(self.byte()) << 8;
        index
            .checked_rem(words().len())
            .and_then(|index| words().get(index))
            .cloned()
            .unwrap_or_default()
    }

    fn value(&mut self) -> CellValue {
        match self.byte() % 12 {
            0..=4 => CellValue::Text(self.word()),
            5 => CellValue::Text(format!("{}{}", self.word(), self.word())),
            6 => CellValue::Text(format!("{}\n{}", self.word(), self.word())),
            7 => CellValue::Number(Decimal::from(self.byte())),
            8 => CellValue::Number(Decimal::new(i64::from(self.byte()) << 8 | i64::from(self.byte()), 3)),
            9 => {
                let mut mantissa = [0; 12];
                mantissa.iter_mut().for_each(|byte| *byte = self.byte());
                let [a, b, c] = [0, 4, 8].map(|at| {
                    mantissa
                        .get(at..at + 4)
                        .and_then(|four| four.try_into().ok())
                        .map_or(0, u32::from_le_bytes)
                });
                let scale = u32::from(self.byte()) % 29;
                let sign = self.byte() % 2 == 1;
                CellValue::Number(Decimal::from_parts(a, b, c, sign, scale).normalize())
            }
            10 => CellValue::Error("#REF!".to_owned()),
            _ => {
                let length = usize::from(self.byte() % 24).min(self.0.len());
                let (text, rest) = self.0.split_at(length);
                self.0 = rest;
                CellValue::Text(String::from_utf8_lossy(text).into_owned())
            }
        }
    }
}
