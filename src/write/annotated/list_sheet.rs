//! The added sheet 差异清单: one row a finding, each with a link to its cell, and two columns to be filled in.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::attributes::escaped;
use super::fault::Fault;
use super::filled_in::{FilledIn, KEPT};
use super::list_formats::Formats;
use super::note_writing::cell_string;
use super::styles::Styles;
use crate::grid::column_letters;
use crate::model::Severity;
use crate::text::own_markers::LIST_SHEET;
use crate::text::plain;
use crate::write::discrepancies::{
    Column, DiscrepancyList, FOR_REVIEW_HEADING, LEGEND, ListedDiscrepancy, Status, Widths,
};
use crate::write::kit::cell_text;
use crate::write::kit::list_sheet::Standing;
use crate::write::kit::styles as looks;
use crate::write::kit::styles::{MOST_LINKS, SMALLEST_ROW};
use crate::write::kit::text_width::fit;

/// The sheet's name, unless the unit has a sheet of that name.
pub const NAME: &str = LIST_SHEET;
/// The text of the first cell, by which a later run knows the sheet as its own.
pub const MARK: &str = "差异清单（由核表加入；再次生成批注副本时本页更新，仍有的差异保留已填的单位说明和处理意见）";
const NO_FINDING: &str = "未发现差异";
const BODY_SIZE: f64 = looks::BODY_SIZE;
/// Rows below the two heading rows.
const MOST_ROWS: usize = 1_048_574;
/// Rows that are left for what stands below the list.
const LEGEND_ROOM: usize = 1_000;

/// The letters of the last column that is printed.
pub fn last_printed_column() -> String {
    let printed = columns().filter(|(_, column)| column.is_printed());
    printed.last().map(|(letters, _)| letters).unwrap_or_default()
}

fn columns() -> impl Iterator<Item = (String, Column)> {
    (0..)
        .zip(
            Column::ON_A_SHEET
                .into_iter()
                // The message quotes the sentence here; the bases stand below; the file is this one.
                .filter(|column| column.is_printed() && *column != Column::Quote)
                .chain([Column::Difference, Column::Status]),
        )
        .map(|(index, column)| (column_letters(index), column))
}

/// What the sheet is written from.
pub struct Content<'a> {
    /// The findings.
    pub list: &'a DiscrepancyList,
    /// What an earlier sheet held.
    pub filled_in: &'a FilledIn,
    /// The main namespace of the file.
    pub namespace: &'static str,
}

/// Returns the sheet part. `name_in_file` gives a sheet's name as the file has it.
pub fn part(content: &Content, styles: &mut Styles, name_in_file: impl Fn(&str) -> String) -> Result<String, Fault> {
    let formats = Formats::of(styles)?;
    let widths = Widths::of(content.list, columns().map(|(_, column)| column));
    let mut rows = String::new();
    let mut links = String::new();
    let mut count = 0;
    let last_column = columns().last().map(|(letters, _)| letters).unwrap_or_default();
    let link_column = columns().find(|(_, column)| *column == Column::Cell);
    let link_column = link_column.map(|(letters, _)| letters).unwrap_or_default();
    for finding in content.list.findings.iter().take(MOST_ROWS) {
        count += 1;
        let place = content.list.cell_text(finding);
        let is_link = count <= MOST_LINKS && widths.holds_link(&place);
        rows.push_str(&row((count, finding), content, &formats, &widths, (&place, is_link)));
        if is_link {
            let target = format!(
                "{}!{}",
                quoted_link(&name_in_file(&finding.sheet)),
                finding.cell.on_its_sheet()
            );
            links.push_str(&format!(
                "<hyperlink ref=\"{link_column}{}\" location=\"{}\" tooltip=\"转到这个单元格\"/>",
                count + 2,
                escaped(&target)
            ));
        }
    }
    let last_printed = last_printed_column();
    let mut merges = format!("<mergeCell ref=\"A1:{last_printed}1\"/>");
    let mut merge_count = 1;
    let mut last_written = count.max(1) + 2;
    if count == 0 {
        rows.push_str(&format!(
            "<row r=\"3\" ht=\"{SMALLEST_ROW}\" customHeight=\"1\">{}</row>",
            text_cell("A3", formats.centered, NO_FINDING)
        ));
        merges.push_str(&format!("<mergeCell ref=\"A3:{last_printed}3\"/>"));
        merge_count = 2;
        count = 1;
    }
    let mut below = Vec::new();
    let review = content.list.review_lines();
    if !review.is_empty() {
        below.push(lines_under(FOR_REVIEW_HEADING, review, &formats));
    }
    if !content.list.findings.is_empty() {
        below.push(legend(content, &formats));
    }
    if count + LEGEND_ROOM >= MOST_ROWS {
        below.clear();
    }
    if !content.filled_in.kept.is_empty() {
        let kept = content.filled_in.kept.iter().take(LEGEND_ROOM);
        let kept = kept.map(|line| cell_text::for_cell(line, None)).collect();
        below.push(lines_under(KEPT, kept, &formats));
    }
    for lines in below {
        let first = last_written + 2;
        let block = block(lines, first, &widths);
        rows.push_str(&block.rows);
        merges.push_str(&block.merges);
        merge_count += block.count;
        last_written = first + block.count - 1;
    }
    if !links.is_empty() {
        links = format!("<hyperlinks>{links}</hyperlinks>");
    }
    let cols: String = (1..)
        .zip(columns())
        .map(|(index, (_, column))| {
            let width = widths.width(column);
            format!("<col min=\"{index}\" max=\"{index}\" width=\"{width}\" customWidth=\"1\"/>")
        })
        .collect();
    let headers: String = columns()
        .map(|(letters, column)| {
            let format = if column.standing() == Standing::FillIn {
                formats.fill_in_header
            } else {
                formats.header
            };
            text_cell(&format!("{letters}2"), format, column.header())
        })
        .collect();
    let title = text_cell("A1", formats.title, MARK);
    let last = count + 2;
    let namespace = content.namespace;
    Ok(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"{namespace}\">\
         <sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><dimension ref=\"A1:{last_column}{last_written}\"/>\
         <sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"2\" topLeftCell=\"A3\" activePane=\"bottomLeft\" state=\"frozen\"/>\
         <selection pane=\"bottomLeft\" activeCell=\"A3\" sqref=\"A3\"/></sheetView></sheetViews>\
         <sheetFormatPr defaultRowHeight=\"15\"/><cols>{cols}</cols><sheetData>\
         <row r=\"1\" ht=\"24\" customHeight=\"1\">{title}</row><row r=\"2\" ht=\"24\" customHeight=\"1\">{headers}</row>{rows}</sheetData>\
         <autoFilter ref=\"A2:{last_column}{last}\"/><mergeCells count=\"{merge_count}\">{merges}</mergeCells>{links}\
         <printOptions horizontalCentered=\"1\"/><pageMargins left=\"0.4\" right=\"0.4\" top=\"0.5\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>\
         <pageSetup paperSize=\"9\" fitToHeight=\"0\" orientation=\"landscape\"/>\
         <headerFooter><oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter></worksheet>"
    ))
}

/// What stands below the list.
struct Legend {
    rows: String,
    merges: String,
    count: usize,
}

/// Returns what the colours mean and the basis of each rule, each line with its format.
fn legend(content: &Content, formats: &Formats) -> Vec<(String, u32)> {
    let heading = (LEGEND.to_owned(), formats.header);
    let lines = content.list.legend().into_iter().map(|(line, fill)| {
        let severity = [Severity::Error, Severity::Warning, Severity::Info]
            .into_iter()
            .find(|severity| fill == Some(looks::severity_fill(*severity)));
        let format = match (severity, fill) {
            (Some(severity), _) => formats.of_line(severity),
            (None, Some(_)) => formats.of_column(Column::UnitExplanation, Severity::Info),
            (None, None) => formats.of_column(Column::Message, Severity::Info),
        };
        (line, format)
    });
    std::iter::once(heading).chain(lines).collect()
}

/// Returns a heading and lines, each with its format.
fn lines_under(heading: &str, lines: Vec<String>, formats: &Formats) -> Vec<(String, u32)> {
    let heading = (heading.to_owned(), formats.header);
    let format = formats.of_column(Column::Message, Severity::Info);
    let lines = lines.into_iter().map(|line| (line, format));
    std::iter::once(heading).chain(lines).collect()
}

/// Returns lines from a row on, each up to the last printed column.
fn block(lines: Vec<(String, u32)>, first: usize, widths: &Widths) -> Legend {
    let width: f64 = columns()
        .filter(|(_, column)| column.is_printed())
        .map(|(_, column)| widths.width(column))
        .sum();
    let last_column = last_printed_column();
    let mut legend = Legend {
        rows: String::new(),
        merges: String::new(),
        count: 0,
    };
    for (row, (line, format)) in (first..).zip(lines) {
        let (_, height) = fit(&line, width, BODY_SIZE);
        let height = height.max(SMALLEST_ROW);
        let cell = text_cell(&format!("A{row}"), format, &line);
        legend.rows.push_str(&format!(
            "<row r=\"{row}\" ht=\"{height}\" customHeight=\"1\">{cell}</row>"
        ));
        legend
            .merges
            .push_str(&format!("<mergeCell ref=\"A{row}:{last_column}{row}\"/>"));
        legend.count += 1;
    }
    legend
}

/// Returns the row of a finding, with its cell in words and whether that is a link.
fn row(
    (number, finding): (usize, &ListedDiscrepancy),
    content: &Content,
    formats: &Formats,
    widths: &Widths,
    (place, is_link): (&str, bool),
) -> String {
    let row = number + 2;
    let field = finding.field_title.clone().unwrap_or_default();
    let (unit, reviewer) = content
        .filled_in
        .texts(&finding.code, place, &field)
        .cloned()
        .unwrap_or_default();
    // What was given for this run is newer than what stands on the sheet.
    let unit = finding.unit_explanation.clone().unwrap_or(unit);
    let reviewer = finding.reviewer_opinion.clone().unwrap_or(reviewer);
    let status = if unit.is_empty() {
        finding.status
    } else {
        Status::Explained
    };
    let mut height = SMALLEST_ROW;
    let mut cells = String::new();
    for (letters, column) in columns() {
        let listed = content.list.content(finding, column);
        let text = match column {
            Column::Cell => Cow::Borrowed(place),
            Column::Status => Cow::Borrowed(status.title()),
            Column::UnitExplanation => Cow::Borrowed(unit.as_str()),
            Column::ReviewerOpinion => Cow::Borrowed(reviewer.as_str()),
            _ => listed.shown(),
        };
        let place = format!("{letters}{row}");
        let format = match column {
            Column::Cell if !is_link => formats.centered,
            column => formats.of_column(column, finding.severity),
        };
        let is_figure = matches!(
            column,
            Column::Number | Column::Declared | Column::Expected | Column::Difference
        );
        if is_figure && is_number(&text) {
            cells.push_str(&format!("<c r=\"{place}\" s=\"{format}\"><v>{text}</v></c>"));
            continue;
        }
        let text = cell_text::for_cell(&text, Some(finding.cell));
        let (_, needed) = fit(&text, widths.width(column), BODY_SIZE);
        height = height.max(needed);
        cells.push_str(&text_cell(&place, format, &text));
    }
    format!("<row r=\"{row}\" ht=\"{height}\" customHeight=\"1\">{cells}</row>")
}

/// Returns a text as text, whatever it begins with.
fn text_cell(place: &str, format: u32, text: &str) -> String {
    if text.is_empty() {
        return format!("<c r=\"{place}\" s=\"{format}\"/>");
    }
    format!(
        "<c r=\"{place}\" s=\"{format}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
        cell_string(text)
    )
}

/// Returns whether the text is a number that a spreadsheet shows just so.
fn is_number(text: &str) -> bool {
    const MOST_DIGITS: usize = 10;
    text.len() <= MOST_DIGITS && text.parse::<Decimal>().is_ok_and(|number| plain(number) == text)
}

/// Returns a sheet's name in a link, always in quotes: some programs read an unquoted Chinese name wrongly.
fn quoted_link(name: &str) -> String {
    format!("'{}'", name.replace('\'', "''"))
}
