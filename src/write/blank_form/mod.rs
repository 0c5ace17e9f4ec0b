//! 空白表: an empty form for a unit to fill in, in the wording of the ministry's form, that comes back without guessing.
//!
//! What a form says ([`wording`]) and what is already known of the table ([`content`]) are planned as cells, then
//! written with protection, limits and prompts. It computes nothing: a form holds no formula in its cells.

mod content;
mod instructions;
mod limits;
mod plan;
mod render;
mod wording;

use self::content::Content;
use self::wording::BlankFormWording;
use super::WriteError;
use super::kit::book::Book;
use super::kit::properties::Properties;
use super::normalized::sizes;
use crate::grid::FORM_MARK_NAME;
use crate::layout::{FormLibrary, FormMark};
use crate::model::{Evaluation, TableKind};
use crate::standard::Standard;

/// What a blank form is for.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct BlankForm<'a> {
    /// The kind of table; there is no form for [`TableKind::Other`].
    pub kind: TableKind,
    /// 年度; where it is `None`, that of `planned`, else a line to fill in.
    pub year: Option<i32>,
    /// The unit that fills it in; where it is `None`, that of `planned`.
    pub unit: Option<&'a str>,
    /// Rows for each 二级指标: `None` leaves it to the form, or with `planned` adds none.
    pub rows: Option<u32>,
    /// A table whose heading, amounts, goals, indicators, targets and weights are taken over. What was achieved and
    /// scored in it is not.
    pub planned: Option<&'a Evaluation>,
}

impl BlankForm<'_> {
    /// Returns a form of this kind of which nothing is known yet.
    pub const fn new(kind: TableKind) -> Self {
        Self {
            kind,
            year: None,
            unit: None,
            rows: None,
            planned: None,
        }
    }
}

/// Returns the blank form as the bytes of an xlsx file: sheet 自评表 (or 评价表) and sheet 填表说明.
///
/// Only cells to fill in are unlocked; the protection has no password. Points, tiers and grades follow the standard.
/// The same form gives the same bytes. Errors when there is no form for the kind.
pub fn blank_form(form: &BlankForm<'_>, standard: &Standard) -> Result<Vec<u8>, WriteError> {
    let (Some(wording), Some(mark)) = (
        BlankFormWording::of(form.kind),
        FormMark::of(form.kind, FormLibrary::builtin().forms()),
    ) else {
        return Err(WriteError::NoForm);
    };
    let content = Content::of(form, wording, standard);
    let mut plan = plan::plan(wording, &content, standard);
    let mut sizes = sizes::measure(&mut plan.sheet, &plan::widths());
    for (&row, &least) in &plan.least_heights {
        sizes.rows.entry(row).and_modify(|height| *height = height.max(least));
    }
    let mut book = Book::new();
    let comment = format!("空白表；评分标准：{}", standard.title);
    book.set_properties(Properties::of_tool(wording.title, &comment));
    let sheet = book.add_sheet(wording.sheet)?;
    book.setup(sheet)?.footer = Some(wording.title.to_owned());
    render::render(&mut book, sheet, &plan, &sizes)?;
    limits::put_limits(book.worksheet(sheet)?, &plan.limits, standard)?;
    instructions::put_instructions(&mut book, wording, standard)?;
    for (sheet, mark) in [(wording.sheet, mark), (instructions::SHEET, FormMark::instructions())] {
        let name = format!("'{sheet}'!{FORM_MARK_NAME}");
        book.library()?.define_name(name, &format!("=\"{mark}\""))?;
    }
    book.hide_name(FORM_MARK_NAME);
    book.into_bytes()
}
