//! References to what a module does not declare.

use super::directory::Directory;
use super::evaluation::invalid;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::hcl::ast::Ident;
use crate::suggest::did_you_mean;
use crate::value::Value;

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
    Some((invalid(span), path.len()))
}

fn of_type<'d>(directory: &'d Directory, data: bool, ty: &str) -> Vec<&'d str> {
    let known = directory.resources.keys().filter(|known| known.data == data && *known.ty == *ty);
    known.map(|known| &*known.name).collect()
}
