//! Where bytes wait: a temporary file that the system removes, or memory where the library is built without files.

#[cfg(feature = "batch")]
mod place {
    pub type Scratch = tempfile::SpooledTempFile;

    pub fn scratch(in_memory: usize) -> Scratch {
        Scratch::new(in_memory)
    }
}

#[cfg(not(feature = "batch"))]
mod place {
    use std::io;

    pub type Scratch = io::Cursor<Vec<u8>>;

    pub fn scratch(_: usize) -> Scratch {
        Scratch::default()
    }
}

pub use place::Scratch;

/// Returns a place for bytes; up to `in_memory` of them never touch a disk.
pub fn scratch(in_memory: usize) -> Scratch {
    place::scratch(in_memory)
}
