//! CSV (RFC 4180, as Go's `encoding/csv` reads it).

use std::sync::Arc;

use super::sequence::list;
use super::string::{normal, str};
use super::{Context, Failure, Function, Outcome, Param, Shape};
use crate::terraform::expr::MAX_ITEMS;
use crate::value::{Type, Value};

pub(super) const FUNCTIONS: &[Function] =
    &[Function::new("csvdecode", &[Param::new("str", Shape::String)], Shape::Any, csvdecode)];

fn csvdecode(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let source = str(args, 0)?;
    check_quotes(source)?;
    let mut reader = csv::ReaderBuilder::new().has_headers(true).from_reader(source.as_bytes());
    let header = reader.headers().map_err(wrong)?.clone();
    if header.is_empty() {
        return Err(Failure::of(0, "missing header line"));
    }
    let names: Vec<Arc<str>> = header.iter().map(|name| normal(name).into()).collect();
    if let Some((i, name)) = names.iter().enumerate().find(|(i, name)| names[..*i].contains(name)) {
        return Err(Failure::of(0, format!("duplicate column name {name:?} (column {})", i + 1)));
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(wrong)?;
        let cells = names.iter().cloned().zip(record.iter().map(|cell| Value::string(normal(cell))));
        rows.push(Value::from_pairs(cells));
        if rows.len().saturating_mul(names.len()) > MAX_ITEMS {
            return Err(Failure::limit("the table is too large"));
        }
    }
    let row = Type::Object(Arc::new(names.into_iter().map(|name| (name, Type::String)).collect()));
    Ok(list(row, rows))
}

fn wrong(error: csv::Error) -> Failure {
    Failure::of(0, format!("this is not valid CSV: {error}"))
}

/// Go refuses what the `csv` crate reads leniently: a quote inside of an unquoted cell, and text after a closing quote.
fn check_quotes(source: &str) -> Result<(), Failure> {
    let mut quoted = false;
    let mut cell_start = true;
    let mut chars = source.chars().peekable();
    let mut line = 1;
    while let Some(c) = chars.next() {
        line += usize::from(c == '\n');
        match c {
            '"' if quoted => {
                if chars.peek() == Some(&'"') {
                    chars.next();
                    continue;
                }
                quoted = false;
                if !matches!(chars.peek(), None | Some(',' | '\n' | '\r')) {
                    return Err(Failure::of(
                        0,
                        format!("CSV parse error on line {line}: extraneous or missing \" in quoted field"),
                    ));
                }
            }
            _ if quoted => continue,
            '"' if cell_start => quoted = true,
            '"' => return Err(Failure::of(0, format!("CSV parse error on line {line}: bare \" in non-quoted field"))),
            _ => {}
        }
        cell_start = matches!(c, ',' | '\n');
    }
    if quoted { Err(Failure::of(0, "CSV parse error: a quoted field does not end")) } else { Ok(()) }
}
