"""Checks across the parts of a charter: ids, references, sums, links.

They work on plain data, so that all of it is checked even if the data does not fit the model.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from typing import Any, TypeGuard

from babel.numbers import is_currency

from charterbook.charter import ITEM_LISTS, SECTIONS
from charterbook.charter.model_shape import VisitedValue
from charterbook.exact_numbers import exact_sum
from charterbook.load import text_links
from charterbook.load.calendar_checks import calendar_problems
from charterbook.load.collector import ProblemCollector
from charterbook.load.did_you_mean import did_you_mean, quote, suggest
from charterbook.load.gathered_values import CrossCheckData
from charterbook.load.group_checks import group_problems
from charterbook.load.lazy_message import Fact, LazyMessage
from charterbook.load.loader_messages import NONE_OF, UNKNOWN
from charterbook.load.reserved_ids import NEWER_NAMES, is_reserved
from charterbook.source_map import Path, SourceMap
from charterbook.versions import is_version_name

#: In percent: shares such as 33.33 are rounded.
SHARES_TOLERANCE = 0.05
#: Maximum number of links that are checked in one text.
MAX_LINKS = 500
_CODE = re.compile(r"[A-Z]{3}")
_EMAIL = re.compile(r"[^@\s:/?#<>\"]+@[^@\s:/?#<>\"]+")
_SAFE_SCHEMES = ("http", "https", "mailto")


class SemanticChecker:
    """One charter's data, its items by kind, and the collector of problems.

    `parts` are the results of `gather`, in the order of the file.
    """

    def __init__(
        self,
        data: dict[str, Any],
        places: SourceMap,
        report: ProblemCollector,
        parts: Sequence[CrossCheckData],
    ) -> None:
        self.data, self.places, self.report = data, places, report
        self.ids: dict[str, dict[str, Path]] = {
            kind: {} for kind in (*ITEM_LISTS, "meeting_decisions", "groups")
        }
        self.items = [item for part in parts for item in part.items]
        self.references = [found for part in parts for found in part.references]
        self.texts = [found for part in parts for found in part.texts]
        self.plain = [found for part in parts for found in part.plain]
        self.marks = [found for part in parts for found in part.marks]

    def add(self, rule: str, path: Path, fix: LazyMessage | None = None, **facts: Fact) -> None:
        """Report a problem of the value at a path."""
        self.report.add(rule, self.places.of(path), None, fix, **facts)

    def check(self) -> None:
        """Run all checks of this module."""
        for kind, path, item in self.items:
            self._id(kind, path, item)
        for check in _CHECKS:
            if not self.report.full:
                check(self)

    def _id(self, kind: str, path: Path, item: dict[str, Any]) -> None:
        name = item.get("id")
        if not isinstance(name, str):
            return
        at = (*path, "id")
        if (first := self.ids[kind].setdefault(name, at)) != at:
            self.add("duplicate-id", at, id=quote(name), kind=kind, first=str(self.places.of(first)[0]))


def _reserved(checker: SemanticChecker) -> None:
    """Forbidden ids of items.

    A name that came with a later format is allowed unless the charter uses it otherwise.
    """
    for kind, path, item in checker.items:
        name = item.get("id")
        if not isinstance(name, str) or not is_reserved(kind, name):
            continue
        is_used = name in checker.data or bool(checker.ids.get(name))
        if kind != "sections" or name not in NEWER_NAMES or is_used:
            checker.add("reserved-id", (*path, "id"), id=quote(name))


def _decisions(checker: SemanticChecker) -> None:
    """Decisions of a review with the id of a decision of the charter: an action could refer to either."""
    for name, at in checker.ids["meeting_decisions"].items():
        first = checker.ids["decisions"].get(name)
        if first:
            line = str(checker.places.of(first)[0])
            checker.add("duplicate-id", at, id=quote(name), kind="decisions", first=line)


def _references(checker: SemanticChecker) -> None:
    lists: dict[Path, set[str]] = {}
    for value in checker.references:
        _reference(checker, value)
        if isinstance(value.path[-1], int):
            seen = lists.setdefault(value.path[:-1], set())
            if value.value in seen:
                checker.add("repeated-reference", value.path, value=quote(value.value))
            seen.add(value.value)


def _reference(checker: SemanticChecker, value: VisitedValue) -> None:
    refers = value.shape.refers
    assert refers is not None
    for kind in refers.kinds:
        if value.value in checker.ids[kind]:
            return
    known = [checker.ids[kind] for kind in refers.kinds]
    if (refers.if_any and not known[0]) or checker.report.full:
        return
    names = [*chain.from_iterable(known)]
    fix = suggest(value.value, names) if names else LazyMessage(NONE_OF[refers.kinds[0]])
    what = LazyMessage(UNKNOWN[refers.kinds], id=quote(value.value))
    checker.add(f"unknown-{refers.kinds[0].removesuffix('s')}", value.path, fix, what=what)


def _drives(checker: SemanticChecker) -> None:
    kinds = {
        item.get("id"): item.get("kind")
        for kind, _, item in checker.items
        if kind == "metrics" and _has_id(item)
    }
    for kind, path, item in checker.items:
        if kind != "metrics" or not isinstance(item.get("drives"), list):
            continue
        for index, name in enumerate(item["drives"]):
            at = (*path, "drives", index)
            if isinstance(name, str) and name == item.get("id"):
                checker.add("drives-itself", at, id=quote(name))
            elif isinstance(name, str) and kinds.get(name) == "leading":
                checker.add("drives-leading", at, id=quote(name))


def _has_id(item: dict[str, Any]) -> bool:
    return isinstance(item.get("id"), str)


def _was(checker: SemanticChecker) -> None:
    for kind, path, item in checker.items:
        former = item.get("was")
        for index, name in enumerate(former if isinstance(former, list) else ()):
            if isinstance(name, str) and name in checker.ids[kind]:
                checker.add("was-alive", (*path, "was", index), id=quote(name))


def _sources(checker: SemanticChecker) -> list[tuple[Path, dict[str, Any]]]:
    return [(path, item) for kind, path, item in checker.items if kind == "sources"]


def _shares(checker: SemanticChecker) -> None:
    shares = [item.get("share") for _, item in _sources(checker)]
    numbers = [share for share in shares if isinstance(share, (int, float)) and not isinstance(share, bool)]
    if not numbers or len(numbers) != len(shares):
        return
    total = exact_sum(numbers)
    if abs(total - 100) > SHARES_TOLERANCE:
        place = checker.places.key(("funding", "sources"))
        checker.report.add("shares-sum", place, None, sum=total)


def _currency(checker: SemanticChecker) -> None:
    funding = checker.data.get("funding")
    if not isinstance(funding, dict):
        return
    for found in checker.plain:
        if found.shape.key == "currency" and _CODE.fullmatch(found.value) and not is_currency(found.value):
            checker.add("unknown-currency", found.path, value=quote(found.value), example="USD")
    sources = _sources(checker)
    amounts = [(*path, "amount") for path, item in sources if "amount" in item and "currency" not in item]
    if amounts and "currency" not in funding:
        checker.add("missing-currency", amounts[0])


def _version(checker: SemanticChecker) -> None:
    version = checker.data.get("version")
    if isinstance(version, str) and version.strip() and not is_version_name(version):
        checker.add("bad-version", ("version",), value=quote(version))


def _periods(checker: SemanticChecker) -> None:
    for kind, path, item in checker.items:
        first, last = _PERIODS.get(kind, ("", ""))
        begin, end = item.get(first), item.get(last)
        if _is_day(begin) and _is_day(end) and end < begin:
            at = (*path, last)
            checker.add("dates-order", at, first=first, begin=str(begin), last=last, end=str(end))


#: The keys of the first and the last day of a kind of items.
_PERIODS = {"services": ("since", "until"), "roadmap": ("start", "due")}


def _is_day(value: Any) -> TypeGuard[datetime.date]:
    return type(value) is datetime.date


def _texts(checker: SemanticChecker) -> None:
    for value in checker.texts:
        _text(checker, value.path, value.value)


def _text(checker: SemanticChecker, path: Path, text: str) -> None:
    if mark := text_links.template_mark(text):
        checker.add("template-in-text", path, mark=quote(mark))
    prose = text_links.without_code(text)
    if mark := text_links.raw_markdown(prose, with_headings=path[0] == "sections" and path[-1] == "text"):
        checker.add("raw-markdown", path, mark=quote(mark, 30))
    if "<" not in text and "](" not in text:
        return
    for target in dict.fromkeys(islice(text_links.targets(prose), MAX_LINKS)):
        _link(checker, path, target)
    if tag := text_links.first_tag(prose):
        checker.add("html-in-text", path, tag=quote(tag, 30))


def _link(checker: SemanticChecker, path: Path, target: str) -> None:
    scheme = text_links.scheme(target)
    if scheme in _SAFE_SCHEMES:
        return
    if scheme or target.startswith(("//", "\\")):
        checker.add("unsafe-link", path, target=quote(target))
    elif not _is_page(checker, target.partition("#")[0]) and not checker.report.full:
        known = [*_pages(checker)]
        fix = did_you_mean(target, known)
        checker.add(
            "unknown-link",
            path,
            fix,
            target=quote(target),
            example=next(iter(checker.ids["services"]), "onboarding"),
        )


def _is_page(checker: SemanticChecker, target: str) -> bool:
    kind, slash, name = target.partition("/")
    if slash:
        return kind in ITEM_LISTS and name in checker.ids[kind]
    return kind in SECTIONS and kind in checker.data


def _calendar(checker: SemanticChecker) -> None:
    for rule, path, facts in calendar_problems(checker.data.get("calendar")):
        checker.add(rule, ("calendar", *path), None, **facts)


def _groups(checker: SemanticChecker) -> None:
    for rule, path, fix, facts in group_problems(checker.data, checker.marks):
        checker.add(rule, path, fix, **facts)


def _addresses(checker: SemanticChecker) -> None:
    """Unsafe addresses, and contacts with neither an address nor a channel."""
    for found in checker.plain:
        if isinstance(found.value, dict):
            if "address" not in found.value and "channel" not in found.value:
                checker.add("no-address", found.path)
        elif found.shape.key == "address" and not _EMAIL.fullmatch(found.value):
            _link(checker, found.path, found.value)


def _pages(checker: SemanticChecker) -> Iterator[str]:
    yield from (section for section in SECTIONS if section in checker.data)
    for kind in ITEM_LISTS:
        yield from (f"{kind}/{name}" for name in checker.ids[kind])


_CHECKS: tuple[Callable[[SemanticChecker], None], ...] = (
    _reserved,
    _decisions,
    _references,
    _drives,
    _was,
    _shares,
    _currency,
    _version,
    _periods,
    _calendar,
    _groups,
    _addresses,
    _texts,
)
