"""The arguments of `charterbook diff`: two charters by name, or the two files that git passes."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from charterbook.charter import SECTIONS, Charter
from charterbook.compare import Comparison, Severity, at_least, compare, narrowed
from charterbook.errors import CharterbookError
from charterbook.export.changes import render
from charterbook.history.charter_source import charter_of
from charterbook.history.resolve_charter import CharterResolver
from charterbook.identity import ItemLineage, state_of
from charterbook.problems import escape_terminal
from charterbook.settings import Settings, handbook_of, read_settings
from charterbook.suggestions import unknown_name

#: The number of arguments of an external diff: path, old file, hex and mode, the same of the new file; for a renamed
#: file also its new path and a description. A file with conflicts has only the path.
_ARGUMENT_COUNTS = (7, 9)
_ABSENT = os.devnull

#: Environment variable that git sets for an external diff.
_GIT_VARIABLE = "GIT_DIFF_PATH_COUNTER"

#: Git's hex for a file that is in no commit yet.
_NO_HEX = "."
_SHORT = 8


def charter_names(names: Sequence[str]) -> tuple[str, str | None]:
    """The names of both charters; the second is None for the draft, or else the newest version.

    Raises CharterbookError for too many names, and for a range without an end.
    """
    if len(names) == 1 and ".." in names[0] and not os.path.lexists(names[0]):
        old, _, new = names[0].partition("..")
        if not old or not new.lstrip(".") or new.startswith("."):
            raise CharterbookError(f"{names[0]}: a range is OLD..NEW, with both ends.")
        return old, new
    if len(names) > 2:  # noqa: PLR2004
        raise CharterbookError(f"two charters can be compared, not {len(names)}.")
    return names[0], names[1] if len(names) > 1 else None


def compare_named(
    known: CharterResolver,
    names: tuple[str, str | None],
    audience: str | None = None,
    section: str | None = None,
    severity: str | None = None,
) -> Comparison:
    """The comparison of two charters of a handbook, filtered by audience, section and severity.

    Raises CharterbookError if one of them cannot be found or read, and for an unknown audience or section.
    """
    old = known.find(names[0])
    new = known.find(names[1] or known.newest)
    _check(audience, section, old.charter, new.charter)
    between = known.between(old.name, new.name)
    found = compare(
        old.charter, new.charter, (old.name, new.name), severity=_severities(known.settings), between=between
    )
    found = replace(found, reasons=known.reasons(old.name, new.name))
    audience = current_id(audience, [old.charter, *between, new.charter])
    return narrowed(found, audience=audience, section=section, severity=cast("Severity | None", severity))


def _severities(settings: Settings) -> dict[str, Severity]:
    return cast("dict[str, Severity]", dict(settings.severity))


def current_id(audience: str | None, charters: Sequence[Charter]) -> str | None:
    """The id of an audience in the newest charter, given its current or a former id."""
    if audience is None:
        return None
    audience_lineage = ItemLineage([state_of(charter) for charter in charters])
    current = audience_lineage.nearest(("audiences", audience), len(charters) - 1)
    return current[0][1] if current else audience


def _check(audience: str | None, section: str | None, *charters: Charter) -> None:
    """Refuse unknown audiences and sections: a filter by them would show no change."""
    audiences = list(dict.fromkeys(each.id for charter in charters for each in charter.audiences))
    if audience is not None and audience not in audiences:
        raise CharterbookError(unknown_name("--audience", audience, "Audiences", audiences))
    sections = ("charter", *SECTIONS, "sections")
    if section is not None and section not in sections:
        raise CharterbookError(unknown_name("--section", section, "Sections", sections))


def any_at_least(comparison: Comparison, severity: str) -> bool:
    """Whether a listed change has at least this severity."""
    threshold = cast("Severity", severity)
    return any(at_least(statement.severity, threshold) for statement in comparison.statements)


def is_git_call(names: Sequence[str]) -> bool:
    """Whether git passed the arguments, to call an external diff."""
    return len(names) in _ARGUMENT_COUNTS or (len(names) == 1 and _GIT_VARIABLE in os.environ)


def answer_to_git(names: Sequence[str]) -> str:
    """The output for a file that git passes. It includes errors: git stops after a non-zero exit code."""
    path = escape_terminal(names[0])
    try:
        return _file_diff(names)
    except CharterbookError as error:
        return f"{path}: could not be compared: {escape_terminal(str(error))}\n"


def _file_diff(names: Sequence[str]) -> str:
    path = names[0]
    if len(names) == 1:
        return f"{escape_terminal(path)}: could not be compared: it has conflicts.\n"
    _, old, old_hex, _, new, new_hex = names[:6]
    if _ABSENT in (old, new):
        return f"{escape_terminal(path)}: {'a new file' if old == _ABSENT else 'removed'}\n"
    folder = handbook_of(Path(path)) or Path()
    titles = (_title(path, old_hex), _title(names[7] if len(names) > 7 else path, new_hex))  # noqa: PLR2004
    charters = [charter_of(Path(file), title) for file, title in zip((old, new), titles, strict=True)]
    return render(compare(charters[0], charters[1], titles, severity=_severities(read_settings(folder))))


def _title(path: str, hex_: str) -> str:
    return path if hex_ == _NO_HEX or not hex_.strip("0") else f"{path} {hex_[:_SHORT]}"
