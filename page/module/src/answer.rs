//! What the page may ask, and who answers.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::basis::{Basis, BasisFile};
use crate::filled_in::FilledIn;
use crate::message::{Message, written};
use crate::outputs::Wanted;
use crate::summary::Collection;
use crate::template::TemplateQuestion;
use crate::{catalogue, check, comparison, given, outputs, pictures};

/// A question's head; what it calls parts are the message's byte strings.
#[derive(Debug, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case")]
pub enum Question {
    /// The rules, standards and words that the page shows.
    Catalogue,
    /// A rule's page, by code.
    Rule {
        /// The code.
        code: String,
    },
    /// What checks go by from here on; a part for each file.
    Basis {
        /// A built-in standard's name; `None` picks by table.
        standard: Option<String>,
        /// What each part is.
        files: Vec<BasisFile>,
        /// The day, as 2026-11-28: by it entries of the settings expire.
        today: String,
    },
    /// What files of settings, forms, rules and standards are; a part for each.
    Kinds {
        /// Their names.
        names: Vec<String>,
    },
    /// Which of these paths are tables to read.
    Tables {
        /// Paths, `/` between their parts.
        paths: Vec<String>,
    },
    /// The tables in an archive (part 0).
    Unpack {
        /// The archive's path.
        path: String,
    },
    /// Checks a file (part 0); the answer's part 0 is its report. Of one met in a folder that is a result of this
    /// program, only this is said.
    Check {
        /// The path to show.
        path: String,
        /// Whether it was met in a folder, and not named by itself.
        #[serde(default)]
        is_met: bool,
    },
    /// A file's (part 0) sheets, drawn, with the findings of its report (part 1; without it, of a new check).
    Pictures {
        /// The path to show.
        path: String,
    },
    /// Outputs of a file (part 0) by its report (part 1; without it, of a new check).
    Outputs {
        /// The path to show.
        path: String,
        /// The outputs' name, before their suffixes.
        stem: String,
        /// Which outputs.
        wanted: Vec<Wanted>,
    },
    /// The annotated copy of a report in prose (part 0) by the reports (further parts) of the files that quote it.
    ReportCopy {
        /// The path to show.
        path: String,
        /// The copy's name, before its suffix.
        stem: String,
    },
    /// Names for the outputs of files, each in its folder, that differ.
    Stems {
        /// Paths as shown.
        paths: Vec<String>,
    },
    /// Begins a summary: roster (part 0) and last year's results (part 1), each where its name is given.
    SummaryBegin {
        /// The roster's name.
        roster: Option<String>,
        /// The name of last year's results.
        previous: Option<String>,
    },
    /// Takes a report (part 0) into the summary.
    SummaryAdd,
    /// Takes documents and pictures into the summary, as files that could not be read.
    SummaryDocuments {
        /// Paths of documents passed over.
        documents: Vec<String>,
        /// Paths of the tables.
        tables: Vec<String>,
        /// The folders and archives that were given.
        named: BTreeSet<String>,
    },
    /// Ends the summary; the answer's part 0 is the workbook, further parts are notices.
    SummaryEnd {
        /// Whether notices are wanted.
        notices: bool,
    },
    /// A blank form; with part 0, from an approved table.
    Template(TemplateQuestion),
    /// What a second, independent reader says of a file (part 0). It may take the instance down.
    Confirm {
        /// Its path as shown.
        path: String,
    },
    /// Compares two reports (parts 0 and 1).
    Compare {
        /// Whether unlike tables are compared too.
        anyway: bool,
    },
    /// Begins with filled-in lists, a part each.
    FilledInBegin {
        /// The lists' names.
        names: Vec<String>,
        /// The files of the run: path and fingerprint.
        files: Vec<(String, Option<String>)>,
    },
    /// Puts the lists' texts to the findings of a report (part 0); the answer's part 0 is the report.
    FilledInExplain,
    /// What the lists left over.
    FilledInEnd,
}

/// An answer: head and parts; or one sentence for the person.
pub type Answer = Result<(Value, Vec<Vec<u8>>), String>;

/// What lasts between questions.
#[derive(Debug, Default)]
pub struct Session {
    basis: Basis,
    collection: Option<Collection>,
    filled_in: Option<FilledIn>,
}

impl Session {
    /// Answers a message with a message. What is wrong is said in its head, under `error`.
    pub fn answer(&mut self, message: &[u8]) -> Vec<u8> {
        let answer = Message::read(message)
            .ok_or_else(|| "消息不完整".to_owned())
            .and_then(|message| {
                let question = serde_json::from_slice(message.head).map_err(|error| error.to_string())?;
                self.answer_question(question, &message)
            });
        match answer {
            Ok((head, parts)) => written(&head, &parts),
            Err(error) => written(&json!({ "error": error }), &[]),
        }
    }

    fn answer_question(&mut self, question: Question, message: &Message<'_>) -> Answer {
        let part = |number| message.part(number);
        let report = || Some(part(1)).filter(|bytes| !bytes.is_empty());
        match question {
            Question::Catalogue => Ok((catalogue::catalogue(&self.basis), Vec::new())),
            Question::Rule { code } => catalogue::rule(&code, &self.basis),
            Question::Basis { standard, files, today } => {
                self.basis = Basis::new(standard.as_deref(), &files, &message.parts, &today)?;
                Ok((self.basis.told(), Vec::new()))
            }
            Question::Kinds { names } => Ok((given::kinds(&names, &message.parts), Vec::new())),
            Question::Tables { paths } => Ok((given::tables(&paths), Vec::new())),
            Question::Unpack { path } => Ok(given::unpacked(&path, part(0))),
            Question::Check { path, is_met } => check::check(&path, part(0), is_met, &self.basis),
            Question::Confirm { path } => check::confirm(&path, part(0)),
            Question::Pictures { path } => pictures::pictures(&path, part(0), report(), &self.basis),
            Question::Outputs { path, stem, wanted } => {
                outputs::outputs(&path, &stem, &wanted, part(0), report(), &self.basis)
            }
            Question::ReportCopy { path, stem } => outputs::report_copy(&path, &stem, &message.parts),
            Question::Stems { paths } => Ok((outputs::stems(&paths), Vec::new())),
            Question::SummaryBegin { roster, previous } => {
                let roster = roster.as_deref().map(|name| (name, part(0)));
                let previous = previous.as_deref().map(|name| (name, part(1)));
                self.collection = Some(Collection::begin(roster, previous, &self.basis)?);
                Ok((Value::Null, Vec::new()))
            }
            Question::SummaryAdd => {
                let collection = self.collection.as_mut().ok_or_else(|| "汇总还没有开始".to_owned())?;
                collection.add(part(0))?;
                Ok((Value::Null, Vec::new()))
            }
            Question::SummaryDocuments {
                documents,
                tables,
                named,
            } => {
                let collection = self.collection.as_mut().ok_or_else(|| "汇总还没有开始".to_owned())?;
                collection.add_documents(&documents, &tables, &named)?;
                Ok((Value::Null, Vec::new()))
            }
            Question::SummaryEnd { notices } => {
                let collection = self.collection.take().ok_or_else(|| "汇总还没有开始".to_owned())?;
                collection.end(notices)
            }
            Question::Template(question) => question.answer(part(0), &self.basis),
            Question::Compare { anyway } => comparison::compare(part(0), part(1), anyway),
            Question::FilledInBegin { names, files } => {
                let (filled_in, told) = FilledIn::begin(&names, &message.parts, &files)?;
                self.filled_in = Some(filled_in);
                Ok((json!({ "told": told }), Vec::new()))
            }
            Question::FilledInExplain => {
                let filled_in = self.filled_in.as_mut().ok_or_else(|| "还没有给出清单".to_owned())?;
                filled_in.explain(part(0))
            }
            Question::FilledInEnd => {
                let filled_in = self.filled_in.take().ok_or_else(|| "还没有给出清单".to_owned())?;
                Ok((json!({ "told": filled_in.end() }), Vec::new()))
            }
        }
    }
}
