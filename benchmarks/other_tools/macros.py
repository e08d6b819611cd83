"""Macros for the pages of a charter in mkdocs-macros: an item by its id, and any part of a charter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

#: Keys that are shown elsewhere on the page, or not at all.
_ELSEWHERE = ("id", "was", "name", "title")

#: Maximum length of a value on the same line as its name.
_SHORT = 40


def define_env(env: Any) -> None:
    """Entry point of mkdocs-macros."""
    text = Path(env.conf["config_file_path"]).with_name("charter.yml").read_text(encoding="utf-8")
    charter = yaml.load(text, yaml.CSafeLoader)
    env.variables.update(functions(charter))


def functions(charter: Mapping[str, Any]) -> dict[str, Any]:
    """Functions for pages."""
    return {"charter": charter, "item": _finder(charter), "show": show}


def _finder(charter: Mapping[str, Any]) -> Callable[[str, str], Any]:
    found = {(kind, item["id"]): item for kind, items in charter.items() for item in _items(items)}
    return lambda kind, name: found[kind, name]


def _items(value: Any) -> list[Any]:
    return (
        [item for item in value if isinstance(item, dict) and "id" in item] if isinstance(value, list) else []
    )


def show(part: Any, depth: int = 2) -> str:
    """A part of a charter as Markdown: a heading for each key, a heading for each item, lists as lists."""
    return "\n\n".join(_mapping_lines(part, depth))


def _mapping_lines(part: Any, depth: int) -> Iterator[str]:
    if isinstance(part, dict):
        for key, value in part.items():
            if key not in _ELSEWHERE:
                yield from _under_heading(key, value, depth)
    elif isinstance(part, list):
        yield from _list(part, depth)
    else:
        yield str(part)


def _under_heading(key: str, value: Any, depth: int) -> Iterator[str]:
    title = key.replace("_", " ").capitalize()
    if isinstance(value, dict | list) or len(str(value)) > _SHORT:
        yield f"{'#' * depth} {title}"
        yield from _mapping_lines(value, min(depth + 1, 6))
    else:
        yield f"**{title}:** {value}"


def _list(part: list[Any], depth: int) -> Iterator[str]:
    if not all(isinstance(value, dict) for value in part):
        yield "\n".join(f"- {value}".rstrip().replace("\n", "\n  ") for value in part)
        return
    for value in part:
        name = value.get("name") or value.get("term") or value.get("title")
        if name:
            yield f"{'#' * depth} {name}"
        yield from _mapping_lines(value, min(depth + 1, 6))
