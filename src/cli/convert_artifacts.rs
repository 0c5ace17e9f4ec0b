//! What `convert` writes for an input.

use std::path::Path;

use hebiao::files::{ANNOTATED_STEM, NORMALIZED_STEM};
use hebiao::write::{ListFormat, TextEncoding};

use super::arguments::{Convert, TableFormat};
use super::report_copies::document_kind;

/// One file to write for an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Artifact {
    Normalized(TableFormat),
    List(ListFormat, TextEncoding),
    Annotated,
}

impl Artifact {
    /// Returns the ending of the output's name; that of an annotated copy keeps the input's extension.
    pub fn suffix(self, input: &Path) -> String {
        match self {
            Self::Normalized(TableFormat::Xlsx) => format!("{NORMALIZED_STEM}.xlsx"),
            Self::Normalized(TableFormat::Json) => format!("{NORMALIZED_STEM}.json"),
            Self::Normalized(TableFormat::Csv) => format!("{NORMALIZED_STEM}.csv"),
            Self::List(format, _) => format.suffix().to_owned(),
            Self::Annotated => {
                let extension = input.extension().map(|it| it.to_string_lossy().to_lowercase());
                let extension = extension
                    .filter(|it| matches!(it.as_str(), "xlsm" | "xltx" | "xltm"))
                    .or_else(|| document_kind(input));
                format!("{ANNOTATED_STEM}.{}", extension.as_deref().unwrap_or("xlsx"))
            }
        }
    }

    /// Returns what a person calls it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Normalized(_) => "规范表",
            Self::List(..) => "差异清单",
            Self::Annotated => "批注副本",
        }
    }

    /// Returns what it is called beside the other outputs of its input.
    pub const fn index_title(self) -> &'static str {
        match self {
            Self::List(ListFormat::Csv, _) => "差异清单（csv）",
            Self::List(ListFormat::Html, _) => "差异清单（html）",
            Self::List(ListFormat::Markdown, _) => "差异清单（md）",
            Self::List(ListFormat::Json, _) => "差异清单（json）",
            _ => self.title(),
        }
    }
}

/// Returns what is written for each input.
pub fn artifacts(arguments: &Convert, to_standard_output: bool) -> Result<Vec<Artifact>, String> {
    let encoding = arguments.text_encoding();
    let formats = arguments.list_formats()?;
    let list = |format| Artifact::List(format, encoding);
    let normalized = Artifact::Normalized(arguments.to);
    if to_standard_output && arguments.annotate {
        return Err("批注副本（--annotate）不能写到标准输出（-o -）；请用 -o 给出一个目录".to_owned());
    }
    let mut artifacts = match (to_standard_output, formats.as_slice()) {
        (true, []) => vec![normalized],
        (true, [format]) => vec![list(*format)],
        (true, _) => return Err("写到标准输出（-o -）时只能写一种清单；请只留一种，或用 -o 给出一个目录".to_owned()),
        (false, []) if arguments.lists.is_empty() => vec![normalized, list(ListFormat::Xlsx)],
        (false, formats) => std::iter::once(normalized)
            .chain(formats.iter().copied().map(list))
            .collect(),
    };
    artifacts.extend(arguments.annotate.then_some(Artifact::Annotated));
    Ok(artifacts)
}
