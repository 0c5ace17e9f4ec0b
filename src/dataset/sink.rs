//! One Parquet file being written: rows are gathered by column and go out in groups of bounded size. It knows columns
//! and values, nothing of reports.

use std::io::Write;
use std::sync::Arc;

use parquet::basic::Compression;
use parquet::errors::Result;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use super::SCHEMA_VERSION;
use super::column::{Kind, Value};
use super::held_column::HeldColumn;

/// Most rows of a group, and about the most bytes of its pages: a group waits in memory, and what the file has to say of
/// each waits until its end.
const GROUP_ROWS: usize = 65_536;
const GROUP_BYTES: usize = 4 * 1024 * 1024;
/// Most rows that wait to be encoded, and about the most bytes of text in them.
const ENCODED_ROWS: usize = 1_024;
const ENCODED_BYTES: usize = 512 * 1024;
/// Bytes of a page, and of a column's distinct values: so many wait in each column.
const PAGE_BYTES: usize = 64 * 1024;

/// A file in the making.
pub(super) struct Sink<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    kinds: Vec<Kind>,
    /// Of the group at hand; none before its first row.
    columns: Vec<HeldColumn>,
    /// Rows of the group.
    rows: usize,
    /// Rows that wait to be encoded, and about the bytes that they hold.
    waiting: usize,
    bytes: usize,
}

impl<W: Write + Send> Sink<W> {
    /// Returns a file of these columns. The bytes depend on the rows alone: no date, and a fixed maker.
    pub(super) fn new(output: W, name: &str, columns: &[(&str, Kind)]) -> Result<Self> {
        let lines: String = columns.iter().map(|(name, kind)| kind.parquet(name)).collect();
        let schema = parse_message_type(&format!("message {name} {{ {lines} }}"))?;
        let made_by = format!("hebiao version {}", env!("CARGO_PKG_VERSION"));
        let version = KeyValue::new("hebiao.dataset".to_owned(), SCHEMA_VERSION.to_string());
        let properties = WriterProperties::builder()
            .set_created_by(made_by)
            .set_compression(Compression::SNAPPY)
            .set_data_page_row_count_limit(ENCODED_ROWS)
            .set_data_page_size_limit(PAGE_BYTES)
            .set_dictionary_page_size_limit(PAGE_BYTES)
            // Statistics of pages would be kept for all groups until the end of the file.
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_offset_index_disabled(true)
            .set_key_value_metadata(Some(vec![version]))
            .build();
        Ok(Self {
            writer: SerializedFileWriter::new(output, Arc::new(schema), Arc::new(properties))?,
            kinds: columns.iter().map(|(_, kind)| *kind).collect(),
            columns: Vec::new(),
            rows: 0,
            waiting: 0,
            bytes: 0,
        })
    }

    /// Adds a row: one value a column.
    pub(super) fn push<'v>(&mut self, row: impl Iterator<Item = Value<'v>>) -> Result<()> {
        if self.rows == 0 {
            self.begin_group();
        }
        for (column, value) in self.columns.iter_mut().zip(row) {
            self.bytes += column.push(value);
        }
        self.rows += 1;
        self.waiting += 1;
        if self.waiting >= ENCODED_ROWS || self.bytes >= ENCODED_BYTES {
            self.columns.iter_mut().try_for_each(HeldColumn::encode)?;
            (self.waiting, self.bytes) = (0, 0);
            let held: usize = self.columns.iter().map(HeldColumn::held).sum();
            if self.rows >= GROUP_ROWS || held >= GROUP_BYTES {
                self.end_group()?;
            }
        }
        Ok(())
    }

    /// Writes what is left and the end of the file.
    pub(super) fn finish(mut self) -> Result<W> {
        if self.rows > 0 {
            self.end_group()?;
        }
        self.writer.into_inner()
    }

    fn begin_group(&mut self) {
        let places = self.writer.schema_descr().columns().iter();
        let columns = self
            .kinds
            .iter()
            .zip(places)
            .map(|(kind, place)| HeldColumn::new(*kind, Arc::clone(place), Arc::clone(self.writer.properties())));
        self.columns = columns.collect();
    }

    fn end_group(&mut self) -> Result<()> {
        let mut group = self.writer.next_row_group()?;
        for column in self.columns.drain(..) {
            let (bytes, close) = column.close()?;
            group.append_column(&bytes, close)?;
        }
        group.close()?;
        (self.rows, self.waiting, self.bytes) = (0, 0, 0);
        Ok(())
    }
}
