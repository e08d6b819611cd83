"""The formats of `charterbook export`, each with its writer.

Writers import their modules only when they run, so that the command can list the formats without delay.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from charterbook.errors import CharterbookError
from charterbook.frozen_dataclass import dataclass

if TYPE_CHECKING:
    from charterbook.papers.paper_source import PaperSource


@dataclass(frozen=True)
class PaperFormat:
    """A format: the suffix of its files, its writer, and the library that it needs, if it is optional.

    `is_whole` says that it is always about the whole charter, never about one audience. `style` names the escaping of
    a text in a terminal, as `charterbook.terminal` has it; empty if that has the name of the format.
    """

    suffix: str
    write: Callable[[PaperSource], bytes]
    needs: str | None = None
    is_whole: bool = False
    style: str = ""

    @property
    def is_text(self) -> bool:
        """Whether the format is text that a terminal can show."""
        return self.needs is None


def _json(source: PaperSource) -> bytes:
    from charterbook.papers.charter_json import as_charter_json

    return as_charter_json(source.charter).encode()


def _csv(source: PaperSource) -> bytes:
    from charterbook.papers.value_table import as_csv

    return as_csv(source.charter).encode()


def _markdown(source: PaperSource) -> bytes:
    from charterbook.papers.charter_document import charter_document
    from charterbook.papers.markdown_document import as_markdown_document

    return as_markdown_document(charter_document(source)).encode()


def _html(source: PaperSource) -> bytes:
    from charterbook.papers.charter_document import charter_document
    from charterbook.papers.html_document import as_html_document

    return as_html_document(charter_document(source)).encode()


def _docx(source: PaperSource) -> bytes:
    from charterbook.papers.charter_document import charter_document
    from charterbook.papers.word_document import as_docx

    return as_docx(charter_document(source), source.made)


def _xlsx(source: PaperSource) -> bytes:
    from charterbook.papers.earlier_versions import earlier_versions
    from charterbook.papers.workbook import WorkbookSource, as_xlsx

    made = WorkbookSource(
        source.charter, source.version, source.commit, source.made, earlier_versions(source)
    )
    return as_xlsx(made)


def _pdf(source: PaperSource) -> bytes:
    from charterbook.papers.charter_document import charter_document
    from charterbook.papers.typst_data import document_data

    contents = source.t.gettext("Contents")
    return _pages(document_data(charter_document(source)), contents, source)


def _review(source: PaperSource) -> bytes:
    from charterbook.papers.review_document import review_document
    from charterbook.papers.typst_data import document_data

    return _pages(document_data(review_document(source)), "", source)


def _pages(data: dict[str, Any], contents: str, source: PaperSource) -> bytes:
    """A PDF of a document; `contents` is the title of its table of contents, empty for none."""
    from charterbook.papers.typst_pdf import as_pdf

    return as_pdf("charter", data | {"contents": contents}, source.made, source.report_signs)


def _onepager(source: PaperSource) -> bytes:
    from charterbook.papers.onepager import onepager

    return onepager(source)


def _slides(source: PaperSource) -> bytes:
    from charterbook.papers.slides import slides

    return slides(source)


FORMATS = {
    "pdf": PaperFormat("pdf", _pdf, "typst"),
    "onepager": PaperFormat("pdf", _onepager, "typst"),
    "review": PaperFormat("pdf", _review, "typst", is_whole=True),
    "slides": PaperFormat("pdf", _slides, "typst"),
    "docx": PaperFormat("docx", _docx, "docx"),
    "xlsx": PaperFormat("xlsx", _xlsx, "xlsxwriter", is_whole=True),
    "csv": PaperFormat("csv", _csv, is_whole=True),
    "json": PaperFormat("json", _json, is_whole=True),
    "md": PaperFormat("md", _markdown, style="markdown"),
    "html": PaperFormat("html", _html),
}

_HOW = "{}: Charterbook needs more for this format; install it with: pip install 'charterbook[papers]'"


def render(source: PaperSource, name: str) -> bytes:
    """A paper in one of `FORMATS`. Raises CharterbookError if its library is not installed."""
    paper = FORMATS[name]
    if not is_installed(paper):
        raise CharterbookError(_HOW.format(name))
    return paper.write(source)


def is_installed(paper: PaperFormat) -> bool:
    """Whether the library that a format needs is installed."""
    return paper.needs is None or find_spec(paper.needs) is not None
