"""Write a scalar so that it parses back to the same value, in the style of its position if possible.

Each style is tested by parsing the result; double quotes always work and come last. A text that
contains a command to a CI server is written with escapes, since logs of CI servers show proposals
and charters.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from charterbook.load.collector import ProblemCollector
from charterbook.load.compose import compose_data
from charterbook.load.syntax_tree import Style
from charterbook.terminal import has_commands

#: Texts that other YAML parsers read as a number, a boolean or a special key.
_DOUBTFUL = re.compile(r"[-+.]?[0-9][0-9a-fA-FxXoO_.,:eE+-]*|[yYnN]|=|<<|---|\.\.\.")
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})
_WORD_BREAK = re.compile(r"(?<=\S) (?=\S)")
#: Maximum indentation indicator of a block scalar.
_MAX_INDENTATION = 9

#: Marks a line break of a folded text.
_PARAGRAPH = ""


class ScalarPosition(NamedTuple):
    """The position of a value to be written.

    `column` is the column of its key or hyphen, `inner` of its following lines, `at` its own. `last` says that the
    file ends with it, without a line break.
    """

    column: int
    inner: int
    at: int = 0
    width: int = 110
    newline: str = "\n"
    flow: bool = False
    last: bool = False


def write_scalar(value: Any, spot: ScalarPosition, style: Style = "plain", old: Sequence[str] = ()) -> str:
    """The text of a scalar at this position, preferably in this style. `old` are the lines of the old folded text."""
    if not isinstance(value, str):
        return _plain(value)
    for form in _forms(style, value, spot):
        text = _FORMS[form](value, spot, old)
        if text is not None and not has_commands(text) and _reads_back(text, value, spot):
            return text
    return _double(value, spot, ())


def _forms(style: Style, value: str, spot: ScalarPosition) -> Iterator[Style]:
    """Possible styles, the best first."""
    blocks: tuple[Style, ...] = ("folded", "literal") if style == "folded" else ("literal",)
    if not spot.flow and style in ("literal", "folded"):
        yield from blocks
    if not spot.flow and "\n" in value:
        yield "literal"
    if not spot.flow and style == "plain" and spot.at + len(value) > spot.width:
        yield "folded"
    if "\n" not in value and style in ("single", "double"):
        yield style
    if "\n" not in value and style not in ("single", "double"):
        yield "plain"
    yield "single" if '"' in value or "\\" in value else "double"


def _plain(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, float):
        return _float(value)
    return str(value)


def _float(value: float) -> str:
    """A number in digits, without a fraction for whole numbers."""
    if value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004
        return str(int(value))
    text = repr(value)
    if "e" in text and "." not in text:
        text = text.replace("e", ".0e")
    return text


def _as_plain(value: str, _spot: ScalarPosition, _old: Sequence[str]) -> str | None:
    return None if _DOUBTFUL.fullmatch(value) or "\t" in value else value


def _single(value: str, _spot: ScalarPosition, _old: Sequence[str]) -> str | None:
    return None if "\n" in value else "'" + value.replace("'", "''") + "'"


def _double(value: str, _spot: ScalarPosition, _old: Sequence[str]) -> str:
    return '"' + "".join(map(_escaped, value.translate(_ESCAPES))).replace("##", r"\x23\x23") + '"'


def _escaped(letter: str) -> str:
    code = ord(letter)
    if letter.isprintable() or letter == "\N{NO-BREAK SPACE}":
        return letter
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"  # noqa: PLR2004


def _head(sign: str, value: str, spot: ScalarPosition) -> str | None:
    """The header of a block scalar: `|` or `>` with its indicators."""
    depth, body = spot.inner - spot.column, value.rstrip("\n")
    breaks = len(value) - len(body)
    if breaks > 1 or not body.strip() or depth > _MAX_INDENTATION or (breaks and spot.last):
        return None
    return sign + (str(depth) if body[0] in " \n" else "") + ("" if breaks else "-")


def _literal(value: str, spot: ScalarPosition, _old: Sequence[str]) -> str | None:
    head = _head("|", value, spot)
    return None if head is None else _block(head, value.rstrip("\n").split("\n"), spot)


def _folded(value: str, spot: ScalarPosition, old: Sequence[str]) -> str | None:
    head, body = _head(">", value, spot), value.rstrip("\n")
    if head is None or any(line[:1] in (" ", "\t") for line in body.split("\n")) or body.startswith("\n"):
        return None
    return _block(head, _folded_lines(body, spot.width - spot.inner, old), spot)


def _block(head: str, lines: Sequence[str], spot: ScalarPosition) -> str:
    return spot.newline.join([head, *(" " * spot.inner + line if line else "" for line in lines)])


def _folded_lines(body: str, width: int, old: Sequence[str]) -> list[str]:
    """The lines of a folded text. Equal lines at its start and end are unchanged."""
    words = _words(body)
    before = [_words(line) for line in old]
    head = _same_lines(words, before)
    reused = sum(map(len, before[:head]))
    if head and reused < len(words) and _fits_in_line(old[head - 1], words[reused], width):
        head -= 1
        reused -= len(before[head])
    words = words[reused:]
    rest = [line[::-1] for line in before[head:][::-1]]
    tail = _same_lines(words[::-1], rest)
    reused = sum(map(len, rest[:tail]))
    middle = words[: len(words) - reused]
    return [*old[:head], *_wrapped(middle, width), *old[len(old) - tail :]]


def _fits_in_line(line: str, word: str, width: int) -> bool:
    """Whether a word fits into the line before it."""
    return _PARAGRAPH not in (line, word) and len(line) + 1 + len(word) <= width


def _words(text: str) -> list[str]:
    """The words of a text, with a mark for each line break."""
    lines = [_WORD_BREAK.split(line) if line else [] for line in text.split("\n")]
    found = lines[0] if text else [_PARAGRAPH]
    for line in lines[1:]:
        found = [*found, _PARAGRAPH, *line]
    return found


def _same_lines(words: Sequence[str], lines: Sequence[Sequence[str]]) -> int:
    """The number of lines that the words start with."""
    at = 0
    for count, line in enumerate(lines):
        if list(words[at : at + len(line)]) != list(line):
            return count
        at += len(line)
    return len(lines)


def _wrapped(words: Sequence[str], width: int) -> list[str]:
    lines: list[str] = []
    open_line = False
    for word in words:
        if word == _PARAGRAPH:
            lines.append("")
        elif open_line and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
        open_line = word != _PARAGRAPH
    return lines


def _reads_back(text: str, value: str, spot: ScalarPosition) -> bool:
    """Whether the written text parses back to the value."""
    report = ProblemCollector("en")
    if spot.flow:
        return compose_data(f"- [{{a: {text}}}, {text}]", report)[0] == [
            [{"a": value}, value]
        ] and _has_no_problems(report)
    lead = "a:" + spot.newline + " " * spot.column if spot.column else ""
    found = compose_data(f"{lead}b: {text}{spot.newline}", report)[0]
    return found == ({"a": {"b": value}} if lead else {"b": value}) and _has_no_problems(report)


def _has_no_problems(report: ProblemCollector) -> bool:
    return not report.problems()


_FORMS: dict[Style, Callable[[str, ScalarPosition, Sequence[str]], str | None]] = {
    "plain": _as_plain,
    "single": _single,
    "double": _double,
    "literal": _literal,
    "folded": _folded,
}
