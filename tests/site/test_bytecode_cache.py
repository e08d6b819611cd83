"""Cache of compiled templates for all builds."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from charterbook.site.render.bytecode_cache import TemplateCache
from tests.test_file_store import DAMAGES


def environment(shared: TemplateCache, source: str) -> Environment:
    """A fresh environment, as MkDocs makes one for every build."""
    return Environment(loader=DictLoader({"page.html": source}), bytecode_cache=shared, autoescape=True)


def test_a_template_is_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second environment compiles nothing."""
    shared = TemplateCache()
    assert environment(shared, "{{ word }}!").get_template("page.html").render(word="a") == "a!"
    monkeypatch.setattr(Environment, "compile", None)
    assert environment(shared, "{{ word }}!").get_template("page.html").render(word="b") == "b!"


def test_another_content_is_another_template() -> None:
    """As when an override is edited while the handbook is served."""
    shared = TemplateCache()
    environment(shared, "old").get_template("page.html")
    assert environment(shared, "new").get_template("page.html").render() == "new"


@pytest.fixture(autouse=True)
def keeping(monkeypatch: pytest.MonkeyPatch) -> None:
    """Allow Python to store bytecode."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


def kept(path: Path, source: str = "{{ word }}!") -> TemplateCache:
    """Bytecode cache of templates, in memory and on disk."""
    shared = TemplateCache()
    environment(shared, source).get_template("page.html")
    shared.save(path)
    return shared


def compiles_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether a process that starts with a file has the template already."""
    shared = TemplateCache()
    shared.load(path)
    compiled = list[str]()
    compile_anew = Environment.compile

    def counted(self: Environment, source: str, *others: object, **options: object) -> object:
        compiled.append(source)
        return compile_anew(self, source, *others, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Environment, "compile", counted)
    assert environment(shared, "{{ word }}!").get_template("page.html").render(word="a") == "a!"
    return not compiled


def test_another_process_compiles_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The stored bytecode is loaded."""
    kept(tmp_path / "templates")
    assert compiles_nothing(tmp_path / "templates", monkeypatch)


@pytest.mark.parametrize("damage", DAMAGES)
def test_altered_bytecode_is_never_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: Callable[[Path], object]
) -> None:
    """Damaged bytecode is recompiled, and can be stored again."""
    path = tmp_path / "kept" / "templates"
    kept(path)
    damage(path)
    assert not compiles_nothing(path, monkeypatch)
    kept(path)
    assert compiles_nothing(path, monkeypatch)
