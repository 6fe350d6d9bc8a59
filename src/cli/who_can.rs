//! `sealint who-can`: who may use which key, bucket, topic, queue or secret, under which conditions.

use std::io::{self, BufWriter, Write};

use serde_json::{Value as Json, json};

use super::scan::ScanArgs;
use super::style::Paint;
use super::{Exit, Global, diagnose, failure};
use crate::access::{Access, Dialect, Graph, Way, access};
use crate::iam::kms;
use crate::iam::principal::Who;
use crate::iam::who_can::Through;
use crate::project::Scan;
use crate::report::{Terminal, escape_control, fit};
use crate::source::{Sources, Span};
use crate::suggest::closest;

/// Say who may do something with the keys in the files, and with buckets, topics, queues and secrets
///
/// Policies of resources, policies of the roles, users and groups in the same files, and grants are joined. What only
/// takes away is left out: service and resource control policies, permission boundaries, session policies.
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// The action: kms:Decrypt, kms:*, s3:GetObject
    action: String,
    #[command(flatten)]
    scan: ScanArgs,
    /// Only the ways of this principal: its ARN, an account id, or the name of a service
    #[arg(long, value_name = "ARN", help_heading = "Report")]
    principal: Option<String>,
    /// How to print it
    #[arg(long, value_enum, default_value_t, help_heading = "Report")]
    format: Listing,
    /// Draw what is stored under which key and who reaches it, in the language of Graphviz or of Mermaid
    #[arg(long, value_enum, value_name = "LANGUAGE", conflicts_with = "format", help_heading = "Report")]
    graph: Option<Language>,
}

#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum Listing {
    /// A table for people
    #[default]
    Text,
    /// An array with an object for each way to the action
    Json,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Language {
    /// Graphviz
    Dot,
    /// Mermaid
    Mermaid,
}

pub(super) fn run(args: &Args, global: &Global) -> io::Result<Exit> {
    if let Some(wrong) = mistake(&args.action) {
        return Err(failure(wrong));
    }
    let mut scan = args.scan.scan()?;
    let evaluated = scan.evaluate();
    let Scan { sources, diagnostics, .. } = scan;
    let principal = args.principal.as_deref().map(Who::requester);
    let units = evaluated.units().into_iter();
    let found: Vec<Access> = units.flat_map(|unit| access(unit, &args.action, principal.as_ref())).collect();
    let exit = diagnose(&diagnostics, &sources, global)?;
    let mut out = BufWriter::new(io::stdout().lock());
    match (args.graph, args.format) {
        (Some(language), _) => {
            let dialect = match language {
                Language::Dot => Dialect::Dot,
                Language::Mermaid => Dialect::Mermaid,
            };
            out.write_all(Graph::new(&found).draw(dialect).as_bytes())?;
        }
        (None, Listing::Json) => {
            let rows = found.iter().flat_map(|access| access.ways.iter().map(|way| object(access, way, &sources)));
            serde_json::to_writer_pretty(&mut out, &rows.collect::<Vec<Json>>())?;
            writeln!(out)?;
        }
        (None, Listing::Text) => {
            let terminal = global.stdout();
            for (number, access) in found.iter().enumerate() {
                if number > 0 {
                    writeln!(out)?;
                }
                table(access, &sources, terminal, &mut out)?;
            }
            if found.is_empty() {
                writeln!(out, "nothing in these files decides on {}", escape_control(&args.action))?;
            }
        }
    }
    out.flush()?;
    Ok(exit)
}

/// What is wrong with the name of an action, as far as that is certain: of KMS all actions are known.
fn mistake(action: &str) -> Option<String> {
    let close = |name: &str| Some(format!("did you mean `kms:{}`?", closest(name, kms::names())?));
    let Some((service, name)) = action.split_once(':') else {
        let hint = close(action).unwrap_or_else(|| "write it as `kms:Decrypt`".to_owned());
        return (action != "*").then(|| format!("`{action}` is no action, which begins with its service: {hint}"));
    };
    if !service.eq_ignore_ascii_case("kms") || kms::exists(name) {
        return None;
    }
    let hint = close(name).map(|hint| format!(": {hint}")).unwrap_or_default();
    Some(format!("there is no action `{action}`{hint}"))
}

/// The widest column; what is longer moves the rest of its line.
const MAX_WIDTH: usize = 72;

/// One resource: a line for each way, its conditions below. Where a line would end beyond the terminal, principals stand
/// on lines of their own.
fn table(access: &Access, sources: &Sources, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    let paint = Paint::new(terminal);
    let at = place(Some(access.header), sources).unwrap_or_default();
    writeln!(out, "{} {}", paint.bold(escape_control(&access.resource)), paint.dim(escape_control(&at)))?;
    if !access.stores.is_empty() {
        below(2, &format!("protects {}", access.stores.join(", ")), terminal, out)?;
    }
    if access.ways.is_empty() {
        return writeln!(out, "  nobody");
    }
    let cells: Vec<[String; 3]> = access
        .ways
        .iter()
        .map(|way| {
            let place = place(way.place, sources).unwrap_or_default();
            [way.row.principal.as_str(), &through(way), &place].map(|text| escape_control(text).into_owned())
        })
        .collect();
    let width = |column: usize| {
        let lengths = cells.iter().filter_map(|cells| Some(cells.get(column)?.chars().count()));
        lengths.filter(|length| *length <= MAX_WIDTH).max().unwrap_or(0)
    };
    let (first, second) = (width(0), width(1));
    let is_narrow = terminal.wraps && first + second + width(2) + 6 > terminal.width;
    for ([principal, through, place], way) in cells.iter().zip(&access.ways) {
        let lead = if is_narrow { format!("  {principal}\n    ") } else { format!("  {principal:first$}  ") };
        match place.is_empty() {
            true => writeln!(out, "{lead}{through}")?,
            false => writeln!(out, "{lead}{through:second$}  {}", paint.dim(place))?,
        }
        if way.row.through == Through::AccountPolicies {
            below(4, "for those whom policies of the account allow it", terminal, out)?;
        }
        for condition in &way.row.conditions {
            below(4, &format!("when {condition}"), terminal, out)?;
        }
        for condition in &way.row.unless {
            below(4, &format!("unless {condition}"), terminal, out)?;
        }
        if !way.row.certain {
            below(4, uncertain(way), terminal, out)?;
        }
    }
    Ok(())
}

/// A remark, indented; its further lines a little more.
fn below(indent: usize, text: &str, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    let (first, rest) = (" ".repeat(indent), " ".repeat(indent + 2));
    let text = escape_control(text);
    match terminal.wraps {
        true => {
            let options = fit::options(terminal.width).initial_indent(&first).subsequent_indent(&rest);
            writeln!(out, "{}", textwrap::fill(&text, options))
        }
        false => writeln!(out, "{first}{text}"),
    }
}

/// Through what a principal comes to the action, for people.
fn through(way: &Way) -> String {
    let name = &way.row.name;
    match (way.row.through, &way.policy) {
        (Through::Statement | Through::AccountPolicies, _) => name.clone(),
        (Through::Grant, policy) => policy.as_ref().map_or_else(|| name.clone(), |grant| format!("grant {grant}")),
        (Through::IdentityPolicy(..), policy) => {
            let of = policy.as_deref().unwrap_or("a policy of AWS");
            let by = way.delegated.as_ref().map_or_else(String::new, |(name, _)| format!(", let by {name}"));
            format!("{name} of {of}{by}")
        }
    }
}

/// Why a way is not certain although its conditions hold.
fn uncertain(way: &Way) -> &'static str {
    match (way.row.owner, way.row.through) {
        (Some("foreign"), _) => "if the policies of its own account allow it too",
        (_, Through::IdentityPolicy(..)) => "if this is among the resources of the statement",
        _ => "as far as it is known",
    }
}

fn place(span: Option<Span>, sources: &Sources) -> Option<String> {
    let span = span?;
    let source = sources.get(span.file)?;
    Some(format!("{}:{}", source.path.display(), source.line(span.start)))
}

fn object(access: &Access, way: &Way, sources: &Sources) -> Json {
    let at = |span: Option<Span>| {
        let source = span.and_then(|span| Some((sources.get(span.file)?, span)));
        let file = source.as_ref().map(|(source, _)| source.path.to_string_lossy().into_owned());
        (file, source.map(|(source, span)| source.line(span.start)))
    };
    let (file, line) = at(way.place);
    let delegated = way.delegated.as_ref().map(|(name, span)| {
        let (file, line) = at(*span);
        json!({ "name": name, "file": file, "line": line })
    });
    let row = &way.row;
    let certain = row.certain && row.conditions.is_empty() && row.unless.is_empty();
    json!({
        "resource": &*access.resource,
        "type": &*access.ty,
        "protects": access.stores.iter().map(|store| &**store).collect::<Vec<_>>(),
        "principal": row.principal,
        "kind": row.kind,
        "owner": row.owner,
        "decision": if certain { "allow" } else { "conditional" },
        "through": row.through.as_str(),
        "policy": way.policy.as_deref(),
        "statement": row.index + 1,
        "name": row.name,
        "file": file,
        "line": line,
        "conditions": row.conditions,
        "unless": row.unless,
        "delegated_by": delegated,
    })
}
