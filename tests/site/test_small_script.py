"""Material's script for pages that have nothing to copy and no diagrams."""

from __future__ import annotations

import gzip
import re

from charterbook.site.mkdocs_compat.material_templates import MATERIAL
from charterbook.site.output.small_script import with_small_script, without_parts


def test_two_parts_are_missing() -> None:
    """The rest is as in Material's own, in the same order."""
    script = next(MATERIAL.glob("assets/javascripts/bundle.*.js")).read_text(encoding="utf-8")
    small = without_parts(script)
    for part in ("clipboardjs.com", ".flowchartTitleText"):
        assert part in script
        assert part not in small
    before, rest = small.split(".exports={isSupported:()=>!1}})")
    assert script.startswith(before.rpartition("((")[0])
    styles = re.search(r'"\.node circle,[^"]*"', script)
    assert styles is not None
    assert script.replace(styles[0], '""', 1).endswith(rest)
    assert len(gzip.compress(small.encode())) < len(gzip.compress(script.encode())) - 4000
    assert without_parts(small) == small


def test_a_page_with_something_to_copy_keeps_the_whole_script() -> None:
    """Such as the address of a search."""
    page = '<script src="../assets/javascripts/bundle.a5f9d56c.min.js"></script>'
    assert with_small_script(page) == '<script src="../assets/charterbook/material-a5f9d56c.js"></script>'
    copying = f'<a data-clipboard data-clipboard-text="">{page}'
    assert with_small_script(copying) == copying
