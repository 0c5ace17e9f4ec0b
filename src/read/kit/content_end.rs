//! Where the content of an element ends, by the bytes of its tags: for what nobody reads.
//!
//! A quick way beside [`super::xml`], never instead of it: where a parser might see something else, it sees nothing.

use memchr::memchr;

/// Returns a text from the end tag on that closes the element behind whose start tag it begins, where at most so many
/// elements are open inside; `None` where they are more, or where something but elements and characters stands there.
pub(super) fn from_end_tag(text: &str, levels: usize) -> Option<&str> {
    let bytes = text.as_bytes();
    let mut open: Vec<&[u8]> = Vec::new();
    let mut at = 0;
    loop {
        at += memchr(b'<', bytes.get(at..)?)?;
        let tag = bytes.get(at + 1..)?;
        if let Some(end_tag) = tag.strip_prefix(b"/") {
            let Some(name) = open.pop() else {
                return text.get(at..);
            };
            if end_tag.strip_prefix(name)?.first() != Some(&b'>') {
                return None;
            }
            at += "</>".len() + name.len();
            continue;
        }
        let (name, length) = start_tag(tag)?;
        if open.len() >= levels {
            return None;
        }
        // The end of an empty element is in its start tag.
        if tag.get(length.checked_sub(1)?) != Some(&b'/') {
            open.push(name);
        }
        at += "<>".len() + length;
    }
}

/// Returns the name of a start tag behind its `<`, and the bytes up to its `>`.
fn start_tag(tag: &[u8]) -> Option<(&[u8], usize)> {
    let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'_' | b'-' | b'.');
    let name = tag.iter().position(|byte| !is_of_name(byte))?;
    let is_plain = matches!(
        tag.get(name..)?,
        [b' ' | b'\t' | b'\n' | b'\r' | b'>', ..] | [b'/', b'>', ..]
    );
    if name == 0 || !is_plain {
        return None;
    }
    let mut end = name;
    loop {
        match tag.get(end)? {
            b'>' => return Some((tag.get(..name)?, end)),
            b'<' => return None,
            quote @ (b'"' | b'\'') => end += 2 + memchr(*quote, tag.get(end + 1..)?)?,
            _ => end += 1,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::read::kit::xml::{Node, Xml};

    /// Returns what stands behind the first element inside the root when it has been passed over, step by step; `None`
    /// where that failed, or what follows did.
    fn behind(document: &str, depth_limit: usize, in_full: bool) -> Option<Vec<String>> {
        let mut xml = Xml::of_text(document, depth_limit).in_full(in_full);
        for _ in 0..2 {
            assert!(matches!(xml.next(), Ok(Node::Start(_))));
        }
        xml.skip().ok()?;
        let mut steps = Vec::new();
        loop {
            let depth = xml.depth();
            steps.push(match xml.next().ok()? {
                Node::Start(start) => format!("{depth} <{}", start.local_name().as_ref()),
                Node::End(end) => format!("{depth} {}>", end.local_name().as_ref()),
                Node::Text(text) => text.into_owned(),
                Node::Other => String::new(),
                Node::Eof => return Some(steps),
            });
        }
    }

    #[test]
    fn an_element_is_passed_over_as_a_parser_does() {
        for content in [
            "",
            "文字 > &amp; &lt;",
            "<b/>",
            "<b />",
            "<b c=\"1\" d='2'/>",
            "<b c=\"/>\"><c>x</c></b>",
            "<b c='>'/><b c=\"'\"/>",
            "<x:b xmlns:x=\"u\"><x:c-d.e/></x:b>",
            "<b\n\tc=\"1\"\n/>",
            "<b><b><b/></b></b>",
            "<!-- </a> -->",
            "<![CDATA[</a>]]>",
            "<?p </a>?>",
            "<b></b >",
            "<b></c>",
            "<b>",
            "</b>",
            "< b/>",
            "<b/ >",
            "<b/c>x</b/c>",
            "<b c=\"1>\n",
            "<b <c/>",
            "<绩效>x</绩效>",
            "<b>&</b>",
        ] {
            let document = format!("<r><a d=\"1\">{content}</a> <e/>y</r>");
            for depth_limit in [2, 3, 4, 16] {
                let (quickly, in_full) = (
                    behind(&document, depth_limit, false),
                    behind(&document, depth_limit, true),
                );
                assert_eq!(quickly, in_full, "{document} {depth_limit}");
            }
        }
        let usual = behind("<r><a><b c=\"1\"><d/></b></a><e/></r>", 16, false);
        assert_eq!(usual.unwrap(), ["1 <e", "2 e>", "1 r>"]);
        let found = super::from_end_tag("<b c=\"</a>\">x<d/></b></a><e/>", 2);
        assert_eq!(found, Some("</a><e/>"));
    }
}
