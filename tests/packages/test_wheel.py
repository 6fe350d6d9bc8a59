"""The wheel: installed into a clean environment, it runs on the founding systems."""

import pathlib
import sys

from support import ROOT, Case, run, wheel

SYSTEMS = {"finops-app": 7, "travel-guide": 3, "cost-module": 3, "building-platform": 4, "single-key": 1}


class Wheel(Case):
    def test_it_installs_and_runs(self):
        environment = self.folder / "environment"
        run(sys.executable, "-m", "venv", environment, cwd=self.folder, check=True)
        run(environment / "bin/pip", "install", "--no-index", wheel(), cwd=self.folder, check=True)
        sealint = environment / "bin/sealint"
        self.assertRegex(run(sealint, "--version", cwd=self.folder).stdout, r"sealint \S+ \(\d+ rules\)")
        for system, least in SYSTEMS.items():
            with self.subTest(system=system):
                before = ROOT / "testdata/founding" / system / "before"
                found = run(sealint, "check", "--no-config", "--format", "concise", "-q", ".", cwd=before)
                self.assertEqual(found.returncode, 1, found.stdout)
                self.assertGreaterEqual(len(found.stdout.splitlines()), least, found.stdout)
                after = before.with_name("after")
                if after.is_dir():
                    clean = run(sealint, "check", "--no-config", "--format", "concise", "-q", ".", cwd=after)
                    self.assertEqual((clean.returncode, clean.stdout), (0, ""))

    def test_it_holds_the_program_and_its_licences(self):
        names = pathlib.Path(wheel()).name.split("-")
        self.assertEqual(names[0], "sealint")
        self.assertEqual(names[2:4], ["py3", "none"], "one wheel for every Python")
