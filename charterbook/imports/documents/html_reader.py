"""Read web pages, for example exported from a wiki, as a browser reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import nh3

from charterbook.imports.documents import document_messages
from charterbook.imports.documents.block_builder import BlockBuilder, clean
from charterbook.imports.documents.blocks import Block, Heading, Paragraph, Phrase, ReadDocument, phrases
from charterbook.imports.tables import Note, TableError
from charterbook.load.lazy_message import LazyMessage

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
#: Definitions are read as headings of the lowest level, each with its text.
_TERM = 6
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hr",
        "label",
        "legend",
        "main",
        "nav",
        "option",
        "p",
        "pre",
        "section",
        "select",
        "summary",
        "textarea",
    ]
)
_STRUCTURE = frozenset(
    [
        "ul",
        "ol",
        "li",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "dt",
        "br",
        "a",
        "b",
        "strong",
        "title",
    ]
)
_WITH_WORDS = frozenset(("img", "abbr", "area", "input"))
_BOLD = frozenset(("b", "strong"))
_ATTRIBUTES = {
    "*": {"data-line"},
    "a": {"href"},
    **{tag: {"colspan", "rowspan"} for tag in ("td", "th")},
    **{tag: {"alt", "title", "placeholder", "value", "type"} for tag in _WITH_WORDS},
}
_TAGS = _HEADINGS.keys() | _BLOCKS | _STRUCTURE | _WITH_WORDS
_COUNTED = {
    document_messages.SCRIPTS: re.compile(r"<(?:script|style)\b", re.IGNORECASE),
    document_messages.PICTURES: re.compile(
        r"<(?:img|svg|canvas|video|audio|object|embed|iframe)\b", re.IGNORECASE
    ),
}
_LINK = re.compile(r"(?:https?://|mailto:)[^\s<>\"\\]{1,190}", re.IGNORECASE)
#: Time grows with the depth of elements, so it is limited. These elements end without a tag, or have no content.
_MOST_NESTED = 250
_TAG = re.compile(r"<(/?)([a-zA-Z]+)")
_UNNESTED = frozenset(
    [
        "p",
        "li",
        "td",
        "th",
        "tr",
        "dt",
        "dd",
        "option",
        "thead",
        "tbody",
        "tfoot",
        "colgroup",
        "col",
        "br",
        "hr",
        "img",
        "input",
        "meta",
        "link",
        "area",
        "base",
        "embed",
        "source",
        "track",
        "wbr",
        "script",
        "style",
    ]
)

_Attributes = list[tuple[str, str | None]]


def read_html(text: str, error: type[TableError], file: str) -> ReadDocument:
    """The blocks of a page, and the notes on it. Raises `error` for a page that is nested too deep."""
    if _depth(text) > _MOST_NESTED:
        raise error(file, file, "nested", None, limit=_MOST_NESTED)
    tidy = nh3.clean(
        text,
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        clean_content_tags={"script", "style"},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    blocks, repeated = _HtmlReader().read(tidy)
    return ReadDocument(blocks, repeated, tuple(_notes(text, file)))


def _depth(text: str) -> int:
    """The greatest number of elements that are open at once, at least."""
    depth = most = 0
    for match in _TAG.finditer(text):
        if match[2].lower() not in _UNNESTED:
            depth = max(depth - 1, 0) if match[1] else depth + 1
            most = max(most, depth)
    return most


def _notes(text: str, file: str) -> Iterator[Note]:
    for message, pattern in _COUNTED.items():
        if count := sum(1 for _ in pattern.finditer(text)):
            yield Note(file, LazyMessage(message, count=str(count)))


class _HtmlReader(HTMLParser):
    """Parser of well-formed HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._builder = BlockBuilder()
        self._bold = self._pre = 0
        self._title: list[str] | None = None
        self._titles: list[str] = []
        self._link: tuple[str, list[str]] | None = None
        self._line: LazyMessage | None = None

    def read(self, text: str) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
        """The blocks of a page, and its title if that only extends a heading."""
        self.feed(text)
        self.close()
        blocks = self._builder.finish()
        heads, repeated = self._heads(blocks)
        return (*heads, *blocks), tuple(repeated)

    def _heads(self, blocks: tuple[Block, ...]) -> tuple[list[Block], list[Block]]:
        """The title of the page: as a heading before all others, or outside the text if it only extends a heading."""
        heads: list[Block] = []
        repeated: list[Block] = []
        texts = {phrase.text.casefold() for phrase in phrases(blocks)}
        known = [block.phrase.text.casefold() for block in blocks if isinstance(block, Heading)]
        for text in filter(None, map(clean, self._titles)):
            title = Phrase(text, LazyMessage(document_messages.TITLE))
            if any(heading in text.casefold() for heading in known):
                repeated += [] if text.casefold() in texts else [Paragraph(title)]
            else:
                heads.append(Heading(0, title))
        return heads, repeated

    def handle_starttag(self, tag: str, attrs: _Attributes) -> None:
        values = {key: value or "" for key, value in attrs}
        self._read_line(values.get("data-line", ""))
        if tag in _HEADINGS or tag == "dt":
            self._builder.start_heading(_HEADINGS.get(tag, _TERM))
        elif tag == "dd":
            self._builder.end_heading()
        elif tag in _BLOCKS:
            self._pre += tag == "pre"
            self._builder.end_paragraph()
        else:
            self._start(tag, values)
        if tag in _WITH_WORDS:
            self._attributes(values)

    def _read_line(self, line: str) -> None:
        """The line in a Markdown file, as its reader notes it."""
        if line.isascii() and line.isdigit() and len(line) < 8:  # noqa: PLR2004
            self._line = LazyMessage(document_messages.LINE, line=line)

    def _start(self, tag: str, values: dict[str, str]) -> None:
        build = self._builder
        if tag in ("ul", "ol"):
            build.start_list()
        elif tag == "li":
            build.start_item()
        elif tag == "table":
            build.start_table()
        elif tag == "tr":
            build.start_row()
        elif tag in ("td", "th"):
            spans = {"columns": _span(values, "colspan"), "rows": _span(values, "rowspan")}
            build.start_cell(is_header=tag == "th", **spans)
        else:
            self._start_inline(tag, values)

    def _start_inline(self, tag: str, values: dict[str, str]) -> None:
        if tag == "br":
            self._builder.text("\n", self._line)
        elif tag == "title":
            self._title = []
        elif tag in _BOLD:
            self._bold += 1
        elif tag == "a" and _LINK.fullmatch(values.get("href", "")):
            self._link = (values["href"], [])

    def _attributes(self, values: dict[str, str]) -> None:
        """The words of an element that are in its attributes."""
        is_text = values.get("type", "text") in (
            "",
            "text",
            "search",
            "email",
            "number",
            "date",
            "button",
            "submit",
        )
        for key in ("alt", "title", "placeholder", *["value"] * is_text):
            if values.get(key, "").strip():
                self._builder.text(f" {values[key]} ", self._line)

    def handle_endtag(self, tag: str) -> None:
        if tag in _HEADINGS or tag == "dt":
            self._builder.end_heading()
        elif tag in _BLOCKS or tag == "li":
            self._pre -= tag == "pre"
            self._builder.end_paragraph()
        elif tag in ("ul", "ol"):
            self._builder.end_list()
        elif tag == "table":
            self._builder.end_table()
        elif tag in ("td", "th", "tr"):
            self._builder.end_cell()
        else:
            self._end_inline(tag)

    def _end_inline(self, tag: str) -> None:
        if tag in _BOLD:
            self._bold -= 1
        elif tag == "a" and self._link is not None:
            address, label = self._link
            self._link = None
            self._builder.link(" ".join("".join(label).split()), address)
        elif tag == "title" and self._title is not None:
            self._titles.append(" ".join("".join(self._title).split()))
            self._title = None

    def handle_data(self, data: str) -> None:
        if self._title is not None:
            self._title.append(data)
            return
        if self._link is not None:
            self._link[1].append(data)
        text = data if self._pre else re.sub(r"\s+", " ", data)
        self._builder.text(text, self._line, is_bold=self._bold > 0)


def _span(values: dict[str, str], key: str) -> int:
    text = values.get(key, "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 1  # noqa: PLR2004
