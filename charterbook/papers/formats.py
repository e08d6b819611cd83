"""The formats of `charterbook export`, each with its writer."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec

from charterbook.errors import CharterbookError
from charterbook.frozen_dataclass import dataclass
from charterbook.papers.charter_document import charter_document
from charterbook.papers.charter_json import as_charter_json
from charterbook.papers.earlier_versions import earlier_versions
from charterbook.papers.html_document import as_html_document
from charterbook.papers.markdown_document import as_markdown_document
from charterbook.papers.onepager import onepager
from charterbook.papers.paper_source import PaperSource
from charterbook.papers.review_document import review_document
from charterbook.papers.slides import slides
from charterbook.papers.typst_data import document_data
from charterbook.papers.typst_pdf import as_pdf
from charterbook.papers.value_table import as_csv
from charterbook.papers.workbook import WorkbookSource, as_xlsx


@dataclass(frozen=True)
class PaperFormat:
    """A format: the end of its files' names, its writer, and the library that it needs, if it is optional.

    `is_whole` says that it is always about the whole charter, never about one audience.
    """

    suffix: str
    write: Callable[[PaperSource], bytes]
    needs: str | None = None
    is_whole: bool = False

    @property
    def is_text(self) -> bool:
        """Whether the format is text that a terminal can show."""
        return self.needs is None


def _json(source: PaperSource) -> bytes:
    return as_charter_json(source.charter).encode()


def _csv(source: PaperSource) -> bytes:
    return as_csv(source.charter).encode()


def _markdown(source: PaperSource) -> bytes:
    return as_markdown_document(charter_document(source)).encode()


def _html(source: PaperSource) -> bytes:
    return as_html_document(charter_document(source)).encode()


def _docx(source: PaperSource) -> bytes:
    from charterbook.papers.word_document import as_docx

    return as_docx(charter_document(source), source.made)


def _xlsx(source: PaperSource) -> bytes:
    made = WorkbookSource(
        source.charter, source.version, source.commit, source.made, earlier_versions(source)
    )
    return as_xlsx(made)


def _pdf(source: PaperSource) -> bytes:
    contents = {"contents": source.t.gettext("Contents")}
    return as_pdf(
        "charter", document_data(charter_document(source)) | contents, source.made, source.report_signs
    )


def _review(source: PaperSource) -> bytes:
    return as_pdf(
        "charter", document_data(review_document(source)) | {"contents": ""}, source.made, source.report_signs
    )


FORMATS = {
    "pdf": PaperFormat("pdf", _pdf, "typst"),
    "onepager": PaperFormat("pdf", onepager, "typst"),
    "review": PaperFormat("pdf", _review, "typst", is_whole=True),
    "slides": PaperFormat("pdf", slides, "typst"),
    "docx": PaperFormat("docx", _docx, "docx"),
    "xlsx": PaperFormat("xlsx", _xlsx, "xlsxwriter", is_whole=True),
    "csv": PaperFormat("csv", _csv, is_whole=True),
    "json": PaperFormat("json", _json, is_whole=True),
    "md": PaperFormat("md", _markdown),
    "html": PaperFormat("html", _html),
}

_HOW = "{}: Charterbook needs more for this format; install it with: pip install 'charterbook[papers]'"


def render(source: PaperSource, name: str) -> bytes:
    """A paper in one of `FORMATS`. Raises CharterbookError if its library is not installed."""
    paper = FORMATS[name]
    if paper.needs is not None and not is_installed(paper):
        raise CharterbookError(_HOW.format(name))
    return paper.write(source)


def is_installed(paper: PaperFormat) -> bool:
    """Whether the library that a format needs is installed."""
    return paper.needs is None or find_spec(paper.needs) is not None
