"""Requests as instants: their kinds, when they were opened and answered, and their pauses.

A column has one value for each request, in the same order, so that 100,000 requests need no object each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from charterbook.frozen_dataclass import dataclass

#: Start and end of a pause of a request, as instants.
Pause = tuple[int, int]


@dataclass(frozen=True)
class Requests:
    """Requests with the same promise. `answered` is None for an open one.

    `pauses` are the pauses of requests, by position; a current pause ends far in the future.
    """

    opened: Sequence[int] = ()
    answered: Sequence[int | None] = ()
    pauses: Mapping[int, Sequence[Pause]] = field(default_factory=dict)
