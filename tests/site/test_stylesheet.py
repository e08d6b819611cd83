"""The one stylesheet of a site has every rule of Material's and of Charterbook's, in the order of a page that loads them."""

from __future__ import annotations

import re
from pathlib import Path

import tinycss2

from charterbook.site.mkdocs_compat.material_templates import MATERIAL
from charterbook.site.output.stylesheet import OF_SOME_PAGES, STYLESHEET, combine
from charterbook.site.pipeline.theme_config import THEME
from tests.site.handbooks import Built


def rules(text: str) -> list[str]:
    """Rules of a stylesheet without white space; `@charset` counts only in a first rule."""
    nodes = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    written = [re.sub(r"(/\*.*?\*/|\s)+", " ", node.serialize()) for node in nodes]
    return [rule for rule in written if not rule.startswith("@charset")]


def test_no_rule_is_left_out(quarters: Built) -> None:
    """Scripts of an author may put any of Material's classes on a page."""
    sheets = [
        *sorted(MATERIAL.glob("assets/stylesheets/*.css")),
        *(path for path in sorted(THEME.glob("assets/charterbook/*.css")) if path.name not in OF_SOME_PAGES),
    ]
    assert len(sheets) >= 7
    expected = [rule for sheet in sheets for rule in rules(sheet.read_text(encoding="utf-8"))]
    *found, dark = rules((quarters.site / STYLESHEET).read_text(encoding="utf-8"))
    assert found == expected
    assert dark.startswith("@media screen and (prefers-color-scheme:dark)")
    assert dark.count("[data-md-color-scheme]{color-scheme:dark") == 1


def test_all_stylesheets_become_one(tmp_path: Path) -> None:
    """In the order in which a page would have loaded them; Material's stay for a template that links to them."""
    sheets = {
        "assets/stylesheets/main.1a.min.css": ".a{color:red}\n/*# sourceMappingURL=main.1a.min.css.map */",
        "assets/stylesheets/palette.2b.min.css": ".b{color:red}",
        "assets/charterbook/charterbook.css": '[data-md-color-scheme="slate"] i {\n  color: blue;\n}/* Why\n   so */\n.c {\n  color: red;\n}\n.d\n  .e { color: red }',
    }
    for name, text in sheets.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    combine(tmp_path)
    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")}
    assert left == {STYLESHEET, *list(sheets)[:2]}
    text = (tmp_path / STYLESHEET).read_text(encoding="utf-8")
    own, dark = text.split("@media")
    assert own.endswith("i {\ncolor: blue;\n}\n.c {\ncolor: red;\n}\n.d\n.e { color: red }\n")
    assert own.startswith(".a{color:red}\n.b{color:red}")
    assert "[data-md-color-scheme] i {\ncolor: blue;\n}" in dark
