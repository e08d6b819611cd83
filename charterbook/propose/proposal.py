"""A proposal, as data, and its parser. Any bytes give either a proposal or problems with places.

    charterbook: 1
    reason: The mentor programme makes this possible.
    by: Ada Quill
    charter: charter.yml
    for: partners
    changes:
      - path: services.onboarding.effort_share
        old: 25
        new: 30

`path` identifies a value by the keys of the file and, in a list, the id of the item (for service levels the
request, for sign-offs the role), as before the change. With a dot inside a step, the path is a list of steps.
`old` is the current value and `new` the proposed one; without `old`, or with null, there is no current value:

- a new item: `path: services.clinics` and `new` with its keys; `before: onboarding` inserts it before that item
- a removed item: `path: services.clinics` and `old` with all its keys
- a list of ids or texts changes as a whole
- a rename changes `services.clinics.id`, and adds the old id to `services.clinics.was`
- another order: `path: services`, and in `old` and `new` the ids of items in their order

With `for`, the proposal comes from the handbook for a group: the values are as the group sees them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import Any

from charterbook.frozen_dataclass import dataclass
from charterbook.load.collector import ProblemCollector
from charterbook.load.compose import compose_data
from charterbook.load.decode import decode_text
from charterbook.load.did_you_mean import did_you_mean, quote, quoted, short
from charterbook.load.lazy_message import LazyMessage
from charterbook.problems import Problem
from charterbook.proposal_folder import MAX_CHANGES
from charterbook.propose.proposal_messages import problem
from charterbook.source_map import Place, SourceMap

#: The version of the proposal format. Increase it for a change that breaks programs that read it.
FORMAT = 1

LONGEST_REASON, LONGEST_LINE = 20_000, 200

KEYS = ("charterbook", "reason", "by", "charter", "for", "changes")
#: Other words for keys, with the right one.
_MEANT = {
    "from": "old",
    "was": "old",
    "current": "old",
    "to": "new",
    "value": "new",
    "key": "path",
    "author": "by",
    "why": "reason",
}
CHANGE_KEYS = ("path", "old", "new", "before")


@dataclass(frozen=True)
class ProposedChange:
    """One changed value. None means a missing value."""

    path: str | tuple[str, ...]
    old: Any = None
    new: Any = None
    before: str | None = None


@dataclass(frozen=True)
class Proposal:
    """Changes of values, and the reason. `places` are places in the source `file`.

    `group` is the group of readers of the handbook that it comes from.
    """

    reason: str
    changes: tuple[ProposedChange, ...]
    by: str | None = None
    charter: str | None = None
    file: str = ""
    group: str | None = None
    places: SourceMap = field(default_factory=SourceMap, compare=False)


def read_proposal(data: bytes, file: str, language: str = "en") -> tuple[Proposal | None, list[Problem]]:
    """The proposal in a file's bytes, or None and the problems, in this language. Never raises."""
    report = ProblemCollector(language)
    text = decode_text(data, report)
    content, places = compose_data(text, report) if text is not None else (None, SourceMap())
    problems = [found for found in report.problems() if found.severity == "error"]
    problems += _losses(places, language)
    if not problems:
        problems = list(_ProposalChecker(content, places, language, file).problems())
    if problems or not isinstance(content, dict):
        return None, problems
    changes = tuple(_change(values) for values in content["changes"])
    known = {key: content.get(key) for key in ("by", "charter")}
    group = content.get("for")
    return Proposal(content["reason"], changes, **known, file=file, group=group, places=places), []


def _losses(places: SourceMap, language: str) -> Iterator[Problem]:
    """Problems for unquoted texts followed by a comment after one space: part of them can be lost."""
    for spot in places.spots.values():
        if spot.lost and " " in spot.lost[0]:
            facts = {"lost": short(spot.lost[1]), "quoted": quoted(" ".join(spot.lost))}
            yield problem(language, "yaml-comment", spot.value, **facts)


def _change(values: dict[str, Any]) -> ProposedChange:
    path = values["path"]
    return ProposedChange(
        tuple(path) if isinstance(path, list) else path, *(values.get(k) for k in CHANGE_KEYS[1:])
    )


def for_another(proposal: Proposal, file: str, language: str) -> Problem:
    """The problem that a proposal is for a different charter."""
    facts = {"asked": quote(proposal.charter), "file": quote(file)}
    return problem(language, "other-charter", proposal.places.of(("charter",)), **facts)


class _ProposalChecker:
    """Checker of a proposal's structure, before its values are compared."""

    def __init__(self, content: Any, places: SourceMap, language: str, file: str) -> None:
        self.content, self.places, self.language, self.file = content, places, language, file

    def _problem(
        self, rule: str, place: Place, advice: LazyMessage | None = None, /, **facts: Any
    ) -> Problem:
        return problem(self.language, rule, place, advice, **facts)

    def problems(self) -> Iterator[Problem]:
        if not isinstance(self.content, dict):
            yield self._problem("no-proposal", (1, 1))
            return
        if "charterbook" not in self.content and {"mission", "services"} & self.content.keys():
            yield self._problem("a-charter", (1, 1), file=short(self.file))
            return
        yield from self._unknown(self.content, KEYS, ())
        yield from self._format()
        if not _is_text(self.content.get("reason"), LONGEST_REASON):
            yield self._problem("no-reason", self.places.of(("reason",)))
        for key in ("by", "charter", "for"):
            value = self.content.get(key)
            if value is not None and not (_is_text(value, LONGEST_LINE) and "\n" not in value):
                yield self._problem("not-a-line", self.places.of((key,)), key=quote(key))
        yield from self._changes()

    def _format(self) -> Iterator[Problem]:
        found = self.content.get("charterbook")
        if type(found) is int and found > FORMAT:
            yield self._problem(
                "newer-proposal", self.places.of(("charterbook",)), found=str(found), known=str(FORMAT)
            )
        elif type(found) is not int or found != FORMAT:
            yield self._problem("no-format", self.places.of(("charterbook",)), known=str(FORMAT))

    def _unknown(
        self, values: dict[str, Any], known: tuple[str, ...], path: tuple[str | int, ...]
    ) -> Iterator[Problem]:
        for key in values:
            if key not in known:
                meant = _MEANT.get(key.casefold(), "")
                advice = did_you_mean(meant if meant in known else key, known)
                place = self.places.key((*path, key))
                yield self._problem("unknown-key", place, advice, key=quote(key), names=", ".join(known))

    def _changes(self) -> Iterator[Problem]:
        changes = self.content.get("changes")
        place = self.places.of(("changes",))
        if changes and not isinstance(changes, list):
            yield self._problem("no-list", self.places.key(("changes",)))
        elif not changes:
            yield self._problem("no-changes", place)
        elif len(changes) > MAX_CHANGES:
            yield self._problem("too-many-changes", place, limit=MAX_CHANGES)
        else:
            for index, values in enumerate(changes):
                yield from self._one(values, ("changes", index))

    def _one(self, values: Any, path: tuple[str | int, ...]) -> Iterator[Problem]:
        place = self.places.of(path)
        if not isinstance(values, dict):
            yield self._problem("no-change", place)
            return
        yield from self._unknown(values, CHANGE_KEYS, path)
        if not _is_path(values.get("path")) and ("path" in values or values.keys() <= set(CHANGE_KEYS)):
            yield self._problem("no-path", self.places.of((*path, "path")))
        if values.get("old") is None and values.get("new") is None and values.keys() <= set(CHANGE_KEYS):
            yield self._problem("no-values", place)
        before = values.get("before")
        if before is not None and not (isinstance(before, str) and before and values.get("new") is not None):
            yield self._problem("bad-before", self.places.of((*path, "before")))


def _is_text(value: Any, longest: int) -> bool:
    return isinstance(value, str) and bool(value.strip()) and len(value) <= longest


def _is_path(value: Any) -> bool:
    steps = value.split(".") if isinstance(value, str) else value
    return isinstance(steps, list) and bool(steps) and all(isinstance(step, str) and step for step in steps)
