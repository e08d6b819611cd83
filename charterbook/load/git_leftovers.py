"""What git or its filters can leave in a file instead of its content."""

from __future__ import annotations

import re
from collections.abc import Iterator

from charterbook.i18n import N_
from charterbook.load.collector import ProblemCollector
from charterbook.load.lazy_message import LazyMessage

#: First bytes of a file whose content a filter of git keeps elsewhere or encrypts, with the name and the command of
#: its program: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md and https://github.com/AGWA/git-crypt.
_FILTERED = (
    (b"version https://git-lfs.github.com/spec/", N_("a pointer of Git LFS"), "git lfs pull"),
    (b"\0GITCRYPT\0", N_("encrypted by git-crypt"), "git-crypt unlock"),
)

#: A line that git writes around each side of a conflict. Its length can be set, but is at least seven.
_MARKER = re.compile(rb"^(<{7,}|={7,}|>{7,})(?=[ \r\n]|\Z)", re.MULTILINE)
_SIDES = b"<=>"


def report_leftovers(data: bytes, report: ProblemCollector) -> bool:
    """Report what git has left in a file instead of its content; True if there is anything."""
    for start, what, command in _FILTERED:
        if data.startswith(start):
            report.add("filtered-by-git", (1, 1), found=LazyMessage(what), command=command)
            return True
    conflicts = list(_conflicts(data))
    for first, last in conflicts:
        report.add("merge-conflict", (first, 1), last=last)
    return bool(conflicts)


def _conflicts(data: bytes) -> Iterator[tuple[int, int]]:
    """First and last line of each merge conflict, counted from 1."""
    first, seen, line, counted = 0, 0, 1, 0
    for marker in _MARKER.finditer(data):
        line += data.count(b"\n", counted, marker.start())
        counted = marker.start()
        if marker[0][0] == _SIDES[0]:
            first, seen = line, 1
        elif seen and marker[0][0] == _SIDES[seen]:
            seen += 1
        if seen == len(_SIDES):
            yield first, line
            seen = 0
