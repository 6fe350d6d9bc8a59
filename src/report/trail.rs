//! The way of a value, and the calls that lead to a resource, as steps that reports can print.

use crate::finding::{Finding, Verdict};
use crate::resource::Call;
use crate::source::Span;
use crate::value::HopKind;

/// One place on the way from where a value was written to where it has its effect.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Step {
    pub(crate) span: Span,
    /// `written`, `undecided`, `reference`, `argument`, `output`, `computed`, `generated`, `call`; reports add `resource` and `effect`.
    pub(crate) kind: &'static str,
    /// The name that was used there.
    pub(crate) name: Option<String>,
}

impl Step {
    /// What happens there, as a short phrase.
    pub(crate) fn text(&self) -> String {
        let name = self.name.as_deref().unwrap_or_default();
        match self.kind {
            "written" => "the value is written here".to_string(),
            "undecided" => "this decides".to_string(),
            "reference" => format!("passed on as `{name}`"),
            "argument" => format!("passed as argument `{name}`"),
            "output" => format!("comes out as `{name}`"),
            "computed" => format!("computed by `{name}`"),
            "generated" => format!("generated: {name}"),
            "call" => format!("reached through `{name}`"),
            "effect" => format!("decides for `{name}`"),
            _ => format!("`{name}` is declared here"),
        }
    }
}

/// The way of the value that decides, from where it was written; empty when it is written at the finding's region.
pub(crate) fn origin(finding: &Finding) -> Vec<Step> {
    let kind = if finding.verdict == Verdict::Open { "undecided" } else { "written" };
    let written = finding.origin.span.map(|span| Step { span, kind, name: None });
    let mut hops: Vec<Step> = finding.origin.hops().map(|hop| step(hop.span, &hop.kind)).collect();
    hops.reverse();
    let mut steps: Vec<Step> = written.into_iter().chain(hops).collect();
    // The value's own expression and the last hop are usually the region itself.
    steps.retain(|step| !finding.region.contains(step.span));
    steps.dedup_by(|later, first| {
        let same = later.span == first.span;
        // What the value is handed to says more than the reference that hands it on.
        if same && first.kind == "reference" {
            std::mem::swap(first, later);
        }
        same
    });
    steps
}

/// The calls by which the resource is reached, those of each way outermost first; each place once, of the first `most`
/// ways.
pub(crate) fn calls(finding: &Finding, most: usize) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for call in finding.calls.iter().take(most).flatten() {
        if !steps.iter().any(|step| step.span == call.span) {
            steps.push(self::call(call));
        }
    }
    steps
}

/// A call as a step.
pub(crate) fn call(call: &Call) -> Step {
    Step { span: call.span, kind: "call", name: Some(call.address.to_string()) }
}

fn step(span: Span, kind: &HopKind) -> Step {
    let (kind, name) = match kind {
        HopKind::Reference(name) => ("reference", name),
        HopKind::Argument(name) => ("argument", name),
        HopKind::Output(name) => ("output", name),
        HopKind::Computed(name) => ("computed", name),
        HopKind::Generated(reason) => ("generated", reason),
    };
    Step { span, kind, name: Some(name.to_string()) }
}
