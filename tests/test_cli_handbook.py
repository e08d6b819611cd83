"""The handbook of a command: that of -f, or of the current folder."""

from __future__ import annotations

import errno
import logging
import os
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError

from charterbook.cli import main
from charterbook.settings import read_settings
from tests.charters import minimal_charter
from tests.command_line import call, one_line
from tests.histories import Repo

#: Commands that have nothing to do with a handbook that is there already.
OTHERS = {"new", "offline", "schema"}

RUNS = (
    ["check"],
    ["check", "--format", "json"],
    ["versions"],
    ["log", "funding"],
    ["diff", "2026-Q1", "latest"],
    ["report", "main", "HEAD"],
    ["due"],
    ["calendar"],
    ["digest", "--since", "2026-Q1"],
    ["propose", "--set", "title=New", "--reason", "x"],
    ["apply", "PROPOSAL", "--check"],
    ["ci", "gitlab"],
)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A handbook in a sub-folder of a repository, with a charter and settings of other names than usual."""
    repo = Repo(tmp_path / "repo")
    settings = "plugins: [charterbook: {charter: team/agreed.yml, period: month}]"
    first = {"ours/team/agreed.yml": minimal_charter(), "ours/mkdocs.yml": settings}
    repo.commit(first, date="2026-01-13")
    repo.commit({"ours/team/agreed.yml": minimal_charter(title="Two")}, date="2026-04-13")
    return repo.folder / "ours"


def test_each_command_takes_it() -> None:
    """In both spellings."""
    for name, command in main.commands.items():
        options = [option for parameter in command.params for option in parameter.opts]
        assert ("-f" in options and "--config-file" in options) == (name not in OTHERS), name


@pytest.mark.long
@pytest.mark.parametrize("run", RUNS, ids=" ".join)
def test_the_same_result_from_any_folder(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: list[str]
) -> None:
    """With paths relative to the current folder, and the same written files."""
    (book / "proposals").mkdir()
    (book / "proposals" / "1.yml").write_text('reason: x\nchanges:\n- path: title\n  to: "New"\n')
    twin = shutil.copytree(book.parent, tmp_path / "twin") / "ours"
    monkeypatch.chdir(book)
    here = call(*(word.replace("PROPOSAL", "proposals/1.yml") for word in run))
    monkeypatch.chdir(tmp_path)
    words = [word.replace("PROPOSAL", "twin/ours/proposals/1.yml") for word in run]
    there = call(*words, "-f", "twin/ours/mkdocs.yml")
    assert there.exit_code == here.exit_code
    for said, expected in ((there.stdout, here.stdout), (there.stderr, here.stderr)):
        assert said.replace("twin/ours/", "").replace(str(tmp_path / "twin"), str(book.parent)) == expected
    files = [sorted(path.relative_to(top) for path in top.rglob("*")) for top in (book, twin)]
    assert files[0] == files[1]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["repo", "twin"]


def test_a_file_with_another_name(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its settings count, not the ones of the mkdocs.yml beside it."""
    other = book / "preview.yml"
    other.write_text("INHERIT: mkdocs.yml\nplugins: [charterbook: {charter: team/agreed.yml, period: year}]")
    monkeypatch.chdir(book.parent)
    assert "2026 " in call("versions", "-f", "ours/preview.yml").stdout
    assert read_settings(book, other).period == "year"
    assert call("check", "-f", "ours/preview.yml", "ours/team/agreed.yml").exit_code == 0


def test_a_charter_that_the_file_names_but_is_not_there(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the file."""
    (book / "team" / "agreed.yml").unlink()
    monkeypatch.chdir(book.parent)
    assert one_line(call("check", "-f", "ours/mkdocs.yml")) == (
        "charterbook: there is no ours/team/agreed.yml, though ours/mkdocs.yml names it."
    )


@pytest.mark.parametrize("name", ["nowhere.yml", "ours"])
def test_a_file_that_is_none(book: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Exit code 2, with a pointer to the help."""
    monkeypatch.chdir(book.parent)
    result = call("versions", "-f", name)
    assert result.exit_code == 2
    assert f"File '{name}'" in result.stderr


@pytest.mark.long
@pytest.mark.parametrize(
    "run", [["check"], ["versions"], ["build"], ["serve"], ["diff", "2026-Q1"], ["ci", "github"]]
)
def test_below_the_handbook(book: Path, monkeypatch: pytest.MonkeyPatch, run: list[str]) -> None:
    """The message says where the handbook is, and how to name it."""
    monkeypatch.chdir(book / "team")
    result = call(*run)
    assert result.exit_code == 2
    assert one_line(result).endswith(
        " There is no mkdocs.yml in this folder, but one above it: add -f ../mkdocs.yml."
    )


def test_serve(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It calls MkDocs. An aborted build is exit code 1, an unusable file 2."""
    asked: list[Any] = []
    error: Exception | None = None

    def serve(*arguments: object, **options: object) -> None:
        asked.append((arguments, options))
        if error is not None:
            raise error

    monkeypatch.setattr("charterbook.site.mkdocs_commands.serve", serve)
    monkeypatch.chdir(book.parent)
    options = ("-f", "ours/mkdocs.yml", "-a", "127.0.0.1:8123", "--open", "--strict")
    assert call("serve", *options).exit_code == 0
    handed = {"open_in_browser": True, "dev_addr": "127.0.0.1:8123", "strict": True}
    assert asked == [(("ours/mkdocs.yml",), handed)]
    error = Abort("Aborted with 1 warning in strict mode!")
    assert one_line(call("serve", *options)) == "Aborted with 1 warning in strict mode!"
    error = ConfigurationError("It makes no sense.")
    assert (
        one_line(call("serve", *options)) == "charterbook: ours/mkdocs.yml cannot be used: It makes no sense."
    )
    error = OverflowError("bind(): port must be 0-65535.")
    assert one_line(call("serve", *options)) == (
        "charterbook: the server cannot start: bind(): port must be 0-65535. Name another address with --dev-addr."
    )
    error = OSError(errno.EADDRINUSE, "Address already in use")
    assert one_line(call("serve", *options)) == (
        "charterbook: the server cannot start: Address already in use. Name another address with --dev-addr."
    )


@pytest.mark.parametrize("name", ["charter.yaml", "Charter.YML", "charter.yml.txt"])
def test_a_charter_with_a_similar_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """The message names the file that is there."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mkdocs.yml").write_text("plugins: [charterbook]\n")
    (tmp_path / name).write_text(minimal_charter())
    assert one_line(call("check")) == (
        "charterbook: there is no charter.yml here. Run this in the folder of mkdocs.yml, or start a handbook with "
        f"`charterbook new`. There is a file {name}: rename it to charter.yml."
    )


@pytest.mark.parametrize(
    ("options", "is_strict", "printed"),
    [
        ((), "", ["INFO", "WARNING"]),
        (("-q",), "", []),
        (("-v",), "", ["DEBUG", "INFO", "WARNING"]),
        (("-s",), "", ["INFO", "WARNING", "Aborted"]),
        (("-qs",), "", ["WARNING", "Aborted"]),
        (("-q",), "strict: true\n", ["WARNING", "Aborted"]),
        (("-q", "--no-strict"), "strict: true\n", []),
    ],
)
def test_build_takes_the_short_options_of_mkdocs(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: Sequence[str],
    is_strict: str,
    printed: Sequence[str],
) -> None:
    """A quiet build prints errors alone; a strict one fails because of warnings, and prints these."""

    def build(config: MkDocsConfig) -> None:
        assert config.site_dir == str(tmp_path / "out")
        log = logging.getLogger("mkdocs.plugins.x")
        for level in (logging.DEBUG, logging.INFO, logging.WARNING):
            log.log(level, "x")
        if config.strict:
            raise Abort("Aborted with 1 warning in strict mode!")

    monkeypatch.setattr("charterbook.site.mkdocs_commands.build", build)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text(
        f"site_name: x\ntheme: {{name: material}}\n{is_strict}plugins: [macros, charterbook]\n"
    )
    result = call("build", "-d", "out", *options)
    assert result.exit_code == ("Aborted" in printed)
    lines = re.sub(r"\x1b\[\d+m", "", result.output).splitlines()
    words = [line.split()[0] for line in lines if line.endswith((" x", "mode!"))]
    assert words == printed


@pytest.mark.parametrize("run", [["diff", "2026-Q1"], ["report", "HEAD~1"], ["versions"], ["log", "funding"]])
def test_doubts_about_the_history_are_shown(
    book: Path, monkeypatch: pytest.MonkeyPatch, run: list[str]
) -> None:
    """By every command that reads it, on standard error."""
    shutil.rmtree(book.parent / ".git" / "refs")
    monkeypatch.chdir(book)
    assert "charterbook: warning: The history of team/agreed.yml cannot be read" in call(*run).stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows removes no current folder")
def test_a_current_folder_that_was_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As after switching to a branch without it."""
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    for command in (["check"], ["build"], ["ci", "github"]):
        assert one_line(call(*command)) == "charterbook: the current folder does not exist any more."
