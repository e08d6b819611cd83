"""Entries and listings of folders."""

from __future__ import annotations

import ast
import os
from pathlib import Path

from charterbook.folders import resolved_path

SOURCES = Path(__file__).parent.parent / "charterbook"


def test_a_path_without_links(tmp_path: Path) -> None:
    """Also of links in a circle, for which Path.resolve raises RuntimeError before Python 3.13."""
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    (tmp_path / "here").symlink_to(".")
    assert resolved_path(tmp_path / "here/here/new") == Path(os.path.realpath(tmp_path)) / "new"
    assert resolved_path(tmp_path / "a/inner").name == "inner"


def test_no_module_calls_path_resolve() -> None:
    """Such links can be in place of any file of a user."""
    calls = [
        f"{path.relative_to(SOURCES)}:{node.lineno}"
        for path in SOURCES.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "resolve"
        and not (node.args or node.keywords)
    ]
    assert calls == []
