"""What the parts of a charter say about each other: ids, references, sums, links.

Works on plain data, so that all of it is checked even where the data does not fit the model.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, TypeGuard

from babel.numbers import is_currency

from charterbook.charter import ITEM_LISTS, SECTIONS
from charterbook.charter.base import RESERVED_IDS, Item
from charterbook.charter.model_shape import VisitedValue
from charterbook.exact_numbers import exact_sum
from charterbook.load import text_links
from charterbook.load.collector import ProblemCollector
from charterbook.load.did_you_mean import did_you_mean, quote, suggest
from charterbook.load.lazy_message import Fact, LazyMessage
from charterbook.load.loader_messages import NONE_OF, UNKNOWN
from charterbook.source_map import Path, SourceMap
from charterbook.versions import is_version_name

#: A page of this name would be the page of its folder.
INDEX_IDS = frozenset({"index", "readme"})

#: Addresses that the site has beside the sections' own.
PAGES = frozenset(
    {"404", "assets", "changes", "compare", "draft", "history", "index", "javascripts", "latest"}
)
PAGES |= {"propose", "search", "sitemap", "stylesheets"}
#: In percent: shares such as 33.33 are rounded.
SHARES_TOLERANCE = 0.05
#: The most links of one text that are looked at.
MAX_LINKS = 500
_CODE = re.compile(r"[A-Z]{3}")
#: What every text has in it that holds a link, a tag or a mark of a template language.
_MARK = re.compile(r"[<{]|\]\(")
_SAFE_SCHEMES = ("http", "https", "mailto")


@dataclass(frozen=True)
class CrossCheckData:
    """What of a charter's data, or of a part of it, has to be seen beside the rest."""

    items: tuple[tuple[str, Path, dict[str, Any]], ...]
    references: tuple[VisitedValue, ...]
    texts: tuple[VisitedValue, ...]


def gather(walked: Iterable[VisitedValue]) -> CrossCheckData:
    """Picks out of a walk what is checked here: items, references, and texts that may hold more than words."""
    items, references, texts = [], [], []
    for found in walked:
        shape, value = found.shape, found.value
        if isinstance(value, dict):
            if shape.part and issubclass(shape.part, Item):
                items.append((shape.key, found.path, value))
        elif isinstance(value, str):
            if shape.refers:
                references.append(found)
            if shape.kind == "text" and _MARK.search(value):
                texts.append(found)
    return CrossCheckData(tuple(items), tuple(references), tuple(texts))


class SemanticChecker:
    """One charter's data, its items by kind, and where problems go.

    `parts` are what was gathered from the data, in the order of the file.
    """

    def __init__(
        self,
        data: dict[str, Any],
        places: SourceMap,
        report: ProblemCollector,
        parts: Sequence[CrossCheckData],
    ) -> None:
        self.data, self.places, self.report = data, places, report
        self.ids: dict[str, dict[str, Path]] = {kind: {} for kind in ITEM_LISTS}
        self.items = [item for part in parts for item in part.items]
        self.references = [found for part in parts for found in part.references]
        self.texts = [found for part in parts for found in part.texts]

    def add(self, rule: str, path: Path, fix: LazyMessage | None = None, **facts: Fact) -> None:
        """Reports a problem of the value at a path."""
        self.report.add(rule, self.places.of(path), None, fix, **facts)

    def check(self) -> None:
        """Runs every check of this module."""
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
        if is_reserved(kind, name):
            self.add("reserved-id", at, id=quote(name))


def is_reserved(kind: str, name: str) -> bool:
    """Whether no item of this kind may have this id."""
    own = kind == "sections" and (name in PAGES or name in SECTIONS or name in ITEM_LISTS)
    return own or name in RESERVED_IDS or name in INDEX_IDS


def _references(meaning: SemanticChecker) -> None:
    lists: dict[Path, set[str]] = {}
    for value in meaning.references:
        _reference(meaning, value)
        if isinstance(value.path[-1], int):
            seen = lists.setdefault(value.path[:-1], set())
            if value.value in seen:
                meaning.add("repeated-reference", value.path, id=quote(value.value))
            seen.add(value.value)


def _reference(meaning: SemanticChecker, value: VisitedValue) -> None:
    refers = value.shape.refers
    assert refers is not None
    for kind in refers.kinds:
        if value.value in meaning.ids[kind]:
            return
    known = [meaning.ids[kind] for kind in refers.kinds]
    if (refers.if_any and not known[0]) or meaning.report.full:
        return
    names = [*chain.from_iterable(known)]
    fix = suggest(value.value, names) if names else LazyMessage(NONE_OF[refers.kinds[0]])
    what = LazyMessage(UNKNOWN[refers.kinds], id=quote(value.value))
    meaning.add(f"unknown-{refers.kinds[0].removesuffix('s')}", value.path, fix, what=what)


def _drives(meaning: SemanticChecker) -> None:
    kinds = {
        item.get("id"): item.get("kind")
        for kind, _, item in meaning.items
        if kind == "metrics" and _has_id(item)
    }
    for kind, path, item in meaning.items:
        if kind != "metrics" or not isinstance(item.get("drives"), list):
            continue
        for index, name in enumerate(item["drives"]):
            at = (*path, "drives", index)
            if isinstance(name, str) and name == item.get("id"):
                meaning.add("drives-itself", at, id=quote(name))
            elif isinstance(name, str) and kinds.get(name) == "leading":
                meaning.add("drives-leading", at, id=quote(name))


def _has_id(item: dict[str, Any]) -> bool:
    return isinstance(item.get("id"), str)


def _was(meaning: SemanticChecker) -> None:
    for kind, path, item in meaning.items:
        former = item.get("was")
        for index, name in enumerate(former if isinstance(former, list) else ()):
            if isinstance(name, str) and name in meaning.ids[kind]:
                meaning.add("was-alive", (*path, "was", index), id=quote(name))


def _sources(meaning: SemanticChecker) -> list[tuple[Path, dict[str, Any]]]:
    return [(path, item) for kind, path, item in meaning.items if kind == "sources"]


def _shares(meaning: SemanticChecker) -> None:
    shares = [item.get("share") for _, item in _sources(meaning)]
    numbers = [share for share in shares if isinstance(share, (int, float)) and not isinstance(share, bool)]
    if not numbers or len(numbers) != len(shares):
        return
    total = exact_sum(numbers)
    if abs(total - 100) > SHARES_TOLERANCE:
        place = meaning.places.key(("funding", "sources"))
        meaning.report.add("shares-sum", place, None, sum=total)


def _currency(meaning: SemanticChecker) -> None:
    funding = meaning.data.get("funding")
    if not isinstance(funding, dict):
        return
    currency = funding.get("currency")
    if isinstance(currency, str) and _CODE.fullmatch(currency) and not is_currency(currency):
        meaning.add("unknown-currency", ("funding", "currency"), value=quote(currency), example="USD")
    amounts = [(*path, "amount") for path, item in _sources(meaning) if "amount" in item]
    if amounts and "currency" not in funding:
        meaning.add("missing-currency", amounts[0])


def _version(meaning: SemanticChecker) -> None:
    version = meaning.data.get("version")
    if isinstance(version, str) and version.strip() and not is_version_name(version):
        meaning.add("bad-version", ("version",), value=quote(version))


def _periods(meaning: SemanticChecker) -> None:
    for kind, path, item in meaning.items:
        since, until = item.get("since"), item.get("until")
        if kind == "services" and _is_day(since) and _is_day(until) and until < since:
            meaning.add("dates-order", (*path, "until"), since=str(since), until=str(until))


def _is_day(value: Any) -> TypeGuard[datetime.date]:
    return type(value) is datetime.date


def _texts(meaning: SemanticChecker) -> None:
    for value in meaning.texts:
        _text(meaning, value.path, value.value)


def _text(meaning: SemanticChecker, path: Path, text: str) -> None:
    if mark := text_links.template_mark(text):
        meaning.add("template-in-text", path, mark=quote(mark))
    if "<" not in text and "](" not in text:
        return
    prose = text_links.without_code(text)
    for target in dict.fromkeys(islice(text_links.targets(prose), MAX_LINKS)):
        _link(meaning, path, target)
    if tag := text_links.first_tag(prose):
        meaning.add("html-in-text", path, tag=quote(tag, 30))


def _link(meaning: SemanticChecker, path: Path, target: str) -> None:
    scheme = text_links.scheme(target)
    if scheme in _SAFE_SCHEMES:
        return
    if scheme or target.startswith(("//", "\\")):
        meaning.add("unsafe-link", path, target=quote(target))
    elif not _is_page(meaning, target.partition("#")[0]) and not meaning.report.full:
        known = [*_pages(meaning)]
        fix = did_you_mean(target, known)
        meaning.add(
            "unknown-link",
            path,
            fix,
            target=quote(target),
            example=next(iter(meaning.ids["services"]), "onboarding"),
        )


def _is_page(meaning: SemanticChecker, target: str) -> bool:
    kind, slash, name = target.partition("/")
    if slash:
        return name in meaning.ids.get(kind, ())
    return kind in SECTIONS and kind in meaning.data


def _pages(meaning: SemanticChecker) -> Iterator[str]:
    yield from (section for section in SECTIONS if section in meaning.data)
    for kind, names in meaning.ids.items():
        yield from (f"{kind}/{name}" for name in names)


_CHECKS: tuple[Callable[[SemanticChecker], None], ...] = (
    _references,
    _drives,
    _was,
    _shares,
    _currency,
    _version,
    _periods,
    _texts,
)
