"""Markers for tests by their requirements, so that shorter runs can skip some.

- `browser`: opens pages in Chromium
- `build`: builds a site, installs something, or runs a program of npm; if this file cannot see it,
  a test says so
- `long`: takes seconds, since it tries many inputs or formats, or starts processes; a test says so
- `slow`: repeats a shorter test with more examples; left out unless `-m` names it

Files with tests of the first two kinds come first: they take long, and the many short ones after them keep all
processes at work until the end.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

#: Functions that build a site or run an npm program, by module and name; modules that import one are marked.
_BUILDERS = frozenset(
    {
        ("tests.site.handbooks", "Handbook"),
        ("tests.site.built_pairs", "build_pair"),
        ("tests.site.shared_sites", "build_once"),
        ("tests.site.run_mkdocs", "begin"),
        ("tests.site.run_mkdocs", "run_mkdocs"),
        ("tests.site.namespaces", "start"),
        ("tests.site_checks.html", "html_problems"),
        ("tests.workflows", "Forge"),
    }
)
_LANES = ("browser", "build")


def pytest_collection_finish() -> None:
    """Exclude thousands of collected tests from every later garbage collection, and collect less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark tests that build or open pages, deselect slow ones, and order files by duration."""
    builds: dict[int, bool] = {}
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
        for names in _namespaces(item):
            if id(names) not in builds:
                builds[id(names)] = _builds(names)
        if any(builds[id(names)] for names in _namespaces(item)):
            item.add_marker(pytest.mark.build)
    if "slow" not in config.option.markexpr:
        left_out = [item for item in items if item.get_closest_marker("slow")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
    lanes = _lanes_of_files(items)
    items.sort(key=lambda item: lanes[item.path])


def _namespaces(item: pytest.Item) -> Iterator[dict[str, Any]]:
    """Global names of a test and its fixtures."""
    yield getattr(getattr(item, "module", None), "__dict__", {})
    info = getattr(item, "_fixtureinfo", None)
    for definitions in getattr(info, "name2fixturedefs", {}).values():
        for definition in definitions:
            yield getattr(definition.func, "__globals__", {})


def _builds(names: dict[str, Any]) -> bool:
    """Whether one of the names is a builder."""
    found = (
        (getattr(value, "__module__", None), getattr(value, "__name__", None)) for value in names.values()
    )
    return not _BUILDERS.isdisjoint(found)


def _lanes_of_files(items: list[pytest.Item]) -> dict[Path, int]:
    """Position of each file in the order: the first lane of any of its tests."""
    lanes: dict[Path, int] = {}
    for item in items:
        marks = [index for index, lane in enumerate(_LANES) if item.get_closest_marker(lane)]
        lanes[item.path] = min([lanes.get(item.path, len(_LANES)), *marks])
    return lanes
