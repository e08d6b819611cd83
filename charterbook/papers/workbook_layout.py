"""The layout of a workbook: which value of a charter is in which cell, as `workbook_format` describes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from charterbook.charter import ITEM_LISTS, SECTIONS, Charter
from charterbook.charter.base import Item, MarkedPart, Part
from charterbook.charter.model_shape import SHARED, Shape, shapes
from charterbook.charter.questions import ServiceLevel
from charterbook.compare.field_names import TITLES, field_name, section_title
from charterbook.diff.change import Data, plain
from charterbook.i18n import N_, Translator, translator
from charterbook.identity import path_of
from charterbook.papers.workbook_format import (
    RACI_KEYS,
    EarlierVersions,
    WorkbookColumn,
    WorkbookRow,
    WorkbookSheet,
)
from charterbook.papers.workbook_values import Cell, cell

_SCORECARD, _PROMISES, _WHO, _MONEY = (
    N_("Scorecard"),
    N_("Promises"),
    N_("Who does what"),
    N_("Who pays"),
)
_CHARTER, _OTHER = N_("Charter"), N_("Further values")

#: Sheets of item lists with their own title.
_TITLES = {"metrics": _SCORECARD, "sources": _MONEY}
#: The lists of items with a sheet, after scorecard, promises, responsibilities and funding.
_LISTS = tuple(kind for kind in ITEM_LISTS if kind not in _TITLES)

_FIXED = ("id", "was")
#: Keys without a column: visibility is decided in the file.
_MARKS = frozenset(shapes(MarkedPart))


def sheets(charter: Charter, earlier: EarlierVersions | None = None) -> list[WorkbookSheet]:
    """All visible sheets of a charter. Sheets without rows are omitted."""
    return [sheet for sheet in _WorkbookLayout(charter, earlier or EarlierVersions()).sheets() if sheet.rows]


class _WorkbookLayout:
    def __init__(self, charter: Charter, earlier: EarlierVersions) -> None:
        self.charter, self.earlier = charter, earlier
        self.t = translator(charter.language)
        self.data = plain(charter)
        self.has_raci_sheet = _fits_raci(self.data)

    def sheets(self) -> Iterator[WorkbookSheet]:
        yield self._items("metrics")
        yield self._promises()
        yield self._responsibilities()
        yield self._items("sources")
        yield from map(self._items, _LISTS)
        yield WorkbookSheet("charter", self.t.gettext(_CHARTER), self._long(), tuple(self._single_values()))
        yield WorkbookSheet("other", self.t.gettext(_OTHER), self._long(), tuple(self._other_values()))

    def _items(self, kind: str) -> WorkbookSheet:
        """The items of a kind, with a column for each field that fits a cell."""
        path, model = path_of(kind), _model_at(path_of(kind))
        left_out = tuple(RACI_KEYS.values()) if kind == "roles" and self.has_raci_sheet else ()
        columns = [column for column in self._columns(model) if column.key not in left_out]
        rows = [
            self._row("/".join((*path, item["id"])), item, columns) for item in _at(self.data, path) or ()
        ]
        return self._with_earlier(kind, self._title(kind), columns, rows)

    def _title(self, kind: str) -> str:
        return self.t.gettext(_TITLES.get(kind) or TITLES[kind])

    def _promises(self) -> WorkbookSheet:
        columns = [WorkbookColumn("", self.t.gettext("Service")), *self._columns(ServiceLevel)]
        rows = [
            self._row(f"services/{service['id']}/service_levels/{place}", level, columns, service["name"])
            for service in self.data["services"]
            for place, level in enumerate(service["service_levels"])
        ]
        return self._with_earlier("promises", self.t.gettext(_PROMISES), columns, rows)

    def _with_earlier(
        self, key: str, title: str, columns: Sequence[WorkbookColumn], rows: Sequence[WorkbookRow]
    ) -> WorkbookSheet:
        """The table with columns for its state and for earlier versions, if one of its rows has them."""
        shown = [row for row in rows if row.path in self.earlier.cells]
        states = [row for row in rows if row.path in self.earlier.states]
        more = [WorkbookColumn("", self.t.gettext("State"))] if states else []
        more += [WorkbookColumn("", name) for name in self.earlier.names] if shown else []
        found = [
            WorkbookRow(row.path, (*row.cells, *self._earlier_cells(row.path, bool(states), bool(shown))))
            for row in rows
        ]
        return WorkbookSheet(key, title, (*columns, *more), tuple(found))

    def _earlier_cells(self, path: str, has_state: bool, has_versions: bool) -> list[Cell]:
        state: list[Cell] = [self.earlier.states.get(path)] if has_state else []
        none = [None] * len(self.earlier.names)
        return state + (list(self.earlier.cells.get(path, none)) if has_versions else [])

    def _responsibilities(self) -> WorkbookSheet:
        """A row for each service, a column for each role."""
        roles, services = self.data["roles"], self.data["services"]
        key = "{}" if self.has_raci_sheet else ""
        columns = [WorkbookColumn(key.format(role["id"]), role["name"]) for role in roles]
        rows = [
            WorkbookRow(
                f"raci/{service['id']}", (service["name"], *(_letters(role, service["id"]) for role in roles))
            )
            for service in services
            if roles
        ]
        heading = WorkbookColumn("", self.t.gettext("Service"))
        return WorkbookSheet("responsibilities", self.t.gettext(_WHO), (heading, *columns), tuple(rows))

    def _long(self) -> tuple[WorkbookColumn, ...]:
        """The columns of a table with one value in each row."""
        return (
            WorkbookColumn("", self.t.gettext("Part")),
            WorkbookColumn("", self.t.gettext("Field")),
            WorkbookColumn(".", self.t.gettext("Value")),
        )

    def _single_values(self) -> Iterator[WorkbookRow]:
        """The values that are in no list: of the charter as a whole, and of its sections."""
        yield from self._values((), Charter, self.data, section_title("charter", self.t))
        for section in SECTIONS:
            shape = shapes(Charter)[section]
            if shape.part and not shape.is_list and section in self.data:
                yield from self._values(
                    (section,), shape.part, self.data[section], section_title(section, self.t)
                )

    def _values(self, path: tuple[str, ...], model: type[Part], data: Data, of: str) -> Iterator[WorkbookRow]:
        for key, shape in shapes(model).items():
            if not shape.part and _fits_cell(shape) and key != "schema":
                yield self._value((*path, key), model, shape, data.get(key), of)

    def _value(
        self, path: tuple[str | int, ...], model: type[Part], shape: Shape, value: Any, of: str
    ) -> WorkbookRow:
        name = _capital(field_name(model, shape.key, self.t))
        shown = cell(value, model, shape, self.t)
        return WorkbookRow("/".join(map(str, path)), (of, name, shown), model, shape)

    def _other_values(self) -> Iterator[WorkbookRow]:
        """The values in lists without ids, other than promises; and lists of longer texts."""
        yield from self._lists_in((), Charter, self.data, section_title("charter", self.t))

    def _lists_in(
        self, path: tuple[str | int, ...], model: type[Part], data: Data, of: str
    ) -> Iterator[WorkbookRow]:
        for key, shape in shapes(model).items():
            value = data.get(key)
            if not value or key == "service_levels":
                continue
            here = (*path, key)
            if shape.is_list and (shape.part or not _fits_cell(shape)):
                yield from self._elements(here, model, shape, value, of)
            elif shape.part and not shape.is_list:
                yield from self._lists_in(here, shape.part, value, _of(of, path, key, self.t))

    def _elements(
        self, path: tuple[str | int, ...], model: type[Part], shape: Shape, values: list[Any], of: str
    ) -> Iterator[WorkbookRow]:
        for place, value in enumerate(values):
            if shape.part is None:
                yield self._value((*path, place), model, shape.one, value, of)
            elif issubclass(shape.part, Item):
                yield from self._lists_in(
                    (*path, value["id"]), shape.part, value, str(value[shape.part.label_key])
                )
            else:
                title = f"{of}: {_title_of(path[-1], self.t)} {place + 1}"
                yield from self._part((*path, place), shape.part, value, title)

    def _part(
        self, path: tuple[str | int, ...], model: type[Part], data: Data, of: str
    ) -> Iterator[WorkbookRow]:
        for key, shape in shapes(model).items():
            yield self._value((*path, key), model, shape, data.get(key), of)

    def _columns(self, model: type[Part], before: str = "", title: str = "") -> Iterator[WorkbookColumn]:
        """The columns of a class: its own fields that fit a cell, and those of parts that it has once."""
        for key, shape in sorted(
            shapes(model).items(), key=lambda pair: (pair[0] in _FIXED, pair[0] in SHARED)
        ):
            name = _capital(field_name(model, key, self.t))
            name = name if not title else title if key in ("value", "share") else f"{title}: {name}"
            if shape.part and not shape.is_list:
                yield from self._columns(shape.part, f"{before}{key}/", name)
            elif _fits_cell(shape) and key not in _MARKS:
                yield WorkbookColumn(
                    "" if key in _FIXED else before + key, name, model, shape, self._known(shape)
                )

    def _known(self, shape: Shape) -> tuple[str, ...]:
        """The ids that a single reference can name."""
        if shape.refers is None or shape.is_list:
            return ()
        known = (kind for kind in shape.refers.kinds if kind in ITEM_LISTS)
        return tuple(item.id for kind in known for item in self.charter.items(kind))

    def _row(self, path: str, data: Data, columns: Sequence[WorkbookColumn], *before: Cell) -> WorkbookRow:
        cells = (self._cell(data, column) for column in columns if column.shape)
        return WorkbookRow(path, (*before, *cells))

    def _cell(self, data: Data, column: WorkbookColumn) -> Cell:
        assert column.part is not None
        assert column.shape is not None
        value = (_at(data, column.key.split("/")[:-1]) or {}).get(column.shape.key)
        return cell(value, column.part, column.shape, self.t)


def _fits_cell(shape: Shape) -> bool:
    """Whether a value, or a list of values, fits in one cell."""
    return not (shape.is_list and (shape.part or shape.kind == "text"))


def _fits_raci(data: Data) -> bool:
    """Whether letters in a table of services and roles say all that the lists of the roles say."""
    known = {service["id"] for service in data["services"]}
    lists = [role[key] for role in data["roles"] for key in RACI_KEYS.values()]
    return all(set(names) <= known and len(set(names)) == len(names) for names in lists)


def _letters(role: Data, service: str) -> Cell:
    return ", ".join(letter for letter, key in RACI_KEYS.items() if service in role[key]) or None


def _model_at(path: Sequence[str]) -> type[Part]:
    model: type[Part] = Charter
    for key in path:
        model = shapes(model)[key].part or model
    return model


def _at(data: Any, path: Sequence[str]) -> Any:
    for key in path:
        data = (data or {}).get(key)
    return data


def _of(of: str, path: Sequence[str | int], key: str, t: Translator) -> str:
    """The name of a nested part; for a section, its title."""
    return of if path else _title_of(key, t)


def _title_of(key: str | int, t: Translator) -> str:
    return t.gettext(TITLES[str(key)]) if key in TITLES else str(key)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
