//! What has to hold before the second reader may open a package, because it trusts the file more than is safe.

use std::io::Read as _;

use crate::read::Limits;
use crate::read::kit::package::{Package, PartError};
use crate::read::kit::xml::{Node, Xml, attribute};

/// Compressed bytes that cannot unpack to more than a small part of the memory, whatever they are: packing saves at
/// most a factor of about a thousand.
const HARMLESS: u64 = 64 * 1024;

/// Returns whether the parts that the second reader opens, and this program may not have, are within the limits, and
/// no count in them asks for more memory than there can be texts.
pub(super) fn are_kept(bytes: &[u8], limits: &Limits) -> bool {
    let Ok(mut package) = Package::open(bytes, limits) else {
        return false;
    };
    let opened_by_name = ["theme1.xml", "sharedstrings.xml", "styles.xml"];
    let parts = package.parts(|name| opened_by_name.iter().any(|end| name.ends_with(end)));
    parts.iter().all(|part| {
        is_bounded(&mut package, part).is_some()
            && (!part.ends_with("sharedstrings.xml") || has_honest_count(&mut package, part, limits))
    })
}

/// Unpacks a part that could be large, to see that it is not.
fn is_bounded(package: &mut Package, part: &str) -> Option<()> {
    if package.packed_bytes(part)? <= HARMLESS {
        return Some(());
    }
    let mut content = package.part(part).ok()?;
    let mut buffer = [0; 8192];
    while content.read(&mut buffer).ok()? > 0 {}
    Some(())
}

/// Returns whether the number of shared texts that the part declares is one that a file within the limits can have.
fn has_honest_count(package: &mut Package, part: &str, limits: &Limits) -> bool {
    let mut declared = || -> Result<Option<usize>, PartError> {
        let mut xml = Xml::new(Box::new(package.part(part)?), limits.xml_depth)?;
        loop {
            match xml.next()? {
                Node::Start(start) if start.local_name().as_ref() == "sst" => {
                    let count = attribute(&start, "uniqueCount");
                    return Ok(count.map(|count| count.trim().parse().unwrap_or(usize::MAX)));
                }
                Node::Eof => return Ok(None),
                _ => {}
            }
        }
    };
    declared().is_ok_and(|declared| declared.is_none_or(|count| count <= limits.cells))
}
