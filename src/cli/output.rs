//! Where reports go: stdout in one format, and files in others.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::ValueEnum;

use super::failure;
use crate::report::{Format, Options, Report, Terminal};
use crate::suggest::did_you_mean;

/// The file that means standard output.
const STDOUT: &str = "-";

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
        let (format, file) = match text.split_once('=') {
            // A path has the sign where it likes; what stands before it otherwise is meant as a format.
            Some((name, file)) if !name.contains(['/', '\\']) => (Some(named(name)?), file),
            _ => (None, text),
        };
        match file {
            "" => Err("the name of a file is missing".to_string()),
            file => Ok(Output { format, file: file.into() }),
        }
    }
}

fn named(name: &str) -> Result<Format, String> {
    Format::from_str(name, false).map_err(|_| {
        let names = Format::value_variants().iter().filter_map(ValueEnum::to_possible_value);
        let names: Vec<String> = names.map(|value| value.get_name().to_owned()).collect();
        let hint = did_you_mean(name, names.iter().map(String::as_str))
            .unwrap_or_else(|| format!("there are {}; a file of this name is `./{name}=…`", names.join(", ")));
        format!("there is no format `{name}`: {hint}")
    })
}

impl Output {
    fn is_stdout(&self) -> bool {
        self.file == Path::new(STDOUT)
    }
}

/// The format of the report that goes to stdout, if one does: that of `--format`, unless its report is to go to a file or
/// another report to stdout.
pub(super) fn on_stdout(format: Option<Format>, outputs: &[Output]) -> io::Result<Option<Format>> {
    let mut plain = outputs.iter().filter(|output| output.format.is_none());
    let (first, second) = (plain.next(), plain.next());
    if second.is_some() {
        return Err(failure("only one `--output` can be without a format: `--output FORMAT=FILE`"));
    }
    let mut formats: Vec<Format> =
        outputs.iter().filter(|o| o.is_stdout()).filter_map(|output| output.format).collect();
    if first.map_or(format.is_some() || formats.is_empty(), Output::is_stdout) {
        formats.push(format.unwrap_or_default());
    }
    match formats.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(*one)),
        _ => Err(failure("only one report can go to standard output: `--output FORMAT=FILE`")),
    }
}

/// Writes the report to stdout, if it is to go there, and to each output that is a file in the output's format.
pub(super) fn write(report: &Report<'_>, format: Option<Format>, outputs: &[Output]) -> io::Result<()> {
    if let Some(format) = on_stdout(format, outputs)? {
        let mut out = BufWriter::new(io::stdout().lock());
        format.render(report, &mut out)?;
        out.flush()?;
    }
    for output in outputs.iter().filter(|output| !output.is_stdout()) {
        to_file(report, output.format.or(format).unwrap_or_default(), &output.file)?;
    }
    Ok(())
}

/// The formats that reports are written in.
pub(super) fn formats(format: Option<Format>, outputs: &[Output]) -> impl Iterator<Item = Format> {
    outputs.iter().filter_map(|output| output.format).chain([format.unwrap_or_default()])
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
        assert_eq!("./run=1/a.txt".parse(), output(None, "./run=1/a.txt"));
        assert!("json=".parse::<Output>().is_err());
        let wrong = "sarfi=a.sarif".parse::<Output>();
        assert_eq!(wrong, Err("there is no format `sarfi`: did you mean `sarif`?".to_owned()));
    }

    #[test]
    fn one_report_goes_to_stdout() {
        let on = |format, outputs: &[&str]| {
            let outputs: Vec<Output> = outputs.iter().filter_map(|output| output.parse().ok()).collect();
            on_stdout(format, &outputs).map_err(|error| error.to_string())
        };
        assert_eq!(on(None, &[]), Ok(Some(Format::Text)));
        assert_eq!(on(Some(Format::Json), &["-"]), Ok(Some(Format::Json)));
        assert_eq!(on(None, &["sarif=-"]), Ok(Some(Format::Sarif)));
        assert_eq!(on(None, &["a.txt", "sarif=-"]), Ok(Some(Format::Sarif)));
        assert_eq!(on(Some(Format::Json), &["a.json"]), Ok(None));
        assert_eq!(on(None, &["sarif=a.sarif"]), Ok(Some(Format::Text)));
        assert!(on(Some(Format::Json), &["sarif=-"]).is_err() && on(None, &["-", "sarif=-"]).is_err());
    }
}
