//! Where reports go: stdout in one format, and files in others.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::ValueEnum;

use super::failure;
use crate::report::{Format, Options, Report, Terminal};

/// One `--output`: `FILE`, or `FORMAT=FILE`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Output {
    /// The format; without it, that of `--format`.
    format: Option<Format>,
    file: PathBuf,
}

impl FromStr for Output {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let named = text.split_once('=').and_then(|(name, file)| Some((Format::from_str(name, false).ok()?, file)));
        let (format, file) = named.map_or((None, text), |(format, file)| (Some(format), file));
        match file {
            "" => Err("the name of a file is missing".to_string()),
            file => Ok(Output { format, file: file.into() }),
        }
    }
}

/// Writes the report in `format` to stdout, or to the one output without a format of its own; and to each other output
/// in the output's format.
pub(super) fn write(report: &Report<'_>, format: Format, outputs: &[Output]) -> io::Result<()> {
    let mut plain = outputs.iter().filter(|output| output.format.is_none());
    match (plain.next(), plain.next()) {
        (None, _) => {
            let mut out = BufWriter::new(io::stdout().lock());
            format.render(report, &mut out)?;
            out.flush()?;
        }
        (Some(output), None) => to_file(report, format, &output.file)?,
        (Some(_), Some(_)) => {
            return Err(failure("only one `--output` can be without a format: `--output FORMAT=FILE`"));
        }
    }
    for output in outputs {
        if let Some(format) = output.format {
            to_file(report, format, &output.file)?;
        }
    }
    Ok(())
}

/// The formats that reports are written in.
pub(super) fn formats(format: Format, outputs: &[Output]) -> impl Iterator<Item = Format> {
    outputs.iter().filter_map(|output| output.format).chain([format])
}

fn to_file(report: &Report<'_>, format: Format, path: &Path) -> io::Result<()> {
    let options = Options { terminal: Terminal::default(), ..report.options };
    let write = || {
        let mut out = BufWriter::new(File::create(path)?);
        format.render(&Report { options, ..*report }, &mut out)?;
        out.flush()
    };
    write().map_err(|error| failure(format!("cannot write {}: {error}", path.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_output_names_its_format_or_not() {
        let output = |format, file: &str| Ok(Output { format, file: file.into() });
        assert_eq!("a.sarif".parse(), output(None, "a.sarif"));
        assert_eq!("sarif=a.sarif".parse(), output(Some(Format::Sarif), "a.sarif"));
        assert_eq!("run=1/a.txt".parse(), output(None, "run=1/a.txt"));
        assert!("json=".parse::<Output>().is_err());
    }
}
