//! Packages and compound files around the parts of an input.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A format's parts: those that an input gives, in its order, and those that are always the same.
pub struct Layout {
    pub given: &'static [&'static str],
    pub fixed: &'static [(&'static str, &'static str)],
    /// What stands for a given part that an input leaves empty; without it, the part is left out.
    pub defaults: &'static [(&'static str, &'static str)],
}

pub const XLSX: Layout = Layout {
    given: &[
        "xl/worksheets/sheet1.xml",
        "xl/sharedStrings.xml",
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
        "xl/ctrlProps/ctrlProp1.xml",
        "xl/featurePropertyBag/featurePropertyBag.xml",
    ],
    fixed: &[
        (
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="x/worksheet" Target="worksheets/sheet1.xml"/>
            <Relationship Id="rId8" Type="x/styles" Target="styles.xml"/><Relationship Id="rId9" Type="x/sharedStrings" Target="sharedStrings.xml"/>
            <Relationship Id="rId10" Type="x/FeaturePropertyBag" Target="featurePropertyBag/featurePropertyBag.xml"/></Relationships>"#,
        ),
        (
            "xl/worksheets/_rels/sheet1.xml.rels",
            r#"<Relationships><Relationship Id="rId1" Type="x/vmlDrawing" Target="../drawings/vmlDrawing1.vml"/><Relationship Id="rId2" Type="x/comments" Target="../comments1.xml"/>
            <Relationship Id="rId3" Type="x/ctrlProp" Target="../ctrlProps/ctrlProp1.xml"/></Relationships>"#,
        ),
    ],
    defaults: &[(
        "xl/workbook.xml",
        r#"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
    )],
};

/// The same of a workbook that can be annotated: a copy declares what it adds.
pub const ANNOTATED: Layout = Layout {
    given: &[
        "xl/worksheets/sheet1.xml",
        "xl/sharedStrings.xml",
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
        "xl/ctrlProps/ctrlProp1.xml",
        "xl/featurePropertyBag/featurePropertyBag.xml",
    ],
    fixed: &[
        (
            "[Content_Types].xml",
            r#"<Types><Default Extension="xml" ContentType="application/xml"/></Types>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="x/worksheet" Target="worksheets/sheet1.xml"/>
            <Relationship Id="rId8" Type="x/styles" Target="styles.xml"/><Relationship Id="rId9" Type="x/sharedStrings" Target="sharedStrings.xml"/>
            <Relationship Id="rId10" Type="x/FeaturePropertyBag" Target="featurePropertyBag/featurePropertyBag.xml"/></Relationships>"#,
        ),
        (
            "xl/worksheets/_rels/sheet1.xml.rels",
            r#"<Relationships><Relationship Id="rId1" Type="x/vmlDrawing" Target="../drawings/vmlDrawing1.vml"/><Relationship Id="rId2" Type="x/comments" Target="../comments1.xml"/>
            <Relationship Id="rId3" Type="x/ctrlProp" Target="../ctrlProps/ctrlProp1.xml"/></Relationships>"#,
        ),
    ],
    defaults: &[(
        "xl/workbook.xml",
        r#"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
    )],
};

pub const XLSB: Layout = Layout {
    given: &[
        "xl/worksheets/sheet1.bin",
        "xl/sharedStrings.bin",
        "xl/styles.bin",
        "xl/workbook.bin",
        "xl/comments1.bin",
    ],
    fixed: &[
        (
            "xl/_rels/workbook.bin.rels",
            r#"<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.bin"/><Relationship Id="rId8" Type="x/styles" Target="styles.bin"/>
            <Relationship Id="rId9" Type="x/sharedStrings" Target="sharedStrings.bin"/></Relationships>"#,
        ),
        (
            "xl/worksheets/_rels/sheet1.bin.rels",
            r#"<Relationships><Relationship Id="rId2" Type="x/comments" Target="../comments1.bin"/></Relationships>"#,
        ),
    ],
    defaults: &[],
};

pub const ODS: Layout = Layout {
    given: &["content.xml", "styles.xml", "META-INF/manifest.xml"],
    fixed: &[("mimetype", "application/vnd.oasis.opendocument.spreadsheet")],
    defaults: &[],
};

pub const DOCX: Layout = Layout {
    given: &["word/document.xml"],
    fixed: &[],
    defaults: &[],
};

/// A report with a part for its comments.
pub const REPORT: Layout = Layout {
    given: &["word/document.xml", "word/comments.xml"],
    fixed: &[
        (
            "[Content_Types].xml",
            r#"<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#,
        ),
        (
            "_rels/.rels",
            r#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#,
        ),
        (
            "word/_rels/document.xml.rels",
            r#"<Relationships><Relationship Id="rId1" Type="x/comments" Target="comments.xml"/></Relationships>"#,
        ),
    ],
    defaults: &[("word/comments.xml", r#"<w:comments xmlns:w="w"></w:comments>"#)],
};

/// A report without one.
pub const PLAIN_REPORT: Layout = Layout {
    given: &["word/document.xml"],
    fixed: &[("[Content_Types].xml", "<Types></Types>")],
    defaults: &[],
};

/// A package of an input's parts, stored without compression.
pub fn package(layout: &Layout, parts: &[&[u8]]) -> Option<Vec<u8>> {
    let mut all: Vec<(&str, &[u8])> = layout
        .fixed
        .iter()
        .map(|(name, text)| (*name, text.as_bytes()))
        .collect();
    for (position, name) in layout.given.iter().enumerate() {
        let given = parts.get(position).copied().filter(|part| !part.is_empty());
        let default = || {
            layout
                .defaults
                .iter()
                .find(|(default, _)| default == name)
                .map(|(_, text)| text.as_bytes())
        };
        all.extend(given.or_else(default).map(|part| (*name, part)));
    }
    zip(all.into_iter())
}

/// A stored package.
pub fn zip<'a>(parts: impl Iterator<Item = (&'a str, &'a [u8])>) -> Option<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in parts {
        writer.start_file(name, options).ok()?;
        writer.write_all(content).ok()?;
    }
    Some(writer.finish().ok()?.into_inner())
}

/// A compound file with the stream of a workbook.
pub fn compound(stream: &[u8]) -> Option<Vec<u8>> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).ok()?;
    file.create_stream("/Workbook").ok()?.write_all(stream).ok()?;
    file.flush().ok()?;
    Some(file.into_inner().into_inner())
}
