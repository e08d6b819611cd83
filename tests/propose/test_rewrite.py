"""Edits of a charter's text in place: properties that hold for any charter in any style."""

from __future__ import annotations

import copy
import random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from charterbook.load.syntax_tree import tree
from charterbook.propose.list_edits import same
from charterbook.propose.patched_data import _with_identity
from charterbook.propose.rewrite import rewrite
from tests.generated import CHANCE, charters, examples
from tests.propose.styled_charters import CharterWriter, outside, read, scalars

#: Values that are ambiguous without quotes, or that need escapes.
TEXTS = (
    "no", "1:30", "2026", "2026-01-31", "a # b", "a: b", "- x", "", "'", '"', "\\", "{a}", "[a", "a, b", "~",
    "null", "1e3", "0x1F", "@x", "%x", "&a", "*a", "!a", "?", "? a", "a:", "#", "|", ">", "Жизнь", "a\tb", " a", "a ",
    "one\ntwo", "one\n\ntwo\n", "\nfirst", "one\n  two", "x" * 150, "word " * 40 + "end", "😀", "a\u00a0b", "---", "...",
)  # fmt: skip

#: Without shrinking, which takes minutes: a failing charter is readable without it.
random_charters = settings(
    max_examples=examples(25),
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


def plain_data(charter: Any) -> dict[str, Any]:
    """A charter's data as written in a file."""
    return charter.model_dump(by_alias=True, exclude_defaults=True)  # type: ignore[no-any-return]


@pytest.mark.long
@random_charters
@given(charters(), CHANCE)
def test_values_change_and_all_else_stays(charter: Any, chance: random.Random) -> None:
    """For any new texts, not a byte differs outside of these values."""
    text = CharterWriter(chance).charter(plain_data(charter))
    data = _with_identity(read(text))
    paths = list(scalars(tree(text)))
    chosen = chance.sample(paths, min(len(paths), chance.randint(1, 4)))
    for path in chosen:
        _put(data, path, chance.choice(TEXTS))
    changed = rewrite(text, data)
    assert same(read(changed), data)
    assert outside(changed, set(chosen)) == outside(text, set(chosen))


def _put(data: Any, path: tuple[str | int, ...], value: Any) -> None:
    for step in path[:-1]:
        data = data[step]
    data[path[-1]] = value


@pytest.mark.long
@random_charters
@given(charters(), charters(), CHANCE)
def test_any_charter_becomes_any_other(old: Any, new: Any, chance: random.Random) -> None:
    """For any difference between the two."""
    text = CharterWriter(chance).charter(plain_data(old))
    data = plain_data(new)
    assert same(read(rewrite(text, data)), data)


@pytest.mark.long
@random_charters
@given(charters(), CHANCE)
def test_removals_leave_the_rest_unchanged(charter: Any, chance: random.Random) -> None:
    """Remaining lines keep their order; comments above an item stay."""
    writer = CharterWriter(chance, brackets=False)
    text = writer.charter(plain_data(charter))
    data = _with_identity(read(text))
    holders = [value for value in data.values() if isinstance(value, list) and len(value) > 1]
    for holder in holders:
        del holder[chance.randrange(len(holder))]
    changed = rewrite(text, data)
    assert same(read(changed), data)
    rest = iter(text.splitlines())
    assert all(line in rest for line in changed.splitlines())


@pytest.mark.long
@random_charters
@given(charters(), CHANCE)
def test_insertions_leave_the_rest_unchanged(charter: Any, chance: random.Random) -> None:
    """All former lines remain, in their order."""
    written = plain_data(charter)
    for service in written["services"]:
        service.pop("motion", None)
    text = CharterWriter(chance, brackets=False).charter(written)
    data = _with_identity(read(text))
    for value in data.values():
        if isinstance(value, list) and value and isinstance(value[0], dict) and chance.random() < 0.5:
            fresh = copy.deepcopy(dict(value[0])) | {"id": "fresh"}
            value.insert(chance.randint(0, len(value)), fresh)
    data["services"][0]["motion"] = "a: b"
    data.setdefault("change_note", "one\ntwo")
    changed = rewrite(text, data)
    assert same(read(changed), data)
    rest = iter(changed.splitlines())
    assert all(line in rest for line in text.splitlines())


@pytest.mark.long
@random_charters
@given(charters(), CHANCE)
def test_another_order_keeps_every_line(charter: Any, chance: random.Random) -> None:
    """Items move with the comments directly above them, and nothing is lost."""
    text = CharterWriter(chance, brackets=False).charter(plain_data(charter))
    data = _with_identity(read(text))
    for value in data.values():
        if isinstance(value, list):
            chance.shuffle(value)
    changed = rewrite(text, data)
    assert same(read(changed), data)
    assert sorted(filter(str.strip, changed.splitlines())) == sorted(filter(str.strip, text.splitlines()))
