"""Responsibility matrices: a row for each activity, a column for each role, and R, A, C or I in the cells."""

from __future__ import annotations

import re
from collections import defaultdict

from charterbook.imports.documents.blocks import DocumentTable
from charterbook.imports.drafts.found_parts import FoundItem

_FIELDS = {"R": "responsible", "A": "accountable", "C": "consulted", "I": "informed"}
_LETTERS = re.compile(r"[RACI](?:\s*[/,;&+ ]?\s*[RACI])*")
#: Cyrillic letters that look like those, and letters of the Russian form.
_CYRILLIC = str.maketrans("АСИ", "ACI")
_EMPTY = frozenset(("", "-", "–", "—", "n/a"))


def raci_items(table: DocumentTable) -> list[FoundItem] | None:
    """The roles and activities of a matrix, and None for any other table."""
    columns = _role_columns(table)
    if not columns or len(table.rows) < 2:  # noqa: PLR2004
        return None
    roles = {column: FoundItem("roles", table.rows[0][column].phrase) for column in columns}
    activities: list[FoundItem] = []
    for row in table.rows[1:]:
        named = row[0].phrase
        if not named.text:
            continue
        activity = FoundItem("services", named, is_mentioned=True)
        activities.append(activity)
        for column, cell in enumerate(row[1:], 1):
            if column in roles:
                for letter in _letters(cell.text):
                    roles[column].add(_FIELDS[letter], cell.phrase.meaning(named.text))
            elif cell.blocks:
                activity.details.append((table.rows[0][column].phrase, list(cell.blocks)))
    return [*roles.values(), *activities]


def _role_columns(table: DocumentTable) -> list[int]:
    """The columns with a header and letters, at least two."""
    filled: dict[int, int] = defaultdict(int)
    for row in table.rows[1:]:
        for column, cell in enumerate(row[1:], 1):
            letters = _letters(cell.text)
            if not letters and cell.text.strip() not in _EMPTY:
                filled[column] = -len(table.rows)
            filled[column] += bool(letters)
    found = [column for column, count in filled.items() if count > 0 and table.rows[0][column].blocks]
    return found if len(found) > 1 else []


def _letters(text: str) -> list[str]:
    """The letters in a cell, each once."""
    folded = text.strip().upper().translate(_CYRILLIC)
    if not _LETTERS.fullmatch(folded):
        return []
    return list(dict.fromkeys(letter for letter in folded if letter in _FIELDS))
