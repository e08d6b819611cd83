"""Fast template calls, without inspection of signatures, and fast template lookup.

Jinja checks each called object, and again its `__call__`, for a context decorator, by means of exceptions. For macros
and functions, as in most calls, the result is known. For each template that is rendered or included, Jinja merges two
mappings of globals. One of them is empty, so a copy is enough, and five times as fast. It looks templates up in an
LRU cache.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from types import FunctionType, MethodType
from typing import Any

from jinja2 import Environment, runtime

from charterbook.site.mkdocs_compat.registry import is_on


class CallContext(runtime.Context):
    """Jinja's context with faster calls."""

    def call(self, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call an object for a template."""
        kind = type(obj)
        if kind is runtime.Macro:
            args = (self.eval_ctx, *args)
        elif (kind is not FunctionType and kind is not MethodType) or hasattr(obj, "jinja_pass_arg"):
            return super().call(obj, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        try:
            return obj(*args, **kwargs)
        except StopIteration:
            return self.environment.undefined(
                "value was undefined because a callable raised a StopIteration exception"
            )


def install(env: Environment) -> None:
    """Use this context class, uncopied globals, and an unlimited template cache in an environment."""
    if not is_on("jinja-calls"):
        return
    chain: Callable[[MutableMapping[str, Any] | None], MutableMapping[str, Any]] = env.make_globals

    def make_globals(own: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return chain(own) if own else env.globals

    env.context_class = CallContext
    env.make_globals = make_globals  # type: ignore[method-assign, assignment]
    env.cache = {}
