"""Templates say the same with fast calls and lookups as with plain Jinja."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from jinja2 import (
    DictLoader,
    Environment,
    StrictUndefined,
    Template,
    Undefined,
    pass_context,
    pass_environment,
)
from jinja2.compiler import CodeGenerator
from jinja2.runtime import Context
from markupsafe import Markup

from charterbook.site.memo import Memo
from charterbook.site.mkdocs_compat import jinja_calls, text_templates


class Thing:
    """An object with attributes, an item, and a property that fails."""

    name = "<a name>"
    html = Markup("<b>safe</b>")

    def __init__(self) -> None:
        self.calls = 0

    @property
    def broken(self) -> str:
        raise AttributeError("broken")

    def __getitem__(self, key: str) -> str:
        return {"broken": "the item", "extra": "<extra>"}[key]

    def method(self, *values: object, **named: object) -> str:
        return f"{values} {named}"

    def __call__(self, value: object) -> str:
        return f"called with {value}"


@pass_context
def of_context(context: Context, name: str) -> Any:
    """A variable of the context, as the function sees it."""
    return context.get(name, "nothing")


@pass_environment
def of_environment(env: Environment, value: object) -> str:
    """A text from the environment."""
    return f"{env.autoescape} {value}"


def stops() -> object:
    """A function that ends with StopIteration."""
    return next(iter(()))


VALUES = {
    "thing": Thing(),
    "data": {"items": "an item", "key": "<value>", "none": None},
    "names": ["<one>", "two & three", "two & three", 4],
    "of_context": of_context,
    "of_environment": of_environment,
    "stops": stops,
    "once": Memo(),
    "upper": str.upper,
    "number": 3.5,
    "nothing": None,
}

FILES = {
    "macros.html": "{% macro shown(a, b='<b>', c=number) %}{{ a }}-{{ b }}-{{ c }}{% endmacro %}"
    "{% macro all(a) %}{{ a }} {{ varargs }} {{ kwargs }}{% endmacro %}"
    "{% macro around() %}[{{ caller('<x>') }}]{% endmacro %}"
    "{% macro own() %}{{ of_context('names') }} {{ own_value | default('none') }}{% endmacro %}",
    "part.html": "{{ thing.name }} {{ number }} {{ outer | default('no outer') }} {{ row | default('no row') }}",
    "base.html": "{% block title %}base {{ number }}{% endblock %}|{% block body %}{{ self.title() }}{% endblock %}",
}

TEMPLATES = [
    "{{ thing.name }} {{ thing.html }} {{ thing.extra }} {{ thing.broken }} {{ data.key }} {{ data.none }}",
    "{{ data.items }} {{ data['items'] }} {{ thing.missing is defined }} {{ data.missing | default('gone') }}",
    "{{ (thing.method(1, two=2)).upper() }} {{ thing(5) }} {{ 'abc'.upper() }} {{ 'a,b'.split(',').pop() }}",
    "{{ thing.name.upper().lower() }}{{ data.key.strip().title() }}{{ names.index(4) }}{{ names | map('string') | join }}",
    "{% for name in names %}{{ loop.index }}{{ loop.previtem.x if loop.previtem else '' }}{{ name }}{% endfor %}",
    "{% for name in names %}{% set row = name %}{{ of_context('row') }}{% include 'part.html' %}{% endfor %}",
    "{% set outer = 1 %}{{ of_context('outer') }}{% include 'part.html' %}{% include 'part.html' without context %}",
    "{% import 'macros.html' as m %}{{ m.shown(1) }}{{ m.shown(1, 2, 3) }}{{ m.shown(c=1, a='<') }}{{ m.shown() }}",
    "{% import 'macros.html' as m with context %}{{ m.own() }}{{ m.all(1, 2, x=3) }}{{ m.all() }}",
    "{% from 'macros.html' import around %}{% call(x) around() %}{{ x }} {{ thing.name }}{% endcall %}",
    "{% macro nested(a) %}{% macro inner(b) %}{{ a.name }}{{ b }}{% endmacro %}{{ inner('<') }}{% endmacro %}{{ nested(thing) }}",
    "{% extends 'base.html' %}{% block title %}{{ super() }} own{% endblock %}",
    "{{ stops() is defined }} {{ of_environment(1) }} {{ upper('x') }} {{ once('k', upper, 'made') }}{{ once('k', upper, 'x') }}",
    "{{ 'literal' | escape }}{{ '<' ~ thing.name ~ thing.html }}{{ ('<' | safe) ~ '<' }}{{ number }}{{ nothing }}{{ [1, '<'] }}",
    "{% set x = thing.name if thing.extra else data.key %}{{ x }}{{ {'a': thing.name, 'b': data.key}.a }}",
    "{% filter upper %}{{ thing.name }}{% endfilter %}{% set block %}<i>{{ data.key }}</i>{% endset %}{{ block }}",
    "{% autoescape false %}{{ thing.name }}{% endautoescape %}{% autoescape true %}{{ thing.name }}{% endautoescape %}",
    "{{ thing.name[0].upper() }}{{ names[1].replace('&', thing.name) }}{{ (thing.extra, data.key)[1].upper() }}",
    "{{ data.missing }}",
    "{{ data.missing.more }}",
    "{{ nothing.more }}",
    "{{ thing.method(data.missing) }}",
    "{% import 'macros.html' as m %}{{ m.shown(1, 2, 3, 4) }}",
    "{% import 'macros.html' as m %}{{ m.shown(d=4) }}",
    "{% import 'macros.html' as m %}{{ m.absent(1) }}",
    "{{ nothing() }}",
    "{% include 'absent.html' %}",
    "{% include ['absent.html', 'part.html'] %}{% include 'absent.html' ignore missing %}",
]


def env_with(undefined: type[Undefined], *, fast: bool, autoescape: bool = True) -> Environment:
    """An environment with these files, with the patch or as Jinja has it."""
    env = Environment(
        loader=DictLoader(FILES),
        autoescape=autoescape,  # noqa: S701 (as in Material's templates)
        undefined=undefined,
        extensions=["jinja2.ext.i18n"],
    )
    env.auto_reload = False
    if fast:
        jinja_calls.install(env)
    env.globals["number"] = 7
    return env


def shown(env: Environment, template: str, *, fast: bool = True) -> str:
    """What a template gives twice in a row, or its error."""
    try:
        compiled = env.from_string(template)
        if fast:
            jinja_calls.escape_faster(compiled)
        return f"{compiled.render(VALUES)}\n{compiled.render(VALUES)}"
    except Exception as error:  # noqa: BLE001 (the error is what is compared)
        return f"{type(error).__name__}: {error}"


@pytest.mark.parametrize("undefined", [Undefined, StrictUndefined])
@pytest.mark.parametrize("autoescape", [True, False])
@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_says_the_same(template: str, *, autoescape: bool, undefined: type[Undefined]) -> None:
    """Also its error, if it has one."""
    plain = env_with(undefined, fast=False, autoescape=autoescape)
    expected = shown(plain, template, fast=False)
    assert shown(env_with(undefined, fast=True, autoescape=autoescape), template) == expected


def test_an_environment_with_its_own_lookup_keeps_it() -> None:
    """Of attributes, of templates, and of code."""

    class Own(Environment):
        def getattr(self, obj: Any, attribute: str) -> Any:
            return f"own {attribute}"

        def join_path(self, template: str, parent: str) -> str:
            return "part.html" if parent == "start.html" else template

    class OwnCode(CodeGenerator):
        pass

    env = Own(loader=DictLoader({"start.html": "{{ x.y }}{% include 'any' %}", "part.html": " part"}))
    env.auto_reload = False
    jinja_calls.install(env)
    assert env.get_template("start.html").render(x=1) == "own y part"
    other = Environment()  # noqa: S701 (renders nothing)
    other.code_generator_class = OwnCode
    jinja_calls.install(other)
    assert other.code_generator_class is OwnCode


def test_a_loader_that_is_replaced_is_used() -> None:
    """And globals of one template do not become those of another."""
    env = env_with(Undefined, fast=True)
    assert env.get_template("part.html") is env.get_template("part.html", "base.html")
    env.loader = DictLoader({"part.html": "another"})
    assert env.get_template("part.html").render() == "another"
    assert env.get_template("part.html", None, {"number": 8}).globals["number"] == 8
    assert env.get_template(name="part.html", globals={"number": 9}).globals["number"] == 9


def test_an_overlay_has_its_own_undefined() -> None:
    """A plugin can make an environment from another one with other options."""
    overlay = env_with(Undefined, fast=True).overlay(undefined=StrictUndefined)
    assert shown(overlay, "{{ data.missing }}").startswith("UndefinedError")


def test_texts_are_escaped_once_and_no_more() -> None:
    """Also those of other types, which say themselves what they are in HTML."""

    class Text(str):
        def __html__(self) -> str:
            return f"[{self}]"

    env = env_with(Undefined, fast=True)
    template: Template = jinja_calls.escape_faster(env.from_string("{{ a }}{{ a }}{{ a | e }}{{ a ~ '<' }}"))
    for value, expected in (
        ("<", "&lt;&lt;&lt;&lt;&lt;"),
        (Markup("<"), "<<<<&lt;"),
        (Text("<"), "[<][<][<][<]&lt;"),
    ):
        assert template.render(a=value) == expected


OPTIONS = """\
from jinja2 import Environment
from charterbook.site.mkdocs_compat import jinja_calls, text_templates
from charterbook.site.render import charter_text
env = Environment()
charter_text.install(env)
jinja_calls.install(env)
print(text_templates.compile_options(env, "{{ page }}"))
"""


def test_compiled_templates_are_found_again_by_another_process() -> None:
    """Their options, and the functions among them, have the same description there."""

    def described() -> Iterator[str]:
        for _ in range(2):
            done = subprocess.run([sys.executable, "-c", OPTIONS], capture_output=True, text=True, check=True)
            yield done.stdout

    first, second = described()
    assert first == second
    assert "_dumps" in first
    assert " at 0x" not in first


def test_templates_compiled_by_a_plugin_are_not_cached() -> None:
    """Nor those with a policy of a plugin's: both can compile a template in another way the next time."""
    env = Environment()  # noqa: S701 (renders nothing)
    assert text_templates.compile_options(env, "{{ page }}") is not None
    env.policies["own"] = {"a set", "cannot be hashed"}
    assert text_templates.compile_options(env, "{{ page }}") is not None
    env.policies["json.dumps_function"] = lambda value, **_: str(value)
    assert text_templates.compile_options(env, "{{ page }}") is None
    env.policies["json.dumps_function"] = None
    env.code_generator_class = type("Own", (CodeGenerator,), {"__module__": "plugin"})
    assert text_templates.compile_options(env, "{{ page }}") is None
