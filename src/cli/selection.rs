//! Which rules to run, as flags.

use std::io;
use std::path::PathBuf;

use clap::ValueEnum;

use super::config::ConfigArgs;
use crate::diagnostic::Diagnostic;
use crate::project::{Choice, Loaded};
use crate::rules::RuleSet;
use crate::rules::metadata::Profile;
use crate::source::Sources;

/// Which rules to run.
#[derive(clap::Args, Debug, Default)]
pub(super) struct SelectionArgs {
    /// The set of rules to run [default: default]
    #[arg(long, value_enum)]
    profile: Option<ProfileArg>,
    /// Run only these rules, whatever the profile; ALL for every rule
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    select: Vec<String>,
    /// Do not run these rules
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    ignore: Vec<String>,
    /// A folder with rules and views of your own
    #[arg(long, value_name = "DIR")]
    rules: Vec<PathBuf>,
}

/// A profile as an argument.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum ProfileArg {
    /// What a reviewer would act on
    Default,
    /// What only some organisations demand, too
    Strict,
}

impl From<ProfileArg> for Profile {
    fn from(profile: ProfileArg) -> Self {
        match profile {
            ProfileArg::Default => Profile::Default,
            ProfileArg::Strict => Profile::Strict,
        }
    }
}

impl SelectionArgs {
    /// The rules to run. Without flags the configuration decides.
    pub(super) fn rules(&self, loaded: &Loaded, sources: &Sources) -> io::Result<(RuleSet, Vec<Diagnostic>)> {
        let choice = Choice {
            profile: self.profile.map(Profile::from),
            select: self.select.clone(),
            ignore: self.ignore.clone(),
            folders: self.rules.clone(),
        };
        choice.rules(loaded, sources)
    }
}

/// All rules: those of the library and those of the user.
pub(super) fn all_rules(folders: &[PathBuf], sources: &Sources) -> io::Result<(RuleSet, Vec<Diagnostic>)> {
    let args = SelectionArgs { select: vec!["ALL".to_string()], rules: folders.to_vec(), ..SelectionArgs::default() };
    args.rules(&Loaded::default(), sources)
}

/// All rules as the configuration of the working directory has them: its folders of rules and its parameters count.
pub(super) fn configured_rules(folders: &[PathBuf], sources: &Sources) -> io::Result<(RuleSet, Vec<Diagnostic>)> {
    let args = SelectionArgs { select: vec!["ALL".to_string()], rules: folders.to_vec(), ..SelectionArgs::default() };
    let mut loaded = ConfigArgs::default().load(&[], sources)?;
    loaded.config.ignore.clear();
    let mut diagnostics = std::mem::take(&mut loaded.diagnostics);
    let (rules, mut more) = args.rules(&loaded, sources)?;
    diagnostics.append(&mut more);
    Ok((rules, diagnostics))
}
