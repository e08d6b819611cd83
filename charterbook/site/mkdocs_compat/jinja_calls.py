"""Call macros and functions of templates without asking for their signature, and find templates at once.

Jinja asks of whatever a template calls, and once more of its `__call__`, whether it wants the context, and asks by
exceptions. For macros and for functions, most of what templates call, the answer is known. For each template that is
rendered or included it copies the globals out of two mappings, of which one is empty, in five times the time; and it
looks for the template in a cache that notes what was used last.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from types import FunctionType, MethodType
from typing import Any

from jinja2 import Environment, runtime

from charterbook.site.mkdocs_compat.registry import is_on


class CallContext(runtime.Context):
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
        try:
            return obj(*args, **kwargs)
        except StopIteration:
            return self.environment.undefined(
                "value was undefined because a callable raised a StopIteration exception"
            )


def install(env: Environment) -> None:
    """Have an environment's templates use such contexts and its globals as they are, and keep all templates."""
    if not is_on("jinja-calls"):
        return
    chain: Callable[[MutableMapping[str, Any] | None], MutableMapping[str, Any]] = env.make_globals

    def make_globals(own: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return chain(own) if own else env.globals

    env.context_class = CallContext
    env.make_globals = make_globals  # type: ignore[method-assign, assignment]
    env.cache = {}
