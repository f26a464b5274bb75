//! From text to a formula, by recursive descent.

use super::lexer::{Piece, Token, tokens};
use super::schema::{Condition, How, Operand, Path, Scope, Shape, kind};
use super::{CHARACTERS_MAX, Count, Counted, Expression, Formula, FormulaError, Sign};
use crate::comparison::{Decimal, Ratio};

/// Brackets within brackets; far more than a formula of [`CHARACTERS_MAX`] needs in earnest.
const DEPTH_MAX: usize = 32;

/// Words of the language: no field or kind is called so.
const KEYWORDS: [&str; 9] =
    ["count", "distinct", "in", "with", "where", "and", "has", "under", "due"];

struct Parser<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    next: usize,
    counts: Vec<Count>,
    uses_due: bool,
}

pub(super) fn parse(text: &str) -> Result<Formula, FormulaError> {
    if text.chars().count() > CHARACTERS_MAX {
        let found = text.chars().skip(CHARACTERS_MAX).take(20).collect();
        return Err(FormulaError {
            at: CHARACTERS_MAX + 1,
            found,
            allowed: format!("≤ {CHARACTERS_MAX}"),
        });
    }
    let tokens = tokens(text)?;
    let mut parser = Parser { text, tokens, next: 0, counts: Vec::new(), uses_due: false };
    let root = parser.sum(0)?;
    if parser.next < parser.tokens.len() {
        return Err(parser.expected("+ - * /"));
    }
    let Parser { counts, uses_due, .. } = parser;
    Ok(Formula { text: text.to_owned(), root, counts, uses_due })
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Piece> {
        self.tokens.get(self.next).map(|token| &token.piece)
    }

    fn peek_word(&self) -> Option<&str> {
        match self.peek() {
            Some(Piece::Word(word)) => Some(word),
            _ => None,
        }
    }

    fn at(&self) -> usize {
        let end = self.text.chars().count() + 1;
        self.tokens.get(self.next).map_or(end, |token| token.at)
    }

    fn expected(&self, allowed: &str) -> FormulaError {
        let token = self.tokens.get(self.next);
        FormulaError {
            at: self.at(),
            found: token.map_or_else(String::new, |t| self.text[t.bytes.clone()].to_owned()),
            allowed: allowed.to_owned(),
        }
    }

    fn takes_sign(&mut self, sign: &str) -> bool {
        let found = matches!(self.peek(), Some(Piece::Sign(s)) if *s == sign);
        self.next += usize::from(found);
        found
    }

    fn takes_word(&mut self, word: &str) -> bool {
        let found = self.peek_word() == Some(word);
        self.next += usize::from(found);
        found
    }

    fn sign(&mut self, sign: &str) -> Result<(), FormulaError> {
        if self.takes_sign(sign) { Ok(()) } else { Err(self.expected(sign)) }
    }

    fn sum(&mut self, depth: usize) -> Result<Expression, FormulaError> {
        let mut left = self.product(depth)?;
        loop {
            let sign = match self.peek() {
                Some(Piece::Sign("+")) => Sign::Plus,
                Some(Piece::Sign("-")) => Sign::Minus,
                _ => return Ok(left),
            };
            self.next += 1;
            left = Expression::Of(sign, Box::new(left), Box::new(self.product(depth)?));
        }
    }

    fn product(&mut self, depth: usize) -> Result<Expression, FormulaError> {
        let mut left = self.factor(depth)?;
        loop {
            let sign = match self.peek() {
                Some(Piece::Sign("*")) => Sign::Times,
                Some(Piece::Sign("/")) => Sign::Over,
                _ => return Ok(left),
            };
            self.next += 1;
            left = Expression::Of(sign, Box::new(left), Box::new(self.factor(depth)?));
        }
    }

    fn factor(&mut self, depth: usize) -> Result<Expression, FormulaError> {
        if depth == DEPTH_MAX {
            return Err(self.expected("count 0 1 2 …"));
        }
        if self.takes_sign("(") {
            let inner = self.sum(depth + 1)?;
            self.sign(")")?;
            return Ok(inner);
        }
        let Some(word) = self.peek_word().map(str::to_owned) else {
            return Err(self.expected("count ( 0 1 2 …"));
        };
        if word == "count" {
            return self.count();
        }
        // Digits and a point: a date or a name is no number.
        let number: Option<Ratio> = word
            .bytes()
            .all(|b| b.is_ascii_digit() || b == b'.')
            .then(|| Decimal::parse(&word).and_then(Decimal::ratio))
            .flatten();
        match number {
            Some(number) => {
                self.next += 1;
                Ok(Expression::Number(number))
            }
            None => Err(self.expected("count ( 0 1 2 …")),
        }
    }

    fn count(&mut self) -> Result<Expression, FormulaError> {
        let start = self.tokens[self.next].bytes.start;
        self.next += 1;
        self.sign("(")?;
        let distinct = self.takes_word("distinct");
        let first = self.next;
        // What the path is said of stands behind it: look ahead for "in".
        while matches!(self.peek(), Some(Piece::Word(word)) if !KEYWORDS.contains(&word.as_str()))
            || matches!(self.peek(), Some(Piece::Sign(".")))
        {
            self.next += 1;
        }
        let (kind, of) = if distinct && self.takes_word("in") {
            let kind = self.kind()?;
            let behind = std::mem::replace(&mut self.next, first);
            let path = self.path(Scope::Record(kind))?;
            if !path.shape.comparable() {
                self.next = first;
                return Err(self.expected(&Scope::Record(kind).names()));
            }
            self.next = behind;
            (kind, Counted::Distinct(path))
        } else {
            self.next = first;
            let kind = self.kind()?;
            if self.takes_word("with") {
                (self.kind()?, Counted::Referred(kind))
            } else {
                (kind, Counted::Records)
            }
        };
        let conditions = if self.takes_word("where") {
            self.conditions(Scope::Record(kind), None, 0)?
        } else {
            Vec::new()
        };
        if !matches!(self.peek(), Some(Piece::Sign(")"))) {
            let allowed = match (conditions.is_empty(), &of) {
                (false, _) => "and )",
                (true, Counted::Records) if !distinct => "with where )",
                (true, _) => "where )",
            };
            return Err(self.expected(allowed));
        }
        let text = self.text[start..self.tokens[self.next].bytes.end].to_owned();
        self.next += 1;
        self.counts.push(Count { kind, of, conditions, text });
        Ok(Expression::Count(self.counts.len() - 1))
    }

    fn kind(&mut self) -> Result<crate::Kind, FormulaError> {
        let at = self.at();
        let name = match self.peek_word() {
            Some(name) => name.to_owned(),
            None => return Err(self.expected(&crate::Kind::ALL.map(crate::Kind::name).join(" "))),
        };
        let kind = kind(&name, at)?;
        self.next += 1;
        Ok(kind)
    }

    /// Conditions joined by "and". Of an element (`inside` is what its record is), those that follow
    /// the first belong to it while they name a field of the element.
    fn conditions(
        &mut self,
        scope: Scope,
        inside: Option<()>,
        depth: usize,
    ) -> Result<Vec<Condition>, FormulaError> {
        let mut all = vec![self.condition(scope, depth)?];
        loop {
            let joined = self.peek_word() == Some("and");
            let own = match self.tokens.get(self.next + 1).map(|token| &token.piece) {
                Some(Piece::Word(name)) => scope.has_field(name),
                _ => false,
            };
            if !joined || inside.is_some() && !own {
                return Ok(all);
            }
            self.next += 1;
            all.push(self.condition(scope, depth)?);
        }
    }

    fn condition(&mut self, scope: Scope, depth: usize) -> Result<Condition, FormulaError> {
        let path = self.path(scope)?;
        if let Shape::Elements(fields) = path.shape {
            if depth == DEPTH_MAX || !self.takes_word("has") {
                return Err(self.expected("has ."));
            }
            let all = self.conditions(Scope::Element(fields), Some(()), depth + 1)?;
            return Ok(Condition::Has { path, all });
        }
        if self.takes_word("in") {
            self.sign("(")?;
            let mut with = vec![self.operand(&path)?];
            while self.takes_sign(",") {
                with.push(self.operand(&path)?);
            }
            if !self.takes_sign(")") {
                return Err(self.expected(", )"));
            }
            return Ok(Condition::Compare { path, how: How::OneOf, with });
        }
        if matches!(path.shape, Shape::Place) && self.takes_word("under") {
            let prefix = self.peek_word().and_then(division_prefix);
            let Some(prefix) = prefix else { return Err(self.expected("44 4406 440606")) };
            self.next += 1;
            let with = vec![Operand::Text(prefix)];
            return Ok(Condition::Compare { path, how: How::Under, with });
        }
        let how = match self.peek() {
            Some(Piece::Sign("=")) => How::OneOf,
            Some(Piece::Sign("!=")) => How::NoneOf,
            Some(Piece::Sign("<")) if path.shape.ordered() => How::Less,
            Some(Piece::Sign("<=")) if path.shape.ordered() => How::AtMost,
            Some(Piece::Sign(">")) if path.shape.ordered() => How::More,
            Some(Piece::Sign(">=")) if path.shape.ordered() => How::AtLeast,
            _ => {
                let mut allowed = "= != in".to_owned();
                if path.shape.ordered() {
                    allowed.push_str(" < <= > >=");
                }
                if matches!(path.shape, Shape::Place) {
                    allowed.push_str(" under");
                }
                if path.shape.scope().is_some() {
                    allowed.push_str(" .");
                }
                return Err(self.expected(&allowed));
            }
        };
        self.next += 1;
        let with = vec![self.operand(&path)?];
        Ok(Condition::Compare { path, how, with })
    }

    fn operand(&mut self, path: &Path) -> Result<Operand, FormulaError> {
        let read = match self.peek() {
            Some(Piece::Word(word)) => path.shape.operand(word, false),
            Some(Piece::Quoted(word)) => path.shape.operand(word, true),
            _ => path.shape.operand("", false).and(Err("\"…\"".to_owned())),
        };
        match read {
            Ok(operand) => {
                self.uses_due |= operand == Operand::Due;
                self.next += 1;
                Ok(operand)
            }
            Err(allowed) => Err(self.expected(&allowed)),
        }
    }

    fn path(&mut self, scope: Scope) -> Result<Path, FormulaError> {
        let mut here = scope;
        let mut steps = Vec::new();
        loop {
            let found = self.peek_word().and_then(|name| here.step(name));
            let Some((step, shape)) = found else { return Err(self.expected(&here.names())) };
            self.next += 1;
            steps.push(step);
            if !self.takes_sign(".") {
                return Ok(Path { scope, steps, shape });
            }
            let Some(behind) = shape.scope() else {
                self.next -= 1;
                return Err(self.expected("= != in"));
            };
            here = behind;
        }
    }
}

/// The beginning all codes of a division share: `44` of `44` and `440000`, `4406` of `440600`.
fn division_prefix(code: &str) -> Option<String> {
    if !matches!(code.len(), 2 | 4 | 6) || !code.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut prefix = code;
    while prefix.len() > 2 && prefix.ends_with("00") {
        prefix = &prefix[..prefix.len() - 2];
    }
    Some(prefix.to_owned())
}
