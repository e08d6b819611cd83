"""One stylesheet for the whole site: Material's and Charterbook's, without rules that no page can use.

A stylesheet holds up the first paint, and Material's is written for more than any one site has. A rule is
kept if all that it asks for is on some page of some version, or is made by Material's scripts.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path

import tinycss2
from tinycss2.ast import Declaration, Node, ParseError, QualifiedRule

from charterbook.store import Store

#: Where the stylesheet is, below the root of the site. The name is what pages link to.
STYLESHEET = "assets/charterbook/style.css"

#: Material's stylesheets, in the order in which pages load them, then Charterbook's own.
_SOURCES = (
    "assets/stylesheets/main.*.min.css",
    "assets/stylesheets/palette.*.min.css",
    "assets/charterbook/*.css",
)

_CLASSES = re.compile(r"\sclass=(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))")
_ASKED = re.compile(r"\s(data-md-color-(?:primary|accent)|dir)=\"?([\w-]+)")
_WORD = re.compile(r"[A-Za-z_][\w-]*")
_PREFIX = re.compile(r"([A-Za-z_][\w-]*--)(?:\$\{|[\"'`]\s*\+)")
_ASKS = re.compile(r"\[(data-md-color-(?:primary|accent)|dir)=\"?([\w-]+)\"?\]")
_VARIABLE = re.compile(r"--[\w-]+")

#: Sheets are made anew by another version of this file.
_OWN = hashlib.blake2b(Path(__file__).read_bytes(), digest_size=20).hexdigest()


def marks_of(html: str) -> set[str]:
    """All that rules may ask of a page: class names, the colours it is set in, its text direction."""
    classes = {name for groups in set(_CLASSES.findall(html)) for value in groups for name in value.split()}
    return classes | {f"{name}={value}" for name, value in _ASKED.findall(html)}


def combine(root: Path, marks: Collection[str], made: Store | None = None) -> None:
    """Replace the stylesheets below the root of a site by one, pruned to what pages and scripts have.

    One that was made from the same before is taken from `made`.
    """
    sheets = [path for pattern in _SOURCES for path in sorted(root.glob(pattern))]
    scripts = "\n".join(path.read_text(encoding="utf-8") for path in sorted(root.glob("assets/**/*.js")))
    source = "\n".join(path.read_text(encoding="utf-8") for path in sheets)
    target = root / STYLESHEET
    for path in sheets:
        path.unlink()
        if not any(path.parent.iterdir()):
            path.parent.rmdir()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(_made(source, marks, scripts, made))


def _made(source: str, marks: Collection[str], scripts: str, made: Store | None) -> bytes:
    told = "\0".join([_OWN, source, scripts, *sorted(marks)])
    name = hashlib.blake2b(told.encode(), digest_size=20).hexdigest()
    sheet = made.get(name) if made else None
    if sheet is None:
        sheet = prune(source, marks, scripts).encode()
        if made is not None:
            with contextlib.suppress(OSError):
                made.put(name, sheet)
    return sheet


def prune(source: str, marks: Collection[str], scripts: str) -> str:
    """A stylesheet without the rules that pages with these marks and scripts cannot need."""
    known = set(marks) | set(_WORD.findall(scripts))
    prefixes = tuple(set(_PREFIX.findall(scripts)))
    rules = tinycss2.parse_stylesheet(source, skip_comments=True, skip_whitespace=True)
    pieces = list(_kept(rules, lambda name: name in known or name.startswith(prefixes)))
    text = "".join(pieces)
    used = set(_VARIABLE.findall(re.sub(r"(?<![\w(-])--[\w-]+\s*:", "", text))) | set(
        _VARIABLE.findall(scripts)
    )
    return "".join(_without_pictures(piece, used) if "url(" in piece else piece for piece in pieces)


def _kept(rules: Iterable[Node], is_known: Callable[[str], bool]) -> Iterator[str]:
    for rule in rules:
        if isinstance(rule, ParseError):
            continue
        if isinstance(rule, QualifiedRule):
            selectors = [text for text in _selectors(rule.prelude) if _possible(text, is_known)]
            if selectors:
                yield ",".join(selectors) + "{" + tinycss2.serialize(rule.content).strip() + "}"
        elif rule.content is not None and rule.lower_at_keyword in ("media", "supports", "layer"):
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            body = "".join(_kept(inner, is_known))
            if body:
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude).rstrip()}{{{body}}}"
        else:
            yield rule.serialize()


def _selectors(prelude: Sequence[Node]) -> list[str]:
    """The selectors of a list, split at its own commas only."""
    found: list[list[Node]] = [[]]
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            found.append([])
        else:
            found[-1].append(token)
    return [tinycss2.serialize(tokens).strip() for tokens in found]


def _possible(selector: str, is_known: Callable[[str], bool]) -> bool:
    """Whether all classes that a selector needs can be on a page; what stands in brackets is not needed."""
    if not all(is_known(f"{name}={value}") for name, value in _ASKS.findall(selector)):
        return False
    outside = re.sub(r"\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\]", "", selector)
    return all(is_known(name) for name in re.findall(r"\.((?:[\w-]|\\.)+)", outside))


def _without_pictures(text: str, used: Collection[str]) -> str:
    """A rule without variables that hold a picture which nothing shows."""
    rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    return "".join(_trim(rule, used) for rule in rules)


def _trim(rule: Node, used: Collection[str]) -> str:
    if not isinstance(rule, QualifiedRule) or "url(" not in tinycss2.serialize(rule.content):
        return str(rule.serialize())
    declarations = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
    if not all(isinstance(entry, Declaration) for entry in declarations):
        return str(rule.serialize())
    declared = [(entry.serialize(), entry.name) for entry in declarations]
    kept = [
        text for text, name in declared if not (name.startswith("--") and "url(" in text and name not in used)
    ]
    return f"{tinycss2.serialize(rule.prelude).strip()}{{{';'.join(kept)}}}" if kept else ""
