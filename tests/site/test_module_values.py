"""Values in an author's modules are those from before the first event; the modules and their collections stay the same."""

from __future__ import annotations

import importlib
import os
import sys
from collections import Counter, deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from charterbook.site.pipeline import module_values

MODULE = """\
from collections import Counter, defaultdict, deque

number, text, nothing = 1, "a", None
names, seen, queue = ["a"], {"a"}, deque(["a"])
counted, by_name = Counter("aab"), defaultdict(list, a=["a"])
tree = {"a": {"b": ["c"]}}
names_too = names
tree["itself"] = tree
other = object()


class Own:
    number = 1
    names = names
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A module of a handbook, noted."""
    (tmp_path / "own_values.py").write_text(MODULE, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    module = importlib.import_module("own_values")
    module_values.note()
    yield module
    del sys.modules["own_values"]
    module_values.note()


def test_values_are_restored(own: Any) -> None:
    """Of all kinds, also if they were replaced, and in one another."""
    names, other = own.names, object()
    own.number, own.text, own.nothing, own.other, own.Own.number = 2, "b", "c", other, 2
    own.names_too.append("b")
    own.names = []
    own.seen.add("b")
    own.queue.clear()
    own.counted.update("ab")
    own.by_name["b"].append("b")
    own.by_name["a"].append("b")
    own.tree["a"]["b"] = []
    module_values.restore()
    assert (own.number, own.text, own.nothing, own.Own.number) == (1, "a", None, 1)
    assert own.names is own.names_too is own.Own.names is names
    assert (names, own.seen, own.queue) == (["a"], {"a"}, deque(["a"]))
    assert (own.counted, own.by_name) == (Counter("aab"), {"a": ["a"]})
    assert (own.tree["a"], own.tree["itself"]) == ({"b": ["c"]}, own.tree)
    assert own.other is other


def test_the_environment_is_restored(own: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Variables that a hook sets, changes and removes."""
    monkeypatch.setenv("OWN_CHANGED", "a")
    monkeypatch.setenv("OWN_REMOVED", "b")
    module_values.note()
    monkeypatch.setenv("OWN_CHANGED", "aa")
    monkeypatch.setenv("OWN_SET", "c")
    monkeypatch.delenv("OWN_REMOVED")
    module_values.restore()
    found = [os.environ.get(name) for name in ("OWN_CHANGED", "OWN_REMOVED", "OWN_SET")]
    assert found == ["a", "b", None]
