//! Which modules a rule consists of. The build script shares this file.

/// Whether a module imports the library file `lib/NAME.rego`, whose package is `sealint.lib.NAME`.
pub(super) fn imports(module: &str, file: &str) -> bool {
    let name = file.trim_start_matches("lib/").trim_end_matches(".rego");
    module.contains(&format!("data.sealint.lib.{name}"))
}
