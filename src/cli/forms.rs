//! `hebiao forms`: the forms and wordings that tables are recognised by.

use hebiao::layout::{Concept, Form};
use serde::Serialize;

use super::Stop;
use super::arguments::{Format, Forms, FormsCommand};
use super::exit::Outcome;
use super::output::Output;
use super::text::{bold, terminal_width, wrap};
use super::{form_files, forms_check, forms_learn, forms_text};

/// Everything that `forms --format json` prints.
#[derive(Debug, Serialize)]
struct Listing<'a> {
    forms: &'a [Form],
    concepts: Vec<Concept>,
}

/// Lists what is known, or checks one file.
pub fn run(arguments: &Forms) -> Result<Outcome, Stop> {
    match &arguments.command {
        Some(FormsCommand::Check(check)) => return forms_check::run(check),
        Some(FormsCommand::Learn(learn)) => return forms_learn::run(learn),
        None => {}
    }
    let library = form_files::library(&arguments.forms.folders)?;
    let concepts = library.concepts();
    if arguments.format.format == Format::Json {
        Output::plain().json(&Listing {
            forms: library.forms(),
            concepts,
        })?;
        return Ok(Outcome::default());
    }
    let width = terminal_width();
    let mut text: String = library
        .forms()
        .iter()
        .map(|form| forms_text::form(form, width))
        .collect();
    text.push_str(&format!("{}\n", bold("词汇（组、项：写法）")));
    let mut group = "";
    for concept in &concepts {
        if concept.group != group {
            group = &concept.group;
            text.push_str(&format!("  [{group}] {}\n", concept.group_title));
        }
        let line = format!("{}：{}", concept.name, concept.wordings.join("、"));
        text.push_str(&wrap(&line, 4, width));
    }
    Output::plain().print(&text)?;
    Ok(Outcome::default())
}
