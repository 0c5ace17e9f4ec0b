//! What a drawing record says of the shape whose object comes next ([MS-ODRAW]): its place, and whether it is seen.

use crate::grid::CellAddress;
use crate::read::kit::cursor::Cursor;
use crate::read::kit::text_boxes::geometry::{Anchor, Measure};

/// Record types inside a drawing.
const PROPERTIES: [u16; 2] = [0xF00B, 0xF122];
const SHEET_ANCHOR: u16 = 0xF010;
/// The property whose bits say whether a shape is hidden.
const GROUP_SHAPE_BITS: u16 = 0x03BF;
/// The bit itself, and the one that says that it counts.
const HIDDEN: u32 = 0x0002_0002;
/// Parts of a column's width, and of a row's height.
const WIDTH_PARTS: f64 = 1024.0;
const HEIGHT_PARTS: f64 = 256.0;

/// A shape, as far as its drawing record tells.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Drawn {
    /// `None` for a shape in a group.
    pub anchor: Option<Anchor>,
    pub is_hidden: bool,
}

/// Returns what a drawing record says. Containers are walked through as if they were flat: those of a sheet begin in one
/// record and end in another.
pub(super) fn drawn(data: &[u8]) -> Drawn {
    let mut cursor = Cursor::new(data);
    let mut drawn = Drawn::default();
    while let (Some(flags), Some(kind), Some(length)) = (cursor.u16(), cursor.u16(), cursor.u32()) {
        if flags & 0x0F == 0x0F {
            continue;
        }
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        let Some(content) = cursor.take(length) else {
            break;
        };
        if kind == SHEET_ANCHOR {
            drawn.anchor = anchor(Cursor::new(content));
        } else if PROPERTIES.contains(&kind) {
            drawn.is_hidden |= is_hidden(Cursor::new(content), flags >> 4);
        }
    }
    drawn
}

fn anchor(mut cursor: Cursor) -> Option<Anchor> {
    cursor.skip(2)?;
    let mut corner = || {
        let column = cursor.u16()?;
        let right = f64::from(cursor.u16()?) / WIDTH_PARTS;
        let row = cursor.u16()?;
        let down = f64::from(cursor.u16()?) / HEIGHT_PARTS;
        Some((CellAddress::new(row.into(), column.into()), [right, down]))
    };
    Anchor::between(corner()?, corner()?, Measure::OfCell)
}

fn is_hidden(mut properties: Cursor, count: u16) -> bool {
    (0..count)
        .map_while(|_| Some((properties.u16()?, properties.u32()?)))
        .any(|(property, value)| property & 0x3FFF == GROUP_SHAPE_BITS && value & HIDDEN == HIDDEN)
}
