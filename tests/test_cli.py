"""The command line: help, usage, errors, and commands without their own test file."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from charterbook import __version__, starter
from charterbook.cli import main
from tests.charters import minimal_charter
from tests.command_line import ROOT, call, one_line, program
from tests.histories import Repo

COMMANDS = (
    "apply",
    "build",
    "calendar",
    "check",
    "ci",
    "diff",
    "digest",
    "due",
    "export",
    "figures",
    "headers",
    "import",
    "log",
    "new",
    "offline",
    "promises",
    "propose",
    "report",
    "review",
    "schema",
    "serve",
    "sign",
    "upgrade",
    "verify",
    "versions",
)


def test_commands() -> None:
    """In this order in the help."""
    assert tuple(sorted(main.commands)) == COMMANDS
    assert call("--version").stdout == f"charterbook, version {__version__}\n"


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_each_command_has_help(command: str, option: str) -> None:
    """With a sentence about the command and about its options."""
    result = call(command, option)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"Usage: main {command}")
    assert main.commands[command].get_short_help_str(200) in " ".join(result.stdout.split())


@pytest.mark.parametrize(
    "arguments",
    [
        ["fly"],
        ["check", "--formt"],
        ["check", "--format", "xml"],
        ["versions", "x"],
        ["new"],
        ["new", "x", "--language", "de"],
    ],
)
def test_invalid_usage(here: Path, arguments: list[str]) -> None:
    """Exit code 2, with the way to the help."""
    result = call(*arguments)
    assert result.exit_code == 2
    assert "--help" in result.stderr
    assert list(here.iterdir()) == []


def test_the_module_runs(here: Path) -> None:
    """`python -m charterbook` is `charterbook`."""
    result = program(here, "--help")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("Usage: charterbook ")


def test_commands_start_without_mkdocs() -> None:
    """Nothing of the site is loaded for the help: it appears at once."""
    code = "import sys, charterbook.cli; print([m for m in sys.modules if m.split('.')[0] in ('mkdocs', 'pydantic')])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


# check


@pytest.mark.parametrize("text", ["plugins: [", "plugins: [charterbook: {period: week}]"])
def test_settings_that_cannot_be_used(here: Path, text: str) -> None:
    """One line that names the file."""
    (here / "mkdocs.yml").write_text(text, encoding="utf-8")
    (here / "charter.yml").write_text(minimal_charter(), encoding="utf-8")
    for command in ("check", "versions"):
        result = call(command)
        assert result.exit_code == 2
        assert re.match(r"charterbook: mkdocs\.yml:(1:\d+:)? ", one_line(result))


# versions


def test_versions(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a table and as JSON; an unreadable charter is not a version, but is reported."""
    repo.commit({"charter.yml": minimal_charter()}, date="2026-02-01")
    monkeypatch.chdir(repo.folder)
    assert call("versions").stdout.splitlines()[1].split()[:3] == ["2026-Q1", "1", "2026-02-01"]
    repo.write({"charter.yml": "a: ["})
    result = call("versions", "--format", "json")
    assert [version["version"] for version in json.loads(result.stdout)["versions"]] == ["2026-Q1"]
    assert result.exit_code == 0
    assert result.stderr == (
        "charterbook: warning: charter.yml cannot be read at present; run `charterbook check` to see why.\n"
    )


@pytest.mark.parametrize(
    "command",
    [("versions",), ("diff", "latest", "draft"), ("report", "latest"), ("digest", "--since", "HEAD")],
)
def test_a_shallow_clone(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    """Each command that reads versions warns in one line that names the remedy."""
    repo.commit({"charter.yml": minimal_charter()}, date="2026-02-01")
    repo.commit({"charter.yml": minimal_charter(title="Two")}, date="2026-05-01")
    repo.clone(tmp_path / "clone", "--depth=1")
    monkeypatch.chdir(tmp_path / "clone")
    charter_file = tmp_path / "clone" / "charter.yml"
    charter_file.write_text(minimal_charter(title="Three"), encoding="utf-8")
    result = call(*command)
    (warning,) = [line for line in result.stderr.splitlines() if "shallow" in line]
    assert warning.startswith("charterbook: warning: ")
    assert "git fetch --unshallow" in warning


def test_versions_without_git(here: Path) -> None:
    """The charter alone is a version."""
    (here / "charter.yml").write_text(minimal_charter(version="2026-Q3"), encoding="utf-8")
    result = program(here, "versions", PATH=str(here))
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.splitlines()[1].split()[0] == "2026-Q3"


def test_versions_without_a_charter(here: Path) -> None:
    """The wrong folder."""
    result = call("versions")
    assert result.exit_code == 2
    assert "there is no charter.yml here" in one_line(result)


# schema, new


@pytest.mark.long
def test_schema(here: Path) -> None:
    """UTF-8 in any terminal, and equal to the file in the repository."""
    result = subprocess.run(
        [sys.executable, "-m", "charterbook", "schema"],
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=True,
    )
    assert json.loads(result.stdout.decode())["title"] == "Charter"
    assert result.stdout == (ROOT / "charterbook" / "charter.schema.json").read_bytes(), "run `make schema`"


def test_the_editor_finds_the_schema() -> None:
    """The first line of charter.yml names the schema file."""
    first = (ROOT / "charter.yml").read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=charterbook/charter.schema.json"


def test_new(here: Path) -> None:
    """It lists the written files, and the next steps."""
    result = call("new", "book")
    assert (result.exit_code, result.stderr) == (0, "")
    *files, following = result.stdout.splitlines()
    assert sorted(line.strip() for line in files) == sorted(
        f"book/{p.name}" for p in (here / "book").iterdir()
    )
    assert (
        following
        == "Next: edit book/charter.yml, then run `charterbook check` and `charterbook serve` in that folder."
    )


def test_new_in_russian(here: Path) -> None:
    """Output and comments of the files are in Russian."""
    result = call("new", "book", "--language", "ru")
    assert result.stdout.splitlines()[-1].startswith("Дальше: заполните book/charter.yml")
    texts = [(here / "book" / name).read_text(encoding="utf-8") for name in ("charter.yml", "mkdocs.yml")]
    notes = [
        line for text in texts for line in re.findall(r"^# (?!yaml-|site_url:|repo_url:)(.+)", text, re.M)
    ]
    assert len(notes) > 20
    assert [note for note in notes if not re.search("[а-я]", note)] == []
    assert re.search("[а-я]", (here / "book" / "macros.py").read_text(encoding="utf-8").splitlines()[0])
    assert "не пуста" in call("new", "book", "--language", "ru").stderr


def test_new_where_something_is(here: Path) -> None:
    """A folder with any contents is refused, and unchanged."""
    (here / "book").mkdir()
    (here / "book" / "notes.txt").write_text("mine", encoding="utf-8")
    for target in ("book", "book/notes.txt"):
        result = call("new", target)
        assert result.exit_code == 2
        assert one_line(result) == f"charterbook: {target} is not empty: name a new or empty folder."
    assert [path.name for path in here.rglob("*")] == ["book", "notes.txt"]


# Nothing ends in a traceback.


def test_a_broken_disk(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's error message, in one line."""

    def full(*_: object) -> list[str]:
        raise OSError(28, "No space left on device", "book/docs")

    monkeypatch.setattr(starter, "start", full)
    result = call("new", "book")
    assert (result.exit_code, one_line(result)) == (2, "charterbook: book/docs: No space left on device")


def test_interrupted(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+C: one line, and the exit code for SIGINT."""

    def interrupt(*_: object) -> list[str]:
        raise KeyboardInterrupt

    monkeypatch.setattr(starter, "start", interrupt)
    result = call("new", "book")
    assert (result.exit_code, one_line(result)) == (130, "charterbook: interrupted")


@pytest.mark.long
def test_a_closed_pipe(here: Path) -> None:
    """`charterbook schema | head -1`: no message about the closed pipe."""
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as closed:
        done = subprocess.run(
            [sys.executable, "-m", "charterbook", "schema"],
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=closed,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (done.returncode, done.stderr) == (128 + signal.SIGPIPE, b"")


@pytest.mark.long
def test_a_terminal_that_lacks_letters(here: Path) -> None:
    """Unencodable characters are shown as codes."""
    (here / "charter.yml").write_text(minimal_charter(change_note="‹why?›"), encoding="utf-8")
    result = program(here, "check", PYTHONIOENCODING="latin-1")
    assert (result.returncode, result.stderr) == (0, "charter.yml: 6 warnings, 4 hints\n")
    assert r"instead of \u2039\u2026\u203a" in result.stdout


def test_messages_have_no_control_characters(here: Path) -> None:
    """Even for file names with escape sequences."""
    result = call("check", "\x1b[2J.yml")
    assert one_line(result) == "charterbook:  [2J.yml: cannot be read: No such file or directory"
