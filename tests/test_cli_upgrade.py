"""`charterbook upgrade`: the charter in the current format, and nothing else changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from charterbook.charter import SCHEMA
from charterbook.errors import CharterbookError
from charterbook.load import load
from charterbook.propose.format_upgrade import upgrade_format
from tests.charters import minimal_charter
from tests.command_line import call
from tests.histories import run_git

ROOT = Path(__file__).parents[1]
OLD = "# Ours\r\nschema:   1  # since 2025\r\n" + minimal_charter().replace("\n", "\r\n")


@pytest.fixture
def charter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A charter of the first format, with comments and line ends of Windows."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "charter.yml").write_bytes(OLD.encode())
    return tmp_path / "charter.yml"


def test_only_the_number_changes(charter: Path) -> None:
    """It is reported, and a second time nothing happens."""
    result = call("upgrade")
    assert result.exit_code == 0, result.output
    assert result.stdout == "-schema:   1  # since 2025\n+schema:   2  # since 2025\n"
    assert "format 1 to 2" in result.stderr
    assert charter.read_bytes() == OLD.replace("schema:   1", "schema:   2").encode()
    again = call("upgrade", "--check")
    assert (again.exit_code, again.stdout) == (0, "")


def test_check_writes_nothing(charter: Path) -> None:
    """And ends with 1, for CI."""
    result = call("upgrade", "--check")
    assert result.exit_code == 1
    assert "+schema:   2" in result.stdout
    assert charter.read_bytes() == OLD.encode()


def test_a_charter_without_a_number(charter: Path) -> None:
    """Is read in the current format, so nothing changes."""
    charter.write_text(minimal_charter())
    assert call("upgrade", "--check").exit_code == 0
    assert charter.read_text() == minimal_charter()


def test_a_charter_with_errors(charter: Path) -> None:
    """Is not changed."""
    charter.write_text("schema: 1\ntitle: [\n")
    assert call("upgrade").exit_code == 2
    assert charter.read_text() == "schema: 1\ntitle: [\n"


def test_an_upgrade_that_would_change_the_charter() -> None:
    """Is refused."""

    def shout(data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "title": data["title"].upper()}

    with pytest.raises(CharterbookError, match="would not be the same charter"):
        upgrade_format(OLD.encode(), "charter.yml", {1: shout})


def test_values_that_a_format_moves_keep_their_comments() -> None:
    """As a later format might need it: a step that adds a key changes only that key."""

    def named(data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "language": "en"}

    found = upgrade_format(OLD.encode(), "charter.yml", {1: named})
    rest = [line for line in found.new.decode().splitlines(keepends=True) if not line.startswith("language:")]
    assert "".join(rest) == OLD.replace("schema:   1", "schema:   2")


@pytest.mark.long
@pytest.mark.parametrize("path", ["charter.yml", "examples/ru/charter.yml"])
def test_every_charter_ever_committed(path: str) -> None:
    """Is the same one afterwards; of its lines, only the number of the format differs; and twice is once."""
    commits = run_git(ROOT, "log", "--format=%H", "--diff-filter=AMRT", "HEAD", "--", path).split()
    assert commits
    for commit in commits:
        old = run_git(ROOT, "show", f"{commit}:{path}").encode() + b"\n"
        found = upgrade_format(old, path)
        assert load(found.new).charter == load(old).charter
        assert upgrade_format(found.new, path).new == found.new
        lines = list(found.changed_lines)
        assert lines == (
            [f"-schema: {found.old_format}", f"+schema: {SCHEMA}"] if found.old_format != SCHEMA else []
        )
