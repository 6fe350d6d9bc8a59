//! Functions that call themselves, found in a module's text: Rego forbids them, and the engine would not come to an end.
//!
//! Rules that are no functions need no look: the engine notices when it gets back to one.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

/// The words before which an expression does not end and which no rule is called.
const KEYWORDS: [&str; 12] =
    ["as", "contains", "default", "else", "every", "if", "import", "in", "not", "package", "some", "with"];

/// A call by which a function reaches itself, in modules that the engine loads together: the number of the module and the
/// offset. Each module comes with its [`super::code::code`].
pub(super) fn recursive_call<'a>(modules: impl IntoIterator<Item = (&'a str, &'a str)>) -> Option<(usize, usize)> {
    let mut calls = Calls::default();
    for (number, (module, code)) in modules.into_iter().enumerate() {
        Scan::new(module, code).add_calls(number, &mut calls);
    }
    calls.cycle()
}

/// Where a module mentions the document `data`, outside of strings, comments and its package.
pub(super) fn mention_of_data(module: &str, code: &str) -> Option<usize> {
    let mut scan = Scan::new(module, code);
    while let Some(token) = scan.next() {
        if let Token::Path(at, steps) = token
            && steps.first().is_some_and(|step| step == "data")
        {
            return Some(at);
        }
    }
    None
}

/// Which definitions call which, by number.
#[derive(Default)]
struct Calls<'a> {
    numbers: FxHashMap<Name<'a>, usize>,
    /// The place and the callee of each call.
    of: Vec<Vec<((usize, usize), usize)>>,
}

/// A name from the root of `data`.
type Name<'a> = Vec<Cow<'a, str>>;

impl<'a> Calls<'a> {
    fn number(&mut self, name: Name<'a>) -> usize {
        let next = self.of.len();
        let number = *self.numbers.entry(name).or_insert(next);
        if number == next {
            self.of.push(Vec::new());
        }
        number
    }

    /// The call that closes a circle, found by one search in depth.
    fn cycle(&self) -> Option<(usize, usize)> {
        #[derive(Clone, Copy, PartialEq)]
        enum Colour {
            Unseen,
            Open,
            Done,
        }
        let mut colours = vec![Colour::Unseen; self.of.len()];
        for start in 0..self.of.len() {
            let mut open = vec![(start, 0)];
            while let Some((definition, done)) = open.pop() {
                if done == 0 && colours[definition] != Colour::Unseen {
                    continue;
                }
                colours[definition] = Colour::Open;
                match self.of[definition].get(done) {
                    None => colours[definition] = Colour::Done,
                    Some((at, callee)) => {
                        if colours[*callee] == Colour::Open {
                            return Some(*at);
                        }
                        open.extend([(definition, done + 1), (*callee, 0)]);
                    }
                }
            }
        }
        None
    }
}

/// A piece of code, as far as the search is concerned.
enum Token<'a> {
    /// A keyword.
    Keyword(&'a str),
    /// A name with the names below it, `data.a["b"]`, and where it is.
    Path(usize, Name<'a>),
    /// Anything else, by its first byte.
    Other(u8),
}

/// A walk along a module.
struct Scan<'a> {
    module: &'a str,
    code: &'a str,
    at: usize,
}

impl<'a> Scan<'a> {
    fn new(module: &'a str, code: &'a str) -> Self {
        Scan { module, code, at: 0 }
    }

    fn rest(&self) -> &'a str {
        self.code.get(self.at..).unwrap_or("")
    }

    fn next(&mut self) -> Option<Token<'a>> {
        self.at = self.code.len() - self.rest().trim_start().len();
        let (start, first) = (self.at, self.rest().chars().next()?);
        let Some(word) = self.word() else {
            self.at += first.len_utf8();
            return Some(Token::Other(self.code.as_bytes()[start]));
        };
        if KEYWORDS.contains(&word) {
            return Some(Token::Keyword(word));
        }
        let mut steps = vec![Cow::Borrowed(word)];
        while let Some(step) = self.step() {
            steps.push(step);
        }
        Some(Token::Path(start, steps))
    }

    /// Goes past a word.
    fn word(&mut self) -> Option<&'a str> {
        let rest = self.rest();
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
        self.at += end;
        (end > 0).then(|| &rest[..end])
    }

    /// Goes past `.a` or `["a"]`.
    fn step(&mut self) -> Option<Cow<'a, str>> {
        let start = self.at;
        let step = match self.rest().bytes().next()? {
            b'.' => {
                self.at += 1;
                self.word().map(Cow::Borrowed)
            }
            b'[' => self.bracketed(),
            _ => None,
        };
        if step.is_none() {
            self.at = start;
        }
        step
    }

    /// Goes past a string in brackets.
    fn bracketed(&mut self) -> Option<Cow<'a, str>> {
        // Around the string there may be blanks and parentheses.
        let blank = |c: char| c.is_whitespace() || c == '(' || c == ')';
        let after = self.rest()[1..].trim_start_matches(blank);
        let (start, quote) = (self.code.len() - after.len(), after.chars().next().filter(|c| ['"', '`'].contains(c))?);
        let end = start + 1 + after[1..].find(quote)?;
        let closing = self.code[end + 1..].trim_start_matches(blank);
        self.at = self.code.len() - closing.strip_prefix(']')?.len();
        Some(match quote {
            '"' => Cow::Owned(serde_json::from_str(&self.module[start..=end]).ok()?),
            _ => Cow::Borrowed(&self.module[start + 1..end]),
        })
    }

    /// Adds the calls of the module's definitions. One begins with a name outside of brackets at which no expression goes on.
    fn add_calls(mut self, module: usize, calls: &mut Calls<'a>) {
        let mut package: Name<'a> = vec![Cow::Borrowed("data")];
        let mut imports: FxHashMap<Cow<'a, str>, Name<'a>> = FxHashMap::default();
        let (mut depth, mut goes_on, mut keyword, mut imported) = (0_usize, false, "", None);
        let mut definition = None;
        while let Some(token) = self.next() {
            match token {
                Token::Keyword(word) => (goes_on, keyword) = (true, word),
                Token::Other(byte) => {
                    match byte {
                        b'{' | b'[' | b'(' => depth += 1,
                        b'}' | b']' | b')' => depth = depth.saturating_sub(1),
                        _ => {}
                    }
                    goes_on = !matches!(byte, b'}' | b']' | b')' | b'"' | b'`');
                    (keyword, imported) = ("", None);
                }
                Token::Path(at, steps) => {
                    let name = |steps: Name<'a>| match steps.first() {
                        Some(first) if first == "data" => steps,
                        _ => package.iter().cloned().chain(steps).collect(),
                    };
                    let is_definition = keyword == "default" || (depth == 0 && !goes_on);
                    let called = self.rest().trim_start().starts_with('(');
                    match (keyword, imported.take()) {
                        ("package", _) => package.extend(steps),
                        ("import", _) => {
                            imports.extend(steps.last().cloned().map(|last| (last, steps.clone())));
                            imported = Some(steps);
                        }
                        ("as", Some(path)) => {
                            imports.extend(steps.first().cloned().map(|first| (first, path)));
                        }
                        _ if is_definition => definition = Some(calls.number(name(steps))),
                        _ if called => {
                            let through = steps.first().and_then(|first| imports.get(first));
                            let through = through.map(|path| path.iter().chain(&steps[1..]).cloned().collect());
                            for name in [Some(name(steps)), through].into_iter().flatten() {
                                let callee = calls.number(name);
                                calls.of[*definition.get_or_insert(callee)].push(((module, at), callee));
                            }
                        }
                        _ => {}
                    }
                    (goes_on, keyword) = (false, "");
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::code::code;

    #[test]
    fn finds_functions_that_reach_themselves() {
        fn at(module: &str) -> Option<&str> {
            recursive_call([(module, &*code(module))]).map(|(_, at)| &module[at..])
        }
        assert_eq!(at("package a\nf(x) if f(x + 1)\n"), Some("f(x + 1)\n"));
        assert_eq!(at("package a\nf(x) :=\n  f(x)\n"), Some("f(x)\n"));
        assert_eq!(at("package a\nf(x) := y if {\n  y := g(x)\n}\ng(x) := data.a.f(x)\n"), Some("data.a.f(x)\n"));
        assert_eq!(at("package a\ndefault f(_) := 1\nf(x) := y\nelse := z if {\n  f(1)\n}\n"), Some("f(1)\n}\n"));
        // The engine takes blanks before the bracket, other ways to name a function, and rules on one line.
        assert_eq!(at("package a\nf(x) if f # f\n (x)\n"), Some("f # f\n (x)\n"));
        assert_eq!(at("package a.b\nf(x) if data.a[(\"\\u0062\")][`f`](x)\n").map(|call| &call[..4]), Some("data"));
        assert_eq!(at("package a\nimport data.a as me\nf(x) if me.f(x)\n"), Some("me.f(x)\n"));
        assert_eq!(at("package a\nimport data.a.f\nimport data.a.f as g\nf(x) if g(x)\n"), Some("g(x)\n"));
        assert_eq!(at("package a\nx if {\n  h(1)\n} h(x) if g(x) g(x) if h(x)\n"), Some("h(x)\n"));
    }

    #[test]
    fn follows_a_long_chain_once() {
        let chain = |end: &str| {
            let links = (0..8000).map(|i| format!("f{i}(x) if {{ f{}(x); f{}(x) }}\n", i + 1, i + 2));
            format!("package a\n{}f8000(x) if {end}\n", links.collect::<String>())
        };
        let (open, closed) = (chain("x"), chain("f1(x)"));
        assert_eq!(recursive_call([(&*open, &*code(&open))]), None);
        let found = recursive_call([(&*closed, &*code(&closed))]);
        assert_eq!(found.map(|(_, at)| &closed[at..]), Some("f1(x)\n"));
    }

    #[test]
    fn leaves_the_rest_alone() {
        let module = "package a\n# f(x) calls f(x)\nimport data.lib\nf(x) if lib.f(x)\ndeny contains \"f(x)\" if {\n  f(1)\n  g(2)\n}\n\
                      g(x) := count(x)\ng(x) := 0 if not f(x)\n\
                      h(x) if x == \"f(x)\"\nh(x) if count(x) == 1\n";
        assert_eq!(recursive_call([(module, &*code(module))]), None);
    }
}
