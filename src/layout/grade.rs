//! Grades as written: one word, or a line of boxes of which one is ticked.

use super::vocabulary::Vocabulary;
use crate::model::Grade;
use crate::text::keys::match_key;

/// What a grade's cell says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum GradeText {
    /// One grade in words.
    Word(Grade),
    /// A line of boxes with the ticked grades in order.
    Ticks(Vec<Grade>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Word(Grade),
    Ticked,
    Empty,
    Crossed,
}

/// Reads a grade's text. `None` when it names no grade.
///
/// Boxes may stand before or behind their words; which of the two is told by what the line begins with.
pub(crate) fn read_grade(text: &str, vocabulary: &Vocabulary) -> Option<GradeText> {
    let mut tokens = tokens(&match_key(text), vocabulary)?;
    if tokens.contains(&Token::Crossed) {
        // Beside a tick a cross says no; alone it may say either.
        if !tokens.contains(&Token::Ticked) {
            return None;
        }
        for token in &mut tokens {
            if *token == Token::Crossed {
                *token = Token::Empty;
            }
        }
    }
    let words = tokens.iter().filter(|token| matches!(token, Token::Word(_))).count();
    let marks = tokens.len() - words;
    if words == 0 {
        return None;
    }
    if words == 1 && marks <= 1 {
        // 优, 优√, ☑优; but 优□ is an unticked box.
        let grade = tokens.iter().find_map(|token| match token {
            Token::Word(grade) => Some(*grade),
            _ => None,
        })?;
        return if tokens.contains(&Token::Empty) {
            Some(GradeText::Ticks(Vec::new()))
        } else {
            Some(GradeText::Word(grade))
        };
    }
    if marks == 0 {
        // 优 良 中 差 （优）: the one that is named twice is the choice.
        let named: Vec<Grade> = tokens
            .iter()
            .filter_map(|token| match token {
                Token::Word(grade) => Some(*grade),
                _ => None,
            })
            .collect();
        let mut twice = named
            .iter()
            .filter(|grade| named.iter().filter(|other| other == grade).count() == 2);
        return Some(GradeText::Ticks(match (named.len(), twice.next()) {
            (4 | 5, Some(grade)) => vec![*grade],
            _ => Vec::new(),
        }));
    }
    let marks_lead = !matches!(tokens.first(), Some(Token::Word(_)));
    let mut ticked = Vec::new();
    let mut pending = false;
    let mut last_word = None;
    for token in &tokens {
        match (token, marks_lead) {
            (Token::Ticked, true) => pending = true,
            (Token::Empty | Token::Crossed, true) => pending = false,
            (Token::Word(grade), true) => {
                if pending {
                    ticked.push(*grade);
                }
                pending = false;
            }
            (Token::Word(grade), false) => last_word = Some(*grade),
            (Token::Ticked, false) => ticked.extend(last_word.take()),
            (Token::Empty | Token::Crossed, false) => last_word = None,
        }
    }
    Some(GradeText::Ticks(ticked))
}

/// Returns the line as words and boxes; `None` when it holds other words too, so that it is no grade.
fn tokens(key: &str, vocabulary: &Vocabulary) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = key;
    'line: while let Some(c) = rest.chars().next() {
        for (mark, token) in [
            ("(√)", Token::Ticked),
            ("(✓)", Token::Ticked),
            ("(✔)", Token::Ticked),
            ("(v)", Token::Ticked),
            ("()", Token::Empty),
        ] {
            if let Some(after) = rest.strip_prefix(mark) {
                tokens.push(token);
                rest = after;
                continue 'line;
            }
        }
        // Bands in brackets: 优（90-100分）.
        if let Some(inner) = rest.strip_prefix('(').and_then(|after| after.split(')').next())
            && !inner.is_empty()
            && inner.chars().any(|c| c.is_ascii_digit())
            && inner
                .chars()
                .all(|c| c.is_ascii_digit() || "分以上下含至到.-~—–<>≤≥=,x".contains(c))
        {
            rest = rest.get(inner.len() + 2..).unwrap_or_default();
            continue;
        }
        for (word, grade) in vocabulary.grade_words() {
            if let Some(after) = rest.strip_prefix(word.as_str()) {
                tokens.push(Token::Word(*grade));
                rest = after;
                continue 'line;
            }
        }
        match c {
            '☑' | '☒' | '√' | '✓' | '✔' | '■' | '●' | '◉' | '▣' | '🗹' | '▉' | '✅' | '◼' | '⬛' | '☆' => {
                tokens.push(Token::Ticked)
            }
            '✗' | '✘' | '✕' | '×' => tokens.push(Token::Crossed),
            '□' | '○' | '☐' | '◯' | '▢' | '口' | '◻' | '⬜' | '◇' => tokens.push(Token::Empty),
            '(' | ')' | ',' | ';' | '/' | ':' | '.' | '1'..='4' | '"' | '“' | '”' | '-' | '_' | '|' => {}
            '等' | '级' | '次' | '为' => {}
            _ => return None,
        }
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    Some(tokens)
}

#[cfg(test)]
mod tests {
    use super::super::library::FormLibrary;
    use super::*;
    use Grade::{Excellent, Fair, Good, Poor};

    #[test]
    fn one_ticked_box_is_the_grade() {
        let vocabulary = FormLibrary::builtin().vocabulary();
        for (text, expected) in [
            ("优☑良□中□差□", GradeText::Ticks(vec![Excellent])),
            ("优☑良□        中□差□", GradeText::Ticks(vec![Excellent])),
            ("□优 ☑良 □中 □差", GradeText::Ticks(vec![Good])),
            ("优□ 良□ 中√ 差□", GradeText::Ticks(vec![Fair])),
            ("优√ 良 中 差", GradeText::Ticks(vec![Excellent])),
            ("优◼良◻中◻差◻", GradeText::Ticks(vec![Excellent])),
            ("优 良 中 差 （ 良 ）", GradeText::Ticks(vec![Good])),
            (
                "优（90-100分）□ 良（80-90分）☑ 中（60-80分）□ 差（60分以下）□",
                GradeText::Ticks(vec![Good]),
            ),
            (
                "☑优（90-100） □良（80-89） □中（60-79） □差（60以下）",
                GradeText::Ticks(vec![Excellent]),
            ),
            (
                "优秀（√）良好（ ）合格（ ）不合格（ ）",
                GradeText::Ticks(vec![Excellent]),
            ),
            ("1.优■ 2.良□ 3.中□ 4.差□", GradeText::Ticks(vec![Excellent])),
            ("优✓ 良✗ 中✗ 差✗", GradeText::Ticks(vec![Excellent])),
            ("优□良□中□差□", GradeText::Ticks(vec![])),
            ("优☑良☑中□差□", GradeText::Ticks(vec![Excellent, Good])),
            ("优 良 中 差", GradeText::Ticks(vec![])),
            ("优", GradeText::Word(Excellent)),
            ("良好", GradeText::Word(Good)),
            ("不合格", GradeText::Word(Poor)),
            (" 中 ", GradeText::Word(Fair)),
            ("“优”", GradeText::Word(Excellent)),
        ] {
            assert_eq!(read_grade(text, vocabulary), Some(expected), "{text}");
        }
        assert_eq!(read_grade("完成较好，评价为优", vocabulary), None);
        assert_eq!(read_grade("优✗ 良 中 差", vocabulary), None);
        assert_eq!(read_grade("", vocabulary), None);
    }
}
