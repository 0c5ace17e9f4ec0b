//! The feature property bags of Excel 365: which cell styles are check boxes.
//!
//! A style names a complement by its place in a list of bags; that bag leads to one of controls, and this to one of
//! the type `Checkbox`.

use crate::read::kit::package::{Package, PartError};
use crate::read::kit::xml::{Node, attribute};

/// More bags than this no workbook has.
const MOST_BAGS: usize = 65_536;

/// All bags of a workbook.
#[derive(Default)]
pub(super) struct FeatureBags {
    bags: Vec<Bag>,
    /// What a style's complement is an index into: bags by their index.
    complements: Vec<usize>,
}

#[derive(Default)]
struct Bag {
    kind: String,
    /// Key and index of the bags that it refers to.
    references: Vec<(String, usize)>,
}

impl FeatureBags {
    /// Returns whether a style with this complement shows TRUE and FALSE as a check box.
    pub(super) fn is_check_box(&self, complement: usize) -> bool {
        let follow = |bag: &Bag, key: &str| {
            let (_, index) = bag.references.iter().find(|(name, _)| name == key)?;
            self.bags.get(*index)
        };
        self.complements
            .get(complement)
            .and_then(|index| self.bags.get(*index))
            .and_then(|complement| follow(complement, "XFControls"))
            .and_then(|controls| follow(controls, "CellControl"))
            .is_some_and(|control| control.kind == "Checkbox")
    }
}

/// Reads the part.
pub(super) fn read(package: &mut Package, part: &str) -> Result<FeatureBags, PartError> {
    let mut bags = FeatureBags::default();
    let mut xml = package.xml(part)?;
    let mut text = String::new();
    let mut references = 0_usize;
    loop {
        match xml.next()? {
            Node::Start(start) => match start.local_name().as_ref() {
                "bag" => {
                    if bags.bags.len() >= MOST_BAGS {
                        return Err(PartError::Broken);
                    }
                    bags.bags.push(Bag {
                        kind: attribute(&start, "type").unwrap_or_default().into_owned(),
                        references: Vec::new(),
                    });
                }
                "bagId" => {
                    let key = attribute(&start, "k").unwrap_or_default().into_owned();
                    text.clear();
                    xml.text_into(&mut text)?;
                    references += 1;
                    if references > MOST_BAGS {
                        return Err(PartError::Broken);
                    }
                    let (Ok(index), Some(bag)) = (text.trim().parse(), bags.bags.last_mut()) else {
                        continue;
                    };
                    if bag.kind == "XFComplements" {
                        bags.complements.push(index);
                    } else {
                        bag.references.push((key, index));
                    }
                }
                _ => {}
            },
            Node::Eof => return Ok(bags),
            _ => {}
        }
    }
}
