"""The commit message for applied proposals: their reasons, for readers of the history.

The first line of each reason ends with the number of its change request, so that the history can link to it. The text
of a proposal cannot close an issue, mention an account, skip a pipeline or act as a trailer.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

from charterbook.export.changes_markdown import REFERENCE_BREAK, without_references
from charterbook.problems import escape_terminal
from charterbook.propose import Proposal

#: Maximum length of a subject, in characters.
_MAX_SUBJECT = 160

#: Text that git and forges would interpret: a trailer before its colon, `[skip ci]`, and a keyword that closes the
#: issue at a URL.
_OBEYED = re.compile(
    r"^[\w-]+(?=\s*:)|\[(?=\s*(?:skip|no|ci|actions)\b[^\]]*\])|(?<=\*\*\*)NO(?=_CI)"
    r"|\b(?:clos|fix|resolv|implement)\w*(?=\s*:?\s+https?:)",
    re.IGNORECASE,
)


def commit_message(proposals: Sequence[tuple[Proposal, int | None]]) -> str:
    """The message for proposals with the numbers of their change requests; with a final newline."""
    firsts = list(dict.fromkeys(_lines(proposal)[0] for proposal, _ in proposals))
    numbers = {number for _, number in proposals}
    number = numbers.pop() if len(numbers) == 1 else None
    subject = textwrap.shorten("; ".join(firsts), _MAX_SUBJECT, placeholder=" …") + _numbered(number)
    one = len(proposals) == 1
    parts = [subject, *(_part(proposal, None if one else number_, one) for proposal, number_ in proposals)]
    return "\n\n".join(filter(None, parts)) + "\n"


def _part(proposal: Proposal, number: int | None, is_only: bool) -> str:
    """The body of the message for a proposal: the rest of a single reason, or the whole of each."""
    first, *rest = _lines(proposal)
    heading = [] if is_only and len(first) <= _MAX_SUBJECT else [first + _numbered(number)]
    trailer = ["", f"Proposed-by: {_words(proposal.by)}"] if proposal.by else []
    return "\n".join([*heading, *rest, *trailer]).strip()


def _lines(proposal: Proposal) -> list[str]:
    return [_words(line) for line in proposal.reason.strip().splitlines()]


def _words(line: str) -> str:
    """A line with invisible breaks in text that git or a forge would interpret."""
    return _OBEYED.sub(rf"\g<0>{REFERENCE_BREAK}", without_references(escape_terminal(line).strip()))


def _numbered(number: int | None) -> str:
    return f" (#{number})" if number else ""
