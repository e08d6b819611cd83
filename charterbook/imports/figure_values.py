"""The value in a cell, in the unit of its metric."""

from __future__ import annotations

from decimal import Decimal

from charterbook.charter import Metric
from charterbook.exact_numbers import exact
from charterbook.imports.cell_advice import number_advice
from charterbook.imports.figure_findings import Findings
from charterbook.imports.numbers_in_text import NumberInText, number_in
from charterbook.imports.tables import Cell, CellFault
from charterbook.load import value_guess
from charterbook.load.did_you_mean import quote

_HUNDRED = Decimal(100)


class ValueReader:
    """Reader of the values in one file. `decimal` is the decimal sign of its texts, None if unknown."""

    def __init__(self, file: str, decimal: str | None, currency: str | None, findings: Findings) -> None:
        self.file, self.decimal, self.currency, self.findings = file, decimal, currency, findings

    def read(self, cell: Cell, metric: Metric) -> Decimal | None:
        """The value in a non-empty cell; None, with a report, if it is invalid."""
        if isinstance(cell.value, CellFault):
            self.findings.cell(self.file, cell, "cell", reason=cell.value.phrase)
            return None
        written = _written(cell, self.decimal)
        if written is None:
            self._unreadable(cell)
            return None
        if len(written.readings) > 1:
            first, second = (f"{number:f}" for number in written.readings)
            self.findings.cell(
                self.file, cell, "ambiguous-number", value=quote(cell.value), first=first, second=second
            )
            return None
        return self._storable(cell, written.readings[0]) if self._fits(cell, written, metric) else None

    def _unreadable(self, cell: Cell) -> None:
        advice = number_advice(cell.value, self.decimal)
        self.findings.cell(self.file, cell, "unreadable-value", advice, value=quote(cell.value))

    def _storable(self, cell: Cell, value: Decimal) -> Decimal | None:
        """The value, if a charter can store all its digits."""
        if exact(float(value)) == value or value == value.to_integral_value():
            return value
        self.findings.cell(self.file, cell, "too-exact", value=quote(cell.value))
        return None

    def _fits(self, cell: Cell, written: NumberInText, metric: Metric) -> bool:
        """Whether the text beside the digits agrees with the metric's unit."""
        if metric.unit == "percent" and not written.sign and 0 < abs(written.readings[0]) < 1:
            self.findings.cell(self.file, cell, "share-or-percent", value=f"{written.readings[0]:f}")
            return False
        if not written.sign or self._is_unit(written.sign, metric):
            return True
        if written.sign != "%" and not value_guess.currencies(written.sign):
            self._unreadable(cell)
            return False
        unit = (metric.currency or self.currency or metric.unit) if metric.unit == "currency" else metric.unit
        self.findings.cell(
            self.file, cell, "other-unit", sign=quote(written.sign), id=quote(metric.id), unit=quote(unit)
        )
        return False

    def _is_unit(self, sign: str, metric: Metric) -> bool:
        if metric.unit == "currency":
            return (metric.currency or self.currency) in value_guess.currencies(sign)
        return sign == "%" if metric.unit == "percent" else sign.casefold() == metric.unit.casefold()


def _written(cell: Cell, decimal: str | None) -> NumberInText | None:
    if isinstance(cell.value, str):
        return number_in(cell.value, decimal)
    if not isinstance(cell.value, Decimal) or cell.sign == "month":
        return None
    return NumberInText((cell.value * _HUNDRED if cell.sign == "%" else cell.value,), "", cell.sign)
