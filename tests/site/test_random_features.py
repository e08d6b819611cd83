"""Whatever hooks, macros and templates change at once, pages are those of plain MkDocs and of a build from nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.site.built_pairs import warned
from tests.site.handbooks import Handbook, snapshot
from tests.site.random_features import marks, write

OWN = "\n  - charterbook: {content_security_policy: false}"


@pytest.mark.parametrize(
    "seed", [1, 2, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(3, 60))]
)
def test_features_of_an_author_work_together(tmp_path: Path, seed: int) -> None:
    """In both versions, whose pages are the same; and after an edit."""
    book, plain = (Handbook(tmp_path / name, started=True) for name in ("book", "plain"))
    write(book, seed, OWN)
    write(plain, seed, "")
    book.commit("2025-01-06")
    book.commit("2025-04-07", mission={"statement": "Another one."})
    expected, built = plain.build(), book.build()
    assert (built.code, warned(built)) == (expected.code, warned(expected)), built.output
    assert built.code == 0, built.output
    for version in ("2025-Q1", "latest"):
        assert marks(built.site / version) == marks(expected.site)
    book.write("docs/sub/c.md", "# Another\n\n{{ tick() }}\n")
    again = book.build()
    shutil.rmtree(book.folder / ".cache")
    assert again.code == 0, again.output
    assert snapshot(again.site) == snapshot(book.build(site="anew").site)
