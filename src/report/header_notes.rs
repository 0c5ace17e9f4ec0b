//! Sentences about headers that were guessed or are not known, the same wherever they are shown.

use crate::model::{GuessedHeader, UnknownHeader};

/// Headers named in one sentence; the rest is counted.
const MOST_NAMED: usize = 8;

/// Returns what a header was taken for without its saying so, as a sentence.
pub fn guess_sentence(guess: &GuessedHeader) -> String {
    format!(
        "推定：{} 的“{}”当作“{}”读取，请看是否读对；只靠这一栏得出的差异列入需人工判断",
        guess.cell,
        one_line(&guess.text),
        guess.taken_for
    )
}

/// Returns the headers that are not known, with the line of a vocabulary file that names them; `None` where all are
/// known.
pub fn unknown_headers_sentence(headers: &[UnknownHeader]) -> Option<String> {
    let named = named(headers)?;
    let mut lines: Vec<String> = Vec::new();
    for header in headers.iter().take(MOST_NAMED) {
        let quoted = format!("\"{}\"", one_line(&header.text).replace(['\\', '"'], ""));
        if !lines.contains(&quoted) {
            lines.push(quoted);
        }
    }
    Some(format!(
        "不认识的表头{named}，照原样保留，不参与核对；可以在词汇文件里告诉核表（--forms 文件）：[indicator] 下写 \
         extra = [{}]，确是某一栏的把 extra 换成那一栏的名字，例如指标值是 target、完成值是 actual；\
         hebiao forms learn 可代写",
        lines.join(", ")
    ))
}

/// Returns the headers that are not known in words for whoever reads a printed table; `None` where all are known.
pub fn kept_headers_sentence(headers: &[UnknownHeader]) -> Option<String> {
    let named = named(headers)?;
    Some(format!(
        "源文件的表头{named}不是规范的栏目名称，不参与核对；下面填了内容的，照原样留在“原表栏目”里。\
         确是表中某一栏的，请把表头改成规范的名称后再核对"
    ))
}

fn named(headers: &[UnknownHeader]) -> Option<String> {
    if headers.is_empty() {
        return None;
    }
    let named = headers.iter().take(MOST_NAMED);
    let named: Vec<String> = named
        .map(|header| format!("“{}”（{}）", one_line(&header.text), header.cell))
        .collect();
    let rest = match headers.len() {
        count if count > MOST_NAMED => format!("等 {count} 个"),
        _ => String::new(),
    };
    Some(format!("{}{rest}", named.join("、")))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
