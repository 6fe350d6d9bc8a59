//! A rule, with everything about it that is made only when it is needed.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use serde_json::{Map, Value as Json};

use super::engine::Program;
use super::library::{self, EmbeddedRule};
use super::metadata::{self, Metadata, Parameter, Profile};
use super::reads::{mentions, reads};
use super::shared::Shared;
use crate::diagnostic::{Code, Diagnostic};
use crate::finding::Severity;
use crate::iam::spelling;
use crate::parse::node::Node;
use crate::parse::{json, yaml};
use crate::source::{Source, Span};
use crate::suggest::did_you_mean;
use crate::view::View;

/// A rule.
pub struct Rule {
    /// Its id.
    pub id: Arc<str>,
    /// The name of the view it judges.
    pub view: Arc<str>,
    /// The smallest profile that holds it.
    pub profile: Profile,
    /// For rules on raw resources: the view made for it.
    pub(super) own_view: Option<Arc<View>>,
    written: Written,
    /// Parameters that differ from their defaults.
    configured: Map<String, Json>,
    source: OnceLock<Arc<Source>>,
    reads: OnceLock<Vec<Arc<str>>>,
    metadata: OnceLock<(Option<Arc<Metadata>>, Vec<Diagnostic>)>,
    program: OnceLock<Result<Program, String>>,
}

/// Where a rule is written.
enum Written {
    /// In the library, which knows more of it than its text.
    Library(&'static EmbeddedRule),
    /// By the user.
    User { examples: Arc<str>, shared: Arc<Shared> },
}

impl Rule {
    /// A rule of the library.
    pub(super) fn embedded(rule: &'static EmbeddedRule) -> Rule {
        Rule::new(rule.id.into(), rule.view.into(), rule.profile(), Written::Library(rule))
    }

    /// A rule of the user's. `None` if its metadata does not say what it is; mistakes are diagnostics.
    pub(super) fn user(
        source: Arc<Source>,
        examples: Arc<str>,
        shared: &Arc<Shared>,
    ) -> (Option<Rule>, Vec<Diagnostic>) {
        let (metadata, diagnostics) = written_metadata(&source);
        let Some(metadata) = metadata else { return (None, diagnostics) };
        let (view, own_view) = match &metadata.subject {
            metadata::Subject::View(view) => (Arc::from(view.as_str()), None),
            metadata::Subject::Resources(types) => {
                let view = super::raw::view(&metadata.id, types);
                (Arc::clone(&view.name), Some(Arc::new(view)))
            }
        };
        let rule = Rule {
            own_view,
            source: OnceLock::from(source),
            metadata: OnceLock::from((Some(Arc::clone(&metadata)), Vec::new())),
            ..Rule::new(
                Arc::clone(&metadata.id),
                view,
                metadata.profile,
                Written::User { examples, shared: Arc::clone(shared) },
            )
        };
        (Some(rule), diagnostics)
    }

    fn new(id: Arc<str>, view: Arc<str>, profile: Profile, written: Written) -> Rule {
        Rule {
            id,
            view,
            profile,
            own_view: None,
            written,
            configured: Map::new(),
            source: OnceLock::new(),
            reads: OnceLock::new(),
            metadata: OnceLock::new(),
            program: OnceLock::new(),
        }
    }

    /// What the library knows of it, if it is one of the library's.
    fn library(&self) -> Option<&'static EmbeddedRule> {
        match self.written {
            Written::Library(rule) => Some(rule),
            Written::User { .. } => None,
        }
    }

    /// Its text.
    fn text(&self) -> &str {
        self.library().map_or_else(|| &*self.source().text, |rule| rule.text)
    }

    /// Its examples, as Markdown.
    pub fn examples(&self) -> &str {
        match &self.written {
            Written::Library(rule) => rule.examples,
            Written::User { examples, .. } => examples,
        }
    }

    /// What the rule says about itself.
    pub fn metadata(&self) -> Option<&Arc<Metadata>> {
        self.metadata.get_or_init(|| self.read_metadata()).0.as_ref()
    }

    /// The mistakes in its metadata.
    pub fn metadata_diagnostics(&self) -> &[Diagnostic] {
        &self.metadata.get_or_init(|| self.read_metadata()).1
    }

    fn read_metadata(&self) -> (Option<Arc<Metadata>>, Vec<Diagnostic>) {
        let Some(rule) = self.library() else { return written_metadata(self.source()) };
        let (node, diagnostics) = json::parse(&library::source(rule.path, rule.metadata));
        described(&node, Span::new(library::FILE, 0, rule.text.len()), diagnostics)
    }

    /// The rule's Rego, made ready on first use.
    ///
    /// # Errors
    /// The engine's message if the module does not load.
    pub fn program(&self) -> Result<&Program, &str> {
        let made = self.program.get_or_init(|| self.load());
        made.as_ref().map_err(String::as_str)
    }

    /// The severity of its findings, unless they have one of their own.
    pub(super) fn severity(&self) -> Option<Severity> {
        let known = self.library().and_then(|rule| Severity::parse(rule.severity));
        known.or_else(|| self.metadata().map(|metadata| metadata.severity))
    }

    fn load(&self) -> Result<Program, String> {
        let compiled = self.library().and_then(|rule| Program::compiled(rule.program(), &self.parameters()));
        compiled.map_or_else(|| self.interpreted(), Ok)
    }

    /// Its Rego, read from its text.
    ///
    /// # Errors
    /// The engine's message if the module does not load.
    pub(super) fn interpreted(&self) -> Result<Program, String> {
        // The library's rules have passed their examples: only rules from elsewhere may be hostile.
        let imported = match &self.written {
            Written::Library(_) => Shared::default().imported(self.text()),
            Written::User { shared, .. } => {
                let imported = shared.imported(self.text());
                super::guard::check(self.text(), &imported)?;
                if !self.text().lines().any(denies) {
                    return Err("it has no `deny`: write `deny contains {…} if {…}`".to_owned());
                }
                imported
            }
        };
        Program::new(&self.source().path.to_string_lossy(), self.text(), imported, &self.parameters())
    }

    /// Sets parameters, which must be such as the metadata lists.
    pub(super) fn configure(&mut self, parameters: Map<String, Json>) {
        self.configured = parameters;
        self.program = OnceLock::new();
    }

    /// The parameters that the rule gets: what is configured, else the defaults. The metadata of a rule that reads none
    /// is not looked at.
    pub fn parameters(&self) -> Map<String, Json> {
        let reads_any =
            self.library().map_or_else(|| self.text().contains("input.parameters"), |rule| rule.has_parameters);
        if !reads_any {
            return Map::new();
        }
        let declared = self.metadata().map_or(&[][..], |metadata| &metadata.parameters);
        let value = |parameter: &Parameter| self.configured.get(&parameter.name).unwrap_or(&parameter.default).clone();
        declared.iter().map(|parameter| (parameter.name.clone(), value(parameter))).collect()
    }

    /// The settings it reads, as dotted paths.
    pub fn reads(&self) -> &[Arc<str>] {
        self.reads.get_or_init(|| match self.library() {
            Some(rule) => rule.reads().map(Arc::from).collect(),
            None => reads(self.text()),
        })
    }

    /// The rule's own file.
    pub fn source(&self) -> &Source {
        self.source.get_or_init(|| {
            let (path, text) = self.library().map_or(("", ""), |rule| (rule.path, rule.text));
            Arc::new(library::source(path, text))
        })
    }

    /// A failure of the rule itself, at its place.
    pub fn broken(&self, message: &str) -> Diagnostic {
        let said = message.lines().map(str::trim).find_map(|line| line.strip_prefix("error: "));
        let text = said.unwrap_or_else(|| super::place::without_place(message.trim()));
        let mut diagnostic =
            Diagnostic::error(Code::Rule, format!("rule `{}` does not work: {text}", self.id), self.entry());
        if let Some(span) = super::place::of_message(message, self.source()) {
            diagnostic = diagnostic.at(span);
        }
        if self.library().is_some() {
            diagnostic.span = None;
            diagnostic.file = None;
        }
        diagnostic
    }
}

impl Rule {
    /// The line where its first `deny` begins; the first line if there is none.
    fn entry(&self) -> Span {
        let lines = 1..=self.source().line_starts().len();
        let line = lines.into_iter().find(|line| self.source().line_text(*line).starts_with("deny")).unwrap_or(1);
        let start = self.source().line_starts().get(line - 1).map_or(0, |start| *start as usize);
        Span::new(self.source().id, start, start + self.source().line_text(line).len())
    }

    /// The settings it reads that a view does not have, each with its place and the name that may be meant.
    pub(super) fn unknown_settings(&self, view: &View) -> Vec<Diagnostic> {
        let below = |inner: &str, outer: &str| inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.'));
        let names = || view.settings.keys().map(|name| &**name);
        let known =
            |read: &str| read.is_empty() || names().any(|name| name == read || below(name, read) || below(read, name));
        let text = &self.source().text;
        let denied = super::paths::denied(text).into_iter().map(|(at, path)| (at, super::paths::names(&path)));
        let settable = |name: &str| names().any(|known| known == name || below(name, known));
        let set = self.fixed(|name| !settable(name));
        let unknown = mentions(text).into_iter().chain(denied).filter(|(_, read)| !known(read)).chain(set);
        unknown
            .map(|(at, read)| {
                let span = Span::new(self.source().id, at.start, at.end);
                if self.own_view.is_some() {
                    let message = format!("a rule without a view finds the resource in `values`, and no `{read}`");
                    let help = format!("write `values.{read}`");
                    return Diagnostic::error(Code::Rule, message, span).help(help);
                }
                let message = format!("the view `{}` has no setting `{read}`", view.name);
                let mut diagnostic = Diagnostic::error(Code::Rule, message, span);
                let listed =
                    || format!("it has {}", names().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "));
                diagnostic.help = Some(did_you_mean(&read, names()).unwrap_or_else(listed));
                diagnostic
            })
            .collect()
    }

    /// The settings that its fix sets and for which this holds, with their places in the metadata.
    fn fixed(&self, wrong: impl Fn(&str) -> bool) -> Vec<(Range<usize>, String)> {
        let text = &self.source().text;
        let fix = text.find("fix:").unwrap_or(0);
        let names =
            self.metadata().and_then(|metadata| metadata.fix.as_ref()).into_iter().flat_map(|fix| fix.set.keys());
        let place = |name: &String| {
            let at = fix + text.get(fix..)?.find(name.as_str())?;
            Some((at..at + name.len(), name.clone()))
        };
        names.filter(|name| wrong(name)).filter_map(place).collect()
    }

    /// The resource types it judges that nothing else here mentions, but that differ by a slip from one that is known.
    pub(super) fn unknown_types<'a>(&self, views: impl Iterator<Item = &'a View>) -> Vec<Diagnostic> {
        let Some(metadata::Subject::Resources(types)) = self.metadata().map(|metadata| &metadata.subject) else {
            return Vec::new();
        };
        let mut known: Vec<&str> = library::types().collect();
        known.extend(views.flat_map(|view| &view.shapes).map(|shape| &*shape.ty));
        let unknown = types.iter().filter(|ty| !known.contains(&ty.as_str()));
        let mistake = |ty: &String| {
            // Two letters are a slip in a long name and another name in a short one.
            let close = spelling::nearest(ty, known.iter().copied(), if ty.len() < 12 { 1 } else { 2 })?;
            let at = self.source().text.find(ty.as_str())?;
            let span = Span::new(self.source().id, at, at + ty.len());
            let message = format!("no resource type `{ty}` is known here");
            Some(Diagnostic::warning(Code::Rule, message, span).help(format!("did you mean `{close}`?")))
        };
        unknown.filter_map(mistake).collect()
    }

    /// That the view it judges does not exist, at the place that names it.
    pub(super) fn without_view<'a>(&self, views: impl Iterator<Item = &'a str>) -> Diagnostic {
        let named = self.source().text.find(&format!("view: {}", self.view)).map(|at| at + "view: ".len());
        let span = named.map_or(self.entry(), |at| Span::new(self.source().id, at, at + self.view.len()));
        let mut diagnostic = Diagnostic::error(Code::Rule, format!("there is no view `{}`", self.view), span);
        diagnostic.help = did_you_mean(&self.view, views);
        diagnostic
    }
}

/// Whether a line begins a rule called `deny`.
fn denies(line: &str) -> bool {
    let line = line.trim_start();
    let rest = line.strip_prefix("default").map_or(line, str::trim_start).strip_prefix("deny");
    rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
}

/// The metadata as it is written in the rule's file.
pub(super) fn written_metadata(source: &Source) -> (Option<Arc<Metadata>>, Vec<Diagnostic>) {
    let Some((block, at)) = metadata::block(source) else {
        let start = Span::new(source.id, 0, 0);
        return (None, vec![Diagnostic::error(Code::Rule, "the rule has no `# METADATA` block", start)]);
    };
    let (documents, diagnostics) = yaml::parse(&block);
    match documents.first() {
        Some(node) => described(node, at, diagnostics),
        None => (None, diagnostics),
    }
}

fn described(node: &Node, at: Span, mut diagnostics: Vec<Diagnostic>) -> (Option<Arc<Metadata>>, Vec<Diagnostic>) {
    let (mut metadata, mut more) = Metadata::from_node(node, at);
    diagnostics.append(&mut more);
    if let Some(metadata) = metadata.as_mut().filter(|_| at.file == library::FILE) {
        metadata.page = metadata::page(&metadata.id);
    }
    (metadata.map(Arc::new), diagnostics)
}
