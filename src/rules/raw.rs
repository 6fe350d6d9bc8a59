//! A view for rules that take resources as they are written.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use indexmap::IndexMap;

use crate::source::{FileId, Span};
use crate::view::{Default, Each, Holder, Location, Path, Setting, SettingType, Shape, View};

/// A view of these types with one setting, `values`: the resource's settings as written.
pub(super) fn view(rule: &str, types: &[String]) -> View {
    let span = Span::new(FileId(u32::MAX), 0, 0);
    let location = Location { holder: Holder::Main, path: Some(Path::default()), map: BTreeMap::new() };
    let values = Setting {
        ty: SettingType::Any,
        locations: vec![vec![location]; types.len()],
        default: Default::Absent,
        defaults: BTreeMap::new(),
        each: Each::No,
        values: Vec::new(),
        items: IndexMap::default(),
        span,
    };
    let shape = |ty: &String| Shape { ty: ty.as_str().into(), names: Vec::new(), parts: Vec::new() };
    View {
        name: format!("resources of {rule}").into(),
        title: "Resource".into(),
        shapes: types.iter().map(shape).collect(),
        settings: IndexMap::from([("values".into(), values)]),
        span,
        roles: OnceLock::new(),
    }
}
