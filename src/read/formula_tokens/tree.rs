//! A formula's parts on their way from postfix tokens to text. Parts are joined once, so that no formula costs
//! more than its length.

/// A formula being put together.
#[derive(Debug, Default)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    /// Operands that no operator has taken yet.
    open: Vec<usize>,
}

#[derive(Debug)]
enum Node {
    Leaf(String),
    Binary(usize, &'static str, usize),
    Around(&'static str, usize, &'static str),
    Call(Callee, Vec<usize>),
}

#[derive(Debug)]
enum Callee {
    Function(&'static str),
    Named(usize),
}

impl Tree {
    pub(super) fn leaf(&mut self, text: String) {
        self.push(Node::Leaf(text));
    }

    pub(super) fn binary(&mut self, operator: &'static str) -> Option<()> {
        let right = self.open.pop()?;
        let left = self.open.pop()?;
        self.push(Node::Binary(left, operator, right));
        Some(())
    }

    pub(super) fn around(&mut self, before: &'static str, after: &'static str) -> Option<()> {
        let inner = self.open.pop()?;
        self.push(Node::Around(before, inner, after));
        Some(())
    }

    pub(super) fn call(&mut self, name: &'static str, count: usize) -> Option<()> {
        let arguments = self.arguments(count)?;
        self.push(Node::Call(Callee::Function(name), arguments));
        Some(())
    }

    /// Returns a call whose function is named by the operand before its arguments.
    pub(super) fn call_by_name(&mut self, count: usize) -> Option<()> {
        let arguments = self.arguments(count)?;
        let name = self.open.pop()?;
        self.push(Node::Call(Callee::Named(name), arguments));
        Some(())
    }

    fn arguments(&mut self, count: usize) -> Option<Vec<usize>> {
        let start = self.open.len().checked_sub(count)?;
        Some(self.open.split_off(start))
    }

    fn push(&mut self, node: Node) {
        self.open.push(self.nodes.len());
        self.nodes.push(node);
    }

    /// Returns the text of the only formula; `None` when tokens were left over or missing, or it is longer than
    /// `limit` bytes.
    pub(super) fn text(&self, limit: usize) -> Option<String> {
        enum Step<'a> {
            Node(usize),
            Text(&'a str),
        }
        let [root] = self.open.as_slice() else {
            return None;
        };
        let mut text = String::new();
        let mut steps = vec![Step::Node(*root)];
        while let Some(step) = steps.pop() {
            let index = match step {
                Step::Text(part) => {
                    text.push_str(part);
                    continue;
                }
                Step::Node(index) => index,
            };
            // Steps are pushed in reverse: the last one pushed comes first.
            match self.nodes.get(index)? {
                Node::Leaf(part) => text.push_str(part),
                Node::Binary(left, operator, right) => {
                    steps.extend([Step::Node(*right), Step::Text(operator), Step::Node(*left)]);
                }
                Node::Around(before, inner, after) => {
                    steps.extend([Step::Text(after), Step::Node(*inner), Step::Text(before)]);
                }
                Node::Call(callee, arguments) => {
                    steps.push(Step::Text(")"));
                    for (position, argument) in arguments.iter().enumerate().rev() {
                        steps.push(Step::Node(*argument));
                        if position > 0 {
                            steps.push(Step::Text(","));
                        }
                    }
                    steps.push(Step::Text("("));
                    steps.push(match callee {
                        Callee::Function(name) => Step::Text(name),
                        Callee::Named(node) => Step::Node(*node),
                    });
                }
            }
            if text.len() > limit {
                return None;
            }
        }
        Some(text)
    }
}
