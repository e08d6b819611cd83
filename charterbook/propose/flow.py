"""Edits of flow collections: unchanged, removed and inserted entries, with their commas."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from charterbook.propose.text_edits import Edit

#: Start and end of an entry.
Span = tuple[int, int]


def edit_run(
    text: str, spans: Sequence[Span], kept: Sequence[bool], new: Mapping[int, Sequence[str]]
) -> list[Edit]:
    """The edits of a sequence of entries. `new` are inserted texts by the preceding entry, -1 for the start."""
    if not any(kept):
        return [Edit(spans[0][0], spans[-1][1], ", ".join(one for texts in new.values() for one in texts))]
    edits = []
    for at, texts in new.items():
        joined = ", ".join(texts)
        if at < 0:
            start = spans[kept.index(True)][0]
            edits.append(Edit(start, start, f"{joined}, "))
        else:
            edits.append(Edit(spans[at][1], spans[at][1], f", {joined}"))
    return edits + [
        edit for first, last in _removed_runs(kept) for edit in _removal(text, spans, first, last)
    ]


def _removed_runs(kept: Sequence[bool]) -> list[tuple[int, int]]:
    """The runs of removed entries: first and last."""
    found: list[tuple[int, int]] = []
    for index, stays in enumerate(kept):
        if stays:
            continue
        if found and found[-1][1] == index - 1:
            found[-1] = (found[-1][0], index)
        else:
            found.append((index, index))
    return found


def _removal(text: str, spans: Sequence[Span], first: int, last: int) -> list[Edit]:
    """Remove a run with its commas, and with the comments of entries on separate lines."""
    start, end = (spans[first - 1][1], spans[last][1]) if first else (spans[0][0], spans[last + 1][0])
    separators = text[start : spans[first][0]] + text[spans[last][1] : end] + _line_rest(text, end)
    if "#" not in separators:
        return [Edit(start, end)]
    edits = []
    for index in range(first, last + 1):
        if lines := _own_lines(text, *spans[index]):
            edits.append(Edit(*lines))
            continue
        edits.append(Edit(*spans[index]))
        at = spans[index - 1][1] if first else spans[index][1]
        comma = _comma(text, at)
        edits.append(Edit(comma, comma + 1))
    return edits


_REST = re.compile(r",?[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r)")


def _own_lines(text: str, start: int, end: int) -> Span | None:
    """The lines of an entry that shares none with others, with the comments in them and directly above."""
    line = _line_start(text, start)
    rest = _REST.match(text, end)
    if rest is None or text[line:start].strip():
        return None
    while line and text[(above := _line_start(text, _before_break(text, line))) : line].lstrip().startswith(
        "#"
    ):
        line = above
    return line, rest.end()


def _before_break(text: str, line: int) -> int:
    """The end of the line before the line that starts here."""
    return line - (2 if text.endswith("\r\n", 0, line) else 1)


def _line_start(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def _line_rest(text: str, at: int) -> str:
    """The rest of the line after an offset."""
    return re.split(r"[\r\n]", text[at : at + 1_000], maxsplit=1)[0]


def _comma(text: str, at: int) -> int:
    """The comma after an entry, after any comment."""
    while text[at] != ",":
        at = (
            min(found for found in (text.find("\n", at), text.find("\r", at)) if found >= 0)
            if text[at] == "#"
            else at + 1
        )
    return at
