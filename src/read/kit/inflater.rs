//! Inflates whole parts in one step: in the program by libdeflate, which is fastest at that, elsewhere by what inflates
//! streams.

#[cfg(feature = "cli")]
use libdeflater::Decompressor;

#[cfg(not(feature = "cli"))]
use flate2::{Decompress, FlushDecompress, Status};

/// Inflates parts, one after the other, with one set of tables.
#[derive(Default)]
pub(crate) struct Inflater {
    #[cfg(feature = "cli")]
    state: Option<Decompressor>,
    #[cfg(not(feature = "cli"))]
    state: Option<Decompress>,
}

impl Inflater {
    /// Puts what is packed in the place of what a buffer holds; says whether it is sound and as long as it should be.
    #[cfg(feature = "cli")]
    pub(crate) fn inflate(&mut self, packed: &[u8], length: usize, out: &mut Vec<u8>) -> bool {
        // Nothing unpacks to more, so that a false length costs no memory.
        const MOST_TIMES: usize = 1032;
        if length / MOST_TIMES > packed.len() {
            return false;
        }
        let state = self.state.get_or_insert_with(Decompressor::new);
        out.resize(length, 0);
        state.deflate_decompress(packed, out) == Ok(length)
    }

    /// Puts what is packed in the place of what a buffer holds; says whether it is sound and as long as it should be.
    #[cfg(not(feature = "cli"))]
    pub(crate) fn inflate(&mut self, packed: &[u8], length: usize, out: &mut Vec<u8>) -> bool {
        // Room beyond the end, so that the end itself is met in the same step.
        const BEYOND: usize = 64;
        let state = self.state.get_or_insert_with(|| Decompress::new(false));
        state.reset(false);
        out.clear();
        out.reserve(length.saturating_add(BEYOND));
        let end = state.decompress_vec(packed, out, FlushDecompress::Finish);
        matches!(end, Ok(Status::StreamEnd)) && out.len() == length
    }
}
