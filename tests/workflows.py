"""Local execution of workflow jobs: their commands in a shell, with a simulated forge.

Actions and installation are skipped. `gh` is a stub that records its calls.
"""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from charterbook.starter.ci import files_for

_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")

_GH = """\
#!{python}
import os, pathlib, shutil, sys
folder, words = pathlib.Path({folder!r}), sys.argv[1:]
with (folder / "calls").open("a", encoding="utf-8") as calls:
    calls.write(" ".join(words) + "\\n")
if words[:2] == ["pr", "list"]:
    print("number=1\\nbase=main")
if words[:2] == ["issue", "list"]:
    print("number=")
if words[:2] == ["api", "--paginate"] and (folder / "comment.md").exists():
    print("id=7")
if "--body-file" in words:
    shutil.copy(words[words.index("--body-file") + 1], folder / "comment.md")
if words[-1].startswith("body=@"):
    shutil.copy(words[-1].removeprefix("body=@"), folder / "comment.md")
"""


def gitlab_jobs(source: str, branch: str = "main", **variables: str) -> dict[str, str]:
    """The jobs of the GitLab file in a pipeline of a source, each with when it runs. The default branch is main."""
    facts = {
        "CI_PIPELINE_SOURCE": source,
        "CI_COMMIT_BRANCH": branch,
        "CI_DEFAULT_BRANCH": "main",
        "CI_COMMIT_REF_PROTECTED": "true" if branch == "main" else "false",
        "CI_PROJECT_ID": "1",
        "CI_MERGE_REQUEST_SOURCE_PROJECT_ID": "1",
    }
    facts |= variables
    data = yaml.safe_load(files_for("gitlab")[".gitlab-ci.yml"])
    fitting = {
        name: [rule for rule in job["rules"] if _all_true(rule["if"], facts)]
        for name, job in data.items()
        if isinstance(job, dict) and "rules" in job
    }
    workflow = fitting.pop("workflow")
    if not workflow or workflow[0].get("when") == "never":
        return {}
    return {name: rules[0].get("when", "on_success") for name, rules in fitting.items() if rules}


def _all_true(condition: str, facts: Mapping[str, str]) -> bool:
    """Whether comparisons joined by && are true."""
    values = {f"${name}": value for name, value in facts.items()}
    return all(_is_true(term.split(), values) for term in condition.split(" && "))


def _is_true(term: Sequence[str], values: Mapping[str, str]) -> bool:
    """Whether a comparison is true, or a variable alone is set."""
    if len(term) == 1:
        return bool(values.get(term[0]))
    left, sign, right = term
    return (values[left] == (values[right] if right.startswith("$") else right.strip('"'))) == (sign == "==")


class Forge:
    """Runner of a simulated forge. `facts` are the values of workflow expressions."""

    def __init__(self, folder: Path, day: str, facts: Mapping[str, str] | None = None) -> None:
        self.folder, self.facts = folder, dict(facts or {})
        self.tools = folder / "tools"
        self.tools.mkdir(parents=True)
        for name, text in self._tools().items():
            self.tool(name, text)
        self.output, self.summary = folder / "output", folder / "summary.md"
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "CI"))}
        self.environment = kept | {
            "PATH": os.pathsep.join([str(self.tools), str(Path(sys.executable).parent), os.environ["PATH"]]),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_DATE": f"{day}T12:00:00+00:00",
            "GIT_COMMITTER_DATE": f"{day}T12:00:00+00:00",
            "GITHUB_OUTPUT": str(self.output),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "GITHUB_REF": "refs/heads/main",
            "NO_MKDOCS_2_WARNING": "1",
            "CI": "true",
        }

    def tool(self, name: str, text: str) -> None:
        """Adds a program, which comes before all others of its name."""
        (self.tools / name).write_text(text, encoding="utf-8")
        (self.tools / name).chmod(stat.S_IRWXU)

    def _tools(self) -> dict[str, str]:
        program = f"#!/bin/sh\nexec '{sys.executable}' -m "
        return {
            "gh": _GH.format(python=sys.executable, folder=str(self.folder)),
            "charterbook": f'{program}charterbook "$@"\n',
            "mkdocs": f'{program}mkdocs "$@"\n',
        }

    @property
    def calls(self) -> list[str]:
        """Recorded calls of `gh`."""
        file = self.folder / "calls"
        return file.read_text(encoding="utf-8").splitlines() if file.exists() else []

    def github(self, workflow: str, job: str, checkout: Path) -> None:
        """Run a job of a GitHub workflow. Each command must succeed."""
        data = yaml.safe_load(files_for("github")[f".github/workflows/{workflow}.yml"])["jobs"][job]
        for step in data["steps"]:
            if "run" in step and step["name"] != "Install Charterbook" and self._wanted(step.get("if", "")):
                variables = data.get("env", {}) | step.get("env", {})
                self._shell(
                    step["run"], checkout, {key: self._expand(value) for key, value in variables.items()}
                )
                self._learn(step.get("id", ""))

    def gitlab(self, job: str, checkout: Path, **variables: str) -> None:
        """Run a job of the GitLab file. Each command must succeed."""
        data = yaml.safe_load(files_for("gitlab")[".gitlab-ci.yml"])[job]
        own = {key: os.path.expandvars(value) for key, value in data.get("variables", {}).items()}
        script = "\n".join(data["script"])
        self._shell(script, checkout, own | variables)

    def _shell(self, script: str, checkout: Path, variables: Mapping[str, str]) -> None:
        done = subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", script],
            cwd=checkout,
            env=self.environment | dict(variables),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, f"{script}\n{done.stdout}{done.stderr}"

    def _learn(self, step: str) -> None:
        """Record the outputs of a step."""
        text = self.output.read_text(encoding="utf-8") if self.output.exists() else ""
        self.output.unlink(missing_ok=True)
        for name, mark, body in re.findall(r"^(\w+)<<(\S+)\n(.*?)^\2$", text, re.MULTILINE | re.DOTALL):
            self.facts[f"steps.{step}.outputs.{name}"] = body
            text = text.replace(f"{name}<<{mark}\n{body}{mark}", "")
        for name, value in re.findall(r"^(\w+)=(.*)$", text, re.MULTILINE):
            self.facts[f"steps.{step}.outputs.{name}"] = value

    def _expand(self, text: Any) -> str:
        return _EXPRESSION.sub(lambda found: self.facts[found[1]], str(text))

    def _wanted(self, condition: str) -> bool:
        terms = (_EXPRESSION.sub(r"\1", condition) or "!cancelled()").split(" && ")
        return all(self._holds(term) for term in terms)

    def _holds(self, term: str) -> bool:
        said = bool(self.facts.get(term.removeprefix("!"), ""))
        return said != term.startswith("!")
