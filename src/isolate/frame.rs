//! Messages through a pipe: a length in eight bytes, then that many bytes.

use std::io::{self, BufWriter, Read, Write};

/// Bytes that a pipe takes at once on most systems: a shorter message wakes the other side once.
const AT_ONCE: usize = 64 * 1024;

/// Writes one message, given in parts.
pub fn write(pipe: &mut impl Write, parts: &[&[u8]]) -> io::Result<()> {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let length = u64::try_from(length).map_err(io::Error::other)?;
    let mut pipe = BufWriter::with_capacity(AT_ONCE, pipe);
    pipe.write_all(&length.to_le_bytes())?;
    for part in parts {
        pipe.write_all(part)?;
    }
    pipe.flush()
}

/// Reads one message of at most `limit` bytes; `None` when the other side has closed the pipe.
pub fn read(pipe: &mut impl Read, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let mut head = Vec::new();
    pipe.take(8).read_to_end(&mut head)?;
    if head.is_empty() {
        return Ok(None);
    }
    let head: [u8; 8] = head.try_into().map_err(|_| io::ErrorKind::UnexpectedEof)?;
    let length = u64::from_le_bytes(head);
    if length > limit {
        return Err(io::ErrorKind::InvalidData.into());
    }
    // Grows with what comes, not with what the length says.
    let mut message = Vec::with_capacity(usize::try_from(length).unwrap_or(AT_ONCE).min(AT_ONCE));
    let read = pipe.take(length).read_to_end(&mut message)?;
    if u64::try_from(read).ok() != Some(length) {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(Some(message))
}
