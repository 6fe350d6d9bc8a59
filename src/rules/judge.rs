//! All rules on all resources of a unit.

use std::cell::RefCell;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::engine::{Denial, Segment};
use super::plan::Plan;
use super::worlds::{Judgement, Leaf, Outcome, Step, explore};
use super::{Rule, RuleSet, worlds};
use crate::diagnostic::{Code, Diagnostic};
use crate::finding::{Finding, Severity, Verdict};
use crate::fix;
use crate::iam::facts::Facts;
use crate::resource::{Format, Resource, Unit};
use crate::source::{Sources, Span};
use crate::value::{Condition, Entry, Origin, Reason, Value, World};
use crate::view::{self, Instance, Instances, Lookup, Memo, Read, Reader, Unreadable, View};

/// Judges a unit. Broken rules are diagnostics, each once.
pub fn judge(unit: &Unit, rules: &RuleSet, sources: &Sources) -> (Vec<Finding>, Vec<Diagnostic>) {
    let index = Instances::new(unit);
    let bench = Bench::new(rules, &index);
    let mut court = Court { sources, broken: FxHashSet::default(), diagnostics: Vec::new() };
    let mut findings = Vec::new();
    for plan in plans(rules, &index) {
        for instance in bench.instances(&plan.view).iter() {
            let case = Case { instance, bench: &bench, memo: Memo::new(plan.slots) };
            for charge in &plan.charges {
                court.judge(&rules.rules()[charge.rule], &charge.reads, &case, &mut findings);
            }
        }
    }
    (findings, court.diagnostics)
}

/// The plans for a unit's resources, in the order of their views' names.
fn plans(rules: &RuleSet, index: &Instances<'_>) -> Vec<Arc<Plan>> {
    let mut plans: Vec<Arc<Plan>> = index.types().flat_map(|ty| rules.plans_of(ty).to_vec()).collect();
    plans.sort_by(|a, b| a.view.name.cmp(&b.view.name));
    plans.dedup_by(|a, b| a.view.name == b.view.name);
    plans
}

/// An instance that rules judge.
struct Case<'a> {
    instance: &'a Instance,
    bench: &'a Bench<'a>,
    memo: Memo,
}

impl Case<'_> {
    fn reader<'w>(&'w self, world: &'w World) -> Reader<'w> {
        let Case { instance, bench, memo } = self;
        Reader { instance, index: bench.index, lookup: *bench, world, depth: 0, memo: Some(memo) }
    }
}

/// The instances of a unit, made per view on first use.
pub(super) struct Bench<'a> {
    rules: &'a RuleSet,
    index: &'a Instances<'a>,
    by_view: RefCell<FxHashMap<Arc<str>, Arc<Vec<Instance>>>>,
}

impl<'a> Bench<'a> {
    /// No instance made yet.
    pub(super) fn new(rules: &'a RuleSet, index: &'a Instances<'a>) -> Self {
        Bench { rules, index, by_view: RefCell::default() }
    }

    /// The views of the unit's resource types, by name.
    pub(super) fn views(&self) -> Vec<Arc<View>> {
        let mut views: Vec<Arc<View>> = self.index.types().flat_map(|ty| self.rules.views_of(ty, &|_| true)).collect();
        views.sort_by(|a, b| a.name.cmp(&b.name));
        views.dedup_by(|a, b| a.name == b.name);
        views
    }

    pub(super) fn instances(&self, view: &Arc<View>) -> Arc<Vec<Instance>> {
        if let Some(known) = self.by_view.borrow().get(&view.name) {
            return Arc::clone(known);
        }
        let made = Arc::new(view::instances(view, self.index));
        self.by_view.borrow_mut().insert(Arc::clone(&view.name), Arc::clone(&made));
        made
    }
}

impl Lookup for Bench<'_> {
    fn instance(&self, view: &str, resource: usize) -> Option<Instance> {
        let view = self.rules.view_named(view)?;
        let instances = self.instances(&view);
        // They are in the order of their resources.
        let found = instances.binary_search_by_key(&Some(resource), Instance::resource).ok();
        found.and_then(|at| instances.get(at)).filter(|instance| instance.main.is_some()).cloned()
    }

    fn meant(&self, view: &str, value: &Value) -> Option<Instance> {
        let named = self.rules.view_named(view)?;
        self.instance(view, view::meant(&named, value, self.index)?)
    }
}

/// Why a rule has no verdict on an instance.
enum Stop {
    NotApplicable,
    Broken(String),
}

/// What a rule says of an instance in a world.
fn step(rule: &Rule, reads: &[Read], case: &Case<'_>, world: &World) -> Result<Step, Stop> {
    let reader = case.reader(world);
    if !Condition::can_all_hold(&case.bench.index.unit.constraints, world) {
        return Ok(Step::Nothing);
    }
    match reader.exists() {
        Ok(true) => {}
        Ok(false) => return Ok(Step::Outcome(Outcome::Absent)),
        Err(undecided) => return Ok(Step::Split(undecided)),
    }
    let readings = match reader.readings(reads) {
        Ok(readings) => readings,
        Err(Unreadable::Undecided(undecided)) => return Ok(Step::Split(undecided)),
        Err(Unreadable::NotApplicable) => return Err(Stop::NotApplicable),
    };
    let program = rule.program().map_err(|message| Stop::Broken(message.to_owned()))?;
    let marks: Vec<u32> = readings.iter().map(|reading| case.bench.rules.marks.of(reading)).collect();
    let denials = program.denials(&marks, || reader.compose(reads, &readings)).map_err(Stop::Broken)?;
    Ok(Step::Outcome(Outcome::Denials(denials)))
}

/// What judging collects on its way.
struct Court<'a> {
    sources: &'a Sources,
    broken: FxHashSet<Arc<str>>,
    diagnostics: Vec<Diagnostic>,
}

/// What fails in every world at one place of the text is one finding, though its number in a list and so its message
/// differ from world to world.
fn at_one_place(mut found: Vec<Finding>) -> Vec<Finding> {
    let Some((first, others)) = found.split_first_mut() else { return found };
    let by_world = |finding: &Finding| finding.verdict == Verdict::Fail && finding.when.is_some();
    if !others.is_empty()
        && by_world(first)
        && others.iter().all(|other| by_world(other) && other.region == first.region)
    {
        first.when = None;
        found.truncate(1);
    }
    found
}

impl Court<'_> {
    fn judge(&mut self, rule: &Rule, reads: &[Read], case: &Case<'_>, findings: &mut Vec<Finding>) {
        if self.broken.contains(&rule.id) {
            return;
        }
        let leaves = match explore(&mut |world| step(rule, reads, case, world)) {
            Ok(leaves) => leaves,
            Err(Stop::NotApplicable) => return,
            Err(Stop::Broken(message)) => return self.report_broken(rule, &message),
        };
        self.report_cut(&leaves, case);
        let Some(severity) = rule.severity() else { return };
        let judgements = worlds::judge(&leaves).into_iter();
        let found = judgements.map(|judgement| self.finding(rule, reads, severity, case, judgement)).collect();
        findings.extend(at_one_place(found));
    }

    /// Says once of a resource that its policy is too long to be judged.
    fn report_cut(&mut self, leaves: &[Leaf], case: &Case<'_>) {
        let is_cut =
            |leaf: &Leaf| matches!(&leaf.outcome, Outcome::Unknown(Reason::Limit(what)) if **what == *Facts::LENGTH);
        let Some(leaf) = leaves.iter().find(|leaf| is_cut(leaf)) else { return };
        let resource = case.reader(&leaf.world).anchor_resource();
        let message =
            format!("the policy of {} is longer than any service accepts: it is not judged", resource.address);
        let diagnostic = Diagnostic::error(Code::Limit, message, resource.header);
        if !self.diagnostics.contains(&diagnostic) {
            self.diagnostics.push(diagnostic);
        }
    }

    fn report_broken(&mut self, rule: &Rule, message: &str) {
        if self.broken.insert(Arc::clone(&rule.id)) {
            self.diagnostics.push(rule.broken(message));
        }
    }

    fn finding(
        &self,
        rule: &Rule,
        reads: &[Read],
        severity: Severity,
        case: &Case<'_>,
        judgement: Judgement,
    ) -> Finding {
        let reader = case.reader(&judgement.world);
        let resource = reader.anchor_resource();
        let (region, origin) = match evidence(reads, &reader, &judgement.denial) {
            Ok(input) => self.locate(&input, &judgement.denial, resource.header),
            Err(_) => (resource.header, Origin::none()),
        };
        let Denial { path, message, severity: own } = judgement.denial;
        let message = if message.is_empty() {
            rule.metadata().map(|metadata| metadata.title.clone()).unwrap_or_default()
        } else {
            message
        };
        let declared = resource.declared();
        // The id that a transform gives tells which of the resources it made is meant.
        let generated = Some(&resource.address).filter(|address| **address != declared.address).cloned();
        let recipe = rule.metadata().and_then(|metadata| metadata.fix.as_ref()).filter(|_| judgement.fails);
        let fixable = matches!(reader.index.unit.format, Format::Terraform | Format::CloudFormation);
        let fix = recipe.filter(|_| fixable).and_then(|recipe| fix::fix(recipe, &reader, self.sources));
        Finding {
            rule: Arc::clone(&rule.id),
            verdict: if judgement.fails { Verdict::Fail } else { Verdict::Open },
            severity: own.unwrap_or(severity),
            message,
            resource: Arc::clone(&declared.address),
            instances: vec![Arc::clone(&declared.address)],
            resource_label: resource.label.clone().or(generated),
            format: reader.index.unit.format,
            resource_type: Arc::clone(&resource.ty),
            region,
            resource_header: declared.header,
            resource_span: declared.span,
            path: dotted(&path),
            origin,
            calls: calls(resource),
            when: judgement.when,
            fix,
            suppressed: None,
        }
    }

    /// What to underline for a denial, and the origin of the value there if it was written elsewhere.
    fn locate(&self, input: &Value, denial: &Denial, header: Span) -> (Span, Origin) {
        let mut region = header;
        let mut origin = Origin::none();
        let mut at = input.clone();
        for segment in &denial.path {
            let next = match segment {
                Segment::Key(key) => at.entry(key).cloned(),
                Segment::Index(index) => at.as_list().and_then(|items| items.get(*index)).map(|item| Entry {
                    key: item.origin.place(),
                    place: None,
                    value: item.clone(),
                }),
            };
            let Some(entry) = next else { break };
            if let Some(span) = entry.region(|span| self.single_line(span)) {
                region = span;
            }
            origin = entry.value.origin.clone();
            at = entry.value;
        }
        let elsewhere = origin.via.is_some() || origin.span.is_some_and(|span| !region.contains(span));
        (self.first_line(region), if elsewhere { origin } else { Origin::none() })
    }

    fn single_line(&self, span: Span) -> bool {
        self.sources.get(span.file).is_some_and(|source| !source.slice(span).contains('\n'))
    }

    /// A span over several lines, cut to its first: annotations show only where every line is part of a change.
    fn first_line(&self, span: Span) -> Span {
        let Some(source) = self.sources.get(span.file) else { return span };
        match source.slice(span).find(['\n', '\r']) {
            Some(end) => Span { end: span.start + end as u32, ..span },
            None => span,
        }
    }
}

/// What a denial may point into: what the rule read of the setting that it names, and all of that setting where it points
/// deep into it. Of a policy, a rule reads the findings and points at a statement.
fn evidence(reads: &[Read], reader: &Reader<'_>, denial: &Denial) -> Result<Value, Unreadable> {
    let Some(Segment::Key(first)) = denial.path.first() else { return Ok(Value::null()) };
    let view = &reader.instance.view;
    if denial.path.len() > 2
        && let Ok(input) = reader.read(&Read::all(view, &[Arc::clone(first)]))
    {
        return Ok(input);
    }
    let is_named = |read: &&Read| read.name(view).is_some_and(|name| name.split('.').next() == Some(first));
    reader.read(&reads.iter().filter(is_named).cloned().collect::<Vec<_>>())
}

fn calls(resource: &Resource) -> Vec<Vec<crate::resource::Call>> {
    if resource.calls.is_empty() { Vec::new() } else { vec![resource.calls.clone()] }
}

fn dotted(path: &[Segment]) -> String {
    let mut text = String::new();
    for segment in path {
        match segment {
            Segment::Key(key) if text.is_empty() => text.push_str(key),
            Segment::Key(key) => {
                text.push('.');
                text.push_str(key);
            }
            Segment::Index(index) => {
                text.push_str(&format!("[{index}]"));
            }
        }
    }
    text
}
