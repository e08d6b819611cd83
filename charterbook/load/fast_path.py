"""Incremental loading of similar charters: each part of their text is parsed once.

A part is the text of a top-level key, or of one item of a list there. It is parsed as a separate file, and the result
is reused for the next charter with the same part. The fast path applies only if the text is unambiguous, so
that the parts have the same meaning alone and together, and if there are no errors; everything else is left
to `load`.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from pydantic import ValidationError

from charterbook.charter import SCHEMA, Charter
from charterbook.charter.base import Part
from charterbook.charter.model_shape import Shape, VisitedValue, shapes, walk
from charterbook.load.collector import MAX_PROBLEMS, ProblemCollector
from charterbook.load.compose import MAX_VALUES, compose_data
from charterbook.load.decode import CONTROL, MAX_BYTES
from charterbook.load.gathered_values import CrossCheckData, gather
from charterbook.load.lazy_message import Fact, LazyMessage
from charterbook.load.loader_messages import message
from charterbook.load.semantic_checks import SemanticChecker
from charterbook.load.upgrade import format_of, only_numbered, upgrade_data
from charterbook.load.yaml_losses import report_losses
from charterbook.load.yaml_scalars import resolve
from charterbook.source_map import Path, Place, SourceMap

#: Maximum number of cached parts while texts cannot be read.
_MAX_CACHED = 5_000

#: A key without indent. If it is inside a quoted text or brackets, the part before it is incomplete.
_KEY = re.compile(rb"^([A-Za-z_][\w-]*):(?=[ \n])", re.MULTILINE)
_NOTHING = rb"(?:[ \t]*(?:#[^\n]*)?\n)*"
#: Allowed text before the first key: comments, and the start marker of a document.
_HEAD = re.compile(_NOTHING + rb"(?:---(?:[ \t]+(?:#[^\n]*)?)?\n" + _NOTHING + rb")?")
#: Text before a list's first item, up to its dash.
_LIST = re.compile(rb"[^\n:]+:[ \t]*(?:#[^\n]*)?\n" + _NOTHING + rb"( *)(?=- )")
#: The end marker of a document: valid in a part alone, but not before a further part.
_END = re.compile(rb"^\.\.\.", re.MULTILINE)


class _PartText(NamedTuple):
    """A part of a file: its key and its text. `listed` says whether it is an item of a list."""

    key: str
    text: bytes
    listed: bool = False


@dataclass
class _ParsedPart:
    """A parsed part: as plain data, and as a validated model. `values` is an upper bound of the number of its values."""

    plain: Any
    valid: Any
    problems: int
    values: int
    cross_data: dict[int, CrossCheckData] = field(default_factory=dict)


class _ProblemCount(ProblemCollector):
    """Collector that only counts problems, and records whether there is an error."""

    def __init__(self) -> None:
        super().__init__("en")
        self.count, self.failed = 0, False

    @property
    def full(self) -> bool:
        """Whether `load` may have stopped at the limit."""
        return self.count >= MAX_PROBLEMS

    def add(
        self, rule: str, place: Place, path: Path | None = None, fix: LazyMessage | None = None, **facts: Fact
    ) -> None:
        """Count a problem."""
        del place, path, fix
        self.count += 1
        self.failed |= message(rule, facts)[0] == "error"


class IncrementalLoader:
    """Loader of consecutive charters that caches the parts of the previous one."""

    def __init__(self) -> None:
        self._known: dict[_PartText, _ParsedPart | None] = {}
        self._split: dict[tuple[bytes, bytes], list[_PartText]] = {}

    def read(self, data: bytes) -> Charter | None:
        """The charter that `load` would return for these bytes, or None if only `load` can determine it."""
        sections = _sections(data)
        if sections is None:
            return None
        self._split = {one: self._split.get(one) or list(_split(*one)) for one in sections}
        texts = [text for one in sections for text in self._split[one]]
        known = {text: self._known[text] if text in self._known else _read(text) for text in texts}
        charter = _assembled(texts, known)
        self._known = known if charter or len(self._known) > _MAX_CACHED else self._known | known
        return charter


def _sections(data: bytes) -> list[tuple[bytes, bytes]] | None:
    """The top-level keys of a file in order, each with its text; None for unusual text."""
    data = data.removeprefix(codecs.BOM_UTF8)
    keys = list(_KEY.finditer(data))
    if not keys or len(data) > MAX_BYTES or b"\r" in data:
        return None
    head = data[: keys[0].start()]
    names = [match[1] for match in keys]
    if not _HEAD.fullmatch(head) or _text(head) is None or len(set(names)) < len(names):
        return None
    ends = [*(match.start() for match in keys), len(data)]
    texts = (data[start:end] for start, end in pairwise(ends))
    return list(zip(names, texts, strict=True))


def _split(name: bytes, text: bytes) -> Iterator[_PartText]:
    """The items of a block list; else the whole part."""
    key = name.decode()
    shape = shapes(Charter).get(key)
    start = _LIST.match(text) if shape and shape.is_list and shape.part else None
    if start is None or _text(start[0]) is None:
        yield _PartText(key, text)
        return
    starts = [match.start() for match in _dash(len(start[1])).finditer(text)]
    for begin, end in pairwise([0, *starts[1:], len(text)]):
        yield _PartText(key, text[max(begin, starts[0]) : end], listed=True)


@cache
def _dash(indent: int) -> re.Pattern[bytes]:
    """The start of a list item."""
    return re.compile(rb"^ {%d}- " % indent, re.MULTILINE)


def _text(data: bytes) -> str | None:
    """The text of a part; None if its bytes are not plain text."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    return None if CONTROL.search(text) else text


def _read(part: _PartText) -> _ParsedPart | None:
    """A parsed part; None for anything wrong or unusual."""
    text = _text(part.text)
    if text is None or _END.search(part.text):
        return None
    verdict = _ProblemCount()
    content, places = compose_data(text, verdict)
    plain = _only(content, part)
    if plain is None or verdict.failed or _has_empty(places):
        return None
    report_losses(places, verdict, (part.key,) if part.listed else ())
    try:
        valid = _valid(plain, part)
    except ValidationError:
        return None
    return _ParsedPart(plain, valid, verdict.count, 2 * len(places.spots))


def _only(content: Any, part: _PartText) -> Any:
    """The single value of a part, None for any other number of values."""
    if part.listed:
        return content[0] if isinstance(content, list) and len(content) == 1 else None
    return content[part.key] if isinstance(content, dict) and list(content) == [part.key] else None


def _has_empty(places: SourceMap) -> bool:
    """Whether there is a missing value that the model can treat as empty."""
    written = (spot.written for spot in places.spots.values())
    return any(text is not None and resolve(text).value is None for text in written)


def _valid(plain: Any, part: _PartText) -> Any:
    """The value as a validated model; values of an unexpected type are validated with the whole."""
    shape = shapes(Charter).get(part.key)
    model = shape.part if shape and shape.is_list == part.listed else None
    return model.model_validate(plain) if model and isinstance(plain, dict) else plain


def _assembled(texts: list[_PartText], known: dict[_PartText, _ParsedPart | None]) -> Charter | None:
    """The charter that consists of these parts."""
    plain: dict[str, Any] = {}
    valid: dict[str, Any] = {}
    verdict = _ProblemCount()
    cross_data, values = [], 1
    for text in texts:
        read = known[text]
        if read is None:
            return None
        cross_data.append(_cross_check_data(text, read, _put(text, read.plain, plain)))
        _put(text, read.valid, valid)
        verdict.count += read.problems
        values += read.values
    if values > MAX_VALUES or format_of(plain) > SCHEMA or not only_numbered(plain):
        return None
    plain, valid = upgrade_data(plain), upgrade_data(valid)
    SemanticChecker(plain, SourceMap(), verdict, cross_data).check()
    if verdict.failed or verdict.full:
        return None
    try:
        return Charter.model_validate(valid)
    except ValidationError:
        return None


def _put(text: _PartText, value: Any, into: dict[str, Any]) -> int:
    """Add a part's value to the whole, and return its position in its list."""
    if not text.listed:
        into[text.key] = value
        return 0
    into.setdefault(text.key, []).append(value)
    return len(into[text.key]) - 1


def _cross_check_data(text: _PartText, read: _ParsedPart, index: int) -> CrossCheckData:
    """The data of a part for cross-checks, with paths in the whole."""
    if index not in read.cross_data:
        read.cross_data[index] = gather(_walk(text, read.plain, index))
    return read.cross_data[index]


def _walk(text: _PartText, plain: Any, index: int) -> Iterator[VisitedValue]:
    if not text.listed:
        yield from walk({text.key: plain})
        return
    shape: Shape = shapes(Charter)[text.key].one
    model: type[Part] | None = shape.part
    assert model is not None
    yield VisitedValue((text.key, index), shape, plain)
    yield from walk(plain, model, (text.key, index))
