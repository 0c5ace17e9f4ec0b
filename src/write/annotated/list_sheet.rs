//! The added sheet 差异清单: one row a finding, each with a link to its cell.

use rust_decimal::Decimal;

use super::fault::Fault;
use super::notes::cell_string;
use super::styles::{Kind, Styles};
use super::tags::escaped;
use crate::report::{Discrepancy, FileReport, Severity, TableReport, field_title, plain};
use crate::write::cell_text;
use crate::write::link::quoted_sheet;
use crate::write::styles as looks;
use crate::write::text_width::{column_width, fit};

/// The sheet's name, unless the unit has a sheet of that name.
pub const NAME: &str = "差异清单";
/// The text of the first cell, by which a later run knows the sheet as its own.
pub const MARK: &str = "差异清单（由核表加入；对本文件再次生成批注副本时，本页整页更新）";
const NO_FINDING: &str = "未发现差异";
/// Headers with their column widths in characters.
const COLUMNS: [(&str, usize); 12] = [
    ("序号", 5),
    ("编号", 6),
    ("规则", 18),
    ("级别", 6),
    ("单元格", 14),
    ("字段", 24),
    ("申报值", 12),
    ("应为", 12),
    ("差额", 8),
    ("说明", 48),
    ("依据", 24),
    ("修改建议", 30),
];
const LINK_COLUMN: usize = 4;
const LEVEL_COLUMN: usize = 3;
const LAST_COLUMN: &str = "L";
const BODY_SIZE: f64 = 10.0;
const SMALLEST_ROW: f64 = 20.0;
/// Excel opens no sheet with more links.
const MOST_LINKS: usize = 65_530;
/// Rows below the two heading rows.
const MOST_ROWS: usize = 1_048_574;
const FONT: &str = "<font><sz val=\"10\"/><name val=\"宋体\"/><family val=\"3\"/><charset val=\"134\"/></font>";
const BOLD_FONT: &str =
    "<font><b/><sz val=\"10\"/><name val=\"宋体\"/><family val=\"3\"/><charset val=\"134\"/></font>";
const LINK_FONT: &str = "<font><u/><sz val=\"10\"/><color rgb=\"FF0563C1\"/><name val=\"宋体\"/><family val=\"3\"/><charset val=\"134\"/></font>";
const BORDER: &str = "<border><left style=\"thin\"><color rgb=\"FF808080\"/></left><right style=\"thin\"><color rgb=\"FF808080\"/></right><top style=\"thin\"><color rgb=\"FF808080\"/></top><bottom style=\"thin\"><color rgb=\"FF808080\"/></bottom><diagonal/></border>";

/// The formats of the sheet.
struct Formats {
    title: u32,
    header: u32,
    text: u32,
    centered: u32,
    link: u32,
    levels: [(Severity, u32); 3],
}

impl Formats {
    fn of(styles: &mut Styles) -> Result<Self, Fault> {
        let font = styles.place(Kind::Fonts, FONT)?;
        let bold = styles.place(Kind::Fonts, BOLD_FONT)?;
        let link = styles.place(Kind::Fonts, LINK_FONT)?;
        let border = styles.place(Kind::Borders, BORDER)?;
        let no_border = styles.place(
            Kind::Borders,
            "<border><left/><right/><top/><bottom/><diagonal/></border>",
        )?;
        let no_fill = styles.place(Kind::Fills, "<fill><patternFill patternType=\"none\"/></fill>")?;
        let gray = styles.place(Kind::Fills, &solid(looks::HEADER_FILL))?;
        let mut format = |font: u32, fill: u32, border: u32, align: &str| {
            styles.place(
                Kind::Formats,
                &format!(
                    "<xf numFmtId=\"0\" fontId=\"{font}\" fillId=\"{fill}\" borderId=\"{border}\" xfId=\"0\" applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\"><alignment horizontal=\"{align}\" vertical=\"center\" wrapText=\"1\"/></xf>"
                ),
            )
        };
        let title = format(bold, no_fill, no_border, "left")?;
        let header = format(bold, gray, border, "center")?;
        let text = format(font, no_fill, border, "left")?;
        let centered = format(font, no_fill, border, "center")?;
        let link = format(link, no_fill, border, "center")?;
        let mut level = |severity: Severity| -> Result<(Severity, u32), Fault> {
            let fill = styles.place(Kind::Fills, &solid(looks::severity_fill(severity)))?;
            let xf = format!(
                "<xf numFmtId=\"0\" fontId=\"{font}\" fillId=\"{fill}\" borderId=\"{border}\" xfId=\"0\" applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\"><alignment horizontal=\"center\" vertical=\"center\" wrapText=\"1\"/></xf>"
            );
            Ok((severity, styles.place(Kind::Formats, &xf)?))
        };
        Ok(Self {
            title,
            header,
            text,
            centered,
            link,
            levels: [
                level(Severity::Error)?,
                level(Severity::Warning)?,
                level(Severity::Info)?,
            ],
        })
    }

    fn of_column(&self, column: usize, severity: Severity) -> u32 {
        match column {
            LEVEL_COLUMN => self
                .levels
                .iter()
                .find(|(level, _)| *level == severity)
                .map_or(self.centered, |(_, format)| *format),
            LINK_COLUMN => self.link,
            0 | 1 | 6..=8 => self.centered,
            _ => self.text,
        }
    }
}

fn solid(color: u32) -> String {
    format!(
        "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FF{color:06X}\"/><bgColor indexed=\"64\"/></patternFill></fill>"
    )
}

/// The sheet part. Places name their sheet where `names_sheets`; `name_in_file` gives a sheet's name as the file has it.
pub fn part(
    report: &FileReport,
    styles: &mut Styles,
    namespace: &str,
    names_sheets: bool,
    name_in_file: impl Fn(&str) -> String,
) -> Result<String, Fault> {
    let formats = Formats::of(styles)?;
    let mut rows = String::new();
    let mut links = String::new();
    let findings = report
        .tables
        .iter()
        .flat_map(|table| table.discrepancies.iter().map(move |finding| (table, finding)));
    let mut count = 0;
    for (table, finding) in findings.take(MOST_ROWS) {
        count += 1;
        rows.push_str(&row(count, table, finding, &formats, names_sheets));
        if count <= MOST_LINKS {
            let target = format!("{}!{}", quoted_link(&name_in_file(&table.sheet)), finding.cell);
            links.push_str(&format!(
                "<hyperlink ref=\"E{}\" location=\"{}\" tooltip=\"转到这个单元格\"/>",
                count + 2,
                escaped(&target)
            ));
        }
    }
    let mut merges = format!("<mergeCell ref=\"A1:{LAST_COLUMN}1\"/>");
    let mut merge_count = 1;
    if count == 0 {
        rows.push_str(&format!(
            "<row r=\"3\" ht=\"{SMALLEST_ROW}\" customHeight=\"1\">{}</row>",
            text_cell("A3", formats.centered, NO_FINDING)
        ));
        merges.push_str(&format!("<mergeCell ref=\"A3:{LAST_COLUMN}3\"/>"));
        merge_count = 2;
        count = 1;
    }
    if !links.is_empty() {
        links = format!("<hyperlinks>{links}</hyperlinks>");
    }
    let columns: String = (1..)
        .zip(COLUMNS)
        .map(|(index, (_, width))| {
            format!(
                "<col min=\"{index}\" max=\"{index}\" width=\"{}\" customWidth=\"1\"/>",
                column_width(width, BODY_SIZE)
            )
        })
        .collect();
    let headers: String = COLUMNS
        .iter()
        .enumerate()
        .map(|(column, (header, _))| text_cell(&format!("{}2", letter(column)), formats.header, header))
        .collect();
    let title = text_cell("A1", formats.title, MARK);
    let last = count + 2;
    Ok(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"{namespace}\">\
         <sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><dimension ref=\"A1:{LAST_COLUMN}{last}\"/>\
         <sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"2\" topLeftCell=\"A3\" activePane=\"bottomLeft\" state=\"frozen\"/>\
         <selection pane=\"bottomLeft\" activeCell=\"A3\" sqref=\"A3\"/></sheetView></sheetViews>\
         <sheetFormatPr defaultRowHeight=\"15\"/><cols>{columns}</cols><sheetData>\
         <row r=\"1\" ht=\"24\" customHeight=\"1\">{title}</row><row r=\"2\" ht=\"24\" customHeight=\"1\">{headers}</row>{rows}</sheetData>\
         <autoFilter ref=\"A2:{LAST_COLUMN}{last}\"/><mergeCells count=\"{merge_count}\">{merges}</mergeCells>{links}\
         <printOptions horizontalCentered=\"1\"/><pageMargins left=\"0.4\" right=\"0.4\" top=\"0.5\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>\
         <pageSetup paperSize=\"9\" fitToHeight=\"0\" orientation=\"landscape\"/>\
         <headerFooter><oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter></worksheet>"
    ))
}

fn row(number: usize, table: &TableReport, finding: &Discrepancy, formats: &Formats, names_sheets: bool) -> String {
    let row = number + 2;
    let cell = if names_sheets {
        format!("{}!{}", quoted_sheet(&table.sheet), finding.cell)
    } else {
        finding.cell.to_string()
    };
    let field = finding
        .field
        .as_deref()
        .map(|path| field_title(path, &table.evaluation))
        .unwrap_or_default();
    let texts = [
        number.to_string(),
        finding.code.clone(),
        finding.title.clone(),
        finding.severity.title().to_owned(),
        cell,
        field,
        finding.declared.clone().unwrap_or_default(),
        finding.expected.clone().unwrap_or_default(),
        finding.difference.clone().unwrap_or_default(),
        finding.message.clone(),
        finding.basis.clone(),
        finding.suggestion.clone(),
    ];
    let mut height = SMALLEST_ROW;
    let mut cells = String::new();
    for ((column, text), (_, width)) in texts.iter().enumerate().zip(COLUMNS) {
        let place = format!("{}{row}", letter(column));
        let format = formats.of_column(column, finding.severity);
        if matches!(column, 0 | 6..=8) && is_number(text) {
            cells.push_str(&format!("<c r=\"{place}\" s=\"{format}\"><v>{text}</v></c>"));
            continue;
        }
        let text = cell_text::for_cell(text, Some(finding.cell));
        let (_, needed) = fit(&text, column_width(width, BODY_SIZE), BODY_SIZE);
        height = height.max(needed);
        cells.push_str(&text_cell(&place, format, &text));
    }
    format!("<row r=\"{row}\" ht=\"{height}\" customHeight=\"1\">{cells}</row>")
}

/// A text as text, whatever it begins with.
fn text_cell(place: &str, format: u32, text: &str) -> String {
    if text.is_empty() {
        return format!("<c r=\"{place}\" s=\"{format}\"/>");
    }
    format!(
        "<c r=\"{place}\" s=\"{format}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
        cell_string(text)
    )
}

/// Whether the text is a number that a spreadsheet shows just so.
fn is_number(text: &str) -> bool {
    const MOST_DIGITS: usize = 10;
    text.len() <= MOST_DIGITS && text.parse::<Decimal>().is_ok_and(|number| plain(number) == text)
}

/// A sheet's name in a link, always in quotes: some programs read an unquoted Chinese name wrongly.
fn quoted_link(name: &str) -> String {
    format!("'{}'", name.replace('\'', "''"))
}

fn letter(column: usize) -> String {
    crate::grid::column_letters(u32::try_from(column).unwrap_or_default())
}
