"""Texts of single changes on pages of changes: the sentence, and the lines of a word diff."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from markupsafe import Markup, escape

from charterbook.compare import BULLET, Segment, Statement
from charterbook.i18n import Translator

#: A line of a text: kind, leading white space and text of each segment. The kind "same" is for unchanged text that is
#: collapsed.
Line = list[tuple[str, Markup, Markup]]

#: The start of an entry of a list: of names, or of a Markdown text.
_MARKER = re.compile(rf"\s*(?:{BULLET}|[-*+] )")
#: An unchanged part of a line is collapsed if it has more words, except for the words at its ends.
_MOST_UNCHANGED = 90
_SHOWN_UNCHANGED = 20
_WORD = re.compile(r"\S+")
#: The keys that name items.
_NAMES = ("name", "title", "term", "what")
#: The indentation of a Markdown line that continues an entry.
_INDENT = "  "
#: A number and its unit, such as "3 working days".
_LENGTH = re.compile(r"\d[\d\s.,]*\s\D+")
#: A Markdown link. Its target is not shown.
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")


def sentence_below(statement: Statement, heading: str, t: Translator) -> str:
    """The sentence of a change below a heading that names its subject, without that name and without its direction."""
    text = without_direction(statement.sentence, statement, t)
    former = {"old": _former_name(statement)}
    if heading and text == t.gettext("“%(old)s” is now called “%(new)s”") % (former | {"new": heading}):
        return t.gettext("Was called “%(old)s”") % former
    rest = _without_name(statement, text, heading) if heading else text
    return rest if rest == text else rest[:1].upper() + rest[1:]


def quoted_before(statement: Statement) -> list[str]:
    """The texts of the older version that the sentence of a change can quote: a former name, a former text."""
    gone = [statement.label] if statement.kind == "removed" else []
    known = [*gone, _former_name(statement), statement.old]
    return [text for text in known if isinstance(text, str) and text and text != statement.new]


def without_direction(text: str, statement: Statement, t: Translator) -> str:
    """The text of a statement without its direction at the end: pages show it as an arrow and a word."""
    if not statement.direction:
        return text
    words = {"sentence": "", "direction": t.gettext(statement.direction)}
    return text.removesuffix(t.gettext("%(sentence)s (%(direction)s)") % words)


def _former_name(statement: Statement) -> str:
    """The name before a change, if it is one of a name or of a whole item."""
    old = statement.old
    if isinstance(old, Mapping):
        old = next((old[key] for key in _NAMES if key in old), None)
    return str(old)


def _without_name(statement: Statement, text: str, name: str) -> str:
    """A sentence without the name of its subject: at the beginning, or at the end of one about the subject as a whole."""
    _, renamed, rest = text.partition(f" → {name}: ")
    if text.startswith(f"{name}: "):
        return text.removeprefix(f"{name}: ")
    if renamed and statement.label == name:
        return rest
    if statement.kind in ("split", "merged"):
        return text.removeprefix(f"{name} ")
    is_whole = (
        statement.kind in ("added", "removed") and statement.path[-1:] == (statement.item or ("",))[-1:]
    )
    is_section = statement.item is None and len(statement.path) == 1
    if not (is_whole or is_section):
        return text
    for mark in (f": {name}", f": «{name}»"):
        whole, found, terms = text.partition(mark)
        if found and (not terms or terms.startswith(", ")):
            return whole + terms
    return text


def says_values(statement: Statement) -> bool:
    """Whether the sentence of a change contains all words in which its two values differ, or other forms of units."""
    values = [value or "" for value in (statement.before, statement.after)]
    (before, after), said = map(_words, values), _words(statement.sentence)
    missing = (before ^ after) - said
    if all(_LENGTH.fullmatch(value) for value in values):
        units = {word[0] for word in (before | after) & said if not word[0].isdigit()}
        missing = {word for word in missing if word[0] not in units}
    return not missing


def values_below(statement: Statement, t: Translator) -> tuple[str, str]:
    """The two values of a change. Of figures of a day that the sentence contains, only the days."""
    both = (statement.before or "", statement.after or "")
    form = re.escape(t.gettext("%(figure)s on %(date)s") % {"figure": "FIGURE", "date": "DATE"})
    dated = re.compile(form.replace("FIGURE", r"(?P<figure>.*?\d.*?)").replace("DATE", r"(?P<date>\d.*)"))
    before, after = (dated.fullmatch(value) for value in both)
    if (
        not before
        or not after
        or not _words(f"{before['figure']} {after['figure']}") <= _words(statement.sentence)
    ):
        return both
    return before["date"], after["date"]


def quotes(statement: Statement) -> bool:
    """Whether the sentence of an addition ends with its text in quotation marks."""
    return statement.sentence.endswith(tuple(f": {mark % statement.after}" for mark in ("“%s”", "«%s»")))


def _words(text: str) -> set[str]:
    """The words of a text, without the dash of an empty value."""
    return {word for part in text.split() if (word := part.strip(",;:()“”«»\"'–"))}


def blocks(segments: Iterable[Segment], without: str) -> list[tuple[bool, list[Line]]]:
    """The lists and paragraphs of a text without its segments of one kind: whether it is a list, and its lines."""
    found: list[tuple[bool, list[tuple[str, str]]]] = []
    for line in _split(segment for segment in segments if segment.kind != without):
        text = "".join(part for _, part in line)
        marker = _MARKER.match(text)
        if not text.strip():
            continue
        if marker or not (found and found[-1][0] and text.startswith(_INDENT)):
            found.append((marker is not None, _without_start(line, len(marker[0])) if marker else line))
        else:
            found[-1][1].extend([("equal", " "), *_without_start(line, len(text) - len(text.lstrip()))])
    return [
        (is_list, [_folded(_marked(line)) for _, line in lines])
        for is_list, lines in groupby(found, key=lambda entry: entry[0])
    ]


def _split(segments: Iterable[Segment]) -> list[list[tuple[str, str]]]:
    """The kinds and texts of segments, line by line."""
    found: list[list[tuple[str, str]]] = [[]]
    for segment in segments:
        first, *others = segment.text.split("\n")
        found[-1].append((segment.kind, first))
        found += [[(segment.kind, other)] for other in others]
    return found


def _without_start(line: Sequence[tuple[str, str]], length: int) -> list[tuple[str, str]]:
    """A line without its first characters, even if they are separate segments."""
    found = []
    for kind, text in line:
        found.append((kind, text[length:]))
        length = max(0, length - len(text))
    return found


def _folded(line: Line) -> Line:
    """A line with the middle of a long unchanged part as a separate segment."""
    return [part for segment in line for part in _folded_parts(*segment)]


def _folded_parts(kind: str, space: Markup, text: Markup) -> Line:
    words = [*_WORD.finditer(text)]
    if kind != "equal" or len(words) <= _MOST_UNCHANGED:
        return [(kind, space, text)]
    start, end = words[_SHOWN_UNCHANGED - 1].end(), words[-_SHOWN_UNCHANGED].start()
    middle = text[start:end]
    inner = middle.strip()
    return [
        (kind, space, text[:start]),
        ("same", escape(" "), inner),
        (kind, escape(" "), text[end:]),
    ]


def _marked(line: Iterable[tuple[str, str]]) -> Line:
    return readable_segments(Segment(kind, text) for kind, text in line if text)  # type: ignore[arg-type]


def readable_segments(segments: Iterable[Segment]) -> list[tuple[str, Markup, Markup]]:
    """Segments of a line: kind, leading white space, and text without Markdown syntax.

    If only Markdown syntax changed, it is shown.
    """
    found: list[tuple[str, Markup, Markup]] = []
    for segment in segments:
        words = segment.text.lstrip()
        bare = _LINK.sub(r"\1", words).replace("**", "")
        space = segment.text[: len(segment.text) - len(words)]
        found.append((segment.kind, escape(space), escape(bare or words)))
    return found
