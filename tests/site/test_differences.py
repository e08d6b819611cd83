"""Differences between a handbook and plain MkDocs: the guide lists all, and a build reports the relevant ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from mkdocs.config.defaults import MkDocsConfig

from charterbook.load import load
from charterbook.site.differences import DIFFERENCES, messages
from tests.charters import minimal_charter

GUIDE = Path(__file__).parents[2] / "guide" / "mkdocs.md"

#: A setting for each row that can take something from an author; the title of the charter is the site's name.
SET: dict[str, dict[str, Any]] = {
    "`404.html`": {"theme": {"name": "material", "custom_dir": "overrides"}},
    "`base.html`": {"theme": {"name": "material", "custom_dir": "overrides"}},
    "`extra`": {"extra": {"overview": "Ours"}},
    "`extra.version`": {"extra": {"version": {"provider": "another"}}},
    "`plugins.optimize`": {"plugins": ["optimize"]},
    "`plugins.privacy`": {"plugins": [{"charterbook": {"content_security_policy": False}}, "privacy"]},
    "`site_name`": {"site_name": "Another name"},
    "`theme.language`": {"theme": {"name": "material", "language": "de"}},
}

#: Settings of an author with the same effect as in plain MkDocs.
NO_NEWS: dict[str, Any] = {
    "site_description": "What it is",
    "repo_url": "https://example.com/charter",
    "theme": {
        "name": "material",
        "language": "en",
        "font": {"text": "Inter"},
        "features": ["navigation.expand"],
    },
    "extra": {"version": {"provider": "mike"}, "generator": True, "overviews": "Ours"},
    "validation": {"links": {"anchors": "info"}},
}


def said(folder: Path, settings: dict[str, Any]) -> list[str]:
    """The lines of a build of a handbook with these settings."""
    charter = load(minimal_charter(title="A charter").encode()).charter
    assert charter is not None
    config = MkDocsConfig(config_file_path=str(folder / "mkdocs.yml"))
    (folder / "docs").mkdir()
    config.load_dict({"site_name": "A charter", "theme": "material", "plugins": [], **settings})
    assert config.validate() == ([], [])
    return messages(config, charter)


def test_the_guide_has_all_of_them() -> None:
    """In one table, in the words of the program."""
    rows = [f"| {row.subject} | {row.instead} | {row.why} |" for row in DIFFERENCES]
    table = GUIDE.read_text(encoding="utf-8").split("|---|---|---|\n")[1].splitlines()
    assert table == sorted(rows)


@pytest.mark.parametrize("subject", sorted(SET))
def test_a_build_reports_differences_for_its_settings(tmp_path: Path, subject: str) -> None:
    """One line, which begins with the setting."""
    (tmp_path / "overrides").mkdir()
    if subject.endswith(".html`"):
        (tmp_path / "overrides" / subject.strip("`")).write_text("Own", encoding="utf-8")
    (line,) = said(tmp_path, SET[subject])
    assert line.startswith(f"{subject.strip('`')}: ")
    assert "`" not in line


def test_every_row_that_changes_a_setting_is_tried() -> None:
    """Every row has a test case above."""
    never = {row.overrides for row in DIFFERENCES if row.subject == "`<title>`"}
    assert {row.subject for row in DIFFERENCES if row.overrides not in never} == set(SET)


def test_no_message_for_settings_that_work(tmp_path: Path) -> None:
    """For settings that only have other defaults."""
    assert said(tmp_path, NO_NEWS) == []
