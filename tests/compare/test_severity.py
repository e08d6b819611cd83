"""The severity table: a row for each path of the model, and the decisions."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any

import pytest

from charterbook.charter import Charter
from charterbook.charter.base import Item, Part
from charterbook.charter.model_shape import shapes
from charterbook.compare.comparison import SEVERITIES, Severity
from charterbook.compare.severity import IMPORTANCE, MARKS, fits, row_of, severity_of
from charterbook.compare.severity_table import ROWS
from tests.compare.small_charters import compared, figure, level, metric, money
from tests.test_diff import service


def places(model: type[Part] = Charter, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every path of the model: fields, lists, and their elements."""
    for key, shape in shapes(model).items():
        path = (*above, key)
        yield path
        if shape.part:
            inside = (*path, "*") if shape.is_list else path
            if shape.is_list:
                yield inside
            yield from places(shape.part, inside)


def test_the_table_is_total() -> None:
    """A path without a row, or a row without a path, is an error. There is no default."""
    shared = {".".join(("**", *path)) for path in places(Item) if not {*MARKS} & {*path}}
    of_model = {
        ".".join(path) for path in places() if not {*path[1:]} & {*shapes(Item)} and path[0] not in MARKS
    }
    marks = {f"**.{key}" for key in MARKS}
    rows = [row.path for row in ROWS]
    assert len(rows) == len(set(rows))
    assert set(rows) - {"funding.total"} == of_model | shared | marks
    for path in places():
        row = row_of(path)
        assert {row.added, row.removed, row.changed} <= set(SEVERITIES)
        assert row.needs is None or row.needs in rows


_STEPS = ("services", "service", "within", "a[b]", "*", "serv*", "[sw]*", "wi?hin")


def test_a_pattern_fits_as_with_wildcards_of_files() -> None:
    """Steps without wildcards are compared as they are; this must make no difference."""
    for pattern, path in itertools.product(itertools.product(_STEPS, repeat=2), repeat=2):
        expected = all(map(fnmatchcase, path, pattern))
        assert fits(".".join(pattern), path) == expected, (pattern, path)


def test_a_container_is_as_severe_as_its_content() -> None:
    """An added or removed section has the highest severity of its contents."""
    for row in (row for row in ROWS if "*" not in row.path and row.needs is None):
        for other in (other for other in ROWS if other.path.startswith(f"{row.path}.")):
            assert SEVERITIES.index(row.added) <= SEVERITIES.index(other.added), (row.path, other.path)
            assert SEVERITIES.index(row.removed) <= SEVERITIES.index(other.removed), (row.path, other.path)


def test_a_place_that_the_model_does_not_have() -> None:
    """It raises KeyError."""
    with pytest.raises(KeyError):
        severity_of("changed", ("services", "a", "colour"), {})


def test_an_id_is_no_key() -> None:
    """For items whose id is also a key."""
    assert severity_of("removed", ("services", "was"), {}) == "commitment"
    assert severity_of("removed", ("services", "id"), {}) == "commitment"


def test_every_pattern_of_importance_names_something() -> None:
    """Each pattern matches a path of the model."""
    known = [*places(), ("funding", "total")]
    for pattern, _ in IMPORTANCE:
        assert any(fits(pattern, path) for path in known), pattern


DAY = datetime.date(2026, 1, 31)

#: Changes and their severities. The definition of a number is as severe as the number itself.
GRAVE: dict[str, tuple[dict[str, Any], dict[str, Any], Severity]] = {
    "a metric's unit": (
        {"metrics": metric(unit="per month")},
        {"metrics": metric(unit="per year")},
        "commitment",
    ),
    "its direction": ({"metrics": metric()}, {"metrics": metric(direction="down")}, "commitment"),
    "its formula, with a target": (
        {"metrics": metric(formula="a / b", target=figure(5))},
        {"metrics": metric(formula="a / c", target=figure(5))},
        "commitment",
    ),
    "its formula, without one": (
        {"metrics": metric(formula="a / b")},
        {"metrics": metric(formula="a / c")},
        "meaning",
    ),
    "a sign in a formula": (
        {"metrics": metric(formula="won - lost", target=figure(5))},
        {"metrics": metric(formula="won + lost", target=figure(5))},
        "commitment",
    ),
    "the budget's period": (
        {"funding": money(1, period="month")},
        {"funding": money(1, period="year")},
        "commitment",
    ),
    "escalation": (
        {"services": [service("a", service_levels=level(escalation="CRO"))]},
        {"services": [service("a", service_levels=level())]},
        "commitment",
    ),
    "a priority with a promise": (
        {"intake": {"priorities": [{"id": "p", "name": "P", "meaning": "Now.", "within": 2}]}},
        {"intake": {"priorities": []}},
        "commitment",
    ),
    "a priority without one": (
        {"intake": {"priorities": [{"id": "p", "name": "P", "meaning": "Now."}]}},
        {"intake": {"priorities": []}},
        "meaning",
    ),
    "a unit of no promise": (
        {"intake": {"priorities": [{"id": "p", "name": "P", "meaning": "Now.", "unit": "days"}]}},
        {"intake": {"priorities": [{"id": "p", "name": "P", "meaning": "Now.", "unit": "hours"}]}},
        "meaning",
    ),
    "a metric that no longer shows success": (
        {"services": [service("a", metrics=["m"])], "metrics": metric()},
        {"services": [service("a", metrics=[])], "metrics": metric()},
        "commitment",
    ),
    "a quorum": ({"review": {"quorum": "Three"}}, {"review": {"quorum": "Two"}}, "commitment"),
    "decision rights": (
        {"review": {"decision_rights": "The CRO decides."}},
        {"review": {"decision_rights": "Nobody decides."}},
        "commitment",
    ),
    "the whole review": ({"review": {"quorum": "Three"}}, {}, "commitment"),
    "a review, which is held every quarter if it does not say how often": (
        {"review": {"next": DAY}},
        {},
        "commitment",
    ),
    "a section that says nothing": ({"scope": {"out": []}}, {}, "wording"),
    "a maturity without an aim": ({}, {"maturity": {"today": "formal"}}, "meaning"),
    "a maturity with an aim": ({}, {"maturity": {"today": "formal", "aim": "optimised"}}, "commitment"),
    "promises that cannot be told apart": (
        {"services": [service("a", service_levels=[*level(3), *level(4)])]},
        {"services": [service("a", service_levels=[*level(3), *level(9)])]},
        "commitment",
    ),
}


@pytest.mark.parametrize("case", GRAVE)
def test_severity(case: str) -> None:
    """By contract law."""
    old, new, severity = GRAVE[case]
    assert {each.severity for each in compared(old, new).statements} == {severity}
