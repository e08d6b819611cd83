"""Colours of the stylesheets: each text on each background has a contrast of 7:1, without a browser to ask."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import charterbook
from charterbook.site.mkdocs_compat.material_templates import MATERIAL, primary_colours
from charterbook.site.output.named_colours import header_colours, with_readable_colours

THEME = Path(charterbook.__file__).parent / "site" / "theme" / "assets" / "charterbook"

#: Variables of texts and of backgrounds. In the dark, Material gives the page a colour of this hue.
TEXTS = (
    "--cb-ink",
    "--cb-quiet",
    "--cb-good",
    "--cb-bad",
    "--cb-warn",
    "--md-typeset-a-color",
    "--md-accent-fg-color",
)
BACKGROUNDS = (
    "--cb-card",
    "--cb-wash",
    "--cb-good-wash",
    "--cb-bad-wash",
    "--cb-warn-wash",
    "--cb-accent-wash",
)
PAGE = {"default": "#ffffff", "slate": "#1e2529"}


def palette(scheme: str) -> dict[str, str]:
    """The variables of a scheme with six digits."""
    css = (THEME / "charterbook.css").read_text(encoding="utf-8").partition("\n:root {\n  --md-text-font")[0]
    light, _, dark = css.partition("@media screen")
    return dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", light if scheme == "default" else dark))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two colours."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", PAGE)
def test_contrast_of_texts(scheme: str) -> None:
    """Any text on any background."""
    colours = palette(scheme)
    backgrounds = {name: colours[name] for name in BACKGROUNDS} | {"page": PAGE[scheme]}
    faint = {
        (text, name): round(contrast(colours[text], background), 2)
        for text in TEXTS
        for name, background in backgrounds.items()
        if contrast(colours[text], background) < 7
    }
    assert faint == {}


def test_contrast_of_colours_by_name() -> None:
    """Each name of Material's palette, in both schemes, on any background; and texts of the header."""
    palette_of_material = next(MATERIAL.glob("assets/stylesheets/palette.*.min.css")).read_text("utf-8")
    css = with_readable_colours(palette_of_material)
    grounds = {scheme: [PAGE[scheme], *(palette(scheme)[name] for name in BACKGROUNDS)] for scheme in PAGE}
    shades = {
        "default": r"(?:^|\})\[data-md-color-(?:primary|accent)=([a-z-]+)\]\{--md-(?:typeset-a|accent-fg)-color:(#[0-9a-f]{6})",
        "slate": r"\[data-md-color-scheme=slate\]:where\(\[data-md-color-(?:primary|accent)=([a-z-]+)\]\)\{--md-[a-z-]+:(#[0-9a-f]{6})",
    }
    own = css.rpartition("primary=black] .md-tabs{background-color:hsla(var(--md-hue),15%,9%,1)}}")[2]
    found = {scheme: re.findall(pattern, own) for scheme, pattern in shades.items()}
    assert {scheme: len(names) for scheme, names in found.items()} == {"default": 37, "slate": 37}
    faint = [
        (scheme, *pair)
        for scheme, pairs in found.items()
        for pair in pairs
        if min(contrast(pair[1], ground) for ground in grounds[scheme]) < 7
    ]
    assert faint == []
    header = r"primary=([a-z-]+)\]\{--md-typeset-a-color:[^}]*-primary-fg-color:(#\w{6});--md-primary-bg-color:(#\w{6});"
    headers = {name: contrast(shade, text) for name, shade, text in re.findall(header, own)}
    assert {name: value for name, value in headers.items() if value < 7} == {}
    assert len(headers) == len(primary_colours())


def test_the_header_keeps_its_hue() -> None:
    """A shade with enough contrast is not changed, and others by no more than a third."""
    assert header_colours("#ffc105") == ("#ffc105", "#000000")
    assert header_colours("#009485") == ("#2ea79b", "#000000")
    assert header_colours("#4051b5") == ("#3e4fb0", "#ffffff")
    for colour in primary_colours().values():
        shade, _ = header_colours(colour)
        assert all(abs(int(shade[at : at + 2], 16) - int(colour[at : at + 2], 16)) < 85 for at in (1, 3, 5))


@pytest.mark.parametrize("scheme", PAGE)
def test_contrast_of_charts(scheme: str) -> None:
    """Labels of lines on the page, and letters in the parts of bars."""
    css = (THEME / "charts.css").read_text(encoding="utf-8")
    light, dark = re.findall(r"--cb-chart-actual[^}]*", css)[:2]
    lines = dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", light if scheme == "default" else dark))
    letter = lines.pop("--cb-chart-letter")
    before = r"^" if scheme == "default" else r'slate"\] '
    parts = re.findall(before + r"\.cb-chart__part--\d \{ background: (#[0-9a-f]{6})", css, re.MULTILINE)
    assert len(parts) == 6
    found = [contrast(colour, PAGE[scheme]) for colour in lines.values()]
    assert min([*found, *(contrast(letter, part) for part in parts)]) >= 7


def test_contrast_is_that_of_wcag() -> None:
    """Black on white, and a pair whose contrast is known."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_an_authors_rules_for_buttons_win_as_over_those_of_material() -> None:
    """Ours have no other selector than Material's, apart from conditions that count nothing."""
    (colours,) = MATERIAL.glob("assets/stylesheets/palette.*.css")
    ours = with_readable_colours(colours.read_text(encoding="utf-8"))
    css = ours + (THEME / "user-preferences.css").read_text(encoding="utf-8")
    rules = re.findall(r"[^{}]*\.md-typeset \.md-button[^{}]*(?=\{)", css)
    assert len(rules) == 3
    for rule in rules:
        counted = re.sub(r":where\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)", "", rule).strip()
        assert counted in (".md-typeset .md-button", ".md-typeset .md-button--primary")
