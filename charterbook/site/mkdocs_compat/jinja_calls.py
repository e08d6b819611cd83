"""Fast template calls, without inspection of signatures, and fast lookup of templates and attributes.

Jinja checks each called object, and again its `__call__`, for a context decorator, by means of exceptions. For macros
and functions, as in most calls, the result is known. For each template that is rendered or included, Jinja merges two
mappings of globals. One of them is empty, so a copy is enough, and five times as fast. It looks templates up in an
LRU cache. It escapes each text through two functions that look for HTML of other types. For each attribute in a
template, it calls a function of Python, some hundred thousand times for a site; templates compiled by `FastCode` call
the built-in `getattr` instead.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator, MutableMapping
from itertools import repeat
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any

from jinja2 import Environment, Template, nodes, pass_context, runtime
from jinja2.compiler import CodeGenerator, Frame, optimizeconst
from jinja2.utils import missing
from markupsafe import Markup, escape

from charterbook.site.memo import Memo
from charterbook.site.mkdocs_compat.registry import is_on

#: Types of objects that take no context unless they say so, and those that never do.
_FUNCTIONS = frozenset({FunctionType, MethodType})
_PLAIN = frozenset({BuiltinFunctionType, Memo, runtime.BlockReference})

#: What Jinja's decorator writes on functions that take the context.
_TAKES_CONTEXT = pass_context(lambda _: None).jinja_pass_arg  # type: ignore[attr-defined]

#: What a compiled template calls, as an attribute of its environment, for an object without the attribute.
_WITHOUT_ATTRIBUTE = "charterbook_item"

#: Escaped texts by text, and how many there can be.
_escaped: dict[str, Markup] = {}
_MOST_ESCAPED = 20_000

_new_text: Callable[[type[Markup], str], Markup] = str.__new__


class CallContext(runtime.Context):
    """Jinja's context with faster calls, and without a copy of the names of all globals."""

    def __init__(
        self,
        environment: Environment,
        parent: dict[str, Any],
        name: str | None,
        blocks: dict[str, Callable[[runtime.Context], Iterator[str]]],
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 (Jinja's name)
    ) -> None:
        super().__init__(environment, parent, name, blocks)
        if globals is not None:
            self.globals_keys = globals.keys()  # type: ignore[assignment]

    def call(self, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call an object for a template."""
        kind = type(obj)
        if kind is not runtime.Macro:
            if kind in _FUNCTIONS:
                wanted = getattr(obj, "jinja_pass_arg", None)
                if wanted is not None:
                    if wanted is not _TAKES_CONTEXT or kwargs.get("_loop_vars") or kwargs.get("_block_vars"):
                        return super().call(obj, *args, **kwargs)
                    args = (self, *args)
            elif kind not in _PLAIN:
                return super().call(obj, *args, **kwargs)
        if kwargs:
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
        try:
            if kind is not runtime.Macro:
                return obj(*args, **kwargs)
            absent = obj._argument_count - len(args)
            if kwargs or absent < 0 or obj.caller or obj.catch_kwargs or obj.catch_varargs:
                return obj(self.eval_ctx, *args, **kwargs)
            text = obj._func(*args, *repeat(missing, absent))
            return _as_markup(text) if self.eval_ctx.autoescape else text
        except StopIteration:
            return self.environment.undefined(
                "value was undefined because a callable raised a StopIteration exception"
            )


class FastCode(CodeGenerator):
    """Jinja's code generator with direct lookups of attributes."""

    @optimizeconst
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 (Jinja's name)
        """Write the lookup of an attribute, with variables for its owner and for what is found."""
        if self.environment.is_async or not hasattr(self.environment, _WITHOUT_ATTRIBUTE):
            super().visit_Getattr(node, frame)
            return
        otherwise = f"environment.{_WITHOUT_ATTRIBUTE}(environment, cb_owner, {node.attr!r})"
        self.write("(cb_found if (cb_found := getattr((cb_owner := ")
        self.visit(node.node, frame)
        self.write(f"), {node.attr!r}, missing)) is not missing else {otherwise})")


def install(env: Environment) -> None:
    """Use these classes, uncopied globals, and an unlimited template cache in an environment."""
    if not is_on("jinja-calls"):
        return
    chain: Callable[[MutableMapping[str, Any] | None], MutableMapping[str, Any]] = env.make_globals

    def make_globals(own: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return chain(own) if own else env.globals

    env.context_class = CallContext
    env.make_globals = make_globals  # type: ignore[method-assign, assignment]
    env.cache = {}
    _install_attributes(env)
    _install_lookup(env)


def _install_attributes(env: Environment) -> None:
    """Use this code generator, unless the environment looks attributes up in its own way."""
    is_plain = type(env).getattr is Environment.getattr and "getattr" not in vars(env)
    if not is_plain or env.code_generator_class is not CodeGenerator:
        return

    setattr(env, _WITHOUT_ATTRIBUTE, _item)
    env.code_generator_class = FastCode


def _item(env: Environment, owner: Any, name: str) -> Any:
    """The item of an object that lacks an attribute of this name, as Jinja looks it up."""
    try:
        return owner[name]
    except (TypeError, LookupError, AttributeError):
        return env.undefined(obj=owner, name=name)


def _install_lookup(env: Environment) -> None:
    """Find loaded templates by name without further calls, as Jinja's cache has them."""
    if type(env).join_path is not Environment.join_path or env.auto_reload:
        return
    find, reference = env.get_template, weakref.ref

    def get_template(
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 (Jinja's name)
    ) -> Template:
        if type(name) is str and not globals and env.cache is not None and env.loader is not None:
            known: Template | None = env.cache.get((reference(env.loader), name))
            if known is not None:
                return known
        return find(name, parent, globals)

    env.get_template = get_template  # type: ignore[method-assign]


def escape_faster(template: Template) -> Template:
    """Replace the functions by which a compiled template escapes texts: texts that repeat are escaped once."""
    if is_on("jinja-calls"):
        template.root_render_func.__globals__.update(escape=_escape, Markup=_as_markup)
    return template


def _escape(value: Any) -> Markup:
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return]
    if kind is not str:
        return escape(value)
    known = _escaped.get(value)
    if known is None:
        if len(_escaped) >= _MOST_ESCAPED:
            _escaped.clear()
        known = _escaped[value] = escape(value)
    return known


def _as_markup(value: Any = "") -> Markup:
    return _new_text(Markup, value) if type(value) is str else Markup(value)
