//! A web archive (MHTML): one file that holds the pages of a workbook, each with the place it was taken from.

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, MessageParser, MimeHeaders as _};

use super::super::{Limits, ReadError};

/// One page of an archive, its transfer encoding undone.
pub(super) struct ArchivedPage {
    pub location: String,
    pub bytes: Vec<u8>,
}

/// Returns the HTML pages of an archive, in their order.
pub(super) fn pages(bytes: &[u8], limits: &Limits) -> Result<Vec<ArchivedPage>, ReadError> {
    let Some(message) = MessageParser::default().parse(bytes) else {
        return Err(ReadError::damaged("网页档案的结构读不出来"));
    };
    let mut pages = Vec::new();
    for part in &message.parts {
        let is_page = part
            .content_type()
            .is_some_and(|kind| kind.ctype().eq_ignore_ascii_case("text") && kind.subtype().is_some_and(is_html));
        if !is_page {
            continue;
        }
        let body = usize::try_from(part.offset_body)
            .ok()
            .zip(usize::try_from(part.offset_end).ok())
            .and_then(|(start, end)| bytes.get(start..end))
            .unwrap_or_default();
        let decoded = match part.encoding {
            Encoding::QuotedPrintable => quoted_printable_decode(body),
            Encoding::Base64 => base64_decode(body),
            Encoding::None => Some(body.to_vec()),
        };
        pages.push(ArchivedPage {
            location: part.content_location().unwrap_or_default().to_owned(),
            bytes: decoded.ok_or_else(|| ReadError::damaged("网页档案里有一页读不出来"))?,
        });
        if pages.len() > limits.sheets {
            return Err(ReadError::too_many("网页档案里的页数", limits.sheets));
        }
    }
    Ok(pages)
}

fn is_html(subtype: &str) -> bool {
    subtype.eq_ignore_ascii_case("html")
}
