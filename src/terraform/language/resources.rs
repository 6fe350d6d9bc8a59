//! What Terraform itself reads in resource and module blocks.

use super::expressions::{boolean, is_resource, keyword, names, roots, walk};
use super::settings::provider_name;
use super::{Problems, conditions, dynamic, versions};
use crate::parse::hcl::ast::{Block, Body, Expr, ExprKind, ObjectItem};

pub(super) fn check(block: &Block, primary: bool, problems: &mut Problems) {
    let body = &block.body;
    repetition(body, problems);
    dependencies(body, primary, problems);
    dynamic::check(body, problems);
    if let Some(attribute) = body.attribute("provider") {
        match names(&attribute.expr).as_deref() {
            Some([name] | [name, _]) => provider_name(name, attribute.expr.span, problems),
            None if matches!(attribute.expr.kind, ExprKind::Call(_) | ExprKind::Tuple(_) | ExprKind::Object(_)) => {
                problems.add(attribute.expr.span, "a provider reference is name or name.alias");
            }
            Some(_) => problems.add(attribute.expr.span, "a provider reference is name or name.alias"),
            None => {}
        }
    }
    let mut seen = false;
    for lifecycle in body.blocks_of("lifecycle") {
        if std::mem::replace(&mut seen, true) && primary {
            problems.add(lifecycle.header, "a resource has one lifecycle block only");
        }
        check_lifecycle(&block.kind.name, &lifecycle.body, primary, problems);
        references_to_itself(block, &lifecycle.body, problems);
    }
    if &*block.kind.name == "resource" {
        body.blocks_of("provisioner").for_each(|provisioner| check_provisioner(provisioner, problems));
        if body.blocks_of("provisioner").any(runs_on_destruction) {
            body.blocks_of("connection").for_each(|connection| check_at_destruction(&connection.body, problems));
        }
        once(body, "connection", problems);
    }
    for reserved in body.blocks_of("locals") {
        problems.add(reserved.header, format!("\"locals\" is reserved in a {} block", block.kind.name));
    }
    once(body, "_", problems);
}

pub(super) fn once(body: &Body, kind: &str, problems: &mut Problems) {
    for again in body.blocks_of(kind).skip(1) {
        problems.add(again.header, format!("there is one {kind} block only"));
    }
}

/// Of `count`, `for_each` and `enabled` there is one at most.
fn repetition(body: &Body, problems: &mut Problems) {
    let lifecycles = body.blocks_of("lifecycle");
    let enabled = lifecycles.filter_map(|lifecycle| lifecycle.body.attribute("enabled"));
    let given = [body.attribute("count"), body.attribute("for_each")].into_iter().flatten().chain(enabled);
    for another in given.skip(1) {
        problems.add(another.name.span, "count, for_each and enabled exclude each other");
    }
}

/// `depends_on` is a list of references, and is not overridden.
pub(super) fn dependencies(body: &Body, primary: bool, problems: &mut Problems) {
    let Some(attribute) = body.attribute("depends_on") else { return };
    if !primary {
        problems.add(attribute.name.span, "depends_on cannot be overridden");
        return;
    }
    let ExprKind::Tuple(items) = &attribute.expr.kind else {
        if !matches!(attribute.expr.kind, ExprKind::Invalid) {
            problems.add(attribute.expr.span, "depends_on is a list of references");
        }
        return;
    };
    for item in items {
        let wrong = match names(item).as_deref() {
            Some(["action" | "each" | "count" | "path" | "self" | "terraform", ..] | [_]) => true,
            Some(_) => false,
            // Quoted references are an older spelling.
            None => !matches!(item.kind, ExprKind::String(_) | ExprKind::Invalid),
        };
        if wrong {
            problems.add(item.span, "depends_on takes references to resources, data sources and modules");
        }
    }
}

fn check_lifecycle(kind: &str, body: &Body, primary: bool, problems: &mut Problems) {
    let known: &[&str] = match kind {
        "resource" => &[
            "create_before_destroy",
            "prevent_destroy",
            "destroy",
            "ignore_changes",
            "replace_triggered_by",
            "enabled",
        ],
        _ => &["enabled"],
    };
    for attribute in body.attributes.iter().filter(|attribute| !known.contains(&&*attribute.name.name)) {
        let message = format!("the lifecycle of {kind} blocks has no argument \"{}\"", attribute.name.name);
        problems.add(attribute.name.span, message);
    }
    let blocks = ["precondition", "postcondition", "action_trigger"];
    for inner in body.blocks.iter().filter(|inner| !blocks.contains(&&*inner.kind.name)) {
        problems.add(inner.header, format!("lifecycle has no block \"{}\" in it", inner.kind.name));
    }
    for trigger in body.blocks_of("action_trigger") {
        for name in ["events", "actions"].into_iter().filter(|name| trigger.body.attribute(name).is_none()) {
            problems.add(trigger.header, format!("an action trigger needs {name}"));
        }
    }
    boolean(body, "create_before_destroy", problems);
    boolean(body, "prevent_destroy", problems);
    if let Some(attribute) = body.attribute("ignore_changes") {
        ignored(&attribute.expr, problems);
    }
    match body.attribute("replace_triggered_by").map(|own| &own.expr) {
        Some(Expr { kind: ExprKind::Tuple(items), .. }) => {
            items.iter().filter(|item| !is_trigger(item)).for_each(|item| {
                problems.add(item.span, "replace_triggered_by takes references to resources or their attributes");
            });
        }
        None | Some(Expr { kind: ExprKind::Invalid, .. }) => {}
        Some(other) => problems.add(other.span, "replace_triggered_by is a list of references"),
    }
    conditions(body, primary, problems);
}

/// The conditions of a resource do not refer to it but by `self`.
fn references_to_itself(block: &Block, lifecycle: &Body, problems: &mut Problems) {
    let [ty, name] = block.labels.as_slice() else { return };
    let (ty, name) = (&*ty.name, &*name.name);
    let conditions = lifecycle.blocks.iter().filter(|b| matches!(&*b.kind.name, "precondition" | "postcondition"));
    for attribute in conditions.flat_map(|condition| &condition.body.attributes) {
        walk(&attribute.expr, &mut |expr| {
            let itself = match names(expr).as_deref() {
                Some([first, second]) => &*block.kind.name == "resource" && *first == ty && *second == name,
                Some(["data", first, second]) => &*block.kind.name == "data" && *first == ty && *second == name,
                _ => false,
            };
            if itself && matches!(expr.kind, ExprKind::GetAttr(..)) {
                problems.add(expr.span, "a condition of a resource refers to it as self");
            }
        });
    }
}

/// `ignore_changes` is `all`, or a list of attributes with constant keys.
fn ignored(expr: &Expr, problems: &mut Problems) {
    match &expr.kind {
        ExprKind::Variable(word) if &*word.name == "all" => {}
        ExprKind::Tuple(items) => {
            for item in items {
                if matches!(&item.kind, ExprKind::String(text) if text.as_str() == "*") {
                    problems.add(item.span, "to ignore all changes, write ignore_changes = all");
                } else if !is_path(item) {
                    problems.add(item.span, "ignore_changes takes attributes with constant keys");
                }
            }
        }
        ExprKind::Invalid => {}
        _ => problems.add(expr.span, "ignore_changes is all or a list of attributes"),
    }
}

/// Whether an expression is a path of attributes with constant keys; quoted ones are an older spelling.
fn is_path(expr: &Expr) -> bool {
    let mut at = expr;
    loop {
        match &at.kind {
            ExprKind::GetAttr(base, _) => at = base,
            ExprKind::Index(base, key) if matches!(key.kind, ExprKind::String(_) | ExprKind::Number(_)) => at = base,
            ExprKind::Variable(_) | ExprKind::String(_) | ExprKind::Invalid => return true,
            _ => return false,
        }
    }
}

/// Whether an expression is a reference to a resource whose indexes are constants, `count.index` or `each.key`.
fn is_trigger(expr: &Expr) -> bool {
    if let ExprKind::String(_) | ExprKind::Invalid = expr.kind {
        return true;
    }
    let indexes = |expr: &Expr| {
        let mut at = expr;
        loop {
            match &at.kind {
                ExprKind::GetAttr(base, _) => at = base,
                ExprKind::Index(base, key) => {
                    let named = names(key);
                    let known = matches!(named.as_deref(), Some(["count", "index"] | ["each", "key" | "value"]));
                    if !known && !matches!(key.kind, ExprKind::String(_) | ExprKind::Number(_)) {
                        return false;
                    }
                    at = base;
                }
                _ => return true,
            }
        }
    };
    names(expr).is_some_and(|names| is_resource(&names)) && indexes(expr)
}

/// Provisioners of vendors that Terraform has dropped.
/// <https://developer.hashicorp.com/terraform/language/upgrade-guides>, version 0.15
const DROPPED: [&str; 4] = ["chef", "habitat", "puppet", "salt-masterless"];

fn check_provisioner(block: &Block, problems: &mut Problems) {
    let Some(label) = block.labels.first().filter(|_| block.labels.len() == 1) else {
        problems.add(block.header, "a provisioner block has one label");
        return;
    };
    if DROPPED.contains(&&*label.name) {
        problems.add(label.span, format!("the provisioner \"{}\" no longer exists", label.name));
    }
    for (name, known) in [("when", ["create", "destroy"]), ("on_failure", ["continue", "fail"])] {
        if let Some(attribute) = block.body.attribute(name)
            && !word_of(&attribute.expr).is_some_and(|word| known.contains(&word))
        {
            problems.add(attribute.expr.span, format!("{name} is {} or {}", known[0], known[1]));
        }
    }
    if runs_on_destruction(block) {
        check_at_destruction(&block.body, problems);
        block.body.blocks_of("connection").for_each(|connection| check_at_destruction(&connection.body, problems));
    }
    let reserved = |kind: &str| !matches!(kind, "connection" | "_" | "dynamic") && RESERVED.contains(&kind);
    for inner in block.body.blocks.iter().filter(|inner| reserved(&inner.kind.name)) {
        problems.add(inner.header, format!("\"{}\" is reserved in a provisioner block", inner.kind.name));
    }
    once(&block.body, "connection", problems);
    once(&block.body, "_", problems);
}

fn runs_on_destruction(provisioner: &Block) -> bool {
    provisioner.body.attribute("when").is_some_and(|when| word_of(&when.expr) == Some("destroy"))
}

/// A keyword, which an older spelling has in quotes.
pub(super) fn word_of(expr: &Expr) -> Option<&str> {
    match &expr.kind {
        ExprKind::String(text) => Some(text.as_str()),
        _ => keyword(expr),
    }
}

/// When a resource is destroyed, its provisioners know nothing but itself.
/// <https://developer.hashicorp.com/terraform/language/resources/provisioners/syntax#destroy-time-provisioners>
fn check_at_destruction(body: &Body, problems: &mut Problems) {
    const KNOWN: [&str; 5] = ["self", "path", "terraform", "count", "each"];
    let arguments = body.attributes.iter().filter(|own| !matches!(&*own.name.name, "when" | "on_failure"));
    for root in arguments.flat_map(|argument| roots(&argument.expr)).filter(|root| !KNOWN.contains(&&*root.name)) {
        let message = format!("a provisioner that runs on destruction cannot refer to {}", root.name);
        problems.add(root.span, message);
    }
}

/// Names that no block of a provisioner has.
const RESERVED: [&str; 5] = ["lifecycle", "provisioner", "count", "for_each", "depends_on"];

pub(super) fn module(block: &Block, primary: bool, problems: &mut Problems) {
    let body = &block.body;
    repetition(body, problems);
    dependencies(body, primary, problems);
    if let Some(providers) = body.attribute("providers")
        && let ExprKind::Tuple(_) | ExprKind::String(_) | ExprKind::Number(_) | ExprKind::Bool(_) = providers.expr.kind
    {
        problems.add(providers.expr.span, "providers is an object of provider references");
    }
    if let Some(ExprKind::Object(items)) = body.attribute("providers").map(|providers| &providers.expr.kind) {
        check_passed(items, problems);
    }
    let Some(source) = body.attribute("source") else {
        if primary {
            problems.warn(block.header, "a module call needs source");
        }
        return;
    };
    versions::argument(body, "version", problems);
    if let ExprKind::Tuple(_) | ExprKind::Object(_) = source.expr.kind {
        problems.add(source.expr.span, "the source of a module is text");
    }
    if let ExprKind::String(address) = &source.expr.kind
        && is_bare(address.as_str())
    {
        problems.add(source.expr.span, "this is no module source; a path in the repository starts with ./ or ../");
    }
    let version = body.attribute("version").map(|version| &version.expr.kind);
    let (Some(ExprKind::String(_)), ExprKind::String(address)) = (version, &source.expr.kind) else { return };
    if !is_registry(address.as_str()) {
        problems.add(source.expr.span, "a module with a version comes from a registry: namespace/name/provider");
    }
}

/// Whether a source is a bare name or path: neither a local path nor an address of a registry or another host.
/// <https://developer.hashicorp.com/terraform/language/modules/sources>
fn is_bare(source: &str) -> bool {
    let address = source.split("//").next().unwrap_or(source);
    !address.contains([':', '.', '~', '\\']) && !address.starts_with('/') && address.split('/').count() < 3
}

/// Providers that are passed to a module: each once, by a reference.
fn check_passed(items: &[ObjectItem], problems: &mut Problems) {
    let mut seen = Vec::new();
    for item in items {
        if let Some(names) = names(&item.key) {
            if seen.contains(&names) {
                problems.add(item.key.span, "this provider is passed twice");
            }
            seen.push(names);
        }
        if !matches!(item.value.kind, ExprKind::String(_) | ExprKind::Invalid) && names(&item.value).is_none() {
            problems.add(item.value.span, "a provider reference is name or name.alias");
        }
    }
}

/// Whether a source is `[host/]namespace/name/provider[//folder]`.
/// <https://developer.hashicorp.com/terraform/internals/module-registry-protocol#module-addresses>
fn is_registry(source: &str) -> bool {
    let address = source.split("//").next().unwrap_or(source);
    let parts: Vec<&str> = address.split('/').collect();
    let name = |part: &&str| {
        let legal = part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
        let edge = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        legal && edge(part.chars().next()) && edge(part.chars().next_back())
    };
    let host = |part: &str| {
        let bare = part.split(':').next().unwrap_or(part);
        bare.contains('.') && bare.split('.').all(|label| name(&label))
    };
    match parts.as_slice() {
        [a, b, c] => [a, b, c].into_iter().all(name),
        [first, a, b, c] => host(first) && [a, b, c].into_iter().all(name),
        _ => false,
    }
}
