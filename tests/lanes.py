"""Marks tests by what they need, so that shorter runs can leave some out.

- `browser`: opens pages in Chromium
- `build`: builds a site, installs something, or runs a program of npm; where this file cannot see it, a test says so
- `slow`: repeats a shorter test with more examples; left out unless `-m` names it

Files with tests of the first two kinds come first: they take long, and the many short ones after them keep all
processes at work until the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

#: What builds a site or starts a program of npm, by module and name: who has one of these in a module, uses it.
_BUILDERS = frozenset(
    {
        ("tests.site.handbooks", "Handbook"),
        ("tests.site.once", "build_once"),
        ("tests.site.press", "begin"),
        ("tests.site.press", "press"),
        ("tests.site.namespaces", "start"),
        ("tests.site_checks.html", "html_problems"),
        ("tests.workflows", "Forge"),
    }
)
_LANES = ("browser", "build")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what builds and what opens pages, leave out what is slow, and put long files first."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
        if any(map(_builds, _namespaces(item))):
            item.add_marker(pytest.mark.build)
    if "slow" not in config.option.markexpr:
        left_out = [item for item in items if item.get_closest_marker("slow")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
    lanes = _lanes_of_files(items)
    items.sort(key=lambda item: lanes[item.path])


def _namespaces(item: pytest.Item) -> Iterator[dict[str, Any]]:
    """The names that a test and its fixtures see."""
    yield getattr(getattr(item, "module", None), "__dict__", {})
    info = getattr(item, "_fixtureinfo", None)
    for definitions in getattr(info, "name2fixturedefs", {}).values():
        for definition in definitions:
            yield getattr(definition.func, "__globals__", {})


def _builds(names: dict[str, Any]) -> bool:
    """Whether one of the names is something that builds."""
    found = (
        (getattr(value, "__module__", None), getattr(value, "__name__", None)) for value in names.values()
    )
    return not _BUILDERS.isdisjoint(found)


def _lanes_of_files(items: list[pytest.Item]) -> dict[Path, int]:
    """The place of each file in the order: of the first lane that one of its tests is in."""
    lanes: dict[Path, int] = {}
    for item in items:
        marks = [index for index, lane in enumerate(_LANES) if item.get_closest_marker(lane)]
        lanes[item.path] = min([lanes.get(item.path, len(_LANES)), *marks])
    return lanes
