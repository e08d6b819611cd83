"""Arguments that are not UTF-8, and limited streams: a message, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from charterbook.cli import main
from tests.charters import minimal_charter
from tests.command_line import ROOT, call, program
from tests.histories import Repo

#: The argument that the shell passes for the bytes "a\xff".
ODD = os.fsdecode(b"a\xff")
FILE = f"{ODD}.yml"

#: Impossible requests, by command.
FAILS: dict[str, list[list[str]]] = {
    "apply": [[ODD], [FILE], [FILE, "--charter", ODD], ["-f", ODD, FILE]],
    "build": [["-f", ODD], ["--site-dir", ODD, "-f", ODD]],
    "calendar": [["--audience", ODD], ["--role", ODD], ["-f", ODD]],
    "check": [[ODD], ["--format", ODD], ["-f", ODD], [f"--{ODD}"], [f"broken{FILE}"], [f"broken{FILE}", "--format", "json"],
              [f"broken{FILE}", "--format", "github"]],
    "ci": [[ODD], ["github", "-f", ODD]],
    "diff": [[ODD], [ODD, "latest"], [f"2026-Q1..{ODD}"], [f"broken{FILE}"], ["2026-Q1", "--audience", ODD], ["-f", ODD, "x"],
             ["2026-Q1", "--section", ODD], ["2026-Q1", "--severity", ODD], ["2026-Q1", "--fail-on", ODD]],
    "digest": [["--audience", ODD], ["--since", ODD], ["--format", ODD], ["-f", ODD]],
    "due": [["--days", ODD], ["--format", ODD], ["-f", ODD]],
    "export": [[ODD], ["json", ODD], ["json", "--audience", ODD], ["json", "-f", ODD]],
    "figures": [[ODD], ["-f", ODD, "x"], [FILE, "--encoding", ODD], [FILE, "--delimiter", ODD], [FILE, "--sheet", ODD],
                [FILE, "--since", ODD], [FILE, "--decimal", ODD], [FILE], [FILE, "--reason", ODD]],
    "headers": [[ODD], ["nginx", ODD], ["nginx", "-f", ODD]],
    "import": [[ODD], [f"{ODD}.md"], [FILE, "--encoding", ODD], [FILE, "--language", ODD], [FILE, "-f", ODD]],
    "log": [[ODD], [f"services/{ODD}"], ["-f", ODD, "funding"]],
    "new": [["x", "--language", ODD], [f"{ODD}.d"]],
    "offline": [[ODD]],
    "promises": [[ODD], [FILE], [FILE, "-f", ODD], [FILE, "--column", f"opened={ODD}"], [FILE, "--column", f"{ODD}=x"],
                 [FILE, "--kind", f"x={ODD}"], [FILE, "--kind", f"{ODD}=x"], [FILE, "--dates", ODD], [FILE, "--timezone", ODD],
                 [FILE, "--sheet", ODD], [FILE, "--encoding", ODD], [FILE, "--delimiter", ODD], [FILE, "--period", ODD],
                 [FILE, "--as-of", ODD], [FILE, "--format", ODD], [FILE, "--fail-on", ODD], [FILE, f"--propose={ODD}"]],
    "propose": [["--set", f"title={ODD}", "--reason", "x"], ["--set", f"{ODD}=1", "--reason", "x"], ["-f", ODD],
                ["--set", f"services.{ODD}={{name: 1}}", "--reason", "x"], ["--set", ODD, "--reason", "x"],
                ["--remove", ODD, "--reason", "x"], ["--from", ODD, "latest", "--reason", "x"],
                ["--set", "title=New", "--reason", ODD], ["--set", "title=New", "--reason", "x", "--by", ODD]],
    "report": [[ODD], ["main", ODD], [ODD, "HEAD"], ["main", f"broken{FILE}"], ["main", "--limit", ODD], ["-f", ODD, "main"]],
    "review": [[ODD], ["--format", ODD], ["--as-of", ODD], ["-f", ODD], ["--figures", ODD], ["--figures", FILE],
               ["--requests", ODD], ["--requests", FILE, "--apply"], [ODD, "--figures", FILE]],
    "schema": [[ODD]],
    "serve": [["-f", ODD]],
    "sign": [[ODD, "--decision", "approved"], ["cro", "--decision", ODD], ["cro", "--decision", "approved", "--date", ODD],
             ["cro", "--decision", "approved", "-f", ODD]],
    "upgrade": [[ODD], ["-f", ODD]],
    "verify": [[ODD], [ODD, "--hashes-only"], ["-f", ODD], ["--for", ODD]],
    "versions": [[ODD], ["--format", ODD], ["-f", ODD]],
}  # fmt: skip


@pytest.fixture
def book(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A handbook with two versions, and files whose names are not UTF-8."""
    repo.commit({"charter.yml": minimal_charter(), "mkdocs.yml": "plugins: [charterbook]"}, date="2026-01-13")
    repo.commit({"charter.yml": minimal_charter(title="Zoë")}, date="2026-04-13")
    repo.write({FILE: minimal_charter(title="Odd"), f"broken{FILE}": "title: [", f"{ODD}.d/x": ""})
    monkeypatch.chdir(repo.folder)
    return repo.folder


def test_each_command_is_tried() -> None:
    """Including new ones."""
    assert set(FAILS) == set(main.commands)


@pytest.mark.long
@pytest.mark.parametrize("command", FAILS)
def test_arguments_that_are_not_utf_8(book: Path, command: str) -> None:
    """Each is named in a message."""
    for arguments in FAILS[command]:
        result = call(command, *arguments)
        assert result.exit_code in (1, 2), arguments
        assert isinstance(result.exception, SystemExit), (arguments, result.exception)
        assert result.stderr or result.stdout, arguments


def test_files_whose_names_are_not_utf_8(book: Path) -> None:
    """They are ordinary files."""
    assert call("check", FILE).exit_code == 0
    assert call("diff", FILE, "latest", "--format", "json").exit_code == 1
    assert call("report", "main", FILE, "--format", "markdown").exit_code == 0
    assert call("propose", "--set", "title=New", "--reason", "x", "--output", f"p{FILE}").exit_code == 0
    assert call("apply", f"p{FILE}", "--message", f"{ODD}.txt").exit_code == 0
    assert "title: New" in (book / "charter.yml").read_text(encoding="utf-8")
    assert call("new", f"{ODD}/book").exit_code == 0
    for command in (["check"], ["versions"], ["log", "funding"]):
        assert call(*command, "-f", f"{ODD}/book/mkdocs.yml").exit_code == 0


@pytest.mark.long
def test_a_terminal_that_knows_ascii_only(book: Path) -> None:
    """The message is shown all the same."""
    found = program(book, "diff", f"{ODD}é", "latest", LC_ALL="C", PYTHONIOENCODING="ascii")
    assert (found.returncode, found.stdout) == (2, "")
    assert found.stderr.startswith("charterbook: a")
    assert found.stderr.count("\n") == 1


@pytest.mark.long
@pytest.mark.parametrize(
    "command", [["check"], ["check", "größe.yml"], ["build"], ["versions"], ["diff", "2026-Q1"]]
)
def test_a_locale_in_which_a_file_name_has_no_bytes(book: Path, command: list[str]) -> None:
    """One that mkdocs.yml names, or that is an argument. Python uses UTF-8 in this locale unless it is told not to."""
    book.joinpath("mkdocs.yml").write_text("plugins: [charterbook: {charter: größe.yml}]", encoding="utf-8")
    book.joinpath("charter.yml").rename(book / "größe.yml")
    assert program(book, "check", LC_ALL="C").returncode == 0
    found = program(book, *command, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert found.returncode == 2
    assert found.stderr.count("\n") == 1
    assert "file names are ascii, not UTF-8. Set the environment variable PYTHONUTF8=1." in found.stderr


@pytest.mark.long
def test_closed_streams(book: Path) -> None:
    """The program works as far as possible without input and output."""
    code = "import os, sys; [os.close(n) for n in (0, 1, 2)]; os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
    for arguments, expected in ((["versions"], 0), (["propose", "--set", "title=New"], 2)):
        done = subprocess.run(
            [sys.executable, "-c", code, "-m", "charterbook", *arguments],
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            check=False,
        )
        assert done.returncode == expected


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is full")
@pytest.mark.parametrize(
    ("arguments", "output", "errors"),
    [(["versions"], 2, 0), (["check"], 2, 0), (["check", "no.yml"], 2, 2), (["diff", "2026-Q1..latest"], 2, 1), (["nothing"], 2, 2),
     (["--help"], 2, 0), (["check", "--help"], 2, 0), (["--version"], 2, 0)],
)  # fmt: skip
def test_full_streams(book: Path, arguments: list[str], output: int, errors: int) -> None:
    """Exit code 2 without a result. A message that cannot be printed changes nothing."""
    run = [sys.executable, "-m", "charterbook", *arguments]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with Path("/dev/full").open("w") as full:
        silent = subprocess.run(
            run, env=environment, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
        mute = subprocess.run(run, env=environment, stdout=subprocess.DEVNULL, stderr=full, check=False)
    assert (silent.returncode, mute.returncode) == (output, errors), silent.stderr
    assert silent.stderr.startswith(("charterbook: ", "Usage: "))
    assert "Traceback" not in silent.stderr
