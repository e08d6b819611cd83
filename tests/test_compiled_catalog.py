"""A catalog is compiled once, and each change of it is seen."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from charterbook import bytecode_files, compiled_catalog
from charterbook.compiled_catalog import read_catalog
from charterbook.file_store import bytecode_folder
from tests.catalogs import catalog_path
from tests.test_file_store import DAMAGES

PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Home"\nmsgstr "{}"\n'


@pytest.fixture
def catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalog with one message; Python may write bytecode."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    path = tmp_path / "charterbook.po"
    path.write_text(PO.format("Начало"), encoding="utf-8")
    return path


def fail(*_: object) -> bytes:
    """In place of the compiler."""
    raise AssertionError("compiled again")


def home(path: Path) -> str:
    """The translation of the message."""
    return read_catalog(path, "ru").gettext("Home")


def test_a_compiled_catalog_has_every_translation(catalog: Path) -> None:
    """The first reading and that of the stored one give what is in the .po file."""
    source = catalog_path("ru").read_bytes()
    catalog.write_bytes(source)
    for _ in range(2):
        read = read_catalog(catalog, "ru")
        with catalog.open("rb") as file:
            for message in read_po(file, locale="ru"):
                if message.id and isinstance(message.id, str):
                    text = (
                        read.pgettext(message.context, message.id)
                        if message.context
                        else read.gettext(message.id)
                    )
                    assert text == message.string


def test_the_next_process_reads_the_compiled_catalog(catalog: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It does not compile the catalog again."""
    assert home(catalog) == "Начало"
    monkeypatch.setattr(compiled_catalog, "_compiled", fail)
    assert home(catalog) == "Начало"


def test_a_changed_catalog_is_compiled_again_and_replaces_the_former(catalog: Path) -> None:
    """Compiled catalogs do not pile up."""
    home(catalog)
    catalog.write_text(PO.format("Главная"), encoding="utf-8")
    assert home(catalog) == "Главная"
    assert len(list((catalog.parent / "__pycache__").iterdir())) == 1


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_compiled_catalog_is_not_used(catalog: Path, damage: Callable[[Path], object]) -> None:
    """It is compiled again."""
    home(catalog)
    (stored,) = (catalog.parent / "__pycache__").iterdir()
    damage(stored)
    assert home(catalog) == "Начало"


def test_a_folder_that_cannot_be_written_is_no_obstacle(catalog: Path) -> None:
    """The catalog is then compiled in each process."""
    (catalog.parent / "__pycache__").write_text("a file\n")
    assert home(catalog) == "Начало"
    assert (catalog.parent / "__pycache__").read_text() == "a file\n"


def test_nothing_is_written_if_python_is_not_to_write_bytecode(
    catalog: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As for Python's own."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert home(catalog) == "Начало"
    assert [path.name for path in catalog.parent.iterdir()] == [catalog.name]


def test_what_killed_processes_have_left_is_removed(catalog: Path, tmp_path: Path) -> None:
    """With the next file that is written beside it: nothing else looks into these folders."""
    for name in ("__pycache__/.new-catalog", "other/.new-texts"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert home(catalog) == "Начало"
    bytecode_files.write(str(tmp_path / "other/x.texts"), [b"x"])
    assert [*tmp_path.rglob(".new-*")] == []


def test_python_is_to_write_bytecode_elsewhere(catalog: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then nothing is written beside the catalog, but the compiled one is used."""
    monkeypatch.setattr(sys, "pycache_prefix", str(catalog.parent / "elsewhere"))
    assert home(catalog) == "Начало"
    assert sorted(path.name for path in catalog.parent.iterdir()) == [catalog.name, "elsewhere"]
    monkeypatch.setattr(compiled_catalog, "_compiled", fail)
    assert home(catalog) == "Начало"
    assert bytecode_folder(catalog.parent) == Path(bytecode_files.path_beside(str(catalog), "x") or "").parent
