//! What an evaluation yields, as JSON: `inspect --format values`.

use serde_json::{Map, Value as Json, json};

use super::providers::PREFIX;
use super::roots::Evaluated;
use crate::value::{Kind, Value};

/// Every resource instance, output and local value by its address.
///
/// What is unknown is `{"$unknown": reason}`; what is sensitive is `{"$marks": ["sensitive"], "value": …}`.
pub fn values(evaluated: &[Evaluated]) -> Json {
    let (mut resources, mut outputs, mut locals) = (Map::new(), Map::new(), Map::new());
    for one in evaluated {
        for resource in
            one.unit.resources.iter().filter(|resource| !resource.ty.starts_with(PREFIX) && !resource.is_document())
        {
            resources.insert(resource.address.to_string(), value(&resource.values));
        }
        outputs.extend(one.outputs.iter().map(|(address, output)| (address.to_string(), value(output))));
        locals.extend(one.locals.iter().map(|(address, local)| (address.to_string(), value(local))));
    }
    json!({ "resources": resources, "outputs": outputs, "locals": locals })
}

/// A value in the same notation.
pub fn value(of: &Value) -> Json {
    let plain = match &of.kind {
        Kind::Null => Json::Null,
        Kind::Bool(known) => Json::Bool(*known),
        Kind::Number(number) => number.to_string().parse().map_or(Json::Null, Json::Number),
        Kind::String(text) => Json::String(text.as_str().to_owned()),
        Kind::List(list) => list.items.iter().map(value).collect(),
        Kind::Map(map) => map.entries.iter().map(|(key, entry)| (key.to_string(), value(&entry.value))).collect(),
        Kind::Unknown(unknown) => json!({ "$unknown": unknown.reason.to_string() }),
    };
    if of.sensitive { json!({ "$marks": ["sensitive"], "value": plain }) } else { plain }
}
