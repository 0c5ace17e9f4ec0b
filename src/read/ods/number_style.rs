//! Number styles of the format as codes of Excel, as far as they go; for cells that do not say themselves how they look.

use quick_xml::events::BytesStart;

use super::{local_attribute, repeated};
use crate::read::kit::package::PartError;
use crate::read::kit::xml::{Node, Xml};

/// A style's own code, and the styles that take over under a condition.
#[derive(Debug, Default)]
pub(super) struct NumberStyle {
    code: String,
    /// (condition such as `>=0`, style name)
    maps: Vec<(String, String)>,
}

impl NumberStyle {
    /// Returns the whole code; `code_of` gives other styles' own codes.
    pub(super) fn code<'a>(&self, code_of: impl Fn(&str) -> Option<&'a Self>) -> String {
        let mut sections = String::new();
        // Excel knows two conditions.
        for (condition, name) in self.maps.iter().take(2) {
            let Some(style) = code_of(name) else {
                continue;
            };
            let is_usual = self.maps.len() == 1 && matches!(condition.as_str(), ">=0");
            if !is_usual {
                sections.push_str(&format!("[{condition}]"));
            }
            sections.push_str(&style.code);
            sections.push(';');
        }
        sections.push_str(&self.code);
        sections
    }
}

/// Returns whether an element is a number style.
pub(super) fn is_number_style(name: &str) -> bool {
    matches!(
        name,
        "number-style" | "percentage-style" | "currency-style" | "date-style" | "time-style" | "text-style"
    )
}

/// Reads the style that has just begun, up to its end.
pub(super) fn read(xml: &mut Xml) -> Result<NumberStyle, PartError> {
    let inside = xml.depth();
    let mut style = NumberStyle::default();
    loop {
        let depth = xml.depth();
        match xml.next()? {
            Node::Start(start) => {
                let name = start.local_name().as_ref().to_owned();
                match name.as_str() {
                    "text" | "currency-symbol" => {
                        let mut text = String::new();
                        xml.text_into(&mut text)?;
                        push_literal(&text, &mut style.code);
                    }
                    "map" => {
                        let condition = local_attribute(&start, "condition").unwrap_or_default();
                        let condition = condition
                            .strip_prefix("value()")
                            .unwrap_or(&condition)
                            .replace("!=", "<>");
                        let target = local_attribute(&start, "apply-style-name").unwrap_or_default();
                        style.maps.push((condition, target.into_owned()));
                        xml.skip()?;
                    }
                    _ => {
                        style.code.push_str(&token(&name, &start));
                        xml.skip()?;
                    }
                }
            }
            Node::End(_) if depth == inside => return Ok(style),
            Node::Eof => return Err(PartError::Broken),
            _ => {}
        }
    }
}

fn push_literal(text: &str, code: &mut String) {
    // Signs that stand for themselves are written as a person would type them.
    if text == "%" || text.chars().all(|character| matches!(character, '-' | ' ')) {
        code.push_str(text);
    } else if !text.is_empty() {
        code.push('"');
        code.push_str(&text.replace('"', ""));
        code.push('"');
    }
}

fn token(name: &str, start: &BytesStart) -> String {
    let is = |attribute: &str, value: &str| local_attribute(start, attribute).is_some_and(|text| text == value);
    let by_length = |long: &str, short: &str| if is("style", "long") { long } else { short }.to_owned();
    match name {
        "number" | "scientific-number" => digits(name, start),
        "fraction" => "# ?/?".to_owned(),
        "text-content" => "@".to_owned(),
        "year" => by_length("yyyy", "yy"),
        "month" if is("textual", "true") => by_length("mmmm", "mmm"),
        "month" => by_length("mm", "m"),
        "day" => by_length("dd", "d"),
        "day-of-week" => by_length("aaaa", "aaa"),
        "hours" => by_length("hh", "h"),
        "minutes" => by_length("mm", "m"),
        "seconds" => by_length("ss", "s"),
        "am-pm" => "AM/PM".to_owned(),
        _ => String::new(),
    }
}

fn digits(name: &str, start: &BytesStart) -> String {
    const MOST: usize = 30;
    let count = |attribute: &str| local_attribute(start, attribute).and_then(|text| text.trim().parse::<usize>().ok());
    let Some(decimals) = count("decimal-places") else {
        return "General".to_owned();
    };
    let integers = "0".repeat(count("min-integer-digits").unwrap_or(1).min(MOST));
    let grouping = local_attribute(start, "grouping").is_some_and(|text| text == "true");
    let mut code = match (grouping, integers.len()) {
        (true, 0..=3) => format!("#,{}{integers}", "#".repeat(3 - integers.len())),
        (true, _) => format!("#,{integers}"),
        (false, 0) => "#".to_owned(),
        (false, _) => integers,
    };
    if decimals > 0 {
        let decimals = decimals.min(MOST);
        let required = count("min-decimal-places").unwrap_or(decimals).min(decimals);
        code.push('.');
        code.push_str(&"0".repeat(required));
        code.push_str(&"#".repeat(decimals - required));
    }
    if name == "scientific-number" {
        let exponent = repeated(start, "min-exponent-digits").min(4);
        code.push_str("E+");
        code.extend((0..exponent).map(|_| '0'));
    }
    code
}
