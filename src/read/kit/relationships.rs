//! Relationships between the parts of an Office package: parts are found through them, never by a fixed path.

use super::package::{Package, PartError};
use super::plain_list::{Entry, PlainList};
use super::xml::{Node, attributes};

/// One arrow from a part to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::read) struct Relationship {
    /// The name by which the source part refers to it.
    pub id: String,
    /// The last segment of its type, e.g. `worksheet`; the same in the transitional and the strict namespace.
    pub kind: String,
    /// The target part's full name in the package.
    pub target: String,
}

/// Returns the relationships of a part (`""` for the package itself), in file order. None when it has no such list.
pub(in crate::read) fn relationships_of(package: &mut Package, part: &str) -> Result<Vec<Relationship>, PartError> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let list = join(folder, &format!("_rels/{name}.rels"));
    let mut xml = match package.xml(&list) {
        Err(PartError::Missing) => return Ok(Vec::new()),
        other => other?,
    };
    if let Some(plain) = xml.whole(2).and_then(|document| plain_relationships(document, folder)) {
        return Ok(plain);
    }
    let mut relationships = Vec::new();
    loop {
        match xml.next()? {
            Node::Start(start) if start.local_name().as_ref() == "Relationship" => {
                let (mut id, mut kind, mut target, mut mode) = (None, None, None, None);
                for (name, value) in attributes(&start) {
                    let place = match name {
                        "Id" => &mut id,
                        "Type" => &mut kind,
                        "Target" => &mut target,
                        "TargetMode" => &mut mode,
                        _ => continue,
                    };
                    place.get_or_insert(value);
                }
                let written = (id.as_deref(), kind.as_deref(), target.as_deref(), mode.as_deref());
                relationships.extend(relationship(folder, written));
            }
            Node::Eof => return Ok(relationships),
            _ => {}
        }
    }
}

/// Returns the relationships of a list that is written as most programs write it; `None` of any other.
fn plain_relationships(document: &str, folder: &str) -> Option<Vec<Relationship>> {
    let mut list = PlainList::begin(document)?;
    let mut relationships = Vec::new();
    loop {
        let (mut id, mut kind, mut target, mut mode) = (None, None, None, None);
        let entry = list.next("Relationship", |name, value| {
            let place = match name {
                "Id" => &mut id,
                "Type" => &mut kind,
                "Target" => &mut target,
                "TargetMode" => &mut mode,
                _ => return,
            };
            place.get_or_insert(value);
        })?;
        match entry {
            Entry::Wanted => relationships.extend(relationship(folder, (id, kind, target, mode))),
            Entry::Other => {}
            Entry::End => return Some(relationships),
        }
    }
}

/// Returns a relationship by its id, type, target and target mode as written; `None` where it lacks one of the first
/// three, or leads out of the package.
fn relationship(
    folder: &str,
    (id, kind, target, mode): (Option<&str>, Option<&str>, Option<&str>, Option<&str>),
) -> Option<Relationship> {
    if mode == Some("External") {
        return None;
    }
    Some(Relationship {
        id: id?.to_owned(),
        kind: kind?.rsplit('/').next().unwrap_or_default().to_owned(),
        target: join(folder, target?),
    })
}

/// Returns a target as written, seen from a folder: relative, absolute (`/xl/…`), with `..` or backslashes.
pub(crate) fn join(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut segments: Vec<&str> = Vec::new();
    if !target.starts_with('/') {
        segments.extend(folder.split('/').filter(|segment| !segment.is_empty()));
    }
    for segment in target.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            other => segments.push(other),
        }
    }
    segments.join("/")
}

/// Returns the Chinese name of what a tab of such a relationship is, if it has no cells.
pub(in crate::read) fn other_kind(relationship: &str) -> Option<&'static str> {
    match relationship {
        "chartsheet" => Some("图表页"),
        "dialogsheet" => Some("对话框页"),
        "xlMacrosheet" | "xlIntlMacrosheet" => Some("宏表"),
        _ => None,
    }
}

/// Returns where the first relationship of a kind leads.
pub(in crate::read) fn first_target(relationships: &[Relationship], kind: &str) -> Option<String> {
    relationships
        .iter()
        .find(|relationship| relationship.kind == kind)
        .map(|relationship| relationship.target.clone())
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn targets_resolve_against_the_folder_of_their_source() {
        assert_eq!(join("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(join("xl", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(join("xl/worksheets", "../comments1.xml"), "xl/comments1.xml");
        assert_eq!(join("xl", r".\worksheets\sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(join("xl/worksheets", "./../comments1.xml"), "xl/comments1.xml");
        assert_eq!(join("xl", "./../xl/./sharedStrings.xml"), "xl/sharedStrings.xml");
        assert_eq!(join("", "../../a.xml"), "a.xml");
        assert_eq!(join("", "_rels/.rels"), "_rels/.rels");
    }
}
