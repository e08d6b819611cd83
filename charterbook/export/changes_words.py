"""Headings and labels of a list of changes, in its language, shared by all formats."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from charterbook.compare import (
    SEVERITIES,
    Comparison,
    Segment,
    Severity,
    Statement,
    in_one_line,
    section_title,
)
from charterbook.compare.rollovers import Rollover, with_rollovers
from charterbook.diff import LikelyRename
from charterbook.frozen_dataclass import dataclass
from charterbook.i18n import N_, translator

_SEVERITIES: dict[Severity, str] = {
    "commitment": N_("commitment"),
    "meaning": N_("meaning"),
    "wording": N_("wording"),
    "order": N_("order"),
}

#: Message if not all removed items were compared with all added ones.
TOO_MANY = N_("Too many items were removed and added to search all of them for undeclared renames.")

#: Context around a change in a shortened text, in characters.
_CONTEXT = 40


class ChangeWords:
    """The headings and labels of one comparison."""

    def __init__(self, comparison: Comparison) -> None:
        self._comparison = comparison
        self._translator = translator(comparison.language)

    @property
    def title(self) -> str:
        """The title: the names of the two charters."""
        sides = {"old": self._comparison.old.name, "new": self._comparison.new.name}
        return self._translator.gettext("What changed from %(old)s to %(new)s") % sides

    @property
    def count(self) -> str:
        """The number of changes by severity, or a sentence that says why there are none."""
        t, comparison = self._translator, self._comparison
        number = len(comparison.statements)
        if not number:
            return self._nothing()
        counted = comparison.counts
        found = t.ngettext("%(n)s change", "%(n)s changes", number) % {"n": t.number(number)}
        counts = [
            f"{self.severity(severity)} {t.number(counted[severity])}"
            for severity in SEVERITIES
            if counted.get(severity)
        ]
        return f"{found}: {', '.join(counts)}"

    def _nothing(self) -> str:
        t, comparison = self._translator, self._comparison
        if comparison.narrowed:
            return t.gettext("No changes match the filter; there are others.")
        if comparison.followed:
            return t.gettext("No changes except in how references are written.")
        return t.gettext("No changes.")

    @property
    def unchanged(self) -> str:
        """The number of unchanged items, with a note if there were too many others to look for renames.

        Empty if there are none, or if the comparison shows no changes or only some.
        """
        t, number = self._translator, self._comparison.unchanged
        if not self._comparison.statements or self._comparison.narrowed:
            return ""
        if not number:
            return "" if self._comparison.guessed_all else t.gettext(TOO_MANY)
        message = t.ngettext("%(n)s item is unchanged.", "%(n)s items are unchanged.", number)
        left_out = "" if self._comparison.guessed_all else f" {t.gettext(TOO_MANY)}"
        return message % {"n": t.number(number)} + left_out

    @property
    def text_left_out(self) -> str:
        """Message about omitted word diffs."""
        return self._translator.gettext(
            "The changed texts are too long to show here; the page of changes has them."
        )

    @property
    def changes_left_out(self) -> str:
        """Message about omitted changes."""
        return self._translator.gettext(
            "There are more changes than fit here; the page of changes has them all."
        )

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """The reasons of the compared versions in one line, each with its label.

        The label has the version's name if there are several.
        """
        t, comparison = self._translator, self._comparison
        known = comparison.reasons
        if len(known) > 1 or any(name != comparison.new.name for name, _ in known):
            return [
                (t.gettext("Why %(version)s") % {"version": name}, in_one_line(note)) for name, note in known
            ]
        note = comparison.change_note
        return [(t.gettext("Why this version"), in_one_line(note))] if note else []

    @property
    def important(self) -> str:
        """The heading of the most important changes."""
        return self._translator.gettext("Most important")

    @property
    def guesses(self) -> str:
        """The heading of likely renames."""
        return self._translator.gettext("Looks like a rename that was not declared with `was`")

    def guess(self, likely: LikelyRename) -> str:
        """A likely rename, as ids."""
        return f"{'.'.join(likely.old[:-1])}: {likely.old[-1]} → {likely.new[-1]}"

    def severity(self, severity: Severity) -> str:
        """The name of a severity."""
        return self._translator.gettext(_SEVERITIES[severity])

    @property
    def severities(self) -> list[str]:
        """The names of all severities, the most severe first."""
        return [self.severity(severity) for severity in SEVERITIES]

    def sections(self) -> Iterator[tuple[str, list[StatementGroup]]]:
        """The statements by section, with its title and with grouped statements below one title."""
        for section, found in groupby(self._comparison.statements, key=lambda statement: statement.section):
            yield section_title(section, self._translator), self.groups(list(found))

    def groups(self, statements: Sequence[Statement]) -> list[StatementGroup]:
        """Statements in groups: a title for several, none for a single one."""
        return [
            StatementGroup(entry.title(self._translator), entry.statements)
            if isinstance(entry, Rollover)
            else StatementGroup(None, (entry,))
            for entry in with_rollovers(statements)
        ]


@dataclass(frozen=True)
class StatementGroup:
    """Statements below a title, or a single statement without one."""

    title: str | None
    statements: tuple[Statement, ...]


def shortened(segments: Sequence[Segment]) -> list[Segment]:
    """The segments, with long unchanged stretches cut to the context of the changes."""
    last = len(segments) - 1
    return [
        Segment("equal", _cut(segment.text, index > 0, index < last)) if segment.kind == "equal" else segment
        for index, segment in enumerate(segments)
    ]


def _cut(text: str, after: bool, before: bool) -> str:
    """Cut a text to its start if it follows a change, and to its end if it precedes one."""
    if len(text) <= _CONTEXT * (after + before) + _CONTEXT // 2:
        return text
    head = re.sub(r"\S*$", "", text[:_CONTEXT]) if after else ""
    tail = re.sub(r"^\S*", "", text[-_CONTEXT:]) if before else ""
    return f"{head}…{tail}"
