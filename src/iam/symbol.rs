//! Text that is only partly known.
//!
//! What is not known before deployment stands in a text as a *symbol*: a name between two private-use characters. Equal
//! symbols are equal text; different ones may be. So `arn:aws:iam::${account}:root` is compared, split and shown like
//! any other text.
//!
//! Policy variables (`${aws:username}`) are symbols too, but whoever makes a request chooses what they stand for: they
//! are marked as [variables](has_variable).

use std::borrow::Cow;

/// Starts a symbol.
const OPEN: char = '\u{F0000}';
/// Ends a symbol.
const CLOSE: char = '\u{F0001}';

/// Starts the name of a symbol that is a policy variable.
const VARIABLE: char = '\u{F0002}';

/// An asterisk that is no wildcard: `${*}`.
const ASTERISK: char = '\u{F0003}';
/// A question mark that is no wildcard: `${?}`.
const QUESTION_MARK: char = '\u{F0004}';

/// The characters that text which was read must not bring along.
const OWN: [char; 5] = [OPEN, CLOSE, VARIABLE, ASTERISK, QUESTION_MARK];

/// The account that is deployed to, where it is not known.
pub const ACCOUNT: &str = "\u{F0000}account\u{F0001}";
/// The region that is deployed to, where it is not known.
pub const REGION: &str = "\u{F0000}region\u{F0001}";

/// A piece of a text.
pub enum Part<'a> {
    /// Known text.
    Literal(&'a str),
    /// A symbol, without its delimiters.
    Symbol(&'a str),
}

/// Whether the text after this character is inside a symbol, given whether the character itself is.
pub fn goes_on(character: char, inside: bool) -> bool {
    match character {
        OPEN => true,
        CLOSE => false,
        _ => inside,
    }
}

/// The symbol of this name.
pub fn of(name: &str) -> String {
    format!("{OPEN}{}{CLOSE}", strip(name))
}

/// The symbol of the policy variable of this name.
fn variable(name: &str) -> String {
    format!("{OPEN}{VARIABLE}{}{CLOSE}", strip(name))
}

/// Text that was read, without characters that would make symbols of it.
pub fn strip(text: &str) -> Cow<'_, str> {
    match text.contains(OWN) {
        true => Cow::Owned(text.replace(OWN, "\u{FFFD}")),
        false => Cow::Borrowed(text),
    }
}

/// Whether a text holds a policy variable: what it stands for, the request says.
pub fn has_variable(text: &str) -> bool {
    has(text) && text.contains(VARIABLE)
}

/// Whether a text holds a symbol.
pub fn has(text: &str) -> bool {
    // Both delimiters start with this byte in UTF-8; it is rare enough to be a good first test.
    text.as_bytes().contains(&0xF3) && text.contains([OPEN, CLOSE])
}

/// Whether a text is one symbol and nothing else.
pub fn is_whole(text: &str) -> bool {
    text.starts_with(OPEN) && text.find(CLOSE) == Some(text.len() - CLOSE.len_utf8())
}

/// The character that one of a text stands for: wildcards that were escaped are plain characters.
pub fn plain(character: char) -> char {
    match character {
        ASTERISK => '*',
        QUESTION_MARK => '?',
        other => other,
    }
}

/// The pieces of a text as they stand: symbols with their delimiters.
pub fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = match rest.chars().next()? {
            OPEN => rest.find(CLOSE).map_or(rest.len(), |close| close + CLOSE.len_utf8()),
            _ => rest.find(OPEN).unwrap_or(rest.len()),
        };
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some(piece)
    })
}

/// The pieces of a text.
pub fn split(text: &str) -> impl Iterator<Item = Part<'_>> {
    pieces(text).map(|piece| match piece.strip_prefix(OPEN) {
        Some(name) => Part::Symbol(name.strip_suffix(CLOSE).unwrap_or(name)),
        None => Part::Literal(piece),
    })
}

/// The text for people: symbols as `${name}`.
pub fn show(text: &str) -> Cow<'_, str> {
    if !text.contains(OWN) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for part in split(text) {
        match part {
            Part::Literal(literal) => {
                shown.push_str(&literal.replace(ASTERISK, "${*}").replace(QUESTION_MARK, "${?}"));
            }
            Part::Symbol(name) => {
                shown.push_str("${");
                shown.push_str(name.strip_prefix(VARIABLE).unwrap_or(name));
                shown.push('}');
            }
        }
    }
    Cow::Owned(shown)
}

/// The text for variables that are facts of the resource that a policy protects: `${aws:ResourceAccount}`.
///
/// Source: "AWS global condition context keys" (IAM user guide).
#[derive(Clone, Copy, Debug)]
pub struct Owned<'a> {
    /// The account of the resource.
    pub account: &'a str,
}

/// Replaces IAM policy variables (`${aws:username}`) by symbols and `${*}`, `${?}`, `${$}` by what they stand for.
///
/// `None` if there are none. Escaped wildcards become characters of their own, since a pattern takes them as they are.
/// In a policy of a resource (`owned`) its account and organization are known or symbols as good as known.
pub fn policy_variables(text: &str, owned: Option<Owned<'_>>) -> Option<String> {
    if !text.contains("${") {
        return None;
    }
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        let Some((name, tail)) = after.split_once('}') else { break };
        result.push_str(before);
        match (name, owned) {
            ("$", _) => result.push('$'),
            ("*", _) => result.push(ASTERISK),
            ("?", _) => result.push(QUESTION_MARK),
            (name, Some(owned)) if is_key(name, "aws:ResourceAccount") => result.push_str(owned.account),
            (name, Some(_)) if is_key(name, "aws:ResourceOrgID") => result.push_str(&of(name)),
            // A default (`${aws:username, 'nobody'}`) belongs to the name.
            (name, _) => result.push_str(&variable(name)),
        }
        rest = tail;
    }
    result.push_str(rest);
    Some(result)
}

/// What a policy variable stands for in a request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Meaning<'a> {
    /// This text.
    Text(&'a str),
    /// Nothing: the request does not have the key.
    Nothing,
    /// That is not known.
    Unknown,
}

/// A text with its policy variables replaced by what they stand for, or by their defaults; those of which nothing is
/// known stay. `None` if one stands for nothing, so that no value is equal to the text.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>
pub fn resolve<'t, 'a>(text: &'t str, meaning: impl Fn(&str) -> Meaning<'a>) -> Option<Cow<'t, str>> {
    if !has_variable(text) {
        return Some(Cow::Borrowed(text));
    }
    let mut resolved = String::with_capacity(text.len());
    for piece in pieces(text) {
        let Some(variable) = piece.strip_prefix(OPEN).and_then(|name| name.strip_prefix(VARIABLE)) else {
            resolved.push_str(piece);
            continue;
        };
        let variable = variable.strip_suffix(CLOSE).unwrap_or(variable);
        let (key, default) = match variable.split_once(',') {
            Some((key, default)) => (key, Some(default.trim())),
            None => (variable, None),
        };
        let quoted = |default: &'t str| Some(default.strip_prefix('\'')?.strip_suffix('\'')?.replace("''", "'"));
        match (meaning(key.trim()), default) {
            (Meaning::Text(value), _) => resolved.push_str(&as_it_is(value)),
            (Meaning::Nothing, None) => return None,
            (Meaning::Nothing, Some(default)) => match quoted(default) {
                Some(default) => resolved.push_str(&as_it_is(&default)),
                None => resolved.push_str(piece),
            },
            (Meaning::Unknown, _) => resolved.push_str(piece),
        }
    }
    Some(Cow::Owned(resolved))
}

/// A text in which wildcards stand for themselves.
fn as_it_is(text: &str) -> String {
    text.replace('*', ASTERISK.encode_utf8(&mut [0; 4])).replace('?', QUESTION_MARK.encode_utf8(&mut [0; 4]))
}

/// Whether a variable, with its default, is of this condition key.
fn is_key(variable: &str, key: &str) -> bool {
    variable.split(',').next().unwrap_or_default().trim().eq_ignore_ascii_case(key)
}

#[cfg(test)]
mod tests {
    use super::{ACCOUNT, Meaning, Owned, has, has_variable, policy_variables, resolve, show};

    #[test]
    fn variables_become_what_the_request_says() {
        let resolved = |text: &str| {
            let read = policy_variables(text, None).unwrap_or_default();
            let meaning = |key: &str| match key {
                "aws:username" => Meaning::Text("an*na"),
                "aws:SourceIp" => Meaning::Unknown,
                _ => Meaning::Nothing,
            };
            resolve(&read, meaning).map(|text| show(&text).into_owned())
        };
        assert_eq!(resolved("a/${aws:username}/*").as_deref(), Some("a/an${*}na/*"));
        assert_eq!(resolved("${aws:SourceIp}-${aws:username, 'x'}").as_deref(), Some("${aws:SourceIp}-an${*}na"));
        assert_eq!(resolved("${aws:userid, 'it''s'}").as_deref(), Some("it's"));
        assert_eq!(resolved("${aws:userid, it}").as_deref(), Some("${aws:userid, it}"));
        assert_eq!(resolved("a${aws:userid}"), None);
    }

    #[test]
    fn variables_of_requests_are_marked() {
        let read = |text: &str| policy_variables(text, Some(Owned { account: ACCOUNT })).unwrap_or_default();
        for free in ["${aws:PrincipalAccount}", "arn:aws:iam::${aws:PrincipalAccount}:role/x", "${aws:username, 'a'}"] {
            assert!(has_variable(&read(free)), "{free}");
            assert_eq!(show(&read(free)), free);
        }
        for fixed in ["${aws:ResourceOrgID}", "${aws:resourceaccount}"] {
            assert!(has(&read(fixed)) && !has_variable(&read(fixed)), "{fixed}");
        }
        assert!(!has(&read("a${*}${?}")));
        assert_eq!(show(&read("a${*}${?}")), "a${*}${?}");
        assert_eq!(read("${aws:ResourceAccount}"), ACCOUNT);
        assert_eq!(read("a${$}b"), "a$b");
        // The policies of a principal are about resources of any account.
        assert!(policy_variables("${aws:ResourceAccount}", None).is_some_and(|text| has_variable(&text)));
    }
}
