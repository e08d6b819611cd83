"""Cache of comparisons: the same result as without it, and never trusted blindly."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from charterbook.charter import Charter
from charterbook.compare import Comparison, compare
from charterbook.history import read_history
from charterbook.log import ComparisonCache, Event, list_events, moments
from charterbook.log import comparison_cache as kept_module
from charterbook.settings import Settings
from tests.charters import charter_file
from tests.generated import charters, examples
from tests.histories import Repo
from tests.log.log_samples import ONBOARDING, log_of, service

#: The module with the in-memory cache.
EVENTS = import_module("charterbook.log.events")

MADE_FROM = ["old", "new"]


@pytest.fixture
def book(repo: Repo) -> Repo:
    """A history of three revisions: a new service, and a renamed one."""
    renamed = ONBOARDING | {"id": "first-weeks", "was": ["onboarding"]}
    log_of(
        repo, {"services": [ONBOARDING]}, {"services": [ONBOARDING, service("b")]}, {"services": [renamed]}
    )
    return repo


def log(book: Repo, folder: Path, **more: str) -> list[Event]:
    """Events of a history in a process without a cache in memory."""
    EVENTS._event_cache.clear()
    kept = ComparisonCache(folder)
    found = list_events(list(moments(read_history(book.folder, Settings()).versions)), cache=kept, **more)  # type: ignore[arg-type]
    kept.save()
    return found


@pytest.mark.long
@settings(
    deadline=None,
    max_examples=examples(20),
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(charters(), charters())
def test_any_comparison_is_the_same(tmp_path_factory: pytest.TempPathFactory, a: Charter, b: Charter) -> None:
    """To the type of the last value."""
    folder = tmp_path_factory.mktemp("kept")
    made = compare(a, b, ("2026-Q1", "2026-Q2"))
    kept = ComparisonCache(folder)
    kept.remember(MADE_FROM, made)
    kept.save()
    found = ComparisonCache(folder).get(MADE_FROM)
    assert found == made
    assert repr(found) == repr(made)


def test_nothing_is_compared_twice(book: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cached comparisons are read."""
    before = log(book, tmp_path)
    monkeypatch.setattr(EVENTS, "compare", None)
    assert log(book, tmp_path) == before


def test_only_what_is_new_is_compared(book: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One more revision needs one more comparison."""
    log(book, tmp_path)
    book.commit(charter_file("Another"), "Revision 4", "2025-10-15")
    made = []

    def noted(*charters: Charter, **more: object) -> Comparison:
        made.append(charters)
        return compare(*charters, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(EVENTS, "compare", noted)
    assert len(log(book, tmp_path)) == 4
    assert len(log(book, tmp_path)) == 4
    assert len(made) == 1


def test_inputs_of_sentences_are_part_of_the_key(book: Repo, tmp_path: Path) -> None:
    """Other languages and severities are other comparisons."""
    english, russian = log(book, tmp_path), log(book, tmp_path, language="ru")
    strict = log(book, tmp_path, severity={"services.*": "wording"})  # type: ignore[arg-type]
    for one in (english, russian, strict):
        assert one[1].comparison is not None
    first, second, third = (one[1].comparison for one in (english, russian, strict))
    assert first is not None
    assert second is not None
    assert third is not None
    assert first.statements[0].sentence != second.statements[0].sentence
    assert first.statements[0].severity != third.statements[0].severity


@pytest.mark.parametrize("damage", [b"", b"x", b"0" * 64 + b"\n{}"])
def test_a_damaged_entry_counts_as_missing(book: Repo, tmp_path: Path, damage: bytes) -> None:
    """All comparisons are made again, and cached again."""
    before = log(book, tmp_path)
    (path,) = tmp_path.rglob("*.txt")
    path.write_bytes(damage)
    assert log(book, tmp_path) == before
    assert path.read_bytes() != damage


@pytest.mark.long
@pytest.mark.parametrize(
    "nonsense",
    [
        "",
        "{",
        "[]",
        "1",
        '{"Comparison": []}',
        '{"Side": ["a", "b"]}',
        '{"open": ["/etc/passwd"]}',
        '{"a": 1, "b": 2}',
        '{"date": "tomorrow"}',
        '{"dict": 1}',
        "{}",
    ],
)
def test_an_invalid_entry_counts_as_missing(
    book: Repo, tmp_path: Path, nonsense: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even with a valid checksum."""
    before = log(book, tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(kept_module, "_serialized", lambda _: nonsense)
        (path,) = tmp_path.rglob("*.txt")
        path.unlink()
        log(book, tmp_path)
    assert log(book, tmp_path) == before


def test_another_program_version_ignores_the_cache(
    book: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other tables can give other results."""
    kept = ComparisonCache(tmp_path)
    kept.remember(MADE_FROM, log(book, tmp_path)[1].comparison)
    kept.save()
    monkeypatch.setattr(kept_module, "_program", lambda: "another")
    assert ComparisonCache(tmp_path).get(MADE_FROM) is None


def test_an_unwritable_folder_is_ignored(book: Repo, tmp_path: Path) -> None:
    """The result is the same."""
    (tmp_path / "kept").write_text("a file", encoding="utf-8")
    assert len(log(book, tmp_path / "kept")) == 3
