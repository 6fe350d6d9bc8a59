"""The pre-commit hooks, by the real pre-commit: a bad commit is refused, a good one passes."""

import os
import unittest

from support import BAD, GOOD, ROOT, SEALINT, Case, run, wheel, write

# Cargo builds for development, into the folder where most of it is built already.
QUICK = {"MATURIN_PEP517_ARGS": "--profile dev", "CARGO_TARGET_DIR": ROOT / "target"}


NEW_BAD, NEW_GOOD = (text.replace('"k"', '"new"') for text in (BAD, GOOD))


class Hook(Case):
    def setUp(self):
        super().setUp()
        self.environment = {
            "GIT_AUTHOR_NAME": "a",
            "GIT_AUTHOR_EMAIL": "a@example.com",
            "GIT_COMMITTER_NAME": "a",
            "GIT_COMMITTER_EMAIL": "a@example.com",
            "PRE_COMMIT_HOME": self.temporary / "pre-commit",
        }
        self.git("init", "--quiet")
        write(self.folder, {"sealint.toml": "", "modules/key/main.tf": GOOD, "old.tf": BAD, "README.md": "infrastructure\n"})
        self.git("add", ".")
        self.git("commit", "--quiet", "--message", "before there was a hook")

    def git(self, *arguments):
        done = run("git", *arguments, cwd=self.folder, **self.environment)
        self.assertEqual(done.returncode, 0, done.stdout)

    def commit(self, files):
        write(self.folder, files)
        self.git("add", ".")
        return run("git", "commit", "--message", "a change", cwd=self.folder, **self.environment)

    def try_repo(self, hook, **environment):
        """The hook of this repository on what is staged. Only committed files are there, as for a user."""
        command = ["pre-commit", "try-repo", ROOT, hook, "--verbose"]
        return run(*command, cwd=self.folder, **{**self.environment, **environment})

    def assert_refuses_bad_and_passes_good(self, hook, **environment):
        write(self.folder, {"new key.tf": NEW_BAD, "notes.yaml": "a: 1\n"})
        self.git("add", ".")
        bad = self.try_repo(hook, **environment)
        self.assertEqual(bad.returncode, 1, bad.stdout)
        self.assertIn("new key.tf:2", bad.stdout)
        self.assertNotIn("old.tf:", bad.stdout, "what was not changed is not reported")
        self.assertIn("1 file read, 1 skipped, 0 failed, 1 more as context", bad.stdout)
        write(self.folder, {"new key.tf": NEW_GOOD})
        self.git("add", ".")
        good = self.try_repo(hook, **environment)
        self.assertEqual(good.returncode, 0, good.stdout)
        self.assertIn("Passed", good.stdout)

    def test_built_by_pip(self):
        self.assert_refuses_bad_and_passes_good("sealint", **QUICK)

    @unittest.skipUnless(os.environ.get("SEALINT_SOURCE"), "cargo builds it optimised, which takes minutes")
    def test_built_by_cargo(self):
        self.assert_refuses_bad_and_passes_good("sealint-src", CARGO_TARGET_DIR=ROOT / "target")

    def test_installed_already(self):
        path = f"{SEALINT.parent}{os.pathsep}{os.environ['PATH']}"
        self.assert_refuses_bad_and_passes_good("sealint-system", PATH=path)

    def test_from_the_wheel_as_a_user_installs_it(self):
        config = CONFIG.format(wheel=wheel())
        write(self.folder, {".pre-commit-config.yaml": config})
        installed = run("pre-commit", "install", cwd=self.folder, **self.environment)
        self.assertEqual(installed.returncode, 0, installed.stdout)
        bad = self.commit({"new.tf": NEW_BAD})
        self.assertEqual(bad.returncode, 1, bad.stdout)
        self.assertIn("kms-key-rotation", bad.stdout)
        good = self.commit({"new.tf": NEW_GOOD})
        self.assertEqual(good.returncode, 0, good.stdout)
        excluded = self.commit({"examples/key.tf": BAD, "sealint.toml": 'exclude = ["examples/"]\n'})
        self.assertEqual(excluded.returncode, 0, excluded.stdout)
        broken = self.commit({"broken.tf": 'resource "a" {\n'})
        self.assertEqual(broken.returncode, 1, broken.stdout)
        self.assertIn("parse-error", broken.stdout)


# The same as the hook `sealint`, but for where the wheel comes from.
CONFIG = """\
repos:
  - repo: local
    hooks:
      - id: sealint
        name: sealint
        language: python
        additional_dependencies: ["{wheel}"]
        entry: sealint check --force-exclude
        files: \\.(tf|tofu|tfvars|json|ya?ml)$
        require_serial: true
"""
