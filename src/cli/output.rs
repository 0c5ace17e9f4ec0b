//! Standard output and standard error: results on the one, everything else on the other.

use std::io::{self, BufWriter, IntoInnerError, IsTerminal, Read, Seek, SeekFrom, Write};
use std::path::Path;

use anstream::adapter::strip_str;
use anstream::{AutoStream, ColorChoice};
use serde::Serialize;
use tempfile::SpooledTempFile;

use super::Stop;
use super::arguments::When;

/// Bytes of a long text that are printed at once.
const PIECE: usize = 64 * 1024;

/// The path that stands for standard output.
pub const STANDARD_OUTPUT: &str = "-";

/// Returns whether a path stands for standard output.
pub fn is_standard_output(path: &Path) -> bool {
    path.as_os_str() == STANDARD_OUTPUT
}

/// Refuses a file that only a workbook is written to, by the extension of another kind: programs would not open it.
///
/// # Errors
/// One Chinese sentence.
pub fn refuse_no_workbook(path: &Path) -> Result<(), Stop> {
    const OTHERS: [&str; 13] = [
        "xls", "et", "xlsm", "xlsb", "ods", "csv", "json", "md", "txt", "html", "pdf", "doc", "docx",
    ];
    let extension = path.extension().and_then(|extension| extension.to_str());
    let extension = extension.map(str::to_ascii_lowercase);
    match extension.filter(|extension| OTHERS.contains(&extension.as_str())) {
        Some(extension) => Err(Stop::Usage(format!(
            "写出的是 .xlsx 工作簿，{} 的扩展名是 .{extension}，写出来会打不开；请把扩展名改成 .xlsx",
            path.display()
        ))),
        None => Ok(()),
    }
}

/// Standard output for a command's result. Colour codes in the text are left out unless colour is wanted.
#[derive(Debug)]
pub struct Output {
    stream: AutoStream<io::StdoutLock<'static>>,
    colored: bool,
    /// The reader has gone, e.g. `| head`. The work goes on, because the exit code still speaks.
    closed: bool,
    /// What is printed, where it is to go into a file in one piece.
    held: Option<Held>,
}

/// What is held back, in a temporary file that the system removes.
#[derive(Debug)]
struct Held {
    text: BufWriter<SpooledTempFile>,
    /// Why not all of it is there.
    failure: Option<io::Error>,
}

impl Held {
    fn put(&mut self, bytes: &[u8]) {
        if self.failure.is_none() {
            self.failure = self.text.write_all(bytes).err();
        }
    }
}

impl Output {
    /// Output whose colour follows the option, then `NO_COLOR`, then whether a terminal listens.
    pub fn new(when: When) -> Self {
        let stdout = io::stdout().lock();
        let colored = match when {
            When::Always => true,
            When::Never => false,
            When::Auto => !is_set("NO_COLOR") && (is_set("FORCE_COLOR") || stdout.is_terminal()),
        };
        Self {
            // With colour wanted, only an old console still needs the codes turned into something else.
            stream: AutoStream::new(
                stdout,
                if colored {
                    ColorChoice::Always
                } else {
                    ColorChoice::AlwaysAnsi
                },
            ),
            colored,
            closed: false,
            held: None,
        }
    }

    /// Output that never has colour, for data.
    pub fn plain() -> Self {
        Self::new(When::Never)
    }

    /// Output that is held back, for a file.
    pub fn held() -> Self {
        Self {
            held: Some(Held {
                text: BufWriter::new(SpooledTempFile::new(PIECE)),
                failure: None,
            }),
            ..Self::plain()
        }
    }

    /// Returns what was held back, from its first byte on; `None` for output that is none such.
    ///
    /// # Errors
    /// When the temporary file did not take all of it.
    pub fn into_held(self) -> io::Result<Option<impl Read>> {
        let Some(Held { text, failure }) = self.held else {
            return Ok(None);
        };
        if let Some(failure) = failure {
            return Err(failure);
        }
        let mut text = text.into_inner().map_err(IntoInnerError::into_error)?;
        text.seek(SeekFrom::Start(0))?;
        Ok(Some(text))
    }

    /// Prints a text and flushes, so that it stands before anything that follows on standard error.
    ///
    /// # Errors
    /// When the text cannot be written, e.g. because the device is full. That nobody reads on is no error.
    pub fn print(&mut self, text: &str) -> io::Result<()> {
        if self.closed {
            return Ok(());
        }
        // Looking for codes byte by byte would cost more than making most texts.
        let without_codes = (!self.colored && text.contains('\u{1b}')).then(|| strip_str(text).to_string());
        self.put(without_codes.as_deref().unwrap_or(text).as_bytes())
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.closed {
            return Ok(());
        }
        if let Some(held) = &mut self.held {
            held.put(bytes);
            return Ok(());
        }
        match self.stream.write_all(bytes).and_then(|()| self.stream.flush()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(())
            }
            result => result,
        }
    }

    /// Prints a text that is made in pieces, however small; not all of it is held at once.
    ///
    /// # Errors
    /// As [`Output::print`], and what `make` gives.
    pub fn pieces(
        &mut self,
        make: impl FnOnce(&mut dyn FnMut(&str) -> io::Result<()>) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut text = String::new();
        make(&mut |piece| {
            text.push_str(piece);
            if text.len() >= PIECE {
                self.print(&text)?;
                text.clear();
            }
            Ok(())
        })?;
        self.print(&text)
    }

    /// Writes a file's bytes as they are.
    ///
    /// # Errors
    /// As [`Output::print`].
    pub fn bytes(self, bytes: &[u8]) -> io::Result<()> {
        let mut stream = self.stream.into_inner();
        match stream.write_all(bytes).and_then(|()| stream.flush()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            result => result,
        }
    }

    /// Writes all that a reader gives, as it is.
    ///
    /// # Errors
    /// As [`Output::print`].
    pub fn copy(self, reader: &mut impl io::Read) -> io::Result<()> {
        let mut stream = self.stream.into_inner();
        match io::copy(reader, &mut stream).and_then(|_| stream.flush()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            result => result,
        }
    }

    /// Prints one JSON document, indented, with a line end; not all of it is held at once.
    ///
    /// # Errors
    /// As [`Output::print`], and when the document cannot be serialized.
    pub fn json(&mut self, document: &impl Serialize) -> io::Result<()> {
        let mut writer = BufWriter::with_capacity(PIECE, JsonBytes(self));
        serde_json::to_writer_pretty(&mut writer, document)?;
        writer.write_all(b"\n")?;
        writer.flush()
    }

    /// Begins a JSON document, indented, whose only empty list is to be filled item by item, so that not all items are
    /// held at once. The bytes are those of [`Output::json`] for the whole document.
    ///
    /// # Errors
    /// As [`Output::print`].
    pub fn begin_list(&mut self, document: &impl Serialize) -> io::Result<JsonList> {
        let text = serde_json::to_string_pretty(document)?;
        let (head, tail) = text.rsplit_once("[]").unwrap_or((&text, ""));
        self.print(&format!("{head}["))?;
        Ok(JsonList {
            tail: format!("]{tail}\n"),
            is_empty: true,
        })
    }
}

/// Takes the bytes of a JSON document, in which no colour code can stand.
struct JsonBytes<'a>(&'a mut Output);

impl Write for JsonBytes<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.put(bytes).map(|()| bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The list of a JSON document, second level, open for further items.
#[derive(Debug)]
pub struct JsonList {
    tail: String,
    is_empty: bool,
}

impl JsonList {
    /// Returns an item as it stands in the list.
    ///
    /// # Errors
    /// When it cannot be serialized.
    pub fn item(item: &impl Serialize) -> io::Result<String> {
        // Line ends inside texts are escaped: each that is there begins a line of the document.
        Ok(serde_json::to_string_pretty(item)?.replace('\n', "\n    "))
    }

    /// Prints an item made by [`JsonList::item`].
    ///
    /// # Errors
    /// As [`Output::print`].
    pub fn push(&mut self, output: &mut Output, item: &str) -> io::Result<()> {
        let comma = if std::mem::replace(&mut self.is_empty, false) {
            ""
        } else {
            ","
        };
        output.print(&format!("{comma}\n    {item}"))
    }

    /// Ends the document.
    ///
    /// # Errors
    /// As [`Output::print`].
    pub fn end(self, output: &mut Output) -> io::Result<()> {
        let line_end = if self.is_empty { "" } else { "\n  " };
        output.print(&format!("{line_end}{}", self.tail))
    }
}

/// An environment switch counts when it is there and not empty (no-color.org).
fn is_set(variable: &str) -> bool {
    std::env::var_os(variable).is_some_and(|value| !value.is_empty())
}

/// One line on standard error. That nobody can read it must not stop the work.
pub fn complain(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Returns an error that concerns the run, not one file.
pub fn error_line(message: &str) -> String {
    format!("hebiao：{message}")
}

/// Help, asked for: a result, hence on standard output.
pub fn print_help(text: &str) {
    let _ = Output::new(When::Auto).print(text);
}
