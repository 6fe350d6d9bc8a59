//! What an expression of a plan's configuration refers to.

use rustc_hash::FxHashSet;

use crate::parse::node::Node;
use crate::value::Reference;

/// The addresses of all resources of a plan.
pub(super) type Addresses<'n> = FxHashSet<&'n str>;

/// The most steps from a reference through variables and outputs to the resource behind it.
const MAX_STEPS: usize = 32;

/// Where the expressions of one resource stand.
pub(super) struct Place<'n> {
    /// The configurations of the modules from the root down to the resource's, each with its instance's address.
    modules: Vec<(String, Option<&'n Node>)>,
    addresses: &'n Addresses<'n>,
    /// The resource's address within its module.
    name: &'n str,
}

impl<'n> Place<'n> {
    /// The place of the resource at `address` in the module at `module`, below the root module's `configuration`.
    pub(super) fn new(
        configuration: Option<&'n Node>,
        module: &'n str,
        addresses: &'n Addresses<'n>,
        address: &'n str,
    ) -> Self {
        let mut modules = vec![(String::new(), configuration)];
        let mut from = 0;
        for end in module_ends(module) {
            let call = module[from..end].trim_start_matches('.').trim_start_matches("module.");
            let name = call.split('[').next().unwrap_or(call);
            let inner = modules.last().and_then(|(_, outer)| called(*outer, name)).and_then(|call| call.get("module"));
            modules.push((module[..end].to_owned(), inner));
            from = end;
        }
        let name = address.strip_prefix(module).map_or(address, |rest| rest.trim_start_matches('.'));
        Place { modules, addresses, name }
    }

    /// The configuration of the resource itself.
    pub(super) fn resource(&self) -> Option<&'n Node> {
        let own = self.name.split('[').next().unwrap_or(self.name);
        let (_, module) = self.modules.last()?;
        let resources = (*module)?.get("resources")?.items();
        resources.iter().find(|resource| resource.get("address").and_then(Node::as_str) == Some(own))
    }

    /// The resource attribute that an expression is, if it refers to a single one.
    pub(super) fn reference(&self, expression: &Node) -> Option<Reference> {
        self.follow(expression, self.modules.clone(), 0)
    }

    fn follow(&self, expression: &Node, modules: Vec<(String, Option<&Node>)>, steps: usize) -> Option<Reference> {
        if steps > MAX_STEPS {
            return None;
        }
        let (prefix, module) = modules.last()?.clone();
        // The most exact of several spellings of one reference comes first: `a.b.id`, `a.b`.
        let references = expression.get("references")?.items();
        references.iter().filter_map(Node::as_str).find_map(|reference| {
            let names = split(reference);
            match names.as_slice() {
                ["each" | "count" | "path" | "self" | "local" | "terraform", ..] => None,
                ["var", name, ..] => {
                    let mut outer = modules.clone();
                    outer.pop();
                    let (_, caller) = outer.last()?;
                    let call = called(*caller, &call_name(&prefix))?;
                    self.follow(call.get("expressions")?.get(name)?, outer, steps + 1)
                }
                ["module", call, output] => {
                    let name = call.split('[').next().unwrap_or(call);
                    let inner = called(module, name)?.get("module")?;
                    let mut within = modules.clone();
                    within.push((join(&prefix, &format!("module.{call}")), Some(inner)));
                    self.follow(inner.get("outputs")?.get(output)?.get("expression")?, within, steps + 1)
                }
                ["data", ty, name, attribute @ ..] => self.resolve(&prefix, &format!("data.{ty}.{name}"), attribute),
                [ty, name, attribute @ ..] => self.resolve(&prefix, &format!("{ty}.{name}"), attribute),
                _ => None,
            }
        })
    }

    /// The reference to an attribute of the resource at `base`, or of its instance that has the same key as this one.
    fn resolve(&self, prefix: &str, base: &str, attribute: &[&str]) -> Option<Reference> {
        let address = join(prefix, base);
        let own_key = self.name.find('[').map_or("", |at| &self.name[at..]);
        let candidates = [address.clone(), format!("{address}{own_key}"), format!("{address}[0]")];
        let address = candidates.iter().find(|candidate| self.addresses.contains(candidate.as_str()))?;
        let attribute = if attribute.is_empty() { "id".to_owned() } else { attribute.join(".") };
        Some(Reference { address: address.as_str().into(), attribute: attribute.into() })
    }
}

fn called<'n>(module: Option<&'n Node>, name: &str) -> Option<&'n Node> {
    module?.get("module_calls")?.get(name)
}

/// The name of the last call in a module's address.
fn call_name(address: &str) -> String {
    let ends = module_ends(address);
    let from = ends.len().checked_sub(2).and_then(|index| ends.get(index)).map_or(0, |end| end + 1);
    let last = address[from..].trim_start_matches("module.");
    last.split('[').next().unwrap_or(last).to_owned()
}

fn join(prefix: &str, name: &str) -> String {
    if prefix.is_empty() { name.to_owned() } else { format!("{prefix}.{name}") }
}

/// The names of a reference; indexes stay with the name before them.
fn split(reference: &str) -> Vec<&str> {
    let (mut names, mut from, mut quoted) = (Vec::new(), 0, false);
    for (at, c) in reference.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '.' if !quoted => {
                names.push(&reference[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    names.push(&reference[from..]);
    names
}

/// Where each call of a module's address ends: `module.a["x"].module.b` has two.
pub(super) fn module_ends(address: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut at = 0;
    for (index, name) in split(address).into_iter().enumerate() {
        at += name.len();
        if index % 2 == 1 {
            ends.push(at);
        }
        at += 1;
    }
    ends
}
