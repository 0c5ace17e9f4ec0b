//! The workbook part: which sheets there are, in tab order, and where their parts lie.

use std::collections::BTreeMap;

use crate::grid::{FORM_MARK_NAME, Visibility};
use crate::read::detect::main_part;
use crate::read::kit::form_mark::marked_text;
use crate::read::kit::package::{Package, PartError};
use crate::read::kit::relationships::{Relationship, first_target, other_kind, relationships_of};
use crate::read::kit::tabs::Tab;
use crate::read::kit::xml::{Node, attribute, attributes, is_on};
use crate::read::number_format::Epoch;
use crate::read::{Limits, ReadError};

/// What the workbook part says.
pub(super) struct WorkbookParts {
    pub tabs: Vec<Tab<SheetPlace>>,
    pub epoch: Epoch,
    pub shared_strings: Option<String>,
    pub styles: Option<String>,
    pub feature_bags: Option<String>,
}

/// Where a tab's sheet is found, and what is said of it there.
pub(super) struct SheetPlace {
    /// `None` when the workbook names a sheet that it has no relationship for.
    pub part: Option<String>,
    /// What the form mark says, if the sheet has one.
    pub form_mark: Option<String>,
}

/// Reads the workbook part and its relationships.
pub(super) fn read_parts(package: &mut Package, limits: &Limits) -> Result<WorkbookParts, PartError> {
    let main = main_part(package)?;
    let relationships = relationships_of(package, &main)?;
    let first_of = |kind: &str| first_target(&relationships, kind);
    let shared_strings = first_of("sharedStrings");
    let styles = first_of("styles");
    let feature_bags = first_of("FeaturePropertyBag");
    let by_id: BTreeMap<&str, &Relationship> = relationships
        .iter()
        .map(|relationship| (relationship.id.as_str(), relationship))
        .collect();

    let mut plan = WorkbookParts {
        tabs: Vec::new(),
        epoch: Epoch::Year1900,
        shared_strings,
        styles,
        feature_bags,
    };
    let mut xml = package.xml(&main)?;
    loop {
        let depth = xml.depth();
        match xml.next()? {
            Node::Start(start) => match start.local_name().as_ref() {
                "workbookPr" if depth == 1 && is_on(&start, "date1904") => plan.epoch = Epoch::Year1904,
                "sheet" if depth == 2 => {
                    if plan.tabs.len() >= limits.sheets {
                        return Err(PartError::Limit(ReadError::too_many("工作表数", limits.sheets)));
                    }
                    let id = attributes(&start)
                        .find(|(key, _)| key.rsplit_once(':').is_some_and(|(_, local)| local == "id"))
                        .map(|(_, value)| value);
                    let target = id.and_then(|id| by_id.get(id.as_ref()));
                    plan.tabs.push(Tab {
                        name: attribute(&start, "name").unwrap_or_default().into_owned(),
                        visibility: match attribute(&start, "state").as_deref() {
                            Some("hidden") => Visibility::Hidden,
                            Some("veryHidden") => Visibility::VeryHidden,
                            _ => Visibility::Visible,
                        },
                        other_kind: target.and_then(|target| other_kind(&target.kind)),
                        place: SheetPlace {
                            part: target.map(|target| target.target.clone()),
                            form_mark: None,
                        },
                    });
                }
                "definedName" if depth == 2 && attribute(&start, "name").as_deref() == Some(FORM_MARK_NAME) => {
                    // A name of the whole workbook is that of its first sheet.
                    let sheet = attribute(&start, "localSheetId").map_or(Some(0), |id| id.trim().parse().ok());
                    let mut text = String::new();
                    xml.text_into(&mut text)?;
                    if let Some(entry) = sheet.and_then(|index: usize| plan.tabs.get_mut(index)) {
                        entry.place.form_mark = marked_text(&text);
                    }
                }
                _ => {}
            },
            Node::Eof => return Ok(plan),
            _ => {}
        }
    }
}
