"""Random histories in pairs that differ only in hidden parts: in texts, numbers, ids, order, number and references.

Items are hidden and shown in turn, and deleted; ids are beginnings of other ids; items that are shown were hidden ones once.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from random import Random
from typing import Any

from tests.charters import minimal_charter

#: `partners` see nothing that is marked for the others.
GROUPS = [
    {"id": "partners", "name": "Partners"},
    {"id": "internal", "sees": ["partners"]},
    {"id": "sponsors", "sees": ["internal"]},
]

#: The days of the revisions; the last charter is the draft.
DAYS = ("2026-01-10", "2026-04-10", "2026-05-20", "2026-07-10")
_COUNT = len(DAYS) + 1

KINDS = ("services", "audiences", "metrics", "roles", "glossary", "risks", "decisions", "objectives", "out")
_NAMES = ("a", "ab", "abc", "abcd", "b", "b-2")
#: Hidden items that end with this revision; later items can name them as their former ids.
_FORMER, _GONE = ("gone-1", "gone-2"), 2
_WORDS = ("Clinics", "Labs", "Desks", "Deal", "Ramp", "Camp", "Review", "Partner", "Sales", "Win")


class Twins:
    """The charters of two histories, oldest first, made from a seed: `plain`, and `other` with other hidden parts."""

    def __init__(self, seed: int) -> None:
        chance = Random(seed)  # noqa: S311
        self._plans = {kind: dict(_plan(chance)) for kind in KINDS}
        pairs = [[_Charter(self._plans, at, common, chance.random()).text for _ in "12"]
                 for at, common in enumerate([chance.random() for _ in range(_COUNT)])]  # fmt: skip
        self.plain, self.other = zip(*pairs, strict=True)


def _plan(chance: Random) -> Iterator[tuple[str, list[str]]]:
    """For each id, its state in each revision."""
    yield "always", ["shown"] * _COUNT
    for name in chance.sample(_NAMES, 4):
        yield name, [chance.choice(("shown", "shown", "hidden", "hidden", "absent")) for _ in range(_COUNT)]
    for name in _FORMER:
        yield name, ["hidden" if at < _GONE else "absent" for at in range(_COUNT)]


class _Charter:
    """One charter. Visible parts are made from the number `common`, everything else from `secret`."""

    def __init__(self, plans: dict[str, dict[str, list[str]]], at: int, common: float, secret: float) -> None:
        self._plans, self._at = plans, at
        self._common, self._secret = Random(common), Random(secret)  # noqa: S311

    @property
    def text(self) -> str:
        """Its file."""
        lists = {kind: self._items(kind) for kind in KINDS}
        return minimal_charter(
            groups=GROUPS,
            scope={"out": lists.pop("out")},
            funding={"owner": "always", "sources": [{"id": "sales", "name": "Sales", "funder": "Sales"}]},
            restricted=[{"keys": ["capacity"], "visible_to": ["internal"]}],
            capacity={"note": _words(self._secret)},
            change_note=self._prose(self._common),
            **lists,
        )

    def _present(self, kind: str, *, secret: bool) -> list[str]:
        """The ids of items that are there, and that the group sees or not."""
        states = self._plans[kind].items()
        return [name for name, one in states if one[self._at] != "absent" and self._is_secret(one) == secret]

    def _is_secret(self, states: list[str]) -> bool:
        """Hidden here, or by the last state."""
        return "hidden" in (states[self._at], next(one for one in reversed(states) if one != "absent"))

    def _items(self, kind: str) -> list[dict[str, Any]]:
        shown = [self._item(kind, name, self._common) for name in self._present(kind, secret=False)]
        self._common.shuffle(shown)
        hidden = [self._item(kind, name, self._secret) for name in self._present(kind, secret=True)]
        hidden += [self._other(kind) for _ in range(self._secret.randint(0, 2))]
        for one in hidden:
            shown.insert(self._secret.randint(0, len(shown)), one)
        return list({one["id"]: one for one in shown}.values())

    def _item(self, kind: str, name: str, chance: Random) -> dict[str, Any]:
        item = {"id": name, **self._content(kind, chance)}
        if self._at >= _GONE:
            item["was"] = self._secret.sample(_FORMER, self._secret.randint(0, 1))
        is_marked = self._plans[kind][name][self._at] == "hidden"
        return item | ({"visible_to": ["sponsors"]} if is_marked else {})

    def _other(self, kind: str) -> dict[str, Any]:
        """A hidden item that only one of the two histories has."""
        name = f"{self._secret.choice((*_NAMES, 'always'))}-{self._secret.choice('xyz')}"
        marks = {"visible_to": ["internal", "sponsors"]}
        return {"id": name, **self._content(kind, self._secret), **marks}

    def _content(self, kind: str, chance: Random) -> dict[str, Any]:
        name = _words(chance)
        more: dict[str, Any] = {}
        if kind == "services":
            more = {"summary": self._prose(chance), **self._offer(chance)}
        elif kind == "audiences":
            more = {"gives": name, "hours_per_quarter": chance.randint(1, 9)}
        elif kind == "metrics":
            more = {"kind": chance.choice(("leading", "lagging"))}
        elif kind == "glossary":
            return {"term": name, "meaning": self._prose(chance)}
        elif kind == "decisions":
            more = {"why": self._prose(chance), "by": "always", "date": datetime.date(2026, 1, 1)}
        return {"name": name, **more}

    def _offer(self, chance: Random) -> dict[str, Any]:
        """The parts of a service besides its name: references, a promise beside hidden ones, and hours that are hidden."""
        hidden = [
            {
                "request": _words(self._secret),
                "within": self._secret.randint(1, 99),
                "visible_to": ["sponsors"],
            }
            for _ in range(self._secret.randint(1, 2))
        ]
        levels = [{"request": f"Open {chance.randint(1, 9)}", "within": chance.randint(1, 9)}, *hidden]
        self._secret.shuffle(levels)
        return {
            "audiences": self._references("audiences", chance),
            "metrics": self._references("metrics", chance),
            "service_levels": levels,
            "effort_hours": self._secret.randint(1, 99),
            "restricted": [{"keys": ["effort_hours"], "visible_to": ["sponsors"]}],
        }

    def _references(self, kind: str, chance: Random) -> list[str]:
        """A reference to an item that is shown, between some to hidden ones."""
        found = chance.sample(self._present(kind, secret=False), 1)
        hidden = self._present(kind, secret=True)
        for name in self._secret.sample(hidden, self._secret.randint(0, min(2, len(hidden)))):
            found.insert(self._secret.randint(0, len(found)), name)
        return found

    def _prose(self, chance: Random) -> str:
        """A text that can have a link to a hidden service, which becomes plain words."""
        hidden, text = self._present("services", secret=True), f"{_words(chance)}."
        has_link = chance.random() < 1 / 2
        return f"{text} See [this](services/{self._secret.choice(hidden)})." if hidden and has_link else text


def _words(chance: Random) -> str:
    return " ".join(chance.choice(_WORDS) for _ in range(chance.randint(1, 3))) + f" {chance.randint(1, 99)}"
