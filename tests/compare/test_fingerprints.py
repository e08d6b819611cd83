"""Fingerprints of changes: stable over the versions of the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from charterbook.compare import compare
from tests.golden import PAIRS, example, published


@pytest.mark.long
def test_fingerprints_are_stable() -> None:
    """Feeds, logs and links identify the example's changes by their published fingerprints."""
    kept = Path(__file__).with_name("fingerprints.txt").read_text(encoding="utf-8").splitlines()
    known = {
        f"{old}..{new} {each.fingerprint}"
        for old, new in PAIRS
        for later in published()[new]
        for each in compare(example()[old], later, (old, new)).statements
    }
    assert [line for line in kept if " ".join(line.split(" ")[:2]) not in known] == []
