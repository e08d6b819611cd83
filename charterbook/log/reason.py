"""Why a revision was made, from its commit's message: its subject, its words and its change request.

Forges write messages of their own where a pull or merge request is merged; the reason is what its author
called it. All of it stays hostile until escaped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

#: First lines that a forge wrote: the number of the request and, where they hold it, its title.
_MERGES = (
    re.compile(r"Merge pull request #(?P<number>\d{1,9}) from \S+\Z"),
    re.compile(r"Merge pull request '(?P<title>.+)' \(#(?P<number>\d{1,9})\) from \S+ into \S+\Z"),
    re.compile(r"Merged in .+ \(pull request #(?P<number>\d{1,9})\)\Z"),
    re.compile(r"Merged PR (?P<number>\d{1,9}): (?P<title>.+)\Z"),
    re.compile(r"(?P<title>.+\S) \((?:pull request )?#(?P<number>\d{1,9})\)\Z"),
)
_BRANCH = re.compile(r"Merge branch '.+'(?: of \S+)?(?: into .+)?\Z")
#: Lines that name the request below the text.
_NAMED = re.compile(r"(?:See merge request \S*!|Reviewed-on: https?://\S+/pulls/)(?P<number>\d{1,9})\Z")
_TRAILER = re.compile(r"[A-Z][A-Za-z]*(?:-[A-Za-z]+)+: \S|See merge request \S|Approved-by: \S")


@dataclass(frozen=True)
class Reason:
    """Why a revision was made.

    `subject` is one line; `text` the paragraphs below it, each one line; `number` that of the pull or merge
    request, None where the message has none.
    """

    subject: str
    text: tuple[str, ...]
    number: int | None


def reason_of(message: str) -> Reason:
    """What a commit's message says of why it was made."""
    first, *rest = message.strip().splitlines() or [""]
    first = first.strip()
    merge = next((found for found in (pattern.match(first) for pattern in _MERGES) if found), None)
    number = merge["number"] if merge else _named(rest)
    title = merge.groupdict().get("title") if merge else None if _BRANCH.match(first) else first
    text = _paragraphs(rest)
    if title is None and text:
        title, *text = text
    return Reason(title or first, tuple(text), int(number) if number else None)


def _named(lines: list[str]) -> str | None:
    found = (_NAMED.match(line.strip()) for line in reversed(lines))
    return next((match["number"] for match in found if match), None)


def _paragraphs(lines: list[str]) -> list[str]:
    """The text below the subject, without what machines wrote there."""
    kept = ["" if _TRAILER.match(line.strip()) else line.strip() for line in lines]
    return [" ".join(part.split()) for part in "\n".join(kept).split("\n\n") if part.strip()]
