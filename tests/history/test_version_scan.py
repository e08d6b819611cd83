from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterbook.history.version_scan import DOUBT, Undecided, own_version
from charterbook.load import load
from tests.charters import minimal_charter
from tests.histories import Repo

REST = minimal_charter()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("version: 2026-Q3", "2026-Q3"),
        ("version: '2026-Q3'", "2026-Q3"),
        ('version: "2026-Q3"', "2026-Q3"),
        ("version:   2026-Q3   # the third", "2026-Q3"),
        ("version : FY27-Q1", "FY27-Q1"),
        ("version:\t2026-07", "2026-07"),
        ("version: 2026-Q3\n\n  # a comment", "2026-Q3"),
        ("version: Winter", None),
        ("version: 2026-Q3#x", DOUBT),
        ("version:", None),
        ("# version: 2026-Q3", None),
        ("versions: 2026-Q3", None),
        ('version: "2026\\x2dQ3"', DOUBT),
        ("version: 2026-Q3\n  and more", DOUBT),
        ("version: 2026-Q3\n\n  and more", DOUBT),
        ("version:\n  2026-Q3", DOUBT),
        ("version: |\n  2026-Q3", DOUBT),
        ("version: !!str 2026-Q3", DOUBT),
        ("? version\n: 2026-Q3", DOUBT),
        ('"version": 2026-Q3', DOUBT),
        ('"ver\\x73ion": 2026-Q3', DOUBT),
        ('organisation: "Quill\nversion: 2026-Q3\nand: mere"', DOUBT),
        ("mission: {statement: x,\nversion: 2026-Q3\n# end\n  }", DOUBT),
    ],
)
def test_values_of_a_line(line: str, expected: str | Undecided | None) -> None:
    """A plain line is parsed; anything unusual is left to the loader."""
    assert (
        own_version(f"{line}\n{REST}".encode()) is expected
        or own_version(f"{line}\n{REST}".encode()) == expected
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\ufeffversion: 2026-Q3\n", "2026-Q3"),
        ("title: x\r\nversion: 2026-Q3\r\n", "2026-Q3"),
        ("version: 2026-Q3", "2026-Q3"),
        ("---\n# comment\nversion: 2026-Q3", "2026-Q3"),
        ("services:\n- id: x\n  version: 2025\nversion: 2026-Q3\n", "2026-Q3"),
        ("title: |\n  version: 2025\nversion: 2026-Q3\n", "2026-Q3"),
        ("", None),
        ("title: x\rversion: 2026-Q3\r", DOUBT),
        ("{version: 2026-Q3}", DOUBT),
        ('{\n"title": "x",\n"version": "2026-Q3"}', DOUBT),
        ("--- {version: 2026-Q3}", DOUBT),
        ("  title: x\n  version: 2026-Q3\n", DOUBT),
        ("---\n\n  title: x\n  version: 2026-Q3\n", DOUBT),
    ],
)
def test_values_of_a_file(text: str, expected: str | Undecided | None) -> None:
    """Byte order marks, line ends, lists and texts do not confuse the scan."""
    assert own_version(text.encode()) == expected


LINES = st.lists(
    st.sampled_from(
        [
            "version: 2026-Q3", "version: '2026-Q2'", 'version: "2026-Q1" # x', "# version: 2025", "change_note: |",
            "  version: 2024", "change_note: 'it", "  goes on'", "change_note: plain", "  and on", "organisation: [x",
            "]", "", "   ", "? version", ": 2026", '"version": 2023-Q1', "organisation: Quill", 'organisation: "', '"',
        ]
    ),
    max_size=7,
)  # fmt: skip


@given(LINES, st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_the_scan_never_contradicts_the_loader(lines: list[str], end: str, first: bool) -> None:
    """For a valid charter, the scan agrees with the loader or leaves the answer to it."""
    text = "\n".join(lines)
    data = (f"{text}\n{REST}" if first else f"{REST}{text}\n").replace("\n", end).encode()
    charter = load(data).charter
    answer = own_version(data)
    if charter is not None and answer is not DOUBT:
        assert answer == charter.version


def test_a_doubtful_charter_is_loaded(repo: Repo) -> None:
    """If the scan is undecided, the charter is loaded, and its version counts."""
    repo.commit({"charter.yml": '"version": "2026\\x2dQ3"\n' + REST}, date="2026-12-13")
    repo.commit({"charter.yml": '"title": 5\n'}, date="2026-12-14")
    assert [version.name for version in repo.history().versions] == ["2026-Q3", "2026-Q4"]
