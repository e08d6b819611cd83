"""Find the part of a charter that a heading, a label or the header of a column means."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from charterbook.charter import LANGUAGES
from charterbook.charter.base import Part
from charterbook.charter.model_shape import shape_at, shapes
from charterbook.compare.field_names import field_name
from charterbook.frozen_dataclass import dataclass
from charterbook.i18n import translator
from charterbook.imports.drafts.kinds import model_of
from charterbook.imports.drafts.synonyms import COLUMNS, HEADINGS, IGNORED, LABELS

_LANGUAGES = tuple(map(translator, LANGUAGES))

#: Minimum similarity of a misspelt name. Every such match is reported, and marked to be checked.
SIMILAR_ENOUGH = 0.87
_SHORTEST, _LONGEST = 5, 80
_WORD = re.compile(r"\w+", re.UNICODE)
_NUMBERED = re.compile(
    r"^\s*(?:(?:slide|слайд|step|шаг|section|раздел|question|вопрос)\s+)?(?:\d+(?:\.\d+)*[.):]?|[ivx]+[.)])\s*[-–—:]?\s+",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*(?:[&|/,;•]|\band\b|\bи\b)\s*", re.IGNORECASE)
_ASIDE = re.compile(r"\s*(?:\(|:| [-–—] |\?\s).*", re.DOTALL)


@dataclass(frozen=True)
class Match:
    """The meaning of a name. `likeness` is below 1 for a name that is only similar to a known one."""

    path: str
    likeness: float = 1.0
    known: str = ""

    @property
    def is_certain(self) -> bool:
        """Whether the name itself is known."""
        return self.likeness == 1


def words_of(text: str) -> tuple[str, ...]:
    """The words of a name in lower case, without numbering."""
    text = text.replace("\xad", "").replace("’", "'").casefold().replace("ё", "е")
    return tuple(_WORD.findall(_NUMBERED.sub("", text)))


def without_number(text: str) -> str:
    """A heading without "1." or "Slide 3:"."""
    return _NUMBERED.sub("", text)


def _essence(words: tuple[str, ...]) -> str:
    """The significant words, in alphabetical order."""
    return " ".join(sorted({word for word in words if word not in IGNORED and not word.isdigit()}))


class NameTable:
    """Known names and their meanings: paths or fields, each with its names separated by `|`."""

    def __init__(self, names: Mapping[str, str], noise: frozenset[str] = frozenset()) -> None:
        self.noise = noise
        self._whole: dict[tuple[str, ...], str] = {}
        essences: dict[str, set[str]] = defaultdict(set)
        for path, known in names.items():
            for name in known.split("|"):
                words = words_of(name)
                if words:
                    self._whole.setdefault(words, path)
                    essences[_essence(words)].add(path)
        self._essences = {key: paths.pop() for key, paths in essences.items() if key and len(paths) == 1}

    def exact(self, text: str) -> str | None:
        """The meaning of a known name; None for any other one."""
        words = words_of(text[:_LONGEST])
        return self._whole.get(words)

    def find(self, text: str) -> Match | None:
        """The meaning of a name, or of the most similar known one."""
        if len(text) > _LONGEST:
            return None
        for form in (text, _ASIDE.sub("", text)):
            path = self._known(words_of(form))
            if path:
                return Match(path)
        return self._by_parts(text) or self._similar(text)

    def _known(self, words: tuple[str, ...]) -> str | None:
        """The meaning of all words, or else of the significant ones: "service owner" among services is the owner."""
        for form in (words, tuple(word for word in words if word not in self.noise)):
            path = self._whole.get(form) or self._essences.get(_essence(form))
            if path:
                return path
        return None

    def _by_parts(self, text: str) -> Match | None:
        """The common meaning of the parts of a name such as "Services & programmes"."""
        parts = [words_of(part) for part in _PARTS.split(_ASIDE.sub("", text))]
        found = {self._known(words) for words in parts if words}
        if None in found or not found:
            return None
        roots = {str(path).partition(".")[0] for path in found}
        if len(found) == 1:
            return Match(str(found.pop()))
        return Match(roots.pop()) if len(roots) == 1 else None

    def _similar(self, text: str) -> Match | None:
        """The meaning of the most similar names, if they mean the same."""
        essence = _essence(words_of(text))
        if len(essence) < _SHORTEST:
            return None
        close = difflib.get_close_matches(essence, self._essences, n=3, cutoff=SIMILAR_ENOUGH)
        if len({self._essences[name] for name in close}) != 1 or len(close[0]) < _SHORTEST:
            return None
        likeness = difflib.SequenceMatcher(None, essence, close[0]).ratio()
        return Match(self._essences[close[0]], min(likeness, 0.99), close[0])


@cache
def headings() -> NameTable:
    """The names of sections."""
    return NameTable(HEADINGS)


@cache
def columns(kind: str) -> NameTable:
    """The names of the fields of a kind of items."""
    known = _with_own_names(
        {field: names.removeprefix("*|") for field, names in COLUMNS[kind].items()}, model_of(kind)
    )
    own = next(iter(field for field in ("name", "term", "what", "request", "role") if field in known))
    noise = frozenset(name for name in known[own].split("|") if " " not in name) - {
        "name",
        "owner",
        "кто",
        "who",
    }
    return NameTable(known, noise)


def _with_own_names(known: Mapping[str, str], model: type[Part]) -> dict[str, str]:
    """The names of fields, including those that Charterbook itself writes into documents."""
    found = dict(known)
    for field in shapes(model):
        if field in known:
            found[field] = "|".join(
                (known[field], *(field_name(model, field, words) for words in _LANGUAGES))
            )
    return found


@cache
def labels(section: str) -> NameTable:
    """The names of the fields of a section."""
    known = {field: names.removeprefix("*|") for field, names in LABELS[section].items()}
    shape = shape_at((section,))
    return NameTable(_with_own_names(known, shape.part) if shape and shape.part else known)


@cache
def main_text(kind: str) -> str | None:
    """The field for the text of an item, or of a section, that has no label."""
    table = COLUMNS.get(kind) or LABELS.get(kind) or {}
    return next((field for field, names in table.items() if names.startswith("*|")), None)
