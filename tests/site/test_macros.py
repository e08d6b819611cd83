"""The macros that pages of docs/ call."""

from __future__ import annotations

import shutil
from pathlib import Path

from charterbook.site.macros import DEPRECATED
from charterbook.site.render.renderer import block_names
from tests.site.handbooks import Handbook


def test_former_names_of_macros_work_with_one_warning_each(tmp_path: Path) -> None:
    """For any number of pages and versions that call them; the pages are the same."""
    book = Handbook(tmp_path / "old")
    book.commit("2025-01-06")
    book.commit("2025-04-07")
    shutil.copytree(book.folder, tmp_path / "new")
    new = Handbook(tmp_path / "new", started=True)
    for handbook, names in ((book, DEPRECATED), (new, DEPRECATED.values())):
        text = "\n\n".join(f"{{{{ {name}() }}}}" for name in names)
        for page in ("index.md", "more.md"):
            handbook.write(f"docs/{page}", f"# Page\n\n{text}\n")
    built, expected = book.build(), new.build("--strict")
    assert (built.code, expected.code, expected.log) == (0, 0, [])
    assert [line.partition(" -  ")[2] for line in built.log] == [
        f"The macro {old}() is now {new}(). The old name is dropped in 1.0."
        for old, new in DEPRECATED.items()
    ]
    for version in ("2025-Q1", "latest"):
        for page in ("", "/more"):
            assert built.html(version + page) == expected.html(version + page)
    assert book.build("--strict").code == 1


def test_former_names_lead_to_macros() -> None:
    """They are no macros themselves."""
    assert set(DEPRECATED.values()) <= set(block_names())
    assert not DEPRECATED.keys() & set(block_names())
