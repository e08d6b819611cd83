"""A handbook in which every text is an attack: charter, commits, authors, tags, branches, names of files.

The charters are made from the model itself, so a field that is added to it is attacked from then on.
"""

from __future__ import annotations

import datetime
import itertools
import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from charterbook.charter import Charter
from charterbook.charter.base import Item, Part
from charterbook.charter.model_shape import Shape, shapes
from charterbook.charter.reader_groups import ReaderGroup
from tests.histories import Repo
from tests.site.attacks import UNSEEN, Pack, packs
from tests.site.handbooks import Handbook
from tests.site.rotated_attacks import ROTATED
from tests.site.template_attacks import JINJA
from tests.site.unicode_attacks import CONTROLS

PACKS = packs()

#: A version for each pack, and one for all other attacks, which is in force; the draft is about roles and platforms.
VERSIONS = tuple(f"{2024 + number // 4}-Q{number % 4 + 1}" for number in range(len(PACKS) + 1))
EDITIONS = (*VERSIONS, "draft")

#: Marker that identifies a field's text on pages.
MARK = re.compile(r"m(?:\d\dq\d|aft)x\d+z")

#: Values with special constraints of the model or the loader.
_FIXED: dict[str, Any] = {"language": "en", "currency": "USD", "schema": 1, "id": "replaced", "aim": "formal"}
_FIXED |= {
    "hours": "09:00-12:30",
    "timezone": "Europe/Berlin",
    "paths": "services",
    "address": 'https://example.org/"><script>attacked()</script>',
}
_LEFT_OUT = ("version", "was", "agreed", "restricted", "sees")
#: With roles, owners must be known roles: so only the draft has roles.
_ROLES = ("roles", "platforms")

TAGS = (
    "2026-Q3<script>attacked()</script>",
    "-x",
    "--upload-pack=attacked",
    "$(id)",
    "`id`",
    "2024-Q1\u202e",
)
BRANCHES = ("-main", "<script>attacked()</script>", "$(id)", "a\u202eb\u009bc")
#: Pages of docs/ with odd names, and their content.
DOCS = {
    "100% & more #1?.md": "# Odd & named",
    "словарь.md": "# Словарь",
    "it's {{ 98765 * 43210 }}.md": "# Braces",
    'x" onload="attacked().md': "# Quotes",
    "<x-attacked>.md": "A page without a heading.",
    "right\u202eleft.md": "A page without a heading.",
    "zero\u200dwidth\u200b.md": "A page without a heading.",
    "folder\u202eredlof\U000e0061/page.md": "A page without a heading.",
    "tags\U000e0061\U000e0074.md": "A page without a heading.",
    "line\n::error::attacked.md": "# Line",
    "escape\x1b[31m\x9b.md": "# Escape",
    "##[error]attacked.md": "# Command",
    "contexts.md": "# Contexts\n\n{% set v = charter.mission.statement %}\n\n"
    '`{{ charter.title }}` [press]({{ v }}) <a href="{{ v }}">press</a> <p title="{{ v }}">x</p>\n\n'
    "<p title='{{ v }}'>x</p>\n\n"
    "```\n{{ v }}\n```\n\n{{ v|tojson }} {{ v|urlencode }} {{ v|upper }} {{ v[3:] }} {{ 'a' ~ v }} {{ v.split(' ')|join('-') }}\n",
    "words of the charter.md": "# {{ charter.title }}\n\n{{ charter.mission.statement }}\n\n"
    "{{ link('services', 'services-1') }} {{ charter.services }} {{ charter.metrics[0].unit|upper }}",
}


class Rotation(Pack):
    """Attacks one after the other, so that all fields together hold each of them several times."""

    def __init__(self, attacks: tuple[str, ...]) -> None:
        super().__init__(attacks[:1], ())
        self._next = itertools.cycle(attacks)
        self.left = next(self._next)

    def line(self, mark: str) -> str:
        """As many attacks as fit."""
        line = mark
        while len(line) + len(self.left) < _LONGEST_LINE:
            line = f"{line} {self.left}"
            self.left = next(self._next)
        return line

    def text(self, mark: str) -> str:
        """Some attacks, each as a paragraph."""
        return "\n\n".join([f"{mark} begins", *itertools.islice(self._next, 6), f"{mark} ends"])


_LONGEST_LINE = 195


@dataclass
class Maker:
    """Generator of a charter's data; `marks` maps each marker to its field."""

    version: str
    pack: Pack
    roles: bool = False
    marks: dict[str, str] = field(default_factory=dict)
    #: For a list of items: one for each pack. Else one item, with this maker's own pack.
    every: tuple[Pack, ...] = ()

    def charter(self) -> dict[str, Any]:
        """A charter with every key, each text an attack."""
        data = self._part(Charter, "", self.pack)
        if self.version != "draft":
            data["version"] = self.version
        leading, lagging = data["metrics"] = [self._metric("leading"), self._metric("lagging")]
        leading["drives"], lagging["drives"] = ["lagging"], []
        for service in data["services"]:
            service["metrics"] = ["leading", "lagging"]
        return data

    def _metric(self, kind: str) -> dict[str, Any]:
        shape = shapes(Charter)["metrics"]
        assert shape.part is not None
        return self._part(shape.part, f"metrics.{kind}", self.pack) | {"id": kind, "kind": kind}

    def _part(self, part: type[Part], at: str, pack: Pack) -> dict[str, Any]:
        left_out = (*_LEFT_OUT, *(() if self.roles else _ROLES))
        wanted = [shape for shape in shapes(part).values() if shape.key not in left_out]
        return {shape.key: self._value(shape, f"{at}.{shape.key}".strip("."), pack) for shape in wanted}

    def _value(self, shape: Shape, at: str, pack: Pack) -> Any:
        if shape.key == "metrics":
            return []
        if not shape.is_list:
            return self._one(shape, at, pack, 0)
        several = self.every if shape.part and issubclass(shape.part, Item) else (pack,)
        return [self._one(shape, at, one, index) for index, one in enumerate(several)]

    def _one(self, shape: Shape, at: str, pack: Pack, index: int) -> Any:
        if shape.part is not None:
            made = self._part(shape.part, at, pack)
            if issubclass(shape.part, Item):
                return made | {"id": _id(shape.key, index)}
            own = _id(shape.key, index) if shape.part is ReaderGroup else f"part-{len(self.marks)}"
            return made | {"id": own} if "id" in made else made
        if shape.key in _FIXED:
            return _FIXED[shape.key]
        if shape.key == "share":
            return 100 / len(self.every)
        if shape.refers and (not shape.refers.if_any or self.roles or shape.refers.kinds[0] not in _ROLES):
            return _id(shape.refers.kinds[0], index)
        return self._leaf(shape, at, pack)

    def _leaf(self, shape: Shape, at: str, pack: Pack) -> Any:
        if shape.kind in ("text", "line"):
            return (pack.text if shape.kind == "text" else pack.line)(self._mark(at))
        others = {"number": 1, "integer": 1, "date": datetime.date(2026, 1, 1)}
        return shape.choices[0] if shape.choices else others[shape.kind]

    def _mark(self, at: str) -> str:
        mark = f"m{self.version[2:].replace('-', '').lower()}x{len(self.marks)}z"
        self.marks[mark] = at
        return mark


def _id(kind: str, index: int) -> str:
    return f"{kind}-{index + 1}"


def maker(version: str) -> Maker:
    """Generator of the charter of an edition."""
    if version == "draft":
        long = Pack(("W" * 180,), ("x" * 15_000,))
        return Maker(version, long, roles=True, every=PACKS)
    index = VERSIONS.index(version)
    pack = PACKS[index] if index < len(PACKS) else Rotation(ROTATED)
    return Maker(version, pack, every=(pack,))


def charter_text(data: dict[str, Any]) -> str:
    """A charter's file."""
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000)


def write_history(book: Handbook) -> dict[str, str]:
    """Fill a handbook with hostile versions and a hostile draft; returns the markers of its charters."""
    rest = Rotation(ROTATED)
    words = [*(pack.line("Why:") for pack in PACKS), *(rest.line("Why:") for _ in range(6))]
    unseen = [*UNSEEN.values(), *CONTROLS.values()]
    several = [" ".join(unseen[start :: len(VERSIONS)]) for start in range(len(VERSIONS))]
    messages = zip(*map(itertools.cycle, (words, several)), strict=True)
    marks: dict[str, str] = {}
    for version in VERSIONS:
        made = maker(version)
        text = charter_text(made.charter())
        day = f"{version[:4]}-{3 * int(version[-1]):02}-01"
        if version == VERSIONS[0]:
            _misread(book.repo, text, day)
        for revision, attack in enumerate(next(messages)):
            message = f"{attack}\n\n{attack}\n::error::attacked"
            book.repo.commit({"charter.yml": f"{text}# {revision}\n"}, message, day, author=f"A {attack}")
        marks |= made.marks
    for name in TAGS:
        book.repo.tag(name)
    for name in BRANCHES:
        book.repo.git("update-ref", f"refs/heads/{name}", "HEAD")
    draft = maker("draft")
    book.write("charter.yml", charter_text(draft.charter()))
    book.repo.write({f"docs/{name}": f"{text}\n" for name, text in DOCS.items()})
    return marks | draft.marks


def _misread(repo: Repo, text: str, day: str) -> None:
    """Commit unreadable revisions, which the error messages quote."""
    for key in (
        "<x-attacked>",
        "<script>attacked()</script>",
        JINJA,
        '"><svg onload=attacked()>',
        "::error::x",
    ):
        wrong = text + yaml.safe_dump({key: 1})
        repo.commit({"charter.yml": wrong}, key, day, author=key)
