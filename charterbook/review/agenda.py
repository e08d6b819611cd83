"""The agenda of a review. Half of the time is for decisions, rounded up; the rest is shared out by fixed parts."""

from __future__ import annotations

import itertools
from dataclasses import replace

from charterbook.review.pre_read_data import AgendaItem, Part, PreRead

#: The parts of the time that is not for decisions.
_SHARES: dict[Part, int] = {"actions": 2, "facts": 2, "sign": 1}

#: All parts in the order of the meeting.
_ORDER: tuple[Part, ...] = ("actions", "facts", "decisions", "sign")


def agenda_of(pre_read: PreRead) -> PreRead:
    """The pre-read with its agenda."""
    return replace(pre_read, agenda=tuple(agenda(pre_read.minutes)))


def agenda(minutes: int) -> list[AgendaItem]:
    """The parts of a review of this length, one after the other, without a gap."""
    lengths = _lengths(minutes)
    starts = itertools.accumulate((lengths[part] for part in _ORDER), initial=0)
    return [AgendaItem(part, start, lengths[part]) for part, start in zip(_ORDER, starts, strict=False)]


def _lengths(minutes: int) -> dict[Part, int]:
    decisions = (minutes + 1) // 2
    rest, whole = minutes - decisions, sum(_SHARES.values())
    lengths = {part: rest * share // whole for part, share in _SHARES.items()}
    lengths["actions"] += rest - sum(lengths.values())
    return {**lengths, "decisions": decisions}
