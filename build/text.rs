//! What the texts of rules and views say about them, found without parsing them.

/// The `# METADATA` block of a rule.
pub(crate) fn metadata(rego: &str) -> String {
    let block = rego.lines().skip_while(|line| line.trim_end() != "# METADATA").skip(1);
    block.map_while(|line| line.strip_prefix('#')).map(|line| format!(" {line}\n")).collect()
}

/// The rest of the first line that starts with `key`, without quotes.
pub(crate) fn line_value(text: &str, key: &str) -> Option<String> {
    let line = text.lines().find_map(|line| line.strip_prefix(key))?;
    Some(line.trim().trim_matches('"').to_owned())
}

/// The keys below `resources:` and the `type:` of parts: everything in the file's head that is shaped like a type.
pub(crate) fn resource_types(text: &str) -> Vec<String> {
    let head = text.split("\nsettings:").next().unwrap_or(text);
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == ':' || c == '.';
    let mut found: Vec<String> = head
        .split(|c: char| !is_word(c))
        .map(|word| word.trim_end_matches([':', '.']))
        .filter(|word| {
            word.starts_with("aws_")
                || word.contains("::")
                || word.starts_with("policy.")
                || word.starts_with("document.")
                || word.starts_with("provider.")
        })
        .map(str::to_owned)
        .collect();
    found.sort();
    found.dedup();
    found
}
