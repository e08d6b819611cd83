"""A proposal from the handbook for a group: the same changes of the whole charter, without touching hidden parts.

Each change is checked against the group's view, as if that were the charter. Values that have hidden parts are merged
with these, or the change is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from charterbook.charter import Charter
from charterbook.diff import diff
from charterbook.propose.charter_file import CharterFile
from charterbook.propose.list_edits import same
from charterbook.propose.patched_data import ResolvedChange
from charterbook.propose.paths import PathError, resolve, text_of, value_at
from charterbook.propose.preconditions import CheckedChange, PreconditionChecker, Refusal
from charterbook.propose.proposal import Proposal, ProposedChange
from charterbook.propose.proposal_messages import problem
from charterbook.visibility import CharterView, PastMarks


class GroupProposal:
    """A proposal of a group, for a charter with parts that the group does not see."""

    def __init__(self, proposal: Proposal, target: CharterFile) -> None:
        self.proposal, self.target = proposal, target
        self.group = proposal.group or ""
        self.seen = self.view_of(target.charter)
        self.written: dict[str, Any] = self.seen.model_dump(mode="python", by_alias=True, exclude_unset=True)

    def view_of(self, charter: Charter) -> Charter:
        """A charter as the group sees it."""
        return CharterView(charter, PastMarks([charter], self.group)).filtered()

    def refusals(self) -> list[Refusal]:
        """The refusals of changes that the group cannot make, judged by its view."""
        if self.group not in [one.id for one in self.target.charter.groups]:
            place = self.proposal.places.of(("for",))
            return [self._refusal("unknown-group", place, id=self.group)]
        checker = PreconditionChecker(self.seen, self.written, self.proposal.changes)
        verdicts = [checker.verdict(self.proposal, index) for index in range(len(self.proposal.changes))]
        found = [verdict.refusal for verdict in verdicts if verdict.refusal]
        return found or [*self._hidden(verdicts)]

    def _hidden(self, verdicts: Sequence[CheckedChange]) -> Iterator[Refusal]:
        """Refusals of changes of values with hidden parts that cannot be merged."""
        for verdict in verdicts:
            change = self.proposal.changes[verdict.index]
            if verdict.task is not None and not self._can_merge(change, verdict.task):
                yield self._refusal("hidden-parts", verdict.place, path=text_of(change.path))

    def _can_merge(self, change: ProposedChange, task: ResolvedChange) -> bool:
        """Whether the change of the whole charter leaves hidden parts unchanged. An order names no hidden items."""
        found = task.found
        if task.order:
            return True
        if found.is_element and isinstance(found.at[-1], str):
            return self._has_same_lists(change.path)
        seen, whole = value_at(self.written, found.at), self._whole(change.path)
        if _is_words(seen or []) and _is_words(whole or []):
            return self._has_same_lists(change.path)
        return same(seen, whole)

    def _has_same_lists(self, path: str | tuple[str, ...]) -> bool:
        """Whether the group sees the mappings around a place."""
        steps = path.split(".") if isinstance(path, str) else list(path)
        places = [tuple(steps[:end]) for end in range(1, len(steps))]
        return all(self._is_seen(place) for place in places)

    def _is_seen(self, path: tuple[str, ...]) -> bool:
        return self._whole(path) is None or _value(self.written, path) is not None

    def _whole(self, path: str | tuple[str, ...]) -> Any:
        return _value(self.target.written, path)

    def _refusal(self, rule: str, place: tuple[int, int], **facts: str) -> Refusal:
        found = problem(self.target.charter.language, rule, place, **facts)
        return Refusal(self.proposal.file, found)

    def for_whole(self) -> Proposal:
        """The same proposal for the whole charter."""
        changes = tuple(self._merged(change) for change in self.proposal.changes)
        return replace(self.proposal, changes=changes, group=None)

    def _merged(self, change: ProposedChange) -> ProposedChange:
        """A change of a list of ids or texts, with the hidden ones in their places."""
        whole, seen = self._whole(change.path), _value(self.written, change.path)
        if not _is_words(whole) or not isinstance(change.old or change.new, list) or same(whole, seen):
            return change
        old = [*(seen or [])]
        return replace(change, old=whole, new=_with_hidden(whole, old, change.new or []))

    def is_confined(self, new: Charter) -> bool:
        """Whether a changed charter differs from the present one only in parts that the group sees."""
        everything = {change.path for change in diff(self.target.charter, new)}
        return everything <= {change.path for change in diff(self.seen, self.view_of(new))}


def _value(data: Mapping[str, Any], path: str | tuple[str, ...]) -> Any:
    """The value at a path of a charter's data; None if there is none."""
    try:
        return value_at(data, resolve(path, dict(data)).at)
    except (PathError, IndexError, TypeError):
        return None


def _is_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _with_hidden(whole: Sequence[str], seen: Sequence[str], new: Sequence[str]) -> list[str]:
    """A new list with the hidden elements of the whole one, each after its predecessor there."""
    found = list(new)
    before: str | None = None
    for one in whole:
        if one not in seen:
            found.insert(found.index(before) + 1 if before in found else 0, one)
        if one not in seen or one in found:
            before = one
    return found
