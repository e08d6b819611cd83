"""Files that are refused or accepted for their encoding, size and characters."""

from __future__ import annotations

import pytest

from tests.hanging import never_hangs
from tests.load.sample import SMALL, places, problems, small


def test_a_charter_of_five_questions_is_fine() -> None:
    """The smallest charter has no problem."""
    assert places(SMALL) == []


@pytest.mark.parametrize("source", [b"\xef\xbb\xbf" + SMALL.encode(), SMALL.replace("\n", "\r\n").encode()])
def test_a_byte_order_mark_and_windows_line_ends_are_fine(source: bytes) -> None:
    """Editors on Windows write them."""
    assert places(source) == []


def test_places_are_right_after_a_byte_order_mark_and_in_windows_files() -> None:
    """Neither moves a column."""
    source = small("title: Our charter", "titel: Our charter").replace("\n", "\r\n").encode()
    assert places(b"\xef\xbb\xbf" + source) == [(1, 1, "unknown-key")]
    source = small("kind: lagging", "kind: lag").replace("\n", "\r\n").encode()
    assert places(b"\xef\xbb\xbf" + source) == [(21, 11, "not-allowed")]


def test_columns_count_characters() -> None:
    """A letter of two or four bytes is one column."""
    source = small("  - id: win-rate\n    name: Win rate", "  - {name: ü😀ü, id: Ü}\n  - id: x\n    name: x")
    assert places(source) == [(19, 5, "missing-key"), (19, 21, "bad-id")]


REFUSED: dict[str, tuple[bytes, tuple[int, int, str]]] = {
    "empty": (b"", (1, 1, "empty-file")),
    "blank": (b" \n\n", (1, 1, "empty-file")),
    "only a comment": (b"# nothing\n", (1, 1, "empty-file")),
    "only a document mark": (b"---\n", (1, 1, "empty-file")),
    "a list": (b"# x\n- title: x\n", (2, 1, "not-a-mapping")),
    "a text": (b"hello\n", (1, 1, "not-a-mapping")),
    "Latin-1": (b"title: x\nmission: caf\xe9\n", (2, 13, "not-utf-8")),
    "Latin-1 after a letter of two bytes": ("a: é".encode() + b"\xff", (1, 5, "not-utf-8")),
    "UTF-16 with mark": ("title: x".encode("utf-16"), (1, 1, "not-utf-8")),
    "UTF-16 without mark": ("title: x".encode("utf-16-be"), (1, 1, "not-utf-8")),
    "a pointer of Git LFS": (
        b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a21\nsize 12345\n",
        (1, 1, "filtered-by-git"),
    ),
    "encrypted": (b"\0GITCRYPT\0\x8c\xb1", (1, 1, "filtered-by-git")),
    "a million markers": (b"<<<<<<< a\n=======\n" * 50_000, (1, 1, "not-a-mapping")),
    "50 MB": (b"x" * 50_000_000, (1, 1, "too-large")),
    "50 MB of YAML": (SMALL.encode() * 150_000, (1, 1, "too-large")),
    "nested lists": (b"a: " + b"[" * 10_000 + b"]" * 10_000, (1, 43, "too-deep")),
    "nested mappings": (b"{a: " * 10_000, (1, 161, "too-deep")),
    "nested hyphens": (b"- " * 10_000, (1, 81, "too-deep")),
    "nested lines": ("".join(" " * n + "a:\n" for n in range(1_300)).encode(), (41, 41, "too-deep")),
    "a row of lists": (b"a: [" + b"[]," * 300_000 + b"]", (1, 149_996, "too-many-values")),
}


@pytest.mark.long
@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    """One problem, at its place, in short time."""
    source, expected = REFUSED[name]
    with never_hangs():
        assert places(source) == [expected]


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("base", ["", "||||||| 4d7a214\n    name: Was\n"])
@pytest.mark.parametrize("length", [7, 32])
def test_merge_conflicts(ends: str, base: str, length: int) -> None:
    """One problem for each, with its lines, instead of errors of the parser."""
    first, middle, last = (mark * length for mark in "<=>")
    conflict = f"{first} HEAD\n    name: A\n{base}{middle}\n    name: B\n{last} branch: x\n"
    source = small("    name: Win rate\n", conflict).replace("kind: lagging\n", f"kind: lagging\n{conflict}")
    found = problems(source.replace("\n", ends).encode())
    lines = source.split("\n")
    begin = [number for number, line in enumerate(lines, 1) if line.startswith(first)]
    end = [number for number, line in enumerate(lines, 1) if line.startswith(last)]
    assert [(one.rule, one.line, one.column) for one in found] == [
        ("merge-conflict", number, 1) for number in begin
    ]
    assert [f"line {number}" in one.text for one, number in zip(found, end, strict=True)] == [True, True]


@pytest.mark.parametrize("lines", [["======="], ["<<<<<<< x", "======="], ["<<<<<<<", "=======", ">>>>>>>"]])
def test_texts_that_look_like_a_conflict(lines: list[str]) -> None:
    """Git's markers are not indented."""
    text = "".join(f"\n    {line}" for line in lines)
    assert "merge-conflict" not in [one.rule for one in problems(small("We help.", f"|{text}"))]


def test_the_largest_file() -> None:
    """A million bytes, as SECURITY.md promises; one more is refused."""
    largest = SMALL.encode() + b"#" * (1_000_000 - len(SMALL.encode()))
    assert (places(largest), places(largest + b"#")) == ([], [(1, 1, "too-large")])


@pytest.mark.parametrize(
    "character", ["\0", "\x07", "\x1b", "\x7f", "\x85", "\x9b", "\u2028", "\u202e", "\u2066"]
)
def test_control_characters(character: str) -> None:
    """They are reported at their places, and parsing continues."""
    source = small("We help.", f"We {character}help.").replace("kind: lagging", "kind: lag")
    assert places(source) == [(3, 17, "control-character"), (21, 11, "not-allowed")]


@pytest.mark.parametrize("escape", ["\\0", "\\e", "\\r", "\\u202e", "\\N"])
def test_escaped_control_characters(escape: str) -> None:
    """Escapes in double quotes are also reported."""
    assert places(small("We help.", f'"We {escape} help."')) == [(3, 14, "control-escape")]


def test_a_hostile_file_gets_a_short_answer() -> None:
    """After a hundred problems the rest is omitted, and a message says so."""
    found = problems("".join(f"key{n}: 1\n" for n in range(20_000)))
    assert (len(found), found[-1].rule) == (101, "too-many-problems")


HEAVY = {
    "unknown references among many": small(
        "[sales]", f"[{','.join(f'sales-tean-{n}' for n in range(8000))}]"
    ).replace(
        "audiences:\n",
        "audiences:\n" + "".join(f"  - {{id: sales-team-{n}, name: x}}\n" for n in range(6000)),
    ),
    "links": small("We help.", '"' + "](x" * 6_000 + '"'),
    "ticks": small("We help.", '"' + "` `` ``` " * 2_000 + '"'),
    "empty items": small("services:\n", "services:\n" + "  - {}\n" * 20_000),
    "aliases": "a: &a [x]\nb: [" + "*a," * 250_000 + "]",
    "merge keys": "a: &a {b: c}\n" + "<<: *a\n" * 20_000,
    "tabs": "a: b\n" + "\tb: c\n" * 100_000,
    "control characters": "a: " + "\x01" * 900_000,
    "digits": "a: " + "1" * 900_000,
    "question marks": "? " * 400_000,
}


@pytest.mark.long
@pytest.mark.parametrize("name", HEAVY)
def test_loading_time_is_bounded(name: str) -> None:
    """Files that take other parsers minutes or hours."""
    with never_hangs():
        places(HEAVY[name])
