"""Cache of charters: the same result as without it, and never trusted blindly."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from charterbook.charter import Charter
from charterbook.diff import diff, plain
from charterbook.file_store import Store
from charterbook.history import History, read_history
from charterbook.history.charter_cache import CharterCache
from charterbook.settings import Settings, read_settings
from tests.charters import charter_file
from tests.generated import charters, examples
from tests.histories import Repo

ROOT = Path(__file__).parents[2]


def entries(folder: Path) -> list[Path]:
    """Files of the cache."""
    return sorted(folder.rglob("*.json"))


@pytest.fixture
def book(repo: Repo) -> Repo:
    """Two versions, with an unreadable charter between them."""
    repo.commit(charter_file("One"), date="2026-01-13")
    repo.commit({"charter.yml": "title: [1]"}, date="2026-02-13")
    repo.commit(charter_file("Two", language="ru"), date="2026-04-13")
    return repo


def read(book: Repo, kept: Path) -> History:
    """The history, with a cache folder."""
    return read_history(book.folder, Settings(), kept)


def test_the_example_is_the_same_from_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every charter that was ever committed, to the last value, without reading one again."""
    fresh = read_history(ROOT, read_settings(ROOT), tmp_path)
    monkeypatch.setattr("charterbook.history.charter_reader.load", None)
    monkeypatch.setattr("charterbook.history.charter_reader.IncrementalLoader.read", None)
    again = read_history(ROOT, read_settings(ROOT), tmp_path)
    assert entries(tmp_path)
    for one, other in zip(fresh.versions, again.versions, strict=True):
        assert one == other
        for before, after in zip(one.charters, other.charters, strict=True):
            assert before is not None
            assert after is not None
            assert plain(before) == plain(after)
            assert not list(diff(before, after))
            assert before.model_dump(exclude_unset=True) == after.model_dump(exclude_unset=True)


@settings(
    deadline=None,
    max_examples=examples(20),
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(charters())
def test_any_charter_is_read_from_the_cache(tmp_path_factory: pytest.TempPathFactory, one: Charter) -> None:
    """For any fields, to the last type of the last value."""
    folder = tmp_path_factory.mktemp("kept")
    cache = CharterCache(folder)
    cache.put("blob", one, None)
    cache.save()
    found = CharterCache(folder).get("blob")
    assert found is not None
    assert repr(found[0]) == repr(one)
    assert found[0] == one
    assert found[0].model_dump(exclude_unset=True) == one.model_dump(exclude_unset=True)


def test_nothing_is_read_twice(book: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither valid nor invalid charters."""
    before = read(book, tmp_path / "kept")
    monkeypatch.setattr("charterbook.history.charter_reader.load", None)
    monkeypatch.setattr("charterbook.history.charter_reader.IncrementalLoader.read", None)
    after = read(book, tmp_path / "kept")
    assert after.versions == before.versions
    assert after.warnings == before.warnings


@pytest.mark.parametrize("damage", [b"", b"x", b"0" * 32 + b"\n{}", b'{"title": "Evil"}'])
def test_a_damaged_entry_counts_as_missing(book: Repo, tmp_path: Path, damage: bytes) -> None:
    """It is read again from the source, and cached again."""
    before = read(book, tmp_path)
    for path in entries(tmp_path):
        path.write_bytes(damage)
    assert read(book, tmp_path).versions == before.versions
    assert all(path.read_bytes() != damage for path in entries(tmp_path))


def test_a_truncated_entry_counts_as_missing(book: Repo, tmp_path: Path) -> None:
    """As after a crash."""
    before = read(book, tmp_path)
    for path in entries(tmp_path):
        path.write_bytes(path.read_bytes()[:-7])
    assert read(book, tmp_path).versions == before.versions


@pytest.mark.parametrize(
    "nonsense",
    [
        [],
        {"parts": [], "said": []},
        {"parts": [], "said": {"BLOB": {"charter": {"title": 0}}}},
        {"parts": ['"x"'], "said": {"BLOB": {"charter": {"title": 0}}}},
        {"parts": ["{"], "said": {"BLOB": {"charter": {"mission": 0}}}},
        {"parts": ["1"], "said": {"BLOB": {"charter": {"effective": 0, "nothing": 0}}}},
        {"parts": [], "said": {"BLOB": {"problem": {"line": 1}}}},
        {"path": "charter.yml", "tip": "x", "changes": [[1]]},
        {"path": "charter.yml"},
    ],
)
def test_an_invalid_entry_counts_as_missing(book: Repo, tmp_path: Path, nonsense: Any) -> None:
    """Even with a valid checksum."""
    before = read(book, tmp_path / "kept")
    shown = before.versions[0].shown
    assert shown is not None
    (folder,) = (tmp_path / "kept").iterdir()
    text = json.dumps(nonsense).replace("BLOB", shown.blob)
    for name in ("charters.json", "log.json", "versions.json"):
        Store(folder).put(name, text.encode())
    assert read(book, tmp_path / "kept").versions == before.versions


def test_shared_parts_are_stored_once(book: Repo, tmp_path: Path) -> None:
    """They are also shared after loading: a long history takes little more memory than its changes."""
    read(book, tmp_path)
    first, second = (version.charter for version in read(book, tmp_path).versions)
    assert first is not None
    assert second is not None
    assert first.title != second.title
    assert first.services[0] is second.services[0]
    (file,) = tmp_path.rglob("charters.json")
    assert file.read_bytes().count(b"Four weeks that end in a first deal.") == 1


def test_another_program_version_ignores_the_cache(
    book: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An older loader may have accepted values that the present one refuses."""
    read(book, tmp_path)
    monkeypatch.setattr("charterbook.history.charter_cache._program", lambda: "another")
    (version, *_) = book.history().versions
    assert version.shown is not None
    assert CharterCache(tmp_path).get(version.shown.blob) is None
    assert CharterCache(tmp_path).commits("charter.yml") is None


def test_an_unwritable_folder_is_ignored(book: Repo, tmp_path: Path) -> None:
    """The result is the same."""
    (tmp_path / "kept").write_text("a file", encoding="utf-8")
    assert [version.name for version in read(book, tmp_path / "kept").versions] == ["2026-Q1", "2026-Q2"]
