"""Write blocks of a document as Markdown of a charter's text, so that a page shows the same words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from charterbook.imports.documents.blocks import Block, DocumentTable, Heading, ListItem, Phrase, TableCell

#: Marks at the beginning of a line, for a list, a heading, a quotation or code; and marks inside a line.
_LINE = re.compile(r"^(\s*)([-+*](?=\s|$)|#{1,6}(?=\s|$)|>|={2,}\s*$|-{2,}\s*$|`{3}|~{3}|\|)", re.MULTILINE)
_NUMBER = re.compile(r"^(\s*\d{1,9})([.)])(?=\s|$)", re.MULTILINE)
_INLINE = re.compile(
    r"\\(?=[!-/:-@\[-`{-~])|`|\*(?=\S)|(?<=\S)\*|(?<!\w)_(?=\S)|(?<=\S)_(?!\w)|~~|(?<=\])\(|\[(?=\^)"
    r"|(?<=<)[A-Za-z][A-Za-z0-9+.-]{1,31}:|<(?=[A-Za-z/!?])(?![A-Za-z][A-Za-z0-9+.-]{1,31}:)|&(?=#?\w+;)"
)


def escaped(text: str) -> str:
    """A text with all of its Markdown escaped."""
    text = _INLINE.sub(_with_backslash, text)
    text = _LINE.sub(r"\1\\\2", text)
    return _NUMBER.sub(r"\1\\\2", text)


def _with_backslash(match: re.Match[str]) -> str:
    """A mark that is only text; for the scheme of a link in angle brackets, at its colon."""
    found = match[0]
    return f"{found[:-1]}\\:" if len(found) > 2 and found.endswith(":") else f"\\{found}"  # noqa: PLR2004


def phrase_text(phrase: Phrase) -> str:
    """A phrase as Markdown, with its links."""
    pieces, rest = [], phrase.text
    for label, address in phrase.links:
        before, found, after = rest.partition(label)
        if found:
            pieces += [escaped(before), f"[{escaped(label)}](<{address}>)"]
            rest = after
    return "".join([*pieces, escaped(rest)])


def markdown(blocks: Sequence[Block], *, with_headings: bool = False) -> str:
    """Blocks as Markdown. Without headings, they become paragraphs."""
    pieces: list[str] = []
    in_list = False
    for block in blocks:
        is_item = isinstance(block, ListItem) or getattr(block, "depth", 0) > 0
        pieces.append(("\n" if in_list and is_item else "\n\n") if pieces else "")
        pieces.append("\n".join(_lines(block, with_headings=with_headings)))
        in_list = is_item
    return "".join(pieces)


def _lines(block: Block, *, with_headings: bool) -> Iterator[str]:
    if isinstance(block, DocumentTable):
        yield from _table(block)
        return
    text = phrase_text(block.phrase)
    if isinstance(block, Heading):
        yield ("## " if with_headings else "") + " ".join(text.split())
    elif isinstance(block, ListItem):
        indent = "  " * (min(block.depth, 8) - 1)
        yield f"{indent}- " + text.replace("\n", f"\n{indent}  ")
    else:
        indent = "  " * min(block.depth, 8)
        yield indent + text.replace("\n", f"\n{indent}")


def _table(table: DocumentTable) -> Iterator[str]:
    rows = [[_cell(cell) for cell in row] for row in table.rows]
    width = max(map(len, rows))
    for number, row in enumerate(rows):
        yield f"| {' | '.join(row)} |"
        if not number:
            yield "|" + " --- |" * width


def _cell(cell: TableCell) -> str:
    text = " ".join(phrase_text(cell.phrase).split())
    return text.replace("|", "\\|")
