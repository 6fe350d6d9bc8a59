//! References to what a module does not declare.

use std::sync::Arc;

use super::directory::Directory;
use super::evaluation::invalid;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::hcl::ast::Ident;
use crate::source::Span;
use crate::suggest::did_you_mean;
use crate::value::{Known, Origin, Reason, Reference, Unknown, Value};

/// The value of a reference to nothing, with the number of names it covers; reports what is missing. `None` if the names
/// are no reference at all.
pub(super) fn reference(
    directory: &Directory,
    path: &[Ident],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(Value, usize)> {
    let name = |index: usize| path.get(index).map(|ident| &*ident.name);
    let keys = |declared: Vec<&str>, wanted: &str| did_you_mean(wanted, declared);
    let (message, help, last) = match (name(0)?, name(1)?, name(2)) {
        ("var", wanted, _) => {
            let known = directory.variables.keys().map(|key| &**key).collect();
            (format!("no variable \"{wanted}\" is declared in this module"), keys(known, wanted), 1)
        }
        ("local", wanted, _) => {
            let known = directory.locals.keys().map(|key| &**key).collect();
            (format!("no local value \"{wanted}\" is declared in this module"), keys(known, wanted), 1)
        }
        ("module", wanted, _) => {
            let known = directory.modules.keys().map(|key| &**key).collect();
            (format!("no module \"{wanted}\" is called in this module"), keys(known, wanted), 1)
        }
        ("each", part, _) => (format!("each.{part} has no meaning without for_each"), None, 1),
        ("count", part, _) => (format!("count.{part} has no meaning without count"), None, 1),
        ("path" | "terraform" | "tofu", part, _) => (format!("there is no {}.{part}", path[0].name), None, 1),
        ("data", ty, Some(wanted)) => {
            let known = of_type(directory, true, ty);
            (format!("no data source \"{ty}\" \"{wanted}\" is declared in this module"), keys(known, wanted), 2)
        }
        (ty, wanted, _) => {
            let known = of_type(directory, false, ty);
            (format!("no resource \"{ty}\" \"{wanted}\" is declared in this module"), keys(known, wanted), 1)
        }
    };
    let span = path[0].span.to(path[last].span);
    let mut diagnostic = Diagnostic::error(Code::Undeclared, message, span);
    diagnostic.help = help;
    diagnostics.push(diagnostic);
    Some((stand_in(path, span), path.len()))
}

/// What stands in the place of the undeclared: as unknown as a variable that nobody gave or an attribute that is computed,
/// so that what is written around it counts. Files are often judged without their neighbours, and one name that is missing
/// does not make a policy less open.
fn stand_in(path: &[Ident], span: Span) -> Value {
    let text = |part: &[Ident]| Arc::<str>::from(part.iter().map(|ident| &*ident.name).collect::<Vec<_>>().join("."));
    let resource = |length: usize| {
        let known = match path.get(length) {
            Some(attribute) if path.len() == length + 1 => {
                Known::Reference(Reference { address: text(&path[..length]), attribute: Arc::clone(&attribute.name) })
            }
            _ => Known::Nothing,
        };
        Unknown::new(Reason::Computed(text(path))).known(known)
    };
    let unknown = match &*path[0].name {
        "var" | "local" => Unknown::new(Reason::NotGiven(text(path))),
        "each" | "count" | "path" | "terraform" | "tofu" | "module" => return invalid(span),
        "data" => resource(3),
        _ => resource(2),
    };
    Value::unknown(unknown, Origin::at(span))
}

fn of_type<'d>(directory: &'d Directory, data: bool, ty: &str) -> Vec<&'d str> {
    let known = directory.resources.keys().filter(|known| known.data == data && *known.ty == *ty);
    known.map(|known| &*known.name).collect()
}
