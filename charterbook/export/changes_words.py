"""The words around a list of changes, in its language, and what all formats share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from charterbook.compare import SEVERITIES, Comparison, Segment, Severity, Statement, section_title
from charterbook.compare.rollovers import Rollover, with_rollovers
from charterbook.diff import LikelyRename
from charterbook.i18n import N_, translator

_SEVERITIES: dict[Severity, str] = {
    "commitment": N_("commitment"),
    "meaning": N_("meaning"),
    "wording": N_("wording"),
    "order": N_("order"),
}

#: Words beside a change that are kept where a text is shortened (characters).
_AROUND = 40


class ChangeWords:
    """What is said around the statements of one comparison."""

    def __init__(self, comparison: Comparison) -> None:
        self._comparison = comparison
        self._own = translator(comparison.language)

    @property
    def title(self) -> str:
        """Which two charters were compared."""
        sides = {"old": self._comparison.old.name, "new": self._comparison.new.name}
        return self._own.gettext("What changed from %(old)s to %(new)s") % sides

    @property
    def count(self) -> str:
        """How many changes there are, by severity; or that there is none, and why one might expect some."""
        t, comparison = self._own, self._comparison
        entries = with_rollovers(comparison.statements)
        number = len(entries)
        if not number:
            return self._nothing()
        severities = [_gravest(entry) for entry in entries]
        found = t.ngettext("%(n)s change", "%(n)s changes", number) % {"n": t.number(number)}
        counts = [
            f"{self.severity(severity)} {t.number(severities.count(severity))}"
            for severity in SEVERITIES
            if severity in severities
        ]
        return f"{found}: {', '.join(counts)}"

    def _nothing(self) -> str:
        t, comparison = self._own, self._comparison
        if comparison.narrowed:
            return t.gettext("No changes match the filter; there are others.")
        if comparison.followed:
            return t.gettext("No changes except in how references are written.")
        return t.gettext("No changes.")

    @property
    def unchanged(self) -> str:
        """How many items stayed as they were."""
        t, number = self._own, self._comparison.unchanged
        message = t.ngettext("%(n)s item is unchanged.", "%(n)s items are unchanged.", number)
        return message % {"n": t.number(number)}

    @property
    def note(self) -> str:
        """The heading of the author's reason."""
        return self._own.gettext("Why this version")

    @property
    def important(self) -> str:
        """The heading of what matters most."""
        return self._own.gettext("Most important")

    @property
    def guesses(self) -> str:
        """The heading of likely renames."""
        return self._own.gettext("Looks like a rename that was not declared with `was`")

    def guess(self, likely: LikelyRename) -> str:
        """A likely rename, by the ids."""
        return f"{'.'.join(likely.old[:-1])}: {likely.old[-1]} → {likely.new[-1]}"

    def severity(self, severity: Severity) -> str:
        """What a severity is called."""
        return self._own.gettext(_SEVERITIES[severity])

    @property
    def severities(self) -> list[str]:
        """What all severities are called, the gravest first."""
        return [self.severity(severity) for severity in SEVERITIES]

    def sections(self) -> Iterator[tuple[str, list[StatementGroup]]]:
        """The statements by section, with the section's title; those that are told together stand below one title."""
        for section, found in groupby(self._comparison.statements, key=lambda statement: statement.section):
            yield section_title(section, self._own), self.groups(list(found))

    def groups(self, statements: Sequence[Statement]) -> list[StatementGroup]:
        """Statements, those that are told together below one title."""
        return [
            StatementGroup(entry.title(self._own), entry.statements)
            if isinstance(entry, Rollover)
            else StatementGroup(None, (entry,))
            for entry in with_rollovers(statements)
        ]


@dataclass(frozen=True)
class StatementGroup:
    """Statements below a title of their own, or one without."""

    title: str | None
    statements: tuple[Statement, ...]


def _gravest(entry: Statement | Rollover) -> Severity:
    statements = entry.statements if isinstance(entry, Rollover) else (entry,)
    return min((one.severity for one in statements), key=SEVERITIES.index)


def shortened(segments: Sequence[Segment]) -> list[Segment]:
    """The segments with long unchanged stretches cut to the words beside the changes."""
    last = len(segments) - 1
    return [
        Segment("equal", _cut(segment.text, index > 0, index < last)) if segment.kind == "equal" else segment
        for index, segment in enumerate(segments)
    ]


def _cut(text: str, after: bool, before: bool) -> str:
    """Keeps the beginning of a text that stands after a change, and the end of one that stands before one."""
    if len(text) <= _AROUND * (after + before) + _AROUND // 2:
        return text
    head = re.sub(r"\S*$", "", text[:_AROUND]) if after else ""
    tail = re.sub(r"^\S*", "", text[-_AROUND:]) if before else ""
    return f"{head}…{tail}"
