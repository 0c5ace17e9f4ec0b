//! Forms and wordings as a value: the built-in ones, and what users' TOML files add to them.
//!
//! It knows texts, never a disk: whoever has the files hands in names and contents.

mod concepts;
mod error;
mod form_file;
mod learn;
mod source;
mod taken_for;
mod words;

use std::sync::LazyLock;

use serde::Serialize;

use super::forms::{self, Form, FormSigns};
use super::vocabulary::Vocabulary;
use source::Source;

pub use error::FormFileError;
pub use taken_for::HeaderPlace;

/// A user's file: its name, for messages, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormFile {
    /// The file as given.
    pub name: String,
    /// Its content.
    pub text: String,
}

/// What a user's file brought.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum FormFileContent {
    /// A vocabulary: its wordings in the order of group and concept.
    Vocabulary(Vec<AddedWording>),
    /// A form.
    Form(Form),
}

/// A wording in a user's vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AddedWording {
    /// Group of the vocabulary, e.g. `indicator`.
    pub group: String,
    /// Concept in the group, e.g. `target`.
    pub concept: String,
    /// The wording as written.
    pub wording: String,
    /// Its line in the file, from 1.
    pub line: usize,
    /// Whether it was not known under this concept before.
    pub is_new: bool,
}

/// A concept of the vocabulary with all its wordings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Concept {
    /// Group of the vocabulary, e.g. `indicator`.
    pub group: String,
    /// The group in Chinese.
    pub group_title: &'static str,
    /// Name in the group, e.g. `target`.
    pub name: String,
    /// Wordings; the first of a built-in concept is its usual one.
    pub wordings: Vec<String>,
}

/// Everything that recognition goes by: wordings and forms.
///
/// ```
/// use hebiao::layout::{FormFile, FormLibrary};
///
/// let file = FormFile { name: "本县.toml".to_owned(), text: "[indicator]\ntarget = [\"约定值\"]\n".to_owned() };
/// let (library, _) = FormLibrary::builtin().extended(&[file]).map_err(|errors| errors[0].clone())?;
/// let target = library.concepts().into_iter().find(|concept| concept.name == "target").ok_or("no such concept")?;
/// assert_eq!(target.wordings.last().map(String::as_str), Some("约定值"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct FormLibrary {
    words: toml::Table,
    vocabulary: Vocabulary,
    /// In the order in which they are tried: of forms with equal points the first wins.
    forms: Vec<Form>,
    signs: FormSigns,
}

impl FormLibrary {
    /// Returns what the program knows by itself.
    pub fn builtin() -> &'static Self {
        static BUILTIN: LazyLock<FormLibrary> = LazyLock::new(|| {
            let read = || {
                let words = Vocabulary::builtin_table()?;
                let forms = forms::builtin()?;
                Ok::<_, String>(FormLibrary {
                    vocabulary: Vocabulary::from_table(words.clone())?,
                    words,
                    signs: FormSigns::of(&forms),
                    forms,
                })
            };
            // The files are part of the program and read by tests; no input reaches them.
            #[allow(clippy::expect_used)]
            read().expect("the built-in vocabulary and forms are valid")
        });
        &BUILTIN
    }

    /// This library with users' files added, in the order given, and what each file brought.
    ///
    /// # Errors
    /// All that is wrong with the files: bad TOML, unknown keys and concepts, wrong types, empty lists, wordings and
    /// names that are taken.
    pub fn extended(&self, files: &[FormFile]) -> Result<(Self, Vec<FormFileContent>), Vec<FormFileError>> {
        let mut library = self.clone();
        let mut contents = Vec::with_capacity(files.len());
        let mut errors = Vec::new();
        for file in files {
            match library.add(&Source::new(&file.name, &file.text)) {
                Ok(content) => contents.push(content),
                Err(refused) => errors.extend(refused),
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        library.vocabulary = Vocabulary::from_table(library.words.clone()).map_err(|reason| {
            vec![FormFileError {
                file: files.last().map(|file| file.name.clone()).unwrap_or_default(),
                line: None,
                key: None,
                reason: format!("与已有的词汇合不起来：{reason}"),
            }]
        })?;
        library.signs = FormSigns::of(&library.forms);
        Ok((library, contents))
    }

    fn add(&mut self, source: &Source<'_>) -> Result<FormFileContent, Vec<FormFileError>> {
        let root = source.parse().map_err(|error| vec![error])?;
        if root.is_empty() {
            return Err(vec![FormFileError {
                file: source.file.to_owned(),
                line: None,
                key: None,
                reason: "文件里什么也没有写；两种写法请看 hebiao forms --help".to_owned(),
            }]);
        }
        if form_file::is_form(&root) {
            let form = form_file::read(source, &root, &self.forms).map_err(|error| vec![error])?;
            // Before the built-in forms, so that a user's form wins ties.
            let users = self.forms.iter().take_while(|known| known.file.is_some()).count();
            self.forms.insert(users, form.clone());
            return Ok(FormFileContent::Form(form));
        }
        words::add(&mut self.words, source, &root).map(FormFileContent::Vocabulary)
    }

    /// Returns the forms, in the order in which they are tried: users' own, then the built-in ones.
    pub fn forms(&self) -> &[Form] {
        &self.forms
    }

    /// Returns the concepts of the vocabulary, by group and name.
    pub fn concepts(&self) -> Vec<Concept> {
        concepts::concepts(&self.words)
    }

    pub(super) const fn signs(&self) -> &FormSigns {
        &self.signs
    }

    pub(crate) const fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }
}
