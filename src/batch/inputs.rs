//! From words to inputs: files as they are, folders, patterns and archives as the tables in them, each once.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::fs::FileType;
use std::io::{self, Cursor};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use super::archive::{Archive, ArchiveEntry, Opened};
use super::candidates::{Candidate, LinkedFolders, by_pattern, in_folder};
use super::input::{Input, Source};
use super::kinds::{self, Copies, Skipped};
use super::quick_file::QuickFile;
use super::{read_error, run, source};
use crate::files::{ProtectedInputs, is_own_result};
use crate::report::FileError;
use crate::text::file_names::{PathMark, path_mark};

/// Bytes of a file in an archive by which it is told whether this program wrote it; of a longer one not all are there,
/// and it is taken for a table.
const MOST_LOOKED_AT: u64 = 16 * 1024 * 1024;

/// What to collect.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct InputOptions {
    /// Files, folders, archives and patterns, as given.
    pub words: Vec<PathBuf>,
    /// Paths from a list: as `words`, but none is a pattern.
    pub listed: Vec<PathBuf>,
    /// What the run itself writes: never an input, wherever it lies.
    pub outputs: Vec<PathBuf>,
    /// Threads that look into files at once; one where it is not said.
    pub threads: Option<NonZero<usize>>,
}

/// The inputs of a run.
#[derive(Debug, Clone, Default)]
pub struct Collected {
    /// Each once: words in the order given, and what a folder, a pattern or an archive holds by its shown path, byte by
    /// byte, so that every machine has the same order. What does not exist or cannot be opened is an input too, whose
    /// reading says why.
    pub inputs: Vec<Input>,
    /// The files that they are or lie in, which no output may replace.
    pub files: ProtectedInputs,
    /// What was passed over in folders, patterns and archives.
    pub skipped: Skipped,
    /// Folders and archives in which there was nothing to read.
    pub empty: Vec<String>,
    /// Whether anything but files was named, so that a reader cannot count along.
    pub expanded: bool,
}

/// Finds the inputs. Reads folders, the directories of archives, and as much of each file as tells a result of this
/// program from a table.
pub fn collect(options: &InputOptions) -> Collected {
    let outputs = options.outputs.iter();
    let mut collector = Collector {
        outputs: outputs
            .filter_map(|path| Some(path_mark(path.canonicalize().ok()?)))
            .collect(),
        threads: options.threads.unwrap_or(NonZero::<usize>::MIN),
        collected: Collected::default(),
        taken: BTreeSet::new(),
        linked: LinkedFolders::default(),
        has_standard: false,
        duplicates_before: 0,
        folder: None,
    };
    for word in &options.words {
        collector.word(word, true);
    }
    for word in &options.listed {
        collector.word(word, false);
    }
    collector.collected.expanded |= !options.listed.is_empty();
    collector.collected.files = ProtectedInputs::of_marks(collector.taken);
    collector.collected
}

struct Collector {
    threads: NonZero<usize>,
    collected: Collected,
    /// Marks of the true paths of the files taken so far.
    taken: BTreeSet<PathMark>,
    outputs: BTreeSet<PathMark>,
    linked: LinkedFolders,
    has_standard: bool,
    /// As the word at hand was begun.
    duplicates_before: usize,
    /// The folder of the file before, and its true path.
    folder: Option<(PathBuf, PathBuf)>,
}

/// How a file came to be looked at.
#[derive(Clone, Copy)]
enum Naming {
    /// Someone named it.
    Named,
    /// It lies in a folder, or fits a pattern.
    Found { is_own_result: bool },
}

impl Collector {
    fn word(&mut self, word: &Path, may_be_pattern: bool) {
        self.duplicates_before = self.collected.skipped.duplicates;
        if source::is_standard_input(word) {
            // It can be read once only.
            if !std::mem::replace(&mut self.has_standard, true) {
                self.collected.inputs.push(Input::file(word));
            }
            return;
        }
        let shown = source::shown(word);
        if word.is_dir() {
            let found = in_folder(word, false, &|_| true, &mut self.linked, &mut self.collected.skipped);
            let below = match shown.as_str() {
                "." => 0,
                folder => folder.trim_end_matches('/').len() + 1,
            };
            self.expand(shown, found, below);
        } else if may_be_pattern
            && word.symlink_metadata().is_err()
            && let Some((found, below)) = by_pattern(word, &mut self.linked, &mut self.collected.skipped)
        {
            if found.is_empty() {
                let error = read_error::error("file_not_found", "没有与这个写法相符的表格文件，请检查路径和文件名。");
                self.refused(shown, below, word, error);
            } else {
                self.expand(shown, found, below);
            }
        } else {
            let below = shown.rfind('/').map_or(0, |slash| slash + 1);
            let mut inputs = Vec::new();
            self.file(shown.as_str().into(), below, word, Naming::Named, &mut inputs);
            self.add(shown, inputs);
        }
    }

    /// Takes what a folder or a pattern gave.
    fn expand(&mut self, shown: String, mut found: Vec<Candidate>, below: usize) {
        self.collected.expanded = true;
        sort_by_text(&mut found, |candidate| &candidate.shown);
        let own_results = self.own_results(&found);
        let mut inputs = Vec::with_capacity(found.len());
        for (candidate, is_own_result) in found.into_iter().zip(own_results) {
            let (shown, path, error) = candidate.into_parts();
            match error {
                Some(error) => inputs.push(refused(shown, below, &path, error)),
                None => self.file(shown, below, &path, Naming::Found { is_own_result }, &mut inputs),
            }
        }
        self.add(shown, inputs);
    }

    /// Returns of each file that was found whether it is a result of this program, by its content.
    fn own_results(&self, found: &[Candidate]) -> Vec<bool> {
        let mut own_results = Vec::with_capacity(found.len());
        let look = |candidate: &Candidate| {
            let open = || QuickFile::open(candidate.path()).ok();
            !candidate.has_error() && is_own_result(&candidate.shown, open)
        };
        let keep = |_, is_own_result| {
            own_results.push(is_own_result);
            Ok::<(), Infallible>(())
        };
        let Ok(_) = run(found, self.threads, look, |_| false, keep, &AtomicBool::new(false));
        own_results
    }

    fn add(&mut self, shown: String, mut inputs: Vec<Input>) {
        if inputs.is_empty() {
            // What holds only files that were there already is not empty.
            if self.collected.skipped.duplicates == self.duplicates_before {
                self.collected.empty.push(shown);
            }
            return;
        }
        sort_by_text(&mut inputs, Input::shown);
        if self.collected.inputs.is_empty() {
            self.collected.inputs = inputs;
        } else {
            self.collected.inputs.append(&mut inputs);
        }
    }

    fn refused(&mut self, shown: String, below: usize, path: &Path, error: FileError) {
        self.collected.inputs.push(refused(shown, below, path, error));
    }

    /// Returns a file's true path. Names that were found in a folder are the true ones but for links, and many follow one
    /// another in one folder.
    fn true_path(&mut self, path: &Path, is_link: bool, naming: Naming) -> io::Result<PathBuf> {
        let (Naming::Found { .. }, Some(folder), Some(name)) = (naming, path.parent(), path.file_name()) else {
            return path.canonicalize();
        };
        if is_link {
            return path.canonicalize();
        }
        if let Some((known, true_folder)) = &self.folder
            && known == folder
        {
            return Ok(true_folder.join(name));
        }
        let true_folder = folder.canonicalize()?;
        let path = true_folder.join(name);
        self.folder = Some((folder.to_owned(), true_folder));
        Ok(path)
    }

    /// One file: an input, or the inputs of an archive, none when it is there already.
    fn file(&mut self, shown: Box<str>, below: usize, path: &Path, naming: Naming, inputs: &mut Vec<Input>) {
        let kind = path.symlink_metadata().map(|metadata| metadata.file_type());
        let is_link = kind.as_ref().map_or(true, FileType::is_symlink);
        let is_file = if is_link {
            path.is_file()
        } else {
            kind.is_ok_and(|kind| kind.is_file())
        };
        if let Ok(true_path) = self.true_path(path, is_link, naming).map(path_mark) {
            if let Naming::Found { is_own_result } = naming
                && (is_own_result || self.outputs.contains(&true_path))
            {
                self.collected.skipped.own_outputs += 1;
                return;
            }
            // A pipe has no content to be the same.
            let is_new = self.taken.insert(true_path);
            if is_file && !is_new {
                self.collected.skipped.duplicates += 1;
                return;
            }
        }
        if is_file && kinds::is_zip(&shown) {
            match Archive::open(path) {
                Opened::Archive(archive) => {
                    self.collected.expanded = true;
                    // What is in an archive that was named is below it.
                    let below = match naming {
                        Naming::Named => shown.len() + 1,
                        Naming::Found { .. } => below,
                    };
                    inputs.extend(self.archive(&archive, &shown, below, path));
                    return;
                }
                Opened::Refused(error) => {
                    inputs.push(refused(shown, below, path, error));
                    return;
                }
                Opened::File => {}
            }
        }
        inputs.push(Input::at(shown, below, path));
    }

    fn archive(&mut self, archive: &Archive, shown: &str, below: usize, path: &Path) -> Vec<Input> {
        let listed = match archive.list() {
            Ok(listed) => listed,
            Err(error) => return vec![refused(shown.to_owned(), below, path, error)],
        };
        let mut copies = Copies::default();
        for listed in &listed {
            copies.note(&listed.parts.join("/"));
        }
        let mut inputs = Vec::new();
        for ArchiveEntry { parts, content } in listed {
            let known = self.collected.skipped.documents.len();
            let Some(inner) = kinds::wanted_in_archive(&parts, &copies, &mut self.collected.skipped) else {
                for document in self.collected.skipped.documents.iter_mut().skip(known) {
                    *document = format!("{shown}/{document}");
                }
                continue;
            };
            let shown = format!("{shown}/{inner}");
            let entry = match content {
                Ok(entry) => entry,
                Err(error) => {
                    inputs.push(refused(shown, below, path, error));
                    continue;
                }
            };
            if kinds::is_zip(&inner) {
                match entry.open() {
                    Opened::Archive(inner) => {
                        inputs.extend(self.archive(&inner, &shown, below, path));
                        continue;
                    }
                    Opened::Refused(error) => {
                        inputs.push(refused(shown, below, path, error));
                        continue;
                    }
                    Opened::File => {}
                }
            }
            if is_own_result(&inner, || entry.read(MOST_LOOKED_AT).ok().map(Cursor::new)) {
                self.collected.skipped.own_outputs += 1;
                continue;
            }
            inputs.push(Input::new(shown, below, Source::Entry(entry)));
        }
        inputs
    }
}

/// Puts what is not in the order of its texts into it. Sorting takes as much memory again, whatever the order is.
fn sort_by_text<T>(all: &mut [T], text: impl Fn(&T) -> &str) {
    if !all.is_sorted_by(|one, next| text(one) <= text(next)) {
        all.sort_by(|one, other| text(one).cmp(text(other)));
    }
}

fn refused(shown: impl Into<Box<str>>, below: usize, path: &Path, error: FileError) -> Input {
    Input::new(shown, below, Source::Refused(path.to_owned(), error))
}
