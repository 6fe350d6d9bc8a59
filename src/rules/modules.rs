//! Which modules a rule consists of. The build script shares this file.

/// Whether a module imports the library file `lib/NAME.rego`, whose package is `sealint.lib.NAME`.
pub(super) fn imports(module: &str, file: &str) -> bool {
    module.contains(&format!("data.{}", package(file)))
}

/// The package of a library file.
pub(super) fn package(file: &str) -> String {
    format!("sealint.lib.{}", file.trim_start_matches("lib/").trim_end_matches(".rego"))
}
