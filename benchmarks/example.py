"""This repository's example as an input: its own commits, and a generated continuation."""

from __future__ import annotations

import datetime
import re
import subprocess
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from benchmarks.inputs import Input, Revision, quarter_of

ROOT = Path(__file__).parent.parent
CHARTER = "charter.yml"

_VERSION = re.compile(r"^version: .*$", re.MULTILINE)
_EFFECTIVE = re.compile(r"^effective: .*$", re.MULTILINE)
_ACTUAL = re.compile(r"(?<=actual: \{ value: )[\d.]+")


def example() -> Input:
    """The committed history of charter.yml; a next quarter with another figure is upcoming."""
    past = tuple(_committed())
    return Input("example", past, next(continued(past[-1])))


def long_example(quarters: int) -> Input:
    """The example, continued to a number of versions."""
    past = tuple(_committed())
    more = tuple(islice(continued(past[-1]), quarters + 1 - len({revision.version for revision in past})))
    return Input(f"example-{quarters}", (*past, *more[:-1]), more[-1])


def continued(last: Revision) -> Iterator[Revision]:
    """Generated quarters after the last one, each with a new value of one metric."""
    while True:
        date = _next_quarter(last.date)
        last = Revision(quarter_of(date), date, f"Plan {quarter_of(date)}", _moved(last.text, date))
        yield last


def _committed() -> Iterator[Revision]:
    for line in _git("log", "--first-parent", "--reverse", "--format=%H %cs %s", "--", CHARTER).splitlines():
        commit, day, message = line.split(" ", 2)
        text = _git("show", f"{commit}:{CHARTER}")
        date = datetime.date.fromisoformat(day)
        named = _VERSION.search(text)
        version = named.group().removeprefix("version: ") if named else quarter_of(date)
        yield Revision(version, date, message, text)


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=True)
    return done.stdout.decode()


def _next_quarter(date: datetime.date) -> datetime.date:
    year, month = divmod(date.year * 12 + date.month - 1 + 3, 12)
    return datetime.date(year, month + 1, 15)


def _moved(text: str, date: datetime.date) -> str:
    text = _VERSION.sub(f"version: {quarter_of(date)}", text)
    text = _EFFECTIVE.sub(f"effective: {date}", text)
    figures = list(_ACTUAL.finditer(text))
    chosen = figures[(date.year * 4 + (date.month + 2) // 3) % len(figures)]
    return f"{text[: chosen.start()]}{float(chosen.group()) + 1:g}{text[chosen.end() :]}"
