//! One rule's Rego, made ready and evaluated on its own, so that no rule can hide or break another.

use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use regorus::rvm::RegoVM;
use regorus::rvm::program::{DeserializationResult, Program as Bytecode};
use regorus::utils::limits::ExecutionTimerConfig;
use regorus::{Engine, Value as Rego};
use serde_json::{Map, Value as Json};

use super::bounded::Bounded;
use super::input::{text, to_rego};
use crate::finding::Severity;
use crate::value::Value;

/// The longest that one evaluation of one rule may take.
const TIME_LIMIT: Duration = Duration::from_millis(500);

/// How many bytes of a rule's results are kept.
const MAX_MEMO: usize = 512 << 10;

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
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
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
    code: Code,
    /// What rules see as `input.parameters`: part of the program, so that what is memoised holds for them.
    parameters: Option<Rego>,
    /// By the marks of what it reads.
    memo: Mutex<Bounded<Box<[u32]>, Denials, MAX_MEMO>>,
}

impl Program {
    /// Makes a module ready. The entry point is `deny` in its package; `parameters` are its `input.parameters`, `imported`
    /// are paths and texts of the modules that it imports.
    ///
    /// # Errors
    /// The engine's message, which names line and column in the module.
    pub(super) fn new(
        path: &str,
        module: &str,
        imported: Vec<(String, String)>,
        parameters: &Map<String, Json>,
    ) -> Result<Program, String> {
        let mut engine = Engine::new();
        engine.set_execution_timer_config(timer());
        bound_ranges(&mut engine).map_err(|error| error.to_string())?;
        for (name, text) in imported {
            engine.add_policy(name, text).map_err(|error| error.to_string())?;
        }
        let package = engine.add_policy(path.to_owned(), module.to_owned()).map_err(|error| error.to_string())?;
        let entry = format!("{package}.deny");
        let code = Code::Interpreted { engine: Box::new(Mutex::new(engine)), entry, idle: Idle::default() };
        Ok(Program::of(code, parameters))
    }

    /// Takes a program that was compiled with sealint. `None` if it is none: the text of the rule serves as well.
    pub fn compiled(bytes: &[u8], parameters: &Map<String, Json>) -> Option<Program> {
        match Bytecode::deserialize_binary(bytes) {
            Ok(DeserializationResult::Complete(code)) => {
                let code = Code::Compiled { code: Arc::new(code), idle: Idle::default() };
                Some(Program::of(code, parameters))
            }
            Ok(DeserializationResult::Partial(_)) | Err(_) => None,
        }
    }

    #[cfg(test)]
    pub(super) fn is_compiled(&self) -> bool {
        matches!(self.code, Code::Compiled { .. })
    }

    fn of(code: Code, parameters: &Map<String, Json>) -> Program {
        let parameters = (!parameters.is_empty()).then(|| Rego::from(Json::Object(parameters.clone())));
        Program { code, parameters, memo: Mutex::default() }
    }

    /// What the rule denies of an input. Inputs with the same `marks` are equal, and are made and evaluated once.
    ///
    /// # Errors
    /// The engine's message.
    pub fn denials(&self, marks: &[u32], input: impl FnOnce() -> Value) -> Result<Arc<[Denial]>, String> {
        if let Some(known) = self.memo.lock().unwrap_or_else(PoisonError::into_inner).get(marks) {
            return known.clone();
        }
        let result = self.evaluate(&input());
        // The next time the machine may be less busy.
        if result.as_ref().err() != Some(&too_slow()) {
            let bytes = size_of_val(marks) + size(&result);
            self.memo.lock().unwrap_or_else(PoisonError::into_inner).insert(marks.into(), result.clone(), bytes);
        }
        result
    }

    /// What the rule denies of an input, whatever was asked before.
    pub(super) fn evaluate(&self, input: &Value) -> Result<Arc<[Denial]>, String> {
        let mut input = to_rego(input);
        if let (Some(parameters), Ok(input)) = (&self.parameters, input.as_object_mut()) {
            input.insert(Rego::from("parameters"), parameters.clone());
        }
        let denied = self.code.run(input).map_err(|message| match message {
            slow if slow.contains("exceeded time limit") => too_slow(),
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

fn too_slow() -> String {
    format!("it took longer than {} ms for one resource", TIME_LIMIT.as_millis())
}

/// About how many bytes a result takes.
fn size(result: &Denials) -> usize {
    match result {
        Ok(denials) => {
            denials.iter().map(|denial| denial.message.len() + size_of_val(&*denial.path)).sum::<usize>()
                + size_of_val(&**denials)
        }
        Err(message) => message.len(),
    }
}

/// The two forms of a rule.
enum Code {
    /// Compiled with sealint: a rule of the library.
    Compiled { code: Arc<Bytecode>, idle: Idle<RegoVM> },
    /// Read from its text: the user's. The engine is copied for each that runs.
    Interpreted { engine: Box<Mutex<Engine>>, entry: String, idle: Idle<Engine> },
}

impl Code {
    /// The set of denials.
    fn run(&self, input: Rego) -> Result<Rego, String> {
        let denied = match self {
            Code::Compiled { code, idle } => idle.lend(
                || machine(code),
                |machine| {
                    machine.set_input(input);
                    machine.execute_entry_point_by_index(0).map_err(anyhow::Error::from)
                },
            ),
            Code::Interpreted { engine, entry, idle } => idle.lend(
                || engine.lock().unwrap_or_else(PoisonError::into_inner).clone(),
                |engine| {
                    engine.set_input(input);
                    engine.eval_rule(entry.clone())
                },
            ),
        };
        denied.map_err(|error| error.to_string())
    }
}

fn machine(code: &Arc<Bytecode>) -> RegoVM {
    let mut machine = RegoVM::new();
    // Time is the bound: a long policy takes many instructions.
    machine.set_max_instructions(usize::MAX);
    machine.set_execution_timer_config(Some(timer()));
    // As the interpreter: an error of a function is an error of the rule.
    machine.set_strict_builtin_errors(true);
    machine.load_program(Arc::clone(code));
    machine
}

/// What runs a rule and is not in use right now: one for each processor that ran it.
struct Idle<R>(Mutex<Vec<Box<R>>>);

impl<R> Default for Idle<R> {
    fn default() -> Self {
        Idle(Mutex::default())
    }
}

impl<R> Idle<R> {
    /// Does `work` with one that is idle, or with a new one. One that failed is not used again.
    fn lend<T>(&self, make: impl FnOnce() -> R, work: impl FnOnce(&mut R) -> anyhow::Result<T>) -> anyhow::Result<T> {
        let idle = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut runner = idle.unwrap_or_else(|| Box::new(make()));
        let done = work(&mut runner)?;
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(runner);
        Ok(done)
    }
}

fn timer() -> ExecutionTimerConfig {
    ExecutionTimerConfig { limit: TIME_LIMIT, check_interval: NonZeroU32::new(64).unwrap_or(NonZeroU32::MIN) }
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
            Some(dotted) => segments(&dotted).ok_or_else(|| format!("a denial's `path` is broken: {dotted:?}"))?,
            None => return Err("a denial's `path` is a dotted string or an array".to_owned()),
        },
    };
    let severity = match &value["severity"] {
        Rego::Undefined => None,
        named => match text(named).and_then(|name| Severity::parse(&name)) {
            Some(severity) => Some(severity),
            None => {
                let names = Severity::ALL.map(Severity::as_str).join("`, `");
                return Err(format!("a denial's `severity` is {named}, but must be one of `{names}`"));
            }
        },
    };
    Ok(Denial { path, message: message.to_string(), severity })
}

/// `a.b[2].c` as steps; `None` if it is no such path. Rules join paths of which one may be empty: `policy.` is `policy`.
fn segments(dotted: &str) -> Option<Vec<Segment>> {
    let mut steps = Vec::new();
    for part in dotted.split('.') {
        let mut pieces = part.split('[');
        let key = pieces.next().filter(|key| !key.contains(']'))?;
        steps.extend(Some(key).filter(|key| !key.is_empty()).map(|key| Segment::Key(key.into())));
        for piece in pieces {
            steps.push(Segment::Index(piece.strip_suffix(']')?.parse().ok()?));
        }
    }
    Some(steps)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remembers_results_but_not_that_it_was_too_slow() {
        let program =
            |deny: &str| Program::new("r.rego", &format!("package r\ndeny contains {deny}\n"), Vec::new(), &Map::new());
        let known = |program: &Program| {
            let denials = program.denials(&[1], Value::null);
            (denials.map(|denials| denials.len()), program.memo.lock().unwrap_or_else(PoisonError::into_inner).len())
        };
        assert_eq!(program("\"x\" if true").map(|program| known(&program)), Ok((Ok(1), 1)));
        assert_eq!(program("1 if true").map(|program| known(&program).1), Ok(1));
        let slow = "\"x\" if { r := numbers.range(1, 5000); count([1 | some x in r; some y in r; x == y + 9000]) > 0 }";
        assert_eq!(program(slow).map(|program| known(&program)), Ok((Err(too_slow()), 0)));
    }

    #[test]
    fn a_path_is_whole_or_none() {
        let key = |key: &str| Segment::Key(key.into());
        assert_eq!(segments(""), Some(Vec::new()));
        assert_eq!(
            segments("a.b[2][0].c"),
            Some(vec![key("a"), key("b"), Segment::Index(2), Segment::Index(0), key("c")])
        );
        assert_eq!(segments("policy."), Some(vec![key("policy")]));
        for broken in ["values.l[x]", "a[1", "a]", "a[-1]", "a[1]b"] {
            assert_eq!(segments(broken), None, "{broken}");
        }
    }

    #[test]
    fn a_severity_is_one_that_there_is() {
        let denied = |severity: &str| denial(&Rego::from(serde_json::json!({"message": "m", "severity": severity})));
        assert_eq!(denied("high").map(|denial| denial.severity), Ok(Some(Severity::High)));
        assert!(denied("hgih").is_err_and(|error| error.contains("hgih")));
    }
}
