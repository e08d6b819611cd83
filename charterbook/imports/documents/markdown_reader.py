"""Read Markdown, and slides exported as text. HTML inside is read as in web pages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from charterbook.imports.documents.aligned_tables import AlignedTables
from charterbook.imports.documents.blocks import Block, Paragraph, Phrase, ReadDocument, phrases
from charterbook.imports.documents.document_messages import LINE
from charterbook.imports.documents.html_reader import read_html
from charterbook.imports.tables import TableError
from charterbook.load.lazy_message import LazyMessage

#: Maximum nesting depth: the parser omits deeper levels, so deeper files are refused.
_MOST_NESTED = 90
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
_KEY = re.compile(r"[\w-]+:|[ \t]+\S|#|\s*$")
#: Bullets that slide programs write and Markdown does not have.
_BULLET = re.compile(r"^([ \t]*)[•●▪◦‣∙·–—][ \t]+(?=\S)", re.MULTILINE)


def read_markdown(text: str, error: type[TableError], file: str) -> ReadDocument:
    """The blocks of a text, and the notes on it. Raises `error` for a text that is nested too deep."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    head, text = _front_matter(text)
    options = {"html": True, "breaks": True, "maxNesting": _MOST_NESTED}
    parser = MarkdownIt("commonmark", options).enable(["table", "strikethrough"]).disable("code")
    env: dict[str, dict[str, dict[str, str]]] = {}
    aligned = AlignedTables(text)
    tokens = parser.parse(_BULLET.sub(r"\1- ", aligned.text), env)
    if _nesting(tokens) >= _MOST_NESTED - 1:
        raise error(file, file, "nested", None, limit=_MOST_NESTED)
    _note_lines(tokens, aligned)
    found = read_html(str(parser.renderer.render(tokens, parser.options, env)), error, file)
    unused = _unused(env, found.blocks)
    return ReadDocument((*head, *found.blocks), (*found.beside, *unused), found.notes)


def _front_matter(text: str) -> tuple[list[Block], str]:
    """The lines of the front matter as paragraphs, and the text with empty lines in their place."""
    match = _FRONT_MATTER.match(text)
    if match is None or not all(_KEY.match(line) for line in match[1].split("\n")):
        return [], text
    lines = enumerate(match[1].split("\n"), 2)
    head: list[Block] = [
        Paragraph(Phrase(line.strip(), LazyMessage(LINE, line=str(number))))
        for number, line in lines
        if line.strip()
    ]
    return head, "\n" * match[0].count("\n") + text[match.end() :]


def _nesting(tokens: Sequence[Token]) -> int:
    inner = (child.level + token.level for token in tokens for child in token.children or ())
    return max([0, *(token.level for token in tokens), *inner])


def _note_lines(tokens: Sequence[Token], aligned: AlignedTables) -> None:
    for token in tokens:
        if token.map and token.nesting >= 0 and token.type not in ("inline", "html_block"):
            token.attrSet("data-line", str(aligned.line(token.map[0]) + 1))


def _unused(env: dict[str, dict[str, dict[str, str]]], blocks: Sequence[Block]) -> list[Block]:
    """The definitions of links that no text uses."""
    used = {address for phrase in phrases(blocks) for _, address in phrase.links}
    return [
        Paragraph(Phrase(f"{label}: {found['href']} {found.get('title', '')}".strip(), "[]"))
        for label, found in env.get("references", {}).items()
        if found["href"] not in used
    ]
