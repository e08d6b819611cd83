"""A document as one HTML page without scripts, to read or to print. Texts of a charter are escaped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from charterbook.export.changes_html import safe
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
from charterbook.papers.inert_text import inert
from charterbook.papers.line_breaks import BREAK, breakable
from charterbook.papers.page_breaks import groups, is_short

_STYLE = (
    ":root{color-scheme:light dark;--accent:#303f9f;--line:#c5cae9}"
    "@media (prefers-color-scheme:dark){:root{--accent:#9fa8da;--line:#3949ab}}"
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;overflow-wrap:break-word}"
    "h1,h2,h3,h4,h5,h6,thead th{color:var(--accent)}h1{line-height:1.2}"
    "table{border-collapse:collapse;width:100%;margin:1rem 0}caption{text-align:left;font-weight:600}"
    "th,td{border-bottom:1px solid var(--line);padding:.3rem .5rem;text-align:left;vertical-align:top}"
    ".number{text-align:right}"
    "dl{display:grid;grid-template-columns:minmax(8rem,1fr) 3fr;gap:.2rem 1rem}dt{opacity:.75}dd{margin:0}"
    "@media print{:root{color-scheme:light;--accent:#303f9f;--line:#c5cae9}"
    "body{margin:0;max-width:none;font-size:10pt;line-height:1.4}"
    "h1,h2,h3,h4,h5,h6,caption,thead{break-after:avoid}tbody tr:first-child{break-before:avoid}"
    ".whole,tr,li,dd{break-inside:avoid}thead{display:table-header-group}a{color:inherit}}"
)

_DEEPEST = 6


def as_html_document(document: PaperDocument) -> str:
    """The page with a final newline."""
    lines = [
        "<!doctype html>",
        f'<html lang="{escape(document.language)}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{safe(document.title)}</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        "<main>",
        f"<h1>{safe(document.title)}</h1>",
        f"<p>{safe(document.subtitle)}</p>",
    ]
    lines += [f"<p>{_fact(fact, document)}</p>" for fact in document.facts]
    for group in groups(document.blocks):
        lines += _group(group)
    return "\n".join([*lines, "</main>", "</body>", "</html>", ""])


def _fact(fact: str, document: PaperDocument) -> str:
    return _run(Run(fact, link=fact if fact == document.link else None))


def _group(group: Sequence[Block]) -> Iterator[str]:
    """Blocks that are on one page of a print."""
    found = [line for block in group for line in _lines(block)]
    yield from found if len(group) == 1 else ['<div class="whole">', *found, "</div>"]


def _whole(block: Block) -> str:
    return ' class="whole"' if is_short([block]) else ""


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, ListBlock):
        tag = "ol" if block.ordered else "ul"
        yield f"<{tag}>"
        for entry in block.entries:
            yield f"<li>{''.join(line for one in entry for line in _lines(one))}</li>"
        yield f"</{tag}>"
    elif isinstance(block, TableBlock):
        yield from _table(block)
    else:
        yield _simple(block)


def _simple(block: HeadingBlock | ParagraphBlock | Code | Facts | LineChart | ShareBar) -> str:
    if isinstance(block, HeadingBlock):
        tag = f"h{min(block.level + 1, _DEEPEST)}"
        return f"<{tag}>{_run(Run(block.text, link=block.link))}</{tag}>"
    if isinstance(block, ParagraphBlock):
        label = f"<strong>{safe(block.label)}.</strong> " if block.label else ""
        return f"<p>{label}{_inline(block.runs)}</p>"
    if isinstance(block, Code):
        return f"<pre><code>{escape(inert(block.text))}</code></pre>"
    if isinstance(block, Facts):
        pairs = (f"<dt>{safe(label)}</dt><dd>{_inline(runs)}</dd>" for label, runs in block.pairs)
        return f"<dl{_whole(block)}>{''.join(pairs)}</dl>"
    return f"<p><em>{safe(block.alt)}</em></p>"


def _table(block: TableBlock) -> Iterator[str]:
    caption = f"<caption>{safe(block.title)}</caption>" if block.title else ""
    marks = [' class="number"' if place in block.numeric else "" for place in range(len(block.head))]
    head = "".join(
        f'<th scope="col"{mark}>{safe(title)}</th>' for title, mark in zip(block.head, marks, strict=True)
    )
    yield f"<table{_whole(block)}>{caption}<thead><tr>{head}</tr></thead><tbody>"
    for first, *rest in block.rows:
        cells = "".join(f"<td{mark}>{_inline(cell)}</td>" for cell, mark in zip(rest, marks[1:], strict=True))
        yield f'<tr><th scope="row">{_inline(first)}</th>{cells}</tr>'
    yield "</tbody></table>"


def _inline(runs: Inline) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    text = "<br>".join(escape(line) for line in breakable(run.text).split("\n")).replace(BREAK, "<wbr>")
    for wanted, tag in ((run.code, "code"), (run.italic, "em"), (run.bold, "strong")):
        text = f"<{tag}>{text}</{tag}>" if wanted else text
    return f'<a href="{escape(run.link)}" rel="noopener noreferrer">{text}</a>' if run.link else text
