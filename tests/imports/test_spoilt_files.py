"""Spoilt files: a clear answer with its place, nothing written, and bounded memory."""

from __future__ import annotations

import contextlib
import re
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import settings as tuned
from hypothesis import strategies as st

from charterbook.cli import main
from charterbook.imports import TableError, read_table
from tests.charters import minimal_charter
from tests.generated import examples
from tests.imports.spoilt_files import DAY, SPOILT, bomb, distant_cells, million_rows
from tests.imports.workbooks import HEADER, SHEET, with_parts, workbook

METRICS = [
    {"id": "win-rate", "name": "Win rate", "kind": "lagging"},
    {
        "id": "deals",
        "name": "Deals",
        "kind": "lagging",
        "unit": "count",
        "values": [{"date": "2026-09-01", "value": 5}],
    },
    {"id": "revenue", "name": "Revenue", "kind": "lagging", "unit": "currency", "currency": "EUR"},
]
CHARTER = minimal_charter(metrics=METRICS).replace("'2026-09-01'", "2026-09-01")
#: Bytes that damage inserts.
EDITS = [b"", b"9" * 20, b"-1", b"XFD", b"<", b">", b'"', b"1e999", b"\0", b"\xff", b"=A0"]
#: Enough for Python, its libraries and the largest allowed table.
MEMORY = 900 * 2**20


def figures(folder: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> Result:
    """Function that runs the command in a folder with a charter."""
    monkeypatch.chdir(folder)
    (folder / "charter.yml").write_text(CHARTER, encoding="utf-8")
    return CliRunner().invoke(main, ["figures", *arguments])


@pytest.mark.long
@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_file(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line with place and problem; the charter is unchanged, and no file is created."""
    spoilt = SPOILT[name]
    (tmp_path / spoilt.name).write_bytes(spoilt.data())
    result = figures(tmp_path, monkeypatch, spoilt.name, "--apply", "--since", "2020-01-01", *spoilt.options)
    without_rules = re.sub(r": [a-z-]+: ", ": ", result.stderr)
    assert spoilt.said in result.stderr + without_rules
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Traceback" not in result.stderr
    assert all(line.isprintable() for line in result.stderr.splitlines())
    assert (tmp_path / "charter.yml").read_text(encoding="utf-8") == CHARTER
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["charter.yml", spoilt.name])


@pytest.mark.long
@tuned(max_examples=examples(75))
@given(
    part=st.sampled_from([SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", ""]),
    edits=st.lists(
        st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 6), st.sampled_from(EDITS)),
        min_size=1,
        max_size=3,
    ),
)
def test_a_workbook_with_random_damage(part: str, edits: list[tuple[float, int, bytes]]) -> None:
    """It is read or refused."""

    def damaged(data: bytes) -> bytes:
        for at, length, new in edits:
            start = int(at * len(data))
            data = data[:start] + new + data[start + length :]
        return data

    whole = workbook([HEADER, ("win-rate", DAY, 31), ("deals", DAY, 0.5)])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "f.xlsx"
        path.write_bytes(with_parts(whole, {part: damaged}) if part else damaged(whole))
        with contextlib.suppress(TableError):
            assert all(cell.place for row in read_table(path) for cell in row)


def test_the_spoilt_files_are_many() -> None:
    """At least sixty."""
    assert len(SPOILT) >= 60


@pytest.mark.long
@pytest.mark.parametrize("make", [bomb, distant_cells, pytest.param(million_rows, marks=pytest.mark.slow)])
def test_memory_is_bounded(make: object, tmp_path: Path) -> None:
    """The worst files are refused with no more memory than a large table needs."""
    path = tmp_path / "f.xlsx"
    path.write_bytes(make())  # type: ignore[operator]
    code = (
        "import sys; from pathlib import Path; from charterbook.imports import TableError, read_table\n"
        "try: list(read_table(Path(sys.argv[1])))\n"
        "except TableError as error: print(error.rule)"
    )

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], preexec_fn=limit, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() in ("zip-bomb", "too-many-cells", "too-many-rows"), done.stderr
