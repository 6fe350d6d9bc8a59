//! `sealint completions`, `sealint man`: made from the definition of the command line.

use std::io::{self, Write};

use clap::CommandFactory;

use super::{Cli, Exit};

/// Print completions for a shell
#[derive(clap::Args, Debug)]
pub(super) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    shell: clap_complete::Shell,
}

/// Print the manual page
#[derive(clap::Args, Debug)]
pub(super) struct ManArgs {}

pub(super) fn completions(args: &CompletionsArgs) -> io::Result<Exit> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "sealint", &mut text);
    print(&text)
}

pub(super) fn man(_: &ManArgs) -> io::Result<Exit> {
    let mut text = Vec::new();
    let command = Cli::command();
    clap_mangen::Man::new(command.clone()).render(&mut text)?;
    for subcommand in command.get_subcommands() {
        let heading = format!(".SH SEALINT {}\n", subcommand.get_name().to_uppercase());
        text.extend(heading.as_bytes());
        let page = clap_mangen::Man::new(subcommand.clone());
        page.render_description_section(&mut text)?;
        page.render_options_section(&mut text)?;
    }
    print(&text)
}

fn print(text: &[u8]) -> io::Result<Exit> {
    io::stdout().lock().write_all(text)?;
    Ok(Exit::Clean)
}
