//! What the fuzz targets share: wrapping of parts into containers, small limits, and what must hold of any reading.
//!
//! An input of a zip-based format is its parts in a fixed order, [`SEPARATOR`] between them, and not the package: a
//! changed byte then reaches the part's reader instead of failing at the package's checksum.

pub mod containers;
pub mod documents;
pub mod mutate;
pub mod tables;

use std::sync::LazyLock;

use hebiao::grid::{CellRange, MAX_COLUMNS, MAX_ROWS, Workbook};
use hebiao::internals::read_in_full;
use hebiao::read::{Limits, read_workbook};

/// Stands between the parts of an input.
pub const SEPARATOR: &[u8] = b"\n=part=\n";

/// Limits that a small input can reach, so that a run is fast and the limits themselves are tried. With the variable
/// `FUZZ_LIMITS` set, those that users have: for a corpus once more, by time and memory.
pub fn limits() -> Limits {
    static AS_SHIPPED: LazyLock<bool> = LazyLock::new(|| std::env::var_os("FUZZ_LIMITS").is_some());
    if *AS_SHIPPED {
        return Limits::default();
    }
    let mut limits = Limits::default();
    limits.part_bytes = 2 * 1024 * 1024;
    limits.unpacked_bytes = 4 * 1024 * 1024;
    limits.sheets = 20;
    limits.cells = 10_000;
    limits.merges = 500;
    limits.notes = 50;
    limits.text_length = 2_000;
    limits.text_bytes = 2 * 1024 * 1024;
    limits
}

/// Reads a file and checks what holds of every workbook.
pub fn read(bytes: &[u8]) {
    let limits = limits();
    match read_workbook(bytes, None, &limits) {
        Ok(workbook) => check(&workbook, &limits),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// Reads a file in the quick ways and in full, and checks that nothing differs.
pub fn read_both_ways(bytes: &[u8]) {
    let limits = limits();
    assert_eq!(
        read_workbook(bytes, None, &limits),
        read_in_full(bytes, None, &limits)
    );
}

fn check(workbook: &Workbook, limits: &Limits) {
    assert!(workbook.sheets.len() <= limits.sheets);
    let mut cells = 0;
    for (index, sheet) in workbook.sheets.iter().enumerate() {
        assert!(
            !workbook
                .sheets
                .iter()
                .take(index)
                .any(|earlier| earlier.name == sheet.name)
        );
        cells += sheet.cells().len();
        assert!(sheet.cells().is_sorted_by(|one, next| one.address < next.address));
        for cell in sheet.cells() {
            assert!(cell.address.row < MAX_ROWS && cell.address.column < MAX_COLUMNS);
        }
        let is_inside = |range: &CellRange| {
            range.first.row <= range.last.row
                && range.first.column <= range.last.column
                && range.last.row < MAX_ROWS
                && range.last.column < MAX_COLUMNS
        };
        assert!(sheet.merges().iter().all(is_inside));
        assert!(sheet.merges().len() <= limits.merges);
    }
    assert!(cells <= limits.cells);
}

/// The parts of an input, in order.
pub fn parts(data: &[u8]) -> Vec<&[u8]> {
    let mut parts = Vec::new();
    let mut rest = data;
    while let Some(at) = rest.windows(SEPARATOR.len()).position(|window| window == SEPARATOR) {
        parts.push(rest.get(..at).unwrap_or_default());
        rest = rest.get(at + SEPARATOR.len()..).unwrap_or_default();
    }
    parts.push(rest);
    parts
}
