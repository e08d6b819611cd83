"""Material's script for pages that have nothing to copy, and no diagrams or figures about a repository."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from charterbook.site.mkdocs_compat.material_templates import MATERIAL
from charterbook.site.output.small_script import SCRIPT, SMALL_SCRIPT, small_script, with_small_script
from charterbook.site.output.stylesheet import combine


def test_some_parts_are_missing() -> None:
    """The rest is as in Material's own, in the same order."""
    script = (MATERIAL / SCRIPT).read_text(encoding="utf-8")
    small = small_script(script)
    for part in (
        "clipboardjs.com",
        ".flowchartTitleText",
        ".tabbed-labels",
        "data-md-visible",
        "md-annotation-list",
        "mermaid.initialize",
        "api.github.com",
        "/api/v4/projects/",
        "sourceMappingURL",
    ):
        assert part in script
        assert part not in small
    before, rest = small.split(".exports={isSupported:()=>!1}})")
    assert script.startswith(before.rpartition("((")[0])
    left = script.partition("//# sourceMappingURL")[0]
    for part in re.split(r'return y\}|=""', rest):
        assert part in left
        left = left.partition(part)[2]
    assert left == ""
    assert len(gzip.compress(small.encode())) < len(gzip.compress(script.encode())) - 5000
    assert small_script(small) == small


def test_a_page_with_something_to_copy_keeps_the_whole_script() -> None:
    """Such as the address of a search. So does a page with a script of another Material."""
    page = f'<script src="../assets/charterbook.0123abcd/before-material.js"></script> <script src="../{SCRIPT}"></script>'
    folder = "../assets/charterbook.0123abcd/"
    assert with_small_script(page, folder) == f'<script src="{folder}material.js"></script>'
    for other in (f'<a data-clipboard data-clipboard-text="">{page}', page.replace("a5f9d56c", "0123abcd")):
        assert with_small_script(other, folder) == other


def test_the_script_of_another_material_is_not_changed(tmp_path: Path) -> None:
    """The pinned Material has the tested script."""
    assert (MATERIAL / SCRIPT).is_file()
    other = tmp_path / SCRIPT.replace("a5f9d56c", "0123abcd")
    other.parent.mkdir(parents=True)
    other.write_text((MATERIAL / SCRIPT).read_text(encoding="utf-8"), encoding="utf-8")
    combine(tmp_path)
    assert not (tmp_path / SMALL_SCRIPT).exists()
