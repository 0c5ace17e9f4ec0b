//! Messages: a head in JSON and any number of byte strings behind it. The same form both ways.
//!
//! ```text
//! u32 length of the head | u32 number of parts | u32 length of each part … | head | parts …      (little-endian)
//! ```

use serde::Serialize;

/// A message taken apart.
#[derive(Debug, PartialEq, Eq)]
pub struct Message<'a> {
    /// The head's JSON.
    pub head: &'a [u8],
    /// The byte strings.
    pub parts: Vec<&'a [u8]>,
}

impl<'a> Message<'a> {
    /// Returns the message in some bytes; `None` when they are none.
    pub fn read(bytes: &'a [u8]) -> Option<Self> {
        let mut rest = bytes;
        let head_length = number(&mut rest)?;
        let count = number(&mut rest)?;
        let mut lengths = Vec::new();
        for _ in 0..count {
            lengths.push(number(&mut rest)?);
        }
        let head = taken(&mut rest, head_length)?;
        let parts = lengths.into_iter().map(|length| taken(&mut rest, length));
        Some(Self {
            head,
            parts: parts.collect::<Option<_>>()?,
        })
    }

    /// Returns a byte string by its number; an empty one where there is none.
    pub fn part(&self, number: usize) -> &'a [u8] {
        self.parts.get(number).copied().unwrap_or_default()
    }
}

/// Returns a message as bytes.
pub fn written(head: &impl Serialize, parts: &[Vec<u8>]) -> Vec<u8> {
    let head = serde_json::to_vec(head).unwrap_or_default();
    let length = |bytes: &[u8]| u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_le_bytes();
    let mut message = Vec::with_capacity(8 + parts.len() * 4 + head.len() + parts.iter().map(Vec::len).sum::<usize>());
    message.extend(length(&head));
    message.extend(u32::try_from(parts.len()).unwrap_or(u32::MAX).to_le_bytes());
    for part in parts {
        message.extend(length(part));
    }
    message.extend(head);
    for part in parts {
        message.extend(part);
    }
    message
}

fn number(rest: &mut &[u8]) -> Option<usize> {
    let bytes = taken(rest, 4)?.try_into().ok()?;
    usize::try_from(u32::from_le_bytes(bytes)).ok()
}

fn taken<'a>(rest: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (first, others) = rest.split_at_checked(length)?;
    *rest = others;
    Some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let bytes = written(&"head", &[b"one".to_vec(), Vec::new()]);
        let message = Message::read(&bytes);
        let expected = Message {
            head: b"\"head\"",
            parts: vec![b"one", b""],
        };
        assert_eq!(message, Some(expected));
        assert_eq!(Message::read(bytes.get(..9).unwrap_or_default()), None);
    }
}
