//! Forms and what a file adds, as text.

use hebiao::layout::{AddedWording, Form, FormFileContent, FormLibrary};

use super::text::{bold, one_line, wrap};

/// Returns a form: name, title, kind, source and signs.
pub fn form(form: &Form, width: usize) -> String {
    let origin = form.file.as_deref().unwrap_or("内置");
    let mut text = format!(
        "{}  {}  {}\n",
        bold(&form.name),
        one_line(&form.title),
        one_line(origin)
    );
    text.push_str(&wrap(&format!("评价类型：{}", form.kind.title()), 2, width));
    text.push_str(&wrap(&format!("依据：{}", form.source), 2, width));
    for sign in &form.signs {
        let line = format!(
            "{:+} 分：{}有 {}",
            sign.points,
            sign.place.title(),
            sign.any.join(" / ")
        );
        text.push_str(&wrap(&line, 4, width));
    }
    text
}

/// Returns what a file without mistakes brings.
pub fn content(content: &FormFileContent, base: &FormLibrary, width: usize) -> String {
    match content {
        FormFileContent::Form(new) => format!("  表式文件，写法没有错误\n{}", form(new, width)),
        FormFileContent::Vocabulary(added) => {
            let mut text = "  词汇文件，写法没有错误\n".to_owned();
            let (new, known): (Vec<_>, Vec<_>) = added.iter().partition(|wording| wording.is_new);
            text.push_str(&wordings("新增的写法", &new, base, width));
            text.push_str(&wordings("已经认得、不必再写的", &known, base, width));
            text
        }
        _ => String::new(),
    }
}

fn wordings(heading: &str, list: &[&AddedWording], base: &FormLibrary, width: usize) -> String {
    if list.is_empty() {
        return String::new();
    }
    let concepts = base.concepts();
    let lines = list.iter().map(|added| {
        let usual = concepts
            .iter()
            .find(|concept| concept.group == added.group && concept.name == added.concept)
            .and_then(|concept| concept.wordings.first());
        let meaning = usual.map_or_else(String::new, |usual| format!("，读作“{usual}”"));
        let line = format!(
            "第 {} 行 {}.{}：“{}”{meaning}",
            added.line, added.group, added.concept, added.wording
        );
        wrap(&line, 4, width)
    });
    format!("  {}\n{}", bold(heading), lines.collect::<String>())
}
