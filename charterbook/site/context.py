"""Jinja with a shorter way to macros, functions and globals.

Jinja asks of whatever a template calls, and once more of its `__call__`, whether it wants the context, and asks by
exceptions. For macros and for functions, most of what templates call, the answer is known; half of the time of a
short macro is saved. And it copies the globals, for each template that is rendered or included, out of two mappings
that stand one before the other: that takes five times as long as from one.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, MutableMapping
from types import FunctionType, MethodType
from typing import Any

from jinja2 import Environment, runtime


class Once:
    """Called by templates for what need not be made again."""

    def __init__(self) -> None:
        self._made: dict[Hashable, Any] = {}

    def __call__(self, key: Hashable, make: Callable[..., Any], *arguments: Any) -> Any:
        """What `make` says of these arguments, the first time that this key is asked for."""
        if key not in self._made:
            self._made[key] = make(*arguments)
        return self._made[key]


class Context(runtime.Context):
    """As Jinja's in all that it does."""

    def call(self, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call what a template calls."""
        kind = type(obj)
        if kind is runtime.Macro:
            args = (self.eval_ctx, *args)
        elif (kind is not FunctionType and kind is not MethodType) or hasattr(obj, "jinja_pass_arg"):
            return super().call(obj, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return obj(*args, **kwargs)


def lighten(env: Environment) -> None:
    """Have an environment's templates use such contexts, and keep all of them. Globals that are added later are those of templates loaded later."""

    def make_globals(own: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**env.globals, **(own or {})}

    env.context_class = Context
    env.cache = {}  # as with `cache_size=-1`: a mapping that forgets what was used long ago is slower
    env.make_globals = make_globals  # type: ignore[method-assign, assignment]
