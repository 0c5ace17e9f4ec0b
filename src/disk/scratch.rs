//! Where bytes wait: a temporary file that the system removes, or memory where the library is built without files.

use std::io;

#[cfg(feature = "batch")]
mod place {
    use std::io;

    pub type Scratch = tempfile::SpooledTempFile;
    pub type Package = std::fs::File;

    pub fn scratch(in_memory: usize) -> Scratch {
        Scratch::new(in_memory)
    }

    pub fn package() -> io::Result<Package> {
        tempfile::tempfile()
    }
}

#[cfg(not(feature = "batch"))]
mod place {
    use std::io;

    pub type Scratch = io::Cursor<Vec<u8>>;
    pub type Package = io::Cursor<Vec<u8>>;

    pub fn scratch(_: usize) -> Scratch {
        Scratch::default()
    }

    #[allow(clippy::unnecessary_wraps)]
    pub fn package() -> io::Result<Package> {
        Ok(Package::default())
    }
}

pub use place::{Package, Scratch};

/// Returns a place for bytes; up to `in_memory` of them never touch a disk.
pub fn scratch(in_memory: usize) -> Scratch {
    place::scratch(in_memory)
}

/// Returns a place for a package of any size.
///
/// # Errors
/// When the system gives no temporary file.
pub fn package() -> io::Result<Package> {
    place::package()
}
