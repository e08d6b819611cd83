"""The charters in force on each day, by period."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from charterbook.charter import Charter
from charterbook.versions import FiscalYear, bounds, is_version_name, same_period

_ONE_DAY = datetime.timedelta(1)


class DatedCharter(NamedTuple):
    """The charter of a version with the days of its period; it is in force until the next one begins."""

    version: str
    period: str
    begins: datetime.date
    ends: datetime.date
    charter: Charter


class Agreement(NamedTuple):
    """The days of a period on which the charter of a version was in force."""

    period: str
    version: str
    first: datetime.date
    last: datetime.date
    charter: Charter


def agreements(
    versions: Sequence[DatedCharter], fiscal_year: FiscalYear, until: datetime.date
) -> list[Agreement]:
    """Each period up to a day, with the charter in force, in order.

    A period without a version has the charter of the previous version. A period in which a version begins late occurs
    twice.
    """
    following = [version.begins - _ONE_DAY for version in versions[1:]]
    found: list[Agreement] = []
    for version, last in zip(versions, [*following, until], strict=True):
        found.extend(_of(version, min(last, until), fiscal_year))
    return found


def _of(version: DatedCharter, last: datetime.date, fiscal_year: FiscalYear) -> Iterator[Agreement]:
    first, name, end = version.begins, version.period, version.ends
    while first <= last:
        yield Agreement(name, version.version, first, min(end, last), version.charter)
        first = end + _ONE_DAY
        if not is_version_name(version.period):
            end = last
            continue
        name = same_period(version.period, first, *fiscal_year)
        end = bounds(name, *fiscal_year)[1] - _ONE_DAY
