//! A rule, with everything about it that is made only when it is needed.

use std::sync::{Arc, OnceLock};

use serde_json::{Map, Value as Json};

use super::engine::Program;
use super::library::EmbeddedRule;
use super::metadata::{self, Metadata, Parameter, Profile};
use super::reads::reads;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::yaml;
use crate::source::Source;
use crate::view::{Read, View};

/// A rule.
pub struct Rule {
    /// Its id.
    pub id: Arc<str>,
    /// The name of the view it judges.
    pub view: Arc<str>,
    /// The smallest profile that holds it.
    pub profile: Profile,
    /// The settings it reads, as dotted paths.
    pub reads: Vec<Arc<str>>,
    positions: OnceLock<Vec<Read>>,
    /// Its examples, as Markdown.
    pub examples: Arc<str>,
    /// For rules on raw resources: the view made for it.
    pub(super) own_view: Option<Arc<View>>,
    source: Arc<Source>,
    /// Parameters that differ from their defaults.
    configured: Map<String, Json>,
    metadata: OnceLock<(Option<Arc<Metadata>>, Vec<Diagnostic>)>,
    program: OnceLock<Result<Program, String>>,
}

impl Rule {
    /// A rule of the library.
    pub(super) fn embedded(rule: &EmbeddedRule) -> Rule {
        Rule {
            id: rule.id.into(),
            view: rule.view.into(),
            profile: if rule.profile == "strict" { Profile::Strict } else { Profile::Default },
            reads: reads(rule.text),
            positions: OnceLock::new(),
            examples: rule.examples.into(),
            own_view: None,
            source: Arc::new(super::library::source(rule.path, rule.text)),
            configured: Map::new(),
            metadata: OnceLock::new(),
            program: OnceLock::new(),
        }
    }

    /// A rule of the user's. `None` if its metadata does not say what it is; mistakes are diagnostics.
    pub(super) fn user(source: Arc<Source>, examples: Arc<str>) -> (Option<Rule>, Vec<Diagnostic>) {
        let (metadata, diagnostics) = read_metadata(&source);
        let Some(metadata) = metadata else { return (None, diagnostics) };
        let (view, own_view) = match &metadata.subject {
            metadata::Subject::View(view) => (Arc::from(view.as_str()), None),
            metadata::Subject::Resources(types) => {
                let view = super::raw::view(&metadata.id, types);
                (Arc::clone(&view.name), Some(Arc::new(view)))
            }
        };
        let rule = Rule {
            id: Arc::clone(&metadata.id),
            view,
            profile: metadata.profile,
            reads: reads(&source.text),
            positions: OnceLock::new(),
            examples,
            own_view,
            source,
            configured: Map::new(),
            metadata: OnceLock::from((Some(metadata), Vec::new())),
            program: OnceLock::new(),
        };
        (Some(rule), diagnostics)
    }

    /// What the rule says about itself.
    pub fn metadata(&self) -> Option<&Arc<Metadata>> {
        self.metadata.get_or_init(|| read_metadata(&self.source)).0.as_ref()
    }

    /// The mistakes in its metadata.
    pub fn metadata_diagnostics(&self) -> &[Diagnostic] {
        &self.metadata.get_or_init(|| read_metadata(&self.source)).1
    }

    /// The rule's Rego, made ready on first use.
    ///
    /// # Errors
    /// The engine's message if the module does not load.
    pub fn program(&self) -> Result<&Program, &str> {
        let made = self
            .program
            .get_or_init(|| Program::new(&self.source.path.to_string_lossy(), &self.source.text, &self.parameters()));
        made.as_ref().map_err(String::as_str)
    }

    /// Sets parameters, which must be such as the metadata lists.
    pub(super) fn configure(&mut self, parameters: Map<String, Json>) {
        self.configured = parameters;
        self.program = OnceLock::new();
    }

    /// The parameters that the rule gets: what is configured, else the defaults. The metadata of a rule that reads none
    /// is not looked at.
    pub fn parameters(&self) -> Map<String, Json> {
        if !self.source.text.contains("input.parameters") {
            return Map::new();
        }
        let declared = self.metadata().map_or(&[][..], |metadata| &metadata.parameters);
        let value = |parameter: &Parameter| self.configured.get(&parameter.name).unwrap_or(&parameter.default).clone();
        declared.iter().map(|parameter| (parameter.name.clone(), value(parameter))).collect()
    }

    /// What it reads of its view.
    pub(super) fn reads_of(&self, view: &View) -> &[Read] {
        self.positions.get_or_init(|| Read::all(view, &self.reads))
    }

    /// The rule's own file.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// A failure of the rule itself, at its place.
    pub fn broken(&self, message: &str) -> Diagnostic {
        let text =
            message.lines().map(str::trim).filter(|line| line.starts_with("error:")).collect::<Vec<_>>().join(" ");
        let text = if text.is_empty() { message.trim().to_owned() } else { text };
        let mut diagnostic =
            Diagnostic::error(Code::Rule, format!("rule `{}` does not work: {text}", self.id), self.source.span());
        if let Some(span) = super::place::of_message(message, &self.source) {
            diagnostic = diagnostic.at(span);
        }
        if self.source.id.0 == u32::MAX {
            diagnostic.span = None;
            diagnostic.file = None;
        }
        diagnostic
    }
}

fn read_metadata(source: &Source) -> (Option<Arc<Metadata>>, Vec<Diagnostic>) {
    let Some((block, at)) = metadata::block(source) else {
        let start = crate::source::Span::new(source.id, 0, 0);
        return (None, vec![Diagnostic::error(Code::Rule, "the rule has no `# METADATA` block", start)]);
    };
    let (documents, mut diagnostics) = yaml::parse(&block);
    let Some(node) = documents.first() else { return (None, diagnostics) };
    let (metadata, mut more) = Metadata::from_node(node, at);
    diagnostics.append(&mut more);
    (metadata.map(Arc::new), diagnostics)
}
