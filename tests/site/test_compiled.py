"""Compiled templates that builds share."""

from __future__ import annotations

import pytest
from jinja2 import DictLoader, Environment

from charterbook.site.compiled import Compiled


def environment(shared: Compiled, source: str) -> Environment:
    """A fresh environment, as MkDocs makes one for every build."""
    return Environment(loader=DictLoader({"page.html": source}), bytecode_cache=shared, autoescape=True)


def test_a_template_is_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second environment compiles nothing."""
    shared = Compiled()
    assert environment(shared, "{{ word }}!").get_template("page.html").render(word="a") == "a!"
    monkeypatch.setattr(Environment, "compile", None)
    assert environment(shared, "{{ word }}!").get_template("page.html").render(word="b") == "b!"


def test_another_content_is_another_template() -> None:
    """As when an override is edited while the handbook is served."""
    shared = Compiled()
    environment(shared, "old").get_template("page.html")
    assert environment(shared, "new").get_template("page.html").render() == "new"
