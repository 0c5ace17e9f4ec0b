//! What a file is, by its content. The extension only words the refusal of what is nothing at all.

use super::content::Content;
use super::kit::encoding::decode_head;
use super::kit::package::{Package, PartError};
use super::kit::plain_list::{Entry, PlainList};
use super::kit::relationships::relationships_of;
use super::kit::xml::{Node, attribute};
use super::{Limits, ReadError, container};

/// What a file is.
pub(super) struct Detected<'a> {
    /// Its content.
    pub content: Content,
    /// Its package, opened, where it is one.
    pub package: Option<Package<'a>>,
}

/// Tells what the bytes are.
///
/// Errors when they are encrypted, damaged or nothing that a person could have meant as a table.
pub(super) fn detect<'a>(
    bytes: &'a [u8],
    extension: Option<&str>,
    limits: &'a Limits,
) -> Result<Detected<'a>, ReadError> {
    if bytes.starts_with(b"PK") {
        let mut package = Package::open(bytes, limits).map_err(|fault| fault.into_refusal("压缩结构"))?;
        return Ok(Detected {
            content: detect_package(&mut package)?,
            package: Some(package),
        });
    }
    Ok(Detected {
        content: detect_single(bytes, extension)?,
        package: None,
    })
}

fn detect_single(bytes: &[u8], extension: Option<&str>) -> Result<Content, ReadError> {
    if bytes.starts_with(&container::SIGNATURE) {
        return container::detect(bytes);
    }
    if let Some(content) = detect_signature(bytes) {
        return Ok(content);
    }
    if bytes.iter().all(|byte| *byte == 0) {
        return Err(ReadError::damaged("内容全是空字节，多半是下载或拷贝中断"));
    }
    if is_blank(bytes) {
        return Err(ReadError::blank_file());
    }
    detect_text(bytes).ok_or_else(|| {
        if extension.is_some_and(is_workbook_extension) {
            ReadError::damaged("文件开头不是任何一种表格格式")
        } else {
            ReadError::not_a_spreadsheet("这个文件的内容不是表格")
        }
    })
}

/// Returns whether there is nothing but white space, in any encoding, behind a byte order mark at most.
fn is_blank(bytes: &[u8]) -> bool {
    let marks: [&[u8]; 3] = [b"\xEF\xBB\xBF", b"\xFF\xFE", b"\xFE\xFF"];
    let text = marks.iter().find_map(|mark| bytes.strip_prefix(*mark)).unwrap_or(bytes);
    text.iter().all(|byte| byte.is_ascii_whitespace() || *byte == 0)
}

fn is_workbook_extension(extension: &str) -> bool {
    matches!(
        extension,
        "xlsx" | "xlsm" | "xls" | "xlsb" | "ods" | "et" | "xltx" | "xltm"
    )
}

fn detect_signature(bytes: &[u8]) -> Option<Content> {
    const SIGNATURES: &[(&[u8], Content)] = &[
        (b"Rar!", Content::Archive),
        (b"7z\xBC\xAF\x27\x1C", Content::Archive),
        (b"\x1F\x8B", Content::Archive),
        (b"BZh", Content::Archive),
        (b"\xFD7zXZ\0", Content::Archive),
        (b"\x89PNG", Content::Picture),
        (b"\xFF\xD8\xFF", Content::Picture),
        (b"GIF8", Content::Picture),
        (b"II*\0", Content::Picture),
        (b"MM\0*", Content::Picture),
        (b"{\\rtf", Content::Rtf),
        // A first record of BIFF 5 and 8 outside of a container.
        (b"\x09\x08\x10\x00\x00\x06", Content::Xls),
        (b"\x09\x08\x08\x00\x00\x05", Content::Xls),
        (b"\x09\x08\x08\x00\x00\x06", Content::Xls),
        // A first record of BIFF 2, 3 and 4, which stand outside any container.
        (b"\x09\x00\x04\x00", Content::OldXls),
        (b"\x09\x02\x06\x00", Content::OldXls),
        (b"\x09\x04\x06\x00", Content::OldXls),
    ];
    if let Some((_, content)) = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)) {
        return Some(*content);
    }
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    if head.windows(5).any(|window| window == b"%PDF-") {
        return Some(Content::Pdf);
    }
    if bytes.starts_with(b"BM") && bytes.get(6..10) == Some(&[0; 4]) {
        return Some(Content::Picture);
    }
    match (bytes.get(..4), bytes.get(4..8), bytes.get(8..12)) {
        (Some(b"RIFF"), _, Some(b"WEBP")) | (_, Some(b"ftyp"), Some(b"heic" | b"mif1" | b"heix")) => {
            Some(Content::Picture)
        }
        _ => None,
    }
}

fn detect_package(package: &mut Package) -> Result<Content, ReadError> {
    if package.contains("mimetype") {
        let kind = package
            .text("mimetype", 200)
            .map_err(|fault| fault.into_refusal("文件类型说明"))?;
        let open_document = |name: &str| kind.contains(&format!("opendocument.{name}"));
        if open_document("spreadsheet") {
            return Ok(Content::Ods);
        } else if open_document("text") {
            return Ok(Content::Odt);
        }
    }
    if package.contains("uof.xml") {
        return Ok(Content::Uof);
    }
    if package.contains("ofd.xml") {
        return Ok(Content::Ofd);
    }
    if package.any_part(|name| name.ends_with(".iwa")) || package.contains("index.zip") {
        return Ok(Content::Numbers);
    }
    match main_part(package) {
        Ok(part) => Ok(office_content(package, &part)),
        Err(PartError::Missing) if package.any_part(|name| name.starts_with("word/")) => {
            Err(ReadError::damaged("缺少文档正文"))
        }
        Err(PartError::Missing) if package.any_part(is_office_part) => Err(ReadError::damaged("缺少工作簿目录")),
        Err(PartError::Missing) => Ok(Content::Archive),
        Err(fault) => Err(fault.into_refusal("文件目录")),
    }
}

/// Returns the main part of an Office package: where the package's own relationships point, else the usual place.
pub(crate) fn main_part(package: &mut Package) -> Result<String, PartError> {
    if let Some(known) = package.known_main_part() {
        return Ok(known);
    }
    let found = find_main_part(package)?;
    package.keep_main_part(&found);
    Ok(found)
}

fn find_main_part(package: &mut Package) -> Result<String, PartError> {
    let relationships = match relationships_of(package, "") {
        // The usual places may still serve.
        Err(PartError::Broken) => Vec::new(),
        other => other?,
    };
    if let Some(main) = relationships
        .into_iter()
        .find(|relationship| relationship.kind == "officeDocument")
        && package.contains(&main.target)
    {
        return Ok(main.target);
    }
    [
        "xl/workbook.xml",
        "xl/workbook.bin",
        "word/document.xml",
        "ppt/presentation.xml",
    ]
    .into_iter()
    .find(|part| package.contains(part))
    .map(str::to_owned)
    .ok_or(PartError::Missing)
}

fn office_content(package: &mut Package, main: &str) -> Content {
    let declared = declared_type(package, main).unwrap_or_default().to_lowercase();
    if declared.contains("sheet.binary") || main.ends_with(".bin") {
        Content::Xlsb
    } else if declared.contains("wordprocessingml") || main.starts_with("word/") {
        Content::Docx
    } else if declared.contains("presentationml") || main.starts_with("ppt/") {
        Content::Pptx
    } else if declared.contains("macroenabled") || (declared.is_empty() && package.any_part(is_macro_part)) {
        Content::Xlsm
    } else {
        Content::Xlsx
    }
}

/// Parts that only an Office package has, though its main part be gone.
fn is_office_part(name: &str) -> bool {
    name.starts_with("xl/") || name == "[content_types].xml"
}

fn is_macro_part(name: &str) -> bool {
    name.ends_with("vbaproject.bin")
}

/// Returns the content type that the package declares for a part, if its list can be read.
fn declared_type(package: &mut Package, part: &str) -> Option<String> {
    let mut xml = package.xml("[Content_Types].xml").ok()?;
    if let Some(declared) = xml.whole(2).and_then(|document| plain_type(document, part)) {
        return declared;
    }
    loop {
        match xml.next().ok()? {
            Node::Start(start) if start.local_name().as_ref() == "Override" => {
                let name = attribute(&start, "PartName")?;
                if is_part(&name, part) {
                    return attribute(&start, "ContentType").map(std::borrow::Cow::into_owned);
                }
            }
            Node::Eof => return None,
            _ => {}
        }
    }
}

/// [`declared_type`] in a list that is written, up to where the part is found, as most programs write it; `None` of any
/// other list.
fn plain_type(document: &str, part: &str) -> Option<Option<String>> {
    let mut list = PlainList::begin(document)?;
    loop {
        let (mut name, mut kind) = (None, None);
        let entry = list.next("Override", |attribute, value| match attribute {
            "PartName" => {
                name.get_or_insert(value);
            }
            "ContentType" => {
                kind.get_or_insert(value);
            }
            _ => {}
        })?;
        match (entry, name) {
            (Entry::Wanted, Some(name)) if is_part(name, part) => return Some(kind.map(str::to_owned)),
            (Entry::Wanted, None) | (Entry::End, _) => return Some(None),
            _ => {}
        }
    }
}

/// Returns whether a list of types means a part.
fn is_part(name: &str, part: &str) -> bool {
    name.trim_start_matches('/').eq_ignore_ascii_case(part)
}

/// Characters by which a text is told.
const HEAD: usize = 4096;

/// Reads the head of a text; `None` when it is no text.
fn detect_text(bytes: &[u8]) -> Option<Content> {
    let bytes = bytes.trim_ascii_start();
    let Some(text) = decode_head(bytes, HEAD) else {
        // Marked-up text says its encoding further on, part by part in an archive; its tags are plain ASCII.
        let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(HEAD)).unwrap_or_default());
        return tell_text(&head, bytes).filter(|content| matches!(content, Content::Html | Content::Mhtml));
    };
    tell_text(&text, bytes)
}

/// Returns what kind of text begins with `text`.
fn tell_text(text: &str, bytes: &[u8]) -> Option<Content> {
    let binary = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{1a}' | '\u{85}');
    if text.chars().any(binary) {
        return None;
    }
    let lower = text.trim_start_matches('\u{feff}').trim_start().to_lowercase();
    if lower.is_empty() {
        return None;
    }
    let has_any = |tags: &[&str]| tags.iter().any(|tag| lower.contains(tag));
    let starts_with_any = |starts: &[&str]| starts.iter().any(|start| lower.starts_with(start));
    let content = if lower.contains("urn:schemas-microsoft-com:office:spreadsheet")
        && starts_with_any(&["<?", "<workbook", "<ss:workbook"])
        && !lower.contains("<html")
    {
        Content::SpreadsheetMl
    } else if lower.starts_with('<') && (lower.contains("schemas.uof.org") || lower.contains("<uof:uof")) {
        Content::Uof
    } else if lower.contains("office:document") && lower.contains("opendocument") {
        Content::FlatOds
    } else if lower.contains("schemas.microsoft.com/office/word") && lower.starts_with("<?xml") {
        Content::WordMl
    } else if lower.starts_with("mime-version") || lower.contains("content-type: multipart/related") {
        Content::Mhtml
    } else if (has_any(&["<table", "<tr>", "<tr "]) && has_any(&["<td", "<th", "<tr"]))
        || (lower.starts_with('<') && has_any(&["<html", "<!doctype html", "<table", "<body", "<meta", "<style"]))
    {
        Content::Html
    } else if is_json(bytes) {
        Content::Json
    } else if lower.starts_with("<?xml") {
        return None;
    } else {
        Content::Csv
    };
    Some(content)
}

/// Returns whether the bytes look like JSON rather than any table: their first character opens an object or a list of
/// such.
pub fn is_json(bytes: &[u8]) -> bool {
    let head: Vec<u8> = bytes
        .iter()
        .copied()
        .filter(|byte| !byte.is_ascii_whitespace() && !matches!(byte, 0 | 0xEF | 0xBB | 0xBF | 0xFE | 0xFF))
        .take(2)
        .collect();
    matches!(head.as_slice(), [b'{', b'"' | b'}'] | [b'[', b'{'])
}
