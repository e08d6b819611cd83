"""Cache of compiled templates that are given as text.

Most pages of docs/ are the same in every version, but mkdocs-macros compiles each one again. Jinja's bytecode
cache only works for templates from files.
"""

from __future__ import annotations

from collections.abc import Callable
from types import CodeType
from typing import Any, Protocol

from jinja2 import Environment

from charterbook.site.mkdocs_compat.registry import is_on


class CodeCache(Protocol):
    """Cache of compiled templates by their text."""

    def code(self, options: str, source: str, compile_source: Callable[[str], CodeType]) -> CodeType: ...


def install(env: Environment, cache: CodeCache) -> None:
    """Compile texts through the cache in an environment."""
    if not is_on("text-templates"):
        return
    compile_source: Callable[..., CodeType] = env.compile
    options_of_env = repr((env.block_start_string, env.variable_start_string, env.comment_start_string))

    def compile_once(source: str, *file: Any, **options: Any) -> CodeType:
        if file or options:
            return compile_source(source, *file, **options)
        return cache.code(options_of_env, source, compile_source)

    env.compile = compile_once  # type: ignore[method-assign, assignment]
