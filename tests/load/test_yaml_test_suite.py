"""The inputs of the public YAML test suite, as charters, proposals and settings: each gets a clear answer.

`yaml_test_suite.json` has the 402 inputs, and whether they are invalid YAML 1.2.
"""

from __future__ import annotations

import contextlib
import json
import re
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from charterbook.cli import main
from charterbook.errors import SettingsError
from charterbook.load import load
from charterbook.propose.proposal import read_proposal
from charterbook.settings import read_settings
from tests.load.sample import SMALL
from tests.load.test_never_raises import answers

INPUTS: list[tuple[str, str, bool]] = json.loads(
    Path(__file__).with_name("yaml_test_suite.json").read_text(encoding="utf-8")
)["inputs"]

#: A charter with an input as the value of a key that takes text, data, or nothing at all.
_INSIDE = ("change_note", "services", "unknown")


def test_each_as_a_charter() -> None:
    """Loaded, or refused with places in the file. None is a charter, and none takes long."""
    assert len(INPUTS) == 402
    for name, text, _ in INPUTS:
        began = time.process_time()
        assert answers(text.encode()), name
        assert load(text.encode()).charter is None, name
        assert time.process_time() - began < 1, name


@pytest.mark.long
def test_each_inside_a_charter() -> None:
    """In place of a value of a sound charter."""
    for name, text, _ in INPUTS:
        indented = "".join(f"    {line}" for line in text.splitlines(keepends=True))
        for key in _INSIDE:
            assert answers(f"{SMALL}{key}:\n{indented}\n".encode()), (name, key)


def test_each_by_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`charterbook check` names file, line and column in each line, without a traceback."""
    monkeypatch.chdir(tmp_path)
    for name, text, _ in INPUTS[::8]:
        Path("charter.yml").write_bytes(text.encode())
        result = CliRunner().invoke(main, ["check", "charter.yml"])
        assert (result.exit_code, result.exception is None or isinstance(result.exception, SystemExit)) == (
            1,
            True,
        )
        lines = [line for line in result.stdout.splitlines() if " error " in line]
        assert lines, name
        assert all(re.match(r"charter\.yml:\d+:\d+: error [a-z-]+: \S", line) for line in lines), name


def test_each_as_a_proposal() -> None:
    """Refused with a place."""
    for name, text, _ in INPUTS:
        proposal, problems = read_proposal(text.encode(), "p.yml")
        assert proposal is None, name
        assert problems, name
        assert all(problem.line >= 1 and problem.column >= 1 for problem in problems), name


def test_each_as_settings(tmp_path: Path) -> None:
    """The defaults, or one message with a place in the file."""
    file = tmp_path / "mkdocs.yml"
    places = dict.fromkeys((name for name, *_ in INPUTS), "mkdocs.yml:1:1: ")
    for name, text, _ in INPUTS:
        file.write_bytes(text.encode())
        with contextlib.suppress(SettingsError):
            read_settings(tmp_path)
            continue
        with pytest.raises(SettingsError) as caught:
            read_settings(tmp_path)
        places[name] = str(caught.value)
    assert [name for name, said in places.items() if not re.match(r"mkdocs\.yml:\d+:\d+: \S*", said)] == []
    assert len(set(places.values())) > 50
