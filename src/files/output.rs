//! Outputs on disk: whole or absent, never over an input. The one way to write a file whole or not at all.

use std::collections::BTreeSet;
use std::fmt;
use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::path::{Component, Path, PathBuf};

use tempfile::NamedTempFile;

use super::origin::{Origin, origin};
use crate::text::disk_words::reason;
use crate::text::file_names::{PathMark, path_mark};

/// Returns the way from an output's folder to its input, with `/` between its parts, for a link; nothing is looked up
/// on disk.
///
/// Where the two have only the root in common, or lie far apart, the way would tell how a machine is laid out and
/// would not outlive a move: then the input's name alone, as if it lay beside the output. `None` where there is no
/// file, or a name that is no text.
pub fn link_path(input: &Path, output: &Path) -> Option<String> {
    /// Most folders up that two places of one piece of work lie apart.
    const MOST_UP: usize = 3;
    if input.as_os_str() == "-" {
        return None;
    }
    let parts = |path: &Path| -> Option<Vec<String>> {
        std::path::absolute(path)
            .ok()?
            .components()
            .filter(|part| !matches!(part, Component::RootDir))
            .map(|part| part.as_os_str().to_str().map(str::to_owned))
            .collect()
    };
    // A file name alone lies in the current folder.
    let folder = output.parent().filter(|folder| !folder.as_os_str().is_empty());
    let (from, to) = (parts(folder.unwrap_or(Path::new(".")))?, parts(input)?);
    let is_way = |part: &String| part != "..";
    let shared = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    let up = from.len() - shared;
    let name = to.last()?;
    if shared == 0 || up > MOST_UP || shared >= to.len() || !from.iter().chain(&to).all(is_way) {
        return Some(name.clone());
    }
    let steps = std::iter::repeat_n("..", up).chain(to.iter().skip(shared).map(String::as_str));
    Some(steps.collect::<Vec<_>>().join("/"))
}

/// Files that no output may replace: the inputs of a run, by marks of their true paths, so that a long run keeps few
/// bytes for each.
#[derive(Debug, Clone, Default)]
pub struct ProtectedInputs {
    marks: BTreeSet<PathMark>,
}

impl ProtectedInputs {
    /// Protects these files. One that does not exist needs no protection and is left out.
    pub fn new<'a>(inputs: impl IntoIterator<Item = &'a Path>) -> Self {
        let mut protected = Self::default();
        protected.add(inputs);
        protected
    }

    /// Returns the files with these marks of their true paths.
    pub(crate) const fn of_marks(marks: BTreeSet<PathMark>) -> Self {
        Self { marks }
    }

    /// Protects the files that another protects, too.
    pub fn merge(&mut self, other: &Self) {
        self.marks.extend(&other.marks);
    }

    /// Protects further files.
    pub fn add<'a>(&mut self, inputs: impl IntoIterator<Item = &'a Path>) {
        let marks = inputs
            .into_iter()
            .filter_map(|input| Some(path_mark(&input.canonicalize().ok()?)));
        self.marks.extend(marks);
    }

    /// Returns whether the path leads to a protected file, directly or through links.
    pub fn contains(&self, path: &Path) -> bool {
        path.canonicalize()
            .is_ok_and(|path| self.marks.contains(&path_mark(&path)))
    }
}

/// Why an output was not written. `Display` is one Chinese sentence that names the file.
#[derive(Debug)]
#[non_exhaustive]
pub enum OutputError {
    /// The output would replace an input.
    IsInput(PathBuf),
    /// The file is there already and replacing was not asked for.
    Exists(PathBuf),
    /// The file is there, and is no earlier output of the same kind.
    NotOwn(PathBuf),
    /// A folder stands in the file's place.
    IsFolder(PathBuf),
    /// The folder for the output could not be made.
    Folder(PathBuf, io::Error),
    /// Writing failed; nothing was left behind.
    Write(PathBuf, io::Error),
}

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::IsInput(path) => {
                write!(
                    f,
                    "输出文件“{}”就是输入文件，为保护原表没有写入，请换一个输出文件夹",
                    path.display()
                )
            }
            Self::Exists(path) => {
                write!(
                    f,
                    "输出文件“{}”已经存在，没有覆盖，如要覆盖请加 --force",
                    path.display()
                )
            }
            Self::NotOwn(path) => {
                write!(
                    f,
                    "只覆盖本程序写出、没有被人改过的同一种文件；“{}”不是，没有覆盖，请换一个文件名，或先把它移到别处",
                    path.display()
                )
            }
            Self::IsFolder(path) => {
                write!(f, "“{}”是一个文件夹，不能写成文件，请换一个输出文件夹", path.display())
            }
            Self::Folder(path, error) => {
                write!(f, "无法建立输出文件夹“{}”：{}", path.display(), reason(error.kind()))
            }
            Self::Write(path, error) => {
                write!(f, "无法写出文件“{}”：{}", path.display(), reason(error.kind()))
            }
        }
    }
}

impl std::error::Error for OutputError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Folder(_, error) | Self::Write(_, error) => Some(error),
            Self::IsInput(_) | Self::Exists(_) | Self::NotOwn(_) | Self::IsFolder(_) => None,
        }
    }
}

/// Writes a whole file or none: the bytes go to a temporary file in the same folder, which then takes the name.
///
/// Makes the folder when it is missing. Refuses to replace a protected input always, and any existing file unless
/// `force`, and then any but an earlier output of the same kind. On an error nothing of the output is left behind.
pub fn write_new_file(path: &Path, bytes: &[u8], force: bool, inputs: &ProtectedInputs) -> Result<(), OutputError> {
    fill_new_file(path, force, inputs, |file| file.write_all(bytes))
}

/// [`write_new_file_with`], where nothing but the disk can fail.
///
/// # Errors
/// As [`write_new_file`].
pub fn fill_new_file(
    path: &Path,
    force: bool,
    inputs: &ProtectedInputs,
    fill: impl FnOnce(&mut File) -> io::Result<()>,
) -> Result<(), OutputError> {
    write_new_file_with(path, force, inputs, fill).map_err(|error| match error {
        FillError::Output(error) => error,
        FillError::Fill(error) => OutputError::Write(path.to_owned(), error),
    })
}

/// Why a file that is filled as it is made did not come to be.
#[derive(Debug)]
#[non_exhaustive]
pub enum FillError<E> {
    /// The place for it refused.
    Output(OutputError),
    /// Its content could not be made.
    Fill(E),
}

impl<E: fmt::Display> fmt::Display for FillError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Output(error) => error.fmt(f),
            Self::Fill(error) => error.fmt(f),
        }
    }
}

/// Refuses a name that a new file may not take.
///
/// # Errors
/// When it is a protected input or a folder, or is there already and `force` is not set, or is none of our outputs.
pub fn refuse_new_file(path: &Path, force: bool, inputs: &ProtectedInputs) -> Result<(), OutputError> {
    if is_free(path) {
        return Ok(());
    }
    if inputs.contains(path) {
        return Err(OutputError::IsInput(path.to_owned()));
    }
    if path.is_dir() {
        return Err(OutputError::IsFolder(path.to_owned()));
    }
    if path.symlink_metadata().is_err() {
        return Ok(());
    }
    if !force {
        return Err(OutputError::Exists(path.to_owned()));
    }
    match origin_at(path) {
        Some(_) => Ok(()),
        None => Err(OutputError::NotOwn(path.to_owned())),
    }
}

/// Returns whether nothing is under a name, not even a link; then it is no input and no folder either, whose true paths
/// take many more questions to the system.
pub fn is_free(path: &Path) -> bool {
    path.symlink_metadata()
        .is_err_and(|error| error.kind() == ErrorKind::NotFound)
}

/// [`write_new_file`], for content that is too long to be made before it is written.
///
/// # Errors
/// As [`write_new_file`], and whatever `fill` says.
pub fn write_new_file_with<E>(
    path: &Path,
    force: bool,
    inputs: &ProtectedInputs,
    fill: impl FnOnce(&mut File) -> Result<(), E>,
) -> Result<(), FillError<E>> {
    refuse_new_file(path, force, inputs).map_err(FillError::Output)?;
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let failed = |error| FillError::Output(OutputError::Write(path.to_owned(), error));
    let mut file = match unnamed(folder) {
        // Most often the folder is there; only where that fails is it looked for.
        Err(_) => {
            std::fs::create_dir_all(folder)
                .map_err(|error| FillError::Output(OutputError::Folder(folder.to_owned(), error)))?;
            unnamed(folder)
        }
        made => made,
    }
    .map_err(failed)?;
    fill(file.as_file_mut()).map_err(FillError::Fill)?;
    name(file, path, force).map_err(FillError::Output)
}

/// Returns a file in a folder that is under no name yet, and goes if it gets none.
pub(crate) fn unnamed(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".hebiao-").suffix(".tmp");
    #[cfg(unix)]
    {
        // A temporary file is private by default; the output is an ordinary file that colleagues may read.
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

fn origin_at(path: &Path) -> Option<Origin> {
    origin(&mut File::open(path).ok()?)
}

/// Gives an [`unnamed`] file its name once all its bytes are on the disk.
///
/// # Errors
/// When the disk does not take it, or a file of that name is there and `force` is not set, or is no earlier output of
/// the same kind.
pub(crate) fn name(mut file: NamedTempFile, path: &Path, force: bool) -> Result<(), OutputError> {
    let failed = |error| OutputError::Write(path.to_owned(), error);
    if force && path.symlink_metadata().is_ok() {
        let earlier = origin_at(path);
        let is_same_kind = earlier == Some(Origin::Empty) || earlier == origin(file.as_file_mut());
        if earlier.is_none() || !is_same_kind {
            return Err(OutputError::NotOwn(path.to_owned()));
        }
    }
    // Without this a power cut after the rename could leave a name over missing contents.
    file.as_file().sync_all().map_err(failed)?;
    let named = if force {
        file.persist(path)
    } else {
        // The file may have come into being since it was looked for; the system refuses then.
        file.persist_noclobber(path)
    };
    named.map(drop).map_err(|error| match error.error.kind() {
        ErrorKind::AlreadyExists => OutputError::Exists(path.to_owned()),
        _ => failed(error.error),
    })
}
