"""Texts of single changes on pages of changes: the sentence, and the lines of a word diff."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from charterbook.compare import BULLET, Segment, Statement
from charterbook.i18n import Translator

#: A Markdown link. Its target is not shown.
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")


def sentence_below(statement: Statement, heading: str, t: Translator) -> str:
    """The sentence of a change below a heading that names its subject, without that name and without its direction."""
    text = statement.sentence
    if statement.direction:
        phrase = t.gettext("%(sentence)s (%(direction)s)") % {
            "sentence": "",
            "direction": t.gettext(statement.direction),
        }
        text = text.removesuffix(phrase)
    rest = _without_name(statement, text, heading) if heading else text
    return rest if rest == text else rest[:1].upper() + rest[1:]


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
    return text.removesuffix(f": {name}") if is_whole or is_section else text


def says_values(statement: Statement) -> bool:
    """Whether the sentence of a change contains all words in which its two values differ."""
    before, after = (_words(value or "") for value in (statement.before, statement.after))
    return before ^ after <= _words(statement.sentence)


def _words(text: str) -> set[str]:
    """The words of a text, without the dash of an empty value."""
    return {word for part in text.split() if (word := part.strip(",;:()“”«»\"'–"))}


def lines(segments: Iterable[Segment], without: str) -> tuple[bool, list[list[tuple[str, Markup, Markup]]]]:
    """Segments line by line, except for those of one kind, and whether the lines are the entries of a list."""
    found: list[list[tuple[str, str]]] = [[]]
    for segment in segments:
        if segment.kind == without:
            continue
        first, *others = segment.text.split("\n")
        found[-1].append((segment.kind, first))
        found += [[(segment.kind, other)] for other in others]
    shown = [line for line in found if any(text.strip() for _, text in line)]
    texts = ["".join(text for _, text in line).lstrip() for line in shown]
    is_list = bool(texts) and all(text.startswith(BULLET) for text in texts)
    return is_list, [_marked(_without_bullet(line) if is_list else line) for line in shown]


def _without_bullet(line: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """A line without the bullet at its beginning, even if the bullet is a separate segment."""
    found, left = [], len(BULLET)
    for kind, text in line:
        found.append((kind, text[left:]))
        left = max(0, left - len(text))
    return found


def _marked(line: Iterable[tuple[str, str]]) -> list[tuple[str, Markup, Markup]]:
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
