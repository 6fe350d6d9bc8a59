//! Files and their names. Only what [`Files`] gives access to is read.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::string::{normal, str, whole};
use super::{Context, Failure, Function, Outcome, Param, Shape, hash};
use crate::source::Source;
use crate::terraform::expr::MAX_TEXT;
use crate::terraform::scope::Files;
use crate::terraform::set::set_of;
use crate::value::{Kind, Origin, Reason, Text, TextBuilder, Type, Unknown, Value};

const PATH: Param = Param::new("path", Shape::String);

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("abspath", &[PATH], Shape::String, abspath),
    Function::new("basename", &[PATH], Shape::String, |_, args| Ok(whole(&args[0], base(str(args, 0)?)))),
    Function::new("dirname", &[PATH], Shape::String, |_, args| Ok(whole(&args[0], &dir(str(args, 0)?)))),
    Function::new("pathexpand", &[PATH], Shape::String, pathexpand),
    Function::new("file", &[PATH], Shape::String, file),
    Function::new("fileexists", &[PATH], Shape::Bool, fileexists),
    Function::new("fileset", &[PATH, Param::new("pattern", Shape::String)], Shape::Set, fileset),
    Function::new("filebase64", &[PATH], Shape::String, |context, args| digest(context, args, |b| STANDARD.encode(b))),
    Function::new("filebase64sha256", &[PATH], Shape::String, |context, args| {
        digest(context, args, hash::base64_sha256)
    }),
    Function::new("filebase64sha512", &[PATH], Shape::String, |context, args| {
        digest(context, args, hash::base64_sha512)
    }),
    Function::new("filemd5", &[PATH], Shape::String, |context, args| digest(context, args, hash::md5)),
    Function::new("filesha1", &[PATH], Shape::String, |context, args| digest(context, args, hash::sha1)),
    Function::new("filesha256", &[PATH], Shape::String, |context, args| digest(context, args, hash::sha256)),
    Function::new("filesha512", &[PATH], Shape::String, |context, args| digest(context, args, hash::sha512)),
];

/// The files that the call may read.
pub(super) fn files(context: &Context<'_, '_>) -> Result<Arc<dyn Files>, Failure> {
    context.evaluator.scope.files().ok_or_else(|| "files cannot be read here".into())
}

/// The content of a file.
pub(super) fn read(context: &Context<'_, '_>, path: &str) -> Result<Arc<Source>, Failure> {
    let source = files(context)?.read(path).map_err(|why| Failure::of(0, format!("{path:?}: {why}")))?;
    if source.text.len() > MAX_TEXT {
        return Err(Failure::limit(format!("{path:?} is too large")));
    }
    Ok(source)
}

/// The text of a file, byte for byte where it is in normal form.
pub(super) fn content(source: &Source) -> Text {
    match normal(&source.text) {
        std::borrow::Cow::Borrowed(text) => Text::verbatim(text, source.span()),
        std::borrow::Cow::Owned(text) => {
            let mut builder = TextBuilder::default();
            builder.push(&text, Some(source.span()));
            builder.finish()
        }
    }
}

fn file(context: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let source = read(context, str(args, 0)?)?;
    let origin = Origin::at(source.span()).hop(context.span, crate::value::HopKind::Computed("file".into()));
    Ok(Value::new(Kind::String(content(&source)), origin))
}

fn fileexists(context: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let path = str(args, 0)?;
    let exists = files(context)?.exists(path).map_err(|why| Failure::of(0, format!("{path:?}: {why}")))?;
    Ok(Value::bool(exists))
}

fn fileset(context: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let found = files(context)?.glob(str(args, 0)?, str(args, 1)?).map_err(|why| Failure::of(1, why))?;
    Ok(set_of(Type::String, found.into_iter().map(Value::string)))
}

fn digest(context: &mut Context<'_, '_>, args: &[Value], of: fn(&[u8]) -> String) -> Outcome {
    let path = str(args, 0)?;
    let bytes = files(context)?.read_bytes(path).map_err(|why| Failure::of(0, format!("{path:?}: {why}")))?;
    Ok(whole(&args[0], &of(&bytes)))
}

/// Where the configuration lies on this machine must not matter to a result.
fn abspath(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let path = str(args, 0)?;
    if path.starts_with('/') {
        return Ok(whole(&args[0], &clean(path)));
    }
    let unknown = Unknown { not_null: true, ..Unknown::new(Reason::External("abspath()".into())).typed(Type::String) };
    Ok(Value::unknown(unknown, Origin::none()))
}

/// Nor must whose machine it is.
fn pathexpand(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let path = str(args, 0)?;
    if path == "~" || path.starts_with("~/") {
        let unknown =
            Unknown { not_null: true, ..Unknown::new(Reason::External("pathexpand()".into())).typed(Type::String) };
        return Ok(Value::unknown(unknown, Origin::none()));
    }
    Ok(whole(&args[0], path))
}

/// Go's `filepath.Base`.
fn base(path: &str) -> &str {
    let trimmed = path.trim_end_matches('/');
    match (path.is_empty(), trimmed.is_empty()) {
        (true, _) => ".",
        (false, true) => "/",
        _ => trimmed.rsplit('/').next().unwrap_or(trimmed),
    }
}

/// Go's `filepath.Dir`.
fn dir(path: &str) -> String {
    clean(path.rfind('/').map_or("", |slash| &path[..=slash]))
}

/// Go's `filepath.Clean`.
fn clean(path: &str) -> String {
    let rooted = path.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => match parts.last() {
                Some(last) if *last != ".." => {
                    parts.pop();
                }
                _ if rooted => {}
                _ => parts.push(part),
            },
            part => parts.push(part),
        }
    }
    match (rooted, parts.is_empty()) {
        (true, _) => format!("/{}", parts.join("/")),
        (false, true) => ".".to_owned(),
        _ => parts.join("/"),
    }
}
