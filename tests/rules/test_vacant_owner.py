from __future__ import annotations

from datetime import date

import pytest

from tests.load.sample import SMALL, small
from tests.rules.sample import found, places

ROLES = """\
roles:
  - {id: cro, name: CRO}
  - {id: lead, name: Lead, vacant_since: 2026-08-01, backup: cro%s}
"""


def staffed(more: str = "", source: str = SMALL) -> str:
    """A charter with a vacant role."""
    return source.replace("owner: Chief revenue officer", "owner: cro") + ROLES % more


def test_a_vacant_role_that_owns_a_service() -> None:
    """A warning at the reference; the advice names its deputy."""
    (problem,) = found("vacant-owner", staffed(source=small("[sales]\n", "[sales]\n    owner: lead\n")))
    assert str(problem) == (
        "9:12: warning vacant-owner: the role “Lead” is vacant, so nobody owns this. Assign it to another role until then, for example to the stand-in: cro."
    )


@pytest.mark.parametrize(
    "part",
    [
        "platforms:\n  - {id: crm, name: CRM, admin: lead}\n",
        "platforms:\n  - {id: crm, name: CRM, data_owner: lead}\n",
        "partners:\n  - {id: hr, name: HR, liaison: lead}\n",
        "risks:\n  - {id: cuts, name: Cuts, owner: lead}\n",
    ],
)
def test_every_responsibility_of_a_vacant_role(part: str) -> None:
    """In every section."""
    assert [place[0] for place in places("vacant-owner", staffed() + part)] == [26]


def test_a_vacant_representative_of_an_audience() -> None:
    """A warning at the audience."""
    source = small("  - id: sales\n", "  - id: sales\n    manager: lead\n")
    assert len(places("vacant-owner", staffed(source=source))) == 1


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("", []),
        (", accountable: [onboarding]", [(24, 81, "warning")]),
        (", responsible: [onboarding]", [(24, 81, "warning")]),
        (", consulted: [onboarding], informed: [onboarding]", []),
    ],
)
def test_what_a_vacant_role_may_be(more: str, expected: list[tuple[int, int, str]]) -> None:
    """Consulted and informed, but neither accountable nor the only responsible role."""
    assert places("vacant-owner", staffed(more)) == expected


def test_somebody_else_does_it_too() -> None:
    """Another role is responsible as well."""
    source = staffed(", responsible: [onboarding]").replace(
        "name: CRO}", "name: CRO, responsible: [onboarding]}"
    )
    assert places("vacant-owner", source) == []


def test_a_retired_service() -> None:
    """It needs nobody."""
    source = small("[sales]\n", "[sales]\n    owner: lead\n    status: retired\n")
    assert places("vacant-owner", staffed(", accountable: [onboarding]", source)) == []


def test_a_role_that_will_be_vacant() -> None:
    """From that day on."""
    source = staffed(source=small("[sales]\n", "[sales]\n    owner: lead\n"))
    assert places("vacant-owner", source, date(2026, 7, 31)) == []
    assert places("vacant-owner", source, date(2026, 8, 1)) == [(9, 12, "warning")]


def test_a_stand_in_that_is_vacant_too() -> None:
    """It is not suggested."""
    source = staffed(source=small("[sales]\n", "[sales]\n    owner: lead\n"))
    source = source.replace("name: CRO}", "name: CRO, vacant_since: 2026-01-01}").replace(
        "owner: cro", "owner: other"
    )
    (problem,) = found("vacant-owner", f"{source}  - {{id: other, name: Other}}\n")
    assert problem.fix == "Assign it to another role until then."
