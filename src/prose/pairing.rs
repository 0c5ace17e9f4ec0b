//! Which report, and which part of it, restates which table.

use std::ops::Range;

use super::figure::{FigureUnit, figures};
use super::folded::{Folded, is_han};
use super::part::ReportPart;
use super::report::ReportText;
use super::section::role_of;
use crate::model::Evaluation;
use crate::text::keys::unit_name_key;

/// What a table says of itself, as far as it tells its report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableHead {
    /// The project's name without its year; empty where there is none.
    project: String,
    /// Names of its units.
    units: Vec<String>,
    /// Its year.
    year: Option<i32>,
}

impl TableHead {
    /// Returns the head of a table.
    pub fn of(evaluation: &Evaluation) -> Self {
        let name = evaluation.project_name.as_ref().map(|name| Folded::new(&name.value));
        let year_in_name = name.as_ref().and_then(|name| year_in(name.as_str()));
        let units = [&evaluation.implementing_unit, &evaluation.department];
        Self {
            project: name.map(|name| core(name.as_str())).unwrap_or_default(),
            units: units
                .into_iter()
                .flatten()
                .map(|unit| letters(&unit_name_key(&unit.value)))
                .filter(|unit| !unit.is_empty())
                .collect(),
            year: evaluation.year.as_ref().map(|year| year.value).or(year_in_name),
        }
    }
}

/// How a report stands to a table.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Pairing<'a> {
    /// It restates the table, as a whole or in a part.
    Restates(ReportPart<'a>),
    /// It may; why that is not sure, in Chinese.
    Unsure(String),
    /// It speaks of something else.
    Other,
}

/// How sure it is beforehand that reports and tables belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Belonging {
    /// They stand in one file, or someone said so.
    Told,
    /// They lie in one folder.
    Neighbours,
}

/// Pairs a report with each of some tables.
pub fn pair<'a>(report: &'a ReportText, tables: &[TableHead], belonging: Belonging) -> Vec<Pairing<'a>> {
    let sections: Vec<Vec<Range<usize>>> = tables.iter().map(|table| sections_of(report, &table.project)).collect();
    let several = tables.len() > 1;
    tables
        .iter()
        .enumerate()
        .map(|(index, table)| {
            let own = sections.get(index).map_or(&[][..], Vec::as_slice);
            if belonging == Belonging::Neighbours && !may_restate(report, table) {
                return Pairing::Other;
            }
            if !own.is_empty() {
                return Pairing::Restates(ReportPart::of(report, own.to_vec()));
            }
            if !several {
                return Pairing::Restates(ReportPart::whole(report));
            }
            among_several(report, tables, index)
        })
        .collect()
}

/// Returns a report without a section for the table's project, beside several tables.
fn among_several<'a>(report: &'a ReportText, tables: &[TableHead], index: usize) -> Pairing<'a> {
    let Some(table) = tables.get(index) else {
        return Pairing::Other;
    };
    let head = head_text(report);
    let named = |table: &TableHead| !table.project.is_empty() && head.contains(&table.project);
    let same = tables.iter().filter(|other| other.project == table.project).count();
    if !named(table) {
        let any = tables.iter().any(named);
        return if any {
            Pairing::Other
        } else {
            Pairing::Unsure("文件里有几张评价表，看不出报告说的是哪一张".to_owned())
        };
    }
    if same > 1 {
        return Pairing::Unsure("有几张评价表是同一个项目，看不出报告说的是哪一张".to_owned());
    }
    let others = tables
        .iter()
        .filter(|other| other.project != table.project && named(other))
        .count();
    if others > 0 {
        return Pairing::Unsure("报告同时说到几个项目，没有分项目的标题，无法分开核对".to_owned());
    }
    Pairing::Restates(ReportPart::whole(report))
}

/// Returns whether a report names the table's project, and no other year or unit.
fn may_restate(report: &ReportText, table: &TableHead) -> bool {
    const LEAST: usize = 4;
    let head = head_text(report);
    let names_project = table.project.chars().count() >= LEAST
        && (head.contains(&table.project) || !sections_of(report, &table.project).is_empty());
    let names_unit = table.units.iter().any(|unit| {
        let short = unit
            .rfind(['省', '市', '县', '区'])
            .map_or(unit.as_str(), |at| unit.get(at + '县'.len_utf8()..).unwrap_or_default());
        head.contains(unit.as_str()) || (short.chars().count() >= 3 && head.contains(short))
    });
    let title = report.title_text().unwrap_or_default();
    let title_year = year_in(title);
    let other_year = matches!((title_year, table.year), (Some(one), Some(other)) if one != other);
    // A table without a project's name is told by its unit, where the report is about the whole unit.
    let of_unit = table.project.is_empty() && names_unit && title.contains("整体");
    !other_year
        && ((names_project && (names_unit || table.units.is_empty() || head.contains(&table.project))) || of_unit)
}

/// Title and first paragraphs of a report.
fn head_text(report: &ReportText) -> String {
    const PARAGRAPHS: usize = 30;
    report
        .paragraphs
        .iter()
        .take(PARAGRAPHS)
        .map(|paragraph| paragraph.folded.as_str())
        .collect()
}

/// Returns the sections of a report under headings that name a project, where other projects have sections of their
/// own.
fn sections_of(report: &ReportText, project: &str) -> Vec<Range<usize>> {
    const LEAST: usize = 4;
    if project.chars().count() < LEAST {
        return Vec::new();
    }
    let headings: Vec<(usize, u8, &str, &[usize])> = report
        .paragraphs
        .iter()
        .enumerate()
        .filter_map(|(index, paragraph)| {
            let level = paragraph.heading.as_ref()?.level;
            let above = paragraph.path.split_last().map_or(&[][..], |(_, above)| above);
            Some((index, level, paragraph.title()?, above))
        })
        .collect();
    let names_own = |title: &str| letters(title).contains(&letters(project));
    let is_sibling_project = |(_, level, title, above): &(usize, u8, &str, &[usize]),
                              own: &(usize, u8, &str, &[usize])| {
        *level == own.1
            && *above == own.3
            && !names_own(title)
            && (role_of(title).is_none() || title.ends_with("项目") || title.ends_with("经费"))
            && ["项目", "经费", "专项", "工程", "资金", "补助"]
                .iter()
                .any(|word| title.ends_with(word))
    };
    headings
        .iter()
        .filter(|own| names_own(own.2) && headings.iter().any(|other| is_sibling_project(other, own)))
        .map(|(index, level, _, _)| {
            let end = headings
                .iter()
                .find(|(other, other_level, _, _)| other > index && other_level <= level)
                .map_or(report.paragraphs.len(), |(other, _, _, _)| *other);
            *index..end
        })
        .collect()
}

fn letters(text: &str) -> String {
    Folded::new(text).as_str().chars().filter(|c| is_han(*c)).collect()
}

fn year_in(text: &str) -> Option<i32> {
    figures(text)
        .iter()
        .find(|figure| figure.unit == FigureUnit::Year)
        .and_then(|figure| i32::try_from(figure.value).ok())
}

/// Returns a project's name behind its year, without a closing 项目.
fn core(name: &str) -> String {
    let behind = figures(name)
        .iter()
        .find(|figure| figure.unit == FigureUnit::Year)
        .map_or(0, |figure| figure.end);
    let rest = name.get(behind..).unwrap_or_default();
    let rest = rest.strip_prefix('度').unwrap_or(rest);
    let core = rest.strip_suffix("项目").unwrap_or(rest);
    if core.is_empty() {
        name.to_owned()
    } else {
        core.to_owned()
    }
}
