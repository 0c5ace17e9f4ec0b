//! From a written condition to one that has been understood.

use cel::common::ast::{CallExpr, ComprehensionExpr, Expr, LiteralValue, operators};
use cel::parser::Parser;
use rust_decimal::Decimal;

use super::names;
use super::node::{Function, Loop, Node, Operator};
use super::source::{number_of, translate, written_word};

/// Parts that a condition may have, once its loops are written out.
const MOST_PARTS: usize = 600;
/// Parts within parts.
const MOST_DEPTH: usize = 60;
/// Loops within loops.
const MOST_LOOPS: usize = 3;

/// What names hold where a condition stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// A condition.
    Condition,
    /// A message, which may name the finding's cell.
    Message,
}

/// Reads a condition.
///
/// # Errors
/// What is wrong and what was expected, in Chinese.
pub(super) fn understand(written: &str, used: Use) -> Result<Node, String> {
    if written.trim().is_empty() {
        return Err("不能为空".to_owned());
    }
    let translated = translate(written)?;
    let parsed = Parser::new().parse(&translated.text).map_err(|errors| {
        let column = errors.errors.iter().map(|error| error.pos.1).min().unwrap_or_default();
        let at = translated.written_at(usize::try_from(column).unwrap_or_default().saturating_sub(1));
        refused_at(written, at)
    })?;
    let mut reader = Reader {
        used,
        locals: Vec::new(),
        parts: 0,
        depth: 0,
        loops: 0,
    };
    reader.node(&parsed.expr)
}

fn refused_at(written: &str, at: usize) -> String {
    const SHOWN: usize = 12;
    let near: String = written.chars().skip(at).take(SHOWN).collect();
    let place = if near.trim().is_empty() {
        "写到末尾还不完整".to_owned()
    } else {
        format!("“{}”这里写得不对", near.trim())
    };
    format!("{place}：括号、引号要成对，两个值之间要有 ==、>=、+、&& 一类的符号，相等写 ==")
}

struct Reader {
    used: Use,
    locals: Vec<String>,
    parts: usize,
    depth: usize,
    loops: usize,
}

impl Reader {
    fn node(&mut self, expr: &Expr) -> Result<Node, String> {
        self.parts += 1;
        if self.parts > MOST_PARTS || self.depth >= MOST_DEPTH {
            return Err("条件太长或括号套得太多，请拆成几条规则".to_owned());
        }
        self.depth += 1;
        let node = self.inner(expr);
        self.depth -= 1;
        node
    }

    fn boxed(&mut self, expr: &Expr) -> Result<Box<Node>, String> {
        self.node(expr).map(Box::new)
    }

    fn inner(&mut self, expr: &Expr) -> Result<Node, String> {
        match expr {
            Expr::Literal(literal) => constant(literal),
            Expr::Ident(name) => self.name(name),
            Expr::Select(select) => {
                let field = names::field(&select.field).ok_or_else(|| unknown(&select.field, "字段"))?;
                let chosen = Node::Select(self.boxed(&select.operand.expr)?, field);
                Ok(if select.test {
                    Node::Call(Function::Filled, vec![chosen])
                } else {
                    chosen
                })
            }
            Expr::Call(call) => self.call(call),
            Expr::List(list) => {
                let elements = list.elements.iter().map(|element| self.node(&element.expr));
                elements.collect::<Result<_, _>>().map(Node::List)
            }
            Expr::Comprehension(comprehension) => self.each(comprehension),
            Expr::Map(_) | Expr::Struct(_) | Expr::Unspecified => Err("条件里不能有花括号".to_owned()),
        }
    }

    fn name(&self, name: &str) -> Result<Node, String> {
        if let Some(index) = self.locals.iter().rposition(|local| local == name) {
            return Ok(Node::Local(index));
        }
        if let Some(number) = number_of(name) {
            return Ok(Node::Number(number));
        }
        if name == "cell" && self.used == Use::Message {
            return Ok(Node::Cell);
        }
        names::field(name).map(Node::Field).ok_or_else(|| unknown(name, "名字"))
    }

    fn call(&mut self, call: &CallExpr) -> Result<Node, String> {
        let args: Vec<&Expr> = call
            .target
            .iter()
            .map(|target| &target.expr)
            .chain(call.args.iter().map(|arg| &arg.expr))
            .collect();
        match (call.func_name.as_str(), args.as_slice()) {
            (operators::LOGICAL_NOT, [one]) => self.boxed(one).map(Node::Not),
            (operators::NEGATE, [one]) => self.boxed(one).map(Node::Negate),
            (operators::NOT_STRICTLY_FALSE, [one]) => self.boxed(one).map(Node::NotFalse),
            (operators::LOGICAL_AND, [one, other]) => Ok(Node::And(self.boxed(one)?, self.boxed(other)?)),
            (operators::LOGICAL_OR, [one, other]) => Ok(Node::Or(self.boxed(one)?, self.boxed(other)?)),
            (operators::INDEX, [one, other]) => Ok(Node::Index(self.boxed(one)?, self.boxed(other)?)),
            (operators::CONDITIONAL, [asked, one, other]) => {
                Ok(Node::Choice(self.boxed(asked)?, self.boxed(one)?, self.boxed(other)?))
            }
            (operators::ADD, [Expr::Ident(gathered), Expr::List(list)]) if gathered.starts_with('@') => {
                match (self.name(gathered)?, list.elements.as_slice()) {
                    (Node::Local(index), [element]) => Ok(Node::Append(index, self.boxed(&element.expr)?)),
                    _ => Err("这种写法不能用".to_owned()),
                }
            }
            (name, [one, other]) if operator(name).is_some() => {
                let operator = operator(name).unwrap_or(Operator::Equal);
                Ok(Node::Binary(operator, self.boxed(one)?, self.boxed(other)?))
            }
            (name, args) => {
                let shown = written_word(name);
                let (function, count) = Function::named(name).ok_or_else(|| unknown(name, "函数"))?;
                if args.len() != count {
                    return Err(format!(
                        "“{shown}”要有 {count} 个值（点号前面的也算），写了 {} 个",
                        args.len()
                    ));
                }
                let args = args.iter().map(|arg| self.node(arg)).collect::<Result<_, _>>()?;
                Ok(Node::Call(function, args))
            }
        }
    }

    fn each(&mut self, comprehension: &ComprehensionExpr) -> Result<Node, String> {
        if comprehension.iter_var2.is_some() {
            return Err("筛选、存在、全部这些写法里只能有一个变量".to_owned());
        }
        let range = self.node(&comprehension.iter_range.expr)?;
        let start = self.node(&comprehension.accu_init.expr)?;
        if self.loops == MOST_LOOPS {
            return Err(format!("筛选、存在、全部这些写法最多套 {MOST_LOOPS} 层"));
        }
        self.loops += 1;
        self.locals.push(comprehension.accu_var.clone());
        self.locals.push(comprehension.iter_var.clone());
        let inside = (|| {
            Ok(Loop {
                range,
                start,
                going: self.node(&comprehension.loop_cond.expr)?,
                step: self.node(&comprehension.loop_step.expr)?,
                result: self.node(&comprehension.result.expr)?,
            })
        })();
        self.locals.truncate(self.locals.len().saturating_sub(2));
        self.loops -= 1;
        inside.map(|inside| Node::Loop(Box::new(inside)))
    }
}

fn constant(literal: &LiteralValue) -> Result<Node, String> {
    Ok(match literal {
        LiteralValue::Boolean(value) => Node::Bool(*value.inner()),
        LiteralValue::Null => Node::Null,
        LiteralValue::String(text) => Node::Text(text.inner().to_owned()),
        // Written numbers are names by now; these are the counters of `exists_one`.
        LiteralValue::Int(value) => Node::Number(Decimal::from(*value.inner())),
        LiteralValue::Bytes(_) | LiteralValue::Double(_) | LiteralValue::UInt(_) => {
            return Err("这种写法不能用".to_owned());
        }
    })
}

fn operator(name: &str) -> Option<Operator> {
    Some(match name {
        operators::ADD => Operator::Add,
        operators::SUBSTRACT => Operator::Subtract,
        operators::MULTIPLY => Operator::Multiply,
        operators::DIVIDE => Operator::Divide,
        operators::EQUALS => Operator::Equal,
        operators::NOT_EQUALS => Operator::Unequal,
        operators::LESS => Operator::Less,
        operators::LESS_EQUALS => Operator::AtMost,
        operators::GREATER => Operator::Greater,
        operators::GREATER_EQUALS => Operator::AtLeast,
        operators::IN => Operator::In,
        _ => return None,
    })
}

fn unknown(name: &str, what: &str) -> String {
    let written = written_word(name);
    let near = names::nearest(&written).map_or_else(
        || "，可以用的名字请看 hebiao rules --help".to_owned(),
        |near| format!("，是不是“{near}”？"),
    );
    format!("没有“{written}”这个{what}{near}")
}
