//! Messages with values put in: `“{三级指标}”的分值是 {分值}`.

use super::evaluate::{Evaluator, Failure};
use super::node::Node;
use super::understand::{Use, understand};

/// Characters of a message.
const MOST_CHARACTERS: usize = 1000;
/// Values in a message.
const MOST_VALUES: usize = 20;

/// A message in the making.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Template {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Value(Node),
}

impl Template {
    /// Reads a message.
    ///
    /// # Errors
    /// What is wrong with a value in it, in Chinese.
    pub(super) fn read(written: &str) -> Result<Self, String> {
        if written.trim().is_empty() {
            return Err("不能为空".to_owned());
        }
        if written.chars().count() > MOST_CHARACTERS {
            return Err(format!("最多 {MOST_CHARACTERS} 个字"));
        }
        let mut pieces = Vec::new();
        let mut rest = written.trim();
        while let Some((before, after)) = rest.split_once('{') {
            let (inside, next) = after
                .split_once('}')
                .ok_or_else(|| "花括号不成对，值要写成 {分值} 这样".to_owned())?;
            pieces.push(Piece::Text(before.to_owned()));
            let value = understand(inside, Use::Message).map_err(|why| format!("花括号里的“{inside}”：{why}"))?;
            pieces.push(Piece::Value(value));
            if pieces.len() > 2 * MOST_VALUES {
                return Err(format!("花括号最多 {MOST_VALUES} 对"));
            }
            rest = next;
        }
        if rest.contains('}') {
            return Err("花括号不成对，值要写成 {分值} 这样".to_owned());
        }
        pieces.push(Piece::Text(rest.to_owned()));
        Ok(Self { pieces })
    }

    /// Returns the message with its values. What cannot be worked out is shown as wanting: the finding stands without
    /// it.
    pub(super) fn filled<'a>(&'a self, evaluator: &mut Evaluator<'a, '_>) -> Result<String, Failure> {
        let mut message = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => message.push_str(text),
                Piece::Value(node) => match evaluator.value(node) {
                    Ok(value) => message.push_str(&value.shown()),
                    Err(Failure::Exhausted) => return Err(Failure::Exhausted),
                    Err(Failure::Undecided(..)) => message.push('？'),
                },
            }
        }
        Ok(message)
    }
}
