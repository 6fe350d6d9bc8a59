//! Which rules to run, as flags.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;

use clap::ValueEnum;

use super::config::ConfigArgs;
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::finding::Severity;
use crate::project::{Choice, Loaded};
use crate::rules::metadata::{Metadata, Profile};
use crate::rules::{RuleSet, Selection};
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
        let ids = |list: &[String]| list.iter().map(|id| id.trim().to_owned()).collect();
        let choice = Choice {
            profile: self.profile.map(Profile::from),
            select: ids(&self.select),
            ignore: ids(&self.ignore),
            folders: self.rules.clone(),
        };
        let (rules, mut diagnostics) = choice.rules(loaded, sources)?;
        if rules.rules().is_empty() && diagnostics.iter().all(|diagnostic| diagnostic.level < Level::Error) {
            let message = "nothing was checked: no rule is left to run";
            let mut nothing = Diagnostic::new(Level::Warning, Code::Configuration, message);
            nothing.file = loaded.file.filter(|_| self.select.is_empty() && self.ignore.is_empty());
            diagnostics.push(nothing.help("see `select` and `ignore`, on the command line and in sealint.toml"));
        }
        Ok((rules, diagnostics))
    }
}

/// All rules: those of the library and those of the user.
pub(super) fn all_rules(folders: &[PathBuf], sources: &Sources) -> io::Result<(RuleSet, Vec<Diagnostic>)> {
    let args = SelectionArgs { select: vec!["ALL".to_string()], rules: folders.to_vec(), ..SelectionArgs::default() };
    args.rules(&Loaded::default(), sources)
}

/// All rules, as the configuration of the working directory has them.
pub(super) struct Here {
    /// Its folders of rules and its parameters count.
    pub(super) rules: RuleSet,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Whether there is a configuration.
    pub(super) is_configured: bool,
    severities: BTreeMap<String, Severity>,
    selection: Selection,
}

impl Here {
    /// Reads the configuration and the rules.
    pub(super) fn read(folders: &[PathBuf], sources: &Sources) -> io::Result<Here> {
        let all =
            SelectionArgs { select: vec!["ALL".to_string()], rules: folders.to_vec(), ..SelectionArgs::default() };
        let mut loaded = ConfigArgs::default().load(&[], sources)?;
        let selection = Choice::default().selection(&loaded.config);
        let severities = loaded.file.map(|file| loaded.config.severities(file).0).unwrap_or_default();
        let severities = severities.into_iter().map(|(rule, severity)| (rule.to_owned(), severity)).collect();
        loaded.config.ignore.clear();
        let mut diagnostics = std::mem::take(&mut loaded.diagnostics);
        let (rules, mut more) = all.rules(&loaded, sources)?;
        diagnostics.append(&mut more);
        Ok(Here { rules, diagnostics, is_configured: loaded.file.is_some(), severities, selection })
    }

    /// The severity of a rule's findings.
    pub(super) fn severity(&self, rule: &Metadata) -> Severity {
        self.severities.get(&*rule.id).copied().unwrap_or(rule.severity)
    }

    /// Whether the rule is run if nothing is said on the command line.
    pub(super) fn is_on(&self, rule: &Metadata) -> bool {
        self.selection.takes(&rule.id, rule.profile)
    }
}
