"""What the tests of the packages have in common."""

import functools
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SEALINT = pathlib.Path(os.environ.get("SEALINT", ROOT / "target/debug/sealint")).resolve()

BAD = 'resource "aws_kms_key" "k" {\n  enable_key_rotation = false\n}\n'
GOOD = BAD.replace("false", "true")


def run(*command, cwd, check=False, **environment):
    """Runs a command; its output is text."""
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **{name: str(value) for name, value in environment.items()}},
        check=check,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )


def write(folder, files):
    """Writes files, given as texts by their paths."""
    for path, text in files.items():
        path = pathlib.Path(folder, path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


class Case(unittest.TestCase):
    """A test with a folder of its own, whose name is as awkward as names can be."""

    folder_name = "a folder"

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.temporary = pathlib.Path(temporary.name)
        self.folder = self.temporary / self.folder_name
        self.folder.mkdir()


@functools.cache
def wheel():
    """The wheel that is given, or one built for development."""
    given = os.environ.get("SEALINT_WHEEL")
    if given:
        return pathlib.Path(given).resolve()
    folder = ROOT / "target/packages/wheels"
    shutil.rmtree(folder, ignore_errors=True)
    run("maturin", "build", "--quiet", "--profile", "dev", "--out", folder, cwd=ROOT, check=True)
    [built] = folder.iterdir()
    return built
