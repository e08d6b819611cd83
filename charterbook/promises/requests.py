"""Requests as instants: what was asked for, when it was opened and answered, and when it waited for who asked.

A column holds one value for each request, in the same order: so 100,000 requests are measured without an object each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

#: From one instant to another, in which a request waits and no time is counted.
Pause = tuple[int, int]


@dataclass(frozen=True)
class Requests:
    """Requests for which one promise holds. `answered` is None for one that is still open.

    `pauses` holds those of the requests that had any, by position; the end of one that goes on is far in the future.
    """

    opened: Sequence[int] = ()
    answered: Sequence[int | None] = ()
    pauses: Mapping[int, Sequence[Pause]] = field(default_factory=dict)
