//! The text of a paragraph as a person sees it: runs, breaks, symbols and boxes; not what was deleted or hidden.

use super::{Document, ParagraphNumber, attribute, says_yes};
use crate::read::kit::package::PartError;
use crate::read::kit::symbol_font::{Drawn, SymbolFont};
use crate::read::kit::xml::{Node, Xml, attributes};

impl Document {
    /// Reads the `<w:p>` that has just begun. Tables in its text boxes become tables of their own.
    pub(super) fn paragraph(&mut self, xml: &mut Xml) -> Result<String, PartError> {
        let inside = xml.depth();
        let mut text = String::new();
        let mut number = None;
        loop {
            let depth = xml.depth();
            match xml.next()? {
                Node::Start(start) => match start.local_name().as_ref() {
                    "pPr" => {
                        let own = ParagraphNumber::read(xml)?;
                        number = self.numbering.next(&own);
                    }
                    "r" => self.run(xml, &mut text)?,
                    "hyperlink" | "ins" | "moveTo" | "smartTag" | "sdt" | "sdtContent" | "fldSimple" | "customXml"
                    | "bdo" | "dir" | "AlternateContent" | "Choice" | "oMath" | "oMathPara" | "ruby" | "rubyBase" => {}
                    _ => xml.skip()?,
                },
                Node::End(_) if depth == inside => {
                    self.number = number;
                    return Ok(text);
                }
                Node::Eof => return Err(PartError::Broken),
                _ => {}
            }
        }
    }

    fn run(&mut self, xml: &mut Xml, out: &mut String) -> Result<(), PartError> {
        let inside = xml.depth();
        let mut style = RunStyle::default();
        let mut text = String::new();
        loop {
            let depth = xml.depth();
            match xml.next()? {
                Node::Start(start) => match start.local_name().as_ref() {
                    "rPr" => style = run_style(xml)?,
                    "t" => {
                        let preserved =
                            attributes(&start).any(|(key, value)| key == "xml:space" && value == "preserve");
                        let mut piece = String::new();
                        xml.text_into(&mut piece)?;
                        let kept = if preserved {
                            piece.as_str()
                        } else {
                            piece.trim_matches([' ', '\t', '\n', '\r'])
                        };
                        match &style.symbol_font {
                            Some(font) => {
                                font.draw_into(kept, &mut text);
                            }
                            None => text.push_str(kept),
                        }
                    }
                    "sym" => {
                        let code = attribute(&start, "char").and_then(|code| u32::from_str_radix(code.trim(), 16).ok());
                        let font = attribute(&start, "font").unwrap_or_default();
                        if let Some(c) = code.and_then(char::from_u32) {
                            text.push(match SymbolFont::named(&font).map(|font| font.draws(c)) {
                                Some(Drawn::Mark(mark)) => mark,
                                _ => char::REPLACEMENT_CHARACTER,
                            });
                        }
                        xml.skip()?;
                    }
                    "tab" | "ptab" => {
                        text.push('\t');
                        xml.skip()?;
                    }
                    "br" | "cr" => {
                        text.push('\n');
                        xml.skip()?;
                    }
                    "noBreakHyphen" => {
                        text.push('-');
                        xml.skip()?;
                    }
                    "fldChar" => form_box(xml, &mut text)?,
                    "drawing" | "pict" | "object" => self.text_boxes(xml)?,
                    "AlternateContent" | "Choice" | "ruby" | "rubyBase" | "r" => {}
                    _ => xml.skip()?,
                },
                Node::End(_) if depth == inside => break,
                Node::Eof => return Err(PartError::Broken),
                _ => {}
            }
        }
        if style.is_hidden {
            self.hidden_text |= !text.trim().is_empty();
        } else {
            out.push_str(&text);
        }
        Ok(())
    }

    /// Reads what text boxes hold, as deep as they lie in the drawing that has just begun.
    fn text_boxes(&mut self, xml: &mut Xml) -> Result<(), PartError> {
        let inside = xml.depth();
        loop {
            let depth = xml.depth();
            match xml.next()? {
                Node::Start(start) => match start.local_name().as_ref() {
                    "txbxContent" => {
                        let within = xml.depth();
                        let mut held = Some(super::CellText::default());
                        self.blocks(xml, within, &mut held)?;
                        let text = held.unwrap_or_default().text;
                        if !text.trim().is_empty() {
                            self.boxes.push(text.trim().to_owned());
                        }
                    }
                    "Fallback" => xml.skip()?,
                    _ => {}
                },
                Node::End(_) if depth == inside => return Ok(()),
                Node::Eof => return Err(PartError::Broken),
                _ => {}
            }
        }
    }
}

#[derive(Default)]
struct RunStyle {
    is_hidden: bool,
    symbol_font: Option<SymbolFont>,
}

fn run_style(xml: &mut Xml) -> Result<RunStyle, PartError> {
    let inside = xml.depth();
    let mut style = RunStyle::default();
    loop {
        let depth = xml.depth();
        match xml.next()? {
            Node::Start(start) => {
                match start.local_name().as_ref() {
                    "vanish" => style.is_hidden = says_yes(&start),
                    "rFonts" => {
                        style.symbol_font = ["ascii", "hAnsi"]
                            .iter()
                            .filter_map(|name| attribute(&start, name))
                            .find_map(|font| SymbolFont::named(&font));
                    }
                    _ => {}
                }
                xml.skip()?;
            }
            Node::End(_) if depth == inside => return Ok(style),
            Node::Eof => return Err(PartError::Broken),
            _ => {}
        }
    }
}

/// Returns the box of an old form field, inside the `<w:fldChar>` that has just begun.
fn form_box(xml: &mut Xml, text: &mut String) -> Result<(), PartError> {
    let inside = xml.depth();
    let mut default = false;
    let mut checked = None;
    let mut has_box = false;
    loop {
        let depth = xml.depth();
        match xml.next()? {
            Node::Start(start) => match start.local_name().as_ref() {
                "checkBox" => has_box = true,
                "checked" if has_box => checked = Some(says_yes(&start)),
                "default" if has_box => default = says_yes(&start),
                _ => {}
            },
            Node::End(_) if depth == inside => break,
            Node::Eof => return Err(PartError::Broken),
            _ => {}
        }
    }
    if has_box {
        text.push(if checked.unwrap_or(default) { '☑' } else { '□' });
    }
    Ok(())
}
