"""Late imports: a library is run on its first use, and is the same for everyone."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

from charterbook.site.incremental.recording import attributes_of
from charterbook.site.mkdocs_compat.late_imports import late_imports
from charterbook.site.mkdocs_compat.registry import WITHOUT

NAME = "charterbook_late_example"


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A library that can be imported."""
    (tmp_path / NAME).mkdir()
    (tmp_path / NAME / "__init__.py").write_text("value = [1]\n", encoding="utf-8")
    (tmp_path / NAME / "part.py").write_text("from . import value\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, NAME, raising=False)
    return NAME


def _imported_late() -> ModuleType:
    finders = list(sys.meta_path)
    with late_imports(frozenset({NAME, "charterbook_missing_example"})):
        found = importlib.import_module(NAME)
        with pytest.raises(ModuleNotFoundError):
            importlib.import_module("charterbook_missing_example")
    assert sys.meta_path == finders
    return found


def test_a_library_is_run_on_its_first_use(library: str) -> None:
    """A lazy module is the one that later imports find."""
    module = _imported_late()
    assert "value" not in attributes_of(module)
    assert module.value == [1]
    assert sys.modules[library] is module
    assert type(module) is ModuleType


def test_an_import_of_another_plugin_runs_it(library: str) -> None:
    """Nothing else in the process sees a module that is not complete."""
    module = _imported_late()
    exec(f"import {library}")  # noqa: S102 – as another module does
    assert attributes_of(module)["value"] == [1]


def test_its_parts_can_be_imported(library: str) -> None:
    """They have the same parent."""
    module = _imported_late()
    part = importlib.import_module(f"{library}.part")
    assert part.value is module.value


def test_without_the_patch_it_is_run_at_once(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As Python does."""
    monkeypatch.setenv(WITHOUT, "late-imports")
    assert attributes_of(_imported_late())["value"] == [1], library
