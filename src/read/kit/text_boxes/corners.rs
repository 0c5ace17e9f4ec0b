//! The elements of an anchor in a drawing or a list of controls.

use super::geometry::Anchor;
use crate::read::kit::package::PartError;
use crate::read::kit::xml::Xml;

/// English metric units in a pixel.
const EMU_PER_PIXEL: f64 = 9525.0;

/// An element of an anchor.
#[derive(Debug, Clone, Copy)]
pub(in crate::read) enum AnchorPart {
    /// A corner begins: the index of its first number.
    Corner(usize),
    /// A number, by its place in the corner.
    Number(usize),
}

impl AnchorPart {
    /// Returns what an element of this name is.
    pub(in crate::read) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "from" => Self::Corner(0),
            "to" => Self::Corner(4),
            "col" => Self::Number(0),
            "colOff" => Self::Number(1),
            "row" => Self::Number(2),
            "rowOff" => Self::Number(3),
            _ => return None,
        })
    }
}

/// The corners of an anchor as its elements come: `col, colOff, row, rowOff` of both.
#[derive(Debug, Default)]
pub(in crate::read) struct Corners {
    numbers: [Option<i64>; 8],
    corner: usize,
}

impl Corners {
    /// Takes an element that has just begun; of a number, what stands in it.
    pub(in crate::read) fn take(&mut self, part: AnchorPart, xml: &mut Xml) -> Result<(), PartError> {
        match part {
            AnchorPart::Corner(first) => self.corner = first,
            AnchorPart::Number(place) => {
                let mut text = String::new();
                xml.text_into(&mut text)?;
                if let Some(number) = self.numbers.get_mut(self.corner + place) {
                    *number = text.trim().parse().ok();
                }
            }
        }
        Ok(())
    }

    /// Returns the anchor; offsets are in English metric units.
    pub(in crate::read) fn anchor(self) -> Option<Anchor> {
        Anchor::of(self.numbers, 1.0 / EMU_PER_PIXEL)
    }
}
