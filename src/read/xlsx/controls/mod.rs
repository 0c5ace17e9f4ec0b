//! Check boxes, option buttons and text boxes that float over a sheet: what each says and the cell that it stands on.
//!
//! A form control is written in up to three places: the sheet's `<controls>` (anchor), its own properties part (state)
//! and a VML drawing (label; in files of Excel 2007 and before, everything). They are joined by the shape's number.
//! What cannot be decided (the cell, the state, the word in the cell that a box without a label belongs to) is listed
//! as lost and never guessed.

mod listed;
mod marks;
mod properties;
mod vml;

use std::collections::BTreeMap;

use super::Budget;
use crate::grid::Sheet;
use crate::read::kit::losses::Losses;
use crate::read::kit::package::{Package, PartError};
use crate::read::kit::relationships::Relationship;
use crate::read::kit::text_boxes::geometry::Anchor;
use crate::read::kit::text_boxes::{self, drawing};
use marks::Mark;
use properties::Properties;

/// More controls than this no form has.
const MOST_CONTROLS: usize = 10_000;
/// A sheet has one drawing of controls and one of its header; more are not looked at.
const MOST_DRAWINGS: usize = 4;

/// The two kinds of control that say yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum BoxKind {
    CheckBox,
    OptionButton,
}

/// What a box says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum BoxState {
    Ticked,
    Empty,
    /// Greyed: neither.
    Mixed,
}

/// What a drawing or the sheet tells of one control; joined by the shape's number.
#[derive(Debug, Default)]
struct Control {
    kind: Option<BoxKind>,
    state: Option<BoxState>,
    /// The properties part and the drawing say different things.
    is_contradictory: bool,
    /// An ActiveX control keeps its state in a binary part that is not read.
    is_active_x: bool,
    is_hidden: bool,
    /// The reference of the cell that the control writes its state to.
    link: Option<String>,
    label: String,
    anchor: Option<Anchor>,
}

/// Adds the marks of a sheet's controls to the cells that they stand on.
pub(super) fn apply(
    package: &mut Package,
    part: &str,
    relationships: &[Relationship],
    sheet: &mut Sheet,
    budget: &mut Budget,
    losses: &mut Losses,
) -> Result<(), PartError> {
    let of_kind = |kind: &'static str| {
        relationships
            .iter()
            .filter(move |relationship| relationship.kind == kind)
    };
    let mut controls: BTreeMap<u32, Control> = BTreeMap::new();
    for drawing in of_kind("vmlDrawing").take(MOST_DRAWINGS) {
        let read = package
            .xml(&drawing.target)
            .and_then(|xml| vml::read(xml.lenient(), &mut controls));
        or_said(read, losses)?;
    }
    let boxes = drawing::read_all(package, relationships, losses)?;
    let has_listed = of_kind("ctrlProp").next().or(of_kind("control").next()).is_some();
    if controls.is_empty() && boxes.is_empty() && !has_listed {
        return Ok(());
    }
    // Only the few sheets with controls pay for a second pass.
    let read = package.xml(part).and_then(listed::read);
    let Some(listed) = or_said(read, losses)? else {
        return Ok(());
    };
    for entry in listed.controls {
        let control = controls.entry(entry.shape).or_default();
        control.anchor = entry.anchor.or(control.anchor);
        let target = relationships
            .iter()
            .find(|relationship| relationship.id == entry.relationship);
        let properties = match target {
            Some(target) => package.xml(&target.target).and_then(properties::read),
            None => Err(PartError::Missing),
        };
        match properties {
            Ok(properties) => join(control, properties),
            Err(PartError::Limit(error)) => return Err(PartError::Limit(error)),
            Err(_) if control.kind.is_some() => {}
            Err(_) => losses.add(control.anchor.map(|anchor| anchor.from), || {
                "有一个控件的属性读不出来，无法确定它是不是复选框、是否勾选".to_owned()
            }),
        }
    }
    let mut placed = Vec::new();
    for control in controls.into_values() {
        if let Some(mark) = Mark::of(control, losses) {
            budget.take_text(mark.label.len())?;
            placed.push(mark);
        }
    }
    marks::put(placed, &listed.geometry, sheet, losses);
    text_boxes::put(boxes, &listed.geometry, sheet, budget, losses)?;
    Ok(())
}

/// The properties part holds; where it and the drawing contradict each other, nothing does.
fn join(control: &mut Control, properties: Properties) {
    let Some(kind) = properties.kind else {
        // Another kind of control: a button, a list.
        *control = Control::default();
        return;
    };
    control.kind = Some(kind);
    control.is_active_x = properties.is_active_x;
    control.is_contradictory =
        control.state.is_some_and(|drawn| Some(drawn) != properties.state) && !properties.is_active_x;
    control.state = properties.state;
    control.link = properties.link.or(control.link.take());
}

/// Returns what a broken part holds of controls is lost; a limit stops the file.
fn or_said<T>(read: Result<T, PartError>, losses: &mut Losses) -> Result<Option<T>, PartError> {
    match read {
        Ok(value) => Ok(Some(value)),
        Err(PartError::Limit(error)) => Err(PartError::Limit(error)),
        Err(_) => {
            losses.add(None, || "控件部分已损坏，如有复选框，是否勾选没有读到".to_owned());
            Ok(None)
        }
    }
}
