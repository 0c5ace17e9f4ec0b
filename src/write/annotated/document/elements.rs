//! Elements of a document that tell how a run is read: hidden or not, its font of signs, old form fields.

use std::ops::Range;

use crate::read::kit::symbol_font::SymbolFont;
use crate::write::annotated::attributes::attributes;
use crate::write::annotated::fault::Fault;
use crate::write::annotated::tags::{Tag, TagKind, Tags, local_name, slice};

/// Passes over an element; gives its end tag.
pub fn skip(tags: &mut Tags, element: &Tag) -> Result<Range<usize>, Fault> {
    if element.kind == TagKind::Empty {
        return Ok(element.range.clone());
    }
    while let Some(tag) = tags.next()? {
        if tag.kind == TagKind::Close && tag.depth == element.depth {
            return Ok(tag.range);
        }
    }
    Err(Fault::Broken)
}

/// Returns the value of an attribute, whatever its prefix.
pub fn local_attribute(tag: &str, name: &str) -> Option<String> {
    attributes(tag)
        .iter()
        .find(|attribute| local_name(attribute.name) == name)
        .map(|attribute| attribute.text().into_owned())
}

pub fn is_preserved(tag: &str) -> bool {
    attributes(tag)
        .iter()
        .any(|attribute| attribute.name == "xml:space" && attribute.text() == "preserve")
}

/// Returns whether an on-off element says yes; without a value it does.
fn says_yes(tag: &str) -> bool {
    local_attribute(tag, "val").is_none_or(|value| !matches!(value.trim(), "0" | "false" | "off" | "none"))
}

/// Whether a run is hidden, where it says so, and its font of signs.
pub type RunStyle = (Option<bool>, Option<SymbolFont>);

/// Reads the properties of a run that have just begun; gives where they end.
pub fn run_style(source: &str, tags: &mut Tags, properties: &Tag) -> Result<(usize, RunStyle), Fault> {
    let mut style = (None, None);
    if properties.kind == TagKind::Empty {
        return Ok((properties.range.end, style));
    }
    while let Some(tag) = tags.next()? {
        if tag.kind == TagKind::Close {
            if tag.depth == properties.depth {
                return Ok((tag.range.end, style));
            }
            continue;
        }
        let text = slice(source, tag.range.clone());
        match tag.name {
            "vanish" => style.0 = Some(says_yes(text)),
            "rFonts" => {
                style.1 = ["ascii", "hAnsi"]
                    .iter()
                    .filter_map(|name| local_attribute(text, name))
                    .find_map(|font| SymbolFont::named(&font));
            }
            _ => {}
        }
        skip(tags, &tag)?;
    }
    Err(Fault::Broken)
}

/// Reads the field mark that has just begun; gives where it ends, and the box of an old form field.
pub fn form_box(source: &str, tags: &mut Tags, mark: &Tag) -> Result<(usize, Option<char>), Fault> {
    if mark.kind == TagKind::Empty {
        return Ok((mark.range.end, None));
    }
    let (mut has_box, mut default, mut checked) = (false, false, None);
    while let Some(tag) = tags.next()? {
        if tag.kind == TagKind::Close {
            if tag.depth == mark.depth {
                let shown = if checked.unwrap_or(default) { '☑' } else { '□' };
                return Ok((tag.range.end, has_box.then_some(shown)));
            }
            continue;
        }
        let text = slice(source, tag.range.clone());
        match tag.name {
            "checkBox" => has_box = true,
            "checked" if has_box => checked = Some(says_yes(text)),
            "default" if has_box => default = says_yes(text),
            _ => {}
        }
    }
    Err(Fault::Broken)
}
