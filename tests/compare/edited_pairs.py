"""Comparisons of a charter and the same one edited at random, and the number of these comparisons."""

from __future__ import annotations

import copy
import itertools
from random import Random
from typing import Any

from charterbook.charter import Charter
from charterbook.compare import Statement, compare
from tests import edits
from tests.edits import Data

#: Number of pairs compared so far.
comparisons = itertools.count()


def statements(old: Charter, new: Charter) -> tuple[Statement, ...]:
    """The changes from one charter to the other."""
    next(comparisons)
    return compare(old, new, language="en").statements


def commitments(found: tuple[Statement, ...]) -> dict[str, Statement]:
    """The commitments by their fingerprints."""
    return {each.fingerprint: each for each in found if each.severity == "commitment"}


def edited(chance: Random, data: Data, times: int) -> Data:
    """The same data with some values changed."""
    data = copy.deepcopy(data)
    for _ in range(times):
        edits.change_value(chance, data)
    return data


def without_order(value: Any) -> Any:
    """A value whose lists are sorted, at any depth."""
    if isinstance(value, list | tuple):
        return sorted((without_order(one) for one in value), key=repr)
    return (
        {key: without_order(one) for key, one in sorted(value.items())} if isinstance(value, dict) else value
    )
