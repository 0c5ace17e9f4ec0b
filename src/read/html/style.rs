//! As much of style sheets as decides what a person sees in a table: what is hidden, and Excel's number formats.

use std::collections::BTreeMap;

/// What a style says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Style {
    pub is_hidden: bool,
    /// The code in Excel's writing.
    pub number_format: Option<String>,
}

/// Styles by class name.
#[derive(Debug, Default)]
pub(super) struct StyleSheet {
    classes: BTreeMap<String, Style>,
}

/// More classes than any page needs.
const MOST_CLASSES: usize = 65_536;

impl StyleSheet {
    /// Adds the rules of a `<style>` element. Only rules for classes (`.xl65`, `td.xl65`) are kept.
    pub(super) fn add(&mut self, text: &str) {
        for rule in text.split('}') {
            let Some((selectors, body)) = rule.rsplit_once('{') else {
                continue;
            };
            let style = declarations(body);
            if style == Style::default() {
                continue;
            }
            for selector in selectors.split(',') {
                let last = selector.split_whitespace().next_back().unwrap_or_default();
                if let Some((_, class)) = last.rsplit_once('.')
                    && !class.contains([':', '#', '['])
                    && self.classes.len() < MOST_CLASSES
                {
                    self.classes.insert(class.to_lowercase(), style.clone());
                }
            }
        }
    }

    /// Returns the styles of an element's classes, in their order.
    pub(super) fn of<'a>(&'a self, classes: &'a str) -> impl Iterator<Item = &'a Style> {
        classes
            .split_whitespace()
            .take(20)
            .filter_map(|class| self.classes.get(&class.to_lowercase()))
    }
}

/// Returns the declarations of a style attribute or of a rule's body.
pub(super) fn declarations(text: &str) -> Style {
    let mut style = Style::default();
    for declaration in split_outside_quotes(text) {
        let Some((property, value)) = declaration.split_once(':') else {
            continue;
        };
        let property = property.trim().to_ascii_lowercase();
        let value = value.trim();
        let plain = value.trim_end_matches("!important").trim().to_ascii_lowercase();
        match property.as_str() {
            "display" => style.is_hidden |= plain == "none",
            "visibility" => style.is_hidden |= matches!(plain.as_str(), "hidden" | "collapse"),
            "mso-hide" => style.is_hidden |= plain == "all",
            "mso-number-format" => style.number_format = Some(number_format(value)),
            _ => {}
        }
    }
    style
}

/// Declarations between semicolons; one inside quotes or behind a backslash is no end.
fn split_outside_quotes(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let mut quote = None;
        let mut escaped = false;
        for (at, c) in text.char_indices() {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' | '\'' if quote.is_none() => quote = Some(c),
                _ if quote == Some(c) => quote = None,
                ';' if quote.is_none() => {
                    rest = text.get(at + 1..);
                    return text.get(..at);
                }
                _ => {}
            }
        }
        rest = None;
        Some(text)
    })
}

/// Returns the code behind `"0\.00%"`, `\@` or a name such as `Percent`.
fn number_format(value: &str) -> String {
    let inner = value.trim_matches(['"', '\'']);
    let code = unescape(inner);
    named_code(&code).map_or(code, str::to_owned)
}

/// Returns the code of a format that Excel writes by name into HTML and into XML tables of 2003.
pub(in crate::read) fn named_code(name: &str) -> Option<&'static str> {
    Some(match name {
        "Percent" => "0.00%",
        "Fixed" => "0.00",
        "Standard" => "#,##0.00",
        "Scientific" => "0.00E+00",
        "General Date" => "yyyy/m/d h:mm",
        "Short Date" => "yyyy/m/d",
        "Long Date" => "yyyy\"年\"m\"月\"d\"日\"",
        "Medium Date" => "d-mmm-yy",
        "Short Time" => "h:mm",
        "Medium Time" => "h:mm AM/PM",
        "Long Time" => "h:mm:ss",
        "Yes/No" => "\"Yes\";\"Yes\";\"No\"",
        "True/False" => "\"True\";\"True\";\"False\"",
        "On/Off" => "\"On\";\"On\";\"Off\"",
        _ => return None,
    })
}

/// Resolves a style sheet's escapes. Excel always writes four hexadecimal digits, never fewer or more.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let coded = after
            .get(..4)
            .filter(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
            .and_then(|hex| char::from_u32(u32::from_str_radix(hex, 16).ok()?));
        rest = match coded {
            Some(c) => {
                out.push(c);
                after.get(4..).unwrap_or_default()
            }
            None => {
                out.extend(after.chars().next());
                after
                    .get(after.chars().next().map_or(0, char::len_utf8)..)
                    .unwrap_or_default()
            }
        };
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_and_how_numbers_are_shown_is_read_from_styles() {
        assert!(declarations("height:0; DISPLAY : none").is_hidden);
        assert!(!declarations("display:block").is_hidden);
        for (written, code) in [
            (r#"mso-number-format:"0\.00%""#, "0.00%"),
            (r"mso-number-format:\@", "@"),
            (r#"mso-number-format:"\#\,\#\#0\.00""#, "#,##0.00"),
            (r#"mso-number-format:"0\0022\5BB6\0022""#, "0\"家\""),
            (r#"mso-number-format:"0_\)\;\[Red\]\\\(0\\\)""#, r"0_);[Red]\(0\)"),
            ("mso-number-format:Percent", "0.00%"),
            ("mso-number-format:General", "General"),
        ] {
            assert_eq!(declarations(written).number_format.as_deref(), Some(code), "{written}");
        }
    }

    #[test]
    fn a_class_carries_its_style() {
        let mut sheet = StyleSheet::default();
        sheet.add("<!-- tr {color:red} .xl65, td.Hid {display:none} \n .b:hover {display:none} -->");
        assert!(sheet.of("a hid").any(|style| style.is_hidden));
        assert_eq!(sheet.of("b").count(), 0);
    }
}
