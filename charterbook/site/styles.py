"""One stylesheet for the whole site: Material's and Charterbook's, without rules that no page can use.

A stylesheet holds up the first paint, and Material's is written for more than any one site has. A rule is
kept if all that it asks for is on some page of some version, or is made by Material's scripts.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

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

# These begin with letters, not with a class of characters: so they are found in a tenth of the time.
_CLASSES = re.compile(r"class=(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))")
_QUOTED = re.compile(r"class=\"([^\"]*)\"")
_COLOURS = re.compile(r"data-md-color-(primary|accent)=\"?([\w-]+)")
_DIRECTION = re.compile(r" dir=\"?([\w-]+)")
_WORD = re.compile(r"[A-Za-z_][\w-]*")
_PREFIX = re.compile(r"([A-Za-z_][\w-]*--)(?:\$\{|[\"'`]\s*\+)")
_ASKS = re.compile(r"\[(data-md-color-(?:primary|accent)|dir)=\"?([\w-]+)\"?\]")
_VARIABLE = re.compile(r"--[\w-]+")

#: Rules are read anew by another version of this file. They are kept where Python keeps the compiled program.
_OWN = hashlib.blake2b(Path(__file__).read_bytes(), digest_size=20).hexdigest()
_PARSED = Store(Path(__file__).parent / "__pycache__" / "styles")


def marks_of(html: str) -> set[str]:
    """All that rules may ask of a page: class names, the colours it is set in, its text direction."""
    if html.count("class=") == html.count('class="'):
        values = set(_QUOTED.findall(html))
    else:
        values = {value for groups in _CLASSES.findall(html) for value in groups}
    classes = {name for value in values for name in value.split()}
    colours = {f"data-md-color-{name}={value}" for name, value in _COLOURS.findall(html)}
    return classes | colours | {f"dir={value}" for value in _DIRECTION.findall(html)}


def combine(root: Path, marks: Collection[str]) -> None:
    """Replace the stylesheets below the root of a site by one, pruned to what pages and scripts have."""
    sheets = [path for pattern in _SOURCES for path in sorted(root.glob(pattern))]
    scripts = "\n".join(path.read_text(encoding="utf-8") for path in sorted(root.glob("assets/**/*.js")))
    source = "\n".join(path.read_text(encoding="utf-8") for path in sheets)
    target = root / STYLESHEET
    for path in sheets:
        path.unlink()
        if not any(path.parent.iterdir()):
            path.parent.rmdir()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(prune(source, marks, scripts), encoding="utf-8", newline="\n")


def prune(source: str, marks: Collection[str], scripts: str) -> str:
    """A stylesheet without the rules that pages with these marks and scripts cannot need."""
    return _pruned(source, frozenset(marks), scripts)


@lru_cache(maxsize=1)  # while serving, it changes only when a page has something of a new kind
def _pruned(source: str, marks: frozenset[str], scripts: str) -> str:
    known = marks | set(_WORD.findall(scripts))
    prefixes = tuple(set(_PREFIX.findall(scripts)))
    kept = list(_kept(_read(source), lambda name: name in known or name.startswith(prefixes)))
    text = "".join(rule.text for rule in kept)
    used = set(_VARIABLE.findall(re.sub(r"(?<![\w(-])--[\w-]+\s*:", "", text))) | set(
        _VARIABLE.findall(scripts)
    )
    return "".join(_without_pictures(rule, used) for rule in kept)


class _Rule(NamedTuple):
    """A rule as text: selectors with what stands in the braces, or what opens a block of rules and these.

    `declared` are the declarations of a rule that holds pictures, with their names. A rule with neither
    selectors nor inner rules is its body.
    """

    selectors: list[str]
    body: str
    declared: list[tuple[str, str]]
    opens: str = ""
    inner: list[_Rule] = []

    @property
    def text(self) -> str:
        if self.opens:
            return f"{self.opens}{{{''.join(rule.text for rule in self.inner)}}}"
        return f"{','.join(self.selectors)}{{{self.body}}}" if self.selectors else self.body


def _read(source: str) -> list[_Rule]:
    """The rules of a stylesheet. Reading Material's takes longer than all else here, so they are kept."""
    name = hashlib.blake2b(f"{_OWN}\0{source}".encode(), digest_size=20).hexdigest()
    content = _PARSED.get(name)
    if content is None:
        rules = _parse(tinycss2.parse_stylesheet(source, skip_comments=True, skip_whitespace=True))
        if not sys.dont_write_bytecode:
            with contextlib.suppress(OSError):
                _PARSED.put(name, json.dumps(rules).encode())
        return rules
    return [_rule(*parts) for parts in json.loads(content)]


def _rule(
    selectors: list[str], body: str, declared: list[tuple[str, str]], opens: str, inner: list[Any]
) -> _Rule:
    return _Rule(selectors, body, declared, opens, [_rule(*parts) for parts in inner])


def _parse(nodes: Iterable[Node]) -> list[_Rule]:
    return [_from_node(node) for node in nodes if not isinstance(node, ParseError)]


def _from_node(node: Node) -> _Rule:
    if isinstance(node, QualifiedRule):
        body = tinycss2.serialize(node.content).strip()
        return _Rule(_selectors(node.prelude), body, _declared(node) if "url(" in body else [])
    if node.content is not None and node.lower_at_keyword in ("media", "supports", "layer"):
        inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
        opens = f"@{node.at_keyword}{tinycss2.serialize(node.prelude).rstrip()}"
        return _Rule([], "", [], opens, _parse(inner))
    return _Rule([], node.serialize(), [])


def _declared(rule: QualifiedRule) -> list[tuple[str, str]]:
    """The declarations of a rule with their names; none where it holds anything else."""
    found = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
    whole = all(isinstance(entry, Declaration) for entry in found)
    return [(entry.serialize(), entry.name) for entry in found] if whole else []


def _kept(rules: Iterable[_Rule], is_known: Callable[[str], bool]) -> Iterator[_Rule]:
    for rule in rules:
        if rule.opens:
            inner = list(_kept(rule.inner, is_known))
            if inner:
                yield rule._replace(inner=inner)
        elif rule.selectors:
            selectors = [text for text in rule.selectors if _possible(text, is_known)]
            if selectors:
                yield rule._replace(selectors=selectors)
        else:
            yield rule


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


def _without_pictures(rule: _Rule, used: Collection[str]) -> str:
    """A rule without variables that hold a picture which nothing shows."""
    if not rule.declared:
        return rule.text
    kept = [
        text
        for text, name in rule.declared
        if not (name.startswith("--") and "url(" in text and name not in used)
    ]
    return f"{','.join(rule.selectors)}{{{';'.join(kept)}}}" if kept else ""
