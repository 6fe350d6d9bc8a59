//! Modules that rules share: the library's, and the user's `lib/*.rego`.

use std::sync::Arc;

use regorus::Engine;

use super::code::code;
use super::library::LIBRARIES;
use super::{guard, modules, place, recursion};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Source;

/// The modules of the user's that rules may import. One with the package of a module of the library's takes its place.
#[derive(Default)]
pub(super) struct Shared(Vec<Module>);

struct Module {
    package: String,
    source: Arc<Source>,
}

impl Shared {
    /// The modules that work. What is wrong with others is a diagnostic.
    pub(super) fn new<'s>(sources: impl Iterator<Item = &'s Arc<Source>>) -> (Shared, Vec<Diagnostic>) {
        let (mut shared, mut diagnostics) = (Shared::default(), Vec::new());
        for source in sources {
            match package(source) {
                Ok(package) => shared.0.push(Module { package, source: Arc::clone(source) }),
                Err(message) => {
                    let said = message.lines().map(str::trim).find_map(|line| line.strip_prefix("error: "));
                    let text = said.unwrap_or_else(|| place::without_place(message.trim()));
                    let span = place::of_message(&message, source).unwrap_or(source.span());
                    diagnostics.push(Diagnostic::error(Code::Rule, format!("the module does not work: {text}"), span));
                }
            }
        }
        (shared, diagnostics)
    }

    /// What a rule imports: the paths and texts of modules.
    pub(super) fn imported(&self, rule: &str) -> Vec<(String, String)> {
        let own = self.0.iter().filter(|module| rule.contains(&format!("data.{}", module.package)));
        let own = own.map(|module| (module.source.path.to_string_lossy().into_owned(), module.source.text.to_string()));
        let replaced = |name: &str| self.0.iter().any(|module| module.package == modules::package(name));
        let library = LIBRARIES.iter().filter(|(name, _)| modules::imports(rule, name) && !replaced(name));
        own.chain(library.map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))).collect()
    }
}

/// The package of a module that works by itself. It imports nothing: so no module can call back into another, which the
/// engine would follow until its stack overflows.
fn package(source: &Source) -> Result<String, String> {
    guard::check(&source.text, &[])?;
    let mut engine = Engine::new();
    let package = engine.add_policy(source.path.to_string_lossy().into_owned(), source.text.to_string());
    let package = package.map_err(|error| error.to_string())?.trim_start_matches("data.").to_owned();
    match recursion::mention_of_data(&source.text, &code(&source.text)) {
        Some(at) => Err(format!("{}: a module that rules share imports no other", guard::place(&source.text, at))),
        None => Ok(package),
    }
}
