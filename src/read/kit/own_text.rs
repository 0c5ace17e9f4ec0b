//! A document's or a page's own text, block by block, within limits of its own.

use crate::grid::TextBlock;

/// Paragraphs kept at most; a report of 500 pages has some 15000.
const MOST_BLOCKS: usize = 50_000;

/// Bytes of text kept at most.
const MOST_BYTES: usize = 8 * 1024 * 1024;

/// Bytes of one paragraph; what is longer is no prose, and is passed over.
const LONGEST_PARAGRAPH: usize = 64 * 1024;

/// Paragraphs and tables in order.
#[derive(Default)]
pub(in crate::read) struct OwnText {
    blocks: Vec<TextBlock>,
    bytes: usize,
    is_cut: bool,
    has_sentence: bool,
}

impl OwnText {
    pub(in crate::read) fn add_paragraph(&mut self, text: &str) {
        let is_prose = text.len() <= LONGEST_PARAGRAPH;
        self.is_cut |= !is_prose;
        // One that is passed over is counted all the same.
        let text = if is_prose { text } else { "" };
        if self.takes(text.len()) {
            self.has_sentence |= text.contains('。');
            self.blocks.push(TextBlock::Paragraph(text.to_owned()));
        }
    }

    /// Adds a paragraph before which the program that shows it puts a number.
    pub(in crate::read) fn add_numbered(&mut self, number: String, text: &str) {
        if text.len() > LONGEST_PARAGRAPH {
            self.add_paragraph(text);
            return;
        }
        if self.takes(text.len().saturating_add(number.len())) {
            self.has_sentence |= text.contains('。');
            let text = text.to_owned();
            self.blocks.push(TextBlock::Numbered { number, text });
        }
    }

    pub(in crate::read) fn add_table(&mut self, index: usize) {
        if self.takes(0) {
            self.blocks.push(TextBlock::Table(Some(index)));
        }
    }

    fn takes(&mut self, bytes: usize) -> bool {
        self.bytes = self.bytes.saturating_add(bytes);
        let takes = self.blocks.len() < MOST_BLOCKS && self.bytes <= MOST_BYTES;
        self.is_cut |= !takes;
        takes
    }

    /// Returns whether a part was left out.
    pub(in crate::read) const fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// Returns the blocks, each table by its place among the sheets. A document without a sentence has no text of its
    /// own.
    pub(in crate::read) fn into_blocks(self, places: &[Option<usize>]) -> Vec<TextBlock> {
        if !self.has_sentence {
            return Vec::new();
        }
        self.blocks
            .into_iter()
            .map(|block| match block {
                TextBlock::Table(index) => {
                    TextBlock::Table(index.and_then(|index| places.get(index).copied().flatten()))
                }
                paragraph => paragraph,
            })
            .collect()
    }
}
