"""Cache of compiled templates that are given as text, and what compiled templates depend on beside their text.

Most pages of docs/ are the same in every version, but mkdocs-macros compiles each one again. Jinja's bytecode
cache only works for templates from files.

Jinja applies filters and tests to constants while it compiles a template. So a template with a filter of an author or
of a plugin is compiled for each build: the filter can return something else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator
from functools import lru_cache
from types import CodeType
from typing import Any, Protocol

from jinja2 import Environment
from jinja2.filters import FILTERS
from jinja2.tests import TESTS

from charterbook.site.known_plugins import is_from
from charterbook.site.mkdocs_compat.registry import is_on

#: Packages whose filters and tests return the same for the same constants, or are never applied to constants.
_KNOWN = frozenset({"charterbook", "mkdocs"})
_EXTENSIONS = "jinja2.ext."
#: Packages whose code generators write the same code for the same template.
_COMPILERS = frozenset({"charterbook", "jinja2"})

#: The name of a filter or test in a template.
_USED = re.compile(r"(?:\||\bfilter\b|\bis\b(?:\s+not\b)?)\s*([\w.]+)")
_OPTIONS = (
    "block_start_string",
    "block_end_string",
    "variable_start_string",
    "variable_end_string",
    "comment_start_string",
    "comment_end_string",
    "line_statement_prefix",
    "line_comment_prefix",
    "trim_blocks",
    "lstrip_blocks",
    "newline_sequence",
    "keep_trailing_newline",
    "optimized",
    "autoescape",
    "finalize",
)


class CodeCache(Protocol):
    """Cache of compiled templates by their text."""

    def code(self, options: str, source: str, compile_source: Callable[[str], CodeType]) -> CodeType: ...


def install(env: Environment, cache: CodeCache) -> None:
    """Compile texts through the cache in an environment."""
    if not is_on("text-templates"):
        return
    compile_source: Callable[..., CodeType] = env.compile

    def compile_once(source: str, *file: Any, **options: Any) -> CodeType:
        known = None if file or options else compile_options(env, source)
        if known is None:
            return compile_source(source, *file, **options)
        return cache.code(known, source, compile_source)

    env.compile = compile_once  # type: ignore[method-assign, assignment]


def compile_options(env: Environment, source: str) -> str | None:
    """The options on which the compiled form of a template depends; None if it depends on code outside these libraries."""
    options = tuple(getattr(env, name) for name in _OPTIONS)
    extensions = tuple(sorted(env.extensions))
    policies = tuple(map(_policy, env.policies.values()))
    is_foreign = (
        any(map(callable, (*options, *policies)))
        or not all(name.startswith(_EXTENSIONS) for name in extensions)
        or not is_from(env.code_generator_class, _COMPILERS)
    )
    if is_foreign or any(True for _ in _own_names(env, source)):
        return None
    return _described(options, extensions, tuple(env.policies), policies, env.code_generator_class.__name__)


def _policy(value: Any) -> Any:
    """A policy as text, a function of these packages by its name, which is the same in every process; others as they are."""
    if callable(value):
        return f"{value.__module__}.{value.__qualname__}" if _is_known(value) else value
    return repr(value)


@lru_cache(maxsize=16)
def _described(*options: Hashable) -> str:
    """These options as text. Cached, since those of all pages are the same."""
    return repr(options)


def _own_names(env: Environment, source: str) -> Iterator[str]:
    """Names of filters and tests in a template that are neither Jinja's nor those of these packages."""
    used: set[str] = set()
    for functions, jinja in ((env.filters, FILTERS), (env.tests, TESTS)):
        for name, function in functions.items():
            if function is not jinja.get(name) and name in source and not _is_known(function):
                used = used or set(_USED.findall(source))
                if name in used:
                    yield name


def _is_known(function: Any) -> bool:
    return is_from(getattr(function, "func", function), _KNOWN)  # `func` of a partial
