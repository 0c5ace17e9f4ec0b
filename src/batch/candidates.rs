//! What lies in a folder, or fits a pattern, before anything is opened.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use glob::{MatchOptions, Pattern};
use walkdir::WalkDir;

use super::kinds::{self, Copies, Pass, Skipped};
use super::read_error::{self, error_of};
use super::source;
use crate::report::FileError;
use crate::text::path_text::path_text;

/// A file to look at: its path as shown and on disk, or why it cannot be had.
pub(super) struct Candidate {
    pub shown: Box<str>,
    /// What most have not: there may be many.
    further: Option<Box<Further>>,
}

struct Further {
    /// `None` for the path as shown.
    path: Option<PathBuf>,
    error: Option<FileError>,
}

impl Candidate {
    fn new(shown: String, path: PathBuf, error: Option<FileError>) -> Self {
        let path = (path.as_os_str() != shown.as_str()).then_some(path);
        let is_plain = path.is_none() && error.is_none();
        Self {
            shown: shown.into(),
            further: (!is_plain).then(|| Box::new(Further { path, error })),
        }
    }

    /// Returns its path on disk.
    pub(super) fn path(&self) -> &Path {
        let path = self.further.as_ref().and_then(|further| further.path.as_deref());
        path.unwrap_or_else(|| Path::new(&*self.shown))
    }

    pub(super) fn has_error(&self) -> bool {
        self.further.as_ref().is_some_and(|further| further.error.is_some())
    }

    /// Returns its path as shown and on disk, and why it cannot be had.
    pub(super) fn into_parts(self) -> (Box<str>, PathBuf, Option<FileError>) {
        let (path, error) = self
            .further
            .map_or((None, None), |further| (further.path, further.error));
        let path = path.unwrap_or_else(|| PathBuf::from(&*self.shown));
        (self.shown, path, error)
    }
}

/// Folders that links have led to. Each is gone into once, so that links in circles, or many to one folder, end.
#[derive(Default)]
pub(super) struct LinkedFolders(BTreeSet<PathBuf>);

/// Returns every file below a folder that is wanted by its shown path and not ruled out by its name. A folder that
/// cannot be opened is there with its reason.
pub(super) fn in_folder(
    folder: &Path,
    any_kind: bool,
    is_wanted: &dyn Fn(&str) -> bool,
    linked: &mut LinkedFolders,
    skipped: &mut Skipped,
) -> Vec<Candidate> {
    let true_folder = folder.canonicalize().ok();
    let mut candidates = Vec::new();
    let mut copies = Copies::default();
    let mut walk = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
    while let Some(entry) = walk.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_owned();
                let name = name_of(&path);
                // A link back to a folder above it holds nothing that is not found there; a broken one is like any file.
                let shown = shown_below(folder, &path);
                if is_link(&path) && !is_wanted(&shown) {
                    continue;
                }
                if error.loop_ancestor().is_some() {
                    skipped.links_in_circles += 1;
                    continue;
                }
                match kinds::pass(&name, any_kind).filter(|pass| is_link(&path) || *pass == Pass::Hidden) {
                    Some(pass) => skipped.count(pass, &shown),
                    None => candidates.push(Candidate::new(shown, path, Some(unopened(&error)))),
                }
                continue;
            }
        };
        if entry.depth() == 0 {
            continue;
        }
        let name = name_of(entry.path());
        let shown = shown_below(folder, entry.path());
        if entry.file_type().is_dir() {
            if kinds::is_hidden(&name) || has_hidden_mark(&entry) {
                if is_wanted(&shown) {
                    skipped.count(Pass::Hidden, &shown);
                }
                walk.skip_current_dir();
            } else if entry.path_is_symlink() {
                let target = entry.path().canonicalize().ok();
                let is_inside = match (&target, &true_folder) {
                    (Some(target), Some(folder)) => target.starts_with(folder),
                    _ => false,
                };
                if is_inside || !target.is_some_and(|target| linked.0.insert(target)) {
                    walk.skip_current_dir();
                }
            }
            continue;
        }
        if !is_wanted(&shown) {
            continue;
        }
        let pass = match kinds::pass(&name, any_kind) {
            None if has_hidden_mark(&entry) => Some(Pass::Hidden),
            None if !entry.file_type().is_file() => Some(Pass::NotATable),
            pass => pass,
        };
        if pass == Some(Pass::OwnOutput) {
            copies.note(&shown);
        }
        match pass {
            Some(pass) => skipped.count(pass, &shown),
            None => candidates.push(Candidate::new(shown, entry.into_path(), None)),
        }
    }
    without_copies(candidates, copies, skipped)
}

/// Returns the files that fit a pattern, with what lies in the folders that fit it, and how much of their shown paths
/// is the pattern's fixed beginning. `None` when the word is no pattern.
pub(super) fn by_pattern(
    word: &Path,
    linked: &mut LinkedFolders,
    skipped: &mut Skipped,
) -> Option<(Vec<Candidate>, usize)> {
    let text = &source::shown(word);
    let wild = text.find(['*', '?', '['])?;
    let pattern = Pattern::new(text).ok()?;
    let names_a_kind = text
        .rsplit_once('.')
        .is_some_and(|(_, kind)| !kind.is_empty() && kind.chars().all(char::is_alphanumeric));
    let mut candidates = Vec::new();
    // Only walking keeps out of links in circles; without `**` there is nothing to walk before something fits.
    if let Some((above, _)) = text.split_once("**") {
        let is_wanted = |shown: &str| {
            let ends = shown.match_indices('/').map(|(slash, _)| slash).chain([shown.len()]);
            let mut paths = ends.filter_map(|end| shown.get(..end));
            paths.any(|path| pattern.matches_with(path, FITS))
        };
        for folder in folders(above)? {
            candidates.extend(in_folder(&folder, names_a_kind, &is_wanted, linked, skipped));
        }
    } else {
        let mut copies = Copies::default();
        for (path, error) in fitting(text)? {
            if error.is_none() && path.is_dir() {
                candidates.extend(in_folder(&path, false, &|_| true, linked, skipped));
                continue;
            }
            let pass = kinds::pass(&name_of(&path), names_a_kind).filter(|_| error.is_none());
            if pass == Some(Pass::OwnOutput) {
                copies.note(&source::shown(&path));
            }
            match pass {
                Some(pass) => skipped.count(pass, &source::shown(&path)),
                None => candidates.push(Candidate::new(source::shown(&path), path, error)),
            }
        }
        candidates = without_copies(candidates, copies, skipped);
    }
    let fixed = text.get(..wild).unwrap_or_default();
    let below = fixed.rfind('/').map_or(0, |slash| slash + 1);
    Some((candidates, below))
}

/// `copies` knows of the program's outputs that were passed over.
fn without_copies(mut candidates: Vec<Candidate>, mut copies: Copies, skipped: &mut Skipped) -> Vec<Candidate> {
    if !candidates.iter().any(|candidate| kinds::may_be_copy(&candidate.shown)) {
        return candidates;
    }
    for candidate in candidates.iter().filter(|candidate| !candidate.has_error()) {
        copies.note(&candidate.shown);
    }
    candidates.retain(|candidate| {
        let is_copy = copies.is_copy(&candidate.shown);
        skipped.own_outputs += usize::from(is_copy);
        !is_copy
    });
    candidates
}

/// How a path fits a pattern. `**/*.xlsx` means tables in folders, not what the system or a program hid there.
const FITS: MatchOptions = MatchOptions {
    case_sensitive: !cfg!(windows),
    require_literal_leading_dot: true,
    require_literal_separator: true,
};

/// Returns the folders that the part of a pattern before its first `**` names.
fn folders(above: &str) -> Option<Vec<PathBuf>> {
    let is_from_root = above.starts_with('/');
    let above = above.rsplit_once('/').map_or("", |(above, _)| above);
    if !above.contains(['*', '?', '[']) {
        let folder = match above {
            "" if is_from_root => "/",
            "" => ".",
            above => above,
        };
        return Some(vec![PathBuf::from(folder)]);
    }
    let found = fitting(above)?.into_iter();
    Some(
        found
            .filter(|(path, error)| error.is_none() && path.is_dir())
            .map(|(path, _)| path)
            .collect(),
    )
}

/// Returns the paths that fit a pattern without `**`, by their names as shown, so that a name in any encoding can fit;
/// a folder that cannot be opened is there with its reason. `None` when it is no pattern.
fn fitting(text: &str) -> Option<Vec<(PathBuf, Option<FileError>)>> {
    let (above, last) = match text.rfind('/') {
        Some(slash) => text.split_at_checked(slash + 1)?,
        None => ("", text),
    };
    let pattern = Pattern::new(last).ok()?;
    let folders = match above.trim_end_matches('/') {
        wild if wild.contains(['*', '?', '[']) => fitting(wild)?,
        _ => vec![(PathBuf::from(above), None)],
    };
    let mut found = Vec::new();
    for (folder, error) in folders {
        if error.is_some() {
            found.push((folder, error));
            continue;
        }
        if !last.contains(['*', '?', '[']) {
            let path = folder.join(last);
            found.extend(path.symlink_metadata().is_ok().then_some((path, None)));
            continue;
        }
        let here = if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            &folder
        };
        // What fitted so far may be a file.
        if !here.is_dir() {
            continue;
        }
        match std::fs::read_dir(here) {
            Ok(entries) => {
                let names = entries.filter_map(|entry| Some(entry.ok()?.file_name()));
                let fit = names.filter(|name| pattern.matches_with(&path_text(Path::new(name)), FITS));
                found.extend(fit.map(|name| (folder.join(name), None)));
            }
            Err(cause) => found.push((folder, Some(unopened_for(&cause)))),
        }
    }
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    Some(found)
}

fn name_of(path: &Path) -> String {
    path_text(Path::new(path.file_name().unwrap_or_default()))
}

/// Returns the path as given; what lies in the current folder needs no `./`.
fn shown_below(folder: &Path, path: &Path) -> String {
    let in_current = folder.as_os_str() == ".";
    source::shown(path.strip_prefix("./").ok().filter(|_| in_current).unwrap_or(path))
}

fn is_link(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|it| it.is_symlink())
}

fn unopened(error: &walkdir::Error) -> FileError {
    match error.io_error() {
        Some(cause) => unopened_for(cause),
        None => error_of(&io::ErrorKind::Other.into()),
    }
}

fn unopened_for(cause: &io::Error) -> FileError {
    match cause.kind() {
        io::ErrorKind::PermissionDenied => read_error::error(
            "permission_denied",
            "没有打开这个文件夹或文件的权限，里面的表格没有核对；请取得权限后再试。",
        ),
        _ => error_of(cause),
    }
}

#[cfg(windows)]
fn has_hidden_mark(entry: &walkdir::DirEntry) -> bool {
    use std::os::windows::fs::MetadataExt as _;
    const HIDDEN: u32 = 2;
    entry.metadata().is_ok_and(|it| it.file_attributes() & HIDDEN != 0)
}

#[cfg(not(windows))]
const fn has_hidden_mark(_: &walkdir::DirEntry) -> bool {
    false
}
