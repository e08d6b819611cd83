"""Turn text of a charter in its Markdown subset into blocks of a document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from charterbook.markdown_subset import subset_parser
from charterbook.papers.document import (
    Block,
    Code,
    HeadingBlock,
    Inline,
    ListBlock,
    ParagraphBlock,
    Run,
    TableBlock,
)
from charterbook.papers.inert_text import inert

#: Resolver of link targets in texts of a charter to absolute addresses, None for a target without a page.
Resolve = Callable[[str], str | None]

_WEB = ("http://", "https://", "mailto:")


def blocks_of(text: str, resolve: Resolve, *, above: int | None = None) -> list[Block]:
    """The blocks of a text. `above` is the level of the heading above it, if the text can have headings."""
    tokens = _parser(above is not None).parse(inert(text))
    return list(_blocks(SyntaxTreeNode(tokens).children, resolve, above or 0))


def inline_of(text: str, resolve: Resolve) -> Inline:
    """A text as a single piece, for a cell of a table: its blocks are separated by line breaks."""
    return joined([_flat(block) for block in blocks_of(text, resolve)], "\n")


def joined(parts: Sequence[Inline], separator: str) -> Inline:
    """Pieces of text with a separator between them."""
    found: list[Run] = []
    for part in parts:
        found += [Run(separator)] * bool(found) + list(part)
    return tuple(found)


@cache
def _parser(with_headings: bool) -> MarkdownIt:
    return subset_parser(with_headings=with_headings)


def _flat(block: Block) -> Inline:
    if isinstance(block, ParagraphBlock):
        return block.runs
    if isinstance(block, ListBlock):
        entries = [joined([_flat(one) for one in entry], "\n") for entry in block.entries]
        marks = [f"{place}. " if block.ordered else "• " for place in range(1, len(entries) + 1)]
        return joined([(Run(mark), *entry) for mark, entry in zip(marks, entries, strict=True)], "\n")
    if isinstance(block, TableBlock):
        return joined([joined(row, " | ") for row in block.rows], "\n")
    return (Run(getattr(block, "text", "")),)


def _blocks(nodes: Sequence[SyntaxTreeNode], resolve: Resolve, above: int) -> Iterator[Block]:
    for node in nodes:
        if node.type == "heading":
            yield HeadingBlock(
                min(above + max(int(node.tag[1]) - 1, 1), 6),
                "".join(run.text for run in _runs(node, resolve)),
            )
        elif node.type in ("bullet_list", "ordered_list"):
            entries = tuple(tuple(_blocks(entry.children, resolve, above)) for entry in node.children)
            yield ListBlock(entries, node.type == "ordered_list")
        elif node.type in ("fence", "code_block"):
            yield Code(node.content.rstrip("\n"))
        elif node.type == "table":
            yield _table(node, resolve)
        else:
            yield ParagraphBlock(_runs(node, resolve))


def _table(node: SyntaxTreeNode, resolve: Resolve) -> TableBlock:
    head, *bodies = node.children
    titles = tuple("".join(run.text for run in _runs(cell, resolve)) for cell in head.children[0].children)
    rows = tuple(
        tuple(_runs(cell, resolve) for cell in row.children) for body in bodies for row in body.children
    )
    return TableBlock("", titles, rows)


def _runs(node: SyntaxTreeNode, resolve: Resolve) -> Inline:
    inline = next((child for child in node.children if child.type == "inline"), None)
    return tuple(_inline(inline.children, Run(""), resolve)) if inline else ()


def _inline(nodes: Sequence[SyntaxTreeNode], style: Run, resolve: Resolve) -> Iterator[Run]:
    for node in nodes:
        if node.type in ("softbreak", "hardbreak"):
            yield replace(style, text=" " if node.type == "softbreak" else "\n")
        elif node.type == "code_inline":
            yield replace(style, text=node.content, code=True)
        elif node.children:
            yield from _inline(node.children, _styled(node, style, resolve), resolve)
        elif node.content:
            yield replace(style, text=node.content)


def _styled(node: SyntaxTreeNode, style: Run, resolve: Resolve) -> Run:
    if node.type == "strong":
        return replace(style, bold=True)
    if node.type == "em":
        return replace(style, italic=True)
    if node.type == "link":
        return replace(style, link=safe_address(str(node.attrs.get("href", "")), resolve))
    return style


def safe_address(target: str, resolve: Resolve) -> str | None:
    """An absolute web or mail address, or the address of a page of the charter; None for any other target."""
    if target.lower().startswith(_WEB):
        return target
    return None if ":" in target or target.startswith(("/", "\\")) else resolve(target)
