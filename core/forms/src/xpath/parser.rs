//! Reads an expression: tokens to tree, functions looked up, arguments counted, prefixes resolved.
//!
//! Knows no form: whether a path leads anywhere is for the compiler to say.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::names::{NameId, Names};
use crate::xpath::ast::{Axis, Comparison, Expr, Operator, Path, Pattern, Start, Step, Test};
use crate::xpath::lexer::{Token, tokens};
use crate::xpath::table::{self, Function};

/// Deepest nesting of an expression; deeper ones are refused, so that evaluating cannot exhaust the stack of a phone's
/// thread (512 kB on iOS).
const DEEPEST: usize = 100;

/// Most operators in one expression; a chain of them nests as deep as it is long. Our figure: five times the longest
/// expression in the recorded forms.
const MOST_OPERATORS: usize = 500;

/// The namespace of the `jr:` functions.
pub(crate) const JAVAROSA: &str = "http://openrosa.org/javarosa";

/// Why an expression cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ParseProblem {
    Syntax(String),
    Function(String),
}

/// What reading needs from around the expression.
pub(crate) struct Reader<'a> {
    pub(crate) names: &'a mut Names,
    /// Prefix to namespace, as declared on the form's root.
    pub(crate) prefixes: &'a BTreeMap<String, String>,
}

/// Reads an expression.
pub(crate) fn parse(text: &str, reader: &mut Reader<'_>) -> Result<Expr, ParseProblem> {
    let tokens = tokens(text).map_err(ParseProblem::Syntax)?;
    if tokens.iter().filter(|token| is_operator(token)).count() > MOST_OPERATORS {
        return Err(syntax("too many operators in one expression"));
    }
    let mut parser = Parser { tokens, at: 0, depth: 0, reader };
    let expr = parser.or()?;
    match parser.peek() {
        None => Ok(expr),
        Some(token) => Err(syntax(&format!("{token:?} is not expected there"))),
    }
}

fn syntax(text: &str) -> ParseProblem {
    ParseProblem::Syntax(text.to_owned())
}

fn is_operator(token: &Token) -> bool {
    const OPERATORS: [&str; 15] = ["or", "and", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod", "|", "["];
    matches!(token, Token::Mark(mark) if OPERATORS.contains(mark))
}

struct Parser<'p, 'a> {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
    reader: &'p mut Reader<'a>,
}

type Read<T> = Result<T, ParseProblem>;
type Level<'p, 'a> = fn(&mut Parser<'p, 'a>) -> Read<Expr>;

impl<'p, 'a> Parser<'p, 'a> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn take(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        token
    }

    fn is(&self, mark: &str) -> bool {
        self.is_at(self.at, mark)
    }

    fn is_at(&self, at: usize, mark: &str) -> bool {
        matches!(self.tokens.get(at), Some(Token::Mark(found)) if *found == mark)
    }

    fn eat(&mut self, mark: &str) -> bool {
        let found = self.is(mark);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, mark: &str) -> Read<()> {
        if self.eat(mark) { Ok(()) } else { Err(syntax(&format!("{mark:?} is missing"))) }
    }

    fn or(&mut self) -> Read<Expr> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(syntax("nested too deep"));
        }
        let mut left = self.and()?;
        while self.eat("or") {
            left = Expr::Or(Box::new(left), Box::new(self.and()?));
        }
        self.depth -= 1;
        Ok(left)
    }

    fn and(&mut self) -> Read<Expr> {
        let mut left = self.equality()?;
        while self.eat("and") {
            left = Expr::And(Box::new(left), Box::new(self.equality()?));
        }
        Ok(left)
    }

    fn equality(&mut self) -> Read<Expr> {
        self.comparison(&[("=", Comparison::Equal), ("!=", Comparison::NotEqual)], Self::relational)
    }

    fn relational(&mut self) -> Read<Expr> {
        let marks = [
            ("<=", Comparison::LessOrEqual),
            (">=", Comparison::GreaterOrEqual),
            ("<", Comparison::Less),
            (">", Comparison::Greater),
        ];
        self.comparison(&marks, Self::additive)
    }

    fn comparison(&mut self, marks: &[(&str, Comparison)], below: Level<'p, 'a>) -> Read<Expr> {
        let mut left = below(self)?;
        while let Some((mark, comparison)) = marks.iter().find(|(mark, _)| self.is(mark)) {
            self.expect(mark)?;
            left = Expr::Compare(*comparison, Box::new(left), Box::new(below(self)?));
        }
        Ok(left)
    }

    fn additive(&mut self) -> Read<Expr> {
        self.arithmetic(&[("+", Operator::Add), ("-", Operator::Subtract)], Self::multiplicative)
    }

    fn multiplicative(&mut self) -> Read<Expr> {
        let marks = [("*", Operator::Multiply), ("div", Operator::Divide), ("mod", Operator::Modulo)];
        self.arithmetic(&marks, Self::unary)
    }

    fn arithmetic(&mut self, marks: &[(&str, Operator)], below: Level<'p, 'a>) -> Read<Expr> {
        let mut left = below(self)?;
        while let Some((mark, operator)) = marks.iter().find(|(mark, _)| self.is(mark)) {
            self.expect(mark)?;
            left = Expr::Arithmetic(*operator, Box::new(left), Box::new(below(self)?));
        }
        Ok(left)
    }

    fn unary(&mut self) -> Read<Expr> {
        let mut minus = 0usize;
        while self.eat("-") {
            minus += 1;
        }
        let expr = self.union()?;
        // An even number of signs still makes a number of the operand.
        Ok(match minus {
            0 => expr,
            odd if odd % 2 == 1 => Expr::Negate(Box::new(expr)),
            _ => Expr::Negate(Box::new(Expr::Negate(Box::new(expr)))),
        })
    }

    fn union(&mut self) -> Read<Expr> {
        let mut left = self.path()?;
        while self.eat("|") {
            let right = self.path()?;
            if !is_node_set(&left) || !is_node_set(&right) {
                return Err(syntax("\"|\" joins node-sets only"));
            }
            left = Expr::Union(Box::new(left), Box::new(right));
        }
        Ok(left)
    }

    fn path(&mut self) -> Read<Expr> {
        if self.starts_filter() {
            return self.filter();
        }
        let mut steps = Vec::new();
        let start = if self.is("/") || self.is("//") { Start::Root } else { Start::Context };
        if self.eat("//") {
            steps.push(anywhere());
            self.steps(&mut steps)?;
        } else if !self.eat("/") || self.starts_step() {
            self.steps(&mut steps)?;
        }
        Ok(Expr::Path(Path { start, steps, resolved: None, lookup: None }))
    }

    fn starts_filter(&self) -> bool {
        match self.peek() {
            Some(Token::Number(_) | Token::Text(_)) => true,
            Some(Token::Mark(mark)) => *mark == "(",
            Some(Token::Name(prefix, name)) => self.is_at(self.at + 1, "(") && !is_node_type(prefix, name),
            _ => false,
        }
    }

    fn starts_step(&self) -> bool {
        match self.peek() {
            Some(Token::Name(..) | Token::Star | Token::SpaceStar(_)) => true,
            Some(Token::Mark(mark)) => matches!(*mark, "." | ".." | "@"),
            _ => false,
        }
    }

    fn filter(&mut self) -> Read<Expr> {
        let primary = self.primary()?;
        let predicates = self.predicates()?;
        let mut steps = Vec::new();
        if self.eat("//") {
            steps.push(anywhere());
            self.steps(&mut steps)?;
        } else if self.eat("/") {
            self.steps(&mut steps)?;
        }
        if predicates.is_empty() && steps.is_empty() {
            return Ok(primary);
        }
        if !is_node_set(&primary) {
            return Err(syntax("only a node-set can be followed by a predicate or a path"));
        }
        let start = Start::Filtered(Box::new(primary), predicates);
        Ok(Expr::Path(Path { start, steps, resolved: None, lookup: None }))
    }

    fn primary(&mut self) -> Read<Expr> {
        match self.take() {
            Some(Token::Number(value)) => Ok(Expr::Number(value)),
            Some(Token::Text(text)) => Ok(Expr::Text(Arc::from(text))),
            Some(Token::Mark("(")) => {
                let inside = self.or()?;
                self.expect(")")?;
                Ok(inside)
            }
            Some(Token::Name(prefix, name)) => self.call(prefix, &name),
            _ => Err(syntax("an operand is missing")),
        }
    }

    fn call(&mut self, prefix: Option<String>, name: &str) -> Read<Expr> {
        self.expect("(")?;
        let mut arguments = Vec::new();
        if !self.is(")") {
            arguments.push(self.or()?);
            while self.eat(",") {
                arguments.push(self.or()?);
            }
        }
        self.expect(")")?;
        let written = match &prefix {
            Some(prefix) if self.reader.prefixes.get(prefix).is_some_and(|space| space == JAVAROSA) => {
                format!("jr:{name}")
            }
            Some(prefix) => return Err(ParseProblem::Function(format!("{prefix}:{name}()"))),
            None => name.to_owned(),
        };
        build_call(&written, arguments)
    }

    fn predicates(&mut self) -> Read<Vec<Expr>> {
        let mut found = Vec::new();
        while self.eat("[") {
            found.push(self.or()?);
            self.expect("]")?;
        }
        Ok(found)
    }

    fn steps(&mut self, steps: &mut Vec<Step>) -> Read<()> {
        loop {
            steps.push(self.step()?);
            if self.eat("//") {
                steps.push(anywhere());
            } else if !self.eat("/") {
                return Ok(());
            }
        }
    }

    fn step(&mut self) -> Read<Step> {
        if self.eat(".") {
            return Ok(Step { axis: Axis::SelfNode, test: Test::AnyNode, predicates: self.predicates()? });
        }
        if self.eat("..") {
            return Ok(Step { axis: Axis::Parent, test: Test::AnyNode, predicates: self.predicates()? });
        }
        let axis = self.axis()?;
        let test = self.test()?;
        Ok(Step { axis, test, predicates: self.predicates()? })
    }

    fn axis(&mut self) -> Read<Axis> {
        if self.eat("@") {
            return Ok(Axis::Attribute);
        }
        if !self.is_at(self.at + 1, "::") {
            return Ok(Axis::Child);
        }
        let Some(Token::Name(None, name)) = self.take() else { return Err(syntax("an axis is missing")) };
        self.expect("::")?;
        axis_named(&name).ok_or_else(|| syntax(&format!("there is no axis {name:?}")))
    }

    fn test(&mut self) -> Read<Test> {
        match self.take() {
            Some(Token::Star) => Ok(Test::AnyName),
            Some(Token::SpaceStar(prefix)) => Ok(Test::Space(self.space(&prefix)?)),
            Some(Token::Name(prefix, name)) => {
                if self.is("(") {
                    return self.node_type(&prefix, &name);
                }
                let local = self.reader.names.intern(&name);
                match prefix {
                    Some(prefix) => Ok(Test::Qualified(self.space(&prefix)?, local)),
                    None => Ok(Test::Name(local)),
                }
            }
            _ => Err(syntax("a step is missing")),
        }
    }

    fn space(&mut self, prefix: &str) -> Read<NameId> {
        let Some(space) = self.reader.prefixes.get(prefix) else {
            return Err(syntax(&format!("the prefix {prefix:?} is not declared")));
        };
        Ok(self.reader.names.intern(space))
    }

    fn node_type(&mut self, prefix: &Option<String>, name: &str) -> Read<Test> {
        if !is_node_type(prefix, name) {
            return Err(syntax(&format!("{name}() cannot be a step")));
        }
        self.expect("(")?;
        let mut target = None;
        if let Some(Token::Text(text)) = self.peek().cloned() {
            self.at += 1;
            target = Some(self.reader.names.intern(&text));
        }
        self.expect(")")?;
        match name {
            "processing-instruction" => Ok(Test::Instruction(target)),
            _ if target.is_some() => Err(syntax(&format!("{name}() takes no argument"))),
            "text" => Ok(Test::Text),
            "comment" => Ok(Test::Comment),
            _ => Ok(Test::AnyNode),
        }
    }
}

fn anywhere() -> Step {
    Step { axis: Axis::DescendantOrSelf, test: Test::AnyNode, predicates: Vec::new() }
}

fn is_node_type(prefix: &Option<String>, name: &str) -> bool {
    prefix.is_none() && matches!(name, "node" | "text" | "comment" | "processing-instruction")
}

fn axis_named(name: &str) -> Option<Axis> {
    Some(match name {
        "child" => Axis::Child,
        "parent" => Axis::Parent,
        "self" => Axis::SelfNode,
        "attribute" => Axis::Attribute,
        "descendant" => Axis::Descendant,
        "descendant-or-self" => Axis::DescendantOrSelf,
        "ancestor" => Axis::Ancestor,
        "ancestor-or-self" => Axis::AncestorOrSelf,
        "following-sibling" => Axis::FollowingSibling,
        "preceding-sibling" => Axis::PrecedingSibling,
        "following" => Axis::Following,
        "preceding" => Axis::Preceding,
        "namespace" => Axis::Namespace,
        _ => return None,
    })
}

/// Whether an expression always gives a node-set.
pub(crate) fn is_node_set(expr: &Expr) -> bool {
    match expr {
        Expr::Path(_) | Expr::Union(..) => true,
        Expr::Call(function, _) => {
            matches!(function, Function::Instance | Function::Current | Function::Randomize | Function::Id)
        }
        _ => false,
    }
}

fn build_call(written: &str, mut arguments: Vec<Expr>) -> Read<Expr> {
    let Some(row) = table::find(written) else { return Err(ParseProblem::Function(format!("{written}()"))) };
    if arguments.len() < row.least || arguments.len() > row.most {
        return Err(syntax(&format!("{written}() does not take {} arguments", arguments.len())));
    }
    for (place, argument) in arguments.iter().enumerate() {
        if row.node_sets.contains(&place) && !is_node_set(argument) {
            return Err(syntax(&format!("argument {} of {written}() must be a path", place + 1)));
        }
    }
    if row.function == Function::Regex
        && let Some(Expr::Text(pattern)) = arguments.get(1)
    {
        let pattern = whole_pattern(pattern).map_err(|error| syntax(&error.to_string()))?;
        return Ok(Expr::Matches(Box::new(arguments.swap_remove(0)), Pattern(pattern)));
    }
    Ok(Expr::Call(row.function, arguments))
}

/// `regex()` matches the whole text, as JavaRosa has it.
pub(crate) fn whole_pattern(pattern: &str) -> Result<regex::Regex, regex::Error> {
    regex::RegexBuilder::new(&format!("^(?:{pattern})$")).size_limit(1 << 20).build()
}
