//! Wildcard patterns as sets of strings.
//!
//! `*` stands for any text and `?` for any one character. All answers are exact, by automata; work is bounded, and past
//! the bound the answer is "unknown". A pattern may hold [symbols](super::symbol): text that is not known before
//! deployment. A symbol is equal to itself and may be equal to anything else.

use std::collections::HashSet;

use super::symbol;
use super::truth::Truth;

/// The longest pattern that is looked into, in tokens. ARNs have at most 2,048 characters.
pub const MAX_TOKENS: usize = 2048;

/// The most steps that a proof of inclusion may take.
const MAX_STEPS: usize = 20_000;

/// A wildcard pattern.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pattern {
    tokens: Box<[Token]>,
    /// The same with each symbol widened to "any text", if there are symbols.
    widened: Option<Box<[Token]>>,
    oversized: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Token {
    Char(char),
    One,
    Many,
}

impl Token {
    /// Whether two tokens that each stand for one character may stand for the same.
    fn meets(self, other: Token) -> bool {
        self == other || self == Token::One || other == Token::One
    }
}

impl Pattern {
    /// A pattern in which case matters: ARNs, condition values.
    pub fn exact_case(text: &str) -> Self {
        Pattern::parse(text, true)
    }

    /// A pattern without regard to case: actions. Compare only with text in lower case.
    pub fn any_case(text: &str) -> Self {
        Pattern::parse(&text.to_ascii_lowercase(), true)
    }

    /// A text in which `*` and `?` stand for themselves.
    pub fn literal(text: &str) -> Self {
        Pattern::parse(text, false)
    }

    fn parse(text: &str, wildcards: bool) -> Self {
        let oversized = text.len() > MAX_TOKENS && text.chars().count() > MAX_TOKENS;
        let token = |c| match c {
            '*' if wildcards => Token::Many,
            '?' if wildcards => Token::One,
            c => Token::Char(symbol::plain(c)),
        };
        if oversized {
            return Pattern { tokens: Box::new([Token::Many]), widened: None, oversized };
        }
        let widened = symbol::has(text).then(|| {
            let parts = symbol::split(text);
            let tokens = parts.flat_map(|part| match part {
                symbol::Part::Literal(text) => text.chars().map(token).collect::<Vec<_>>(),
                symbol::Part::Symbol(_) => vec![Token::Many],
            });
            normalise(tokens)
        });
        Pattern { tokens: normalise(text.chars().map(token)), widened, oversized }
    }

    /// Whether a text is in the set.
    pub fn matches(&self, text: &str) -> Truth {
        if self.oversized {
            return Truth::Unknown;
        }
        if accepts(&self.tokens, text) {
            return Truth::True;
        }
        match &self.widened {
            None if !symbol::has(text) => Truth::False,
            Some(widened) if !symbol::has(text) => {
                if accepts(widened, text) {
                    Truth::Unknown
                } else {
                    Truth::False
                }
            }
            _ => match self.intersects(&Pattern::literal(text)) {
                Truth::True => Truth::Unknown,
                other => other,
            },
        }
    }

    /// Whether the two sets have an element in common.
    pub fn intersects(&self, other: &Pattern) -> Truth {
        if self.oversized || other.oversized {
            return Truth::Unknown;
        }
        if meet(&self.tokens, &other.tokens) {
            return Truth::True;
        }
        if self.widened.is_none() && other.widened.is_none() {
            return Truth::False;
        }
        // A symbol is equal to itself: what both begin with, symbols too, tells nothing.
        let shared = shared_start(&self.tokens, &other.tokens);
        let rest = |pattern: &Pattern| widen(pattern.tokens.get(shared..).unwrap_or_default());
        if meet(&rest(self), &rest(other)) { Truth::Unknown } else { Truth::False }
    }

    /// Whether every element of `other` is in this set. False also where the proof would take too long.
    pub fn includes(&self, other: &Pattern) -> bool {
        covered(other, std::slice::from_ref(self))
    }

    /// Whether it is one text only.
    pub fn is_literal(&self) -> bool {
        !self.oversized && self.tokens.iter().all(|token| matches!(token, Token::Char(_)))
    }

    /// Whether it is every text.
    pub fn is_everything(&self) -> bool {
        !self.oversized && *self.tokens == [Token::Many]
    }

    /// Whether it is too long to be looked into.
    pub fn is_oversized(&self) -> bool {
        self.oversized
    }
}

/// Whether every element of `pattern` is in one of `sets`. False also where the proof would take too long.
pub fn covered<'a>(pattern: &Pattern, sets: impl IntoIterator<Item = &'a Pattern> + Clone) -> bool {
    let sets = || sets.clone().into_iter();
    if pattern.oversized {
        return sets().any(Pattern::is_everything);
    }
    if sets().any(|set| !set.oversized && (set.tokens == pattern.tokens || set.is_everything())) {
        return true;
    }
    // What is not known is part of no set for certain, and as a subset it may be anything.
    let inner = pattern.widened.as_deref().unwrap_or(&pattern.tokens);
    let outer: Vec<&[Token]> = sets().filter(|set| !set.oversized).map(|set| &*set.tokens).collect();
    if let [only] = outer.as_slice()
        && pattern.widened.is_some()
        && stretches(only, &pattern.tokens)
    {
        return true;
    }
    let outer: Vec<&[Token]> = outer.into_iter().filter(|set| begin_alike(set, inner)).collect();
    // Without a star, they are finite all together.
    let has_star = |tokens: &[Token]| tokens.contains(&Token::Many);
    if outer.is_empty() || (has_star(inner) && !outer.iter().any(|set| has_star(set))) {
        return false;
    }
    Inclusion::new(inner, outer).holds()
}

/// Whether what two patterns begin with, up to a wildcard, is the same: if not, they have no text in common.
fn begin_alike(a: &[Token], b: &[Token]) -> bool {
    let fixed = a.iter().zip(b).take_while(|(a, b)| matches!((a, b), (Token::Char(_), Token::Char(_))));
    fixed.into_iter().all(|(a, b)| a == b)
}

/// How many tokens, without wildcards and without a part of a symbol, both begin with.
fn shared_start(a: &[Token], b: &[Token]) -> usize {
    let mut end = 0;
    let mut inside = false;
    for (at, (one, other)) in a.iter().zip(b).enumerate() {
        match one {
            Token::Char(c) if one == other => inside = symbol::goes_on(*c, inside),
            _ => break,
        }
        if !inside {
            end = at + 1;
        }
    }
    end
}

/// The tokens with each symbol widened to "any text".
fn widen(tokens: &[Token]) -> Box<[Token]> {
    let mut inside = false;
    normalise(tokens.iter().filter_map(|token| {
        let Token::Char(c) = token else { return Some(*token) };
        let before = inside;
        inside = symbol::goes_on(*c, before);
        match (before, inside) {
            (false, false) => Some(*token),
            (false, true) => Some(Token::Many),
            _ => None,
        }
    }))
}

/// Merges stars and puts `?` before `*` within a run of wildcards, which changes no set.
fn normalise(tokens: impl IntoIterator<Item = Token>) -> Box<[Token]> {
    let mut result: Vec<Token> = Vec::new();
    let mut star = false;
    for token in tokens {
        match token {
            Token::Many => star = true,
            Token::One => result.push(Token::One),
            Token::Char(_) => {
                if std::mem::take(&mut star) {
                    result.push(Token::Many);
                }
                result.push(token);
            }
        }
    }
    if star {
        result.push(Token::Many);
    }
    result.into()
}

/// Whether the automaton of `tokens` accepts `text`.
fn accepts(tokens: &[Token], text: &str) -> bool {
    let (mut rest, mut at) = (text.chars(), 0);
    let mut retry: Option<(usize, std::str::Chars<'_>)> = None;
    loop {
        let before = rest.clone();
        let next = rest.next();
        match (tokens.get(at), next) {
            (Some(Token::Many), _) => {
                rest = before.clone();
                at += 1;
                retry = Some((at, before));
            }
            (Some(Token::One), Some(_)) => at += 1,
            (Some(Token::Char(c)), Some(d)) if *c == symbol::plain(d) => at += 1,
            (None, None) => return true,
            _ => {
                let Some((state, from)) = &mut retry else { return false };
                if from.next().is_none() {
                    return false;
                }
                at = *state;
                rest = from.clone();
            }
        }
    }
}

/// Whether two patterns have a text in common: reachability in the product of their automata.
fn meet(a: &[Token], b: &[Token]) -> bool {
    let Some((a, b)) = apart(a, b) else { return false };
    // `row[j]`: whether the rest of `a` from the current token and `b[j..]` have a text in common.
    let mut row = vec![false; b.len() + 1];
    for i in (0..=a.len()).rev() {
        let mut below = false; // the value of row[j + 1] for i + 1
        for j in (0..=b.len()).rev() {
            let next_i = row[j]; // (i + 1, j), from the last round
            let value = match (a.get(i), b.get(j)) {
                (None, None) => true,
                (Some(Token::Many), None) => i + 1 == a.len(),
                (None, Some(Token::Many)) => j + 1 == b.len(),
                (None, Some(_)) | (Some(_), None) => false,
                (Some(Token::Many), Some(_)) | (Some(_), Some(Token::Many)) => next_i || row[j + 1],
                (Some(Token::Char(c)), Some(Token::Char(d))) => c == d && below,
                (Some(_), Some(_)) => below,
            };
            below = next_i;
            row[j] = value;
        }
    }
    row[0]
}

/// Two patterns without what both begin and end with, up to a star; `None` if they differ there.
fn apart<'a>(mut a: &'a [Token], mut b: &'a [Token]) -> Option<(&'a [Token], &'a [Token])> {
    while let ([one, rest @ ..], [other, others @ ..]) = (a, b)
        && *one != Token::Many
        && *other != Token::Many
    {
        one.meets(*other).then_some(())?;
        (a, b) = (rest, others);
    }
    while let ([rest @ .., one], [others @ .., other]) = (a, b)
        && *one != Token::Many
        && *other != Token::Many
    {
        one.meets(*other).then_some(())?;
        (a, b) = (rest, others);
    }
    Some((a, b))
}

/// Whether `outer`, read over the tokens of `inner`, covers it: a star takes any tokens, everything else its equal. A
/// sufficient condition for inclusion that knows that a symbol is equal to itself.
fn stretches(outer: &[Token], inner: &[Token]) -> bool {
    let mut row = vec![false; inner.len() + 1];
    for i in (0..=outer.len()).rev() {
        let mut below = false;
        for j in (0..=inner.len()).rev() {
            let next_i = row[j];
            let value = match (outer.get(i), inner.get(j)) {
                (None, inner) => inner.is_none(),
                (Some(Token::Many), None) => next_i,
                (Some(Token::Many), Some(_)) => next_i || row[j + 1],
                (Some(_), None) => false,
                (Some(Token::One), Some(Token::Many)) => false,
                (Some(Token::One), Some(_)) => below,
                (Some(outer), Some(inner)) => outer == inner && below,
            };
            below = next_i;
            row[j] = value;
        }
    }
    row[0]
}

/// A proof of inclusion: the subset construction over the automata of `outer`, walked along that of `inner`.
struct Inclusion<'a> {
    inner: &'a [Token],
    outer: Vec<&'a [Token]>,
    /// The characters that `outer` tells apart, and one that it does not.
    alphabet: Vec<char>,
    steps: usize,
}

impl<'a> Inclusion<'a> {
    fn new(inner: &'a [Token], outer: Vec<&'a [Token]>) -> Self {
        let mut alphabet: Vec<char> = outer
            .iter()
            .flat_map(|tokens| tokens.iter())
            .filter_map(|token| if let Token::Char(c) = token { Some(*c) } else { None })
            .collect();
        alphabet.sort_unstable();
        alphabet.dedup();
        let other = ('\u{1}'..).find(|c| alphabet.binary_search(c).is_err());
        alphabet.extend(other);
        Inclusion { inner, outer, alphabet, steps: 0 }
    }

    fn holds(mut self) -> bool {
        let start: Vec<(u16, u16)> = (0..self.outer.len()).map(|set| (set as u16, 0)).collect();
        let start = self.closure(start);
        let mut seen: HashSet<(usize, Vec<(u16, u16)>)> = HashSet::new();
        let mut open = vec![(0, start)];
        while let Some((at, states)) = open.pop() {
            self.steps += states.len() + 1;
            if self.steps > MAX_STEPS || states.is_empty() {
                return false;
            }
            if !seen.insert((at, states.clone())) {
                continue;
            }
            match self.inner.get(at) {
                None => {
                    if !states.iter().any(|(set, state)| self.at_end(*set, *state)) {
                        return false;
                    }
                }
                Some(Token::Char(c)) => {
                    let next = self.step(&states, *c);
                    open.push((at + 1, next));
                }
                Some(Token::One) => self.branch(&states, at + 1, &mut open),
                Some(Token::Many) => {
                    self.branch(&states, at, &mut open);
                    open.push((at + 1, states));
                }
            }
        }
        true
    }

    fn branch(&mut self, states: &[(u16, u16)], at: usize, open: &mut Vec<(usize, Vec<(u16, u16)>)>) {
        for i in 0..self.alphabet.len() {
            let next = self.step(states, self.alphabet[i]);
            self.steps += next.len() + 1;
            open.push((at, next));
            if self.steps > MAX_STEPS {
                break;
            }
        }
    }

    fn token(&self, set: u16, state: u16) -> Option<Token> {
        self.outer.get(set as usize)?.get(state as usize).copied()
    }

    fn at_end(&self, set: u16, state: u16) -> bool {
        self.token(set, state).is_none()
    }

    fn step(&self, states: &[(u16, u16)], c: char) -> Vec<(u16, u16)> {
        let next = states.iter().filter_map(|(set, state)| match self.token(*set, *state)? {
            Token::Many => Some((*set, *state)),
            Token::One => Some((*set, state + 1)),
            Token::Char(d) => (c == d).then_some((*set, state + 1)),
        });
        self.closure(next.collect())
    }

    /// Adds the states that are reached without a character, and sorts.
    fn closure(&self, mut states: Vec<(u16, u16)>) -> Vec<(u16, u16)> {
        let mut i = 0;
        while let Some((set, state)) = states.get(i).copied() {
            if self.token(set, state) == Some(Token::Many) {
                states.push((set, state + 1));
            }
            i += 1;
        }
        states.sort_unstable();
        states.dedup();
        states
    }
}
