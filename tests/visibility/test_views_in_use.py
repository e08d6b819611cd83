"""Everything that shows a charter can show a group's view of it, even without sections and keys that a file needs."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings

from charterbook.charter import Charter
from charterbook.charter.base import Part
from charterbook.charter.model_shape import shapes
from charterbook.compare import compare
from charterbook.diff import diff, plain
from charterbook.diff.rebuild import with_data
from charterbook.due_dates import due_dates
from charterbook.export import changes, due_text, review_text
from charterbook.papers.formats import render
from charterbook.papers.paper_source import PaperSource
from charterbook.report import touched
from charterbook.review import ReviewInput, pre_read
from charterbook.review_date import review_due
from charterbook.settings import Settings
from charterbook.site.render.form import describe, form, subjects
from tests.generated import CHANCE, IDS, charters, examples
from tests.visibility.test_charter_view import seen

TODAY = datetime.date(2026, 5, 1)
SETTINGS = Settings().of_group("alpha")

Use = Callable[[Charter, Charter], Any]


def _comparison(old: Charter, new: Charter) -> None:
    found = compare(old, new, ("a", "b"))
    touched(found.statements, old, new)
    for style in changes.FORMATS:
        changes.render(found, style)


def _pre_read(_old: Charter, new: Charter) -> None:
    found = pre_read(ReviewInput(new, "2026-Q2", TODAY, settings=SETTINGS))
    for style in review_text.FORMATS:
        review_text.render(found, style)


def _due(_old: Charter, new: Charter) -> None:
    dates = due_dates(new, SETTINGS.fiscal_year)
    due_text.render(due_text.DueReport(new, review_due(new, TODAY), dates, TODAY, 10_000))


def _papers(old: Charter, new: Charter) -> None:
    found = PaperSource(new, "2026-Q2", comparison=compare(old, new, ("a", "b")))
    for name in ("md", "html", "xlsx", "json"):
        render(found, name)


def _form(_old: Charter, new: Charter) -> None:
    description = describe("en", {})
    form(new, description)
    subjects(new, description)


def _rebuilt(_old: Charter, new: Charter) -> None:
    assert plain(with_data(new, plain(new))) == plain(new)
    assert diff(with_data(new, plain(new)), new) == []


USES: dict[str, Use] = {
    "comparison": _comparison,
    "pre-read": _pre_read,
    "due": _due,
    "papers": _papers,
    "form": _form,
    "rebuilt": _rebuilt,
}


def hidden(charter: Charter, chance: Any) -> Charter:
    """The same charter for a group that does not see some sections."""
    kept = {key: shape for key, shape in shapes(Charter).items() if shape.part and not shape.is_list}
    parts = {key: getattr(charter, key) for key in kept if isinstance(getattr(charter, key), Part)}
    chosen = [key for key in parts if "visible_to" in type(parts[key]).model_fields and chance.random() < 0.5]
    return charter.model_copy(
        update={key: parts[key].model_copy(update={"visible_to": [IDS[1]]}) for key in chosen}
    )


@pytest.mark.long
@pytest.mark.parametrize("name", USES)
@settings(max_examples=examples(15))
@given(charters(), charters(), CHANCE)
def test_what_a_group_sees_can_be_shown(name: str, then: Charter, now: Charter, chance: Any) -> None:
    """For any charters with any hidden parts."""
    old, new = hidden(then, chance), hidden(now, chance)
    USES[name](seen(new, old, group="alpha"), seen(new, old, group="alpha", at=0))
