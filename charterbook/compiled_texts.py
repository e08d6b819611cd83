"""What Python compiles from texts during imports, in one file beside its bytecode, for the command line only.

Each process compiles the regular expressions of its modules, and the methods of their dataclasses and named tuples: a
tenth of the time of a small build. The file has the results by text. Python compiles a text as usual if the file lacks
it.

Only texts of this program and of libraries are stored, and none of a handbook: those that are compiled during the
import of their modules.
"""

from __future__ import annotations

import collections
import dataclasses
import marshal
import sys
import typing
import warnings
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import CodeType, FrameType
from typing import Any

from charterbook.bytecode_files import path_beside, read, write
from charterbook.folders import code_folders

#: Number of new texts from which it is worth to write the file again.
_ENOUGH = 40

#: Versions of CPython whose undocumented compiler of patterns is known: with any other, each process compiles its texts.
_TESTED = ((3, 11), (3, 12), (3, 13))

#: Type codes of arrays by the size of their numbers in bytes.
_UNSIGNED = {array(code).itemsize: code for code in "HIL"}

#: A text with the options for compiling it: flags of a pattern, or name of the file and mode of a program.
_Key = tuple[Any, ...]


class CompiledTexts:
    """Compiled texts by what they are compiled from: arguments for a pattern, marshalled code of a program."""

    def __init__(self, path: str) -> None:
        import _sre  # type: ignore[import-not-found]
        from re import _compiler  # type: ignore[attr-defined]

        self.path = path
        self._known = _stored(path)
        self._new: dict[_Key, CodeType | None] = {}
        self._sre, self._compiler = _sre, _compiler
        self._compile_pattern: Callable[[Any, int], Any] = _compiler.compile

    @contextmanager
    def used(self) -> Iterator[None]:
        """Context manager: Python's own modules compile by this one."""
        self._compiler.compile = self.pattern
        own = {dataclasses: "exec", collections: "eval", typing: "compile"}
        for module, name in own.items():
            setattr(module, name, getattr(self, f"_{name}"))
        try:
            yield
        finally:
            self._compiler.compile = self._compile_pattern
            for module, name in own.items():
                delattr(module, name)

    def pattern(self, text: Any, flags: int = 0) -> Any:
        """The pattern of a text, as `re._compiler.compile`."""
        if type(text) not in (str, bytes) or type(flags) is not int:
            return self._compile_pattern(text, flags)
        found = self._known.get((text, flags))
        if found is not None:
            return self._from_arguments(text, *found)
        if _is_importing():
            self._new[text, flags] = None
        return self._compile_pattern(text, flags)

    def _from_arguments(self, text: str | bytes, flags: int, code: bytes, *groups: Any) -> Any:
        numbers = array(_UNSIGNED[self._sre.CODESIZE])
        numbers.frombytes(code)
        return self._sre.compile(text, flags, numbers.tolist(), *groups)

    def _arguments(self, text: str | bytes, flags: int) -> tuple[Any, ...] | None:
        """The arguments for a pattern; None if its compilation warns, or if they would make another pattern."""
        with warnings.catch_warnings(), suppress(Warning):
            warnings.simplefilter("error")
            parsed = self._compiler._parser.parse(text, flags)
            state = parsed.state
            names = {number: name for name, number in state.groupdict.items()}
            found = (
                flags | state.flags,
                array(_UNSIGNED[self._sre.CODESIZE], self._compiler._code(parsed, flags)).tobytes(),
                state.groups - 1,
                dict(state.groupdict),
                tuple(names.get(number) for number in range(state.groups)),
            )
            if self._from_arguments(text, *found) == self._compile_pattern(text, flags):
                return found
        return None

    def _code(self, text: str, name: str, mode: str) -> CodeType:
        key = (text, name, mode)
        found = self._known.get(key)
        if found is not None:
            code: CodeType = marshal.loads(found)
            return code
        code = compile(text, name, mode, dont_inherit=True)
        if _is_importing():
            self._new[key] = code
        return code

    def _exec(self, text: Any, *scopes: Any) -> None:
        exec(self._code(text, "<string>", "exec") if type(text) is str else text, *scopes)

    def _eval(self, text: Any, *scopes: Any) -> Any:
        return eval(self._code(text, "<string>", "eval") if type(text) is str else text, *scopes)

    def _compile(self, text: Any, name: str, mode: str, *options: Any, **named: Any) -> Any:
        if options or named or type(text) is not str:
            return compile(text, name, mode, *options, **named)
        return self._code(text, name, mode)

    def update(self) -> None:
        """Write the file again if it lacks many texts. Ignores write errors, and texts that cannot be stored."""
        if len(self._new) < _ENOUGH or sys.dont_write_bytecode:
            return
        new = {
            key: self._arguments(*key) if code is None else marshal.dumps(code)
            for key, code in self._new.items()
        }
        known = self._known | {key: found for key, found in new.items() if found is not None}
        with suppress(OSError, ValueError):
            write(self.path, [marshal.dumps(known)])


@contextmanager
def compiled_texts() -> Iterator[None]:
    """Context manager: texts are compiled with what the file has, and a new file is written if it lacks many."""
    path = path_beside(__file__, ".texts")
    if path is None or sys.implementation.name != "cpython" or sys.version_info[:2] not in _TESTED:
        yield
        return
    texts = CompiledTexts(path)
    try:
        with texts.used():
            yield
    finally:
        texts.update()


def _stored(path: str) -> dict[_Key, Any]:
    content = read(path)
    try:
        return dict(marshal.loads(content)) if content else {}
    except (ValueError, EOFError, TypeError):
        return {}


def _is_importing() -> bool:
    """Whether a module of this program or of a library is being imported."""
    frame: FrameType | None = sys._getframe(2)
    while frame is not None and frame.f_code.co_name != "<module>":
        frame = frame.f_back
    return (
        frame is not None
        and frame.f_globals.get("__name__") != "__main__"
        and frame.f_code.co_filename.startswith(code_folders())
    )
