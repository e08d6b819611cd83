"""The stylesheets of pages with additions of an author: the small one if none of them can add a class later."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from mkdocs.config.defaults import MkDocsConfig

from charterbook.site.pipeline.additions import PageStyles

SCRIPTS = '<script src="../assets/charterbook.0/before-material.js"></script>'
PAGE = f'<link rel="stylesheet" href="../assets/charterbook.0/style.css"><body>{SCRIPTS}'
CARD = f'{PAGE}<p class="cb-card">'
PART = f'{PAGE}<p class="admonition">'


def handbook(folder: Path, files: dict[str, str], **settings: Any) -> MkDocsConfig:
    """Settings of a handbook with these files, in docs/ and in overrides/."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    own = str(folder / "overrides") if any(name.startswith("overrides/") for name in files) else None
    theme = {"features": settings.pop("features", [])}
    given = {
        "docs_dir": str(folder / "docs"),
        "extra_javascript": [],
        "extra_css": [],
        "hooks": {},
        "plugins": {},
    }
    config = SimpleNamespace(**given | settings, theme=type("Theme", (dict,), {"custom_dir": own})(theme))
    return cast(MkDocsConfig, config)


def sheets(html: str) -> list[str]:
    """The names of the stylesheets of a page."""
    return [
        part.partition('"')[0] for part in html.split("charterbook.0/") if ".css" in part.partition('"')[0]
    ]


@pytest.mark.parametrize(
    ("files", "settings", "expected"),
    [
        ({}, {}, ["small.css"]),
        ({"docs/a.css": "a { color: red }"}, {"extra_css": ["a.css"]}, ["small.css"]),
        ({"docs/a.css": "i { mask: var( --md-annotation-icon ) }"}, {"extra_css": ["a.css?v=2"]}, ["small.css", "variables.css"]),
        ({"docs/a.css": "i { fill: var(--cb-chart-target) }"}, {"extra_css": ["a.css"]}, ["small.css", "charts.css"]),
        ({"docs/a.css": "@import 'b.css'"}, {"extra_css": ["a.css"]}, ["small.css", "variables.css", "items.css", "charts.css", "health.css"]),
        ({}, {"extra_css": ["https://x.example/a.css"]}, ["small.css", "variables.css", "items.css", "charts.css", "health.css"]),
        ({"overrides/main.html": "<p>{{ page.meta.description }}"}, {}, ["small.css"]),
        ({"overrides/main.html": "<i style='mask: var(--md-status)'>"}, {}, ["small.css", "variables.css"]),
        ({"overrides/main.html": "<script>"}, {}, ["style.css"]),
        ({"overrides/partials/a.html": "{{ 'a.js' | script_tag }}"}, {}, ["style.css"]),
        ({"overrides/main.html": "<p onclick = 'x()'>"}, {}, ["style.css"]),
        ({"overrides/a.js": ""}, {}, ["style.css"]),
        ({"overrides/assets/charterbook/items.css": ""}, {}, ["style.css"]),
        ({}, {"extra_javascript": ["a.js"]}, ["style.css"]),
        ({}, {"plugins": {"blog": None}}, ["style.css"]),
        ({}, {"features": ["navigation.instant.progress"]}, ["small.css"]),
        ({}, {"features": ["content.tooltips"]}, ["style.css"]),
        ({}, {"features": ["navigation.instant.preview"]}, ["style.css"]),
    ],
)  # fmt: skip
def test_stylesheets(
    tmp_path: Path, files: dict[str, str], settings: dict[str, Any], expected: list[str]
) -> None:
    """Those that the additions can need."""
    styles = PageStyles(handbook(tmp_path, files, **settings))
    assert sheets(styles.of(PAGE, tmp_path / "index.html")) == expected


def test_code_that_can_be_copied() -> None:
    """Scripts add buttons to code if the feature is on."""
    styles = PageStyles(handbook(Path(), {}, features=["content.code.copy"]))
    config = '<script>{"features": ["content.code.copy"]}</script>'
    assert sheets(styles.of(f"{PAGE}{config}", Path())) == ["small.css"]
    assert sheets(styles.of(f"{PAGE}{config}<pre><code>", Path())) == ["style.css"]


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ([PAGE, PAGE], ["small.css"]),
        ([PAGE, CARD], ["small.css", "items.css"]),
        ([CARD, PART, PAGE], ["style.css"]),
    ],
)
def test_pages_in_one_window(tmp_path: Path, pages: list[str], expected: list[str]) -> None:
    """With instant navigation, all pages of a version have the same stylesheets: nothing is unstyled for a moment."""
    styles = PageStyles(handbook(tmp_path, {}, features=["navigation.instant"]))
    for number, page in enumerate(pages):
        path = tmp_path / f"{number}.html"
        path.write_text(styles.of(page, path), encoding="utf-8")
    styles.of(PAGE, tmp_path / "a page that a plugin leaves empty.html")
    styles.finish()
    assert [sheets(path.read_text(encoding="utf-8")) for path in tmp_path.glob("*.html")] == [expected] * len(
        pages
    )
