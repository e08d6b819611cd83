"""Charters in random human styles: comments, quotes, blocks, brackets, blank lines, line ends."""

from __future__ import annotations

import datetime
import random
from typing import Any

from hypothesis import strategies as st

from charterbook.charter import Charter
from charterbook.charter.base import Contact
from charterbook.charter.model_shape import walk
from charterbook.compare.severity import MARKS
from charterbook.load import load
from charterbook.load.collector import ProblemCollector
from charterbook.load.compose import compose_data
from charterbook.load.syntax_tree import Node, tree
from tests.generated import charters


def sound_charters() -> st.SearchStrategy[dict[str, Any]]:
    """Data of charters without problems."""
    return charters().map(lambda charter: sound(charter.model_dump(by_alias=True, exclude_defaults=True)))


def sound(data: dict[str, Any]) -> dict[str, Any]:
    """The data with valid references, and without contradictions."""
    _without_groups(data)
    for found in list(walk(data)):
        value = found.value
        if found.shape.key == "was" and isinstance(value, list):
            value[:] = [id_ for id_ in value if id_ == "old-one"]
        elif found.shape.refers and isinstance(value, list):
            value.clear()
        elif isinstance(value, dict):
            _without_references(value, found.shape.part)
    for metric in data["metrics"]:
        metric.pop("drives", None)
    for source in data["funding"]["sources"]:
        source.pop("share", None)
    data["funding"]["currency"] = "USD"
    for service in data["services"]:
        service.pop("until", None)
    _of_format_2(data)
    if roles := data.get("roles"):
        data["funding"]["owner"] = roles[0]["id"]
        for sign_off in data.get("review", {}).get("sign_offs", ()):
            sign_off["role"] = roles[0]["id"]
    return data


def _without_groups(data: dict[str, Any]) -> None:
    """Remove the version, the groups and all marks."""
    for key in ("version", "groups", "released"):
        data.pop(key, None)
    for key in MARKS:
        _drop(data, key)


def _drop(value: Any, key: str) -> None:
    """Remove a key from all mappings in a value."""
    if isinstance(value, dict):
        value.pop(key, None)
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _drop(inner, key)


def _of_format_2(data: dict[str, Any]) -> None:
    """Contacts with an address, decisions with their own ids, and a calendar that lists each day once."""
    for found in list(walk(data)):
        if found.shape.part is Contact and isinstance(found.value, dict):
            found.value.setdefault("channel", "Desk")
    meetings = data.get("review", {}).get("meetings", ())
    for number, decision in enumerate(one for meeting in meetings for one in meeting.get("decisions", ())):
        decision["id"] = f"decision-{number}"
    for step in data.get("roadmap", ()):
        step.pop("due", None)
    calendar = data.get("calendar", {})
    for key in calendar.keys() & {"days", "hours"}:
        calendar[key] = list(dict.fromkeys(calendar[key]))
    if "holidays" in calendar:
        calendar["holidays"] = list({one["date"]: one for one in calendar["holidays"]}.values())


def _without_references(mapping: dict[str, Any], part: Any) -> None:
    from charterbook.charter.model_shape import shapes

    for key, shape in shapes(part).items():
        required = part.model_fields.get(key) is not None and part.model_fields[key].is_required()
        if shape.refers and not shape.is_list and not required and key in mapping:
            del mapping[key]


class CharterWriter:
    """Writer of charters with a random style."""

    def __init__(self, chance: random.Random, *, brackets: bool = True) -> None:
        self.chance = chance
        self.newline = chance.choice(["\n", "\n", "\r\n"])
        self.step = chance.choice([2, 2, 4])
        self.dash = chance.choice([0, 2, 2])
        self.inner = chance.choice([2, 2, 4])
        self.gap = chance.choice([0, 0, 1])
        self.talk = chance.choice([0.0, 0.1, 0.3])
        self.brackets = chance.choice([0.0, 0.3]) if brackets else 0.0
        self.comments = 0

    def charter(self, data: dict[str, Any]) -> str:
        """Text of a charter's file."""
        head = self.chance.choice(["", "", "---\n", "# yaml-language-server: $schema=x.json\n"])
        lines = self._mapping(data, 0)
        text = head + "\n".join(lines) + self.chance.choice(["\n", "\n", "", "\n# the end\n", "\n\n"])
        return text.replace("\n", self.newline)

    def _comment(self) -> str:
        self.comments += 1
        return f"# remark {self.comments}: {self.chance.choice(['a: b', 'x', '- y'])}"

    def _remarks(self, column: int, *, may_be_blank: bool = True) -> list[str]:
        lines = []
        while self.chance.random() < self.talk:
            blank = may_be_blank and self.chance.random() < 0.5
            lines.append("" if blank else " " * column + self._comment())
        return lines

    def _tail(self) -> str:
        return f"  {self._comment()}" if self.chance.random() < self.talk else ""

    def _mapping(self, data: dict[str, Any], column: int) -> list[str]:
        lines: list[str] = []
        for key, value in data.items():
            lines += self._remarks(column) + self._entry(key, value, column)
        return lines

    def _entry(self, key: str, value: Any, column: int) -> list[str]:
        lead = " " * column + f"{key}:"
        if isinstance(value, (dict, list)):
            if not value or self.chance.random() < self.brackets:
                return [f"{lead} {self._flow(value)}{self._tail()}"]
            return [lead + self._tail(), *self._below(value, column)]
        return self._scalar(lead, value, column)

    def _below(self, value: Any, column: int) -> list[str]:
        if isinstance(value, dict):
            return self._mapping(value, column + self.step)
        lines: list[str] = []
        dash = column + self.dash
        for index, element in enumerate(value):
            lines += [""] * (self.gap if index else 0) + self._remarks(dash)
            if isinstance(element, dict):
                inner = dash + self.inner
                found = self._mapping(element, inner)
                first = next(
                    at for at, line in enumerate(found) if line.strip() and "#" not in line.split()[0]
                )
                found[first] = " " * dash + "-" + found[first][dash + 1 :]
                lines += [line for line in found[:first] if line.strip()] + found[first:]
            else:
                lines += self._scalar(" " * dash + "-", element, dash)
        return lines

    def _flow(self, value: Any) -> str:
        if isinstance(value, dict):
            space = self.chance.choice(["", " "]) if value else ""
            inner = ", ".join(f"{key}: {self._flow(one)}" for key, one in value.items())
            return f"{{{space}{inner}{space}}}"
        if isinstance(value, list):
            comma = self.chance.choice(["", "", ","]) if value else ""
            return f"[{', '.join(map(self._flow, value))}{comma}]"
        return self._inline(value, flow=True)

    def _scalar(self, lead: str, value: Any, column: int) -> list[str]:
        if isinstance(value, str) and (style := self.chance.choice(["", "", "|", ">"])):
            indent = " " * (column + self.chance.choice([2, 4]))
            parts = value.split("\n")
            if style == ">":
                parts = [line for part in parts for line in (*self._folded(part), "")][:-1]
            return [f"{lead} {style}-{self._tail()}", *(indent + part if part else "" for part in parts)]
        return [f"{lead} {self._inline(value)}{self._tail()}"]

    def _folded(self, text: str) -> list[str]:
        words = text.split(" ")
        cut = self.chance.randrange(len(words)) + 1
        return [" ".join(part) for part in (words[:cut], words[cut:]) if part]

    def _inline(self, value: Any, *, flow: bool = False) -> str:
        if not isinstance(value, str):
            return value.isoformat() if isinstance(value, datetime.date) else f"{value:g}"
        quoted = '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
        forms = [quoted, value, value] if "\n" not in value else [quoted]
        if "\n" not in value:
            forms.append("'" + value.replace("'", "''") + "'")
        form = self.chance.choice(forms)
        report = ProblemCollector("en")
        read = compose_data(f"- [{form}, x]" if flow else f"- {form}", report)[0]
        return form if read in ([[value, "x"]], [value]) and not report.problems() else quoted


def read(text: str) -> Any:
    """Data of a text, which must be valid YAML."""
    report = ProblemCollector("en")
    data = compose_data(text, report)[0]
    assert report.problems() == ()
    return data


def loaded(text: str) -> Charter:
    """Charter of a text, which must be without errors."""
    found = load(text.encode())
    assert found.charter is not None, found.problems
    return found.charter


def scalars(node: Node, path: tuple[str | int, ...] = ()) -> dict[tuple[str | int, ...], Node]:
    """All scalars of a tree by their paths."""
    found: dict[tuple[str | int, ...], Node] = {}
    for entry in node.entries:
        found |= scalars(entry.value, (*path, entry.key.data))
    for index, item in enumerate(node.items):
        found |= scalars(item, (*path, index))
    return found if node.entries or node.items or isinstance(node.data, (dict, list)) else {path: node}


def outside(text: str, paths: set[tuple[str | int, ...]]) -> str:
    """A text without the scalars at these paths. The comment after a block's header is part of the result."""
    kept, at = [], 0
    for path, node in sorted(scalars(tree(text)).items(), key=lambda pair: pair[1].start):
        if path in paths:
            head = text[node.start : node.end].splitlines()[0] if node.style in ("literal", "folded") else ""
            _, space, comment = head.partition(" ")
            kept += [text[at : node.start], space + comment]
            at = node.end
    return "".join([*kept, text[at:]])
