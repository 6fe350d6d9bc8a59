"""The GitHub Action: its steps in a simulated runner, with names that try to break out."""

import hashlib
import json
import pathlib
import re
import tarfile

import runner
from support import BAD, GOOD, ROOT, SEALINT, Case, run, write

FORGED = "x\n::error file=forged::forged\r::add-path::/forged\n##[add-path]/forged\n$(touch forged)`touch forged`%0A::error::forged"


def template(count, name="Key"):
    """A template with so many keys that do not rotate."""
    keys = {f"{name}{n}": {"Type": "AWS::KMS::Key", "Properties": {"EnableKeyRotation": False}} for n in range(count)}
    return json.dumps({"Resources": keys}, indent=1)


class Action(Case):
    folder_name = "100% 'a' \"b\" $(touch forged) ::error::x"

    def act(self, files, upload="success", environment=None, **inputs):
        write(self.folder, files)
        inputs = {name.replace("_", "-"): value for name, value in inputs.items()}
        inputs.setdefault("executable", str(SEALINT))
        return runner.carry_out(self.folder, self.temporary, inputs, upload, **(environment or {}))

    def assert_nothing_forged(self, result):
        self.assertFalse(list(self.temporary.rglob("forged")), "a name was carried out")
        names = {command.name for command in runner.commands(result.log)}
        self.assertLessEqual(names, {"error", "warning", "notice"}, result.log)
        for annotation in result.annotations:
            self.assertTrue(annotation.properties["title"].startswith("sealint"), annotation)

    def test_findings_are_annotations_summary_sarif_and_outputs(self):
        result = self.act({"main.tf": BAD})
        self.assertTrue(result.failed)
        rotation = [a for a in result.annotations if "kms-key-rotation" in a.properties["title"]]
        self.assertEqual([(a.name, a.properties["file"], a.properties["line"]) for a in rotation], [("warning", "main.tf", "2")])
        self.assertIn("kms-key-rotation", result.summary)
        self.assertIn("main.tf:2", result.summary)
        sarif = json.loads(pathlib.Path(result.outputs["sarif-file"]).read_text())
        results = sarif["runs"][0]["results"]
        self.assertEqual(results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "main.tf")
        self.assertEqual(result.outputs["findings"], str(len(results)))
        self.assertEqual(result.outputs["exit-code"], "1")
        self.assertEqual(result.uses, [], "nothing is uploaded unless it is asked for")

    def test_only_fail_on_fails_the_step(self):
        for fail_on, failed, code in [("", True, "1"), ("medium", True, "1"), ("high", False, "0"), ("never", False, "0")]:
            with self.subTest(fail_on=fail_on):
                result = self.act({"main.tf": BAD}, fail_on=fail_on)
                self.assertEqual((result.failed, result.outputs["exit-code"]), (failed, code), result.log)
                self.assertGreater(int(result.outputs["findings"]), 0)
        result = self.act({"main.tf": GOOD})
        self.assertEqual((result.failed, result.outputs["findings"], result.annotations), (False, "0", []))

    def test_a_file_that_does_not_parse_is_never_taken_for_clean(self):
        broken = {"main.tf": GOOD, "broken.tf": 'locals {\n'}
        result = self.act(broken)
        self.assertEqual((result.failed, result.outputs["exit-code"]), (True, "2"))
        errors = [a for a in result.annotations if a.name == "error"]
        self.assertEqual([(a.properties["file"], a.properties["title"]) for a in errors], [("broken.tf", "sealint: parse-error")])
        self.assertIn("parse-error", result.summary)
        result = self.act(broken, fail_on="never")
        self.assertEqual((result.failed, result.outputs["exit-code"]), (False, "2"))
        self.assertEqual(len([a for a in result.annotations if a.name == "error"]), 1)

    def test_what_cannot_run_fails_whatever_fail_on_says(self):
        for inputs in [{"config": "gone.toml"}, {"args": "--no-such-flag"}, {"executable": "gone"}, {"fail_on": "sometimes"}, {"format": "pdf"}]:
            with self.subTest(**inputs):
                result = self.act({"main.tf": GOOD}, **{"fail_on": "never", **inputs})
                self.assertTrue(result.failed)
                self.assertEqual([a.name for a in result.annotations], ["error"], result.log)

    def test_annotations_keep_to_the_limits_and_the_rest_is_told(self):
        low = 'resource "aws_s3_bucket" "b" {\n  bucket = "b"\n}\n'
        result = self.act({"keys.json": template(30), "main.tf": low})
        for level in ("error", "warning", "notice"):
            self.assertLessEqual(len([a for a in result.annotations if a.name == level]), 10)
        levels = [a.name for a in result.annotations]
        self.assertEqual(levels, sorted(levels, key=["error", "warning", "notice"].index), "the most severe come first")
        self.assertRegex(result.log, r"sealint: \d+ more that GitHub would not show")
        self.assertGreaterEqual(result.summary.count("kms-key-rotation"), 30)

    def test_names_are_only_names(self):
        evil = 'locals {\n  keys = toset(["::error::forged", "%0A::error::forged", "##[add-path]/forged"])\n}\n'
        evil += 'resource "aws_kms_key" "k" {\n  for_each = local.keys\n  enable_key_rotation = false\n}\n'
        excerpt = 'resource "aws_kms_key" "x" {\n  description = "##[add-path]/forged"\n  enable_key_rotation = false # ##[error]forged\n'
        files = {
            "a b, 100%:'x' $(touch forged).tf": evil,
            "::error::forged.tf": BAD.replace('"k"', '"l"'),
            "excerpt/main.tf": excerpt,
            "evil.json": template(3, FORGED),
            "new\nline::error::forged.json": template(1),
        }
        for format in ("github", "text", "json", "junit"):
            with self.subTest(format=format):
                result = self.act(files, format=format)
                self.assertEqual(result.outputs["exit-code"], "2")
                self.assert_nothing_forged(result)
        result = self.act(files)
        annotated = {a.properties.get("file") for a in result.annotations}
        self.assertIn("a b, 100%:'x' $(touch forged).tf", annotated)
        self.assertIn("::error::forged.tf", annotated)
        self.assertNotIn("\n::error", result.summary)

    def test_inputs_are_only_values(self):
        for name in ("paths", "config", "args", "category", "fail_on", "format", "version", "executable"):
            with self.subTest(input=name):
                self.assert_nothing_forged(self.act({"main.tf": GOOD}, **{name: FORGED}))

    def test_paths_and_arguments_one_a_line(self):
        files = {"my infra/main.tf": BAD, "other/main.tf": BAD, "-x.tf": GOOD, "set ting.toml": "profile = \"strict\"\n"}
        result = self.act(files, paths="my infra\r\n\n-x.tf\n", args="--select\nkms-key-rotation", config="set ting.toml")
        self.assertEqual([a.properties["file"] for a in result.annotations], ["my infra/main.tf"], result.log)

    def test_other_formats_are_text(self):
        result = self.act({"main.tf": BAD}, format="text")
        self.assertIn("enable_key_rotation", result.log)
        self.assertEqual((result.annotations, result.failed), ([], True))

    def test_the_upload_comes_before_the_verdict_and_may_fail(self):
        result = self.act({"main.tf": BAD}, upload_sarif="true", category="infra")
        self.assertEqual(result.uses, [{"sarif_file": result.outputs["sarif-file"], "category": "infra"}])
        self.assertTrue(result.failed)
        result = self.act({"main.tf": GOOD}, upload="failure", upload_sarif="true")
        self.assertFalse(result.failed)
        self.assertIn("security-events", result.annotations[0].message)

    def release(self, version, tampered=False):
        """A folder like that of a release on GitHub."""
        name = f"sealint-{version}-x86_64-unknown-linux-musl.tar.gz"
        folder = self.temporary / "releases" / f"v{version}"
        folder.mkdir(parents=True)
        with tarfile.open(folder / name, "w:gz") as archive:
            archive.add(SEALINT, "./sealint")
        digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        (folder / "SHA256SUMS").write_text(f"{digest}  {name}\n{'0' * 64}  other.tar.gz\n")
        if tampered:
            with (folder / name).open("ab") as archive:
                archive.write(b"x")
        return {"SEALINT_RELEASES": (self.temporary / "releases").as_uri()}

    def test_the_release_is_installed_if_its_checksum_is_right(self):
        result = self.act({"main.tf": BAD}, environment=self.release("1.2.3"), executable="", version="1.2.3")
        self.assertEqual(result.outputs["exit-code"], "1", result.log)
        result = self.act({"main.tf": BAD}, environment=self.release("1.2.4", tampered=True), executable="", version="1.2.4")
        self.assertTrue(result.failed)
        self.assertIn("checksum", result.annotations[0].message)
        self.assertEqual(result.outputs["exit-code"], "")

    def test_the_default_version_is_that_of_the_program(self):
        version = re.search(r'^version = "(.*)"', (ROOT / "Cargo.toml").read_text(), re.M)[1]
        self.assertIn(f"    default: {version}\n", (ROOT / "action.yml").read_text())
        self.assertIn(f"sealint {version} (", run(SEALINT, "--version", cwd=ROOT).stdout)
