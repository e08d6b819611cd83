"""Icon, theme colours and Open Graph tags of the pages, from the settings of MkDocs and Material.

An author's own settings have priority: a favicon in mkdocs.yml or a file that replaces Material's, and
tags in a template.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page as MkDocsPage

from charterbook.site.mkdocs_compat.material_templates import primary_colours
from charterbook.site.mkdocs_compat.user_config import is_set
from charterbook.site.output.named_colours import header_colours, ink_on

#: Path of the icon below the root of the site.
ICON = "assets/charterbook/icon.svg"

#: The colours of Charterbook's own palette, by Material's names of schemes.
OWN_COLOURS: Mapping[str, str] = {"default": "#17424f", "slate": "#12323c"}

#: Path of Material's icon. A file of docs/ or of custom_dir can replace it.
_MATERIAL_ICON = "assets/images/favicon.png"

_ICON = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="12" fill="{colour}"/>'
    '<text x="32" y="46" fill="{ink}" font-family="Segoe UI,Noto Sans,DejaVu Sans,Arial,sans-serif" font-size="40"'
    ' font-weight="600" text-anchor="middle">{letter}</text></svg>\n'
)

#: Media queries for the schemes that a system prefers.
_SCHEMES = ("(prefers-color-scheme: light)", "(prefers-color-scheme: dark)")


def set_icon(config: MkDocsConfig) -> None:
    """Use the handbook's own icon, unless the author has one."""
    folders = filter(None, (config.docs_dir, config.theme.custom_dir))
    is_own = is_set(config, "theme", "favicon") or any(
        Path(folder, _MATERIAL_ICON).is_file() for folder in folders
    )
    if not is_own:
        config.theme["favicon"] = ICON


def icon_of(config: MkDocsConfig, name: str) -> str:
    """The icon of a handbook with this name; empty if pages link to a different icon."""
    return icon(config, name) if config.theme["favicon"] == ICON else ""


def write_icon(staging: Path, svg: str) -> None:
    """Write the icon of a handbook, if it has one."""
    if svg:
        (staging / ICON).parent.mkdir(parents=True, exist_ok=True)
        (staging / ICON).write_text(svg, encoding="utf-8", newline="\n")


def icon(config: MkDocsConfig, name: str) -> str:
    """The first letter of a name on the primary colour of the palette, as SVG."""
    letter = next((letter.upper()[:1] for letter in name if letter.isalnum()), "§")
    colour = next((colour for _, colour in theme_colours(config)), OWN_COLOURS["default"])
    return _ICON.format(colour=colour, ink=ink_on(colour), letter=letter)


def theme_colours(config: MkDocsConfig) -> list[tuple[str, str]]:
    """Pairs of a media query, empty for all, and the colour of the header for it; none if the colour is unknown."""
    palette = config.theme.get("palette")
    options: Sequence[Mapping[str, Any]] = [palette] if isinstance(palette, Mapping) else palette or [{}]
    colours = [(str(option.get("media") or ""), _colour(option, config)) for option in options]
    known = [(media, colour) for media, colour in colours if colour]
    by_scheme = [pair for pair in known if pair[0] in _SCHEMES]
    return by_scheme or [("", colour) for _, colour in known[:1]]


def _colour(option: Mapping[str, Any], config: MkDocsConfig) -> str | None:
    """The colour of the header for an option; None if unknown, for example for colours of an author's stylesheet."""
    name = str(option.get("primary") or "indigo").replace(" ", "-")
    if name == "custom" and not config.extra_css:
        return OWN_COLOURS.get(str(option.get("scheme") or "default"))
    colour = primary_colours().get(name)
    return header_colours(colour)[0] if colour else None


def open_graph(page: MkDocsPage, site_name: str, title: str) -> Iterator[tuple[str, str]]:
    """The Open Graph tags of a page, for previews of its links. Values are HTML."""
    yield "og:type", "website" if page.is_homepage else "article"
    yield "og:site_name", site_name
    yield "og:title", title
    if page.meta.get("description"):
        yield "og:description", page.meta["description"]
    if page.canonical_url:
        yield "og:url", escape(page.canonical_url)
