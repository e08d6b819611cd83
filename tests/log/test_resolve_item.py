from __future__ import annotations

import pytest

from charterbook.errors import CharterbookError
from charterbook.log import ItemHistories, find_item_history
from tests.histories import Repo
from tests.log.log_samples import log_of, service


@pytest.fixture
def log(repo: Repo) -> ItemHistories:
    """A renamed service, a removed one, and two items with one id."""
    marketing = {"id": "marketing", "name": "Marketing"}
    return log_of(
        repo,
        {"services": [service("start"), service("webinars")], "partners": [marketing]},
        {
            "services": [service("ramp", was=["start"])],
            "partners": [marketing],
            "audiences": [{"id": "sellers", "name": "Sellers"}, dict(marketing)],
        },
    )


@pytest.mark.parametrize(
    ("word", "subject"),
    [
        ("services/ramp", "services/ramp"),
        ("services/start", "services/ramp"),
        ("ramp", "services/ramp"),
        ("start", "services/ramp"),
        ("webinars", "services/webinars"),
        ("sources/sales", "sources/sales"),
        ("services", "services"),
        ("/services/", "services"),
        ("charter", "charter"),
    ],
)
def test_names_that_are_found(log: ItemHistories, word: str, subject: str) -> None:
    """A kind with an id, an id alone, a section; also former ids and removed items."""
    assert find_item_history(log, word).subject == subject


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("marketing", "there are several items with this id: audiences/marketing, partners/marketing."),
        ("rampp", "no version has an item or a section of this name. Did you mean services/ramp?"),
        ("fundin", "no version has an item or a section of this name. Did you mean funding?"),
        (
            "services/webinar",
            "no version has an item or a section of this name. Did you mean services/webinars?",
        ),
        ("…", "no version has an item or a section of this name."),
        ("roadmap", "no version has this section."),
    ],
)
def test_names_that_are_not_found(log: ItemHistories, word: str, message: str) -> None:
    """Similar names are suggested; an ambiguous name lists all matches."""
    with pytest.raises(CharterbookError) as caught:
        find_item_history(log, word)
    assert str(caught.value) == f"{word}: {message}"
