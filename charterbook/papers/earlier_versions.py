"""Values in earlier versions, as cells of a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from charterbook.papers.overview_blocks import STATES
from charterbook.papers.paper_source import PaperSource
from charterbook.papers.workbook_format import EarlierVersions
from charterbook.papers.workbook_values import Cell, plain_cell


def earlier_versions(source: PaperSource) -> EarlierVersions:
    """The values of metrics, promises and funding sources in the versions before."""
    found = dict(_values(source))
    names = tuple(
        dict.fromkeys(name for values in found.values() for name in values if name != source.version)
    )
    cells = {path: tuple(_cell(values.get(name)) for name in names) for path, values in found.items()}
    states = {
        f"metrics/{id_}": source.t.gettext(STATES[one.status.state]) for id_, one in source.metrics.items()
    }
    known = {path: row for path, row in cells.items() if any(cell is not None for cell in row)}
    return EarlierVersions(names, known, states)


def _values(source: PaperSource) -> Iterator[tuple[str, Mapping[str, float | None]]]:
    """The path of each row, with its values by version. Amounts come first, because every version has them."""
    for money in source.sources:
        yield f"funding/sources/{money.source}", {name: amount for name, amount, _ in money.amounts}
    for promise in source.promises:
        yield f"services/{promise.service}/service_levels/{promise.place}", dict(promise.shares)
    for id_, history in source.metrics.items():
        yield f"metrics/{id_}", dict(history.values)


def _cell(value: float | None) -> Cell:
    return None if value is None else plain_cell(value)
