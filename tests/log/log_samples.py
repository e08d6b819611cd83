"""Sample histories of a few charters for tests of logs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from charterbook.history import read_history
from charterbook.log import ItemHistories, ItemHistory, list_events, moments
from charterbook.settings import Settings
from tests.charters import minimal_charter
from tests.histories import Repo

ONBOARDING = {"id": "onboarding", "name": "Onboarding", "summary": "Four weeks that end in a first deal."}


def service(id_: str, **fields: Any) -> dict[str, Any]:
    """A service that is named like its id."""
    name = id_.replace("-", " ").capitalize()
    return {"id": id_, "name": name, "summary": "It helps a seller to sell."} | fields


def log_of(repo: Repo, *charters: Mapping[str, Any], language: str | None = None) -> ItemHistories:
    """The log of a history with one revision a quarter, each the minimal charter with these changes."""
    for index, changes in enumerate(charters):
        date = f"{2025 + index // 4}-{index % 4 * 3 + 1:02}-15"
        repo.commit({"charter.yml": minimal_charter(**changes)}, f"Revision {index + 1}", date)
    return histories(repo, language)


def histories(repo: Repo, language: str | None = None) -> ItemHistories:
    """The log of a repository's history."""
    found = list(moments(read_history(repo.folder, Settings()).versions))
    language = language or found[-1].charter.language
    return ItemHistories(list_events(found, language=language), language)


def outline(item_history: ItemHistory | None) -> list[tuple[str, str, str]]:
    """Version, kind of change and name of the subject for each entry."""
    return (
        []
        if item_history is None
        else [(one.moment.version, one.act, one.name) for one in item_history.entries]
    )
