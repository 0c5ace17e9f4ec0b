//! The relationships of a part, read with their places in the text and changed there.

use super::attributes::escaped;
use super::edits::Edits;
use super::fault::Fault;
use super::parts::Parts;
use super::tags::qualified_name;
use super::tree::Tree;
use crate::read::kit::relationships::join;

const PACKAGE_NAMESPACE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
/// Namespaces of relationships' types and of `r:id`, the usual and the strict one.
pub const RELATIONSHIP_NAMESPACES: [&str; 2] = [
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
];

/// One relationship.
#[derive(Debug, Clone)]
pub struct Relation {
    /// The name by which the source part refers to it.
    pub id: String,
    /// The last segment of its type.
    pub kind: String,
    /// The full name of the target part, or the address outside the package.
    pub target: String,
    /// Whether the target lies outside the package.
    pub is_external: bool,
}

/// The relationships of one part.
#[derive(Debug)]
pub struct Relations {
    source_part: String,
    /// The name of the part that holds the list.
    part: String,
    list: Vec<Relation>,
}

impl Relations {
    /// Returns those of a part, in file order.
    pub fn of(parts: &mut Parts, source_part: &str) -> Result<Self, Fault> {
        let folder = folder_of(source_part);
        let name = source_part.rsplit('/').next().unwrap_or_default();
        let part = join(folder, &format!("_rels/{name}.rels"));
        let list = match parts.text(&part)? {
            Some(text) => relations_in(&text, folder)?,
            None => Vec::new(),
        };
        Ok(Self {
            source_part: source_part.to_owned(),
            part,
            list,
        })
    }

    /// Returns the first part of a kind.
    pub fn target_of(&self, kind: &str) -> Option<&str> {
        let first = self.list.iter().find(|it| it.kind == kind && !it.is_external);
        first.map(|it| it.target.as_str())
    }

    /// Returns the relationship of this name.
    pub fn by_id(&self, id: &str) -> Option<&Relation> {
        self.list.iter().find(|it| it.id == id && !it.is_external)
    }

    /// Returns the name of the part that holds the list.
    pub fn part(&self) -> &str {
        &self.part
    }

    /// Adds one to a part of the package, and gives its name. `namespace` is that of the type.
    pub fn add(&mut self, parts: &mut Parts, namespace: &str, kind: &str, target: &str) -> Result<String, Fault> {
        let mut number = self.list.len() + 1;
        let id = loop {
            let id = format!("rId{number}");
            if !self.list.iter().any(|it| it.id.eq_ignore_ascii_case(&id)) {
                break id;
            }
            number += 1;
        };
        let text = match parts.text(&self.part)? {
            Some(text) => text,
            None => format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"{PACKAGE_NAMESPACE}\"></Relationships>"
            ),
        };
        let tree = Tree::of(&text)?;
        let root = tree.root()?;
        let element = format!(
            "<{}Relationship Id=\"{id}\" Type=\"{namespace}/{kind}\" Target=\"{}\"/>",
            tree.prefix()?,
            escaped(&relative(folder_of(&self.source_part), target))
        );
        let changed = insert_last(&tree, root, &element)?;
        parts.set(&self.part, changed)?;
        self.list.push(Relation {
            id: id.clone(),
            kind: kind.to_owned(),
            target: target.to_owned(),
            is_external: false,
        });
        Ok(id)
    }

    /// Takes away those that lead to a part. A list without any is left out of the package.
    pub fn remove_target(&mut self, parts: &mut Parts, target: &str) -> Result<(), Fault> {
        let Some(text) = parts.text(&self.part)? else {
            return Ok(());
        };
        let tree = Tree::of(&text)?;
        let mut edits = Edits::default();
        let leads = |relation: &Relation| !relation.is_external && relation.target.eq_ignore_ascii_case(target);
        for element in tree.children(tree.root()?) {
            let id = tree.attribute(element, "Id");
            if self.list.iter().any(|it| leads(it) && Some(&it.id) == id.as_ref()) {
                edits.remove(element.whole.clone());
            }
        }
        self.list.retain(|it| !leads(it));
        if self.list.is_empty() {
            parts.drop_part(&self.part);
            return Ok(());
        }
        let changed = edits.apply(&text).ok_or(Fault::Broken)?;
        parts.set(&self.part, changed)
    }
}

/// Parses a list of relationships; targets are seen from `folder`.
fn relations_in(text: &str, folder: &str) -> Result<Vec<Relation>, Fault> {
    let tree = Tree::of(text)?;
    let mut list = Vec::new();
    for element in tree.children(tree.root()?) {
        let value = |name| tree.attribute(element, name);
        if let (Some(id), Some(kind), Some(target)) = (value("Id"), value("Type"), value("Target")) {
            let is_external = value("TargetMode").as_deref() == Some("External");
            list.push(Relation {
                id,
                kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                target: if is_external { target } else { join(folder, &target) },
                is_external,
            });
        }
    }
    Ok(list)
}

/// Returns the parts of the package that a list of relationships names; `list` is the name of its own part.
pub fn targets(list: &str, text: &str) -> Result<Vec<String>, Fault> {
    let folder = folder_of(folder_of(list));
    let inside = relations_in(text, folder)?.into_iter().filter(|it| !it.is_external);
    Ok(inside.map(|it| it.target).collect())
}

/// Returns the text with an element put last inside another.
pub fn insert_last(tree: &Tree, parent: &super::tree::Element, element: &str) -> Result<String, Fault> {
    let mut edits = Edits::default();
    let tag = tree.tag(parent);
    if tag.ends_with("/>") {
        let name = qualified_name(tag);
        let opened = tag.trim_end_matches("/>").trim_end();
        edits.replace(parent.tag.clone(), format!("{opened}>{element}</{name}>"));
    } else {
        edits.insert(parent.inner_end, element);
    }
    edits.apply(tree.source()).ok_or(Fault::Broken)
}

/// Returns the folder of a part; empty at the top.
pub fn folder_of(part: &str) -> &str {
    part.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Returns a part's name as seen from a folder.
fn relative(folder: &str, target: &str) -> String {
    let mut from = folder.split('/').filter(|segment| !segment.is_empty()).peekable();
    let mut to = target.split('/').peekable();
    while from.peek().is_some() && from.peek() == to.peek() {
        from.next();
        to.next();
    }
    let ups = "../".repeat(from.count());
    let rest: Vec<&str> = to.collect();
    format!("{ups}{}", rest.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_written_as_seen_from_the_source() {
        assert_eq!(relative("xl/worksheets", "xl/comments1.xml"), "../comments1.xml");
        assert_eq!(relative("xl", "xl/worksheets/sheet2.xml"), "worksheets/sheet2.xml");
        assert_eq!(relative("", "xl/workbook.xml"), "xl/workbook.xml");
    }
}
