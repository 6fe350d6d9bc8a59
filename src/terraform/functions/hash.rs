//! Hashes and identifiers.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};

use super::string::{str, whole};
use super::{Context, Failure, Function, Outcome, Param, Shape};
use crate::value::{Origin, Reason, Type, Unknown, Value};

const STR: Param = Param::new("str", Shape::String);

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("md5", &[STR], Shape::String, |_, args| Ok(whole(&args[0], &md5(str(args, 0)?.as_bytes())))),
    Function::new("sha1", &[STR], Shape::String, |_, args| Ok(whole(&args[0], &sha1(str(args, 0)?.as_bytes())))),
    Function::new("sha256", &[STR], Shape::String, |_, args| Ok(whole(&args[0], &sha256(str(args, 0)?.as_bytes())))),
    Function::new("sha512", &[STR], Shape::String, |_, args| Ok(whole(&args[0], &sha512(str(args, 0)?.as_bytes())))),
    Function::new("base64sha256", &[STR], Shape::String, |_, args| {
        Ok(whole(&args[0], &base64_sha256(str(args, 0)?.as_bytes())))
    }),
    Function::new("base64sha512", &[STR], Shape::String, |_, args| {
        Ok(whole(&args[0], &base64_sha512(str(args, 0)?.as_bytes())))
    }),
    Function::new("bcrypt", &[STR], Shape::String, bcrypt).rest(Param::new("cost", Shape::Number)),
    Function::new("uuid", &[], Shape::String, |_, _| Ok(at_deployment("uuid()", Type::String))),
    Function::new(
        "uuidv5",
        &[Param::new("namespace", Shape::String), Param::new("name", Shape::String)],
        Shape::String,
        uuidv5,
    )
    .source(1),
    Function::new(
        "rsadecrypt",
        &[Param::new("ciphertext", Shape::String), Param::new("privatekey", Shape::String)],
        Shape::String,
        rsadecrypt,
    ),
];

/// A value that each deployment computes anew.
pub(super) fn at_deployment(what: &str, ty: Type) -> Value {
    let unknown = Unknown { not_null: true, ..Unknown::new(Reason::Impure(what.into())).typed(ty) };
    Value::unknown(unknown, Origin::none())
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

pub(super) fn md5(bytes: &[u8]) -> String {
    hex(&Md5::digest(bytes))
}

pub(super) fn sha1(bytes: &[u8]) -> String {
    hex(&Sha1::digest(bytes))
}

pub(super) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

pub(super) fn sha512(bytes: &[u8]) -> String {
    hex(&Sha512::digest(bytes))
}

pub(super) fn base64_sha256(bytes: &[u8]) -> String {
    STANDARD.encode(Sha256::digest(bytes))
}

pub(super) fn base64_sha512(bytes: &[u8]) -> String {
    STANDARD.encode(Sha512::digest(bytes))
}

/// The salt is drawn anew each time.
fn bcrypt(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    if args.len() > 2 {
        return Err("bcrypt() takes no more than two arguments".into());
    }
    if args.len() == 2 && !(4..=31).contains(&super::number::int(args, 1)?) {
        return Err(Failure::of(1, "the cost must be between 4 and 31"));
    }
    Ok(at_deployment("bcrypt()", Type::String))
}

fn uuidv5(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let namespace = match str(args, 0)? {
        "dns" => uuid::Uuid::NAMESPACE_DNS,
        "url" => uuid::Uuid::NAMESPACE_URL,
        "oid" => uuid::Uuid::NAMESPACE_OID,
        "x500" => uuid::Uuid::NAMESPACE_X500,
        other => uuid::Uuid::parse_str(other)
            .map_err(|_| Failure::of(0, format!("{other:?} is no UUID, nor dns, url, oid or x500")))?,
    };
    let id = uuid::Uuid::new_v5(&namespace, str(args, 1)?.as_bytes());
    Ok(whole(&args[1], &id.to_string()))
}

/// What was encrypted stays so: a private key has no business in a linter.
fn rsadecrypt(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    STANDARD.decode(str(args, 0)?).map_err(|_| Failure::of(0, "the cipher text is not valid base64"))?;
    if !str(args, 1)?.contains("PRIVATE KEY") {
        return Err(Failure::of(1, "the private key is not in PEM format"));
    }
    let unknown = Unknown::new(Reason::Unsupported("rsadecrypt".into())).typed(Type::String);
    Ok(Value::unknown(unknown, Origin::none()))
}
