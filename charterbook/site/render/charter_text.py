"""Charter text in the Jinja of a page: safe wherever an author puts it, and equal to the charter's text.

In the text of a page, each punctuation mark from the charter is represented by a stand-in from a private-use area of
Unicode. Markdown, Jinja and HTML give stand-ins no meaning. They survive everything that an author can do with a text,
also in Python, and have the length of the original. `charter_text_html` replaces them on the finished page, where the
context of each is known. Comparisons and methods see the original.
"""

from __future__ import annotations

import json
import re
import string
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, SupportsIndex

from jinja2 import Environment
from markupsafe import Markup
from pydantic import BaseModel

#: The stand-in of an ASCII character is this code plus its own.
_BASE = 0x10FE00
#: White space that has a meaning in Markdown: line breaks, and spaces at either end or in a row.
_PUNCTUATION = f"{string.punctuation}\n "
_SPACES = re.compile(r"^ +| +$| {2,}")
_STAND_INS = {ord(char): chr(_BASE + ord(char)) for char in _PUNCTUATION if char != " "}
_ORIGINALS = {_BASE + ord(char): char for char in _PUNCTUATION}
_RESERVED = dict.fromkeys(range(_BASE, _BASE + 0x80), "\N{REPLACEMENT CHARACTER}")
_OTHER_SPACES = {ord(char): " " for char in "\r\t\v\f\x1c\x1d\x1e\x85\u2028\u2029"}
#: Hyphens within words have no meaning in Markdown, and are part of the anchors that it makes of headings.
_INNER_HYPHEN = re.compile(rf"(?<=\w){_STAND_INS[ord('-')]}(?=\w)")
#: Ids, enumeration values and single words, so that pages can compare and link them.
_HARMLESS = re.compile(r"[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*", re.ASCII)

#: Jinja's own filters by name.
_OF_JINJA = Environment(autoescape=True).filters

STAND_IN = re.compile(f"[{chr(_BASE)}-{chr(_BASE + 0x7F)}]")
#: Stand-ins that an author's code has encoded, as json.dumps and urllib.parse.quote do.
_IN_JSON = re.compile(r"\\udbff\\ude([0-7][0-9a-f])")
_IN_ADDRESS = re.compile(r"%F4%8F%B([89])%([89AB])([0-9A-F])")


def original(text: str) -> str:
    """A text with the characters of the charter instead of stand-ins."""
    return str.translate(text, _ORIGINALS)


def decoded(text: str) -> str:
    """A text in which encoded stand-ins have become the same encoding of the original character."""
    if "\\udbff" in text:
        text = _IN_JSON.sub(r"\\u00\1", text)
    return _IN_ADDRESS.sub(_percent, text) if "%F4%8F" in text else text


def _percent(match: re.Match[str]) -> str:
    code = (int(match[1]) - 8) * 0x40 + (int(match[2], 16) - 8) * 0x10 + int(match[3], 16)
    return f"%{code:02X}"


def _represented(text: str) -> str:
    if _HARMLESS.fullmatch(text):
        return text
    text = text.translate(_RESERVED | _OTHER_SPACES).translate(_STAND_INS)
    return _SPACES.sub(lambda spaces: chr(_BASE + ord(" ")) * len(spaces[0]), _INNER_HYPHEN.sub("-", text))


class CharterText(str):
    """A text of the charter. As a value it is the charter's text; printed, it is shown and never interpreted."""

    __slots__ = ()

    def __new__(cls, text: str) -> CharterText:
        return str.__new__(cls, _represented(text))

    @classmethod
    def _joined(cls, text: str) -> CharterText:
        return str.__new__(cls, text)

    def __getnewargs__(self) -> tuple[str]:
        return (original(self),)

    def __html__(self) -> Markup:
        return Markup(str(self))

    def __repr__(self) -> str:
        return str(CharterText(repr(original(self))))

    def __hash__(self) -> int:
        return hash(original(self))

    def __int__(self) -> int:
        return int(original(self))

    def __float__(self) -> float:
        return float(original(self))

    def __getitem__(self, key: SupportsIndex | slice) -> CharterText:
        return self._joined(str.__getitem__(self, key))

    def __iter__(self) -> Iterator[str]:
        return map(self._joined, str.__iter__(self))

    def __add__(self, other: str) -> CharterText:
        return self._joined(str.__add__(self, other))

    def __radd__(self, other: str) -> CharterText:
        return self._joined(str.__add__(other, self))

    def __mul__(self, count: SupportsIndex) -> CharterText:
        return self._joined(str.__mul__(self, count))


def _plain_arguments(values: tuple[Any, ...]) -> tuple[Any, ...]:
    kinds: dict[type, Callable[[Any], Any]] = {str: original, tuple: _plain_arguments}
    return tuple(
        next((plain(one) for kind, plain in kinds.items() if isinstance(one, kind)), one) for one in values
    )


def _found(value: Any) -> Any:
    if isinstance(value, str):
        return CharterText(value)
    return type(value)(map(_found, value)) if isinstance(value, list | tuple) else value


def _method_of_original(name: str) -> Callable[..., Any]:
    method = getattr(str, name)

    def call(self: str, *values: Any, **named: Any) -> Any:
        return _found(method(original(self), *_plain_arguments(values), **named))

    call.__name__ = name
    return call


#: Methods that compare or cut by characters; their results are texts of the charter again.
_METHODS = (
    *("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__contains__"),
    *("count", "endswith", "find", "index", "rfind", "rindex", "startswith"),
    *("isascii", "isdecimal", "isidentifier", "isprintable", "isspace"),
    *("capitalize", "casefold", "lower", "swapcase", "title", "upper"),
    *("lstrip", "removeprefix", "removesuffix", "replace", "rstrip", "strip", "translate"),
    *("partition", "rpartition", "rsplit", "split", "splitlines"),
)
for _name in _METHODS:
    setattr(CharterText, _name, _method_of_original(_name))


class SafeView:
    """Safe view of a part of a charter for pages of docs/: its attributes and items, with all texts safe to print."""

    def __init__(self, part: BaseModel) -> None:
        self._part = part

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in type(self._part).model_fields:
            raise AttributeError(name)
        return safe_value(getattr(self._part, name))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SafeView) and self._part == other._part

    def __hash__(self) -> int:
        return hash(type(self._part))

    def __repr__(self) -> str:
        return f"SafeView({type(self._part).__name__})"


def safe_value(value: Any) -> Any:
    """A value of the charter for pages."""
    if isinstance(value, BaseModel):
        return SafeView(value)
    if isinstance(value, str):
        return CharterText(value)
    if isinstance(value, list | tuple):
        return [safe_value(part) for part in value]
    if isinstance(value, Mapping):
        return {safe_value(key): safe_value(part) for key, part in value.items()}
    return value


def install(env: Environment) -> None:
    """Give Jinja's filters of an environment that encode or replace the charter's own characters; an author's own stay."""
    if env.filters["urlencode"] is _OF_JINJA["urlencode"]:
        env.filters["urlencode"] = partial(_urlencode, env.filters["urlencode"])
    if env.filters["replace"] is _OF_JINJA["replace"]:
        env.filters["replace"] = _replace
    if env.policies["json.dumps_function"] is None:
        env.policies["json.dumps_function"] = _dumps


def _dumps(value: Any, **options: Any) -> str:
    return decoded(json.dumps(value, **{"default": _data} | options))


def _data(value: Any) -> Any:
    """Data of a part of the charter, with stand-ins, or a date as JSON shows it."""
    if isinstance(value, SafeView):
        return safe_value(value._part.model_dump(mode="json", by_alias=True, exclude_unset=True))
    if hasattr(value, "isoformat"):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is not JSON serializable")


def _urlencode(encode: Callable[[Any], str], value: Any) -> str:
    """As Jinja's filter does, with a stand-in for the one character of the result that has a meaning in Markdown."""
    return CharterText._joined(encode(_originals(value)).replace("_", _STAND_INS[ord("_")]))


def _originals(value: Any) -> Any:
    if isinstance(value, str):
        return original(value)
    if isinstance(value, Mapping):
        return {_originals(key): _originals(inner) for key, inner in value.items()}
    return [_originals(inner) for inner in value] if isinstance(value, list | tuple) else value


def _replace(text: str, old: str, new: str, count: int | None = None) -> str:
    if isinstance(text, CharterText):
        return text.replace(old, new, -1 if count is None else count)
    return str(text).replace(str(old), str(new), -1 if count is None else count)
