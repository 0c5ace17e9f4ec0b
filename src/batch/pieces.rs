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
