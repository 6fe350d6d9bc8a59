//! The rules of a run: the library's and the user's, as far as they are selected.

use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Map, Value as Json};

use super::library::{RULES, VIEWS};
use super::marks::Marks;
use super::metadata::{Metadata, Profile, Tags};
use super::plan::Plan;
use super::shared::Shared;
use super::{Rule, library};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::iam::pattern::Pattern;
use crate::source::Source;
use crate::suggest::did_you_mean;
use crate::view::{self, View};

/// Which rules to run.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// The profile.
    pub profile: Profile,
    /// If not empty: only these, whatever the profile; `ALL` for all.
    pub select: Vec<String>,
    /// All but these.
    pub ignore: Vec<String>,
}

impl Selection {
    /// Whether it holds the rule with this id, which is in this profile and all larger ones.
    pub fn takes(&self, id: &str, profile: Profile) -> bool {
        let listed = |list: &[String]| list.iter().any(|name| name == id || name == "ALL");
        let wanted = if self.select.is_empty() { profile <= self.profile } else { listed(&self.select) };
        wanted && !listed(&self.ignore)
    }
}

/// The plans for a resource type.
type Plans = Arc<[Arc<Plan>]>;

/// A set of rules and the views they need.
#[derive(Default)]
pub struct RuleSet {
    rules: Vec<Arc<Rule>>,
    by_view: FxHashMap<Arc<str>, Judges>,
    /// The plans for what resource types there were.
    plans: RwLock<FxHashMap<Box<str>, Plans>>,
    user_views: Vec<Arc<View>>,
    /// The ids of the user's rules, selected or not.
    own: FxHashSet<Arc<str>>,
    pub(super) marks: Marks,
}

/// The rules that judge a view.
#[derive(Default)]
struct Judges {
    /// Their places in the set.
    rules: Vec<usize>,
    plan: OnceLock<Arc<Plan>>,
}

impl RuleSet {
    /// The library's rules that are selected, and all of the user's `files` (`*.view.yaml`, `rule.rego` with the
    /// `examples.md` beside it, `lib/*.rego` that these import) that are. A rule of the user's takes the place of the
    /// library's with the same id, a view of the one with the same name, a module of the one with the same package. An id
    /// that no rule has is a diagnostic.
    pub fn new(selection: &Selection, files: &[UserFile]) -> (RuleSet, Vec<Diagnostic>) {
        let mut set = RuleSet::default();
        let mut diagnostics = Vec::new();
        for file in files.iter().filter(|file| file.kind == UserFileKind::View) {
            let (view, mut more) = view::load(&file.source);
            diagnostics.append(&mut more);
            let Some(view) = view else { continue };
            match set.user_views.iter().any(|other| other.name == view.name) {
                false => set.user_views.push(Arc::new(view)),
                true => {
                    let message = format!("there is another view `{}`", view.name);
                    diagnostics.push(Diagnostic::error(Code::Rule, message, file.source.span()));
                }
            }
        }
        let modules = files.iter().filter(|file| file.kind == UserFileKind::Module);
        let (shared, mut more) = Shared::new(modules.map(|file| &file.source));
        diagnostics.append(&mut more);
        let own = files.iter().filter(|file| matches!(file.kind, UserFileKind::Rule { .. }));
        let own = set.user_rules(own, &Arc::new(shared), &mut diagnostics);
        set.own = own.iter().map(|rule| Arc::clone(&rule.id)).collect();
        for embedded in RULES {
            if selection.takes(embedded.id, embedded.profile()) && !set.own.contains(embedded.id) {
                set.add(Rule::embedded(embedded));
            }
        }
        for rule in own.into_iter().filter(|rule| selection.takes(&rule.id, rule.profile)) {
            set.user_views.extend(rule.own_view.clone());
            set.add(rule);
        }
        for id in selection.select.iter().chain(&selection.ignore) {
            if id != "ALL" && !set.known().any(|known| known == id) {
                let mut diagnostic =
                    Diagnostic::new(Level::Error, Code::Configuration, format!("there is no rule `{id}`"));
                diagnostic.help = set.hint(id);
                diagnostics.push(diagnostic);
            }
        }
        (set, diagnostics)
    }

    /// The user's rules that work, each id once.
    fn user_rules<'f>(
        &self,
        files: impl Iterator<Item = &'f UserFile>,
        shared: &Arc<Shared>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<Rule> {
        let mut ids = FxHashSet::default();
        let mut rules = Vec::new();
        for file in files {
            let UserFileKind::Rule { examples } = &file.kind else { continue };
            let (rule, mut more) = Rule::user(Arc::clone(&file.source), Arc::clone(examples), shared);
            diagnostics.append(&mut more);
            let Some(rule) = rule else { continue };
            if !ids.insert(Arc::clone(&rule.id)) {
                let message = format!("there is another rule `{}`", rule.id);
                diagnostics.push(Diagnostic::error(Code::Rule, message, file.source.span()));
                continue;
            }
            if let Err(message) = rule.program() {
                diagnostics.push(rule.broken(message));
                continue;
            }
            let Some(view) = rule.own_view.clone().or_else(|| self.view_named(&rule.view)) else {
                let own = self.user_views.iter().map(|view| &*view.name);
                let library = VIEWS.iter().map(|view| view.name);
                diagnostics.push(rule.without_view(own.chain(library)));
                continue;
            };
            diagnostics.extend(rule.unknown_types(self.user_views.iter().map(|view| &**view)));
            let mut unknown = rule.unknown_settings(&view);
            match unknown.is_empty() {
                true => rules.push(rule),
                false => diagnostics.append(&mut unknown),
            }
        }
        rules
    }

    fn add(&mut self, rule: Rule) {
        self.by_view.entry(Arc::clone(&rule.view)).or_default().rules.push(self.rules.len());
        self.rules.push(Arc::new(rule));
    }

    /// Sets parameters of a rule, which must be such as its metadata lists. Rules that are not in the set stay out.
    pub fn configure(&mut self, id: &str, parameters: Map<String, Json>) {
        let rule = self.rules.iter_mut().find(|rule| &*rule.id == id).and_then(Arc::get_mut);
        if let Some(rule) = rule {
            rule.configure(parameters);
        }
    }

    /// The metadata of a rule of this id, in the set or in the library.
    pub fn metadata_of(&self, id: &str) -> Option<Arc<Metadata>> {
        if let Some(rule) = self.rule(id) {
            return rule.metadata().cloned();
        }
        let embedded = RULES.iter().find(|rule| rule.id == id)?;
        Rule::embedded(embedded).metadata().cloned()
    }

    /// The ids of all rules there are, selected or not.
    pub fn known(&self) -> impl Iterator<Item = &str> + Clone {
        let library = RULES.iter().map(|rule| rule.id).filter(|id| !self.own.contains(*id));
        self.own.iter().map(|id| &**id).chain(library)
    }

    /// What may be meant by an id that no rule has: `ALL`, the rules that a pattern would stand for, those that ask what
    /// the check of another linter asks, or the closest id.
    pub fn hint(&self, id: &str) -> Option<String> {
        if id.eq_ignore_ascii_case("all") {
            return Some("did you mean `ALL`?".to_owned());
        }
        if id.contains('*') {
            let pattern = Pattern::any_case(id);
            let mut meant: Vec<&str> = self.known().filter(|known| pattern.matches(known).is_true()).collect();
            meant.sort_unstable();
            let stands = if meant.is_empty() { String::new() } else { format!(": {}", some_of(&meant)) };
            return Some(format!("rules are named one by one{stands}"));
        }
        let library =
            RULES.iter().filter(|rule| !self.own.contains(rule.id)).map(|rule| Arc::new(Rule::embedded(rule)));
        let metadata: Vec<Arc<Metadata>> =
            library.chain(self.rules.iter().cloned()).filter_map(|rule| rule.metadata().cloned()).collect();
        let with = |tags: fn(&Metadata) -> &Tags| {
            let wanted = crate::suppress::alias(id);
            let has =
                |rule: &&Arc<Metadata>| tags(rule).iter().any(|(_, check)| crate::suppress::alias(check) == wanted);
            let mut ids: Vec<&str> = metadata.iter().filter(has).map(|rule| &*rule.id).collect();
            ids.sort_unstable();
            ids.dedup();
            (!ids.is_empty()).then(|| some_of(&ids))
        };
        with(|rule| &rule.aliases)
            .map(|ids| format!("its name here is {ids}"))
            .or_else(|| with(|rule| &rule.related).map(|ids| format!("it is similar to {ids}")))
            .or_else(|| did_you_mean(id, self.known()))
    }

    /// The ids of the rules that come with the program.
    pub fn built_in() -> impl ExactSizeIterator<Item = &'static str> {
        RULES.iter().map(|rule| rule.id)
    }

    /// The rules, in the order of the library, the user's last.
    pub fn rules(&self) -> &[Arc<Rule>] {
        &self.rules
    }

    /// The rule of this id.
    pub fn rule(&self, id: &str) -> Option<&Arc<Rule>> {
        self.rules.iter().find(|rule| &*rule.id == id)
    }

    /// The metadata of all rules.
    pub fn metadata(&self) -> Vec<Arc<Metadata>> {
        self.rules.iter().filter_map(|rule| rule.metadata().cloned()).collect()
    }

    /// The rules that judge a view.
    pub fn of_view(&self, view: &str) -> impl Iterator<Item = &Arc<Rule>> {
        self.by_view.get(view).into_iter().flat_map(|judges| &judges.rules).map(|at| &self.rules[*at])
    }

    /// The plans of the views that describe a resource type and that some rule of the set judges. Others are not even read.
    pub(super) fn plans_of(&self, ty: &str) -> Plans {
        if let Some(known) = self.plans.read().unwrap_or_else(PoisonError::into_inner).get(ty) {
            return Arc::clone(known);
        }
        let plan = |view: Arc<View>| {
            let judges = self.by_view.get(&view.name)?;
            Some(Arc::clone(judges.plan.get_or_init(|| Arc::new(Plan::new(view, &judges.rules, &self.rules)))))
        };
        let views = self.views_of(ty, &|name| self.by_view.contains_key(name));
        let made: Plans = views.into_iter().filter_map(plan).collect();
        self.plans.write().unwrap_or_else(PoisonError::into_inner).insert(ty.into(), Arc::clone(&made));
        made
    }

    /// The views that describe a resource type, as main resource or companion, as far as their names are wanted.
    pub(super) fn views_of(&self, ty: &str, wanted: &dyn Fn(&str) -> bool) -> Vec<Arc<View>> {
        let own = self.user_views.iter().filter(|view| wanted(&view.name) && view.covers(ty)).cloned();
        let replaced = |name: &str| self.user_views.iter().any(|view| &*view.name == name);
        let taken = |name: &str| wanted(name) && !replaced(name);
        let library = library::views_of(ty).iter().filter(|number| taken(VIEWS[**number].name));
        library.filter_map(|number| library::view(*number)).chain(own).collect()
    }

    /// The view of this name.
    pub fn view_named(&self, name: &str) -> Option<Arc<View>> {
        let own = self.user_views.iter().find(|view| &*view.name == name).cloned();
        own.or_else(|| library::view_named(name))
    }

    /// The names of the library's views.
    pub fn view_names() -> impl Iterator<Item = &'static str> {
        VIEWS.iter().map(|view| view.name)
    }
}

/// The first of some ids, and how many more there are.
fn some_of(ids: &[&str]) -> String {
    const MOST: usize = 5;
    let shown: Vec<String> = ids.iter().take(MOST).map(|id| format!("`{id}`")).collect();
    match ids.len().saturating_sub(MOST) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// A file of the user's rules folder.
#[derive(Clone, Debug)]
pub struct UserFile {
    /// The file.
    pub source: Arc<Source>,
    /// What is in it.
    pub kind: UserFileKind,
}

/// What a file of the user's rules folder is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum UserFileKind {
    /// A view.
    View,
    /// A rule, with the text of the `examples.md` beside it.
    Rule {
        /// That text; empty if there is none.
        examples: Arc<str>,
    },
    /// A module that rules import.
    Module,
}
