//! `[Content_Types].xml`: what each part is.

use super::edits::Edits;
use super::fault::Fault;
use super::parts::Parts;
use super::relations::insert_last;
use super::tree::Tree;

const PART: &str = "[Content_Types].xml";
/// Type of a worksheet.
pub const WORKSHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
/// Type of a sheet's notes.
pub const COMMENTS: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
/// Type of a document's comments.
pub const DOCUMENT_COMMENTS: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
/// Type of the styles.
pub const STYLES: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml";
/// Type of the drawing that holds the notes' frames.
pub const VML_DRAWING: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";
/// Ending of its name.
pub const VML: &str = "vml";

/// Returns the type of a part, in lower case: its own, else that of its ending.
pub fn type_of(parts: &mut Parts, part: &str) -> Result<Option<String>, Fault> {
    let Some(text) = parts.text(PART)? else {
        return Ok(None);
    };
    let tree = Tree::of(&text)?;
    let ending = part.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    let mut by_ending = None;
    for element in tree.children(tree.root()?) {
        let value = |name| tree.attribute(element, name);
        if element.name == "Override" && value("PartName").is_some_and(|name| is_part(&name, part)) {
            return Ok(value("ContentType").map(|kind| kind.to_lowercase()));
        }
        if element.name == "Default" && value("Extension").map(|it| it.to_lowercase()) == ending {
            by_ending = value("ContentType").map(|kind| kind.to_lowercase());
        }
    }
    Ok(by_ending)
}

/// Where a declaration goes. Each kind of part has one place, so that it is the same in whatever order parts come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Before those of other parts.
    First,
    /// Behind all.
    Last,
}

/// Returns whether a part has a declaration of its own.
pub fn is_declared(parts: &mut Parts, part: &str) -> Result<bool, Fault> {
    let Some(text) = parts.text(PART)? else {
        return Ok(false);
    };
    let tree = Tree::of(&text)?;
    let is_own = tree
        .children(tree.root()?)
        .any(|it| it.name == "Override" && tree.attribute(it, "PartName").is_some_and(|name| is_part(&name, part)));
    Ok(is_own)
}

/// Declares a part's type, unless it is declared; whether it did.
pub fn declare(parts: &mut Parts, part: &str, kind: &str, place: Place) -> Result<bool, Fault> {
    let text = parts.text(PART)?.ok_or(Fault::Broken)?;
    let tree = Tree::of(&text)?;
    let root = tree.root()?;
    let declared = tree
        .children(root)
        .any(|it| it.name == "Override" && tree.attribute(it, "PartName").is_some_and(|name| is_part(&name, part)));
    if declared {
        return Ok(false);
    }
    let element = format!(
        "<{}Override PartName=\"/{}\" ContentType=\"{kind}\"/>",
        tree.prefix()?,
        super::attributes::escaped(part)
    );
    let first = tree.children(root).find(|it| it.name == "Override");
    let changed = match first.filter(|_| place == Place::First) {
        Some(first) => {
            let mut edits = Edits::default();
            edits.insert(first.whole.start, element);
            edits.apply(&text).ok_or(Fault::Broken)?
        }
        None => insert_last(&tree, root, &element)?,
    };
    parts.set(PART, changed)?;
    Ok(true)
}

/// Declares the type of all parts of an ending, unless it is declared; whether it did.
pub fn declare_ending(parts: &mut Parts, ending: &str, kind: &str) -> Result<bool, Fault> {
    let text = parts.text(PART)?.ok_or(Fault::Broken)?;
    let tree = Tree::of(&text)?;
    let root = tree.root()?;
    let declared = tree.children(root).any(|it| is_default(&tree, it, ending));
    if declared {
        return Ok(false);
    }
    // Defaults stand first by custom; some programs stop reading them at the first override.
    let mut edits = Edits::default();
    let element = format!(
        "<{}Default Extension=\"{ending}\" ContentType=\"{kind}\"/>",
        tree.prefix()?
    );
    match tree.children(root).next() {
        Some(first) => edits.insert(first.whole.start, element),
        None => {
            parts.set(PART, insert_last(&tree, root, &element)?)?;
            return Ok(true);
        }
    }
    let changed = edits.apply(&text).ok_or(Fault::Broken)?;
    parts.set(PART, changed)?;
    Ok(true)
}

/// Takes back the declaration of a part that is gone, and that of its ending when it was the last one with it.
pub fn withdraw(parts: &mut Parts, part: &str) -> Result<(), Fault> {
    let Some(text) = parts.text(PART)? else {
        return Ok(());
    };
    let tree = Tree::of(&text)?;
    let mut edits = Edits::default();
    let is_last_drawing = is_drawing(part) && !parts.any_ends_with(".vml");
    for element in tree.children(tree.root()?) {
        let names_part = element.name == "Override"
            && tree
                .attribute(element, "PartName")
                .is_some_and(|name| is_part(&name, part));
        if names_part || (is_last_drawing && is_default(&tree, element, VML)) {
            edits.remove(element.whole.clone());
        }
    }
    if edits.is_empty() {
        return Ok(());
    }
    let changed = edits.apply(&text).ok_or(Fault::Broken)?;
    parts.set(PART, changed)
}

/// Returns whether a part is a drawing by the ending of its name.
pub fn is_drawing(part: &str) -> bool {
    part.to_lowercase().ends_with(".vml")
}

fn is_part(name: &str, part: &str) -> bool {
    name.trim_start_matches('/').eq_ignore_ascii_case(part)
}

fn is_default(tree: &Tree, element: &super::tree::Element, ending: &str) -> bool {
    element.name == "Default"
        && tree
            .attribute(element, "Extension")
            .is_some_and(|it| it.eq_ignore_ascii_case(ending))
}
