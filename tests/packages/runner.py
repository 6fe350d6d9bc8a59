"""A composite action as GitHub's runner carries it out: as much of it as action.yml uses."""

import dataclasses
import os
import re
import subprocess

import yaml

from support import ROOT


@dataclasses.dataclass
class Command:
    """A workflow command that the runner found in the log."""

    name: str
    properties: dict
    message: str


@dataclasses.dataclass
class Result:
    """What became of a run."""

    failed: bool
    log: str
    summary: str
    outputs: dict
    uses: list
    """The `with` of each action that was used."""

    @property
    def annotations(self):
        return [c for c in commands(self.log) if c.name in ("error", "warning", "notice")]


def carry_out(workspace, temporary, inputs, upload="success", **environment):
    """Runs the action of this repository in a workspace. `upload` is what becomes of the actions that it uses."""
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    given = {name: str(spec["default"]) for name, spec in action["inputs"].items()}
    unknown = set(inputs) - set(given)
    assert not unknown, unknown
    given.update(inputs)
    steps, log, uses, failed = {}, "", [], False
    summary = temporary / "summary"
    summary.touch()

    def value(match):
        context, *path = match[1].split(".")
        if context == "inputs":
            return given[path[0]]
        step = steps[path[0]]
        return step["outcome"] if path[1] == "outcome" else step["outputs"].get(path[2], "")

    def evaluate(text):
        return re.sub(r"\$\{\{ ([\w.-]+) }}", value, str(text))

    for number, step in enumerate(action["runs"]["steps"]):
        record = steps.setdefault(step.get("id", f"step {number}"), {"outcome": "skipped", "outputs": {}})
        if failed or not holds(step.get("if"), given):
            continue
        if "uses" in step:
            uses.append({name: evaluate(text) for name, text in step["with"].items()})
            record["outcome"] = upload
            failed = failed or (upload == "failure" and not step.get("continue-on-error"))
            continue
        assert "${{" not in step["run"], "a value in a script can be a command"
        script, output = temporary / f"step {number}.sh", temporary / f"output {number}"
        script.write_text(step["run"])
        output.touch()
        variables = {
            "GITHUB_ACTION_PATH": ROOT,
            "GITHUB_OUTPUT": output,
            "GITHUB_STEP_SUMMARY": summary,
            "GITHUB_WORKSPACE": workspace,
            "RUNNER_ARCH": "X64",
            "RUNNER_OS": "Linux",
            "RUNNER_TEMP": temporary,
            **{name: evaluate(text) for name, text in step.get("env", {}).items()},
            **environment,
        }
        done = subprocess.run(
            [step["shell"], "--noprofile", "--norc", "-e", "-o", "pipefail", script],
            cwd=workspace,
            env={**os.environ, **{name: str(text) for name, text in variables.items()}},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        log += done.stdout.decode(errors="replace")
        record["outputs"] = file_commands(output.read_text())
        record["outcome"] = "failure" if done.returncode else "success"
        failed = done.returncode != 0
    outputs = {name: evaluate(spec["value"]) for name, spec in action["outputs"].items()}
    return Result(failed, log, summary.read_text(), outputs, uses)


def holds(condition, inputs):
    if condition is None:
        return True
    name, text = re.fullmatch(r"\$\{\{ inputs\.([\w-]+) == '(\w+)' }}", condition).groups()
    return inputs[name] == text


def file_commands(text):
    """The values in a file of outputs: `NAME=VALUE`, or with a delimiter."""
    values, lines = {}, iter(text.splitlines())
    for line in lines:
        name, sign, rest = re.match(r"([^=<]+)(=|<<)(.*)", line).groups()
        if sign == "=":
            values[name] = rest
        else:
            values[name] = "\n".join(iter(lambda: next(lines), rest))
    return values


def commands(log):
    """The commands that the runner obeys: in either notation, until they are stopped by a word. A carriage return ends a
    line too."""
    found, stopped = [], None
    for line in re.split(r"\r\n|\r|\n", log):
        if stopped:
            if line.strip() == f"::{stopped}::":
                stopped = None
            continue
        match = re.match(r"\s*::([\w-]+)(?: (.*?))?::(.*)", line) or re.search(r"##\[([\w-]+)(?: (.*?))?\](.*)", line)
        if not match:
            continue
        name, properties, message = match.groups()
        if name == "stop-commands":
            stopped = message
            continue
        pairs = (pair.split("=", 1) for pair in (properties or "").split(",") if pair)
        found.append(Command(name, {key: unescape(text) for key, text in pairs}, unescape(message)))
    return found


def unescape(text):
    for code, character in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(code, character)
    return text
