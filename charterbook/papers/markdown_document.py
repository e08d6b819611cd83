"""A document as Markdown. Texts of a charter are escaped: no markup, no HTML, no links except their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from charterbook.export.changes_markdown import escaped
from charterbook.papers.document import (
    Block,
    Code,
    Facts,
    HeadingBlock,
    Inline,
    LineChart,
    ListBlock,
    PaperDocument,
    ParagraphBlock,
    Run,
    ShareBar,
    TableBlock,
)


def as_markdown_document(document: PaperDocument) -> str:
    """The document with a final newline."""
    facts = [f"- {_address(fact) if fact == document.link else escaped(fact)}" for fact in document.facts]
    lines = [f"# {escaped(document.title)}", "", escaped(document.subtitle), "", *facts]
    for block in document.blocks:
        lines += ["", *_lines(block)]
    return "\n".join(lines).rstrip() + "\n"


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, HeadingBlock):
        title = escaped(block.text)
        yield f"{'#' * min(block.level + 1, 6)} {f'[{title}]({_target(block.link)})' if block.link else title}"
    elif isinstance(block, ParagraphBlock):
        label = f"**{escaped(block.label)}.** " if block.label else ""
        yield (label + _inline(block.runs, "  \n")).rstrip(" ")
    elif isinstance(block, ListBlock):
        yield from _list(block)
    elif isinstance(block, Code):
        yield from _code(block.text)
    elif isinstance(block, Facts):
        yield from (f"- **{escaped(label)}:** {_inline(runs, ' ')}" for label, runs in block.pairs)
    elif isinstance(block, TableBlock):
        yield from _table(block)
    else:
        yield from _chart(block)


def _list(block: ListBlock) -> Iterator[str]:
    for place, entry in enumerate(block.entries, 1):
        sign = f"{place}." if block.ordered else "-"
        inner = [line for one in entry for line in (*_lines(one), "")]
        for number, line in enumerate("\n".join(inner).strip("\n").split("\n")):
            yield f"{sign} {line}" if not number else f"{' ' * (len(sign) + 1)}{line}".rstrip()


def _code(text: str) -> Iterator[str]:
    """Code indented by four spaces: no sign in it can end it."""
    yield from (f"    {line}" for line in text.split("\n"))


def _table(block: TableBlock) -> Iterator[str]:
    if block.title:
        yield f"**{escaped(block.title)}**"
        yield ""
    yield _row([escaped(title) for title in block.head])
    yield _row(["---"] * len(block.head))
    yield from (_row([_inline(cell, "<br>") for cell in row]) for row in block.rows)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _chart(block: LineChart | ShareBar) -> Iterator[str]:
    yield f"*{escaped(block.alt)}*"


def _inline(runs: Inline, line_break: str) -> str:
    return "".join(_run(run, line_break) for run in runs)


def _run(run: Run, line_break: str) -> str:
    text = line_break.join(escaped(line) for line in run.text.split("\n"))
    inner = text.strip()
    if not inner:
        return text
    if run.code:
        text = text.replace(inner, f"<code>{inner}</code>")
    for wanted, sign in ((run.italic, "*"), (run.bold, "**")):
        text = text.replace(inner, f"{sign}{inner}{sign}") if wanted and "\n" not in inner else text
        inner = text.strip()
    return f"[{text}]({_target(run.link)})" if run.link else text


def _target(link: str) -> str:
    """An address that can end neither the brackets around it nor a cell of a table."""
    unsafe = "<>()[]|`\\\"' \n\t"
    return "".join(f"%{ord(sign):02X}" if sign in unsafe else sign for sign in link)


def _address(link: str) -> str:
    return f"<{_target(link)}>"
