//! The files of one directory as one module: what it declares, with overrides merged.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use indexmap::{Equivalent, IndexMap};
use rustc_hash::{FxBuildHasher, FxHashSet};

use super::{data, ephemeral, language, overrides, passing};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::hcl::ast::{Attribute, Block, Body};
use crate::source::Source;

/// A parsed configuration or variable-values file.
#[derive(Clone, Debug)]
pub struct ConfigFile {
    /// Its text.
    pub source: Arc<Source>,
    /// Its tree; of JSON files the lowered one.
    pub body: Arc<Body>,
}

impl ConfigFile {
    /// The file's name without its folder.
    pub fn name(&self) -> &str {
        self.source.path.file_name().and_then(|name| name.to_str()).unwrap_or("")
    }
}

/// A resource's or data source's name within its module.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) struct ResourceName {
    /// A data source.
    pub(super) data: bool,
    /// The type.
    pub(super) ty: Arc<str>,
    /// The name.
    pub(super) name: Arc<str>,
}

/// A [`ResourceName`] to look for.
#[derive(PartialEq, Eq, Hash)]
struct Wanted<'a> {
    data: bool,
    ty: &'a str,
    name: &'a str,
}

impl Equivalent<ResourceName> for Wanted<'_> {
    fn equivalent(&self, key: &ResourceName) -> bool {
        self.data == key.data && self.ty == &*key.ty && self.name == &*key.name
    }
}

/// Where a block of a directory is kept.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    /// In a file: index of the file, index of the block.
    File(u32, u32),
    /// Among the blocks that override files have changed.
    Merged(u32),
}

/// Where a local value's attribute is kept: index of the file, the `locals` block and the attribute.
#[derive(Clone, Copy, Debug)]
pub(super) struct LocalPlace(u32, u32, u32);

/// Declarations by name, in the order of the text.
pub(super) type Declarations<K, V = Place> = IndexMap<K, V, FxBuildHasher>;

/// One directory's configuration.
#[derive(Debug)]
pub struct Directory {
    /// The directory, as the user names it.
    pub path: PathBuf,
    /// The configuration files in the order in which they are merged.
    pub files: Vec<ConfigFile>,
    /// The variable-values files that are loaded without being asked for, weakest first.
    pub values: Vec<ConfigFile>,
    pub(super) variables: Declarations<Arc<str>>,
    pub(super) locals: Declarations<Arc<str>, LocalPlace>,
    pub(super) outputs: Declarations<Arc<str>>,
    pub(super) resources: Declarations<ResourceName>,
    pub(super) modules: Declarations<Arc<str>>,
    merged: Vec<Block>,
    documents_in_use: OnceLock<FxHashSet<Arc<str>>>,
    ephemeral: OnceLock<bool>,
}

impl Directory {
    /// The module that `files` (configuration and variable-values files of one directory) make up.
    ///
    /// Reports what is declared twice and overrides of what is not declared. Files that are neither kind are left out.
    pub fn new(path: PathBuf, files: Vec<ConfigFile>) -> (Self, Vec<Diagnostic>) {
        let (mut files, mut values) = sort(files);
        let overriding = files.iter().position(|file| is_override(file.name())).unwrap_or(files.len());
        values.sort_by_key(|file| values_rank(file.name()));
        let overrides = files.split_off(overriding);
        let mut directory = Directory {
            path,
            files,
            values,
            variables: Declarations::default(),
            locals: Declarations::default(),
            outputs: Declarations::default(),
            resources: Declarations::default(),
            modules: Declarations::default(),
            merged: Vec::new(),
            documents_in_use: OnceLock::new(),
            ephemeral: OnceLock::new(),
        };
        let mut diagnostics = Vec::new();
        for index in 0..directory.files.len() {
            directory.declare(index, &mut diagnostics);
        }
        for file in overrides {
            directory.files.push(file);
            directory.override_with(directory.files.len() - 1, &mut diagnostics);
        }
        diagnostics.extend(directory.values.iter().flat_map(check_values));
        diagnostics.extend(language::check(&directory.files, |file| is_override(file.name())));
        diagnostics.extend(passing::check(&directory));
        diagnostics.extend(ephemeral::check(&directory));
        (directory, diagnostics)
    }

    /// The block kept at `place`.
    pub(super) fn block(&self, place: Place) -> &Block {
        match place {
            Place::File(file, block) => &self.files[file as usize].body.blocks[block as usize],
            Place::Merged(index) => &self.merged[index as usize],
        }
    }

    /// The attribute of a local value.
    pub(super) fn local(&self, place: LocalPlace) -> &Attribute {
        let LocalPlace(file, block, attribute) = place;
        &self.files[file as usize].body.blocks[block as usize].body.attributes[attribute as usize]
    }

    /// The index of a resource or data source.
    pub(super) fn resource(&self, data: bool, ty: &str, name: &str) -> Option<usize> {
        self.resources.get_index_of(&Wanted { data, ty, name })
    }

    /// Whether the module itself uses the policy document of this name.
    pub(super) fn uses_document(&self, name: &str) -> bool {
        self.documents_in_use.get_or_init(|| data::documents_in_use(self)).contains(name)
    }

    /// Whether there can be ephemeral values in the module.
    pub(super) fn has_ephemeral_values(&self) -> bool {
        *self.ephemeral.get_or_init(|| ephemeral::are_mentioned(&self.files))
    }

    /// The blocks that call modules.
    pub(super) fn calls(&self) -> impl Iterator<Item = &Block> {
        self.modules.values().map(|place| self.block(*place))
    }

    /// Whether nothing is configured here.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Enters what a file declares.
    fn declare(&mut self, index: usize, diagnostics: &mut Vec<Diagnostic>) {
        let body = Arc::clone(&self.files[index].body);
        for (at, block) in body.blocks.iter().enumerate() {
            let place = Place::File(index as u32, at as u32);
            let before = match Declared::of(block) {
                Some(Declared::Variable(name)) => insert(&mut self.variables, name, place),
                Some(Declared::Output(name)) => insert(&mut self.outputs, name, place),
                Some(Declared::Module(name)) => insert(&mut self.modules, name, place),
                Some(Declared::Resource(name)) => insert(&mut self.resources, name, place),
                Some(Declared::Locals) => {
                    self.declare_locals(index, at, &block.body, diagnostics);
                    None
                }
                None => None,
            };
            if let Some(before) = before {
                let first = self.block(before).header;
                diagnostics.push(twice(&block.kind.name, block.header, first));
            }
        }
    }

    fn declare_locals(&mut self, file: usize, block: usize, body: &Body, diagnostics: &mut Vec<Diagnostic>) {
        for (at, attribute) in body.attributes.iter().enumerate() {
            let place = LocalPlace(file as u32, block as u32, at as u32);
            if let Some(before) = insert(&mut self.locals, Arc::clone(&attribute.name.name), place) {
                let first = self.local(before).name.span;
                diagnostics.push(twice("local value", attribute.name.span, first));
            }
        }
    }

    /// Merges an override file over what is declared.
    fn override_with(&mut self, index: usize, diagnostics: &mut Vec<Diagnostic>) {
        let body = Arc::clone(&self.files[index].body);
        for (at, block) in body.blocks.iter().enumerate() {
            let base = match Declared::of(block) {
                Some(Declared::Variable(name)) => self.variables.get(&name).copied(),
                Some(Declared::Output(name)) => self.outputs.get(&name).copied(),
                Some(Declared::Module(name)) => self.modules.get(&name).copied(),
                Some(Declared::Resource(name)) => self.resources.get(&name).copied(),
                Some(Declared::Locals) => {
                    for (attribute, entry) in block.body.attributes.iter().enumerate() {
                        let place = LocalPlace(index as u32, at as u32, attribute as u32);
                        if self.locals.insert(Arc::clone(&entry.name.name), place).is_none() {
                            let message = "this overrides a local value that no other file declares";
                            diagnostics.push(Diagnostic::error(Code::Evaluation, message, entry.name.span));
                        }
                    }
                    continue;
                }
                None => continue,
            };
            let Some(base) = base else {
                let message = format!("this overrides a {} that no other file declares", block.kind.name);
                diagnostics.push(Diagnostic::error(Code::Evaluation, message, block.header));
                continue;
            };
            let merged = overrides::merge(self.block(base), block);
            self.merged.push(merged);
            self.replace(block, Place::Merged(self.merged.len() as u32 - 1));
        }
    }

    fn replace(&mut self, block: &Block, place: Place) {
        match Declared::of(block) {
            Some(Declared::Variable(name)) => drop(self.variables.insert(name, place)),
            Some(Declared::Output(name)) => drop(self.outputs.insert(name, place)),
            Some(Declared::Module(name)) => drop(self.modules.insert(name, place)),
            Some(Declared::Resource(name)) => drop(self.resources.insert(name, place)),
            Some(Declared::Locals) | None => {}
        }
    }
}

/// What a top-level block declares.
enum Declared {
    Variable(Arc<str>),
    Output(Arc<str>),
    Module(Arc<str>),
    Resource(ResourceName),
    Locals,
}

impl Declared {
    fn of(block: &Block) -> Option<Declared> {
        let label = |index: usize| block.labels.get(index).map(|label| Arc::clone(&label.name));
        Some(match &*block.kind.name {
            "variable" => Declared::Variable(label(0)?),
            "output" => Declared::Output(label(0)?),
            "module" => Declared::Module(label(0)?),
            "resource" => Declared::Resource(ResourceName { data: false, ty: label(0)?, name: label(1)? }),
            "data" => Declared::Resource(ResourceName { data: true, ty: label(0)?, name: label(1)? }),
            "locals" => Declared::Locals,
            _ => return None,
        })
    }
}

/// Enters a declaration unless there is one of that name, which is returned.
fn insert<K: std::hash::Hash + Eq, V: Copy>(declared: &mut Declarations<K, V>, name: K, place: V) -> Option<V> {
    match declared.entry(name) {
        indexmap::map::Entry::Occupied(before) => Some(*before.get()),
        indexmap::map::Entry::Vacant(free) => {
            free.insert(place);
            None
        }
    }
}

/// What Terraform refuses in a variable-values file.
pub fn check_values(file: &ConfigFile) -> Vec<Diagnostic> {
    language::check_values(file)
}

/// A second declaration of what is declared once.
pub(super) fn twice(what: &str, again: crate::source::Span, first: crate::source::Span) -> Diagnostic {
    Diagnostic::error(Code::Evaluation, format!("this {what} is declared twice"), again)
        .label(first, "first declared here")
}

/// Splits configuration from variable values; leaves out `.tf` files that have a `.tofu` file of the same name.
/// Configuration is in the order of names, override files last.
fn sort(files: Vec<ConfigFile>) -> (Vec<ConfigFile>, Vec<ConfigFile>) {
    let (values, mut files): (Vec<_>, Vec<_>) = files.into_iter().partition(|file| is_values(file.name()));
    let tofu: Vec<String> = files.iter().map(|file| file.name().to_owned()).filter(|name| is_tofu(name)).collect();
    files.retain(|file| {
        let name = file.name();
        let twin = match name.strip_suffix(".tf").map(|stem| format!("{stem}.tofu")) {
            Some(twin) => Some(twin),
            None => name.strip_suffix(".tf.json").map(|stem| format!("{stem}.tofu.json")),
        };
        match twin {
            Some(twin) => !tofu.contains(&twin),
            // What was recognised by its content may have any name.
            None => is_tofu(name) || !is_unasked_values(name),
        }
    });
    files.sort_by(|a, b| (is_override(a.name()), a.name()).cmp(&(is_override(b.name()), b.name())));
    (files, values)
}

fn is_tofu(name: &str) -> bool {
    name.ends_with(".tofu") || name.ends_with(".tofu.json")
}

/// Whether a file holds values that are loaded only when they are asked for.
fn is_unasked_values(name: &str) -> bool {
    name.ends_with(".tfvars") || name.ends_with(".tfvars.json")
}

/// Whether a file overrides: `override.tf`, `x_override.tf` and their like.
fn is_override(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name);
    stem == "override" || stem.ends_with("_override")
}

/// Whether Terraform loads a variable-values file of this name without being asked.
fn is_values(name: &str) -> bool {
    matches!(name, "terraform.tfvars" | "terraform.tfvars.json")
        || name.ends_with(".auto.tfvars")
        || name.ends_with(".auto.tfvars.json")
}

/// The order in which Terraform loads variable-values files; later ones win.
/// <https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence>
fn values_rank(name: &str) -> (u8, String) {
    match name {
        "terraform.tfvars" => (0, String::new()),
        "terraform.tfvars.json" => (1, String::new()),
        _ => (2, name.to_owned()),
    }
}
