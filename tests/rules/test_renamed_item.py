from __future__ import annotations

import pytest

from charterbook.compare import compare
from tests.load.sample import SMALL, loaded, small
from tests.rules.sample import found, places

TEAM = small(
    "audiences:\n",
    "audiences:\n  - {id: hr, name: People team, kind: internal, headcount: 35, gives: Complete requests.}\n",
)


def _renamed(text: str = TEAM, **values: str) -> str:
    """The charter with other values of that audience."""
    for key, value in {"id": "people", **values}.items():
        old = {"id": "id: hr", "name": "name: People team", "gives": "gives: Complete requests."}[key]
        text = text.replace(old, f"{key}: {value}")
    return text


@pytest.mark.parametrize("values", [{}, {"name": "Human resources"}, {"gives": "Nothing."}])
def test_a_new_id_without_the_former_one(values: dict[str, str]) -> None:
    """With the same name, or with nothing but another name; also after it was committed."""
    now = _renamed(**values)
    (problem,) = found("renamed-item", now, past=[TEAM])
    assert (problem.line, problem.column, problem.severity) == (10, 10, "warning")
    assert problem.text == f"“{values.get('name', 'People team')}” seems to be “People team” under a new id"
    assert problem.fix == "If it is, add was: [hr]: its history and its addresses then continue."
    assert places("renamed-item", now, past=[TEAM, now, now]) == [(10, 10, "warning")]


@pytest.mark.parametrize("values", [{}, {"gives": "Nothing."}])
def test_an_item_of_the_same_name_is_a_guess_of_comparisons(values: dict[str, str]) -> None:
    """The rule and a comparison never disagree about it."""
    (guess,) = compare(loaded(TEAM), loaded(_renamed(**values))).likely
    assert (guess.old[-1], guess.new[-1]) == ("hr", "people")


def test_what_is_no_renaming() -> None:
    """A different item, a declared renaming, an item that came earlier or in addition, and one that returned."""
    other = _renamed(name="Works council", gives="Advice.")
    declared = _renamed().replace("id: people", "id: people, was: [hr]")
    both = TEAM.replace("audiences:\n", "audiences:\n  - {id: people, name: People team}\n")
    for now, past in (
        (other, [TEAM]),
        (declared, [TEAM]),
        (_renamed(), [SMALL]),
        (_renamed(), [TEAM, SMALL]),
        (both, [TEAM]),
        (TEAM, [TEAM, _renamed(), TEAM]),
    ):
        assert places("renamed-item", now, past=past) == []


def test_two_that_look_the_same() -> None:
    """Nothing is guessed."""
    twins = TEAM.replace("  - {id: hr,", "  - {id: hq, name: People team}\n  - {id: hr,")
    assert places("renamed-item", _renamed(), past=[twins]) == []


def test_without_a_history() -> None:
    """The rule finds nothing."""
    assert places("renamed-item", _renamed()) == []
