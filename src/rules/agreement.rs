//! Compiled rules say what their text says: of every example, and of what is left of its input without some part. The
//! virtual machine and the interpreter of the engine differ most in what they make of absent values.

use rayon::prelude::*;

use super::examples::examples;
use super::judge::Bench;
use super::{Rule, RuleSet, Selection};
use crate::load::{Inputs, evaluate};
use crate::source::Sources;
use crate::value::{Kind, Value, World};
use crate::verify;
use crate::view::{Instances, Read, Reader};

/// The most variants of one input.
const MAX_VARIANTS: usize = 60;

#[test]
fn compiled_rules_agree_with_their_text_on_examples_and_on_parts_of_them() {
    let all = Selection { select: vec!["ALL".to_owned()], ..Selection::default() };
    let (rules, _) = RuleSet::new(&all, &[]);
    let differences: Vec<String> = rules.rules().par_iter().flat_map_iter(|rule| differences(rule, &rules)).collect();
    assert!(differences.is_empty(), "{} differ:\n{}", differences.len(), differences.join("\n"));
}

fn differences(rule: &Rule, rules: &RuleSet) -> Vec<String> {
    let (Ok(compiled), Ok(interpreted)) = (rule.program(), rule.interpreted()) else {
        return vec![format!("{} does not load", rule.id)];
    };
    if !compiled.is_compiled() {
        return vec![format!("{} is not compiled", rule.id)];
    }
    let mut differences = Vec::new();
    for input in examples(rule.examples()).iter().flat_map(|example| inputs(rule, rules, &verify_units(example))) {
        let mut variants = vec![input.clone()];
        without_a_part(&input, &mut variants);
        for variant in variants {
            let (fast, plain) = (compiled.evaluate(&variant), interpreted.evaluate(&variant));
            // Of what no view gives, the interpreter may know nothing to say.
            if plain.is_ok() && fast != plain {
                differences.push(format!("{}: {fast:?} is not {plain:?} of {variant:?}", rule.id));
                break;
            }
        }
    }
    differences
}

fn verify_units(example: &super::examples::Example) -> Vec<crate::resource::Unit> {
    let sources = Sources::default();
    let file = verify::file(example, &sources);
    let evaluated = evaluate(&[file], &Inputs::default(), None);
    let configurations = evaluated.terraform.into_iter().map(|configuration| configuration.unit);
    configurations.chain(evaluated.others).collect()
}

/// What the rule gets of the resources of some units, where nothing has to be decided first.
fn inputs(rule: &Rule, rules: &RuleSet, units: &[crate::resource::Unit]) -> Vec<Value> {
    let mut inputs = Vec::new();
    for unit in units {
        let index = Instances::new(unit);
        let bench = Bench::new(rules, &index);
        let Some(view) = rules.view_named(&rule.view) else { continue };
        for instance in bench.instances(&view).iter() {
            let world = World::default();
            let reader = Reader { instance, index: &index, lookup: &bench, world: &world, depth: 0, memo: None };
            inputs.extend(reader.read(&Read::all(&view, rule.reads())));
        }
    }
    inputs
}

/// Copies of a value, each without one of its parts.
fn without_a_part(value: &Value, into: &mut Vec<Value>) {
    let mut smaller = Vec::new();
    match &value.kind {
        Kind::Map(map) => {
            for key in map.entries.keys() {
                let mut entries = map.entries.clone();
                entries.shift_remove(key);
                smaller.push(Value::object(entries));
                // Findings are always whole; of one without a severity the interpreter loses its neighbours too.
                if &**key == "findings" {
                    continue;
                }
                let mut parts = Vec::new();
                without_a_part(&map.entries[key].value, &mut parts);
                for part in parts {
                    let mut entries = map.entries.clone();
                    entries[key].value = part;
                    smaller.push(Value::object(entries));
                }
            }
        }
        Kind::List(list) => {
            for at in 0..list.items.len().min(4) {
                let mut items = list.items.clone();
                items.remove(at);
                smaller.push(Value::list(items));
                let mut parts = Vec::new();
                without_a_part(&list.items[at], &mut parts);
                for part in parts {
                    let mut items = list.items.clone();
                    items[at] = part;
                    smaller.push(Value::list(items));
                }
            }
        }
        _ => {}
    }
    into.extend(smaller.into_iter().take(MAX_VARIANTS));
}
