"""The roles of a table's columns: a row for each value, a column for each metric, or a column for each day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from charterbook.frozen_dataclass import dataclass
from charterbook.imports import figure_messages
from charterbook.imports.days_in_text import day_in
from charterbook.imports.figure_findings import Findings
from charterbook.imports.numbers_in_text import number_in
from charterbook.imports.tables import Cell, Table
from charterbook.load.did_you_mean import did_you_mean, quote, short
from charterbook.load.lazy_message import LazyMessage

Form = Literal["long", "metrics", "days"]

#: Known names of columns, in the languages of charters.
_KNOWN = {
    "metric": (
        "metric",
        "metrics",
        "kpi",
        "measure",
        "indicator",
        "метрика",
        "метрики",
        "показатель",
        "показатели",
    ),
    "day": ("day", "date", "month", "period", "quarter", "день", "дата", "месяц", "период", "квартал"),
    "value": ("value", "actual", "result", "значение", "факт", "результат"),
    "note": ("note", "notes", "comment", "remark", "примечание", "комментарий"),
}


@dataclass(frozen=True)
class Columns:
    """The form of a table: the columns with a role, and the others with a metric or a day each."""

    form: Form
    roles: Mapping[str, int]
    others: tuple[int, ...]


def normalized_name(text: str) -> str:
    """A name for comparison: without case and repeated spaces."""
    return " ".join(text.split()).casefold()


def columns_of(table: Table, requested: Mapping[str, str], findings: Findings) -> Columns | None:
    """The columns of a table; None, with a report, if they are ambiguous."""
    names = {index: cell for index, cell in enumerate(table.header) if isinstance(cell.value, str)}
    before = len(findings.problems)
    roles = {
        role: index for role in _KNOWN for index in _column(table, role, requested.get(role), names, findings)
    }
    if len(findings.problems) > before:
        return None
    if len(table.header) == 1 and (row := _header_below(table)):
        findings.add(table.file, table.header[0].place, "header-below", row=str(row))
        return None
    if len(table.header) == 1:
        findings.add(table.file, table.header[0].place, "no-columns")
        return None
    return _formed(table, roles, findings)


def _column(
    table: Table, role: str, requested: str | None, names: Mapping[int, Cell], findings: Findings
) -> list[int]:
    known = _KNOWN[role] if requested is None else (normalized_name(requested),)
    found = [index for index, cell in names.items() if normalized_name(str(cell.value)) in known]
    role_name = LazyMessage(figure_messages.ROLES[role])
    if requested is not None and not found:
        texts = [str(cell.value) for cell in names.values()]
        listed = ", ".join(short(text) for text in texts[:12])
        findings.add(
            table.file,
            table.header[0].place,
            "no-column",
            did_you_mean(requested, texts),
            name=quote(requested),
            role=role_name,
            names=listed,
        )
    if len(found) > 1:
        first, second = names[found[0]], names[found[1]]
        findings.cell(
            table.file,
            second,
            "twice-column",
            name=quote(first.value),
            other=quote(second.value),
            role=role_name,
        )
    return found[:1]


def _formed(table: Table, roles: Mapping[str, int], findings: Findings) -> Columns | None:
    every = range(len(table.header))
    if roles.keys() >= {"metric", "day", "value"}:
        return Columns("long", roles, tuple(index for index in every if index not in roles.values()))
    days = tuple(index for index in every if day_in(table.header[index]).readings)
    first = next((index for index in every if index not in days), None)
    if days and first is not None and "day" not in roles:
        others = [table.header[index] for index in every if index not in (*days, first, *roles.values())]
        value = next((cell for cell in others if isinstance(cell.value, str) and number_in(cell.value)), None)
        if value is not None:
            findings.cell(table.file, value, "no-names", value=quote(value.value))
            return None
        return Columns("days", {"metric": roles.get("metric", first)}, days)
    day = roles.get("day", _column_of_days(table))
    if day is not None and "metric" not in roles:
        rest = (index for index in every if index not in (day, roles.get("note")))
        return Columns("metrics", {"day": day}, tuple(rest))
    place = table.header[0].place
    if {"metric", "day"} <= roles.keys():
        findings.add(table.file, place, "no-value-column")
    elif row := _header_below(table):
        findings.add(table.file, place, "header-below", row=str(row))
    else:
        findings.add(table.file, place, "no-days")
    return None


def _header_below(table: Table) -> int | None:
    """The number of one of the next rows that has the names of at least two columns with a role, or of a column of days."""
    known = {name: role for role, names in _KNOWN.items() for name in names}
    return table.header_below(
        lambda texts: len({known.get(normalized_name(text)) for text in texts} - {None}) > 1
    )


def _column_of_days(table: Table) -> int | None:
    """The only unnamed column that begins with a day."""
    row = next(iter(table), ())
    nameless = [index for index, cell in enumerate(table.header) if cell.value is None]
    found = [index for index in nameless if index < len(row) and day_in(row[index]).readings]
    return found[0] if len(found) == 1 else None
