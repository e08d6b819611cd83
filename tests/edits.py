"""Random edits of charters: of single values, of wording, of order, and compound changes.

Each edits plain data in place, and returns the edit if a test needs it.
"""

from __future__ import annotations

import copy
import unicodedata
from collections.abc import Set
from dataclasses import dataclass
from random import Random
from typing import Any, NamedTuple

from charterbook.charter import ITEM_LISTS, Charter
from charterbook.charter.base import Item, Part
from charterbook.charter.model_shape import Shape, shapes
from charterbook.compare.lookup import value_at
from charterbook.diff import plain
from charterbook.identity import path_of
from tests.generated import FIXED, Maker

Data = dict[str, Any]

#: Parent section of the items of each kind, if it is not the top level.
HOLDERS = {kind: path_of(kind)[0] for kind in ITEM_LISTS if len(path_of(kind)) > 1}

#: Conversions of time units: the smaller unit, and the factor.
CONVERTED = {"days": ("hours", 24), "weeks": ("days", 7), "hours": ("minutes", 60)}


def made(chance: Random) -> Data:
    """The plain data of a charter without former ids."""
    data = copy.deepcopy(plain(Charter.model_validate(Maker(chance).part(Charter))))
    for place in places(data):
        if place.key == "was":
            place.holder["was"] = []
    data["groups"] = list({group["id"]: group for group in data["groups"]}.values())
    return data


def charter(data: Data) -> Charter:
    """Parsed charter of the data."""
    return Charter.model_validate(copy.deepcopy(data))


class Place(NamedTuple):
    """A value: its parent mapping, its key, its shape, and the path of its item or section."""

    holder: Data
    key: str
    shape: Shape
    part: type[Part]
    item: tuple[str, ...]


def places(data: Data) -> list[Place]:
    """All values of a charter, outer ones first."""
    found: list[Place] = []
    _add_places(found, data, Charter, ())
    return found


def _add_places(found: list[Place], data: Data, part: type[Part], item: tuple[str, ...]) -> None:
    for key, shape in shapes(part).items():
        if key not in data:
            continue
        inside = item if len(item) > 1 else (*item, key)
        found.append(Place(data, key, shape, part, inside))
        if shape.part and shape.is_list:
            is_item = issubclass(shape.part, Item)
            for element in data[key]:
                _add_places(found, element, shape.part, (*inside, element["id"]) if is_item else inside)
        elif shape.part:
            _add_places(found, data[key], shape.part, inside)


def items(data: Data, kind: str) -> list[Data]:
    """The items of a kind in the data."""
    holder = data.get(HOLDERS[kind], {}) if kind in HOLDERS else data
    found: list[Data] = holder.get(kind, [])
    return found


def change_value(chance: Random, data: Data) -> Place:
    """Change or remove one random value."""
    able = [
        place for place in places(data) if not place.shape.part and place.key not in ("id", "was", "schema")
    ]
    place = chance.choice(able)
    change_place(chance, place)
    return place


def change_place(chance: Random, place: Place) -> None:
    """Change or remove the value at a place."""
    field = next(f for name, f in place.part.model_fields.items() if (f.alias or name) == place.key)
    if not field.is_required() and field.default is None and chance.random() < 0.3:
        del place.holder[place.key]
    else:
        place.holder[place.key] = Maker(chance).value(place.shape)


#: Numbers that rounding would make one, small enough for a share.
_CLOSE = (99.9995, 99.9996, 100.0, 0.0004, 0.0005, 33.3333, 33.33333)


def with_close_numbers(chance: Random, data: Data) -> Data:
    """The same data, with other numbers in some places; each is close to another one."""
    for place in places(data):
        if place.shape.kind == "number" and not place.shape.is_list and chance.random() < 0.5:
            place.holder[place.key] = chance.choice(_CLOSE)
    return data


def take_over(data: Data, other: Data, path: tuple[str, ...]) -> None:
    """Copy an item or a section from another charter."""
    *above, last = path
    into, source = value_at(data, above), value_at(other, above)
    if isinstance(into, list) and not all("id" in one for one in into):
        into[:] = source
    elif isinstance(into, list):
        into[:] = [
            next(one for one in source if one["id"] == last) if item["id"] == last else item for item in into
        ]
    elif last in source:
        into[last] = source[last]
    else:
        into.pop(last, None)


def reword(chance: Random, data: Data) -> None:
    """Change capitals, punctuation, spaces or Unicode forms in some texts; units and formulas change only invisibly."""
    able = [
        place for place in places(data) if place.shape.kind in ("text", "line") and place.key not in FIXED
    ]
    for place in chance.sample(able, min(4, len(able))):
        exact = place.key in ("unit", "formula")
        value = place.holder[place.key]
        ways = _UNSEEN if exact or place.shape.refers else _UNSEEN + _SEEN
        way = chance.choice(ways)
        several = place.shape.is_list
        place.holder[place.key] = [way(one) for one in value] if several else way(value)


def _spaced(text: str) -> str:
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def _zero_width(text: str) -> str:
    return text[:1] + "\N{ZERO WIDTH SPACE}" + text[1:]


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def _trailing(text: str) -> str:
    return text + " "


def _ended(text: str) -> str:
    return text.rstrip(".") + ("" if text.endswith(".") else ".")


def _quoted(text: str) -> str:
    return f"“{text}”"


_UNSEEN = [_spaced, _zero_width, _decomposed, _trailing]
_SEEN = [str.upper, str.lower, _ended, _quoted]


def shuffle(chance: Random, data: Data) -> None:
    """Shuffle items and service levels."""
    for place in places(data):
        if place.shape.part and place.shape.is_list:
            chance.shuffle(place.holder[place.key])


def convert(chance: Random, data: Data) -> None:
    """Convert a duration to another unit; the data must have one with a convertible unit."""
    unit, (other, factor) = chance.choice(list(CONVERTED.items()))
    able = [place.holder for place in places(data) if place.key == "within" and place.holder["unit"] == unit]
    holder = chance.choice(able)
    holder |= {"unit": other, "within": holder["within"] * factor}


def promise(data: Data) -> None:
    """Add a service with a service level in each convertible unit of time."""
    data["services"][0]["service_levels"] = [
        {"request": f"In {unit}", "within": 2.5, "unit": unit} for unit in CONVERTED
    ]


@dataclass(frozen=True)
class Compound:
    """A merge, a split, a rename or a move: former items by kind and id, with the kinds and ids of their successors."""

    what: str
    successors: dict[tuple[str, str], tuple[tuple[str, str], ...]]

    def ids(self, kind: str, id_: str) -> list[str]:
        """Successor ids of an id."""
        return [successor for _, successor in self.successors.get((kind, id_), ((kind, id_),))]


def compound(chance: Random, data: Data, *whats: str) -> Compound:
    """A merge, a split, a rename or a move between lists, or one of these."""
    kinds = [kind for kind in ITEM_LISTS if items(data, kind)]
    ways = [_WAYS[what] for what in whats or _WAYS]
    done = None
    while done is None:
        done = chance.choice(ways)(chance, data, chance.choice(kinds))
    refer_to_successors(data, done)
    return done


def refer_to_successors(data: Data, done: Compound) -> None:
    """Redirect references from a former item to its successors."""
    known = {(kind, item["id"]) for kind in ITEM_LISTS for item in items(data, kind)} | done.successors.keys()
    for place in places(data):
        if place.shape.refers:
            kinds, value = place.shape.refers.kinds, place.holder[place.key]
            if isinstance(value, list):
                new = [id_ for one in value for id_ in _successors(one, kinds, known, done)]
                place.holder[place.key] = value if new == value else list(dict.fromkeys(new))
            else:
                place.holder[place.key] = _successors(value, kinds, known, done)[0]


def _successors(name: str, kinds: tuple[str, ...], known: Set[tuple[str, str]], done: Compound) -> list[str]:
    """Successor ids of a referenced item, which is of the first kind with an item of this id."""
    kind = next((kind for kind in kinds if (kind, name) in known), None)
    return [name] if kind is None else done.ids(kind, name)


def _merge(chance: Random, data: Data, kind: str) -> Compound | None:
    found = items(data, kind)
    if len(found) < 2:
        return None
    one, other = chance.sample(found, 2)
    found.remove(other)
    former, keeps = one["id"], chance.random() < 0.5
    one["was"] = [other["id"]] if keeps else [former, other["id"]]
    one["id"] = former if keeps else "merged"
    successor = ((kind, one["id"]),)
    return Compound("merge", {(kind, former): successor, (kind, other["id"]): successor})


def _split(chance: Random, data: Data, kind: str) -> Compound | None:
    found = items(data, kind)
    one = chance.choice(found)
    other = copy.deepcopy(one) | {"id": "half", "was": [one["id"]]}
    found.insert(chance.randrange(len(found) + 1), other)
    former = one["id"]
    if chance.random() < 0.5:
        one |= {"id": "other-half", "was": [former]}
    return Compound("split", {(kind, former): ((kind, one["id"]), (kind, "half"))})


def _rename(chance: Random, data: Data, kind: str) -> Compound | None:
    one = chance.choice(items(data, kind))
    former = one["id"]
    one |= {"id": "renamed", "was": [former]}
    return Compound("rename", {(kind, former): ((kind, "renamed"),)})


def _move(chance: Random, data: Data, kind: str) -> Compound | None:
    here, there = chance.sample(["out", "later"], 2)
    ids = {item["id"] for item in items(data, there)}
    able = [item for item in items(data, here) if item["id"] not in ids]
    if not able:
        return None
    one = chance.choice(able)
    items(data, here).remove(one)
    data["scope"].setdefault(there, []).append(one)
    return Compound("move", {(here, one["id"]): ((there, one["id"]),)})


_WAYS = {"merge": _merge, "split": _split, "rename": _rename, "move": _move}
