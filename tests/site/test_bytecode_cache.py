"""Cache of compiled templates for all builds."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, TemplateError

from charterbook.site.mkdocs_compat.text_templates import install
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


#: Changes of an environment, and a template that is compiled into something else by each.
CHANGES: dict[str, tuple[str, Callable[[Environment], object], str]] = {
    "filter": ("{{ 'a' | own }}", lambda env: env.filters.update(own=str.upper), "A"),
    "filter of Jinja replaced": ("{{ 'a' | upper }}", lambda env: env.filters.update(upper=lambda _: "own"), "own"),
    "filter block": ("{% filter own %}a{% endfilter %}", lambda env: env.filters.update(own=str.upper), "A"),
    "test": ("{{ 1 is not own }}", lambda env: env.tests.update(own=lambda _: False), "True"),
    "option": ("{% if 1 %}\na{% endif %}", lambda env: setattr(env, "trim_blocks", True), "a"),
    "marks": ("[[ 1 ]]", lambda env: setattr(env, "variable_start_string", "[["), "1"),
    "extension": ("{% do [].append(1) %}a", lambda env: env.add_extension("jinja2.ext.do"), "a"),
    "result": ("{{ 1 }}", lambda env: setattr(env, "finalize", lambda value: f"own {value}"), "own 1"),
    "policy": ("{{ 'abcdefghij' | truncate(8) }}", lambda env: env.policies.update({"truncate.leeway": 0}), "abcde..."),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_a_template_is_compiled_for_the_environment_that_renders_it(name: str) -> None:
    """Given as a file or as a text. Jinja applies filters and tests to constants while it compiles."""
    source, change, expected = CHANGES[name]
    shared = TemplateCache()
    for own in ({}, {"own": lambda _: "another"}):
        env = environment(shared, source)
        install(env, shared)
        env.filters.update(own)
        env.tests.update(own)
        for load in (env.get_template, lambda _, env=env: env.from_string(source)):
            with suppress(TemplateError):
                load("page.html").render()
    env = environment(shared, source)
    install(env, shared)
    change(env)
    if name == "marks":
        env.variable_end_string = "]]"
    assert env.get_template("page.html").render() == env.from_string(source).render() == expected


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
