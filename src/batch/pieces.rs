//! Pieces of a summary made side by side.

use std::num::NonZero;
use std::sync::atomic::AtomicBool;

use super::run;
use crate::write::{PieceMakers, SummaryPiece, WriteError};

/// Makes pieces on up to so many threads at once.
#[derive(Debug, Clone, Copy)]
pub struct SideBySide(pub NonZero<usize>);

impl PieceMakers for SideBySide {
    fn make(
        &self,
        count: usize,
        make: &(dyn Fn(usize) -> SummaryPiece + Sync),
        take: &mut dyn FnMut(SummaryPiece) -> Result<(), WriteError>,
    ) -> Result<(), WriteError> {
        let numbers: Vec<usize> = (0..count).collect();
        let panicked = |_: &usize| {
            let told = std::io::Error::other("a piece of the summary could not be made");
            SummaryPiece::failed(WriteError::Internal(Box::new(told)))
        };
        let never = AtomicBool::new(false);
        run(
            &numbers,
            self.0,
            |number| make(*number),
            panicked,
            |_, piece| take(piece),
            &never,
        )
        .map(|_| ())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::standard::Standard;
    use crate::summary::{SummaryBuilder, SummaryOptions};
    use crate::write::{summary_workbook, summary_workbook_with};

    #[test]
    fn a_summary_has_the_same_bytes_whoever_makes_its_pieces() {
        const TABLES: usize = 200;
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/部门评价表-信丰.xlsx");
        let bytes = std::fs::read(path).unwrap();
        let mut report = crate::check_bytes("表.xlsx", &bytes, Standard::ministry()).report;
        let mut builder = SummaryBuilder::new(SummaryOptions::default());
        for number in 0..TABLES {
            report.file = format!("{number}.xlsx");
            report.sha256 = Some(format!("{number:064x}"));
            builder.add(&report).unwrap();
        }
        let summary = builder.finish().unwrap();
        // 17 indicators a table: more than three pieces.
        assert!(summary.tables.row(0).unwrap().unwrap().indicators * TABLES > 3_000);
        let link = |path: &str| Some(path.to_owned());
        let mut one_by_one = Vec::new();
        summary_workbook(&summary, &link, &mut one_by_one).unwrap();
        for threads in [1, 2, 5] {
            let mut side_by_side = Vec::new();
            let makers = SideBySide(NonZero::new(threads).unwrap());
            summary_workbook_with(&summary, &link, &makers, &mut side_by_side).unwrap();
            assert!(side_by_side == one_by_one, "{threads}");
        }
    }
}
