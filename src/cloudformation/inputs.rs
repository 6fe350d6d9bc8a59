//! What is given to a template from outside.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::files::Files;
use crate::value::Value;

/// Values of parameters by name, as `--parameter` and parameters files give them: strings with their origins. Names of
/// pseudo parameters (`AWS::Region`) are names like any other.
pub type Parameters = BTreeMap<Arc<str>, Value>;

/// What a template is evaluated with.
#[derive(Clone, Default)]
pub struct Inputs {
    /// The values of parameters. They go before defaults.
    pub parameters: Parameters,
    /// The files beside the template: included snippets, templates of nested stacks. `None`: nothing may be read.
    pub files: Option<Arc<dyn Files>>,
}

impl fmt::Debug for Inputs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Values are left out: parameters may be secrets.
        f.debug_struct("Inputs")
            .field("parameters", &self.parameters.keys().collect::<Vec<_>>())
            .field("files", &self.files.is_some())
            .finish()
    }
}
