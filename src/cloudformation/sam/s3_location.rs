//! Places in S3: code, documents, definitions.

use super::edit::Edit;
use super::intrinsics::is_call;
use super::reject::{Outcome, reject};
use crate::parse::node::Node;

/// A place in S3 from `s3://bucket/key?versionId=…` or a mapping, under the names of the target type.
pub(super) fn location(uri: &Node, property: &str, [bucket, key, version]: [&str; 3]) -> Outcome<Node> {
    let at = uri.at();
    if uri.is_mapping() && !is_call(uri) {
        let (Some(from), Some(name)) = (uri.given("Bucket"), uri.given("Key")) else {
            return reject(uri.span, format!("'{property}' needs 'Bucket' and 'Key'"));
        };
        let mut location = at.map([(bucket, from.clone()), (key, name.clone())]);
        if let Some(number) = uri.get("Version") {
            location.set(version, number.clone());
        }
        return Ok(location);
    }
    // A path on this machine, or what becomes known later: `sam package` puts the place in S3 here.
    if is_call(uri) || uri.as_str().is_some_and(|path| !path.is_empty() && !path.contains("://")) {
        return Ok(uri.clone());
    }
    let Some((from, name, number)) = uri.as_str().and_then(parse) else {
        return reject(uri.span, format!("'{property}' is no S3 URI of the form s3://bucket/key?versionId=…"));
    };
    let mut location = at.map([(bucket, at.string(from)), (key, at.string(name))]);
    if let Some(number) = number {
        location.set(version, at.string(number));
    }
    Ok(location)
}

/// Bucket, key and version of an S3 URI.
fn parse(uri: &str) -> Option<(&str, &str, Option<&str>)> {
    let rest = uri.strip_prefix("s3://")?;
    let (path, query) = rest.split_once('?').map_or((rest, None), |(path, query)| (path, Some(query)));
    let (bucket, key) = path.split_once('/')?;
    let version = query.and_then(|query| query.split('&').find_map(|pair| pair.strip_prefix("versionId=")));
    (!bucket.is_empty() && !key.is_empty() && !bucket.contains(['[', ']'])).then_some((bucket, key, version))
}
