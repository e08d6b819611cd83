"""The message of the commit that applies proposals: their reasons, which readers will see in the history.

Each first line of a reason comes with the number of the request that brought it, so that the history leads there.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from charterbook.problems import escape_terminal
from charterbook.propose import Proposal

#: How long a first line may be, in characters, before it is cut.
_LONGEST = 160


def commit_message(proposals: Sequence[tuple[Proposal, int | None]]) -> str:
    """The message for proposals with the numbers of their requests; each line ended."""
    firsts = list(dict.fromkeys(_lines(proposal)[0] for proposal, _ in proposals))
    numbers = {number for _, number in proposals}
    number = numbers.pop() if len(numbers) == 1 else None
    subject = textwrap.shorten("; ".join(firsts), _LONGEST, placeholder=" …") + _numbered(number)
    one = len(proposals) == 1
    parts = [subject, *(_part(proposal, None if one else number_, one) for proposal, number_ in proposals)]
    return "\n\n".join(filter(None, parts)) + "\n"


def _part(proposal: Proposal, number: int | None, one: bool) -> str:
    """What stands below the first line: the rest of the one reason, or the whole of each."""
    first, *rest = _lines(proposal)
    told = [] if one and len(first) <= _LONGEST else [first + _numbered(number)]
    by = ["", f"Proposed-by: {escape_terminal(proposal.by)}"] if proposal.by else []
    return "\n".join([*told, *rest, *by]).strip()


def _lines(proposal: Proposal) -> list[str]:
    return [escape_terminal(line).strip() for line in proposal.reason.strip().splitlines()]


def _numbered(number: int | None) -> str:
    return f" (#{number})" if number else ""
