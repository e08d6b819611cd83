"""The setting `figures` of mkdocs.yml: names of columns and metrics."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from charterbook.errors import SettingsError
from charterbook.setting_names import unknown_names
from charterbook.settings import settings_from
from tests.imports.figure_tables import charter, read


def test_the_mapping_of_mkdocs_yml() -> None:
    """Names of columns and metrics, and excluded names."""
    data = b"Was;Wann;Wieviel\nWin %;2026-09-30;31 %\nHeads;2026-09-30;4\n"
    options: dict[str, Any] = {
        "columns": {"metric": "Was", "day": "wann", "value": "Wieviel"},
        "metrics": {"win %": "win-rate", "Heads": None},
    }
    assert read(data, **options) == ({("win-rate", datetime.date(2026, 9, 30)): Decimal(31)}, [])


@pytest.mark.parametrize(
    ("figures_setting", "said"),
    [
        ({"colums": {}}, "figures: colums: there is no such key; did you mean columns?"),
        (
            {"columns": {"metrik": "x"}},
            "figures: columns: metrik: there is no such column; did you mean metric?",
        ),
        ({"columns": {"day": 3}}, "figures: columns: day: 3 is not the name of a column"),
        ({"metrics": {"Win %": 3}}, "figures: metrics: Win %: 3 cannot be used"),
        ({"metrics": [1]}, "figures: metrics: [1] cannot be used"),
        ([1], "figures: [1] cannot be used"),
    ],
)
def test_a_setting_that_cannot_be_used(figures_setting: Any, said: str) -> None:
    """An error with the nearest name."""
    with pytest.raises(SettingsError) as error:
        settings_from({"figures": figures_setting})
    assert said in str(error.value)


def test_a_setting_that_names_no_metric() -> None:
    """An error; a former id is a warning."""
    given = settings_from(
        {"figures": {"metrics": {"a": "win-rte", "b": "ramp-time", "c": "ramp", "d": False}}}
    )
    found = unknown_names(given, [charter()], lambda: None)
    assert [(one.level, one.text) for one in found] == [
        ("error", "there is no metric 'win-rte' in the charter; did you mean win-rate?"),
        ("warning", "'ramp-time' is called 'ramp' today"),
    ]
