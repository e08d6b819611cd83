"""Stored compiled texts: modules behave as without them."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.command_line import run_code

#: Patterns with all that distinguishes them: flags, groups, names, classes, bytes, assertions and repeats.
_PATTERNS = [
    *(f"r'word{number}\\b'" for number in range(40)),
    "r'(?P<year>\\d{4})-(?P<month>\\d\\d)', re.ASCII",
    "r'(a)|(?P<b>b)(?:c)(d)?'",
    "r'(?i)stra(ß|ss)e|[а-яё]+', re.MULTILINE",
    "r'''(?x) a  # first\n b*? | (?<=x)y(?!z)'''",
    "rb'[\\x80-\\xff]+(?P<rest>.*)', re.DOTALL | re.IGNORECASE",
    "r'(\\w)\\1|(x)?(?(2)y|z)'",
    "'[\\U00010000-\\U0010ffff]|\\ud800'",
    "r'word3\\b', re.IGNORECASE",
    "r''",
]
_MODULE = """
import re
from collections import namedtuple
from dataclasses import dataclass, field
from typing import List, NamedTuple, Optional, TypedDict

PATTERNS = [{patterns}]

@dataclass(frozen=True, order=True)
class Frozen:
    name: str
    size: "int" = 3
    parts: List["str"] = field(default_factory=list, compare=False)

@dataclass(slots=True, kw_only=True)
class Slots:
    value: Optional["float"] = None

Pair = namedtuple("Pair", "first second", defaults=[2])

class Triple(NamedTuple):
    one: int
    two: "str" = "x"

class Keys(TypedDict, total=False):
    first: "List[int]"
"""
_CODE = """
import inspect, json, re, sys, typing, warnings
sys.path.insert(0, {folder!r})
from charterbook import compiled_texts
{setup}

def facts():
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        import things, warned
    one = things.Frozen("a")
    return {{
        "patterns": [[str(p.pattern), p.flags, p.groups, dict(p.groupindex), p.scanner(p.pattern * 2).search() is not None]
                     for p in things.PATTERNS],
        "equal": [p == re._compiler.compile(p.pattern, p.flags & ~re.UNICODE if isinstance(p.pattern, str) else p.flags)
                  for p in things.PATTERNS],
        "frozen": [repr(one), one == things.Frozen("a", 3), one < things.Frozen("b"), hash(one) == hash(things.Frozen("a"))],
        "signatures": [str(inspect.signature(c)) for c in (things.Frozen, things.Slots, things.Pair, things.Triple)],
        "names": [things.Frozen.__init__.__qualname__, things.Frozen.__init__.__module__, things.Pair.__new__.__code__.co_filename,
                  things.Frozen.__init__.__code__.co_filename, str(things.Frozen.__init__.__annotations__)],
        "tuples": [repr(things.Pair(1)), repr(things.Triple(1))],
        "hints": [str(typing.get_type_hints(c)) for c in (things.Frozen, things.Slots, things.Triple, things.Keys)],
        "slots": [hasattr(things.Slots(), "__dict__"), str(things.Slots.__slots__)],
        "warnings": [str(w.message) for w in caught],
        "later": [bool(things.later("secret[0-9]", "secret7")), typing.get_type_hints(things.Later)["x"].__name__],
    }}

if {usual}:
    found = facts()
else:
    compile, calls = re._compiler.compile, []
    re._compiler.compile = lambda *given: calls.append(given[0]) or compile(*given)
    with compiled_texts.compiled_texts():
        found = facts()
    assert re._compiler.compile.__name__ == "<lambda>" and "exec" not in vars(__import__("dataclasses"))
    print(len(calls), file=sys.stderr)
print(json.dumps(found))
"""
_LATER = """
import dataclasses
def later(pattern, text):
    return re.search(pattern, text)
class Later:
    x: "int"
"""


class Program:
    """A program with modules that compile texts, and a folder for bytecode."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.bytecode = folder / "lib", folder / "bytecode"
        self.folder.mkdir()
        patterns = ",\n".join(f"re.compile({one})" for one in _PATTERNS)
        (self.folder / "things.py").write_text(_MODULE.format(patterns=patterns) + _LATER, encoding="utf-8")
        (self.folder / "warned.py").write_text("import re\nodd = re.compile('[[a]')\n")

    def run(
        self, *, usual: bool = False, is_library: bool = True, setup: str = "", **variables: str
    ) -> tuple[object, int]:
        """What is known of the modules' contents, and how many patterns Python has compiled."""
        if is_library:
            setup += f"\ncompiled_texts.code_folders = lambda: ({str(self.folder)!r},)"
        code = _CODE.format(folder=str(self.folder), setup=setup, usual=usual)
        done = run_code(code, self.bytecode, **variables)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout), int(done.stderr.split()[-1]) if not usual else -1

    @property
    def stored(self) -> list[Path]:
        """The files of stored texts."""
        return list(self.bytecode.rglob("*.texts"))


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A program whose texts are stored."""
    program = Program(tmp_path)
    program.run()
    assert len(program.stored) == 1
    return program


def test_stored_texts_are_what_python_compiles(program: Program) -> None:
    """Patterns, dataclasses, named tuples and annotations, and warnings about patterns."""
    usual, _ = program.run(usual=True)
    found, _ = program.run()
    assert found == usual
    assert "FutureWarning" not in str(found)
    assert "Possible nested set" in str(found)


def test_python_does_not_compile_them_again(program: Program, tmp_path: Path) -> None:
    """Except those that warn, those of running programs, and those that the test compares with."""
    _, again = program.run()
    (tmp_path / "new").mkdir()
    _, first = Program(tmp_path / "new").run()
    assert first - again >= len(_PATTERNS) - 3
    assert again < first / 2 + 5


def test_texts_of_a_handbook_are_not_stored(program: Program, tmp_path: Path) -> None:
    """Neither those that a running program compiles, nor those of macros.py."""
    [stored] = program.stored
    assert b"word7" in stored.read_bytes()
    assert b"secret" not in stored.read_bytes()
    (tmp_path / "other").mkdir()
    other = Program(tmp_path / "other")
    other.run(is_library=False)
    assert [path for path in other.stored if b"word7" in path.read_bytes()] == []


@pytest.mark.parametrize("size", [0, 3, 300, 3000])
def test_an_incomplete_file_is_ignored(program: Program, size: int) -> None:
    """As after a full disk, and replaced."""
    [stored] = program.stored
    whole = stored.read_bytes()
    stored.write_bytes(whole[:size])
    assert program.run()[0] == program.run(usual=True)[0]
    assert len(stored.read_bytes()) > size


def test_a_file_of_another_python_is_ignored(program: Program) -> None:
    """Its code would crash this one."""
    [stored] = program.stored
    content = stored.read_bytes()
    stored.write_bytes(content.replace(sys.version.encode(), b"!" * len(sys.version.encode()), 1))
    assert program.run()[0] == program.run(usual=True)[0]
    assert stored.read_bytes().startswith(content[:40])


def test_without_bytecode_nothing_is_written(tmp_path: Path) -> None:
    """As Python itself."""
    program = Program(tmp_path)
    program.run(PYTHONDONTWRITEBYTECODE="1")
    assert program.stored == []


def test_another_version_of_python_compiles_by_itself(tmp_path: Path) -> None:
    """The compiler of patterns is undocumented: nothing is stored, and nothing is replaced."""
    program = Program(tmp_path)
    found = program.run(setup="compiled_texts._TESTED = ()")[0]
    assert found == program.run(usual=True)[0]
    assert program.stored == []
