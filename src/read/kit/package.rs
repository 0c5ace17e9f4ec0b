//! A zip package of parts: finds, unpacks and bounds them.
//!
//! It knows nothing of what a part means. Part names are compared without case and with either slash, because
//! some exporters write `xl\worksheets\Sheet1.xml`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Cursor, Read};

use encoding_rs::UTF_8;
use zip::read::ZipFile;
use zip::result::ZipError;
use zip::{CompressionMethod, HasZipMetadata as _, ZipArchive};

use super::inflater::Inflater;
use super::xml::{Xml, encoding_of};
use crate::read::{Limits, ReadError};

/// Bytes of a part that is unpacked as a whole before it is read.
const SMALL_PART: u64 = 8 * 1024 * 1024;

/// Bytes that a larger part is unpacked by at a time.
const STREAM_BUFFER: usize = 32 * 1024;

/// Why one part could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PartError {
    /// There is no such part.
    Missing,
    /// The part, or the package, is encrypted.
    Encrypted,
    /// The part's bytes or its XML are broken.
    Broken,
    /// A limit stops the whole file.
    Limit(ReadError),
}

impl PartError {
    /// Returns the refusal of the whole file when this part is one that it cannot do without.
    pub(crate) fn into_refusal(self, part_title: &str) -> ReadError {
        match self {
            Self::Missing => ReadError::damaged(&format!("缺少{part_title}")),
            Self::Broken => ReadError::damaged(&format!("{part_title}读不出来")),
            Self::Encrypted => ReadError::password_protected(),
            Self::Limit(error) => error,
        }
    }
}

impl From<ReadError> for PartError {
    fn from(error: ReadError) -> Self {
        Self::Limit(error)
    }
}

/// An opened package.
pub(crate) struct Package<'a> {
    bytes: &'a [u8],
    packed: PackedParts<'a>,
    inflater: Inflater,
    /// No part is read in a quicker way, even where there is one.
    in_full: bool,
    /// The main part of an Office package, once it was asked for.
    main_part: Option<String>,
    /// The part unpacked last, where it is small.
    small_part: Vec<u8>,
}

/// The parts as the package holds them.
struct PackedParts<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    places: BTreeMap<String, usize>,
    unpacked_left: u64,
    limits: &'a Limits,
}

impl<'a> Package<'a> {
    /// Opens the package by its central directory; nothing is unpacked yet.
    pub(crate) fn open(bytes: &'a [u8], limits: &'a Limits) -> Result<Self, PartError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(fault_of)?;
        // The end is that of a file inside, packed as it is; the end of this package is missing.
        if archive.offset() > 0 && bytes.starts_with(b"PK\x03\x04") {
            return Err(ReadError::damaged("后半截没有了，多半是下载或拷贝中断").into());
        }
        let mut places = BTreeMap::new();
        for (index, name) in archive.file_names_raw().enumerate() {
            places.entry(part_key(&String::from_utf8_lossy(name))).or_insert(index);
        }
        Ok(Self {
            bytes,
            packed: PackedParts {
                archive,
                places,
                unpacked_left: limits.unpacked_bytes,
                limits,
            },
            inflater: Inflater::default(),
            in_full: false,
            main_part: None,
            small_part: Vec::new(),
        })
    }

    /// Gives up the quick ways of unpacking and reading, so that tests can hold them to the slow ones.
    pub(in crate::read) const fn read_in_full(&mut self) {
        self.in_full = true;
    }

    /// Returns how much all parts unpack to, as the central directory declares; none unpacks to more.
    pub(in crate::read) fn declared_bytes(&mut self) -> u64 {
        // The archive's own sum gives up on entries written as a stream, which many programs write.
        let archive = &mut self.packed.archive;
        let sizes = (0..archive.len()).map(|index| archive.by_index_raw(index).map_or(u64::MAX, |entry| entry.size()));
        sizes.fold(0, u64::saturating_add)
    }

    /// Returns whether there is such a part.
    pub(crate) fn contains(&self, part: &str) -> bool {
        self.packed.places.contains_key(&*key_of(part))
    }

    /// Returns the names, in lower case, of the parts that satisfy the question.
    #[cfg(feature = "confirm")]
    pub(in crate::read) fn parts(&self, is_wanted: impl Fn(&str) -> bool) -> Vec<String> {
        self.packed
            .places
            .keys()
            .filter(|name| is_wanted(name))
            .cloned()
            .collect()
    }

    /// Returns how many bytes of the file a part takes up.
    #[cfg(feature = "confirm")]
    pub(in crate::read) fn packed_bytes(&mut self, part: &str) -> Option<u64> {
        let index = *self.packed.places.get(&*key_of(part))?;
        Some(self.packed.archive.by_index_raw(index).ok()?.compressed_size())
    }

    /// Returns whether some part's name, in lower case, satisfies the question.
    pub(crate) fn any_part(&self, mut is_it: impl FnMut(&str) -> bool) -> bool {
        self.packed.places.keys().any(|name| is_it(name))
    }

    /// Returns a part's unpacked bytes, as they come.
    pub(crate) fn part(&mut self, part: &str) -> Result<impl BufRead + '_, PartError> {
        self.packed.part(part)
    }

    /// Returns a part as XML.
    pub(in crate::read) fn xml(&mut self, part: &str) -> Result<Xml<'_>, PartError> {
        let depth = self.packed.limits.xml_depth;
        let unpacked_left = self.packed.unpacked_left;
        if self.unpack_small(part)?
            && encoding_of(&self.small_part) == UTF_8
            && let Ok(text) = simdutf8::basic::from_utf8(&self.small_part)
        {
            let text = text.strip_prefix('\u{feff}').unwrap_or(text);
            return Ok(Xml::of_text(text, depth).in_full(self.in_full));
        }
        // The stream counts the part again.
        self.packed.unpacked_left = unpacked_left;
        Xml::new(Box::new(self.packed.part(part)?), depth)
    }

    /// Unpacks a small part as a whole into `small_part`. `false` for any other, which is to be streamed: one that is
    /// large or breaks off.
    fn unpack_small(&mut self, part: &str) -> Result<bool, PartError> {
        let mut bytes = std::mem::take(&mut self.small_part);
        let is_whole = self.unpack_at_once(part, &mut bytes) || {
            bytes.clear();
            let bounded = self.packed.bounded(part)?;
            let declared = bounded.inner.size();
            if declared > SMALL_PART {
                return Ok(false);
            }
            bytes.reserve(usize::try_from(declared).unwrap_or_default());
            let read = bounded.take(SMALL_PART + 1).read_to_end(&mut bytes);
            read.is_ok_and(|count| u64::try_from(count).is_ok_and(|count| count == declared))
        };
        self.small_part = bytes;
        Ok(is_whole)
    }

    /// Unpacks a small part in one step, without a stream, in the place of what a buffer holds. `false` when it is anything but a sound part within the
    /// limits: why, the stream finds out.
    fn unpack_at_once(&mut self, part: &str, out: &mut Vec<u8>) -> bool {
        let index = self.packed.places.get(&*key_of(part)).filter(|_| !self.in_full);
        let Some(index) = index else {
            return false;
        };
        let Ok(entry) = self.packed.archive.by_index_raw(*index) else {
            return false;
        };
        let declared = entry.get_metadata().uncompressed_size;
        if entry.encrypted()
            || declared
                > SMALL_PART
                    .min(self.packed.limits.part_bytes)
                    .min(self.packed.unpacked_left)
        {
            return false;
        }
        let place = |from: u64, length: u64| {
            let from = usize::try_from(from).ok()?;
            let to = from.checked_add(usize::try_from(length).ok()?)?;
            self.bytes.get(from..to)
        };
        let packed = entry
            .data_start()
            .and_then(|start| place(start, entry.compressed_size()));
        let (Some(packed), Ok(length)) = (packed, usize::try_from(declared)) else {
            return false;
        };
        let is_unpacked = match entry.compression() {
            CompressionMethod::Stored => {
                out.clear();
                out.extend_from_slice(packed);
                out.len() == length
            }
            CompressionMethod::Deflated => self.inflater.inflate(packed, length, out),
            _ => false,
        };
        let is_sound = is_unpacked && crc32fast::hash(out) == entry.crc32();
        if is_sound {
            self.packed.unpacked_left = self.packed.unpacked_left.saturating_sub(declared);
        }
        is_sound
    }

    /// Returns the main part that was found before.
    pub(in crate::read) fn known_main_part(&self) -> Option<String> {
        self.main_part.clone()
    }

    /// Keeps the main part for whoever asks for it again.
    pub(in crate::read) fn keep_main_part(&mut self, part: &str) {
        self.main_part = Some(part.to_owned());
    }

    /// Returns a small part as text, for recognition.
    pub(in crate::read) fn text(&mut self, part: &str, at_most: u64) -> Result<String, PartError> {
        let mut bytes = Vec::new();
        self.part(part)?
            .take(at_most)
            .read_to_end(&mut bytes)
            .map_err(|error| fault_of_io(&error))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

impl<'a> PackedParts<'a> {
    /// Returns a part's unpacked bytes, as they come.
    fn part(&mut self, part: &str) -> Result<impl BufRead + use<'_, 'a>, PartError> {
        let bounded = self.bounded(part)?;
        let capacity = usize::try_from(bounded.inner.size()).map_or(STREAM_BUFFER, |size| size.clamp(1, STREAM_BUFFER));
        Ok(BufReader::with_capacity(capacity, bounded))
    }

    fn bounded(&mut self, part: &str) -> Result<Bounded<'_, ZipFile<'_, Cursor<&'a [u8]>>>, PartError> {
        let index = *self.places.get(&*key_of(part)).ok_or(PartError::Missing)?;
        let limits = self.limits;
        let file = self.archive.by_index(index).map_err(fault_of)?;
        let declared = file.get_metadata().uncompressed_size;
        if declared > limits.part_bytes {
            return Err(PartError::Limit(ReadError::too_many_bytes(
                "单个部件解压后的大小",
                declared,
                limits.part_bytes,
            )));
        }
        if declared > self.unpacked_left {
            return Err(PartError::Limit(all_parts_too_large(limits)));
        }
        Ok(Bounded {
            inner: file,
            part_left: limits.part_bytes,
            all_left: &mut self.unpacked_left,
            limits,
        })
    }
}

/// Returns a part's name as all ways of writing it come to: slashes, letters of either case, `%20` for a blank.
pub(crate) fn part_key(name: &str) -> String {
    key_of(name).into_owned()
}

/// [`part_key`], of a name that may be its own.
fn key_of(name: &str) -> Cow<'_, str> {
    let is_own = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase() && !matches!(byte, b'%' | b'\\');
    if !name.starts_with('/') && name.bytes().all(is_own) {
        return Cow::Borrowed(name);
    }
    let name = if name.contains('%') {
        unescaped(name)
    } else {
        name.to_owned()
    };
    Cow::Owned(name.replace('\\', "/").trim_start_matches('/').to_lowercase())
}

/// Returns a name with its escapes undone; what would be no text stays as it is written.
fn unescaped(name: &str) -> String {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digit = |at: usize| {
            char::from(*after.get(at)?)
                .to_digit(16)
                .and_then(|digit| u8::try_from(digit).ok())
        };
        match (*first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(high << 4 | low);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| name.to_owned())
}

fn all_parts_too_large(limits: &Limits) -> ReadError {
    ReadError::more_bytes_than("解压后的总大小", limits.unpacked_bytes)
}

fn fault_of(error: ZipError) -> PartError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => PartError::Encrypted,
        ZipError::FileNotFound => PartError::Missing,
        ZipError::Io(error) => fault_of_io(&error),
        _ => PartError::Broken,
    }
}

/// Returns the fault behind an input error: a limit that [`Bounded`] met, else broken bytes.
pub(crate) fn fault_of_io(error: &io::Error) -> PartError {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<ReadError>()) {
        Some(limit) => PartError::Limit(limit.clone()),
        None => PartError::Broken,
    }
}

/// Counts what is really unpacked, since a declared size may lie.
struct Bounded<'a, R> {
    inner: R,
    part_left: u64,
    all_left: &'a mut u64,
    limits: &'a Limits,
}

impl<R: Read> Read for Bounded<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let count = u64::try_from(read).unwrap_or(u64::MAX);
        let Some(part_left) = self.part_left.checked_sub(count) else {
            let limit = self.limits.part_bytes;
            return Err(io::Error::other(ReadError::too_many_bytes(
                "单个部件解压后的大小",
                limit + 1,
                limit,
            )));
        };
        let Some(all_left) = self.all_left.checked_sub(count) else {
            return Err(io::Error::other(all_parts_too_large(self.limits)));
        };
        self.part_left = part_left;
        *self.all_left = all_left;
        Ok(read)
    }
}
