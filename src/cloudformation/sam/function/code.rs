//! Where the code of a function lies.

use super::super::edit::Edit;
use super::super::reject::{Outcome, reject};
use super::super::s3_location::location;
use super::super::translation::Translation;
use crate::parse::node::Node;

/// `Code` of a Lambda function from `CodeUri`, `InlineCode` or `ImageUri`.
pub(super) fn of_function(translation: &Translation, id: &str, source: &Node, properties: &Node) -> Outcome<Node> {
    let at = translation.key_at(id);
    let (inline, uri) = (properties.entry("InlineCode"), properties.given("CodeUri"));
    let image = properties.given("ImageUri");
    let package = match properties.get("PackageType") {
        Some(package) => translation.resolved(package)?.as_str().map(str::to_owned),
        None => None,
    };
    if package.as_deref() == Some("Image") {
        let Some(image) = image else {
            // `sam build` makes the image from what the metadata says and puts its place here.
            if source.dig(&["Metadata", "Dockerfile"]).is_some() || source.dig(&["Metadata", "DockerContext"]).is_some()
            {
                return Ok(at.map::<&str>([]));
            }
            return match (inline, uri) {
                (None, None) => reject(at.0, "A function of package type Image needs 'ImageUri'"),
                _ => reject(at.0, "A function of package type Image has 'ImageUri' only"),
            };
        };
        return Ok(image.at().map([("ImageUri", image.clone())]));
    }
    if let Some(image) = image
        && uri.is_none()
        && inline.is_none()
    {
        return Ok(image.at().map([("ImageUri", image.clone())]));
    }
    for name in ["Runtime", "Handler"] {
        if properties.get(name).is_none_or(|value| value.is_null()) {
            return reject(at.0, format!("A function of package type Zip needs '{name}'"));
        }
    }
    let mut code = match (inline, uri) {
        (Some(inline), Some(_)) => {
            return reject(inline.key_span, "Only one of 'InlineCode' and 'CodeUri' can be set");
        }
        (None, None) => return reject(at.0, "One of 'InlineCode' and 'CodeUri' must be set"),
        (Some(inline), None) => inline.value.at().map([("ZipFile", inline.value.clone())]),
        (None, Some(uri)) => location(uri, "CodeUri", ["S3Bucket", "S3Key", "S3ObjectVersion"])?,
    };
    if let Some(key) = properties.get("SourceKMSKeyArn") {
        code.set("SourceKMSKeyArn", key.clone());
    }
    Ok(code)
}
