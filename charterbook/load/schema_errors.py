"""Schema errors as messages for authors: the only translation of pydantic's errors."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from charterbook.charter import Charter
from charterbook.charter.model_shape import Shape, shape_at, shapes
from charterbook.i18n import N_
from charterbook.load.collector import ProblemCollector
from charterbook.load.did_you_mean import did_you_mean, looks_like, nearest, quote, quoted, short, suggest
from charterbook.load.lazy_message import Fact, LazyMessage
from charterbook.load.type_names import EXAMPLES, as_written, example, expected, type_of
from charterbook.load.value_guess import currencies, dates, duration, number
from charterbook.source_map import Path, SourceMap

_RANGES = {
    "greater_than": N_("Write a number above %(limit)s."),
    "greater_than_equal": N_("Write a number of %(limit)s or more."),
    "less_than": N_("Write a number below %(limit)s."),
    "less_than_equal": N_("Write a number of %(limit)s or less."),
}

#: Characters other than letters, digits and accents, which are characters of their own after NFKD.
_NOT_A_LETTER = re.compile(r"[^\w\u0300-\u036f]+")

#: Separators of ids in a text instead of a list.
_ENTRY = re.compile(r"\s*[,;|/\n]\s*(?=\S)|\s+(?:and|и|&)\s+")
_BRACKETS = " ()[]{}<>,;"

_WRITE = N_("Write %(example)s.")
_OF_SEVERAL = N_("Write its three letters: %(example)s, or %(others)s for another currency of this name.")

#: Romanisation of Russian letters; the hard and the soft sign are omitted.
_SHORT = str.maketrans("абвгдеёзийклмнопрстуфыэ", "abvgdeeziyklmnoprstufye")
_LONG = zip("жхцчшщъьюя", ("zh", "kh", "ts", "ch", "sh", "shch", "", "", "yu", "ya"), strict=True)
_LATIN: dict[int, int | str] = {**_SHORT, **{ord(letter): latin for letter, latin in _LONG}}


class SchemaErrorReporter:
    """Reporter of pydantic's errors about one charter's data."""

    def __init__(self, places: SourceMap, report: ProblemCollector) -> None:
        self.places, self.report = places, report
        self._misspelt: set[Path] = set()

    def take_all(self, errors: Sequence[Mapping[str, Any]]) -> None:
        """Report all errors; a misspelt key is not also reported as missing."""
        for error in sorted(errors, key=lambda e: e["type"] != "extra_forbidden"):
            self.take(error)
            if self.report.full:
                return

    def take(self, error: Mapping[str, Any]) -> None:
        """Report one of pydantic's errors, unless its place already has a problem."""
        path: Path = tuple(error["loc"])
        if self.report.covers(path):
            return
        kind, facts = error["type"], error.get("ctx", {})
        if kind == "missing":
            self._missing(path)
        elif kind == "extra_forbidden":
            self._unknown(path)
        elif kind in _RANGES:
            fix = LazyMessage(_RANGES[kind], limit=f"{next(iter(facts.values())):g}")
            self._add("out-of-range", path, fix, value=str(error["input"]))
        elif kind == "string_too_long":
            self._add("too-long", path, limit=facts["max_length"])
        elif kind == "too_short":
            self._add("empty-list", path)
        else:
            self._value(path, error["input"])

    def empty(self, path: Path) -> None:
        """Report a key without a value."""
        if self.report.covers(path):
            return
        shape = shape_at(path)
        fix = (
            LazyMessage(N_("Write %(example)s, or remove the line."), example=example(shape))
            if shape
            else None
        )
        if shape and (lost := self.places.spot(path).lost):
            fix = LazyMessage(
                N_("What follows # is a comment. For text, write it in quotes: %(quoted)s."),
                quoted=quoted(lost[1]),
            )
        what = LazyMessage(N_("this entry has no value"))
        if isinstance(path[-1], str):
            what = LazyMessage(N_("%(key)s has no value"), key=quote(path[-1]))
        self._add("empty-value", path, fix, what=what)

    def _add(self, rule: str, path: Path, fix: LazyMessage | None = None, **facts: Fact) -> None:
        self.report.add(rule, self.places.of(path), path, fix, **facts)

    def _missing(self, path: Path) -> None:
        shape = shape_at(path)
        if shape is None or path in self._misspelt:
            return
        place = self.places.of(path[:-1])
        self.report.add("missing-key", place, None, key=quote(path[-1]), example=example(shape))

    def _unknown(self, path: Path) -> None:
        parent = shape_at(path[:-1])
        model = parent.part if parent and parent.part else Charter
        key = str(path[-1])
        fix = suggest(key, list(shapes(model)))
        self._misspelt.add((*path[:-1], nearest(key, shapes(model))))
        self.report.add("unknown-key", self.places.key(path), path, fix, key=quote(key))

    def _value(self, path: Path, value: Any) -> None:
        shape = shape_at(path)
        if shape is None:
            other = LazyMessage(N_("another value"))
            self._add("wrong-type", path, expected=other, found=type_of(value), example=other)
        elif shape.kind == "choice" and not shape.is_list and not isinstance(value, (dict, list)):
            self._choice(path, shape, self.places.written(path) or str(value))
        elif isinstance(value, str) and shape.is_text and not shape.is_list:
            self._text(path, shape, value)
        else:
            self._wrong_type(path, shape, value)

    def _choice(self, path: Path, shape: Shape, written: str) -> None:
        fix = did_you_mean(written, shape.choices)
        self._add("not-allowed", path, fix, value=quote(written), choices=", ".join(shape.choices))

    def _text(self, path: Path, shape: Shape, value: str) -> None:
        if not value.strip():
            self._add("empty-text", path, example=example(shape))
        elif shape.kind == "id":
            id_ = slugify(value)
            self._add("bad-id", path, looks_like(value, [id_]), value=quote(value), example=quote(id_))
        elif shape.key == "hours":
            self._add("bad-hours", path, value=quote(value))
        elif shape.key == "currency":
            found = currencies(value) or ("USD",)
            fix = (
                LazyMessage(_OF_SEVERAL, example=found[0], others=", ".join(found[1:])) if found[1:] else None
            )
            self._add("unknown-currency", path, fix, value=quote(value), example=found[0])
        else:
            self._add("not-one-line", path)

    def _wrong_type(self, path: Path, shape: Shape, value: Any) -> None:
        written = self.places.written(path)
        if (
            shape.kind in ("text", "line")
            and not shape.is_list
            and isinstance(value, dict)
            and len(value) == 1
        ):
            ((key, inner),) = value.items()
            text = f"{key}: {self.places.written((*path, key)) or inner}"
            self._add("yaml-colon", path, key=quote(key), quoted=quoted(text))
            return
        if shape.is_text and not shape.is_list and written:
            rule = _rule_for(value)
            self._add(rule, path, written=written, value=str(value).lower())
            return
        self._add(
            "wrong-type",
            path,
            _advice(shape, value, path),
            expected=expected(shape),
            found=type_of(value),
            example=example(shape),
        )


def _rule_for(value: Any) -> str:
    if isinstance(value, bool):
        return "yaml-boolean"
    return "yaml-date" if isinstance(value, datetime.date) else "yaml-number"


def _advice(shape: Shape, value: Any, path: Path) -> LazyMessage | None:
    """Better advice than an example, if the author's intent can be guessed."""
    if shape.is_list and shape.kind in ("id", "line", "text") and isinstance(value, str):
        entries = map(slugify, _ENTRY.split(value.strip(_BRACKETS))) if shape.kind == "id" else [short(value)]
        return LazyMessage(_WRITE, example=as_written(shape, ", ".join(dict.fromkeys(entries))))
    if shape.kind == "mapping" and not shape.is_list:
        return _inside(shape, value)
    if shape.kind == "date":
        return _date(shape, value)
    if shape.kind in ("number", "integer"):
        return _number(shape, value, path)
    return None


def _inside(shape: Shape, value: Any) -> LazyMessage | None:
    """Advice for a value instead of a mapping: the first key of the mapping that accepts it, if any."""
    assert shape.part is not None
    kinds = ("number", "integer") if isinstance(value, int | float) else ("text", "line")
    is_scalar = isinstance(value, str | int | float) and not isinstance(value, bool)
    key = next((one for one in shapes(shape.part).values() if one.kind in kinds and not one.is_list), None)
    if not is_scalar or key is None:
        return None
    inner = as_written(key, short(str(value)))
    return LazyMessage(
        N_("Write it on its own line under %(key)s:, indented: %(inner)s"), key=shape.key, inner=inner
    )


def _date(shape: Shape, value: Any) -> LazyMessage | None:
    if isinstance(value, datetime.datetime):
        return LazyMessage(N_("Write only the date: %(day)s."), day=str(value.date()))
    found = [as_written(shape, str(day)) for day in dates(str(value))] if _can_be_date(value) else []
    if isinstance(value, str) and _is_date(value):
        return LazyMessage(N_("Write it without quotes: %(day)s."), day=value)
    if len(found) > 1:
        return LazyMessage(
            N_("Write %(first)s or %(second)s, whichever you mean."), first=found[0], second=found[1]
        )
    return LazyMessage(_WRITE, example=found[0]) if found else None


def _number(shape: Shape, value: Any, path: Path) -> LazyMessage | None:
    if isinstance(value, float) and shape.kind == "integer" and value.is_integer():
        return LazyMessage(_WRITE, example=as_written(shape, f"{value:.0f}"))
    if not isinstance(value, str):
        return None
    unit = shape_at((*path[:-1], "unit"))
    if unit and (found := duration(value, unit.choices)):
        pair = {"number": as_written(shape, found[0]), "unit": as_written(unit, found[1])}
        return LazyMessage(N_("Write %(number)s, and on a separate line %(unit)s."), **pair)
    digits = number(value) or EXAMPLES[shape.kind]
    usable = digits if shape.kind == "number" or "." not in digits else EXAMPLES[shape.kind]
    return LazyMessage(
        N_("Write only the number, without unit, quotes or separators, for example %(example)s."),
        example=as_written(shape, usable),
    )


def _can_be_date(value: Any) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool)


def _is_date(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def slugify(text: str) -> str:
    """An id made from a text, with romanised Russian; an example if no letter or digit is usable."""
    letters = unicodedata.normalize(
        "NFKD", unicodedata.normalize("NFC", text[:200].lower()).translate(_LATIN)
    )
    separated = _NOT_A_LETTER.sub("-", letters)
    words = re.findall(r"[a-z0-9]+", separated.encode("ascii", "ignore").decode())
    return "-".join(words)[:64].strip("-") or EXAMPLES["id"]
