//! `sealint explain`: all about one rule.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use serde_json::Value as Json;

use super::selection::Here;
use super::style::Paint;
use super::{Exit, Global, diagnose, failure};
use crate::discover::Kind;
use crate::report::{Terminal, escape_control, escape_lines, fit};
use crate::rules::examples::{Example, examples};
use crate::rules::metadata::{Metadata, Subject, Tags};
use crate::rules::{Rule, RuleSet};
use crate::source::Sources;
use crate::suggest::did_you_mean;

/// Explain a rule: why it matters, how to mend it, what it looks like
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// The rule's id, or that of another linter's check
    rule: String,
    /// A folder with rules and views of your own
    #[arg(long, value_name = "DIR")]
    rules: Vec<PathBuf>,
}

pub(super) fn run(args: &Args, global: &Global) -> io::Result<Exit> {
    let sources = Sources::default();
    let here = Here::read(&args.rules, &sources)?;
    let rules = &here.rules;
    let found = find(rules, &args.rule);
    if found.is_empty() {
        let close = did_you_mean(&args.rule, rules.rules().iter().map(|rule| &*rule.id));
        let close = close.map(|close| format!(": {close}")).unwrap_or_default();
        return Err(failure(format!("there is no rule `{}`{close}", args.rule)));
    }
    let terminal = global.stdout();
    let mut out = BufWriter::new(io::stdout().lock());
    for (i, (rule, metadata)) in found.iter().enumerate() {
        if i > 0 {
            writeln!(out, "\n{}\n", "-".repeat(terminal.width))?;
        }
        Page { terminal, paint: Paint::new(terminal), out: &mut out, here: &here }.write(rule, metadata)?;
    }
    out.flush()?;
    diagnose(&here.diagnostics, &sources, global)
}

/// The rule of this id, or those with another linter's check of this id.
fn find<'a>(rules: &'a RuleSet, id: &str) -> Vec<(&'a Rule, &'a Metadata)> {
    let all = || rules.rules().iter().filter_map(|rule| Some((&**rule, &**rule.metadata()?)));
    let named: Vec<_> = all().filter(|(rule, _)| &*rule.id == id).collect();
    if !named.is_empty() {
        return named;
    }
    let theirs = |rule: &Metadata| {
        let wanted = crate::suppress::alias(id);
        rule.aliases.iter().chain(rule.related.iter()).any(|(_, check)| crate::suppress::alias(check) == wanted)
    };
    all().filter(|(_, metadata)| theirs(metadata)).collect()
}

/// The width of the names of facts.
const WIDTH: usize = "Requirements".len();

struct Page<'a> {
    terminal: Terminal,
    paint: Paint,
    out: &'a mut dyn Write,
    here: &'a Here,
}

impl Page<'_> {
    fn write(&mut self, rule: &Rule, metadata: &Metadata) -> io::Result<()> {
        let Page { paint, .. } = *self;
        writeln!(self.out, "{}", paint.bold(&metadata.title))?;
        let severity = self.here.severity(metadata);
        let usual = (severity != metadata.severity).then(|| format!(" here, {} elsewhere", metadata.severity.as_str()));
        let severity = paint.severity(severity, format_args!("{}{}", severity.as_str(), usual.unwrap_or_default()));
        let dot = if self.terminal.unicode { '·' } else { '-' };
        let is_off = self.here.is_configured && !self.here.is_on(metadata);
        let off = if is_off { format!(" {dot} off here") } else { String::new() };
        let facts =
            format!("precision {} {dot} profile {}{off}", metadata.precision.as_str(), metadata.profile.as_str());
        writeln!(self.out, "{} {dot} {severity} {dot} {}", escape_control(&metadata.id), paint.dim(facts))?;
        self.section("Why", &metadata.description)?;
        for (language, text) in metadata.remediation.each() {
            let language = language.map(|language| format!(" in {language}")).unwrap_or_default();
            self.section(&format!("How to mend it{language}"), text)?;
        }
        let values = rule.parameters();
        for parameter in &metadata.parameters {
            let listed = |value: &Json| match value.as_array() {
                Some(items) => shortened(items),
                None => value.to_string(),
            };
            let default = Some(listed(&parameter.default)).filter(|text| !text.is_empty());
            let mut text = format!("{} Default: {}.", parameter.description, default.as_deref().unwrap_or("none"));
            if let Some(value) = values.get(&parameter.name).filter(|value| **value != parameter.default) {
                text.push_str(&format!(" Here: {}.", listed(value)));
            }
            self.section(&format!("Parameter {}", parameter.name), &text)?;
        }
        writeln!(self.out)?;
        match &metadata.subject {
            Subject::View(view) => self.fact("Judges", view)?,
            Subject::Resources(types) => self.fact("Judges", &types.join(", "))?,
        }
        // A rule that reads all of its input has an empty path among them.
        let reads: Vec<&str> = rule.reads().iter().map(|path| &**path).filter(|path| !path.is_empty()).collect();
        self.fact("Reads", &reads.join(", "))?;
        self.fact("Requirements", &listed(&metadata.frameworks))?;
        self.fact("Same as", &listed(&metadata.aliases))?;
        self.fact("Similar", &listed(&metadata.related))?;
        let links = metadata.page.iter().chain(&metadata.links).map(String::as_str).collect::<Vec<_>>();
        self.links(&links)?;
        for example in examples(rule.examples()) {
            self.example(&example)?;
        }
        Ok(())
    }

    fn section(&mut self, heading: &str, text: &str) -> io::Result<()> {
        writeln!(self.out, "\n{}", self.paint.bold(heading))?;
        for paragraph in text.trim().split("\n\n") {
            self.wrapped(paragraph, "  ", "  ")?;
        }
        Ok(())
    }

    /// Links, below the table where they have no room in it.
    fn links(&mut self, links: &[&str]) -> io::Result<()> {
        let longest = links.iter().map(|link| link.len()).max().unwrap_or(0);
        if !self.terminal.wraps || WIDTH + 2 + longest <= self.terminal.width {
            return self.fact("Read more", &links.join(" "));
        }
        writeln!(self.out, "{}", self.paint.dim("Read more"))?;
        links.iter().try_for_each(|link| writeln!(self.out, "  {}", escape_control(link)))
    }

    fn fact(&mut self, name: &str, value: &str) -> io::Result<()> {
        if value.is_empty() {
            return Ok(());
        }
        // Styled after wrapping: escape sequences would count as columns.
        let head = format!("{name:WIDTH$}  ");
        let text = textwrap::fill(&escape_control(value), self.options(&head, &" ".repeat(head.len())));
        let styled = text.replacen(name, &self.paint.dim(name), 1);
        writeln!(self.out, "{styled}")
    }

    fn example(&mut self, example: &Example) -> io::Result<()> {
        let language = match example.kind() {
            Kind::Terraform => "Terraform",
            Kind::Policy => "A policy",
            Kind::Template | Kind::Plan => "CloudFormation",
        };
        let heading =
            format!("{language} that {}", example.expected.as_str().replace("open", "depends on what is not known"));
        writeln!(self.out, "\n{}", self.paint.bold(heading))?;
        for (i, line) in example.text.lines().enumerate() {
            match example.lines.contains(&(i + 1)) {
                true => writeln!(self.out, "{} {}", self.paint.bad(">"), self.paint.bad(line))?,
                false if line.is_empty() => writeln!(self.out)?,
                false => writeln!(self.out, "  {}", escape_lines(line))?,
            }
        }
        Ok(())
    }

    fn wrapped(&mut self, text: &str, first: &str, rest: &str) -> io::Result<()> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        writeln!(self.out, "{}", textwrap::fill(&escape_control(&text), self.options(first, rest)))
    }

    fn options<'a>(&self, first: &'a str, rest: &'a str) -> textwrap::Options<'a> {
        fit::options(self.terminal.width.min(100)).initial_indent(first).subsequent_indent(rest)
    }
}

/// The first items of a list, and how many more there are.
fn shortened(items: &[Json]) -> String {
    const MOST: usize = 4;
    let shown = items.iter().take(MOST).filter_map(Json::as_str).collect::<Vec<_>>().join(", ");
    match items.len().saturating_sub(MOST) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

fn listed(tags: &Tags) -> String {
    tags.0.iter().map(|(group, ids)| format!("{group} {}", ids.join(", "))).collect::<Vec<_>>().join("; ")
}
