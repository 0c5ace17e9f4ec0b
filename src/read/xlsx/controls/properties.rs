//! A control's own part: a form control's kind, state and linked cell, or the class of an ActiveX control.

use super::{BoxKind, BoxState};
use crate::read::kit::package::PartError;
use crate::read::kit::xml::{Node, Xml, attribute, attributes};

/// What the part says.
#[derive(Debug, Default)]
pub(super) struct Properties {
    /// `None` when the control is neither a check box nor an option button.
    pub kind: Option<BoxKind>,
    pub state: Option<BoxState>,
    pub link: Option<String>,
    pub is_active_x: bool,
}

/// Class identifiers of the two ActiveX controls that say yes or no.
const ACTIVE_X: [(&str, BoxKind); 2] = [
    ("8BD21D40-EC42-11CE-9E0D-00AA006002F3", BoxKind::CheckBox),
    ("8BD21D50-EC42-11CE-9E0D-00AA006002F3", BoxKind::OptionButton),
];

/// Reads the part: all is on its root element.
pub(super) fn read(mut xml: Xml) -> Result<Properties, PartError> {
    loop {
        match xml.next()? {
            Node::Start(start) if start.local_name().as_ref() == "formControlPr" => {
                let kind = match attribute(&start, "objectType").as_deref() {
                    Some("CheckBox") => Some(BoxKind::CheckBox),
                    Some("Radio") => Some(BoxKind::OptionButton),
                    _ => None,
                };
                let state = match attribute(&start, "checked").as_deref() {
                    Some("Checked") => BoxState::Ticked,
                    Some("Mixed") => BoxState::Mixed,
                    _ => BoxState::Empty,
                };
                return Ok(Properties {
                    kind,
                    state: Some(state),
                    link: attribute(&start, "fmlaLink").map(std::borrow::Cow::into_owned),
                    is_active_x: false,
                });
            }
            Node::Start(start) if start.local_name().as_ref() == "ocx" => {
                let class = attributes(&start)
                    .find(|(key, _)| key.ends_with("classid"))
                    .map(|(_, value)| value.trim_matches(['{', '}']).to_ascii_uppercase());
                let kind = ACTIVE_X
                    .iter()
                    .find(|(known, _)| class.as_deref() == Some(known))
                    .map(|(_, kind)| *kind);
                return Ok(Properties {
                    kind,
                    is_active_x: true,
                    ..Properties::default()
                });
            }
            Node::Start(_) | Node::Eof => return Err(PartError::Broken),
            _ => {}
        }
    }
}
