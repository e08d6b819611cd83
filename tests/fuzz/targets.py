"""The functions that `make fuzz` calls with any bytes. Each function fails if an invariant does.

`SEEDS` are inputs to begin with: sound ones, so that the fuzzer reaches the code behind the parsers.
"""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from charterbook.charter import Charter
from charterbook.compare import compare
from charterbook.diff import apply, diff
from charterbook.errors import CharterError
from charterbook.export.changes_json import as_json
from charterbook.imports import TableError, read_table
from charterbook.imports.documents import read_document
from charterbook.imports.drafts import draft_of
from charterbook.imports.figure_findings import Findings
from charterbook.imports.figures import FigureReader
from charterbook.load import load
from charterbook.propose import apply_proposals, read_proposal
from tests.load.sample import SMALL
from tests.load.test_never_raises import answers
from tests.memory_folder import memory_folder

#: Separates two files in one input.
BREAK = b"\n=====\n"

_Read = TypeVar("_Read")
_DAY = datetime.date(2026, 4, 1)
_PROPOSAL = """\
charterbook: 1
reason: It is time.
charter: charter.yml
changes:
  - path: title
    new: Another
  - path: [services, new]
    new: {name: New, summary: Something}
"""
_FIGURES = "metric;date;value\nwin-rate;2026-03-31;31,5 %\ndeals;31.03.2026;1.000\n"
_DOCUMENT = "# Charter\n\n## Mission\n\nWe help sellers.\n\n## Services\n\n| Name | Owner |\n|---|---|\n| Coaching | CRO |\n"


def load_charter(data: bytes) -> None:
    """A charter, or errors with places."""
    assert answers(data)


def diff_charters(data: bytes) -> None:
    """The differences of two charters, applied to the old one, give the new one; each has a sentence."""
    old, new = _charters(data)
    if old is None or new is None:
        return
    changes = diff(old, new)
    assert apply(changes, old) == new
    assert bool(changes) == (old != new)
    comparison = compare(old, new)
    assert all(statement.sentence for statement in comparison.statements)
    assert as_json(comparison)


def apply_proposal(data: bytes) -> None:
    """A charter with a proposal is a charter, or unchanged with reasons."""
    charter, _, text = data.partition(BREAK)
    proposal, problems = read_proposal(text, "p.yml")
    assert (proposal is None) == bool(problems)
    if proposal is None:
        return
    try:
        result = apply_proposals(charter, [proposal])
    except CharterError:
        return
    assert not result.refusals or result.data == charter
    assert load(result.data).charter == result.new


def import_document(data: bytes) -> None:
    """A draft that the loader reads, or one message with a place."""
    name, _, content = data.partition(BREAK)
    ending = name.decode("ascii", "replace") if name in _ENDINGS else "md"
    try:
        document = _file(f"document.{ending}", content, read_document)
    except TableError as error:
        _explained(error)
        return
    draft = draft_of(document)
    assert answers(draft.text.encode("utf-8", "surrogatepass"))


_ENDINGS = (b"md", b"txt", b"html", b"csv", b"docx", b"xlsx")


def read_figures(data: bytes) -> None:
    """Values of metrics, or problems with places."""
    findings, charter = Findings(), load(SMALL.encode()).charter
    assert charter is not None

    def read(path: Path) -> None:
        FigureReader(charter, _DAY).read([read_table(path)], findings)

    try:
        _file("figures.csv", data, read)
    except TableError as error:
        _explained(error)
    assert all(problem for problem in findings.problems)


def _explained(error: TableError) -> None:
    assert error.sentence("en")
    assert error.place or error.file


def _charters(data: bytes) -> tuple[Charter | None, Charter | None]:
    old, _, new = data.partition(BREAK)
    return load(old).charter, load(new).charter


def _file(name: str, content: bytes, read: Callable[[Path], _Read]) -> _Read:
    with tempfile.TemporaryDirectory(dir=_SCRATCH) as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        return read(path)


_SCRATCH = memory_folder(needed=100_000_000)

TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "load": load_charter,
    "diff": diff_charters,
    "apply": apply_proposal,
    "import": import_document,
    "figures": read_figures,
}

_CHANGED = SMALL.replace("Onboarding", "Start").replace("2026", "2027")
SEEDS: Mapping[str, tuple[bytes, ...]] = {
    "load": (SMALL.encode(), b"title: 0x_\n", b"[&a [*a]]"),
    "diff": (BREAK.join([SMALL.encode(), _CHANGED.encode()]),),
    "apply": (BREAK.join([SMALL.encode(), _PROPOSAL.encode()]),),
    "import": (
        BREAK.join([b"md", _DOCUMENT.encode()]),
        BREAK.join([b"html", b"<h1>Mission</h1><p>We help.</p>"]),
    ),
    "figures": (_FIGURES.encode(),),
}
