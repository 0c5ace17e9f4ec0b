//! The list as separated values, for other programs and for old spreadsheets.

use ::csv::{Terminator, WriterBuilder};
use encoding_rs::GB18030;

use super::guard::guarded;
use super::list::DiscrepancyList;
use crate::write::WriteError;
use crate::write::kit::cell_text;

/// How texts become bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum TextEncoding {
    /// UTF-8 after a byte order mark, without which Excel takes it for something else.
    #[default]
    Utf8,
    /// GB18030, which holds every character; for spreadsheets that know no UTF-8.
    Gb18030,
}

impl DiscrepancyList {
    /// Returns the list as CSV: one header line, then a line a finding, ended by CR LF. Texts that begin like a
    /// formula have an apostrophe before them.
    ///
    /// # Errors
    /// Never for a list; whatever the library refuses.
    pub fn to_csv(&self, encoding: TextEncoding) -> Result<Vec<u8>, WriteError> {
        let mut writer = WriterBuilder::new()
            .terminator(Terminator::CRLF)
            .from_writer(Vec::new());
        let columns = self.columns();
        writer
            .write_record(columns.iter().map(|column| column.header()))
            .map_err(WriteError::internal)?;
        for row in &self.findings {
            let fields = columns.iter().map(|&column| {
                let content = self.content_beside(row, column);
                guarded(&cell_text::for_cell(&content.shown(), Some(row.cell)))
            });
            writer.write_record(fields).map_err(WriteError::internal)?;
        }
        let bytes = writer
            .into_inner()
            .map_err(|error| WriteError::internal(error.into_error()))?;
        Ok(match encoding {
            TextEncoding::Utf8 => [b"\xEF\xBB\xBF".as_slice(), &bytes].concat(),
            TextEncoding::Gb18030 => gb18030(&String::from_utf8_lossy(&bytes)),
        })
    }
}

fn gb18030(text: &str) -> Vec<u8> {
    // The one code point without a place in the encoding; it stands for no character.
    let text = text.replace('\u{e5e5}', "\u{fffd}");
    GB18030.encode(&text).0.into_owned()
}
