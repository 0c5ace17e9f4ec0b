//! What a label of the heading means by the words that it is put together from.

use super::meanings::{HeadingWord, RowWord};
use super::parts::Lexicon;
use crate::model::HeadingField;

/// Classes of the words that labels of the heading are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LabelPart {
    Plain,
    Project,
    Task,
    Evaluated,
    Judged,
    Title,
    Code,
    Document,
    InCharge,
    Carrying,
    Answering,
    Reporting,
    Near,
    Far,
    Finance,
    Body,
    Office,
    Join,
}

impl LabelPart {
    /// Returns the class of this name in the vocabulary.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "plain" => Self::Plain,
            "project" => Self::Project,
            "task" => Self::Task,
            "evaluated" => Self::Evaluated,
            "judged" => Self::Judged,
            "title" => Self::Title,
            "code" => Self::Code,
            "document" => Self::Document,
            "in_charge" => Self::InCharge,
            "carrying" => Self::Carrying,
            "answering" => Self::Answering,
            "reporting" => Self::Reporting,
            "near" => Self::Near,
            "far" => Self::Far,
            "finance" => Self::Finance,
            "body" => Self::Body,
            "office" => Self::Office,
            "join" => Self::Join,
            _ => return None,
        })
    }
}

/// A label of the heading: a field of the model or a line that is kept with its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LabelSense {
    Heading(HeadingWord),
    Row(RowWord),
}

/// Returns what a label says; `wording` is a header key, whose brackets hold one more word: 实施（主管）单位,
/// 项目名称（全称）.
pub(super) fn label_sense(lexicon: &Lexicon<LabelPart>, wording: &str) -> Option<LabelSense> {
    use LabelPart::*;
    let plain;
    let wording = if wording.contains(['(', ')']) {
        plain = wording.replace(['(', ')'], "");
        plain.as_str()
    } else {
        wording
    };
    let mut parts: Vec<LabelPart> = lexicon.parts(wording)?.iter().collect();
    let has = |parts: &[LabelPart], wanted: LabelPart| parts.contains(&wanted);
    if parts.last() == Some(&Code) {
        // 项目名称及编码 is the name; 项目编码 is kept as it is.
        let joined = matches!(parts.as_slice(), [.., Join, Code]);
        if !joined {
            let of = [Document, Project, Body, Task];
            let is_code = parts.iter().any(|part| of.contains(part)) && !has(&parts, Join) && !has(&parts, Title);
            return is_code.then_some(LabelSense::Row(RowWord::Signature));
        }
        parts.truncate(parts.len() - 2);
    }
    let is_titled = has(&parts, Title);
    while parts.last() == Some(&Title) {
        parts.pop();
    }
    // 项目编码及名称, 项目代码及项目名称.
    if is_titled && let Some(at) = parts.windows(2).position(|pair| pair == [Code, Join]) {
        parts.drain(at..at + 2);
    }
    let field = |field: HeadingField| Some(LabelSense::Heading(HeadingWord::Field(field)));
    match parts.last()? {
        Project | Task | Plain | Judged | Evaluated => {
            let names_project = parts.iter().all(|part| {
                matches!(
                    part,
                    Project | Task | Plain | Evaluated | Judged | Join | Near | Far | Finance
                )
            });
            let is_evaluated = matches!(
                parts.as_slice(),
                [Evaluated | Judged, Project] | [Plain, Evaluated | Judged, Project]
            );
            (names_project && has(&parts, Project) && (is_titled || is_evaluated))
                .then_some(LabelSense::Heading(HeadingWord::Field(HeadingField::ProjectName)))
        }
        Body => {
            let first = parts.iter().find(|part| {
                matches!(
                    part,
                    InCharge | Carrying | Answering | Reporting | Evaluated | Finance | Judged | Office
                )
            });
            match first {
                Some(InCharge) if has(&parts, Far) => Some(LabelSense::Heading(HeadingWord::HigherDepartment)),
                Some(InCharge) => field(HeadingField::Department),
                Some(Carrying) => field(HeadingField::ImplementingUnit),
                Some(Answering | Reporting | Evaluated) => Some(LabelSense::Heading(HeadingWord::ReportingUnit)),
                Some(Finance) if has(&parts, Near) || has(&parts, Far) => Some(LabelSense::Row(RowWord::Signature)),
                _ => None,
            }
        }
        Office => {
            let carries = has(&parts, Carrying) || has(&parts, Answering);
            if carries {
                Some(LabelSense::Heading(HeadingWord::ReportingUnit))
            } else {
                (has(&parts, InCharge) || has(&parts, Reporting) || has(&parts, Finance))
                    .then_some(LabelSense::Row(RowWord::Signature))
            }
        }
        _ => None,
    }
}
