//! Absolute limits of reading, so that a small hostile file cannot ask for a large machine.

/// Bytes of one piece of a part: a text, a tag, a record. A cell cannot hold a hundredth of it.
pub(super) const PIECE_BYTES: u64 = 16 * 1024 * 1024;

/// How much one file may hold. Beyond a limit the file is refused with `limit_exceeded`, except where noted.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Bytes of the file itself.
    pub file_bytes: u64,
    /// Bytes of all parts that are unpacked, together. Pictures and the like are never unpacked.
    pub unpacked_bytes: u64,
    /// Bytes of one unpacked part.
    pub part_bytes: u64,
    /// Sheets of a workbook.
    pub sheets: usize,
    /// Filled cells of a workbook; also the distinct texts in its table of shared texts.
    pub cells: usize,
    /// Merged regions of a workbook.
    pub merges: usize,
    /// Notes of a workbook; further ones are left out and said so.
    pub notes: usize,
    /// Characters of one cell's text or formula; longer ones are cut and said so.
    pub text_length: usize,
    /// Bytes of all texts, shown texts and formulas of a workbook, together.
    pub text_bytes: usize,
    /// Nesting of XML elements.
    pub xml_depth: usize,
}

impl Default for Limits {
    /// Generous for any evaluation table with its attachments, and such that no file takes more than 300 MB of memory.
    fn default() -> Self {
        const MEBIBYTE: u64 = 1024 * 1024;
        Self {
            file_bytes: 50 * MEBIBYTE,
            unpacked_bytes: 256 * MEBIBYTE,
            part_bytes: 128 * MEBIBYTE,
            sheets: 1_000,
            cells: 300_000,
            merges: 100_000,
            notes: 10_000,
            // What a cell can hold in Excel.
            text_length: 32_767,
            text_bytes: 64 * 1024 * 1024,
            xml_depth: 100,
        }
    }
}
