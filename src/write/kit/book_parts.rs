//! A workbook's parts, one behind the other: the frame as it is written here, or as the library wrote it.

use std::io::{self, Cursor, Read, Write};

use zip::ZipArchive;

use super::book::{Book, Rows, SheetContent};
use super::deflate::{DeflatedPart, Deflater, Effort, PIECE, joined};
use super::frame::{self, SheetFrame};
use super::note_parts::{BoxNumbers, texts_part};
use super::numbered::Texts;
use super::own_frame::{self, Parts};
use super::own_sheet::sheet_frame;
use super::package::{Entry, Package};
use super::ready::{self, Ready};
use crate::write::WriteError;

/// Writes a workbook that is lists and tables alone.
///
/// # Errors
/// When the output takes no more, or the library refuses a look.
pub fn write<W: Write>(book: Book, output: W) -> Result<W, WriteError> {
    let mut deflater = Deflater::default();
    let Book {
        sheets,
        properties,
        looks,
        texts,
        mut contents,
        ..
    } = book;
    let parts = Parts::of(&sheets, texts.count > 0, &properties);
    let looks = ready::looks(&looks.formats, parts.notes > 0)?;
    let mut frames = Vec::with_capacity(sheets.len());
    for (at, setup) in sheets.iter().enumerate() {
        let content = contents.remove(&at).unwrap_or_default();
        frames.push((setup, sheet_frame(setup, at == 0, &content)?, content));
    }
    let mut package = Package::new(output);
    let mut write = || -> io::Result<()> {
        let (package, deflater) = (&mut package, &mut deflater);
        let fixed = ready::fixed(parts)?;
        put_ready(package, "[Content_Types].xml", &fixed.content_types)?;
        put_ready(package, "_rels/.rels", &fixed.root_relations)?;
        put_ready(package, "xl/_rels/workbook.xml.rels", &fixed.workbook_relations)?;
        put_ready(package, "xl/theme/theme1.xml", &looks.theme)?;
        put_ready(package, "xl/styles.xml", &looks.styles)?;
        let names = own_frame::names(&sheets);
        let workbook = own_frame::workbook_part(&sheets, &names);
        put(package, deflater, frame::WORKBOOK, &workbook)?;
        let mut noted = Vec::new();
        for (at, (setup, sheet, mut content)) in frames.drain(..).enumerate() {
            let effort = match setup.is_rarely_opened {
                true => Effort::Least,
                false => Effort::Usual,
            };
            put_sheet(package, deflater, &frame::part_of(at), sheet, &mut content, effort)?;
            let mut known = String::new();
            if !setup.notes.is_empty() {
                noted.push(setup);
                known = own_frame::note_relations(noted.len());
            }
            let name = frame::relations_of(at);
            if content.links.has_relations() {
                let (head, tail) = frame::around_relations(&known);
                let links = content.links.relations()?;
                put_text(package, deflater, &name, (head, links, tail), Effort::Usual)?;
            } else if !known.is_empty() {
                put_ready(package, &name, &*ready::ready(known.as_bytes())?)?;
            }
        }
        if parts.has_texts {
            put_texts(package, deflater, &texts)?;
        }
        put(package, deflater, "docProps/core.xml", &properties.core_part())?;
        let program = own_frame::program_part(&sheets, &names);
        put_ready(package, "docProps/app.xml", &*ready::ready(program.as_bytes())?)?;
        if parts.has_custom {
            put(package, deflater, "docProps/custom.xml", &properties.custom_part())?;
        }
        let mut boxes = BoxNumbers::default();
        for (number, setup) in (1..).zip(&noted) {
            let name = format!("xl/drawings/vmlDrawing{number}.vml");
            // Their texts stand in another part; of the boxes nobody reads anything.
            let (entry, bytes) = deflater.part(boxes.boxes_part(setup).as_bytes(), Effort::Least)?;
            package.whole_part(&name, entry, &bytes)?;
        }
        for (number, setup) in (1..).zip(&noted) {
            put(
                package,
                deflater,
                &format!("xl/comments{number}.xml"),
                &texts_part(setup),
            )?;
        }
        Ok(())
    };
    write().and_then(|()| package.finish()).map_err(WriteError::internal)
}

fn put<W: Write>(package: &mut Package<W>, deflater: &mut Deflater, name: &str, text: &str) -> io::Result<()> {
    let (entry, bytes) = deflater.part(text.as_bytes(), Effort::Usual)?;
    package.whole_part(name, entry, &bytes)
}

fn put_ready<W: Write>(package: &mut Package<W>, name: &str, part: &Ready) -> io::Result<()> {
    package.whole_part(name, part.entry, &part.bytes)
}

/// Writes a workbook whose frame the library made.
///
/// # Errors
/// When the output takes no more, or the frame is not as the library makes frames.
pub fn put_into<W: Write>(mut book: Book, frame: Vec<u8>, output: W) -> io::Result<W> {
    let mut frame = ZipArchive::new(Cursor::new(frame))?;
    let mut package = Package::new(output);
    let mut deflater = Deflater::default();
    for index in 0..frame.len() {
        let name = String::from_utf8_lossy(frame.by_index_raw(index)?.name_raw()).into_owned();
        if name == frame::TEXTS && book.texts.count > 0 {
            put_texts(&mut package, &mut deflater, &book.texts)?;
        } else if let Some(content) = frame::sheet_of_relations(&name)
            .and_then(|sheet| book.contents.get_mut(&sheet))
            .filter(|content| content.links.has_relations())
        {
            let known = content_of(&mut frame, index)?;
            let (head, tail) = frame::around_relations(&known);
            let links = content.links.relations()?;
            put_text(&mut package, &mut deflater, &name, (head, links, tail), Effort::Usual)?;
        } else if let Some(sheet) = frame::sheet_of(&name)
            && let Some(content) = book.contents.get_mut(&sheet)
        {
            let known = content_of(&mut frame, index)?;
            let around = SheetFrame::of(&known, content)?;
            put_sheet(&mut package, &mut deflater, &name, around, content, Effort::Usual)?;
            let relations = frame::relations_of(sheet);
            if content.links.has_relations() && frame.index_for_name(&relations).is_none() {
                let (head, tail) = frame::around_relations("");
                let links = content.links.relations()?;
                put_text(
                    &mut package,
                    &mut deflater,
                    &relations,
                    (head, links, tail),
                    Effort::Usual,
                )?;
            }
        } else if name.starts_with(frame::CHARTS) {
            let known = content_of(&mut frame, index)?;
            put(&mut package, &mut deflater, &name, &frame::with_all_labels(&known))?;
        } else if name == frame::WORKBOOK && !book.hidden_names.is_empty() {
            let known = content_of(&mut frame, index)?;
            let text = frame::with_names_hidden(&known, &book.hidden_names);
            put(&mut package, &mut deflater, &name, &text)?;
        } else {
            let part = frame.by_index_raw(index)?;
            let entry = Entry {
                is_deflated: part.compression() == zip::CompressionMethod::Deflated,
                crc: part.crc32(),
                packed: part.compressed_size(),
                size: part.size(),
            };
            package.part(&name, entry, part)?;
        }
    }
    package.finish()
}

fn put_texts<W: Write>(package: &mut Package<W>, deflater: &mut Deflater, texts: &Texts) -> io::Result<()> {
    let (head, elements, tail) = texts.xml();
    if let Some(begun) = texts.begun() {
        let first = deflater.piece(&head)?;
        if (elements.len() as u64) < PIECE {
            let last = deflater.piece(&[elements, tail].concat())?;
            let (entry, bytes) = joined(&[&first, begun, &last]);
            return package.whole_part(frame::TEXTS, entry, &bytes);
        }
        let mut part = DeflatedPart::default();
        part.push(begun)?;
        part.push_text(deflater, elements)?;
        let last = deflater.piece(tail)?;
        return package.part(frame::TEXTS, part.between(&first, &last), part.stream(&first, &last)?);
    }
    put_text(package, deflater, frame::TEXTS, (head, elements, tail), Effort::Usual)
}

/// Writes a sheet: its frame with its content in it.
fn put_sheet<W: Write>(
    package: &mut Package<W>,
    deflater: &mut Deflater,
    name: &str,
    SheetFrame { before, between, after }: SheetFrame,
    content: &mut SheetContent,
    effort: Effort,
) -> io::Result<()> {
    match &mut content.rows {
        Rows::Text(rows) if rows.len() as u64 >= PIECE => {
            let mut long = DeflatedPart::default();
            long.push_text(deflater, std::mem::take(rows).as_slice())?;
            content.rows = Rows::Deflated(long);
            put_sheet(
                package,
                deflater,
                name,
                SheetFrame { before, between, after },
                content,
                effort,
            )
        }
        Rows::Text(rows) => {
            let links = content.links.bytes_at_hand();
            let mut head = Vec::with_capacity(before.len() + rows.len() + between.len() + links + after.len());
            for part in [before.as_slice(), rows, &between] {
                head.extend_from_slice(part);
            }
            put_text(
                package,
                deflater,
                name,
                (head, content.links.elements()?, &after),
                effort,
            )
        }
        Rows::Ready(rows) => {
            let mut tail = between;
            content.links.elements()?.read_to_end(&mut tail)?;
            tail.extend_from_slice(&after);
            let (first, last) = (deflater.piece(&before)?, deflater.piece(&tail)?);
            let (entry, bytes) = joined(&[&first, rows, &last]);
            package.whole_part(name, entry, &bytes)
        }
        Rows::Deflated(rows) => {
            rows.push(&deflater.piece(&between)?)?;
            rows.push_text(deflater, content.links.elements()?)?;
            let (before, after) = (deflater.piece(&before)?, deflater.piece(&after)?);
            let entry = rows.between(&before, &after);
            package.part(name, entry, rows.stream(&before, &after)?)
        }
    }
}

/// Writes a part of which only the middle may be long.
fn put_text<W: Write>(
    package: &mut Package<W>,
    deflater: &mut Deflater,
    name: &str,
    (mut head, mut middle, tail): (Vec<u8>, impl Read, &[u8]),
    effort: Effort,
) -> io::Result<()> {
    let most = middle.by_ref().take(PIECE).read_to_end(&mut head)?;
    if (most as u64) < PIECE {
        head.extend(tail);
        let (entry, bytes) = deflater.part(&head, effort)?;
        return package.whole_part(name, entry, &bytes);
    }
    let mut part = DeflatedPart::default();
    part.push_text(deflater, middle)?;
    let (head, tail) = (deflater.piece(&head)?, deflater.piece(tail)?);
    package.part(name, part.between(&head, &tail), part.stream(&head, &tail)?)
}

fn content_of(frame: &mut ZipArchive<Cursor<Vec<u8>>>, index: usize) -> io::Result<String> {
    let mut content = String::new();
    frame.by_index(index)?.read_to_string(&mut content)?;
    Ok(content)
}
