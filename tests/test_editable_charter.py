"""The charter that commands change: as a whole, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from charterbook.cli.editable_charter import EditableCharter
from charterbook.cli.handbook import Handbook
from charterbook.errors import CharterbookError
from charterbook.propose import read_proposal
from tests.charters import minimal_charter

PROPOSAL = (
    b"charterbook: 1\nreason: It is time.\nchanges:\n  - {path: title, old: Another title, new: New title}\n"
)


def test_a_refused_change_is_an_error(here: Path) -> None:
    """With its reason; the file is unchanged."""
    text = minimal_charter()
    (here / "charter.yml").write_text(text, encoding="utf-8")
    proposal, _ = read_proposal(PROPOSAL, "p.yml")
    assert proposal is not None
    with pytest.raises(CharterbookError, match='"title" has changed since'):
        EditableCharter(Handbook(None)).apply(proposal)
    assert (here / "charter.yml").read_text(encoding="utf-8") == text
