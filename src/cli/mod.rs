//! The command line: one file per subcommand. Each turns arguments into a call of the library and prints what comes
//! back; nothing else in the crate prints.

mod check;
mod completions;
mod config;
mod eval;
mod explain;
mod fix;
mod init;
mod inputs;
mod inspect;
mod judged;
mod lsp;
mod output;
mod progress;
mod rules;
mod scan;
mod selection;
mod style;
mod test;
mod who_can;

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::project::failure;
use crate::report::terminal::ColorChoice;
use crate::report::{self, Counts, Options, Report, Terminal};
use crate::rules::RuleSet;
use crate::source::Sources;

/// Is everything sealed? Checks encryption and key access in Terraform, CloudFormation and key policies.
#[derive(Parser, Debug)]
#[command(name = "sealint", version = version(), max_term_width = 100)]
struct Cli {
    #[command(flatten, next_help_heading = "Everywhere")]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// Options of every subcommand.
#[derive(clap::Args, Debug)]
struct Global {
    /// When to use colour: auto, always, never; NO_COLOR, CLICOLOR_FORCE and FORCE_COLOR count too
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t, hide_possible_values = true)]
    color: ColorChoice,
    /// Say less: no warnings, no summary beside the report
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Say more: why files were skipped, what the program noticed on its way
    #[arg(short, long, global = true)]
    verbose: bool,
}

#[derive(Subcommand, Debug)]
enum Command {
    Check(Box<check::Args>),
    Fix(Box<fix::Args>),
    Explain(explain::Args),
    Rules(rules::Args),
    Eval(eval::Args),
    Inspect(Box<inspect::Args>),
    WhoCan(Box<who_can::Args>),
    Test(test::Args),
    Lsp(lsp::Args),
    Init(init::Args),
    Completions(completions::CompletionsArgs),
    Man(completions::ManArgs),
}

/// How a run ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Exit {
    /// Nothing to report.
    Clean,
    /// Findings at or above the threshold.
    Findings,
    /// The program could not do its job: bad usage, unreadable input, a file that did not parse.
    Failed,
}

/// Runs the program.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let result = match &cli.command {
        Command::Check(args) => check::run(args, &cli.global),
        Command::Fix(args) => fix::run(args, &cli.global),
        Command::Explain(args) => explain::run(args, &cli.global),
        Command::Eval(args) => eval::run(args, &cli.global),
        Command::Inspect(args) => inspect::run(args, &cli.global),
        Command::WhoCan(args) => who_can::run(args, &cli.global),
        Command::Rules(args) => rules::run(args, &cli.global),
        Command::Test(args) => test::run(args, &cli.global),
        Command::Init(args) => init::run(args, &cli.global),
        Command::Completions(args) => completions::completions(args),
        Command::Man(args) => completions::man(args),
        Command::Lsp(args) => lsp::run(args),
    };
    match result {
        Ok(Exit::Clean) => ExitCode::SUCCESS,
        Ok(Exit::Findings) => ExitCode::from(1),
        Ok(Exit::Failed) => ExitCode::from(2),
        // The reader has seen enough: `sealint check | head`.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error.to_string());
            ExitCode::from(2)
        }
    }
}

/// The version and how many rules come with it.
fn version() -> String {
    format!("{} ({} rules)", env!("CARGO_PKG_VERSION"), RuleSet::built_in().len())
}

/// Prints diagnostics to stderr: errors always, the rest unless the user wants less. With an error the run has failed.
fn diagnose(diagnostics: &[Diagnostic], sources: &Sources, global: &Global) -> io::Result<Exit> {
    let worth = |diagnostic: &&Diagnostic| match diagnostic.level {
        Level::Error => true,
        Level::Warning => !global.quiet,
        Level::Note => global.verbose || diagnostic.code == Code::MissingModule && !global.quiet,
    };
    let shown: Vec<Diagnostic> = diagnostics.iter().filter(worth).cloned().collect();
    let options = Options { terminal: global.stderr(), ..Options::default() };
    let (rules, files) = (&[], Counts::default());
    let report = Report { findings: &[], diagnostics: &shown, sources, rules, files, base: None, options };
    report::render_diagnostics(&report, &mut BufWriter::new(io::stderr().lock()))?;
    let failed = diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error);
    Ok(if failed { Exit::Failed } else { Exit::Clean })
}

/// Says on stderr what went wrong. A stderr that cannot be written to leaves nothing else to do.
fn complain(message: &str) {
    let _ = writeln!(io::stderr(), "sealint: {}", crate::report::escape_control(message));
}

impl Global {
    fn stdout(&self) -> Terminal {
        Terminal::of(&io::stdout(), self.color)
    }

    fn stderr(&self) -> Terminal {
        Terminal::of(&io::stderr(), self.color)
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_definition_holds_together() {
        super::Cli::command().debug_assert();
    }
}
