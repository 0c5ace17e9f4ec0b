//! The formats of the added sheet.

use super::fault::Fault;
use super::style_lists::Kind;
use super::styles::Styles;
use crate::model::Severity;
use crate::write::discrepancies::Column;
use crate::write::kit::list_sheet::Standing;
use crate::write::kit::styles as looks;

const FONT: &str = "<font><sz val=\"10\"/><name val=\"宋体\"/><family val=\"3\"/><charset val=\"134\"/></font>";
const BOLD_FONT: &str =
    "<font><b/><sz val=\"10\"/><name val=\"宋体\"/><family val=\"3\"/><charset val=\"134\"/></font>";
const LINK_FONT: &str = "<font><u/><sz val=\"10\"/><color rgb=\"FF0563C1\"/><name val=\"宋体\"/><family val=\"3\"/><charset val=\"134\"/></font>";
const BORDER: &str = "<border><left style=\"thin\"><color rgb=\"FF808080\"/></left><right style=\"thin\"><color rgb=\"FF808080\"/></right><top style=\"thin\"><color rgb=\"FF808080\"/></top><bottom style=\"thin\"><color rgb=\"FF808080\"/></bottom><diagonal/></border>";

/// The formats of the sheet.
pub struct Formats {
    /// The sheet's title.
    pub title: u32,
    /// Headers.
    pub header: u32,
    /// Headers of columns to fill in.
    pub fill_in_header: u32,
    text: u32,
    fill_in: u32,
    /// Centred texts.
    pub centered: u32,
    link: u32,
    levels: [(Severity, u32); 3],
    /// The same for sentences on their grounds.
    level_lines: [(Severity, u32); 3],
}

impl Formats {
    /// Finds them among the styles, or adds them. Where nothing more can be added, the sheet is plain.
    pub fn of(styles: &mut Styles) -> Result<Self, Fault> {
        match Self::added(styles) {
            Err(Fault::TooLarge) => Ok(Self {
                title: 0,
                header: 0,
                fill_in_header: 0,
                text: 0,
                fill_in: 0,
                centered: 0,
                link: 0,
                levels: [(Severity::Error, 0), (Severity::Warning, 0), (Severity::Info, 0)],
                level_lines: [(Severity::Error, 0), (Severity::Warning, 0), (Severity::Info, 0)],
            }),
            formats => formats,
        }
    }

    fn added(styles: &mut Styles) -> Result<Self, Fault> {
        let font = styles.place(Kind::Fonts, FONT)?;
        let bold = styles.place(Kind::Fonts, BOLD_FONT)?;
        let link = styles.place(Kind::Fonts, LINK_FONT)?;
        let border = styles.place(Kind::Borders, BORDER)?;
        let no_border = styles.place(
            Kind::Borders,
            "<border><left/><right/><top/><bottom/><diagonal/></border>",
        )?;
        let parent = if styles.has_parents() { " xfId=\"0\"" } else { "" };
        let mut format = |font: u32, color: Option<u32>, border: u32, align: &str| {
            let fill = match color {
                Some(color) => styles.place(Kind::Fills, &solid(color))?,
                None => styles.place(Kind::Fills, "<fill><patternFill patternType=\"none\"/></fill>")?,
            };
            styles.place(
                Kind::Formats,
                &format!(
                    "<xf numFmtId=\"0\" fontId=\"{font}\" fillId=\"{fill}\" borderId=\"{border}\"{parent} applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\"><alignment horizontal=\"{align}\" vertical=\"center\" wrapText=\"1\"/></xf>"
                ),
            )
        };
        let mut levels = |align: &str| {
            let mut level =
                |level: Severity| format(font, Some(looks::severity_fill(level)), border, align).map(|it| (level, it));
            Ok::<_, Fault>([
                level(Severity::Error)?,
                level(Severity::Warning)?,
                level(Severity::Info)?,
            ])
        };
        Ok(Self {
            levels: levels("center")?,
            level_lines: levels("left")?,
            title: format(bold, None, no_border, "left")?,
            header: format(bold, Some(looks::HEADER_FILL), border, "center")?,
            fill_in_header: format(bold, Some(looks::FILL_IN_HEADER), border, "center")?,
            text: format(font, None, border, "left")?,
            fill_in: format(font, Some(looks::FILL_IN), border, "left")?,
            centered: format(font, None, border, "center")?,
            link: format(link, None, border, "center")?,
        })
    }

    /// That of a sentence on the ground of a level.
    pub fn of_line(&self, severity: Severity) -> u32 {
        of_level(&self.level_lines, severity).unwrap_or(self.text)
    }

    /// That of a column in the row of a finding.
    pub fn of_column(&self, column: Column, severity: Severity) -> u32 {
        match column {
            Column::Level => of_level(&self.levels, severity).unwrap_or(self.centered),
            Column::Cell => self.link,
            column => match column.standing() {
                Standing::Centred => self.centered,
                Standing::FillIn => self.fill_in,
                Standing::Text => self.text,
            },
        }
    }
}

fn of_level(levels: &[(Severity, u32)], severity: Severity) -> Option<u32> {
    let level = levels.iter().find(|(level, _)| *level == severity);
    level.map(|(_, format)| *format)
}

fn solid(color: u32) -> String {
    format!(
        "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FF{color:06X}\"/><bgColor indexed=\"64\"/></patternFill></fill>"
    )
}
