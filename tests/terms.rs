//! One thing, one word: what the manual's glossary says is not written stands in no text that a user reads.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::fs;
use std::path::{Path, PathBuf};

/// Where a word that is not ours stands for good: the end of a path, the word, why.
const EXCEPTIONS: [(&str, &str, &str); 1] = [("src/prose/points.rs", "应得", "read in reports of others")];

/// What others call their own check is theirs: 复核 may stand only beside these, or in the rules about a reviewer.
const REVIEWERS: [&str; 12] = [
    "复核得分",
    "自评与复核",
    "复核合计",
    "复核结果",
    "复核对同样",
    "复核最少",
    "复核人员",
    "复核一般",
    "复核的表",
    "复核同意",
    "复核过的",
    "批复核",
];
const ABOUT_REVIEWERS: [(&str, &str); 9] = [
    (
        "src/rules/b_scores/review-above-declared.md",
        "the reviewer's score above the unit's",
    ),
    (
        "src/rules/b_scores/review-score-blank.md",
        "the reviewer's score left out",
    ),
    (
        "src/summary/rules/k_units/review-differs.md",
        "the unit's score beside the reviewer's",
    ),
    (
        "src/summary/rules/k_units/deducted-unequally.md",
        "reviewers who deduct unequally",
    ),
    (
        "src/summary/rules/k_units/listed-score-differs.md",
        "a list that holds the reviewer's score",
    ),
    ("src/rules/h_text/signature-blank.md", "the same, in its page"),
    (
        "src/rules/h_text/signature_blank.rs",
        "复核 as a label of the form: who signs",
    ),
    ("src/rules/kit/report_scores.rs", "words of reports for another's score"),
    ("docs/standards.md", "a region's own document, as it is called there"),
];

/// A text that a user reads, and the line that it begins at.
struct Text {
    path: String,
    line: usize,
    words: String,
}

#[test]
fn no_text_uses_a_word_that_the_glossary_sets_aside() {
    let words = set_aside();
    assert!(words.len() > 15 && words.iter().any(|word| word == "应为"), "{words:?}");
    let mut wrong = Vec::new();
    for text in texts() {
        for word in words.iter().filter(|word| stands_in(&text.words, word)) {
            let is_excepted = EXCEPTIONS
                .iter()
                .any(|(path, excepted, _)| text.path == *path && excepted == word);
            if !is_excepted {
                wrong.push(format!("{}:{} {word}: {}", text.path, text.line, text.words.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_check_of_others_is_theirs_alone() {
    let mut wrong = Vec::new();
    for text in texts() {
        if ABOUT_REVIEWERS.iter().any(|(path, _)| text.path == *path) {
            continue;
        }
        let left = REVIEWERS
            .iter()
            .fold(text.words.clone(), |left, own| left.replace(own, ""));
        if left.contains("复核") && text.words.trim() != "复核" {
            wrong.push(format!("{}:{} {}", text.path, text.line, text.words.trim()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_exception_is_still_needed() {
    let texts = texts();
    let stands = |path: &str, word: &str| texts.iter().any(|text| text.path == path && text.words.contains(word));
    for (path, word, why) in EXCEPTIONS {
        assert!(stands(path, word), "{path} {word}: {why}");
    }
    for (path, why) in ABOUT_REVIEWERS {
        assert!(stands(path, "复核"), "{path}: {why}");
    }
    for word in REVIEWERS {
        assert!(texts.iter().any(|text| text.words.contains(word)), "{word}");
    }
}

/// 对应得分 is no 应得: the word must not be cut out of a longer one.
fn stands_in(text: &str, word: &str) -> bool {
    text.match_indices(word)
        .any(|(at, _)| !(word == "应得" && text[..at].ends_with(['对', '相', '响', '反'])))
}

/// The third column of the glossary.
fn set_aside() -> Vec<String> {
    glossary()
        .lines()
        .filter(|line| line.starts_with("| "))
        .skip(1)
        .flat_map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').collect();
            cells[2].trim().split('、').map(str::to_owned).collect::<Vec<_>>()
        })
        .collect()
}

fn glossary() -> String {
    let manual = fs::read_to_string(root().join("docs/手册.md")).unwrap();
    let from = manual.split_once("\n## 术语\n").unwrap().1;
    from.split_once("\n## ").unwrap().0.to_owned()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// String literals of the program that hold Chinese, rule pages, the page's texts, the README and the manual.
fn texts() -> Vec<Text> {
    let mut texts = Vec::new();
    for folder in ["src", "page/src", "page/module/src", "docs", "examples"] {
        collect(&root().join(folder), &mut texts);
    }
    collect(&root().join("README.md"), &mut texts);
    // The headings of forms are the forms' own.
    texts.retain(|text| text.path != "docs/header-names.md");
    let table = glossary();
    texts.retain(|text| !(text.path == "docs/手册.md" && table.lines().any(|row| row == text.words)));
    texts
}

fn collect(path: &Path, texts: &mut Vec<Text>) {
    if path.is_dir() {
        let mut entries: Vec<PathBuf> = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        for entry in entries {
            collect(&entry, texts);
        }
        return;
    }
    let named = |suffix: &str| path.extension().is_some_and(|extension| extension == suffix);
    if !["rs", "md", "ts", "tsx", "html"].into_iter().any(named) {
        return;
    }
    let content = fs::read_to_string(path).unwrap();
    let shown = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
    let found = if named("rs") {
        literals(&content)
    } else {
        lines(&content)
    };
    texts.extend(
        found
            .into_iter()
            .filter(|(_, words)| words.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter)))
            .map(|(line, words)| Text {
                path: shown.clone(),
                line,
                words,
            }),
    );
}

fn lines(content: &str) -> Vec<(usize, String)> {
    content
        .lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line.to_owned()))
        .collect()
}

/// String literals of Rust code: comments are for programmers, tests inside a file for nobody who uses the program.
fn literals(content: &str) -> Vec<(usize, String)> {
    let content = content.split("#[cfg(test)]\nmod tests").next().unwrap();
    let letters: Vec<char> = content.chars().collect();
    let (mut found, mut at, mut line) = (Vec::new(), 0, 1);
    while at < letters.len() {
        match letters[at] {
            '\n' => line += 1,
            '/' if letters.get(at + 1) == Some(&'/') => {
                while at < letters.len() && letters[at] != '\n' {
                    at += 1;
                }
                continue;
            }
            '\'' => {
                // A character, or a lifetime.
                let is_escaped = letters.get(at + 1) == Some(&'\\');
                if is_escaped {
                    at += 2;
                    while letters.get(at).is_some_and(|letter| *letter != '\'') {
                        at += 1;
                    }
                } else if letters.get(at + 2) == Some(&'\'') {
                    at += 2;
                }
            }
            '"' => {
                let from = line;
                let mut words = String::new();
                at += 1;
                while at < letters.len() && letters[at] != '"' {
                    if letters[at] == '\\' {
                        at += 1;
                    }
                    line += usize::from(letters[at] == '\n');
                    words.push(letters[at]);
                    at += 1;
                }
                found.push((from, words));
            }
            _ => {}
        }
        at += 1;
    }
    found
}
