//! One rule's Rego, made ready and evaluated on its own, so that no rule can hide or break another.

use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use regorus::utils::limits::ExecutionTimerConfig;
use regorus::{Engine, Value as Rego};
use rustc_hash::FxHashMap;
use serde_json::{Map, Value as Json};

use super::input::{fingerprint, text, to_rego};
use super::library::LIBRARIES;
use crate::finding::Severity;
use crate::value::Value;

/// The longest that one evaluation of one rule may take.
const TIME_LIMIT: Duration = Duration::from_millis(500);

/// The longest range of numbers that a rule may make.
const MAX_RANGE: u64 = 100_000;

/// What a rule denies.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Denial {
    /// The setting it is about; empty for the resource as a whole.
    pub path: Vec<Segment>,
    /// What is wrong.
    pub message: String,
    /// The severity, if it differs from the rule's.
    pub severity: Option<Severity>,
}

/// One step of a denial's path.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Segment {
    /// Into a mapping.
    Key(Arc<str>),
    /// Into a list.
    Index(usize),
}

/// What a rule denies of one input, or why it does not work.
type Denials = Result<Arc<[Denial]>, String>;

/// A rule's Rego, ready to run.
pub struct Program {
    engine: Mutex<Engine>,
    entry: String,
    /// What rules see as `input.parameters`: part of the program, so that what is memoised holds for them.
    parameters: Option<Rego>,
    memo: Mutex<FxHashMap<String, Denials>>,
}

impl Program {
    /// Makes a module ready. The entry point is `deny` in its package; `parameters` are its `input.parameters`.
    ///
    /// # Errors
    /// The engine's message, which names line and column in the module.
    pub fn new(path: &str, module: &str, parameters: &Map<String, Json>) -> Result<Program, String> {
        let mut engine = Engine::new();
        engine.set_execution_timer_config(ExecutionTimerConfig {
            limit: TIME_LIMIT,
            check_interval: NonZeroU32::new(64).unwrap_or(NonZeroU32::MIN),
        });
        bound_ranges(&mut engine).map_err(|error| error.to_string())?;
        for (name, library) in LIBRARIES.iter().filter(|(name, _)| imports(module, name)) {
            engine.add_policy((*name).to_owned(), (*library).to_owned()).map_err(|error| error.to_string())?;
        }
        let package = engine.add_policy(path.to_owned(), module.to_owned()).map_err(|error| error.to_string())?;
        let parameters = (!parameters.is_empty()).then(|| Rego::from(Json::Object(parameters.clone())));
        let entry = format!("{package}.deny");
        Ok(Program { engine: Mutex::new(engine), entry, parameters, memo: Mutex::default() })
    }

    /// What the rule denies of an input. Equal inputs are evaluated once.
    ///
    /// # Errors
    /// The engine's message.
    pub fn denials(&self, input: &Value) -> Result<Arc<[Denial]>, String> {
        let mut key = String::with_capacity(64);
        fingerprint(input, &mut key);
        if let Some(known) = self.memo.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return known.clone();
        }
        let result = self.evaluate(input);
        self.memo.lock().unwrap_or_else(PoisonError::into_inner).insert(key, result.clone());
        result
    }

    fn evaluate(&self, input: &Value) -> Result<Arc<[Denial]>, String> {
        let mut engine = self.engine.lock().unwrap_or_else(PoisonError::into_inner);
        let mut input = to_rego(input);
        if let (Some(parameters), Ok(input)) = (&self.parameters, input.as_object_mut()) {
            input.insert(Rego::from("parameters"), parameters.clone());
        }
        engine.set_input(input);
        let denied = engine.eval_rule(self.entry.clone()).map_err(|error| match error.to_string() {
            slow if slow.contains("exceeded time limit") => {
                format!("it took longer than {} ms for one resource", TIME_LIMIT.as_millis())
            }
            other => other,
        })?;
        let Ok(set) = denied.as_set() else {
            return Err("`deny` is not a set: write `deny contains {…} if {…}`".to_owned());
        };
        let mut denials = set.iter().map(denial).collect::<Result<Vec<_>, _>>()?;
        denials.sort();
        Ok(denials.into())
    }
}

/// Bounds the functions that make long lists: the time limit does not interrupt a function.
fn bound_ranges(engine: &mut Engine) -> anyhow::Result<()> {
    let bounded = |arguments: Vec<Rego>| {
        let integer = |at: usize| arguments.get(at).and_then(|argument| argument.as_i64().ok());
        let (Some(from), Some(to), step) = (integer(0), integer(1), integer(2).unwrap_or(1)) else {
            return Ok(Rego::Undefined);
        };
        let Some(step) = usize::try_from(step).ok().filter(|step| *step > 0) else { return Ok(Rego::Undefined) };
        if from.abs_diff(to) / (step as u64) > MAX_RANGE {
            return Err(anyhow::anyhow!("a range has more than {MAX_RANGE} items"));
        }
        let numbers: Vec<i64> = if from <= to { (from..=to).collect() } else { (to..=from).rev().collect() };
        Ok(Rego::from(numbers.into_iter().step_by(step).map(Rego::from).collect::<Vec<_>>()))
    };
    engine.add_extension("numbers.range".to_owned(), 2, Box::new(bounded))?;
    engine.add_extension("numbers.range_step".to_owned(), 3, Box::new(bounded))
}

/// Whether a module imports the library file `lib/NAME.rego`, whose package is `sealint.lib.NAME`.
fn imports(module: &str, file: &str) -> bool {
    let name = file.trim_start_matches("lib/").trim_end_matches(".rego");
    module.contains(&format!("data.sealint.lib.{name}"))
}

/// `{"message": …, "path": "a.b" | ["a", 0], "severity": …}`; `msg` is taken for `message`, a bare string as well.
fn denial(value: &Rego) -> Result<Denial, String> {
    if let Some(message) = text(value) {
        return Ok(Denial { path: Vec::new(), message: message.to_string(), severity: None });
    }
    let message = text(&value["message"]).or_else(|| text(&value["msg"]));
    let Some(message) = message else {
        return Err("a denial is a string or an object with `message`".to_owned());
    };
    let path = match &value["path"] {
        Rego::Undefined => Vec::new(),
        Rego::Array(steps) => steps.iter().map(segment).collect::<Result<Vec<_>, _>>()?,
        whole => match text(whole) {
            Some(dotted) => segments(&dotted),
            None => return Err("a denial's `path` is a dotted string or an array".to_owned()),
        },
    };
    let severity = text(&value["severity"]).and_then(|name| Severity::parse(&name));
    Ok(Denial { path, message: message.to_string(), severity })
}

/// `a.b[2].c` as steps.
fn segments(dotted: &str) -> Vec<Segment> {
    let mut steps = Vec::new();
    for part in dotted.split('.') {
        let mut pieces = part.split('[');
        steps.extend(pieces.next().filter(|key| !key.is_empty()).map(|key| Segment::Key(key.into())));
        steps.extend(pieces.filter_map(|piece| piece.strip_suffix(']')?.parse().ok()).map(Segment::Index));
    }
    steps
}

fn segment(step: &Rego) -> Result<Segment, String> {
    if let Some(key) = text(step) {
        return Ok(Segment::Key(key));
    }
    match step.as_u64() {
        Ok(index) => Ok(Segment::Index(usize::try_from(index).unwrap_or(usize::MAX))),
        Err(_) => Err("a step of a denial's `path` is a string or a number".to_owned()),
    }
}
