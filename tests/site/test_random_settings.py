"""Whatever settings of MkDocs, Material and its plugins are combined, a handbook has what plain MkDocs makes of them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.site.built_pairs import warned
from tests.site.handbooks import Built, Handbook
from tests.site.page_parts import missing_parts
from tests.site.random_settings import settings, write

TITLE = "Enablement charter"
MACROS = {"macros": {"modules": [], "render_by_default": False}}
OWN = {"charterbook": {"content_security_policy": False, "offline": False}}
#: Files whose content differs on purpose.
DIFFERENT = ("404.html", "sitemap.xml", "sitemap.xml.gz")


def built(folder: Path, chosen: dict[str, Any], plugins: list[dict[str, Any]]) -> Built:
    """A site with these plugins before those of the settings."""
    book = Handbook(folder, started=True)
    write(book)
    whole = chosen | {"plugins": [*plugins, *chosen["plugins"]]}
    book.write("mkdocs.yml", yaml.safe_dump(whole, sort_keys=False, allow_unicode=True))
    book.commit("2025-04-07", title=TITLE)
    return book.build()


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(2, 60))])
def test_settings_work_together(tmp_path: Path, seed: int) -> None:
    """Pages, files, the search index, warnings and the exit code."""
    chosen = settings(seed, TITLE)
    plain, ours = built(tmp_path / "plain", chosen, [MACROS]), built(tmp_path / "book", chosen, [OWN, MACROS])
    assert (ours.code, _warned(ours)) == (plain.code, _warned(plain)), ours.output
    for path in sorted(path for path in plain.site.rglob("*") if path.is_file()):
        name = path.relative_to(plain.site).as_posix()
        copy = ours.site / "latest" / name
        if name.startswith("assets/") or name in DIFFERENT:
            continue
        assert copy.exists() or (ours.site / name).exists(), name
        if name.endswith("index.html"):
            assert missing_parts(path, copy, name.removesuffix("index.html")) == [], name
        elif name == "search/search_index.json":
            indexed = [_indexed(path), _indexed(copy)]
            assert [entry for entry in indexed[0] if entry not in indexed[1]] == []
        elif copy.exists() and path.suffix != ".html":
            assert copy.read_bytes() == path.read_bytes(), name


def _warned(site: Built) -> list[str]:
    lines = {re.sub(r"\x1b\[\d*m", "", line).strip() for line in warned(site)}
    return sorted(line for line in lines if not re.search("mermaid|'404.html'", line))  # see the rows on both


def _indexed(file: Path) -> list[Any]:
    entries: list[Any] = json.loads(re.sub(r"\s+", " ", file.read_text(encoding="utf-8")))["docs"]
    return entries
